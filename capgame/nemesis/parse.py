"""One fault of a script, from the texts of its keys to a `Fault`; everything wrong with it is said at once.

A problem's `thing` is the path of the key at fault (`cut`, `flap.down`), so that whoever has the file can point at
the line; within a cut the problem names the column of the text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from capgame.errors import BadInput, Problem, nearest
from capgame.nemesis.check import check_cut, check_machines
from capgame.nemesis.cuts import parse_cut, parse_link, parse_machines
from capgame.nemesis.fault import Fault, Flap
from capgame.nemesis.topology import Topology
from capgame.nemesis.words import COMMON_KEYS, FAULTS, FLAP_KEYS, FaultWord, Option, OptionKind, Target
from capgame.values.units import parse_duration, parse_instant, parse_share

T = TypeVar("T")
Mapped = Mapping[str, str | Mapping[str, str]]


def parse_fault(mapping: Mapped, topology: Topology) -> Fault:
    """Read `{"at": "12s", "for": "30s", "cut": "n3 | n1 n2"}`; refuse it with every problem found."""
    return _FaultReader(mapping, topology).read()


class _FaultReader:
    """Reads one mapping, and gathers problems instead of stopping at the first."""

    def __init__(self, mapping: Mapped, topology: Topology) -> None:
        self.mapping, self.topology = mapping, topology
        self.problems: list[Problem] = []

    def read(self) -> Fault:
        word = self._word()
        self._strange_keys(word)
        at = self._required("at", parse_instant)
        fault = Fault(
            at=at or 0,
            word=word.word if word else "",
            target=self._target(word) if word else "",
            for_us=self._lasting("for"),
            options=self._options(word) if word else (),
            flap=self._flap(word) if word else None,
            warn_us=self._warning(at),
            say=self._text("say") or "",
        )
        if self.problems:
            raise BadInput(*self.problems)
        return fault

    def _word(self) -> FaultWord | None:
        words = [key for key in self.mapping if key in FAULTS]
        if len(words) == 1:
            return FAULTS[words[0]]
        for second in words[1:]:
            advice = f"{words[0]} is one already: make {second} a fault of its own"
            self._refuse(second, "", "the only fault word here", advice)
        if not words and not self._unknown(()):
            self._refuse("fault", "", "complete: it has no fault word", f"there is {', '.join(FAULTS)}")
        return None

    def _unknown(self, own: tuple[str, ...]) -> list[str]:
        return [key for key in self.mapping if key not in (*FAULTS, *COMMON_KEYS, *own)]

    def _strange_keys(self, word: FaultWord | None) -> None:
        """Keys that this fault does not have. Without a word any option may be meant, so only strangers are named."""
        words = (word,) if word else tuple(FAULTS.values())
        own = [option.name for row in words for option in row.options]
        own += ["flap"] if any(row.may_flap for row in words) else []
        known = (*own, *COMMON_KEYS) if word else (*FAULTS, *own, *COMMON_KEYS)
        whose = f"a key of {word.word}" if word else "a fault word"
        for key in self._unknown(tuple(own)):
            self._refuse(key, "", whose, nearest(key, known))
        if word and not word.lasts and "for" in self.mapping:
            self._refuse("for", "", f"a key of {word.word}", f"{word.word} happens at once: take it out")

    def _target(self, word: FaultWord) -> str:
        text = self._text(word.word)
        if text is None:
            return ""
        try:
            self.problems += self._check(word, text)
        except BadInput as bad:
            self.problems += bad.problems
        return text.strip()

    def _check(self, word: FaultWord, text: str) -> list[Problem]:
        match word.target:
            case Target.CUT:
                return check_cut(parse_cut(text, word.word), self.topology, text, word.word)
            case Target.LINK:
                return check_cut(parse_link(text, word.word), self.topology, text, word.word)
            case Target.MACHINES:
                return check_machines(parse_machines(text, word.word), self.topology, word.word)

    def _options(self, word: FaultWord) -> tuple[tuple[str, int | str], ...]:
        """Those given, in the order of their declaration, and the defaults of choices."""
        options: list[tuple[str, int | str]] = []
        for option in word.options:
            value = self._option(option)
            if value is not None:
                options.append((option.name, value))
        if word.needs_one and not any(option.name in self.mapping for option in word.options):
            names = ", ".join(option.name for option in word.options)
            self._refuse(word.word, "", "complete: it does nothing", f"add one or more of {names}")
        return tuple(options)

    def _option(self, option: Option) -> int | str | None:
        text = self._text(option.name)
        if text is None:
            return option.default or None
        match option.kind:
            case OptionKind.CHOICE:
                return self._choice(option, text)
            case OptionKind.DURATION:
                return self._lasting(option.name)
            case OptionKind.OFFSET:
                return self._parsed(option.name, lambda text, thing: parse_duration(text, thing, signed=True))
            case OptionKind.SHARE:
                return self._parsed(option.name, parse_share)
            case OptionKind.DRIFT:
                return self._parsed(option.name, lambda text, thing: parse_share(text, thing, signed=True))

    def _choice(self, option: Option, text: str) -> str | None:
        if text in option.choices:
            return text
        self._refuse(option.name, text, f"one of {', '.join(option.choices)}", nearest(text, option.choices))
        return None

    def _flap(self, word: FaultWord) -> Flap | None:
        if not word.may_flap or "flap" not in self.mapping:
            return None
        flap = self.mapping["flap"]
        if isinstance(flap, str):
            self._refuse("flap", flap, "a pair of times", "write flap: {down: 3s, every: 6s}")
            return None
        for key in flap:
            if key not in FLAP_KEYS:
                self._refuse(f"flap.{key}", "", "a key of flap", nearest(key, FLAP_KEYS))
        return self._flap_times(flap)

    def _flap_times(self, flap: Mapping[str, str]) -> Flap | None:
        missing = [key for key in FLAP_KEYS if key not in flap]
        for key in missing:
            self._refuse("flap", "", f"complete: it has no {key}", "write flap: {down: 3s, every: 6s}")
        if missing:
            return None
        down, every = (self._length(f"flap.{key}", flap[key]) for key in FLAP_KEYS)
        if down is None or every is None:
            return None
        if down >= every:
            self._refuse("flap.down", flap["down"], f"shorter than every {flap['every']}", "it must come up too")
        return Flap(down, every)

    def _warning(self, at: int | None) -> int | None:
        warn = self._lasting("warn")
        if warn is not None and at is not None and warn > at:
            self._refuse("warn", self._text("warn") or "", "within the shift", "warn at most `at` before")
        if warn is not None and "say" in self.mapping:
            # The pager rings once: the author's sentence would never be read by anybody.
            unread = self._text("say") or ""
            self._refuse("say", unread, "read: `warn` tells its symptom alone", "take one of them away")
        return warn

    def _lasting(self, key: str) -> int | None:
        """A length of time above zero, if the key is there."""
        text = self._text(key)
        return None if text is None else self._length(key, text)

    def _length(self, thing: str, text: str) -> int | None:
        length = self._caught(lambda: parse_duration(text, thing))
        if length == 0:
            self._refuse(thing, text, "longer than no time", "write for example 3s")
        return length

    def _required(self, key: str, parse: Callable[[str, str], T]) -> T | None:
        if key in self.mapping:
            return self._parsed(key, parse)
        self._refuse("fault", "", f"complete: it has no {key}", f"write for example {key}: 12s")
        return None

    def _parsed(self, key: str, parse: Callable[[str, str], T]) -> T | None:
        text = self._text(key)
        return None if text is None else self._caught(lambda: parse(text, key))

    def _caught(self, parse: Callable[[], T]) -> T | None:
        try:
            return parse()
        except BadInput as bad:
            self.problems += bad.problems
            return None

    def _text(self, key: str) -> str | None:
        """The key's text, if it is there; a mapping there is refused, once."""
        value = self.mapping.get(key)
        if value is None or isinstance(value, str):
            return value
        if not any(problem.thing == key for problem in self.problems):
            self._refuse(key, "", "a text", f"write it right after {key}:")
        return None

    def _refuse(self, thing: str, value: str, expected: str, advice: str) -> None:
        self.problems.append(Problem(thing, value, expected, advice))
