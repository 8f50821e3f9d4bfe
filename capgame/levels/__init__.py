"""Levels: read, checked and found. `catalogue.find` is the way in, `level.Level` is what comes out."""
