"""The page of a code: everything on it can be reached at any size, in any ink."""

from __future__ import annotations

import pytest

from capgame.draw.code_page import code_scroll_most, draw_code_page
from capgame.draw.ink import Ink
from capgame.draw.look import Look
from capgame.play.views.code import CodeView, Standing, verdict

LINE = "cap1:" + "0123456789ABCDEF" * 150 + " ★★☆ 750 seed KIWI"
FACTS = (("level", "The First Cut (first-cut)"), ("moves", "16s route eu n1 · 20s route eu home · and 12 more"))


def page(standing: Standing = Standing.SHARED, line: str = LINE) -> CodeView:
    return CodeView("Share this run", standing, ("Sent to the clipboard.", "And more."), FACTS, line)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
def test_a_long_line_can_be_scrolled_through(size: tuple[int, int]) -> None:
    """Put together, the rows are the line."""
    look, seen = Look(), dict[int, str]()
    for top in range(code_scroll_most(size, page(), look) + 1):
        rows = draw_code_page(size, page(), look, top).text().splitlines()[2:-1]
        seen.update({top + place: row for place, row in enumerate(rows) if row.strip()})
    begins = next(place for place, row in seen.items() if "THE LINE" in row)
    rest = [row.strip(" ") for place, row in sorted(seen.items()) if place > begins]
    assert "".join(rest).replace(" ", "") == LINE.replace(" ", "")


def test_a_short_one_needs_no_scrolling() -> None:
    assert code_scroll_most((80, 24), page(line="cap1:00"), Look()) == 0


@pytest.mark.parametrize("ink", list(Ink))
@pytest.mark.parametrize("standing", list(Standing))
def test_every_standing_is_said_in_every_ink(ink: Ink, standing: Standing) -> None:
    """In words, not in colour alone; ascii ink is ascii."""
    text = draw_code_page((80, 24), page(standing), Look(ink=ink)).text()
    assert f" {standing.value} " in text
    assert "Sent to the clipboard." in text
    assert ink is not Ink.ASCII or text.isascii()


def test_too_small_says_so() -> None:
    assert "80x24" in draw_code_page((79, 24), page(), Look()).text()


def test_what_a_stranger_made_reaches_no_terminal() -> None:
    """A level that came with a code may be called anything."""
    view = verdict(1, None, "not verified\n  level: the replay claims \x1b[31mred, the run has it not")
    text = draw_code_page((80, 24), view, Look()).text()
    assert "\x1b" not in text
    assert view.sentences == ("level: the replay claims \x1b[31mred, the run has it not",)
