"""Pure values: units, seeds, quorums, versions, logs and the sequential objects. No clock, no simulator."""
