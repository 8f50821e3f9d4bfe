"""What happened, as lines of text, and the digests that stand for it.

Rules:
1. A line is text of integers and names: never an exception's words, the repr of an Enum, or an id.
2. One digest a virtual second, each covering everything since the start.
3. The history digest covers the clients' invocations and completions alone. A better wording of a trace line changes
   the digest and leaves the history digest, so it does not break every golden and replay.

Lines are hashed a second at a time: hashing line by line cost as much as making the lines.
"""

from __future__ import annotations

import hashlib

_HEX = 16  # 64 bits of a digest are enough to tell two runs apart


class Trace:
    """The trace of a run. `lines` holds what the present second has recorded; `kept` all, where `keep` is asked."""

    def __init__(self, *, keep: bool = False) -> None:
        self.lines: list[str] = []
        self.history: list[str] = []
        self.kept: list[str] = []
        self.digests: list[str] = []  # one a virtual second
        self._keep = keep
        self._sealed = False
        self._all = hashlib.sha256()
        self._clients = hashlib.sha256()

    def client(self, line: str) -> None:
        """A client event: part of the trace and of the history."""
        self.lines.append(line)
        self.history.append(line)

    def second(self, events: int) -> None:
        """End a virtual second; `events` counts the entries that the whole run has run so far."""
        self.lines.append(f"events {events}")
        self._flush()
        self.digests.append(self._all.hexdigest()[:_HEX])

    @property
    def digest(self) -> str:
        """Of the whole run so far."""
        self._flush()
        return self._all.hexdigest()[:_HEX]

    @property
    def history_digest(self) -> str:
        """Of the clients' events so far."""
        self._flush()
        return self._clients.hexdigest()[:_HEX]

    def seal(self) -> None:
        """The run is over: what tasks still say while they end, in whatever order that is, is not part of it."""
        self._flush()
        self._sealed = True

    def _flush(self) -> None:
        if not self._sealed:
            self._take_in()
        self.lines.clear()
        self.history.clear()

    def _take_in(self) -> None:
        _absorb(self._all, self.lines)
        _absorb(self._clients, self.history)
        if self._keep:
            self.kept.extend(self.lines)


def _absorb(hasher: hashlib._Hash, lines: list[str]) -> None:
    if lines:
        hasher.update("\n".join(lines).encode())
        hasher.update(b"\n")
