"""What the briefing says an answer takes on a good day is what it takes in a run without faults."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from statistics import median

import pytest

from capgame.history.operation import Completion
from capgame.levels.catalogue import every
from capgame.levels.level import Level, Offer
from capgame.play.headless import run_level
from capgame.play.setting import choose
from capgame.strategies import STRATEGIES
from capgame.strategies.good_day import between_us, majority_us, nearest_us

S, MS = 1_000_000, 1_000
LEVELS = every()
TURNED: dict[str, dict[str, tuple[str, ...]]] = {
    "raft": {"reads": ("log", "index", "lease", "local")},
    "majority": {"write-back": ("on", "off")},
    "primary-backup": {"replication": ("async", "semi-sync", "sync"), "reads": ("primary", "nearest")},
}
MOVED = {"raft": "leader", "primary-backup": "primary"}
OFFERS = [(level, offer) for level in LEVELS for offer in level.offers]


def settings(level: Level, offer: Offer) -> list[dict[str, str]]:
    """Every combination of values that bears on a good day, and one more leader."""
    turned = TURNED[offer.strategy]
    found = [dict(zip(turned, values, strict=True)) for values in product(*turned.values())]
    far = {MOVED[offer.strategy]: level.cluster.nodes[-1]} if offer.strategy in MOVED else {}
    return [*found, far]


CASES = [(level, offer, knobs) for level, offer in OFFERS for knobs in settings(level, offer)]


def calm(level: Level, knobs: dict[str, str]) -> Level:
    """The level with no faults, every knob open, and only as long as medians need."""
    return replace(level, faults=(), pages=(), duration_us=20 * S, plan_knobs=tuple(knobs))


@pytest.mark.parametrize(
    ("level", "offer", "knobs"), CASES, ids=[f"{lv.id}-{of.name}-{'-'.join(kn.values())}" for lv, of, kn in CASES]
)
def test_a_good_day_is_as_long_as_it_was_said_to_be(level: Level, offer: Offer, knobs: dict[str, str]) -> None:
    """Every group and operation: within 2 ms of the run's median, or a tenth of it."""
    run = run_level(calm(level, knobs), strategy=offer.name, knobs=knobs)
    cluster = run.session.cluster
    for group, f in product(cluster.geography.groups, ("read", "write")):
        taken = [
            op.ended - op.at
            for op in run.session.judge.history.operations
            if (op.group, op.f, op.completion) == (group, f, Completion.OK) and op.ended is not None
        ]
        said = run.setting.strategy.good_day(cluster.geography, run.setting.knobs, group, f).total_us
        assert len(taken) > 20
        assert said == pytest.approx(median(taken), rel=0.1, abs=2 * MS), (group, f)


def test_a_quorum_is_as_slow_as_the_farthest_of_the_nearest() -> None:
    """In The First Cut n1 has a majority with its neighbour, and n3 only across the ocean."""
    level = next(level for level in LEVELS if level.id == "first-cut")
    geography = run_level(calm(level, {}), until_us=0).session.cluster.geography
    assert between_us(geography, "n1", "n1") == 0
    assert majority_us(geography, "n1") == 2 * MS
    assert majority_us(geography, "n3") == 80 * MS
    assert nearest_us(geography, "n1", 9) == 80 * MS


def test_every_strategy_says_who_is_in_charge_first() -> None:
    """The preset one, the first of the level, or nobody."""
    for level, offer in OFFERS:
        setting = choose(level, offer=offer.name)
        leader = setting.strategy.first_leader(setting.knobs, level.cluster.nodes)
        assert (leader == "") == setting.strategy.leaderless
        assert leader in ("", *level.cluster.nodes)


@pytest.mark.parametrize("name", STRATEGIES)
def test_every_value_that_a_knob_offers_can_be_read_and_says_what_it_risks(name: str) -> None:
    """`steps` parse, are within range, hold the default, and each has a risk in one sentence."""
    nodes = ("n1", "n2", "n3")
    for knob in STRATEGIES[name].knobs.values():
        steps = knob.steps(nodes)
        assert len(steps) == len(set(steps)) > 1
        assert not knob.default or knob.default in steps
        for text in steps:
            risk = knob.risk(knob.parse(text))
            assert risk is not None, (knob.name, text)
            assert risk.text.endswith(".")
