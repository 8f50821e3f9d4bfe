"""What became of an offered operation, in the four words that a result counts.

Rules:
1. Every offered operation has exactly one fate, so offered = in time + late + refused + unanswered.
2. Only `in time` is served; the other three weigh alike.
3. `refused` means that somebody said no, and why. A read whose client gave up completes `fail` and a write `info`,
   but nobody answered either of them: both are `unanswered`.
"""

from __future__ import annotations

from enum import Enum

from capgame.history.operation import Completion, Operation


class Fate(Enum):
    """How an operation was served, or was not."""

    IN_TIME = "in time"
    LATE = "late"
    REFUSED = "refused"
    UNANSWERED = "unanswered"


def fate(op: Operation) -> Fate:
    """The fate of an operation as far as its client knows now; without a completion it is unanswered."""
    match op.completion:
        case Completion.OK:
            return Fate.IN_TIME if op.in_time else Fate.LATE
        case Completion.FAIL if op.why:
            return Fate.REFUSED
        case _:
            return Fate.UNANSWERED
