"""Why operations were not served: many of them, told as a few causes.

Rules:
1. Operations of one cause share their group, their fate, the reason that was given, and who could have served them.
2. The largest cause comes first; equal ones by their name.
3. A sentence has a subject and a number, says what was seen, and scolds nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from capgame.history.operation import Operation
from capgame.play.ceilings import Class
from capgame.play.fate import Fate, fate

Key = tuple[str, Fate, str, Class]


@dataclass(frozen=True, slots=True)
class Cause:
    """One line of NOT ANSWERED in the postmortem. Instants are those of first sends, in microseconds."""

    cause: str  # "refused: no leader", "late", "unanswered"
    group: str
    count: int
    first_us: int
    last_us: int
    ceiling: Class
    sentence: str


def causes(operations: Iterable[Operation], classes: Iterable[Class]) -> tuple[Cause, ...]:
    """Group what was not served in time; `classes` tells for each operation in turn who could have."""
    groups: dict[Key, list[Operation]] = {}
    for op, ceiling in zip(operations, classes, strict=True):
        became = fate(op)
        if became is not Fate.IN_TIME:
            why = "" if became is Fate.LATE else op.why
            groups.setdefault((op.group, became, why, ceiling), []).append(op)
    found = (_cause(key, ops) for key, ops in groups.items())
    return tuple(sorted(found, key=lambda cause: (-cause.count, cause.cause, cause.group, cause.first_us)))


def _cause(key: Key, ops: list[Operation]) -> Cause:
    group, became, why, ceiling = key
    return Cause(
        cause=f"{became.value}: {why}" if why else became.value,
        group=group,
        count=len(ops),
        first_us=min(op.at for op in ops),
        last_us=max(op.at for op in ops),
        ceiling=ceiling,
        sentence=_sentence(became, why, ops),
    )


def _sentence(became: Fate, why: str, ops: list[Operation]) -> str:
    match became:
        case Fate.REFUSED:
            # "writes had no primary in reach", but "writes were refused: n1 is fenced"
            return f"{_subject(ops)} had {why}." if why.startswith("no ") else f"{_subject(ops)} were refused: {why}."
        case Fate.LATE:
            return f"half of the answers took {_typical_ms(ops)} ms or more; {_promised_ms(ops)} ms were promised."
        case _ if why:
            return f"{_subject(ops)} stayed unknown: {why}."
        case _:
            return f"{_subject(ops)} heard nothing from {_whom(ops)}."


def _subject(ops: list[Operation]) -> str:
    """What was asked: "writes", "reads and writes"."""
    return " and ".join(f"{f}s" for f in sorted({op.f for op in ops}))


def _whom(ops: list[Operation]) -> str:
    """Who was asked last: "n3", "n1 and n2", or the replicas when there are many."""
    asked = sorted({op.asked for op in ops if op.asked is not None})
    return " and ".join(asked) if 0 < len(asked) < 3 else "any replica"


def _typical_ms(ops: list[Operation]) -> int:
    took = sorted(op.ended - op.at for op in ops if op.ended is not None)
    return took[len(took) // 2] // 1000


def _promised_ms(ops: list[Operation]) -> int:
    return max(op.deadline_us for op in ops) // 1000
