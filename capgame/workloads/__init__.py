"""What clients ask, one file a kind: operations, arrivals, and by which checker it is judged."""
