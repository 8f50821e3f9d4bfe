"""The nemesis: what a script may do to a cluster, in words, and what the words mean on a given cluster."""
