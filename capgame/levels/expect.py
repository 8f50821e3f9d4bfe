"""Expectations: what a play claims about its run, one sentence each.

Grammar, words apart by blanks:

    PATH OP VALUE             on the result of the run:      counts.stale-read >= 20
    AT FUNCTION OP VALUE      on the world at an instant:    24s served(eu, 2s) >= 99%

OP is one of `is`, `is not`, `<`, `<=`, `>`, `>=`. PATH is a key of the result, dotted; `uptime` and `truth` alone mean
their value. FUNCTION is `leader`, `primary`, `term(NODE)`, `served(GROUP, WINDOW)`, `wrong(WINDOW)`, `alive(NODE)`.
VALUE is a share (`99%`), a number, or a word; `none` is what is not there.

Numbers are compared exactly, as fractions: 100% is not 99.99999%.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Protocol, TypeAlias

from capgame.errors import BadInput, Problem, nearest
from capgame.levels.vocabulary import ANOMALIES, CONTRACTS
from capgame.values.units import WHOLE_PPM, parse_duration, parse_instant, parse_share

Value: TypeAlias = Fraction | str | None
Argument: TypeAlias = str | int


class Kind(Enum):
    """What a subject is measured in."""

    SHARE = "a share such as 99%"
    NUMBER = "a number such as 20"
    WORD = "a word"
    ANSWER = "yes or no"


class Probe(Protocol):
    """The world at an instant, as far as timed expectations ask. Windows end at that instant; microseconds."""

    def leader(self) -> str | None:
        """The node that leads with the highest term, if any."""

    def primary(self) -> str | None:
        """The node that is primary in the highest epoch, if any."""

    def term(self, node: str) -> int:
        """The node's term or epoch."""

    def served(self, group: str, window_us: int) -> int | None:
        """The share (ppm) of the group's operations of the window that were served; None where it offered none."""

    def wrong(self, window_us: int) -> int:
        """How many wrong answers were charged in the window."""

    def alive(self, node: str) -> bool:
        """Whether the node runs: neither crashed nor paused."""


@dataclass(frozen=True, slots=True)
class Held:
    """The claim is true."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The claim is false: what was expected, and what the run has instead."""

    expected: str
    got: str

    def __str__(self) -> str:
        return f"expected {self.expected}, got {self.got}"


Judgement: TypeAlias = Held | Failed

# The result's keys that a claim may name, and what each is measured in.
PATHS: dict[str, Kind] = {
    "outcome": Kind.WORD,
    "stars": Kind.NUMBER,
    "score": Kind.NUMBER,
    "offer": Kind.WORD,
    "strategy": Kind.WORD,
    "seed": Kind.WORD,
    "digest": Kind.WORD,
    "history_digest": Kind.WORD,
    "events": Kind.NUMBER,
    "virtual_s": Kind.NUMBER,
    "uptime.value": Kind.SHARE,
    "uptime.slo": Kind.SHARE,
    **{f"uptime.{name}": Kind.NUMBER for name in ("points", "spent", "budget")},
    **{f"uptime.{name}": Kind.NUMBER for name in ("offered", "in_time", "late", "refused", "unanswered")},
    **{f"uptime.ceilings.{name}": Kind.SHARE for name in ("majority", "one_history", "any_replica")},
    "truth.value": Kind.SHARE,
    "truth.slo": Kind.SHARE,
    **{f"truth.{name}": Kind.NUMBER for name in ("points", "spent", "budget", "answered", "charged")},
    **{f"counts.{kind}": Kind.NUMBER for kind in ANOMALIES},
    **{f"contracts.{name}": Kind.WORD for name in CONTRACTS},
}
SHORT = {"uptime": "uptime.value", "truth": "truth.value"}

# What can be asked of an instant: the names of its arguments, and what it is measured in.
FUNCTIONS: dict[str, tuple[tuple[str, ...], Kind]] = {
    "leader": ((), Kind.WORD),
    "primary": ((), Kind.WORD),
    "term": (("node",), Kind.NUMBER),
    "served": (("group", "window"), Kind.SHARE),
    "wrong": (("window",), Kind.NUMBER),
    "alive": (("node",), Kind.ANSWER),
}

ORDERS = ("<", "<=", ">", ">=")

_SENTENCE = re.compile(
    r"(?:(?P<at>-?[0-9]\S*) +)?(?P<subject>[A-Za-z][\w.-]*)(?P<call> *\([^()]*\))?"
    r" *(?P<op>\bis not\b|\bis\b|<=|>=|<|>) *(?P<value>\S(?:.*\S)?)"
)
_NUMBER = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,9})?")
_WORD = re.compile(r"[A-Za-z0-9][\w.-]*")
_EXAMPLE = "write for example `stars is 3` or `24s served(eu, 2s) >= 99%`"


@dataclass(frozen=True, slots=True)
class Expectation:
    """One claim. With `at` it is judged at that instant, else on the result."""

    text: str
    at: int | None  # microseconds
    subject: str  # a key of PATHS, or of FUNCTIONS
    arguments: tuple[Argument, ...]  # of a function: names, and windows in microseconds
    op: str
    value: Value  # shares and numbers as fractions; None is `none`

    @classmethod
    def parse(cls, text: str) -> Expectation:
        """The claim a sentence makes, or BadInput."""
        found = _SENTENCE.fullmatch(text.strip())
        if found is None:
            # In a YAML list the comma of `served(eu, 2s)` ends the text, unless there are quotes around it.
            advice = 'quote this: "24s served(eu, 2s) >= 99%"' if text.count("(") != text.count(")") else _EXAMPLE
            raise BadInput(Problem("expectation", text, "PATH OP VALUE or AT FUNCTION OP VALUE", advice))
        if found["at"] is None and found["call"] is None and found["subject"] not in ("leader", "primary"):
            return _on_result(text, found)
        return _at_instant(text, found)

    def judge(self, result: Mapping[str, object]) -> Judgement:
        """Whether the result of a run keeps the claim (for claims without `at`)."""
        assert self.at is None, f"{self.text} is about an instant"
        return self._compare(_as_value(_look_up(result, self.subject)), PATHS[self.subject])

    def judge_at(self, probe: Probe) -> Judgement:
        """Whether the world keeps the claim; to be asked at the instant `at`."""
        assert self.at is not None, f"{self.text} is about the result"
        return self._compare(_as_value(_ask(probe, self.subject, self.arguments)), FUNCTIONS[self.subject][1])

    def _compare(self, got: Value, kind: Kind) -> Judgement:
        if _holds(got, self.op, self.value):
            return Held()
        return Failed(self.text, _show(got, kind))


def _on_result(text: str, found: re.Match[str]) -> Expectation:
    path = SHORT.get(found["subject"], found["subject"])
    if path not in PATHS:
        raise BadInput(Problem("path", found["subject"], "a key of the result", nearest(path, PATHS)))
    return Expectation(text, None, path, (), *_claim(found, PATHS[path]))


def _at_instant(text: str, found: re.Match[str]) -> Expectation:
    name = found["subject"]
    if name not in FUNCTIONS:
        raise BadInput(Problem("function", name, "one that can be asked of an instant", nearest(name, FUNCTIONS)))
    if found["at"] is None:
        raise BadInput(Problem("expectation", text, "complete: it has no instant", f"write for example `24s {text}`"))
    names, kind = FUNCTIONS[name]
    arguments = _arguments(name, names, found["call"])
    return Expectation(text, parse_instant(found["at"]), name, arguments, *_claim(found, kind))


def _arguments(name: str, names: tuple[str, ...], call: str | None) -> tuple[Argument, ...]:
    inside = call.strip().strip("()").strip() if call else ""
    given = [part.strip() for part in inside.split(",")] if inside else []
    shape = f"{name}({', '.join(names)})" if names else name
    if len(given) != len(names) or not all(given):
        raise BadInput(Problem(name, inside or "nothing", shape, f"write {shape}"))
    return tuple(_argument(text, kind) for text, kind in zip(given, names, strict=True))


def _argument(text: str, kind: str) -> Argument:
    return parse_duration(text, "window") if kind == "window" else text


def _claim(found: re.Match[str], kind: Kind) -> tuple[str, Value]:
    """The operator and the value, where both fit what is measured."""
    op, text = found["op"], found["value"]
    if op in ORDERS and (kind in (Kind.WORD, Kind.ANSWER) or text == "none"):
        raise BadInput(Problem("operator", op, f"usable here: {found['subject']} has no order", "write is or is not"))
    return op, _value(text, kind)


def _value(text: str, kind: Kind) -> Value:
    if text == "none":
        return None
    match kind:
        case Kind.SHARE:
            return Fraction(parse_share(text), WHOLE_PPM)
        case Kind.NUMBER if _NUMBER.fullmatch(text):
            return Fraction(text)
        case Kind.ANSWER if text in ("yes", "no"):
            return text
        case Kind.WORD if _WORD.fullmatch(text):
            return text
    raise BadInput(Problem("value", text, kind.value, "compare with one"))


def _look_up(result: Mapping[str, object], path: str) -> object:
    """What the result has at a path; an anomaly that it does not count was not found once."""
    at: object = result
    for step in path.split("."):
        if not isinstance(at, Mapping) or step not in at:
            return 0 if path.startswith("counts.") else None
        at = at[step]
    return at


def _ask(probe: Probe, name: str, arguments: tuple[Argument, ...]) -> object:
    match name, arguments:
        case "leader", ():
            return probe.leader()
        case "primary", ():
            return probe.primary()
        case "term", (str(node),):
            return probe.term(node)
        case "served", (str(group), int(window_us)):
            ppm = probe.served(group, window_us)
            return None if ppm is None else Fraction(ppm, WHOLE_PPM)
        case "wrong", (int(window_us),):
            return probe.wrong(window_us)
        case "alive", (str(node),):
            return probe.alive(node)
    raise AssertionError(f"{name}{arguments} was never parsed")


def _as_value(found: object) -> Value:
    match found:
        case None | Fraction():
            return found
        case bool():
            return "yes" if found else "no"
        case int() | float():
            # 0.93 as it is printed: what a person compares with, not the nearest binary number.
            return Fraction(str(found))
    return str(found)


def _holds(got: Value, op: str, value: Value) -> bool:
    if op == "is":
        return got == value
    if op == "is not":
        return got != value
    if not isinstance(got, Fraction) or not isinstance(value, Fraction):
        return False
    return {"<": got < value, "<=": got <= value, ">": got > value, ">=": got >= value}[op]


def _show(got: Value, kind: Kind) -> str:
    if got is None:
        return "none"
    if not isinstance(got, Fraction):
        return got
    if kind is Kind.SHARE:
        return f"{_decimal(got * 100)}%"
    return _decimal(got)


def _decimal(number: Fraction) -> str:
    return str(number.numerator) if number.denominator == 1 else f"{float(number):.6g}"
