"""What is kept of a game: replays, codes to paste, and the save."""
