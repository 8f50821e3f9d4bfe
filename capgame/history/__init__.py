"""Operations in Jepsen's words, and the append-only record of a run's events."""
