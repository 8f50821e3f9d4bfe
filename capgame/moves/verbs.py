"""The verbs, declared once; keys, prices, help, palette and command line are drawn from here.

Rules:
1. A move is accepted or refused at once, is paid when it is accepted, and happens `takes_us` later.
2. Undoing is free: `thaw` undoes `freeze`, `unfence` undoes `fence`. Who may do may undo.
3. An undoing verb has the key of the verb it undoes; on a screen that key toggles.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from capgame.values.units import SECOND_US

HALF_SECOND_US = SECOND_US // 2


class Argument(Enum):
    """What a verb is told; the value is how usage lines spell it."""

    GROUP = "GROUP"  # a client group
    NODE = "NODE"
    WAY = "NODE|home"  # whom a group talks to: a node, or `home` to undo the routing
    KNOB = "KNOB"
    VALUE = "VALUE"


HOME = "home"


@dataclass(frozen=True, slots=True)
class Verb:
    """One row of the table. `cost` is in attention, `takes_us` in virtual microseconds."""

    name: str
    key: str
    cost: int
    takes_us: int
    arguments: tuple[Argument, ...]
    help: str
    undoes: str = ""  # the verb that this one takes back

    @property
    def usage(self) -> str:
        """`route GROUP NODE|home`."""
        return " ".join((self.name, *(argument.value for argument in self.arguments)))


VERBS: dict[str, Verb] = {
    verb.name: verb
    for verb in (
        Verb("route", "r", 1, HALF_SECOND_US, (Argument.GROUP, Argument.WAY), "this group's customers ask that node"),
        Verb("tune", "t", 1, HALF_SECOND_US, (Argument.KNOB, Argument.VALUE), "turn a knob of the strategy"),
        Verb("freeze", "z", 1, HALF_SECOND_US, (Argument.NODE,), "no writes here"),
        Verb("thaw", "z", 0, HALF_SECOND_US, (Argument.NODE,), "writes here again", undoes="freeze"),
        Verb("fence", "f", 2, SECOND_US, (Argument.NODE,), "its epoch is revoked: it serves nothing"),
        Verb("unfence", "f", 0, SECOND_US, (Argument.NODE,), "it may serve again", undoes="fence"),
        Verb("promote", "p", 2, 2 * SECOND_US, (Argument.NODE,), "primary-backup: a new epoch with this primary"),
        Verb("transfer", "x", 1, HALF_SECOND_US, (Argument.NODE,), "raft: hand leadership to this node"),
    )
}
