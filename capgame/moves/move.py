"""A move as it is asked for: a verb, its arguments, and perhaps the instant at which a script wants it."""

from __future__ import annotations

from dataclasses import dataclass

from capgame.moves.verbs import VERBS, Verb
from capgame.values.units import show_duration


@dataclass(frozen=True, slots=True)
class Move:
    """`route eu n1`. `at` is in virtual microseconds; None: now, whenever it is given."""

    verb: str
    args: tuple[str, ...]
    at: int | None = None

    @property
    def text(self) -> str:
        """`route eu n1`: what the log and the result show."""
        return " ".join((self.verb, *self.args))

    @property
    def line(self) -> str:
        """`16s route eu n1`: what a script holds, and what reads back as this move."""
        return self.text if self.at is None else f"{show_duration(self.at)} {self.text}"

    @property
    def row(self) -> Verb:
        """The verb's row in the table."""
        return VERBS[self.verb]
