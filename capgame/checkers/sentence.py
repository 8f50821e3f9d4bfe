"""The sentences of the judges: short, dry, exact; who did what, when, where, and what forbids it.

Rules:
1. The subject comes first, and is a session ("eu12"), its write or a key: never the player.
2. One kind, one pattern. Times are seconds of the shift; versions are written values ("v57"; v0 is the initial value).
3. What the history does not know (that a node had been cut off) comes from the caller's `Context` as a last clause.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from capgame.history.operation import Operation
from capgame.values.units import show_seconds

Context = Callable[[str, int], str]  # (node, instant) to "n3 had been cut off since 12.0 s", or to nothing


def no_context(_node: str, _at: int) -> str:
    """The context of a history that comes without a world."""
    return ""


def stale(read: Operation, write: Operation, context: Context) -> str:
    """A newer write had been acknowledged before the read was asked."""
    return _clauses(f"{_read(read)}, although {_version(write)} had been acknowledged {_when(write)}", read, context)


def inverted(read: Operation, seen: Operation, context: Context) -> str:
    """Somebody had read a newer value before the read was asked."""
    newer = f"{_session(seen)} had read the newer {_version(seen)} {_answered(seen)}"
    return _clauses(f"{_read(read)}, although {newer}", read, context)


def inverted_by_two(read: Operation, write: Operation, seen: Operation, context: Context) -> str:
    """A write had been acknowledged before the read was asked, and another read shows it to be the newer one."""
    newer = f"{_session(seen)}, who read {_version(seen)} {_answered(seen)}, shows it to be newer"
    said = f"{_version(write)} had been acknowledged {_when(write)} and {newer}"
    return _clauses(f"{_read(read)}, although {said}", read, context)


def unwritten(read: Operation, context: Context) -> str:
    """Nobody had written the value to the key."""
    return _clauses(f"{_read(read)}, although nobody had written {_version(read)} to {read.key}", read, context)


def refused(read: Operation, write: Operation, context: Context) -> str:
    """The value's write failed, before the read was answered or after."""
    assert read.returned is not None
    assert write.returned is not None
    tense = "had been" if write.returned < read.returned else "was then"
    return _clauses(f"{_read(read)}, although its write {tense} refused {_when(write)}", read, context)


def lost(write: Operation, finals: Mapping[str, int], context: Context) -> str:
    """An acknowledged write was gone at the end."""
    said = f"{_write(write)}, acknowledged {_when(write)}, was gone at the end: {_shown(finals)}"
    return _clauses(said, write, context)


def diverged(write: Operation, promoted: tuple[int, str], finals: Mapping[str, int], context: Context) -> str:
    """The same, acknowledged after another node had been promoted."""
    at, node = promoted
    said = f"acknowledged {_when(write)} although {node} had been promoted at {show_seconds(at)}"
    return _clauses(f"{_write(write)}, {said}, was gone at the end: {_shown(finals)}", write, context)


def disagreed(key: str, finals: Mapping[str, int]) -> str:
    """Replicas had different values at the end."""
    return f"{key} had more than one value at the end: {_shown(finals)}"


def _clauses(sentence: str, answered: Operation, context: Context) -> str:
    clause = context(answered.node, answered.ended) if answered.node and answered.ended is not None else ""
    return f"{sentence}; {clause}" if clause else sentence


def _read(op: Operation) -> str:
    return f"{_session(op)} read {op.key}={_version(op)} {_answered(op)}"


def _write(op: Operation) -> str:
    return f"{_session(op)}'s write {op.key}={_version(op)}"


def _session(op: Operation) -> str:
    return f"{op.group}{op.process}"


def _version(op: Operation) -> str:
    return f"v{op.value}"


def _answered(op: Operation) -> str:
    return _at(op) + (f" from {op.node}" if op.node else "")


def _when(op: Operation) -> str:
    return _at(op) + (f" by {op.node}" if op.node else "")


def _at(op: Operation) -> str:
    assert op.ended is not None
    return f"at {show_seconds(op.ended)}"


def _shown(finals: Mapping[str, int]) -> str:
    """Who had which value, replicas of one value together: "n1 and n2 had v41, n3 had v40"."""
    holders: dict[int, list[str]] = {}
    for node, value in finals.items():
        holders.setdefault(value, []).append(node)
    return ", ".join(f"{listed(nodes)} had v{value}" for value, nodes in holders.items())


def listed(names: list[str]) -> str:
    """Names as a sentence lists them: "n1, n2 and n3"."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
