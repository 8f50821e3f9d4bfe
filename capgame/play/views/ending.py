"""How a run ended, in one plain sentence: what was promised, what was counted, and which half decided.

Rules:
1. A lead of a few words, then one sentence with the result's own numbers.
2. Nobody is scolded: the subject is an answer, a request or a promise.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from capgame.play.views.causes import plural
from capgame.values.units import show_seconds

Result = Mapping[str, Any]

ALIKE = 25  # points between two halves that weigh about the same
FULL = 990  # points of a half that lost next to nothing


class Ending(NamedTuple):
    """The lead stands out; the sentence follows it."""

    lead: str
    sentence: str


def ending(result: Result) -> Ending:
    """The ending of that result."""
    if result["outcome"] == "pending":
        return Ending(
            f"Stopped at {show_seconds(round(result['virtual_s'] * 1_000_000))}.",
            "The shift was not over: this is what it had come to.",
        )
    return _won(result) if result["outcome"] == "won" else _lost(result)


def overspent(half: Result) -> bool:
    """Whether that promise was broken."""
    return bool(half["spent"] > half["budget"])


def _won(result: Result) -> Ending:
    uptime, truth = result["uptime"]["points"], result["truth"]["points"]
    if min(uptime, truth) >= FULL:
        return Ending("Both promises kept.", "Next to nothing was lost on either side.")
    if abs(uptime - truth) <= ALIKE:
        return Ending("Both promises kept.", "The score is their harmonic mean, and both halves weigh about the same.")
    weaker = "uptime" if uptime < truth else "truth"
    return Ending("Both promises kept.", f"The score is their harmonic mean: {weaker} pulled hardest.")


def _lost(result: Result) -> Ending:
    uptime, truth = overspent(result["uptime"]), overspent(result["truth"])
    if uptime and truth:
        return Ending("Lost on both.", f"{_unserved(result)}, and {_wrong(result)}.")
    if uptime:
        return Ending("Lost on uptime.", f"{_unserved(result)}{_whose(result)}.")
    if truth:
        wrong = _wrong(result)
        return Ending("Lost on truth.", f"{wrong[0].upper()}{wrong[1:]}{_most_wrong(result)}.")
    return Ending("Lost on a contract.", f"{_contracts(result)}.")


def _unserved(result: Result) -> str:
    uptime = result["uptime"]
    missing = uptime["offered"] - uptime["in_time"]
    spared = _amount(uptime["budget"])
    return f"{missing:,} of {uptime['offered']:,} were not answered in time where {spared} could be spared"


def _whose(result: Result) -> str:
    """Whom it hit most, and whether anything else was wrong."""
    groups: dict[str, int] = {}
    for cause in result["refusals"]:
        groups[cause["group"]] = groups.get(cause["group"], 0) + cause["count"]
    truth = "; no answer was wrong" if not result["truth"]["charged"] else ""
    if not groups:
        return truth
    group = max(groups, key=lambda name: groups[name])
    return f", {_part(groups[group], sum(groups.values()))} {group}'s{truth}"


def _wrong(result: Result) -> str:
    truth = result["truth"]
    count = len(result["anomalies"])
    answers = "answer was wrong and costs" if count == 1 else "answers were wrong and cost"
    return f"{count:,} {answers} {_amount(truth['spent'])} where {_amount(truth['budget'])} could be spared"


def _most_wrong(result: Result) -> str:
    counts: Mapping[str, int] = result["counts"]
    if not counts:
        return ""
    kind = max(counts, key=lambda name: counts[name])
    if len(counts) == 1:
        return f", {'a ' if counts[kind] == 1 else 'all of them '}{plural(kind, counts[kind])}"
    return f", {counts[kind]:,} of them {plural(kind, counts[kind])}"


def _part(count: int, whole: int) -> str:
    return "all of them" if count == whole else f"{count:,} of them"


def _contracts(result: Result) -> str:
    broken = [name for name, how in result["contracts"].items() if how == "broken"]
    if not broken:
        return "A hard contract was broken"
    name = broken[0]
    if name.startswith("no-"):
        return f"Both budgets held, but this level allows no {name[3:].replace('-', ' ')} at all"
    return f"Both budgets held, but {name.replace('-', ' ')} was promised without exception"


def _amount(amount: float) -> str:
    """A count of a budget: "125.5", "18"."""
    return f"{amount:,.1f}".removesuffix(".0")
