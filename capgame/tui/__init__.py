"""The game on a terminal: screens around a live session. Only this layer knows Textual, and only the bridge trio."""
