"""The commands, thin: arguments in, text or one JSON document out. One file a command."""
