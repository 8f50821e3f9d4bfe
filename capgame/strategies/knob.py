"""A knob: a setting of a strategy, declared once. Screens, commands, the level schema and the help draw on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from capgame.errors import BadInput, Problem, nearest
from capgame.values.units import parse_duration, show_duration

Value = str | int | bool

SWITCH = {"on": True, "off": False}
ANY = "any value"  # no value of any knob reads like this
LADDER = ("100ms", "200ms", "300ms", "500ms", "700ms", "1s", "1500ms", "2s", "3s", "5s", "10s")  # for durations


class Sin(Enum):
    """What a choice may lead to: nothing worse than waiting a little, no answer, or a wrong one."""

    NONE = "none"
    UNANSWERED = "unanswered"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Risk:
    """What a value of a knob risks, in one short sentence."""

    text: str
    sin: Sin = Sin.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Knob:
    """A declared setting. `parse` reads what a person writes, `show` writes what a person reads.

    `live` knobs may be turned while the cluster runs, if the level allows it. `risks` says by value, as text, what each
    risks; under `ANY` is what all of them do.
    """

    name: str
    help: str
    default: str
    live: bool = True
    risks: Mapping[str, Risk] = field(default_factory=dict)

    @property
    def takes(self) -> str:
        """What it takes, in words."""
        raise NotImplementedError  # every kind says it

    def risk(self, value: Value) -> Risk | None:
        """What this value risks, if that was declared."""
        return self.risks.get(self.show(value)) or self.risks.get(ANY)

    def steps(self, nodes: Sequence[str]) -> tuple[str, ...]:
        """The values that a person turns through, as text, from the low end to the high one."""
        raise NotImplementedError  # every kind has its own

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

    def steps(self, nodes: Sequence[str]) -> tuple[str, ...]:
        return self.words


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

    def steps(self, nodes: Sequence[str]) -> tuple[str, ...]:
        return ("off", "on")


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

    def steps(self, nodes: Sequence[str]) -> tuple[str, ...]:
        known = {parse_duration(text) for text in (*LADDER, self.default)}
        return tuple(show_duration(us) for us in sorted(known) if self.low_us <= us <= self.high_us)


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

    def steps(self, nodes: Sequence[str]) -> tuple[str, ...]:
        return tuple(str(number) for number in range(self.low, self.high + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeName(Knob):
    """A node of the level; empty lets the strategy choose. Which nodes there are is the level's to check."""

    @property
    def takes(self) -> str:
        return "a node of the level"

    def parse(self, text: str) -> Value:
        return text

    def steps(self, nodes: Sequence[str]) -> tuple[str, ...]:
        return tuple(nodes)


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
