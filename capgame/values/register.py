"""The sequential register: what one honest copy, asked by one client at a time, would answer.

Rules:
1. A register begins as 0, which nobody writes; written values are integers above it.
2. `read` answers the state and leaves it; `write` makes its value the state and answers it back.
"""

from __future__ import annotations

INITIAL = 0
READ = "read"
WRITE = "write"


def apply(state: int, f: str, value: int | None) -> tuple[int, int]:
    """The next state and the answer to one operation; raises ValueError for one that registers do not have."""
    if f == READ:
        return state, state
    if f == WRITE and value is not None and value > INITIAL:
        return value, value
    raise ValueError(f"register: {f} {value!r} is not a read, nor a write of a whole number above {INITIAL}")
