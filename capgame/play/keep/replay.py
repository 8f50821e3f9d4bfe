"""Replays as text: what was played, and what is claimed to have come of it.

    capgame replay 1
    rules: 1
    level: first-cut
    level_hash: 5b6d...
    offer: raft
    seed: KIWI
    move: 16s route eu n1
    outcome: won
    score: 861
    ...
    second: 1 98faf97f7206789d

Rules:
1. `write` and `parse` are all that knows the form. One `key: value` a line, in printable ASCII; `knob`, `move` and
   `second` may come again. A level that is not shipped travels along, each line of it behind a bar.
2. Whatever is not such a text is refused with its lines. Nothing in it is believed: `verify.py` plays it again.
3. Times are exact, and numbers are spelled as the result spells them, so claims are compared as text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, NamedTuple, NoReturn

from capgame.errors import BadInput, Problem, Undecided
from capgame.levels.level import Level
from capgame.levels.vocabulary import ANOMALIES, CONTRACTS
from capgame.moves.parse import parse_timed
from capgame.play.result import RULES
from capgame.values.seed import canonical
from capgame.values.units import SECOND_US, parse_instant, show_duration

SUFFIX = ".capreplay"
FORMAT = "1"
MAGIC = "capgame replay"
BYTES_MAX = 4_000_000  # a level of the largest size, with a bar before each line
MOVES_MAX = 10_000
PROBLEMS_MAX = 10
LEVEL_BELOW = "level_below"  # the level's own text follows

ELSEWHERE = "it cannot be judged here: verify it with the capgame that wrote it"


class Shape(NamedTuple):
    """What a value looks like, and how a refusal says it."""

    pattern: re.Pattern[str]
    expected: str


NUMBER = Shape(re.compile(r"[0-9]{1,12}(\.[0-9]{1,12})?"), "a number")
DIGEST = Shape(re.compile(r"[0-9a-f]{16}"), "16 hexadecimal digits")
ENDING = Shape(re.compile("won|lost|pending"), "won, lost or pending")
SLUG = Shape(re.compile("[a-z0-9]{1,60}(-[a-z0-9]{1,60}){0,9}"), "the id of a level")
CONTRACT = Shape(re.compile("kept|broken"), "kept or broken")

# What a run is of, and what is claimed of it: keys of the result, dotted.
ASKED = ("rules", "level", "level_hash", "offer", "seed")
CLAIMED = {
    "outcome": ENDING,
    **dict.fromkeys(("stars", "score"), NUMBER),
    **{f"uptime.{key}": NUMBER for key in ("points", "spent", "budget")},
    **{f"uptime.{key}": NUMBER for key in ("offered", "in_time", "late", "refused", "unanswered")},
    **{f"truth.{key}": NUMBER for key in ("points", "spent", "budget", "answered", "charged")},
    **dict.fromkeys(("events", "virtual_s"), NUMBER),
    **dict.fromkeys(("history_digest", "digest"), DIGEST),
}
TABLES = ("contracts", "counts")  # a run has some names of each
SHAPES = {
    "level": SLUG,  # never a path: a replay does not choose which files are opened
    "level_hash": DIGEST,
    **CLAIMED,
    **{f"contracts.{name}": CONTRACT for name in CONTRACTS},
    **{f"counts.{name}": NUMBER for name in ANOMALIES},
}
KNOWN = tuple(dict.fromkeys((*ASKED, "knob", "move", "until", *SHAPES, "second")))

_UNREADABLE = re.compile(r"[^\x20-\x7e]")


@dataclass(frozen=True, slots=True)
class Replay:
    """A replay as it was read. `name` is how messages call it."""

    name: str
    level: str  # an id
    level_hash: str
    offer: str
    seed: str
    knobs: dict[str, str]
    moves: tuple[str, ...]  # "16s route eu n1"
    until_us: int | None  # it was stopped there; None: played to its end
    claims: dict[str, str]  # by key of the result
    digests: tuple[str, ...]  # one a virtual second
    source: str | None  # the level itself, where it is not a shipped one
    whole: bool = True  # all is claimed that can be; a code (`code.py`) claims a few things, and of digests the last


# ── writing


def write(result: Mapping[str, Any], level: Level) -> str:
    """The replay of a run: its result is what is claimed."""
    lines = [f"{MAGIC} {FORMAT}", f"rules: {result['rules']}", f"level: {level.id}", f"level_hash: {level.hash}"]
    lines += [f"offer: {result['offer']}", f"seed: {result['seed'].strip()}"]
    lines += [f"knob: {name}={value}" for name, value in knobs_of(result, level).items()]
    lines += [f"move: {show_duration(move['at_us'])} {move['text']}" for move in result["moves"]]
    if (stop := stopped_us(result)) is not None:
        lines.append(f"until: {show_duration(stop)}")
    lines += [f"{key}: {value}" for key, value in claims_of(result).items()]
    lines += [f"second: {second} {digest}" for second, digest in enumerate(result["digests"], 1)]
    if not level.shipped:
        lines += [f"{LEVEL_BELOW}:", *(f"|{line}" for line in level.source.replace("\r\n", "\n").split("\n"))]
    return "\n".join(lines) + "\n"


def claims_of(result: Mapping[str, Any]) -> dict[str, str]:
    """What a replay claims of a result, as text."""
    paths = [path.split(".") for path in CLAIMED]
    claims = {".".join(path): str(result[path[0]] if len(path) == 1 else result[path[0]][path[1]]) for path in paths}
    return claims | {f"{table}.{name}": str(value) for table in TABLES for name, value in result[table].items()}


def knobs_of(result: Mapping[str, Any], level: Level) -> dict[str, str]:
    """The knobs that a plan of the level sets; all others are the offer's."""
    return {name: result["knobs"][name] for name in level.plan_knobs if name in result["knobs"]}


def stopped_us(result: Mapping[str, Any]) -> int | None:
    """Where a run was stopped before its end."""
    return round(result["virtual_s"] * SECOND_US) if result["outcome"] == "pending" else None


# ── reading


def parse(text: str, name: str) -> Replay:
    """The replay that a text spells; `name` is how messages call it.

    Raises BadInput with the lines that are wrong, and Undecided where another version of capgame wrote it.
    """
    if len(text) > BYTES_MAX:
        raise BadInput(Problem("replay", "", f"at most {BYTES_MAX:,} bytes", "a replay has some 4,000", f"{name}:1"))
    text = text.replace("\r\n", "\n")  # it may have come through a mail
    head, bar, level = text.partition(f"\n{LEVEL_BELOW}:\n")
    lines = head.split("\n")
    reader = _Reader(name)
    reader.check_versions(lines)
    for number, line in enumerate(lines[1:], 2):
        reader.read(number, line)
    if bar:
        reader.read_level(len(lines) + 2, level)
    return reader.replay()


@dataclass(slots=True)
class _Reader:
    """Line after line of one replay; what is wrong is gathered, and refused together."""

    name: str
    found: dict[str, str] = field(default_factory=dict)
    knobs: dict[str, str] = field(default_factory=dict)
    moves: list[str] = field(default_factory=list)
    digests: list[str] = field(default_factory=list)
    source: str | None = None
    problems: list[Problem] = field(default_factory=list)

    def check_versions(self, lines: list[str]) -> None:
        """Whether this is a replay at all, and one that can be judged here."""
        magic, _, version = lines[0].rpartition(" ")
        rules = lines[1].removeprefix("rules: ") if len(lines) > 1 else ""
        if magic != MAGIC or not version.isdigit():
            advice = f"it begins with `{MAGIC} {FORMAT}`; capgame run first-cut --save mine{SUFFIX} writes one"
            raise BadInput(Problem("file", lines[0], "a capgame replay", advice, f"{self.name}:1"))
        if version != FORMAT:
            raise Undecided(f"{self.name}: written in form {version[:9]}, read here is form {FORMAT}; {ELSEWHERE}")
        if not rules.isdigit():
            advice = f"the second line is `rules: {RULES}`"
            raise BadInput(Problem("rules", rules, "the version of the rules", advice, f"{self.name}:2"))
        if rules != str(RULES):
            raise Undecided(f"{self.name}: played by rules {rules[:9]}, the rules here are {RULES}; {ELSEWHERE}")

    def read(self, number: int, line: str) -> None:
        """One line; an empty one says nothing."""
        if not line:
            return
        key, colon, value = line.partition(": ")
        try:
            if strange := _UNREADABLE.search(line):
                self._refuse("character", f"U+{ord(strange.group()):04X}", "printable ASCII", "copy the file as it is")
            if not colon:
                self._refuse("line", line, "`key: value`", "is the end of it missing?")
            self._take(key, value)
        except BadInput as bad:
            where = f"{self.name}:{number}"
            self.problems += [Problem(p.thing, p.value, p.expected, p.advice, where) for p in bad.problems]
            if len(self.problems) >= PROBLEMS_MAX:
                raise BadInput(*self.problems) from None

    def _take(self, key: str, value: str) -> None:
        match key:
            case "knob":
                self._take_knob(value)
            case "move":
                if len(self.moves) == MOVES_MAX:
                    self._refuse(key, value, f"among the first {MOVES_MAX:,}", "nobody moves that often")
                self.moves.append(parse_timed(value).line)
            case "second":
                self._take_second(value)
            case _ if key not in KNOWN:
                self._refuse("key", key, "a key of a replay", _meant(key))
            case _ if key in self.found:
                self._refuse("key", key, "given once", "leave one of the two out")
            case _:
                check_value(key, value)
                self.found[key] = value

    def _take_knob(self, pair: str) -> None:
        name, equals, value = pair.partition("=")
        if not equals or name in self.knobs:
            self._refuse("knob", pair, "NAME=VALUE, once a knob", "write for example reads=lease")
        self.knobs[name] = value

    def _take_second(self, value: str) -> None:
        number, _, digest = value.partition(" ")
        self.digests.append(digest)
        if number != str(len(self.digests)) or not DIGEST.pattern.fullmatch(digest):
            expected = f"second {len(self.digests)} and its digest of 16 hexadecimal digits"
            self._refuse("second", value, expected, "seconds count up from 1")

    def read_level(self, first: int, text: str) -> None:
        """The level that travels along, a bar before each line; `first` is the number of its first line."""
        lines = text.removesuffix("\n").split("\n")
        for number, line in enumerate(lines, first):
            if not line.startswith("|"):
                where = f"{self.name}:{number}"
                raise BadInput(Problem("line", line, "of the level, behind a bar", "nothing follows the level", where))
        self.source = "\n".join(line[1:] for line in lines)

    def replay(self) -> Replay:
        """The whole, if nothing is wrong or missing."""
        missing = [key for key in (*ASKED, *CLAIMED) if key not in self.found]
        advice = "is the end of it missing?"
        lacks = [Problem("replay", "", f"whole without `{key}:`", advice, self.name) for key in missing]
        if problems := self.problems or lacks:  # a key that a bad line should have had is not missing as well
            raise BadInput(*problems[:PROBLEMS_MAX])
        until = self.found.get("until")
        return Replay(
            name=self.name,
            level=self.found["level"],
            level_hash=self.found["level_hash"],
            offer=self.found["offer"],
            seed=self.found["seed"],
            knobs=self.knobs,
            moves=tuple(self.moves),
            until_us=None if until is None else parse_instant(until, "until"),
            claims={key: value for key, value in self.found.items() if key not in (*ASKED, "until")},
            digests=tuple(self.digests),
            source=self.source,
        )

    def _refuse(self, thing: str, value: str, expected: str, advice: str) -> NoReturn:
        raise BadInput(Problem(thing, value, expected, advice))


def _meant(key: str) -> str:
    close = get_close_matches(key, KNOWN, n=1)
    return f"did you mean {close[0]}?" if close else "leave the line out"


def check_value(key: str, value: str) -> None:
    """Whether a value can stand behind its key. Raises BadInput."""
    if key == "seed":
        canonical(value)
    elif key == "until":
        parse_instant(value, key)
    elif key in SHAPES and not SHAPES[key].pattern.fullmatch(value):
        raise BadInput(Problem(key, value, SHAPES[key].expected))
