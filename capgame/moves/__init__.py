"""Moves: what the player may do, how it is written, what of it is legal here, and what pays for it."""
