"""Register histories judged by trying every order: slow, obvious, and independent of zones.

The algorithm is that of J. Wing and C. Gong (Testing and Verifying Concurrent Objects, J. Parallel and Distributed
Computing 17, 1993): an operation can be the next one to take effect if no other one that is still to come had returned
before it was called. Pairs of (operations done, state) that were reached once are not tried again (G. Lowe, Testing for
linearizability, 2017). Exponential in the operations that overlap: for histories of a few dozen operations on a key.

It is the judge of the other judges: `blame` charges greedily, exactly as the referee does, and must agree with it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from capgame.checkers.verdict import Verdict
from capgame.errors import Undecided
from capgame.history.operation import Completion, Operation
from capgame.values import register

NEVER = sys.maxsize
STEPS_MAX = 200_000  # pairs of (done, state), some tens of megabytes


@dataclass(frozen=True, slots=True)
class Call:
    """One operation as far as it is known at some moment. Without a return it may have happened or not."""

    called: int
    returned: int
    f: str
    value: int


def search(calls: Sequence[Call], steps_max: int = STEPS_MAX) -> Verdict:
    """Whether some order explains these operations on one register."""
    required = sum(1 << index for index, call in enumerate(calls) if call.returned != NEVER)
    reached = {(0, register.INITIAL)}
    waiting = list(reached)
    while waiting:
        done, state = waiting.pop()
        if done & required == required:
            return Verdict.VALID
        if len(reached) > steps_max:
            return Verdict.UNKNOWN
        for step in _steps(calls, done, state):
            if step not in reached:
                reached.add(step)
                waiting.append(step)
    return Verdict.INVALID


def _steps(calls: Sequence[Call], done: int, state: int) -> list[tuple[int, int]]:
    """What may be reached by letting one more operation take effect."""
    left = [(index, call) for index, call in enumerate(calls) if not done >> index & 1]
    horizon = min(call.returned for _, call in left)
    steps = []
    for index, call in left:
        if call.called < horizon:
            after, answer = register.apply(state, call.f, call.value)
            if answer == call.value:
                steps.append((done | 1 << index, after))
    return steps


def check(operations: Iterable[Operation], steps_max: int = STEPS_MAX) -> Verdict:
    """The verdict on whole histories, key by key: unknown if a key is, and none is invalid."""
    keys: dict[str, list[Operation]] = {}
    for op in operations:
        keys.setdefault(op.key, []).append(op)
    verdicts = [search(_known(ops, NEVER), steps_max) for ops in keys.values()]
    return next((worst for worst in (Verdict.INVALID, Verdict.UNKNOWN) if worst in verdicts), Verdict.VALID)


def blame(operations: Sequence[Operation], steps_max: int = STEPS_MAX) -> list[int]:
    """Identities of the operations that greedy charging charges, in the order of charging.

    Raises Undecided when a search runs out of steps.
    """
    kept = {op.id: op for op in operations}
    charged = []
    for op in sorted((op for op in operations if op.returned is not None), key=lambda op: op.returned or 0):
        assert op.returned is not None
        verdict = search(_known([it for it in kept.values() if it.key == op.key], op.returned), steps_max)
        if verdict is Verdict.UNKNOWN:
            raise Undecided(f"search: operation {op.id} was not judged within {steps_max} steps — try fewer operations")
        if verdict is Verdict.INVALID:
            guilty = _guilty(op, kept.values())
            charged.append(guilty[0])
            for identity in guilty:
                del kept[identity]
    return charged


def _guilty(op: Operation, kept: Iterable[Operation]) -> list[int]:
    """Whom this completion makes impossible: itself, or those who had read the write that failed, in order."""
    if op.completion is not Completion.FAIL:
        return [op.id]
    assert op.returned is not None
    said = (register.READ, op.key, op.value, Completion.OK)
    readers = [it for it in kept if (it.f, it.key, it.value, it.completion) == said]
    returned = sorted((it.returned, it.id) for it in readers if it.returned is not None and it.returned < op.returned)
    return [identity for _, identity in returned]


def _known(operations: Iterable[Operation], now: int) -> list[Call]:
    """The operations as they stood at event `now`: open writes are optional, failed ones and open reads are nothing."""
    calls = []
    for op in operations:
        over = op.returned is not None and op.returned <= now
        completion = op.completion if over else None
        if op.called > now or op.value is None or completion is Completion.FAIL:
            continue
        if completion is Completion.OK:
            assert op.returned is not None
            calls.append(Call(op.called, op.returned, op.f, op.value))
        elif op.f == register.WRITE:
            calls.append(Call(op.called, NEVER, op.f, op.value))
    return calls
