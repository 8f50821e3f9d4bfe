"""A replicated log: entries with terms, numbered from 1, over any list that can be cut.

Ongaro & Ousterhout 2014, sections 5.3 and 5.4. The Log Matching property: two logs that hold an entry of the same
index and term are the same up to there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple, Protocol


class Entry(NamedTuple):
    """One entry: the term of the leader that made it, and its command (None: a new leader's empty entry)."""

    term: int
    command: Any


class Storage(Protocol):
    """A list that grows at its end and may be cut back."""

    def __len__(self) -> int: ...
    def __getitem__(self, index: int) -> Any: ...
    def slice(self, start: int, stop: int) -> tuple[Any, ...]:
        """The elements in [start, stop)."""
        ...

    def append(self, entry: Any) -> None:
        """Add one."""

    def cut(self, length: int) -> None:
        """Keep the first `length`."""


class Log:
    """A view of stored entries with Raft's numbering: the first is 1, and index 0 stands for "before all", term 0."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    @property
    def last(self) -> int:
        """The index of the last entry."""
        return len(self._storage)

    @property
    def last_term(self) -> int:
        """The term of the last entry."""
        return self.term(self.last)

    def term(self, index: int) -> int:
        """The term of an entry that is there."""
        term: int = self._storage[index - 1].term if index else 0
        return term

    def entry(self, index: int) -> Entry:
        """The entry at an index that is there."""
        entry: Entry = self._storage[index - 1]
        return entry

    def after(self, index: int, most: int) -> tuple[Entry, ...]:
        """Up to `most` entries behind an index."""
        return self._storage.slice(index, index + most)

    def append(self, entry: Entry) -> int:
        """Add an entry and return its index."""
        self._storage.append(entry)
        return self.last

    def matches(self, index: int, term: int) -> bool:
        """Whether it holds an entry of this index and term: then it agrees with the sender up to there."""
        return index <= self.last and self.term(index) == term

    def merge(self, index: int, entries: Sequence[Entry]) -> int:
        """Take entries that follow a matching index; return the index up to which both now agree.

        Only a conflict cuts. Cutting at every call would lose entries to an old, reordered message that holds less.
        """
        conflict = self.conflict(index, entries)
        if conflict:
            self._storage.cut(conflict - 1)
        for entry in entries[self.last - index :]:
            self._storage.append(entry)
        return index + len(entries)

    def conflict(self, index: int, entries: Sequence[Entry]) -> int:
        """The first index at which entries that follow a matching index contradict what is here; 0 if none does."""
        for at, entry in enumerate(entries[: self.last - index], index + 1):
            if self.term(at) != entry.term:
                return at
        return 0

    def upto(self, index: int, term: int) -> int:
        """The last index, not beyond `index`, of an entry that is not of a newer term than `term`.

        Two logs that disagree at an index can agree there at best: told "up to 400, where my term is 1", a log that
        has term 2 from 101 on answers 100, without asking for the 300 between them one by one.
        """
        index = min(index, self.last)
        while index and self.term(index) > term:
            index -= 1
        return index

    def behind(self, last: int, last_term: int) -> bool:
        """Whether a log ending so is at least as up to date as this one (section 5.4.1: the vote's condition)."""
        return (last_term, last) >= (self.last_term, self.last)
