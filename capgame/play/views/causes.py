"""The causes of a run that is over, wrong answers first: each with its count, its time and its points.

Points lost. A half loses 1000 - points, and its causes share that in proportion to what each spent of the budget.
The shares add up to the loss exactly, favour no order, and are the fair price of a cost that depends on a sum alone
(Aumann & Shapley 1974). "The score without it, minus the score" is neither: two causes that each sink a run would
both be charged with nearly all of it, and the 499 of a lost run would hide them.

Known blemish: what was not answered is shared by counts, because causes do not tell the weights of their operations.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Result = Mapping[str, Any]

MARKS = {"refused": "–", "late": "~", "unanswered": "?"}
WRONG_MARK = "≠"


@dataclass(frozen=True, slots=True)
class CauseView:
    """One line of the postmortem's lists. Instants are microseconds of the shift."""

    charged: bool  # a wrong answer; else one that was not given in time
    mark: str
    count: int
    what: str  # "stale reads", "refused, eu"
    first_us: int
    last_us: int
    points: int  # that it took from its half
    word: str  # who could have served it, or who gave the wrong answer
    sentence: str


def wrong_answers(result: Result) -> tuple[CauseView, ...]:
    """The anomalies by kind, the dearest kind first."""
    kinds: dict[str, list[Result]] = {}
    for anomaly in result["anomalies"]:
        kinds.setdefault(anomaly["kind"], []).append(anomaly)
    groups = sorted(kinds.items(), key=lambda kind: (-_price(kind[1]), kind[1][0]["at_us"], kind[0]))
    lost = shared(1000 - result["truth"]["points"], [_price(anomalies) for _, anomalies in groups])
    return tuple(_wrong(kind, found, points) for (kind, found), points in zip(groups, lost, strict=True))


def unanswered(result: Result) -> tuple[CauseView, ...]:
    """The refusals in the result's order, the largest first."""
    causes = result["refusals"]
    lost = shared(1000 - result["uptime"]["points"], [cause["count"] for cause in causes])
    return tuple(_not_answered(cause, points) for cause, points in zip(causes, lost, strict=True))


def shared(whole: int, parts: Sequence[float]) -> list[int]:
    """The whole in integers in proportion to the parts; what rounding leaves goes to the largest rests."""
    total = sum(parts)
    if not total:
        return [0] * len(parts)
    exact = [whole * part / total for part in parts]
    shares = [int(share) for share in exact]
    by_rest = sorted(range(len(parts)), key=lambda place: shares[place] - exact[place])
    for place in by_rest[: whole - sum(shares)]:
        shares[place] += 1
    return shares


def plural(kind: str, count: int) -> str:
    """A kind of wrong answer in words: "3 lost writes", "1 new-old inversion"."""
    words = " ".join(kind.rsplit("-", 1))
    return words if count == 1 else f"{words}s"


def _wrong(kind: str, anomalies: list[Result], points: int) -> CauseView:
    first = anomalies[0]["sentence"].rstrip(".") + "."
    return CauseView(
        charged=True,
        mark=WRONG_MARK,
        count=len(anomalies),
        what=plural(kind, len(anomalies)),
        first_us=min(anomaly["at_us"] for anomaly in anomalies),
        last_us=max(anomaly["at_us"] for anomaly in anomalies),
        points=points,
        word=_whom(node for anomaly in anomalies for node in anomaly["nodes"][:1]),
        sentence=first if len(anomalies) == 1 else f"The first: {first}",
    )


def _not_answered(cause: Result, points: int) -> CauseView:
    fate = cause["cause"].split(":")[0]
    return CauseView(
        charged=False,
        mark=MARKS.get(fate, MARKS["unanswered"]),
        count=cause["count"],
        what=f"{fate}, {cause['group']}",
        first_us=cause["first_us"],
        last_us=cause["last_us"],
        points=points,
        word=cause["ceiling"],
        sentence=cause["sentence"],
    )


def _price(anomalies: Iterable[Result]) -> float:
    return sum(float(anomaly["price"]) for anomaly in anomalies)


def _whom(nodes: Iterable[str]) -> str:
    """Who gave the answers that were charged: "by n3", or how many did."""
    names = list(dict.fromkeys(nodes))
    return "" if not names else f"by {names[0]}" if len(names) == 1 else f"by {len(names)} nodes"
