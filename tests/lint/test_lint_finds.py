"""Each sabotaged copy of First Cut is found, by the rule that it breaks and by no other."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from capgame.levels.catalogue import find
from capgame.levels.level import Level
from capgame.levels.load import load_text
from capgame.play.lint.lint import Report, lint
from capgame.play.lint.runs import Crew, Outcome, Progress, Trial, carry_out, trial_of

FIRST_CUT = find("first-cut").source
REFERENCE = "moves: [16s route eu n1], expect: [stars is 3]"
ALLOW = "allow: [route]"
LESSON = "lesson: {without: [route]}"
SLO = "uptime: 93%"
STARS = "stars: [700, 850]"
SEED = "seed: KIWI"
LIE = "  - {name: the lie"

Change = tuple[str, str]

# What is done to the level, and the rules that must speak; each in the order of the rules.
SABOTAGE: dict[str, tuple[list[Change], list[str]]] = {
    "the reference does not win": (
        [(REFERENCE, "moves: [40s route eu n1], expect: [outcome is lost]")],
        ["winnable"],
    ),
    "the reference knows before the page": ([("16s route", "13s route")], ["winnable"]),
    "the reference answers too fast": ([("16s route", "15500ms route")], ["winnable"]),
    "there is no reference": ([("name: reference", "name: mine")], ["winnable"]),
    "eight seconds are too long": ([(SLO, "uptime: 94%"), (STARS, "stars: [700, 830]")], ["in-time"]),
    "left alone it is won": (
        [("for: 30s", "for: 1s"), ("outcome is lost, truth is 100%", "truth is 100%")],
        ["left-alone", "lesson", "stars", "plays"],  # the lie tells none in one second
    ),
    "the lesson is not needed": (
        [
            (ALLOW, "allow: [route, freeze]"),
            (REFERENCE, "moves: [16s route eu n1, 18s freeze n3], expect: [stars is 3]"),
            (LESSON, "lesson: {without: [freeze]}"),
        ],
        ["lesson", "tricks"],
    ),
    "the reference has no lesson": (
        [(ALLOW, "allow: [route, freeze]"), (LESSON, "lesson: {without: [freeze]}")],
        ["lesson", "tricks"],
    ),
    "one move wins as well": (
        [
            (ALLOW, "allow: [route, freeze, thaw]"),
            (REFERENCE, "moves: [16s route eu n1, 17s freeze n1, 17600ms thaw n1], expect: [stars >= 1]"),
            (LESSON, "lesson: {without: [thaw]}"),
            (STARS, "stars: [500, 800]"),
            (SLO, "uptime: 91%"),
        ],
        ["tricks"],
    ),
    "only some seeds are kind": ([(SEED, "seed: A8"), (STARS, "stars: [700, 885]")], ["robust"]),
    "a mistake gets three stars": (
        [(LIE, "  - {name: tempting, strategy: raft, moves: [16s route eu n2]}\n" + LIE)],
        ["stars"],
    ),
    "a claim is false": ([("counts.stale-read >= 20", "counts.stale-read >= 2000")], ["plays"]),
    "a claim about an instant is false": ([("[stars is 3]", '[stars is 3, "20s leader is n3"]')], ["plays"]),
}


KNOWN: dict[tuple[str, Trial, tuple[str, ...]], Outcome] = {}


class Remembering(Crew):
    """A crew that remembers: sabotage that changes no run costs none. Claims belong to what is remembered."""

    def carry_out(self, level: Level, trials: Iterable[Trial], progress: Progress | None) -> dict[Trial, Outcome]:
        return {one: self._once(level, one) for one in dict.fromkeys(trials)}

    def _once(self, level: Level, one: Trial) -> Outcome:
        claims = tuple(text for play in level.plays if trial_of(level, play) == one for text in play.expect)
        key = (level.hash, one, claims)
        if key not in KNOWN:
            KNOWN[key] = carry_out(level, one)
        return KNOWN[key]


def report(*changes: Change) -> Report:
    text = FIRST_CUT
    for was, now in changes:
        assert was in text, was
        text = text.replace(was, now, 1)
    return lint(load_text(text, "sabotaged.yaml"), Remembering(1))


def test_the_level_itself_is_clean() -> None:
    """Nothing but notes, and every rule was held against it."""
    found = report()
    assert found.clean
    assert len(found.rules) == 10


@pytest.mark.parametrize(("changes", "rules"), SABOTAGE.values(), ids=list(SABOTAGE))
def test_the_right_rule_speaks(changes: list[Change], rules: list[str]) -> None:
    """It, and those that are about the same thing."""
    spoken = [finding.rule for finding in report(*changes).findings if not finding.note]
    assert list(dict.fromkeys(spoken)) == rules


def test_a_finding_says_what_was_tried_what_happened_and_how_to_see_it() -> None:
    """The command can be pasted."""
    changes, _ = SABOTAGE["eight seconds are too long"]
    (finding,) = [finding for finding in report(*changes).findings if not finding.note]
    assert finding.tried == "the reference, answering 8s after each page"
    assert finding.happened.startswith("lost: uptime 93.")
    assert finding.happened.endswith("% of 94% promised")
    assert finding.again == "capgame run sabotaged.yaml --move '22s route eu n1'"
    assert finding.where.startswith("sabotaged.yaml:")


def test_what_needs_the_lesson_is_a_note() -> None:
    """Everybody sent to one node at the start wins First Cut, by the very move that it teaches."""
    notes = [finding for finding in report().findings if finding.note]
    assert {finding.rule for finding in notes} == {"tricks"}
    assert all("before any page" in finding.tried for finding in notes)


def test_a_level_without_a_lesson_may_be_won_by_anybody() -> None:
    """And the lint says that nothing is held to be lost."""
    changes, _ = SABOTAGE["left alone it is won"]
    found = report(*changes, (f"{LESSON}\n", ""))
    assert {(finding.rule, finding.note) for finding in found.findings} == {
        ("lesson", True),
        ("stars", False),
        ("plays", False),
    }
