"""Lengths, rates and shares as people write them, and as integers.

Rules:
1. A unit is always written: `90` and `1:30` are refused, and the refusal spells what was meant.
2. Only integers come out: microseconds, operations per 1,000 seconds (`milli`), parts per million (`ppm`).
   Decimals pass through `Decimal`; what does not come out whole is refused, never rounded.
3. What `show_…` writes, `parse_…` reads back to the same integer.
4. Instants are shown cut off, not rounded, so that a clock never runs ahead of what has happened.

`thing` is the name under which a refusal speaks of the value: a key, an option, a knob.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from capgame.errors import BadInput, Problem

MICROSECOND_US = 1
MILLISECOND_US = 1_000
SECOND_US = 1_000_000
MINUTE_US = 60 * SECOND_US
HOUR_US = 60 * MINUTE_US

WHOLE_PPM = 1_000_000
PERCENT_PPM = 10_000
PER_SECOND_MILLI = 1_000

UNITS_US = {"h": HOUR_US, "m": MINUTE_US, "s": SECOND_US, "ms": MILLISECOND_US, "us": MICROSECOND_US}

# Digits are bounded: enough for any shift, and the product with a unit stays within Decimal's 28 exact places.
_NUMBER = r"[0-9]{1,9}(?:\.[0-9]{1,9})?"
_PART = re.compile(rf"({_NUMBER})(ms|us|h|m|s)")
_DURATION = re.compile(rf"(?:{_NUMBER}(?:ms|us|h|m|s))+")
_RATE = re.compile(rf"({_NUMBER})/s")
_SHARE = re.compile(rf"({_NUMBER})%")
_BARE = re.compile(_NUMBER)
_COLONS = re.compile(r"(?:([0-9]{1,4}):)?([0-9]{1,4}):([0-9]{1,2}(?:\.[0-9]{1,6})?)")
_WORDY = re.compile(
    rf"({_NUMBER})\s*(hours?|hrs?|minutes?|mins?|seconds?|secs?|millis(?:econds?)?|msecs?|h|m|s|ms|us)", re.IGNORECASE
)


def parse_duration(text: str, thing: str = "duration", *, signed: bool = False) -> int:
    """Microseconds of `250ms`, `6s`, `1.5s`, `1m30s`; with `signed` also of `-45s`."""
    sign, body = _sign(text, signed)
    parts = _parts(body) if _DURATION.fullmatch(body) else None
    if parts is None:
        raise BadInput(_bad_duration(text, thing, "a length of time with its unit"))
    return sign * _whole(sum(parts, Decimal(0)), text, thing, "a whole number of microseconds")


def parse_instant(text: str, thing: str = "at") -> int:
    """Microseconds from the start of the shift: `16s`, `1m30s`, `0s`."""
    body = text.strip()
    parts = _parts(body) if _DURATION.fullmatch(body) else None
    if parts is None:
        raise BadInput(_bad_duration(text, thing, "a time of the shift with its unit"))
    return _whole(sum(parts, Decimal(0)), text, thing, "a whole number of microseconds")


def parse_rate(text: str, thing: str = "rate") -> int:
    """Operations per 1,000 seconds of `20/s` (20,000), `0.5/s` (500), `0/s` (0)."""
    found = _RATE.fullmatch(text.strip())
    if found is None:
        bare = _BARE.fullmatch(text.strip())
        advice = f"write {bare.group()}/s" if bare else "write for example 20/s"
        raise BadInput(Problem(thing, text, "a rate a second", advice))
    return _whole(Decimal(found[1]) * PER_SECOND_MILLI, text, thing, "a multiple of 0.001/s")


def parse_share(text: str, thing: str = "share", *, signed: bool = False) -> int:
    """Parts per million of `70%` (700,000), `99.5%` (995,000); 0% to 100%, with `signed` from -100%."""
    sign, body = _sign(text, signed)
    found = _SHARE.fullmatch(body)
    if found is None:
        raise BadInput(Problem(thing, text, "a share in percent", _share_advice(body)))
    ppm = _whole(Decimal(found[1]) * PERCENT_PPM, text, thing, "a multiple of 0.0001%")
    if ppm > WHOLE_PPM:
        raise BadInput(Problem(thing, text, "a share from 0% to 100%", "a share is part of a whole"))
    return sign * ppm


def show_duration(us: int) -> str:
    """`400ms`, `1.5s`, `1m30s`, `0s`: the shortest spelling that parses back to the same length."""
    if us < 0:
        return "-" + show_duration(-us)
    if us < SECOND_US:
        return _show_fraction(us)
    hours, rest = divmod(us, HOUR_US)
    minutes, seconds_us = divmod(rest, MINUTE_US)
    text = (f"{hours}h" if hours else "") + (f"{minutes}m" if minutes else "")
    return text + (f"{_decimal(seconds_us, SECOND_US)}s" if seconds_us else "")


def show_seconds(us: int) -> str:
    """An instant in a sentence: `14.2 s`."""
    tenths = us // (SECOND_US // 10)
    return f"{tenths // 10}.{tenths % 10} s"


def clock(us: int, *, tenths: bool = True) -> str:
    """An instant on a clock: `0:24.6`; without tenths `1:30`."""
    seconds, rest = divmod(us, SECOND_US)
    text = f"{seconds // 60}:{seconds % 60:02d}"
    return f"{text}.{rest // (SECOND_US // 10)}" if tenths else text


def show_rate(milli: int) -> str:
    """`20/s`, `0.5/s`."""
    return f"{_decimal(milli, PER_SECOND_MILLI)}/s"


def show_share(ppm: int) -> str:
    """`70%`, `99.5%`."""
    return "-" + show_share(-ppm) if ppm < 0 else f"{_decimal(ppm, PERCENT_PPM)}%"


def _sign(text: str, signed: bool) -> tuple[int, str]:
    body = text.strip()
    if signed and body[:1] in ("-", "+"):
        return (-1 if body[0] == "-" else 1), body[1:]
    return 1, body


def _parts(body: str) -> list[Decimal] | None:
    """Each part in microseconds; None unless units fall from part to part and only the last has decimals."""
    found = [(number, UNITS_US[unit]) for number, unit in _PART.findall(body)]
    falling = all(earlier[1] > later[1] for earlier, later in pairwise(found))
    if not falling or any("." in number for number, _ in found[:-1]):
        return None
    return [Decimal(number) * unit_us for number, unit_us in found]


def _whole(value: Decimal, text: str, thing: str, expected: str) -> int:
    if value != int(value):
        raise BadInput(Problem(thing, text, expected, "use fewer decimals"))
    return int(value)


def _bad_duration(text: str, thing: str, expected: str) -> Problem:
    """The refusal of a length of time, with the spelling that was probably meant."""
    body = text.strip()
    meant = _meant(body)
    if body.startswith("-"):
        return Problem(thing, text, f"{expected}, not negative", "write for example 6s or 1m30s")
    return Problem(thing, text, expected, f"write {meant}" if meant else "write for example 250ms, 6s or 1m30s")


def _meant(body: str) -> str:
    if colons := _COLONS.fullmatch(body):
        hours, minutes, seconds = colons.groups(default="0")
        us = int(hours) * HOUR_US + int(minutes) * MINUTE_US + int(Decimal(seconds) * SECOND_US)
        return show_duration(us)
    if _BARE.fullmatch(body):
        return f"{body}s"
    wordy = _WORDY.fullmatch(body)
    return f"{wordy[1]}{_unit_of(wordy[2].lower())}" if wordy else ""


def _unit_of(word: str) -> str:
    if word.startswith(("ms", "mil")):
        return "ms"
    return "us" if word == "us" else word[0]


def _share_advice(body: str) -> str:
    if not _BARE.fullmatch(body):
        return "write for example 70%"
    # 0.7 was meant as 70%; 70 and 1.5 lack their sign only.
    number = Decimal(body)
    return f"write {_decimal(int(number * WHOLE_PPM), PERCENT_PPM)}%" if number <= 1 else f"write {body}%"


def _show_fraction(us: int) -> str:
    if us % MILLISECOND_US and us < MILLISECOND_US:
        return f"{us}us"
    return f"{_decimal(us, MILLISECOND_US)}ms" if us else "0s"


def _decimal(amount: int, one: int) -> str:
    """`amount / one` exactly, `one` being a power of ten: 500 of 1,000 is `0.5`."""
    whole, rest = divmod(amount, one)
    digits = str(rest).rjust(len(str(one)) - 1, "0").rstrip("0")
    return f"{whole}.{digits}" if digits else str(whole)
