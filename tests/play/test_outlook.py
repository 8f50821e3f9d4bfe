"""What the briefing says of a plan that breaks is what becomes of it in a run."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from capgame.history.operation import Completion
from capgame.levels.catalogue import every, find
from capgame.levels.level import Level, Offer, ScoreRules
from capgame.nemesis.fault import Fault
from capgame.play.headless import Run, run_level
from capgame.play.setting import choose
from capgame.play.views.outlook import Fates, cut_off, down, outlooks
from capgame.strategies.knob import Sin

S = 1_000_000
BEGINS, SETTLED, ENDS = 5 * S, 10 * S, 25 * S
TURNED: dict[str, dict[str, tuple[str, ...]]] = {
    "raft": {"reads": ("log", "index", "lease", "local")},
    "majority": {"write-back": ("on", "off")},
    "primary-backup": {"replication": ("async", "semi-sync", "sync"), "reads": ("primary", "nearest")},
}
OFFERS = [(level, offer) for level in every() for offer in level.offers]
CASES = [
    (level, offer, dict(zip(turned, values, strict=True)))
    for level, offer in OFFERS
    for turned in (TURNED[offer.strategy],)
    for values in product(*turned.values())
]


def broken(level: Level, knobs: dict[str, str], fault: Fault) -> Level:
    """The level with this fault alone, few keys that everybody uses, and reads judged strictly."""
    return replace(
        level, faults=(fault,), pages=(), duration_us=30 * S, plan_knobs=tuple(knobs),
        workload=replace(level.workload, keys=4), score=ScoreRules("linearizable", 900_000, 900_000),
    )  # fmt: skip


def held_against(run: Run, fates: Fates) -> None:
    """Whoever is said to wait is not answered, whoever is not is; only who is said to reads what is old, all the time.

    A copy is a little old on a good day, too: of such reads there are few.
    """
    operations = [op for op in run.session.judge.history.operations if SETTLED <= op.at < ENDS - 2 * S]
    stale = {one["operations"][0] for one in run.result["anomalies"] if one["kind"] == "stale-read"}
    for group, sins in fates.items():
        for f, sin in zip(("read", "write"), sins, strict=True):
            asked = [op for op in operations if (op.group, op.f) == (group, f)]
            answered = sum(op.completion is Completion.OK for op in asked) / len(asked)
            old = sum(op.id in stale for op in asked) / len(asked)
            assert answered == 0 if sin is Sin.UNANSWERED else answered > 0.9, (group, f, sin, answered)
            assert old > 0.5 if sin is Sin.WRONG else old < 0.1, (group, f, sin, old)


@pytest.mark.parametrize(
    ("level", "offer", "knobs"), CASES, ids=[f"{lv.id}-{of.name}-{'-'.join(kn.values())}" for lv, of, kn in CASES]
)
def test_a_region_that_is_cut_off(level: Level, offer: Offer, knobs: dict[str, str]) -> None:
    """Customers and all, the first region and the last, for twenty seconds."""
    for region in (level.cluster.regions[0].name, level.cluster.regions[-1].name):
        others = " ".join(other.name for other in level.cluster.regions if other.name != region)
        fault = Fault(BEGINS, "cut", f"{region} | {others}", ENDS - BEGINS)
        run = run_level(broken(level, knobs, fault), strategy=offer.name, knobs=knobs)
        held_against(run, cut_off(run.setting, region))


@pytest.mark.parametrize(
    ("level", "offer", "knobs"), CASES, ids=[f"{lv.id}-{of.name}-{'-'.join(kn.values())}" for lv, of, kn in CASES]
)
def test_a_leader_that_is_down(level: Level, offer: Offer, knobs: dict[str, str]) -> None:
    """Or the first node, where nobody leads."""
    leader = level.cluster.nodes[0]
    run = run_level(
        broken(level, knobs, Fault(BEGINS, "crash", leader, ENDS - BEGINS)), strategy=offer.name, knobs=knobs
    )  # fmt: skip
    held_against(run, down(run.setting, leader))


def said(level: str, offer: str) -> dict[str, str]:
    found = outlooks(choose(find(level), offer=offer))
    return {outlook.when: "; ".join(risk.text for risk in outlook.says) for outlook in found}


def test_it_is_said_in_plain_words() -> None:
    """Groups of one fate share a clause; of two regions either is the other's cut."""
    assert said("first-cut", "raft") == {"us | eu": "eu waits", "n1 down": "everybody is served"}
    assert said("first-cut", "pb-async") == {
        "us | eu": "eu reads what is old; eu waits to write", "n1 down": "us and eu wait to write",
    }  # fmt: skip
    assert said("two-rooms", "pb-sync")["north | south"] == "north and south wait to write"
    assert said("odd-one-out", "majority") == {f"{zone} cut off": f"{zone} waits" for zone in "abc"}
    assert said("odd-one-out", "pb-semi")["n1 down"] == "nobody is answered"
