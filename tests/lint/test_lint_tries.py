"""What the lint tries, without playing it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from capgame.errors import BadInput
from capgame.levels.catalogue import find
from capgame.levels.level import Level, Page, Play
from capgame.levels.load import load_text
from capgame.play.lint.finding import ending, of_schema
from capgame.play.lint.rules import RULES
from capgame.play.lint.runs import Trial, trial_of
from capgame.play.lint.tries import (
    elsewhere,
    everybody_to_one,
    late,
    left_alone,
    one_move,
    page_of,
    reference,
    without_lesson,
)

S = 1_000_000
FIRST_CUT = find("first-cut")


def level(*moves: str, pages: tuple[int, ...] = ()) -> tuple[Level, Play]:
    """First Cut, which pages at 14 s, with more pages and another reference."""
    play = Play("reference", moves=moves)
    more = tuple(Page(at * S, "look") for at in pages)
    return replace(FIRST_CUT, plays=(play,), pages=more), play


def test_a_moves_page_is_the_latest_before_it() -> None:
    """Or none; one that rings at that very instant counts."""
    played, _ = level(pages=(20,))
    assert [page_of(played, at * S) for at in (13, 14, 19, 20, 50)] == [None, 14 * S, 14 * S, 20 * S, 20 * S]


def test_the_moves_of_a_page_are_late_together() -> None:
    """The first comes 8 s after the page, the others keep their distance; other pages have delays of their own."""
    moves = ("1s route us n2", "16s route eu n1", "17s route us n1", "33s route eu home")
    assert late(*level(*moves, pages=(32,))).moves == (
        "1s route us n2",
        "22s route eu n1",
        "23s route us n1",
        "40s route eu home",
    )


def test_who_is_slow_already_is_not_delayed() -> None:
    """Nine seconds after the page are late enough."""
    played, play = level("23s route eu n1")
    assert late(played, play) == trial_of(played, play)


def test_other_seeds_are_ten_and_always_the_same() -> None:
    """And none is the level's own, however it is spelt."""
    played, play = level()
    there = replace(played, seed="a3")
    seeds = [one.seed for one in elsewhere(there, play)]
    assert len(set(seeds)) == 10
    assert "A3" not in seeds
    assert seeds == [one.seed for one in elsewhere(there, play)]


def test_the_lesson_is_taken_out() -> None:
    """By its verbs, or the whole plan."""
    played, play = level("16s route eu n1", "17s freeze n3")
    assert without_lesson(played, play).moves == ("17s freeze n3",)
    planned = replace(play, knobs=(("reads", "local"),))
    assert without_lesson(replace(played, without=("plan",)), planned) == trial_of(played, play)


def test_tricks_are_every_offer_everywhere() -> None:
    """Everybody to each node at the start, and every move but the lesson's, undoing and `home` at each page."""
    assert len(list(everybody_to_one(FIRST_CUT))) == 6
    assert next(one.moves for one in everybody_to_one(FIRST_CUT)) == ("0s route us n1", "0s route eu n1")
    assert list(one_move(FIRST_CUT)) == []  # the only verb is the lesson's
    freezing = replace(FIRST_CUT, moves=replace(FIRST_CUT.moves, allow=("route", "freeze")))
    tried = [one.moves for one in one_move(freezing) if one.offer == "raft"]
    assert tried == [("14s freeze n1",), ("14s freeze n2",), ("14s freeze n3",)]


def test_what_changes_nothing_is_not_tried() -> None:
    """A verb that the strategy does not know, and a knob turned to where it is."""
    rules = replace(FIRST_CUT.moves, allow=("transfer", "tune"), knobs=("reads",))
    tried = [(one.offer, one.moves[0].removeprefix("14s ")) for one in one_move(replace(FIRST_CUT, moves=rules))]
    assert [move for offer, move in tried if offer == "pb-async"] == ["tune reads primary"]
    assert [move for offer, move in tried if offer == "raft"] == [
        *(f"tune reads {way}" for way in ("log", "lease", "local")),
        *(f"transfer n{number}" for number in (1, 2, 3)),
    ]


def test_rules_share_their_runs() -> None:
    """The same run by another name is the same trial."""
    trials = [one for rule in RULES for one in rule.trials(FIRST_CUT)]
    assert len(set(trials)) < len(trials)
    idle = next(play for play in FIRST_CUT.plays if play.name == "idle")
    assert trial_of(FIRST_CUT, idle) in left_alone(FIRST_CUT)
    spelt = Play("x", "primary-backup", seed="KIWI", moves=("16s  route eu n1", "3s route us n1"))
    assert trial_of(FIRST_CUT, spelt) == Trial("pb-async", "KIWI", (), ("3s route us n1", "16s route eu n1"))


def test_a_level_without_reference_is_no_accident() -> None:
    """Only what needs none is tried."""
    bare = replace(FIRST_CUT, plays=())
    assert reference(bare) is None
    assert all(one.moves == () or one in everybody_to_one(bare) for rule in RULES for one in rule.trials(bare))


def test_an_ending_says_by_what() -> None:
    """Shares are cut off, so that what missed a promise never reads as kept; refused moves are told."""
    kept = {"value": 0.99999, "slo": 0.99, "spent": 1, "budget": 2}
    missed = {"value": 0.929999, "slo": 0.93, "spent": 3, "budget": 2}
    result = {
        "outcome": "lost",
        "uptime": missed,
        "truth": kept,
        "contracts": {"no-lost-writes": "broken"},
        "moves": [{"at_us": 16 * S, "text": "route eu n1", "result": "refused", "why": "nothing is left"}],
    }
    assert ending(result) == (
        "lost: uptime 92.99% of 93% promised, no-lost-writes broken; 16s route eu n1 was refused (nothing is left)"
    )


def test_schema_findings_keep_place_value_and_advice() -> None:
    """One a problem."""
    text = FIRST_CUT.source.replace("uptime: 93%", "uptime: 93").replace("act: 1", "act: one")
    with pytest.raises(BadInput) as refused:
        load_text(text, "bad.yaml")
    found = of_schema(refused.value)
    assert [(finding.rule, finding.where, finding.tried) for finding in found] == [
        ("schema", "bad.yaml:5:6", "act"),
        ("schema", "bad.yaml:36:11", "score.uptime"),
    ]
    assert found[1].happened == "'93' is not a share in percent — write 93%"
