"""What home offers follows from what was won."""

from __future__ import annotations

from dataclasses import replace

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
from capgame.play.views.home import Record, home_view, next_level

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


def test_a_win_shows_its_stars() -> None:
    """Stars are summed over the levels, and the seed is the level's unless another is meant."""
    won = home_view([LEVEL], {LEVEL.id: Record(861, 3, "raft", 1, 756, 1000, 4)}, chosen=LEVEL.id)
    assert not won.first_run
    assert (won.stars, won.stars_most) == (3, 3)
    assert won.seed == "KIWI"
    assert home_view([LEVEL], {}, chosen=LEVEL.id, seed="MOSS7").seed == "MOSS7"


def test_who_went_on_after_a_loss_can_go_back() -> None:
    """The one key is for the first level: at the second, home has all of them, or nobody would get back."""
    lost = Record(317, 0, "raft", 0, 188, 1000, 1)
    assert not home_view(CAMPAIGN, {LEVEL.id: lost}, chosen="second").first_run
    assert home_view(CAMPAIGN, {LEVEL.id: lost}, chosen=LEVEL.id).first_run


CAMPAIGN = [
    LEVEL,
    replace(LEVEL, id="second", number=2),
    replace(LEVEL, id="third", act=2),
    replace(LEVEL, id="fourth", act=3),
]


def won(*levels: str) -> dict[str, Record]:
    return {level: Record(861, 3, "raft", 1, 756, 1000, 4) for level in levels}


def test_an_act_opens_with_two_wins_in_the_one_before() -> None:
    """A loss does not count; an act of one level opens the next with one win; names can be read all along."""
    lost = {"second": Record(400, 0, "raft", 0, 100, 1000, 1)}
    for records, opened in (
        ({}, 2), (won("small-cut"), 2), (won("small-cut") | lost, 2), (won("small-cut", "second"), 3),
        (won("small-cut", "second", "third"), 4),
    ):  # fmt: skip
        home = home_view(CAMPAIGN, records, chosen="third")
        assert sum(station.open for station in home.stations) == opened
        assert all(station.title for station in home.stations)
        assert home.locked == ("" if opened > 2 else "2 wins in act I")
    assert home_view(CAMPAIGN, {}, chosen="fourth").locked == "1 win in act II"


def test_the_next_level_is_one_that_is_open() -> None:
    """After the last open one there is none."""
    assert next_level(CAMPAIGN, {}, "small-cut") is CAMPAIGN[1]
    assert next_level(CAMPAIGN, won("small-cut"), "second") is None
    assert next_level(CAMPAIGN, won("small-cut", "second"), "second") is CAMPAIGN[2]
    assert next_level(CAMPAIGN, {}, "fourth") is None
    assert next_level(CAMPAIGN, {}, "elsewhere") is None
