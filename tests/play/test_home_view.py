"""What home offers follows from what was won."""

from __future__ import annotations

from capgame.levels.level import (
    Cluster,
    Level,
    MoveRules,
    Offer,
    RateStep,
    Region,
    ScoreRules,
    WorkloadSpec,
)
from capgame.play.home_view import Record, home_view

LEVEL = Level(
    id="small-cut",
    title="A Small Cut",
    act=1,
    number=1,
    cluster=Cluster((Region("us", ("n1",), (RateStep(0, 20_000),)),), {}, {}),
    offers=(Offer("raft", "raft"), Offer("pb-async", "primary-backup", unlock="first-win")),
    workload=WorkloadSpec("register", 8, (("read", 700_000), ("write", 300_000))),
    deadline_us={"read": 400_000},
    duration_us=60_000_000,
    seed="KIWI",
    faults=(),
    moves=MoveRules(3, 20_000_000, ("route",)),
    score=ScoreRules("linearizable", 930_000, 990_000),
)


def test_before_the_first_win_there_is_one_key() -> None:
    """A loss is no win: the first run stays the first run."""
    lost = Record(317, 0, "raft", 0, 188, 1000, 2)
    assert home_view([LEVEL], {}, chosen=LEVEL.id).first_run
    assert home_view([LEVEL], {LEVEL.id: lost}, chosen=LEVEL.id).first_run


def test_a_win_shows_its_stars_and_what_it_unlocked() -> None:
    """Stars are summed, and offers are numbered in the level's order."""
    won = home_view([LEVEL], {LEVEL.id: Record(861, 3, "raft", 1, 756, 1000, 4)}, chosen=LEVEL.id, offer="pb-async")
    assert not won.first_run
    assert (won.stars, won.stars_most) == (3, 3)
    assert [(offer.key, offer.name, offer.chosen) for offer in won.offers] == [
        ("1", "raft", False), ("2", "pb-async", True),
    ]  # fmt: skip
    assert all(offer.promises and offer.fails and offer.paper for offer in won.offers)


def test_what_is_locked_is_not_offered() -> None:
    """An offer that is not unlocked does not appear, and the seed is the level's unless another is meant."""
    home = home_view([LEVEL], {}, chosen=LEVEL.id, unlocked={"raft"}, seed="MOSS7")
    assert [offer.name for offer in home.offers] == ["raft"]
    assert home.seed == "MOSS7"
    assert home_view([LEVEL], {}, chosen=LEVEL.id).seed == "KIWI"
