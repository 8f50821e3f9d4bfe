"""A machine's disk: what survives a crash, as far as it was synced.

Rules:
1. Content is cells (`disk[name] = value`) and logs (`disk.log(name)`). Values are immutable, or never changed in place.
2. `sync()` is a plain call. It completes a little later; until then nothing that the node sends leaves the machine
   (`busy_until`), so an acknowledgement never overtakes what it acknowledges.
3. A crash may keep everything (a process died), lose what was not synced (the power failed), or wipe the disk.

Unsynced content is undone from a journal, newest first: a snapshot a sync would copy every log.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterator
from typing import Any

Undo = Callable[[], None]
_ABSENT = object()


class Disk:
    """The disk of one machine. `now` tells virtual microseconds; a sync takes `sync_us`."""

    def __init__(self, now: Callable[[], int], sync_us: int = 0) -> None:
        self.busy_until = 0  # when the last sync completes
        self._now = now
        self._sync_us = sync_us
        self._cells: dict[Hashable, Any] = {}
        self._logs: dict[str, DiskLog] = {}
        self._journal: list[Undo] = []  # how to take back what is not synced, oldest first
        self._forgotten = 0  # journal entries dropped so far: positions count from the beginning of time
        self._syncs: deque[tuple[int, int]] = deque()  # (completes at, journal position it covers)

    def __getitem__(self, name: Hashable) -> Any:
        return self._cells[name]

    def __contains__(self, name: Hashable) -> bool:
        return name in self._cells

    def __iter__(self) -> Iterator[Hashable]:
        return iter(self._cells)

    def get(self, name: Hashable, default: Any = None) -> Any:
        """A cell's content, or the default."""
        return self._cells.get(name, default)

    def __setitem__(self, name: Hashable, value: Any) -> None:
        old = self._cells.get(name, _ABSENT)
        self._cells[name] = value
        self._journal.append(lambda: self._restore(name, old))

    def _restore(self, name: Hashable, old: Any) -> None:
        if old is _ABSENT:
            self._cells.pop(name, None)
        else:
            self._cells[name] = old

    def log(self, name: str) -> DiskLog:
        """The log of that name, empty at first."""
        return self._logs.setdefault(name, DiskLog(self._journal))

    def sync(self) -> None:
        """Make everything written so far survive. It completes `sync_us` later; sends wait for it."""
        self._settle()
        if self._sync_us == 0 and not self._syncs:
            self._forgotten += len(self._journal)
            self._journal.clear()
            return
        self.busy_until = max(self._now(), self.busy_until) + self._sync_us
        self._syncs.append((self.busy_until, self._forgotten + len(self._journal)))

    def _settle(self) -> None:
        """Forget how to take back what has been synced by now."""
        now = self._now()
        while self._syncs and self._syncs[0][0] <= now:
            _, position = self._syncs.popleft()
            del self._journal[: position - self._forgotten]
            self._forgotten = position

    def crash(self, fate: str) -> None:
        """Lose power: `keep` everything, `lose` what was not synced, or `wipe` it all."""
        self._settle()
        if fate == "lose":
            for undo in reversed(self._journal):
                undo()
        elif fate == "wipe":
            self._cells.clear()
            self._logs.clear()
        self._forgotten += len(self._journal)
        self._journal.clear()
        self._syncs.clear()
        self.busy_until = 0


class DiskLog:
    """A list on disk that grows at its end and may be cut back."""

    __slots__ = ("_entries", "_journal")

    def __init__(self, journal: list[Undo]) -> None:
        self._entries: list[Any] = []
        self._journal = journal

    def __len__(self) -> int:
        return len(self._entries)

    def __getitem__(self, index: int) -> Any:
        return self._entries[index]

    def slice(self, start: int, stop: int) -> tuple[Any, ...]:
        """The entries in [start, stop)."""
        return tuple(self._entries[start:stop])

    def append(self, entry: Any) -> None:
        """Add one entry."""
        self._entries.append(entry)
        self._journal.append(self._entries.pop)

    def cut(self, length: int) -> None:
        """Keep the first `length` entries only."""
        gone = self._entries[length:]
        if gone:
            del self._entries[length:]
            self._journal.append(lambda: self._entries.extend(gone))
