"""Durability and agreement: after the shift, what became of the writes that somebody had been promised?

An acknowledged write is lost if no replica's final read shows it, or a write that may have come after it. In real time
only this is certain: a write that returned before another was called came before it. So each final value vouches for
the writes up to the event at which its own write returned, and for those that began later it vouches for nothing:

    final value                vouches for writes called before
    of an acknowledged write   the event at which it returned
    of an open or `info` write the end of time: it is concurrent with everything that follows, for ever
    the initial value          the beginning: nothing
    of nobody, or of a failure the beginning: nothing

Complexity: O(writes + keys x replicas). A key that no replica could be asked about is unknown, not lost.
Jepsen's `set` checker asks the same of elements: an acknowledged add that no final read shows is lost.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

from capgame.checkers import sentence
from capgame.checkers.verdict import Anomaly, Kind, Result, Verdict, result
from capgame.history.operation import Completion, Operation
from capgame.values.register import WRITE

Finals = Mapping[str, Mapping[str, int]]  # key: node: the value that node's replica had at the end
Promotions = Sequence[tuple[int, str]]  # (instant, node), in order

NOTHING = -1
EVERYTHING = sys.maxsize


def check(
    operations: Sequence[Operation],
    finals: Finals,
    promotions: Promotions = (),
    at: int = 0,
    context: sentence.Context = sentence.no_context,
) -> Result:
    """Lost writes, then disagreements; unknown if an acknowledged key could not be asked about anywhere."""
    anomalies = losses(operations, finals, promotions, at, context) + disagreements(operations, finals, at)
    unasked = list(dict.fromkeys(op.key for op in _acknowledged(operations) if not finals.get(op.key)))
    if unasked and not anomalies:
        return Result(Verdict.UNKNOWN, why=f"no replica could be asked for {sentence.listed(unasked)}")
    return result(anomalies)


def losses(
    operations: Sequence[Operation],
    finals: Finals,
    promotions: Promotions = (),
    at: int = 0,
    context: sentence.Context = sentence.no_context,
) -> list[Anomaly]:
    """One charge for each acknowledged write that is gone, in the order of their invocation."""
    vouched = _vouched(operations, finals)
    return [
        _loss(op, finals[op.key], promotions, at, context)
        for op in _acknowledged(operations)
        if op.called > vouched.get(op.key, EVERYTHING)
    ]


def disagreements(operations: Sequence[Operation], finals: Finals, at: int = 0) -> list[Anomaly]:
    """One charge for each key whose replicas differ at the end. It is a `diverged-write`: two histories of one key are
    both still there, which is what that word means, whoever was promoted and when.
    """
    writers = {(op.key, op.value): op.id for op in operations if op.f == WRITE}
    anomalies = []
    for key, shown in finals.items():
        values = dict.fromkeys(shown.values())
        if len(values) > 1:
            writes = tuple(writers[key, value] for value in values if (key, value) in writers)
            said = sentence.disagreed(key, shown)
            anomalies.append(Anomaly(Kind.DIVERGED_WRITE, at, key, writes, tuple(shown), said))
    return anomalies


def _acknowledged(operations: Iterable[Operation]) -> Iterator[Operation]:
    return (op for op in operations if op.f == WRITE and op.completion is Completion.OK)


def _vouched(operations: Iterable[Operation], finals: Finals) -> dict[str, int]:
    """For each key that somebody could be asked about: writes called after this event are gone."""
    vouched = {key: NOTHING for key, shown in finals.items() if shown}
    for op in operations:
        if op.f == WRITE and op.key in vouched and op.value in finals[op.key].values():
            vouched[op.key] = max(vouched[op.key], _vouches(op))
    return vouched


def _vouches(write: Operation) -> int:
    if write.completion is Completion.FAIL:
        return NOTHING
    if write.completion is Completion.OK:
        assert write.returned is not None
        return write.returned
    return EVERYTHING


def _loss(
    write: Operation,
    shown: Mapping[str, int],
    promotions: Promotions,
    at: int,
    context: sentence.Context,
) -> Anomaly:
    nodes = (write.node,) if write.node else ()
    promoted = _usurper(write, promotions)
    if promoted is None:
        return Anomaly(Kind.LOST_WRITE, at, write.key, (write.id,), nodes, sentence.lost(write, shown, context))
    said = sentence.diverged(write, promoted, shown, context)
    return Anomaly(Kind.DIVERGED_WRITE, at, write.key, (write.id,), nodes, said)


def _usurper(write: Operation, promotions: Promotions) -> tuple[int, str] | None:
    """The promotion in force when the write was acknowledged, if it was of another node than the one that answered."""
    assert write.ended is not None
    index = bisect_right(promotions, write.ended, key=lambda promotion: promotion[0])
    if index == 0 or write.node in (None, promotions[index - 1][1]):
        return None
    return promotions[index - 1]
