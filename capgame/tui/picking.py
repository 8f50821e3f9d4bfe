"""A move put together by keys: a verb, then its targets one by one.

Rules:
1. Digits are nodes, letters on caps the rest. A letter is taken from the target's own name, as early as it is free.
2. One candidate is always marked; arrows and tab go round, ↵ takes it. So nothing depends on the keyboard's letters.
3. The key of an undoing verb is that of the verb it undoes: on a frozen node `z` thaws.
4. A move that costs three or more is asked for once more.

A value: every key gives the next state. The board says what is legal, here only keys are given to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from string import ascii_lowercase, digits

from capgame.moves.legal import Board, complete
from capgame.moves.verbs import VERBS, Argument, Verb

ASK_FROM = 3  # attention: from here on a move is asked for once more
UNDONE_AT = {"freeze": "frozen", "fence": "fenced"}  # the machine's state at which a verb's key undoes it


@dataclass(frozen=True, slots=True)
class Picking:
    """A move under construction. `names` are the candidates for the next word, `marked` the place of one of them."""

    verb: Verb
    board: Board
    args: tuple[str, ...] = ()
    marked: int = 0

    @property
    def whole(self) -> bool:
        """Whether every word has been chosen."""
        return len(self.args) == len(self.verb.arguments)

    @property
    def argument(self) -> Argument | None:
        """What is asked for next."""
        return None if self.whole else self.verb.arguments[len(self.args)]

    @property
    def names(self) -> tuple[str, ...]:
        """The words that may come next."""
        if self.whole:
            return ()
        return tuple(line.rpartition(" ")[2] for line in complete(self.words, self.board))

    @property
    def keys(self) -> dict[str, str]:
        """The key of every candidate."""
        return keys_for(self.names, set(self.board.nodes))

    @property
    def guess(self) -> str:
        """The marked candidate."""
        names = self.names
        return names[self.marked % len(names)] if names else ""

    @property
    def words(self) -> str:
        """The move as far as it goes: `route eu `."""
        return " ".join((self.verb.name, *self.args)) + ("" if self.whole else " ")

    @property
    def dear(self) -> bool:
        """Whether it has to be asked for once more."""
        return self.verb.cost >= ASK_FROM

    def choose(self, name: str) -> Picking:
        """The next word is this one."""
        return replace(self, args=(*self.args, name), marked=0)

    def back(self) -> Picking | None:
        """One word less; None when there was only the verb."""
        return replace(self, args=self.args[:-1], marked=0) if self.args else None

    def turn(self, by: int) -> Picking:
        """Mark the next candidate."""
        return replace(self, marked=(self.marked + by) % max(1, len(self.names)))

    def mark(self, wanted: Callable[[str], bool]) -> Picking:
        """Mark the first candidate that is wanted, if there is one."""
        place = next((place for place, name in enumerate(self.names) if wanted(name)), self.marked)
        return replace(self, marked=place)

    def by_key(self, key: str) -> str | None:
        """The candidate of a key."""
        return next((name for name, own in self.keys.items() if own == key), None)


def verb_at(verb: Verb, state: str) -> Verb:
    """The verb that a key means on a node in this state."""
    if state and UNDONE_AT.get(verb.name) == state:
        return next((other for other in VERBS.values() if other.undoes == verb.name), verb)
    return verb


def keys_for(names: Sequence[str], nodes: set[str]) -> dict[str, str]:
    """A key for every name: a node's digits where they are one cell, else a letter or digit that is free."""
    keys: dict[str, str] = {}
    for name in names:
        own = "".join(character for character in name if character in digits)
        wishes = own if name in nodes and len(own) == 1 else name.lower()
        free = (key for key in (*wishes, *ascii_lowercase, *digits) if key not in keys.values())
        keys[name] = next((key for key in free if key in ascii_lowercase + digits), "")
    return keys
