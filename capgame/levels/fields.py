"""The types of a level's values: each reads the text of the file, and refuses it in words.

`parsed(read)` makes a pydantic type of a function from text; `named(read)` of one that also needs the level's names.
What editors may know of the value is its shape (`shapes.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, ValidationInfo

from capgame.errors import BadInput, Problem, nearest
from capgame.levels.findings import Notes
from capgame.levels.names import Names
from capgame.levels.shapes import LENGTH, NUMBER, SHARE, SWITCH, TEXT, WORDS, Shape, among, typed, whole
from capgame.levels.yaml_tree import Node
from capgame.values.seed import canonical
from capgame.values.units import WHOLE_PPM, parse_duration, parse_instant, parse_share, show_duration

LINE_MAX = 120
TEXT_MAX = 4_000

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_COUNT = re.compile(r"[0-9]{1,9}")
_DECIMAL = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6})?")


def parsed(read: Callable[[str], object], shape: Shape = TEXT) -> BeforeValidator:
    """A value that is one text."""

    def check(node: Node) -> object:
        notes = Notes()
        value = notes.attempt(node, read)
        notes.close()
        return value

    return BeforeValidator(check, json_schema_input_type=typed(shape))


def named(read: Callable[[str, Names], object], shape: Shape = TEXT) -> BeforeValidator:
    """A value that is one text, read with the names that the level declares."""

    def check(node: Node, info: ValidationInfo) -> object:
        notes = Notes()
        value = notes.attempt(node, lambda text: read(text, names_in(info)))
        notes.close()
        return value

    return BeforeValidator(check, json_schema_input_type=typed(shape))


def names_in(info: ValidationInfo) -> Names:
    """The level's names, from the validation's context."""
    assert isinstance(info.context, Names), "a level is validated with its names"
    return info.context


def count(low: int, high: int) -> BeforeValidator:
    """A whole number within bounds."""

    def read(text: str) -> int:
        if not _COUNT.fullmatch(text) or not low <= int(text) <= high:
            raise BadInput(Problem("", text, f"a whole number from {low} to {high}", "write it in digits"))
        return int(text)

    return parsed(read, whole(low, high))


def length(low_us: int, high_us: int) -> BeforeValidator:
    """A length of time within bounds, in microseconds."""

    def read(text: str) -> int:
        us = parse_duration(text)
        if not low_us <= us <= high_us:
            low, high = show_duration(low_us), show_duration(high_us)
            raise BadInput(Problem("", text, f"a time from {low} to {high}", "choose one within"))
        return us

    return parsed(read, LENGTH)


def one_of(words: Iterable[str], expected: str) -> BeforeValidator:
    """One of a few words."""
    known = tuple(words)
    return parsed(lambda text: choose(text, known, expected), among(known))


def choose(text: str, known: Iterable[str], expected: str) -> str:
    """The word, if it is among the known ones."""
    words = tuple(known)
    if text not in words:
        raise BadInput(Problem("", text, expected, nearest(text, words)))
    return text


def read_slug(text: str) -> str:
    """A kebab-case name. Raises BadInput."""
    if not _SLUG.fullmatch(text) or len(text) > 60:
        raise BadInput(Problem("", text, "a kebab-case name", "use small letters, digits and dashes: first-cut"))
    return text


def _line(text: str) -> str:
    if not text.strip() or len(text) > LINE_MAX or "\n" in text:
        raise BadInput(Problem("", text, f"one line of 1 to {LINE_MAX} characters", "write a short one"))
    return text.strip()


def _prose(text: str) -> str:
    if len(text) > TEXT_MAX:
        raise BadInput(Problem("", text, f"at most {TEXT_MAX:,} characters long", "a player reads this at night"))
    return text.strip()


def _slo(text: str) -> int:
    """A promise below 100%: an error budget of zero would divide."""
    ppm = parse_share(text)
    if not 0 < ppm < WHOLE_PPM:
        raise BadInput(
            Problem("", text, "a share above 0% and below 100%", "a budget of zero cannot be spent: write 99.9%")
        )
    return ppm


def _price(text: str) -> str:
    if not _DECIMAL.fullmatch(text) or Decimal(text) <= 0:
        raise BadInput(Problem("", text, "a price above zero, in served operations", "write for example 2 or 0.5"))
    return text


def _switch(text: str) -> bool:
    return choose(text, ("on", "off"), "on or off") == "on"


def _seed(text: str) -> str:
    canonical(text)
    return text


Slug = Annotated[str, parsed(read_slug, WORDS)]
Line = Annotated[str, parsed(_line)]
Prose = Annotated[str, parsed(_prose)]
Instant = Annotated[int, parsed(parse_instant, LENGTH)]
Share = Annotated[int, parsed(parse_share, SHARE)]
Slo = Annotated[int, parsed(_slo, SHARE)]
Price = Annotated[str, parsed(_price, NUMBER)]
Switch = Annotated[bool, parsed(_switch, SWITCH)]
Seed = Annotated[str, parsed(_seed, WORDS)]
