"""The words and marks of the cut language, each with its column, and a reader that takes them one by one.

Columns count from 1, as editors do. Blanks part names and are otherwise free.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NoReturn

from capgame.errors import BadInput, Problem

# A dash belongs to a name only between two of its letters, so that `n4-/-n1` reads as it looks.
NAME = r"[A-Za-z0-9_]+(?:-[A-Za-z0-9_]+)*"
_TOKEN = re.compile(rf"\s*(?:(?P<name>(?:c:)?{NAME})|(?P<mark>-/-|-/>|<->|->|[|~\[\]()*]))")


@dataclass(frozen=True, slots=True)
class Token:
    """One word or mark; the end of the text is a token without text."""

    text: str
    column: int
    is_name: bool = False


class Reader:
    """Takes tokens from a text, and refuses the text at a column."""

    def __init__(self, text: str, thing: str, kind: str) -> None:
        self.text, self.thing, self.kind = text, thing, kind
        self._tokens = list(self._split())
        self._next = 0

    def peek(self) -> Token:
        """The token that comes next."""
        return self._tokens[self._next]

    def take(self, *texts: str) -> Token | None:
        """The next token if it is one of these, and on to the one after; else None."""
        token = self.peek()
        if token.text not in texts:
            return None
        self._next += 1
        return token

    def name(self) -> Token | None:
        """The next token if it is a name or `*`, and on to the one after; else None."""
        token = self.peek()
        if not (token.is_name or token.text == "*"):
            return None
        self._next += 1
        return token

    def end(self) -> None:
        """Refuse whatever is left."""
        token = self.peek()
        if token.text:
            self.refuse(token.column, f"{token.text} is too much here", f"end before {token.text}")

    def refuse(self, column: int, complaint: str, advice: str) -> NoReturn:
        """The text cannot be read, and this is where and why."""
        raise BadInput(Problem(self.thing, self.text, f"{self.kind}: column {column}: {complaint}", advice))

    def _split(self) -> list[Token]:
        tokens, at, end = [], 0, len(self.text.rstrip())
        while at < end:
            found = _TOKEN.match(self.text, at)
            if found is None:
                self._strange(at)
            group = "name" if found["name"] else "mark"
            tokens.append(Token(found[group], found.start(group) + 1, is_name=group == "name"))
            at = found.end()
        return [*tokens, Token("", end + 1)]

    def _strange(self, at: int) -> NoReturn:
        while self.text[at].isspace():
            at += 1
        mark = self.text[at]
        advice = "part names by blanks" if mark in ",;" else "write for example n3 | n1 n2, or n1 -/> n2 for one way"
        self.refuse(at + 1, f"{mark} has no meaning", advice)
