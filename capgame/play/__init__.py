"""One game of one level: meters, score, ceilings, causes."""
