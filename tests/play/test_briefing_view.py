"""What the briefing says of a level and of a plan."""

from __future__ import annotations

from dataclasses import replace

import pytest

from capgame.errors import BadInput
from capgame.levels.catalogue import every, find
from capgame.levels.level import Level
from capgame.play.views.briefing import briefing_view, one_in
from capgame.strategies.knob import Sin

FIRST, ROOMS, ODD = find("first-cut"), find("two-rooms"), find("odd-one-out")
MS = 1_000


def opened(level: Level, *knobs: str) -> Level:
    return replace(level, plan_knobs=knobs)


@pytest.mark.parametrize(
    ("promised_ppm", "words"),
    [(930_000, "1 in 14"), (982_000, "1 in 55"), (990_000, "1 in 100"), (860_000, "1 in 7"), (500_000, "1 in 2"),
     (300_000, "7 in 10"), (1_000_000, "none"), (999_999, "1 in 1,000,000")],
)  # fmt: skip
def test_budgets_stand_in_peoples_words(promised_ppm: int, words: str) -> None:
    """Cut off, never rounded up: 93% is one in 14.28, so that nobody is promised more than there is."""
    assert one_in(promised_ppm) == words


@pytest.mark.parametrize("level", every(), ids=lambda level: level.id)
def test_every_offer_of_every_level_has_a_briefing(level: Level) -> None:
    """Each with a card that is chosen, a good day for every group and operation, and no fault told in advance."""
    for offer in level.offers:
        brief = briefing_view(level, offer=offer.name)
        assert brief.card.name == offer.name
        assert all(card.fails and card.promises and card.paper for card in brief.offers)
        groups = [region.name for region in level.cluster.regions if region.clients]
        assert [(day.group, day.f) for day in brief.good_day] == [(g, f) for g in groups for f in ("read", "write")]
        assert all(0 < day.day.total_us < day.deadline_us for day in brief.good_day)
        told = repr(replace(brief, outlooks=()))  # which are the same whatever will happen
        assert not any(fault.target in told for fault in level.faults if " " in fault.target)


def test_the_contract_is_the_levels() -> None:
    """One deadline where all are equal, prices and hard contracts in words."""
    first, odd = briefing_view(FIRST).contract, briefing_view(ODD).contract
    assert first.deadlines == (("answer", 400 * MS),)
    assert odd.deadlines == (("read", 80 * MS), ("write", 120 * MS))
    assert ("stale read", "2") in first.prices
    assert odd.never == ("lost writes",)


def test_a_card_fails_as_its_own_values_do() -> None:
    """Two offers of one strategy differ in what they risk, and raft's side without a majority just waits."""
    cards = {card.name: card for card in briefing_view(ROOMS).offers}
    assert [risk.sin for risk in cards["pb-async"].fails] == [Sin.WRONG, Sin.WRONG]
    assert [risk.sin for risk in cards["pb-sync"].fails] == [Sin.UNANSWERED, Sin.WRONG]
    assert cards["pb-sync"].values == "primary n1, replication sync, reads nearest"
    raft = briefing_view(FIRST).card
    assert [(risk.sin, risk.text) for risk in raft.fails] == [
        (Sin.UNANSWERED, "the side without a majority answers nothing")
    ]


def test_what_is_locked_is_hidden_unless_it_is_asked_for() -> None:
    """Keys count what is shown; an offer that was named on the command line is there all the same."""
    assert [card.name for card in briefing_view(FIRST, unlocked=["raft"]).offers] == ["raft"]
    assert briefing_view(FIRST, offer="pb-async", unlocked=["raft"]).card.key == "2"


def test_a_knob_says_what_it_costs_and_what_it_risks() -> None:
    """Against the cheapest of its values, for whoever pays most."""
    level = opened(ODD, "reads", "replication")
    (index,) = briefing_view(level).knobs
    assert (index.name, index.value, index.costs) == ("reads", "index", "+12 ms a read")
    assert index.steps == ("log", "index", "lease", "local")
    (local,) = briefing_view(level, knobs={"reads": "local"}).knobs
    assert local.costs == ""
    assert local.risk is not None
    assert local.risk.sin is Sin.WRONG
    replication, reads = (knob for knob in reversed(briefing_view(level, offer="pb-semi").knobs))
    assert (replication.value, replication.costs) == ("semi-sync", "+13 ms a write")
    assert (reads.value, reads.costs) == ("primary", "+14 ms a read")


def test_a_turned_knob_changes_card_and_good_day() -> None:
    """The chosen card follows the plan: replication in step waits for the far room, and may not answer."""
    level = opened(ROOMS, "replication")
    before, after = briefing_view(level), briefing_view(level, knobs={"replication": "sync"})
    assert after.card.name == before.card.name == "pb-async"
    assert "replication sync" in after.card.values
    assert {risk.sin for risk in after.card.fails} == {Sin.UNANSWERED, Sin.WRONG}
    took = [brief.good_day[1].day.total_us for brief in (before, after)]
    assert took == [3 * MS, 44 * MS]


def test_a_leader_that_moves_is_shown_where_it_stands() -> None:
    """And has no price of its own: what is far for some is near for others."""
    level = opened(FIRST, "leader")
    brief = briefing_view(level, knobs={"leader": "n3"})
    assert brief.leader == "n3"
    assert brief.knobs[0].costs == ""
    assert briefing_view(ODD, offer="majority").leader == ""


def test_a_knob_that_the_plan_does_not_open_is_refused() -> None:
    """As everywhere else."""
    with pytest.raises(BadInput, match="open in the plan of first-cut"):
        briefing_view(FIRST, knobs={"reads": "local"})
