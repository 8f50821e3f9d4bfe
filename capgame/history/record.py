"""A history: everything that clients, nemesis and player did, in the one order in which it happened.

Rules:
1. Events are only ever appended; an event's index is its place, so indices never tie where instants may.
2. An operation's `called` and `returned` are the indices of its invocation and its completion.
3. An invocation is recorded before the operation can take effect.
4. A late completion binds like any other; a second one is a bug of the caller's.

Invocation and completion are stored as the bare operation: which of the two it is follows from the index. That keeps
recording to a list append an event, and `events()` spells them out for those who read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from capgame.history.operation import Completion, Operation
from capgame.values.register import READ


@dataclass(frozen=True, slots=True)
class Invoked:
    """An operation was sent for the first time."""

    index: int
    at: int  # microseconds
    operation: Operation


@dataclass(frozen=True, slots=True)
class Completed:
    """An operation's client learned all that it will ever learn."""

    index: int
    at: int  # microseconds
    operation: Operation


@dataclass(frozen=True, slots=True)
class Note:
    """Something that no client did: a fault began or ended, the player moved, a leader changed."""

    index: int
    at: int  # microseconds
    kind: str  # "nemesis", "move", "leader": one word, which becomes Jepsen's :f
    text: str  # "cut n3 | n1 n2"


Event = Invoked | Completed | Note


class History:
    """The record of one run; it is the referee's only evidence."""

    def __init__(self) -> None:
        self.operations: list[Operation] = []  # in the order of invocation
        self._record: list[Operation | Note] = []

    def invoke(self, op: Operation) -> None:
        """Record that `op` is about to be sent; gives it its `called`."""
        op.called = len(self._record)
        self._record.append(op)
        self.operations.append(op)

    def complete(
        self,
        op: Operation,
        completion: Completion,
        at: int,
        value: int | None = None,
        node: str | None = None,
        why: str = "",
    ) -> None:
        """Record what `op`'s client learned; gives it its `returned`. `value` is what a read returned."""
        assert op.completion is None, f"operation {op.id} completed twice"
        op.completion = completion
        op.ended = at
        op.returned = len(self._record)
        op.node = node
        op.why = why
        if value is not None:
            op.value = value
        self._record.append(op)

    def note(self, kind: str, at: int, text: str) -> None:
        """Record a nemesis or move line: it explains, and never decides, a verdict."""
        self._record.append(Note(len(self._record), at, kind, text))

    def __len__(self) -> int:
        return len(self._record)

    def __iter__(self) -> Iterator[Event]:
        return self.events()

    def events(self, first: int = 0) -> Iterator[Event]:
        """The events from index `first` on, in order."""
        for index in range(first, len(self._record)):
            yield self._event(index)

    def _event(self, index: int) -> Event:
        entry = self._record[index]
        if isinstance(entry, Note):
            return entry
        if index == entry.called:
            return Invoked(index, entry.at, entry)
        assert entry.ended is not None
        return Completed(index, entry.ended, entry)


def value_at(event: Invoked | Completed) -> int | None:
    """The operation's value as the event knew it: a read has none before it has been answered."""
    op = event.operation
    answered = isinstance(event, Completed) and op.completion is Completion.OK
    return op.value if op.f != READ or answered else None
