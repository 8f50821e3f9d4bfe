"""A knob: a setting of a strategy, declared once. Screens, commands, the level schema and the help draw on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from capgame.errors import BadInput, Problem, nearest
from capgame.values.units import parse_duration, show_duration

Value = str | int | bool

SWITCH = {"on": True, "off": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Knob:
    """A declared setting. `parse` reads what a person writes, `show` writes what a person reads.

    `live` knobs may be turned while the cluster runs, if the level allows it.
    """

    name: str
    help: str
    default: str
    live: bool = True

    @property
    def takes(self) -> str:
        """What it takes, in words."""
        raise NotImplementedError  # every kind says it

    def parse(self, text: str) -> Value:
        """The value that a text stands for. Raises BadInput with what was expected."""
        raise NotImplementedError  # every kind reads its own

    def show(self, value: Value) -> str:
        """The value as text; `parse` reads it back."""
        return str(value)

    def _refuse(self, text: str, advice: str = "") -> BadInput:
        return BadInput(Problem(self.name, text, self.takes, advice or self.help))


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Knob):
    """One of a few words."""

    words: tuple[str, ...]

    @property
    def takes(self) -> str:
        return "one of " + ", ".join(self.words)

    def parse(self, text: str) -> Value:
        if text not in self.words:
            raise self._refuse(text, nearest(text, self.words))
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch(Knob):
    """On or off."""

    @property
    def takes(self) -> str:
        return "on or off"

    def parse(self, text: str) -> Value:
        if text not in SWITCH:
            raise self._refuse(text)
        return SWITCH[text]

    def show(self, value: Value) -> str:
        return "on" if value else "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration(Knob):
    """A length of time, in microseconds."""

    low_us: int
    high_us: int

    @property
    def takes(self) -> str:
        return f"a time from {show_duration(self.low_us)} to {show_duration(self.high_us)}"

    def parse(self, text: str) -> Value:
        us = parse_duration(text)
        if not self.low_us <= us <= self.high_us:
            raise self._refuse(text)
        return us

    def show(self, value: Value) -> str:
        return show_duration(int(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Count(Knob):
    """A small whole number."""

    low: int
    high: int

    @property
    def takes(self) -> str:
        return f"a whole number from {self.low} to {self.high}"

    def parse(self, text: str) -> Value:
        if not text.isascii() or not text.isdigit() or not self.low <= int(text[:9]) <= self.high:
            raise self._refuse(text)
        return int(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeName(Knob):
    """A node of the level; empty lets the strategy choose. Which nodes there are is the level's to check."""

    @property
    def takes(self) -> str:
        return "a node of the level"

    def parse(self, text: str) -> Value:
        return text


def declare(*knobs: Knob) -> dict[str, Knob]:
    """Knobs by name, in the order they are shown."""
    return {knob.name: knob for knob in knobs}


def parse_knob(knobs: dict[str, Knob], name: str, text: str, nodes: Iterable[str] = ()) -> Value:
    """The value of a knob that a person names. Raises BadInput for a name that is not declared or a value that is not
    in range; `nodes` are the names a NodeName may take."""
    if name not in knobs:
        raise BadInput(Problem("knob", name, "a knob of this strategy", nearest(name, knobs)))
    knob = knobs[name]
    if isinstance(knob, NodeName) and text and text not in set(nodes):
        raise BadInput(Problem(name, text, knob.takes, nearest(text, nodes)))
    return knob.parse(text)
