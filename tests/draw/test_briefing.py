"""What the briefing looks like in each ink, and what holds for it at any size."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from briefing_views import LEVELS, SCREENS, SMALL, WIDE, brief, picture
from hypothesis import given, settings
from hypothesis import strategies as st

from capgame.draw.briefing import PLAN, BriefingLook, draw_briefing
from capgame.draw.ink import Ink
from capgame.draw.look import Look
from capgame.draw.paper import draw_paper

GOLDEN = Path(__file__).parent.parent / "golden" / "draw"
HOSTILE = "\x1b[31m[red]\u202en1\n\t漢"


@pytest.mark.parametrize("size", [(120, 40), (80, 24)], ids=["120", "80"])
@pytest.mark.parametrize("ink", list(Ink), ids=[ink.value for ink in Ink])
@pytest.mark.parametrize("name", SCREENS)
def test_a_briefing_looks_as_it_did(name: str, ink: Ink, size: tuple[int, int]) -> None:
    """Every page, ink and size has its golden; see test_goldens.py for how they are renewed."""
    path = GOLDEN / f"{name}-{size[0]}-{ink.value}.txt"
    text = picture(name, size, ink).text() + "\n"
    if os.environ.get("ACCEPT_GOLDENS"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@settings(deadline=None, max_examples=80)
@given(st.integers(20, 200), st.integers(5, 60), st.sampled_from(SCREENS), st.sampled_from(Ink))
def test_any_size_is_drawn(width: int, height: int, name: str, ink: Ink) -> None:
    """From 20x5 to 200x60 nothing raises, every row is as wide as the screen, and ascii ink is ascii."""
    rows = ["".join(run.text for run in line) for line in picture(name, (width, height), ink).lines()]
    assert [len(row) for row in rows] == [width] * height
    assert ink is not Ink.ASCII or all(row.isascii() for row in rows)


@pytest.mark.parametrize("size", [(120, 40), (100, 32), (200, 60), (80, 24), (80, 60), (160, 24)])
@pytest.mark.parametrize("level", LEVELS)
def test_what_counts_is_there_at_any_size(size: tuple[int, int], level: str) -> None:
    """Over both pages: every offer, every knob with its value in brackets, every bar with its time, the contract."""
    view = brief(LEVELS[level])
    pages = [draw_briefing(size, view, Look(ink=Ink.LINE), BriefingLook(page=page)).text() for page in (0, 1)]
    shown = "\n".join(pages)
    for card in view.offers:
        assert f"[{card.name}]" in shown if card.chosen else card.name in shown
    for knob in view.knobs:
        assert knob.name in shown
        assert f"[{knob.value}]" in shown
    for day in view.good_day:
        assert f"{day.group[:6]}" in shown
        assert f"{day.f}  " in shown
    for words in ("1 in 14 may go unanswered", "1 in 100 may be wrong", "paid by", "nothing is forecast", "n1"):
        assert words in shown


def test_an_answer_that_is_late_on_a_good_day_says_so() -> None:
    """The bar goes on beyond the deadline, and the time is marked."""
    assert any(day.day.total_us > day.deadline_us for day in brief(WIDE).good_day)
    assert "~ 93 ms" in draw_briefing((120, 40), brief(WIDE), Look(), BriefingLook()).text()


def test_the_marked_knob_keeps_its_note_where_others_fold() -> None:
    """At 80x24 with three knobs and four offers."""
    view = brief(WIDE)
    for place, knob in enumerate(view.knobs):
        text = draw_briefing((80, 24), view, Look(), BriefingLook(page=PLAN, knob=place)).text()
        assert knob.risk is not None
        assert " ".join(knob.risk.text.split()[:4]) in text
        assert f"▸ {knob.name}" in text


def test_hints_come_one_by_one() -> None:
    """In a box that says which of how many; there may be none."""
    for asked, words in ((1, "Who is cut off?"), (2, "HINT 2 OF 2"), (9, "HINT 2 OF 2")):
        assert words in draw_briefing((80, 24), brief(), Look(), BriefingLook(hints=asked)).text()
    none = brief(replace(SMALL, hints=()))
    assert "There are no hints" in draw_briefing((80, 24), none, Look(), BriefingLook(hints=1)).text()


def test_clicks_mean_offers_knobs_and_values() -> None:
    """Cards, rows of knobs and single values carry what a click on them means; so do the pages of a small screen."""
    page = draw_briefing((120, 40), brief(), Look(), BriefingLook())
    meant = {page.meta_at(x, y) for x in range(120) for y in range(40)}
    assert {("offer", "raft"), ("offer", "pb-async"), ("knob", "0"), ("step", "0:local"), ("step", "1:2s")} <= meant
    small = draw_briefing((80, 24), brief(), Look(), BriefingLook())
    assert {("page", "0"), ("page", "1")} <= {small.meta_at(x, 0) for x in range(80)}


def test_hostile_strings_show_plain() -> None:
    """Whatever a level calls things."""
    level = replace(SMALL, title=HOSTILE, story=HOSTILE * 9, teaches=HOSTILE, hints=(HOSTILE,))
    view = replace(brief(level), seed=HOSTILE, paper=replace(brief().paper, title=HOSTILE, paper=HOSTILE))
    for size in ((120, 40), (80, 24)):
        for page in (draw_briefing(size, view, Look(), BriefingLook(hints=1)), draw_paper(size, view.paper, Look())):
            text = page.text()
            assert "[red]" in text
            assert not {"\x1b", "\u202e", "\t", "漢"} & set(text)
            assert all(len(row) <= size[0] for row in text.split("\n"))


def test_line_ink_has_no_colours() -> None:
    """Without colour every run is bare."""
    page = draw_briefing((120, 40), brief(), Look(ink=Ink.LINE), BriefingLook())
    assert all(run.fg is None and run.bg is None for line in page.lines() for run in line)
