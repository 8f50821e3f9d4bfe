"""What the briefing shows: what a level gives, and what its plan leaves to the player. Known before any run.

Rules:
1. Everything is the level's or a declaration of a strategy's; nothing is simulated, and no fault is told in advance.
2. Budgets stand in people's words: 93% means that 1 in 14 may go unanswered.
3. What is chosen, and what that comes to, is `plan_view.py`'s.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import combinations

from capgame.levels.level import Level
from capgame.moves.verbs import VERBS
from capgame.play.setting import choose
from capgame.play.views.home import Record, place_of
from capgame.play.views.outlook import Outlook, outlooks
from capgame.play.views.plan import (
    GoodDayView,
    OfferCard,
    PaperView,
    PlanKnob,
    good_day,
    offer_cards,
    paper_page,
    plan_knobs,
)
from capgame.values.units import WHOLE_PPM


@dataclass(frozen=True, slots=True)
class RegionPlan:
    """A region, and how often its customers ask: (from when, operations per 1,000 s), empty where nobody lives."""

    name: str
    nodes: tuple[str, ...]
    load: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class DistanceView:
    """The round trip between two regions; `customers_us` from the one's customers to the other's nodes."""

    one: str
    other: str
    nodes_us: int
    customers_us: int


@dataclass(frozen=True, slots=True)
class ContractView:
    """What was promised, at which prices."""

    uptime_ppm: int
    deadlines: tuple[tuple[str, int], ...]  # ("read", 400_000); one for "answer" where all are equal
    unanswered: str  # "1 in 14"
    truth_ppm: int
    wrong: str  # "1 in 100"
    prices: tuple[tuple[str, str], ...]  # ("stale read", "2")
    never: tuple[str, ...]  # "lost writes"
    stars_at: tuple[int, int]


@dataclass(frozen=True, slots=True)
class PurseView:
    """What may be done, and what pays for it."""

    verbs: tuple[tuple[str, int], ...]  # with prices
    budget: int
    refill_us: int


@dataclass(frozen=True, slots=True)
class BriefingView:
    """The briefing of a level with one plan, whole."""

    title: str
    place: str  # "1·1"
    story: str
    teaches: str
    best: Record | None
    seed: str
    regions: tuple[RegionPlan, ...]
    distances: tuple[DistanceView, ...]
    leader: str  # who is in charge at the start; empty where nobody is
    duration: int
    reads_ppm: int
    keys: int | None  # None: a new one for every write
    contract: ContractView
    purse: PurseView
    offers: tuple[OfferCard, ...]
    knobs: tuple[PlanKnob, ...]
    good_day: tuple[GoodDayView, ...]
    outlooks: tuple[Outlook, ...]
    paper: PaperView
    hints: tuple[str, ...]

    @property
    def card(self) -> OfferCard:
        """The chosen one."""
        return next(card for card in self.offers if card.chosen)


def briefing_view(
    level: Level, *, offer: str = "", knobs: Mapping[str, str] | None = None, seed: str = "",
    best: Record | None = None, unlocked: Collection[str] | None = None,
) -> BriefingView:  # fmt: skip
    """The briefing with this offer and these knobs chosen; `unlocked` names the offers to show (None: all)."""
    setting = choose(level, offer=offer, knobs=knobs, seed=seed)
    return BriefingView(
        title=level.title,
        place=place_of(level),
        story=level.story.strip(),
        teaches=level.teaches.strip(),
        best=best,
        seed=setting.seed,
        regions=tuple(
            RegionPlan(region.name, region.nodes, tuple((step.at, step.milli) for step in region.clients))
            for region in level.cluster.regions
        ),
        distances=_distances(level),
        leader=setting.strategy.first_leader(setting.knobs, level.cluster.nodes),
        duration=level.duration_us,
        reads_ppm=dict(level.workload.shares).get("read", 0),
        keys=level.workload.keys,
        contract=_contract(level),
        purse=PurseView(
            tuple((verb, VERBS[verb].cost) for verb in level.moves.allow), level.moves.budget, level.moves.refill_us
        ),
        offers=offer_cards(setting, unlocked),
        knobs=plan_knobs(setting),
        good_day=good_day(setting),
        outlooks=outlooks(setting),
        paper=paper_page(setting),
        hints=tuple(hint.strip() for hint in level.hints),
    )  # fmt: skip


def _distances(level: Level) -> tuple[DistanceView, ...]:
    cluster = level.cluster
    names = [region.name for region in cluster.regions]
    return tuple(
        DistanceView(one, other, cluster.rtt_us[one, other], cluster.client_rtt_us[one, other])
        for one, other in combinations(names, 2)
    )


def _contract(level: Level) -> ContractView:
    rules, deadlines = level.score, level.deadline_us
    one = len(set(deadlines.values())) == 1
    return ContractView(
        uptime_ppm=rules.uptime_ppm,
        deadlines=(("answer", next(iter(deadlines.values()))),) if one else tuple(deadlines.items()),
        unanswered=one_in(rules.uptime_ppm),
        truth_ppm=rules.truth_ppm,
        wrong=one_in(rules.truth_ppm),
        prices=tuple((kind.replace("-", " "), price) for kind, price in rules.prices),
        never=tuple(name.removeprefix("no-").replace("-", " ") for name in rules.contracts),
        stars_at=rules.stars,
    )


def one_in(promised_ppm: int) -> str:
    """How many may go wrong: `1 in 14` for 93%; under a half `7 in 10`; for all of them `none`."""
    spared = WHOLE_PPM - promised_ppm
    if spared <= 0:
        return "none"
    if 2 * spared <= WHOLE_PPM:
        return f"1 in {WHOLE_PPM // spared:,}"
    return f"{spared * 10 // WHOLE_PPM} in 10"
