"""What the postmortem shows of a run: made from the run's result document, so that a replay shows the same.

Rules:
1. Every number on the screen is the result's, or a sum, a difference or a share of such numbers.
2. The level adds what it had announced: title, star thresholds, faults, and what there is to learn.
3. Shares are ppm, instants microseconds of the shift.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from capgame.levels.level import Level
from capgame.play.views.causes import CauseView, unanswered, wrong_answers
from capgame.play.views.ending import ending, overspent
from capgame.play.views.offer import OfferView, offer_views
from capgame.play.views.shift import FaultSpan, MoveMark, SecondView

Result = Mapping[str, Any]

WHOLE_PPM = 1_000_000
FATES = ("in_time", "late", "refused", "unanswered")
LEFT_PPM_LEAST = -999_000_000  # what a bar's label can say


@dataclass(frozen=True, slots=True)
class HalfView:
    """One of the two promises, as it ended."""

    name: str  # "UPTIME", "TRUTH"
    value_ppm: int
    slo_ppm: int
    left_ppm: int  # of the budget; negative: overspent
    points: int
    kept: bool
    spent: float  # in units of one served operation
    budget: float


@dataclass(frozen=True, slots=True)
class CeilingPart:
    """One piece of the ceiling bar. `word` says who could have served it, `reach_ppm` where its ceiling is."""

    word: str  # "served", "yours", "hindsight", "theorem", "nobody"
    share_ppm: int
    reach_ppm: int


class PointKind(Enum):
    """Whose run a point of the frontier is."""

    ALONE = "alone"  # a strategy that nobody helped
    EARLIER = "earlier"
    YOU = "you"


@dataclass(frozen=True, slots=True)
class FrontierPoint:
    """A run on the frontier, in points of the two halves."""

    name: str
    uptime: int
    truth: int
    kind: PointKind


@dataclass(frozen=True, slots=True)
class PostmortemView:
    """One run that is over, whole."""

    title: str
    place: str  # "1·1"
    offer: str
    seed: str
    outcome: str  # "won", "lost", "pending"
    score: int
    stars: int
    stars_at: tuple[int, int]
    best: int | None  # the best win before this run
    lead: str  # how it ended, in a few words
    sentence: str  # and why
    uptime: HalfView
    truth: HalfView
    offered: int
    counts: tuple[tuple[str, int], ...]  # ("in time", 1535), ("late", 8), ...: they add up to what was offered
    contracts: tuple[tuple[str, bool], ...]  # ("no lost writes", kept)
    ceilings: tuple[CeilingPart, ...]
    wrong: tuple[CauseView, ...]
    unanswered: tuple[CauseView, ...]
    frontier: tuple[FrontierPoint, ...]
    frontier_note: str
    aha: str
    ask: str
    source: str
    duration: int
    seconds: tuple[SecondView, ...]
    faults: tuple[FaultSpan, ...]
    moves: tuple[MoveMark, ...]
    offers: tuple[OfferView, ...]

    @property
    def causes(self) -> tuple[CauseView, ...]:
        """Both lists, in the order in which a selection goes through them."""
        return self.wrong + self.unanswered

    @property
    def worst(self) -> int:
        """The place of the cause that took the most points: it is open at once."""
        causes = self.causes
        return max(range(len(causes)), key=lambda place: causes[place].points, default=0)

    @property
    def new_best(self) -> bool:
        """Whether no earlier win scored as much."""
        return self.outcome == "won" and (self.best is None or self.score > self.best)


def postmortem_view(
    result: Result, level: Level, frontier: Result | None, best: int | None,
    unlocked: Collection[str] | None = None,
) -> PostmortemView:  # fmt: skip
    """The view of a result. `best` is the best score of an earlier win; `unlocked` names the offers (None: all)."""
    end = ending(result)
    offers = offer_views(level, result["offer"], unlocked, fresh=result["outcome"] == "won" and best is None)
    return PostmortemView(
        title=level.title,
        place=f"{level.act}·{level.number}",
        offer=result["offer"],
        seed=result["seed"],
        outcome=result["outcome"],
        score=result["score"],
        stars=result["stars"],
        stars_at=level.score.stars,
        best=best,
        lead=end.lead,
        sentence=end.sentence,
        uptime=_half("UPTIME", result["uptime"]),
        truth=_half("TRUTH", result["truth"]),
        offered=result["uptime"]["offered"],
        counts=tuple((fate.replace("_", " "), result["uptime"][fate]) for fate in FATES),
        contracts=tuple((name.replace("-", " "), how == "kept") for name, how in result["contracts"].items()),
        ceilings=_ceilings(result["uptime"]),
        wrong=wrong_answers(result),
        unanswered=unanswered(result),
        frontier=_points(result, frontier, [offer.name for offer in offers]),
        frontier_note=_frontier_note(result, frontier),
        aha=level.debrief.aha.strip(),
        ask=level.debrief.ask.strip(),
        source=next(iter(level.debrief.sources), "").strip(),
        duration=level.duration_us,
        seconds=tuple(_second(row) for row in result["timeline"]),
        faults=_faults(level),
        moves=tuple(MoveMark(m["at_us"], m["text"], m["result"] == "done") for m in result["moves"]),
        offers=offers,
    )


def _half(name: str, half: Result) -> HalfView:
    return HalfView(
        name, _ppm(half["value"]), _ppm(half["slo"]), _left_ppm(half), half["points"], not overspent(half),
        half["spent"], half["budget"],
    )  # fmt: skip


def _left_ppm(half: Result) -> int:
    spent, budget = half["spent"], half["budget"]
    if not spent:
        return WHOLE_PPM
    if not budget:
        return LEFT_PPM_LEAST
    return max(LEFT_PPM_LEAST, int((budget - spent) * WHOLE_PPM // budget))


def _ceilings(uptime: Result) -> tuple[CeilingPart, ...]:
    """Who could be served; a ceiling that does not exist is skipped, and a negative part is none."""
    top = _ppm(uptime["in_time"] / uptime["offered"]) if uptime["offered"] else WHOLE_PPM
    parts = [CeilingPart("served", top, top)]
    found = uptime["ceilings"]
    heights = (
        ("yours", found["majority"]), ("hindsight", found["one_history"]), ("theorem", found["any_replica"]),
        ("nobody", 1),
    )  # fmt: skip
    for word, share in heights:
        if share is not None:
            reach = _ppm(share)
            parts.append(CeilingPart(word, max(0, reach - top), reach))
            top = max(top, reach)
    return tuple(parts)


def _points(result: Result, frontier: Result | None, shown: Collection[str]) -> tuple[FrontierPoint, ...]:
    """Every offered strategy left alone, then you."""
    alone = [
        FrontierPoint(one["offer"], one["uptime"]["points"], one["truth"]["points"], PointKind.ALONE)
        for one in (frontier["offers"] if frontier else ())
        if one["offer"] in shown
    ]
    you = FrontierPoint("you", result["uptime"]["points"], result["truth"]["points"], PointKind.YOU)
    return (*alone, you)


def _frontier_note(result: Result, frontier: Result | None) -> str:
    if frontier is None:
        return "only yours so far"
    same = frontier["seed"] == result["seed"]
    return "left alone, same seed" if same else f"left alone, seed {frontier['seed']}"


def _second(row: Result) -> SecondView:
    """Wrong answers are counted among the others by the result; here every operation is one thing."""
    wrong = row["wrong"]
    ok = max(0, row["in_time"] - wrong)
    late = row.get("late", 0)
    return SecondView(row["offered"], ok, late, max(0, row["offered"] - row["in_time"] - late), wrong)


def _faults(level: Level) -> tuple[FaultSpan, ...]:
    """The script's lines, in order."""
    spans = [
        FaultSpan(f"{f.word} {f.target}".strip(), f.word, f.at, None if f.for_us is None else f.at + f.for_us)
        for f in level.faults
    ]  # fmt: skip
    return tuple(sorted(spans, key=lambda span: span.begins))


def _ppm(share: float) -> int:
    return round(share * WHOLE_PPM)
