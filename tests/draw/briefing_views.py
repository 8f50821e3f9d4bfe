"""Briefings of levels that nobody ships, and what is drawn of them."""

from __future__ import annotations

from dataclasses import replace

from report_views import LEVEL

from capgame.draw.briefing import PLAN, STORY, BriefingLook, draw_briefing
from capgame.draw.canvas import Canvas
from capgame.draw.ink import Ink
from capgame.draw.look import Look
from capgame.draw.paper import draw_paper
from capgame.levels.level import Cluster, Level, Offer, RateStep, Region
from capgame.play.views.briefing import BriefingView, briefing_view
from capgame.play.views.home import Record

S, MS = 1_000_000, 1_000
KEYS = (("↵", "start the shift"), ("1 2", "strategy"), ("↑↓ ←→", "knobs"), ("p", "paper"), ("esc", "home"))


def apart(*names: str, far_us: int, customers_us: int) -> tuple[dict[tuple[str, str], int], dict[tuple[str, str], int]]:
    pairs = [(one, other) for one in names for other in names]
    return (
        {(one, other): 2 * MS if one == other else far_us for one, other in pairs},
        {(one, other): 2 * MS if one == other else customers_us for one, other in pairs},
    )


SMALL = replace(
    LEVEL,
    cluster=Cluster(
        (Region("us", ("n1", "n2"), (RateStep(0, 20_000), RateStep(30 * S, 5_000))),
         Region("eu", ("n3",), (RateStep(0, 10_000),))),
        *apart("us", "eu", far_us=80 * MS, customers_us=110 * MS),
    ),
    offers=(Offer("raft", "raft", (("leader", "n1"), ("reads", "lease"))), *LEVEL.offers[1:]),
    plan_knobs=("reads", "election-timeout", "replication"),
    hints=("Who is cut off?", "And from whom? " * 12),
)  # fmt: skip
WIDE = replace(
    SMALL,
    cluster=Cluster(
        tuple(Region(name, nodes, (RateStep(0, 4_000),) if nodes else ()) for name, nodes in (
            ("us", ("n1", "n2")), ("europe-and-all-that", ("n3",)), ("ap", ("n4",)), ("sa", ("n5",)))),
        *apart("us", "europe-and-all-that", "ap", "sa", far_us=90 * MS, customers_us=90 * MS),
    ),
    offers=(Offer("raft", "raft"), Offer("majority", "majority"), Offer("pb-async", "primary-backup"),
            Offer("pb-sync", "primary-backup", (("replication", "sync"),))),
    deadline_us={"read": 50 * MS, "write": 120 * MS},
    plan_knobs=("reads", "election-timeout", "pre-vote", "write-back", "replication"),
)  # fmt: skip
LEVELS: dict[str, Level] = {"small": SMALL, "wide": WIDE}
BEST = Record(861, 3, "raft", 1, 756, 1000, 4)


def brief(level: Level = SMALL, *, offer: str = "") -> BriefingView:
    return briefing_view(level, offer=offer, best=BEST)


def picture(name: str, size: tuple[int, int], ink: Ink) -> Canvas:
    """One of SCREENS."""
    look = Look(ink=ink, keys=KEYS)
    if name == "paper":
        return draw_paper(size, brief().paper, look)
    level, _, page = name.removeprefix("briefing_").partition("_")
    eyes = BriefingLook(page=PLAN if page == "plan" else STORY, hints=1 if page == "hint" else 0)
    return draw_briefing(size, brief(LEVELS[level]), look, eyes)


SCREENS = ("briefing_small", "briefing_small_plan", "briefing_wide_plan", "briefing_wide_hint", "paper")
