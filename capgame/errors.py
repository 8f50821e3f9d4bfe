"""What can go wrong, in one tree, and how it is said.

Rules:
1. A message names the thing, the value, what was expected and the next step.
2. What the outside did ends in one of these, never in a traceback; `exit_code` is what a script sees.
3. Values come from levels, replays and shells, so they pass `plain` before anybody prints them.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass


class CapgameError(Exception):
    """The root of everything capgame raises on purpose."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with an input, and what to do about it."""

    thing: str
    value: str
    expected: str
    advice: str = ""
    where: str = ""  # file:line:column, where there is a file

    def __str__(self) -> str:
        place = f"{plain(self.where)}: " if self.where else ""
        value = f" {shorten(plain(self.value))!r}" if self.value else ""
        advice = f" — {plain(self.advice)}" if self.advice else ""
        return f"{place}{plain(self.thing)}:{value} is not {plain(self.expected)}{advice}"


class BadInput(CapgameError):
    """An input that cannot be used; carries every problem found, not only the first."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class NotVerified(CapgameError):
    """A replay whose claim does not survive being simulated again."""

    exit_code = 1


class Undecided(CapgameError):
    """A question that was not answered: a budget ran out, or the rules are older than this version."""

    exit_code = 3


class SimulationError(CapgameError):
    """A strategy's own handler raised: a bug in the strategy, with the command that shows it again."""

    exit_code = 70


def nearest(name: str, names: Iterable[str]) -> str:
    """Advice for a misspelt name: the closest known one, or all of them when none is close."""
    known = list(names)
    close = difflib.get_close_matches(name, known, n=2, cutoff=0.55)
    if close:
        return "did you mean " + " or ".join(close) + "?"
    return "there is " + ", ".join(known) if known else "there is none"


def shorten(text: str, most: int = 80) -> str:
    """The text in at most `most` characters, so that a hostile value cannot flood a terminal.

    It is cut in the middle: a path says least there.
    """
    half = most // 2
    return text if len(text) <= most else f"{text[: most - half - 1]}…{text[-half:]}"


def plain(text: str) -> str:
    """The text without anything a terminal would obey: controls, escapes and direction marks become `?`."""
    return "".join("?" if _obeyed(character) else character for character in text)


def _obeyed(character: str) -> bool:
    return character not in "\n" and unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co"}
