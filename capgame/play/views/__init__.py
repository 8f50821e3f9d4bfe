"""What a screen may know: frozen snapshots, each with the pure function that makes it."""
