"""The pager's log: one plain sentence a line, as things happen."""

from __future__ import annotations

from bisect import insort

from capgame.play.views.shift import LogLine

MOST = 200


class Log:
    """Lines in the order of their instants. `kind` is what they are about: fault, late, wrong, you, info."""

    def __init__(self) -> None:
        self.lines: list[LogLine] = []
        self._said: set[str] = set()  # only asked for membership

    def say(self, at: int, kind: str, text: str) -> None:
        """Add a line."""
        insort(self.lines, LogLine(at, kind, text), key=lambda line: line.at)
        del self.lines[:-MOST]

    def say_once(self, key: str, at: int, kind: str, text: str) -> None:
        """Add a line, unless the same key was said before: the first of its kind is news, the hundredth is a number."""
        if key not in self._said:
            self._said.add(key)
            self.say(at, kind, text)
