"""What holds for every picture of postmortem, home and help, whatever was played, the size and the ink."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from report_views import (
    HELP_KEYS,
    LEVEL,
    REPORTS,
    SCREENS,
    frontier,
    home,
    lost_by_truth,
    lost_by_uptime,
    picture,
    refusal,
    report,
    result,
    won,
)

from capgame.draw.canvas import Canvas, Rect
from capgame.draw.ceilings import bar_begins, draw_ceilings, range_note
from capgame.draw.digits import DIGITS, draw_digits
from capgame.draw.frontier import draw_frontier, frontier_text
from capgame.draw.help import draw_help, scroll_most
from capgame.draw.home import draw_home
from capgame.draw.ink import Ink
from capgame.draw.look import Look
from capgame.draw.palette import NIGHT
from capgame.draw.postmortem import draw_postmortem
from capgame.play.views.postmortem import CeilingPart, FrontierPoint, PointKind, postmortem_view

HALF = st.integers(0, 1000)  # points
HOSTILE = "\x1b[31m[red]\u202en1\n\t漢"


@settings(deadline=None, max_examples=80)
@given(st.integers(20, 200), st.integers(5, 60), st.sampled_from(SCREENS), st.sampled_from(Ink))
def test_any_size_is_drawn(width: int, height: int, name: str, ink: Ink) -> None:
    """From 20x5 to 200x60 nothing raises, every row is as wide as the screen, and ascii ink is ascii."""
    rows = ["".join(run.text for run in line) for line in picture(name, (width, height), ink).lines()]
    assert [len(row) for row in rows] == [width] * height
    assert ink is not Ink.ASCII or all(row.isascii() for row in rows)


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (100, 32), (200, 60), (80, 60), (160, 24)])
@pytest.mark.parametrize("name", REPORTS)
def test_a_loss_says_why_at_any_size(name: str, size: tuple[int, int]) -> None:
    """The lead and the end of the one plain sentence stand on the screen, uncut."""
    view = REPORTS[name]()
    shown = " ".join(draw_postmortem(size, view, Look()).text().split())
    assert view.lead in shown
    assert view.sentence.split()[-1] in shown


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
def test_every_cause_can_be_opened(size: tuple[int, int]) -> None:
    """With far more causes than rows, the selected one is marked and says all it has to say."""
    refusals = tuple(refusal("refused: x", 40 - n, n, n + 1, "yours", f"sentence number {n}.") for n in range(30))
    view = report(result(refusals=refusals))
    for place in range(30):
        text = draw_postmortem(size, view, Look(), place).text()
        assert f"sentence number {place}." in text
        assert f"▸{40 - place:>5}" in text


def test_the_worst_cause_is_open_at_once() -> None:
    """Without a selection the dearest cause is, and at 80 columns it alone has a sentence."""
    text = draw_postmortem((80, 24), report(lost_by_uptime()), Look()).text()
    assert "▸  268 – refused, eu" in text
    assert "writes stayed unknown" not in text


def test_a_selection_out_of_range_is_the_nearest() -> None:
    """A screen may keep its selection when another run has fewer causes."""
    view = report(lost_by_uptime())
    assert draw_postmortem((120, 40), view, Look(), 99).text() == draw_postmortem((120, 40), view, Look(), 1).text()


def test_clicks_mean_causes_and_offers() -> None:
    """The rows of a cause and the cap of an offer carry what a click on them means."""
    page = draw_postmortem((120, 40), report(won()), Look())
    meant = {page.meta_at(x, y) for x in range(120) for y in range(40)}
    assert {("cause", "0"), ("cause", "2"), ("offer", "raft"), ("offer", "pb-async")} <= meant


def test_one_offer_is_no_choice() -> None:
    """What is not unlocked is neither offered nor drawn on the frontier."""
    text = draw_postmortem((120, 40), report(lost_by_uptime(), unlocked=("raft",)), Look()).text()
    assert "again with" not in text
    assert "pb-async" not in text


def test_hostile_strings_show_plain() -> None:
    """Titles, sentences, groups, seeds and sources reach the terminal without anything it would obey."""
    level = replace(LEVEL, title=HOSTILE, story=HOSTILE, teaches=HOSTILE, debrief=replace(LEVEL.debrief, aha=HOSTILE,
                    ask=HOSTILE, sources=(HOSTILE,)), faults=(replace(LEVEL.faults[0], target=HOSTILE),))  # fmt: skip
    cause = refusal(f"refused: {HOSTILE}", 9, 1, 2, "yours", HOSTILE) | {"group": HOSTILE}
    bad = result(refusals=(cause,), moves=(HOSTILE,), seed=HOSTILE, offer=HOSTILE, contracts={HOSTILE: "kept"})
    points = (FrontierPoint(HOSTILE, 700, 300, PointKind.ALONE),)
    view = replace(postmortem_view(bad, level, None, None), frontier=points)
    hosted = replace(home(), title=HOSTILE, story=HOSTILE, seed=HOSTILE, teaches=HOSTILE)
    for size in ((120, 40), (80, 24)):
        for page in (draw_postmortem(size, view, Look()), draw_home(size, hosted, Look())):
            text = page.text()
            assert "[red]" in text  # shown as it is written, and never as markup
            assert not {"\x1b", "\u202e", "\t", "漢"} & set(text)
            assert [len(row) for row in text.split("\n") if len(row) > size[0]] == []


def test_line_ink_has_no_colours() -> None:
    """Without colour every run is bare, and what is chosen is marked."""
    page = draw_home((120, 40), home(), Look(ink=Ink.LINE))
    assert all(run.fg is None and run.bg is None for line in page.lines() for run in line)
    assert " ◉ " in page.text()


def test_help_fits_one_page_at_120() -> None:
    """A wide terminal shows legend, words and keys at once; a small one scrolls to the end of them."""
    look = Look()
    assert scroll_most((120, 40), HELP_KEYS, look) == 0
    most = scroll_most((80, 24), HELP_KEYS, look)
    pages = [draw_help((80, 24), HELP_KEYS, look, top).text() for top in (0, most, most + 99)]
    assert most > 0
    assert "type a move" in pages[0]
    assert "settle" in pages[1]
    assert pages[1] == pages[2]


def test_help_says_that_uptime_is_goodput() -> None:
    """Uptime is what was answered in time, and the page says so in the field's words."""
    text = draw_help((120, 40), HELP_KEYS, Look()).text()
    assert "goodput (yield)" in text


# -- parts


def parts(*shares: tuple[str, int]) -> tuple[CeilingPart, ...]:
    reach, found = 0, []
    for word, share in shares:
        reach += share
        found.append(CeilingPart(word, share, reach))
    return tuple(found)


def test_the_ceiling_bar_zooms_to_where_it_differs() -> None:
    """What was not served takes two fifths of the bar, and a torn edge says that it does not begin at nothing."""
    close = parts(("served", 976_000), ("yours", 13_000), ("hindsight", 6_000), ("theorem", 5_000))
    assert bar_begins(close) == 940_000
    assert range_note(close) == "94 to 100% of what was offered"
    canvas = Canvas(100, 2, NIGHT, Ink.LINE)
    draw_ceilings(canvas, 0, 0, 100, close)
    bar, legend = canvas.text().split("\n")
    assert bar.startswith("▞▞█")
    assert (bar.count("╱"), bar.count("▒"), bar.count("░")) == (22, 10, 8)
    assert legend == "█ served 97.6   ╱ yours to win 1.3   ▒ hindsight 0.6   ░ the theorem’s 0.5"


@given(st.lists(st.integers(0, 1_000_000), min_size=3, max_size=3), st.integers(10, 120))
def test_nothing_that_is_there_gets_less_than_a_cell(cuts: list[int], width: int) -> None:
    """The bar is full at any split, and the legend's numbers add up to 100."""
    a, b, c = sorted(cuts)
    split = parts(("served", a), ("yours", b - a), ("hindsight", c - b), ("nobody", 1_000_000 - c))
    canvas = Canvas(width, 2, NIGHT, Ink.LINE)
    draw_ceilings(canvas, 0, 0, width, split)
    bar = canvas.text().split("\n")[0].replace("▞", "█")
    assert len(bar) == width
    for glyph, part in zip("█╱▒·", split, strict=True):
        assert not part.share_ppm - (bar_begins(split) if glyph == "█" else 0) or glyph in bar


def test_a_bar_of_all_that_was_offered_is_whole() -> None:
    """When everybody was served there is nothing to zoom to."""
    assert bar_begins(parts(("served", 1_000_000))) == 0
    assert range_note(parts(("served", 1_000_000))) == "of what was offered"


def test_every_digit_is_three_by_three() -> None:
    """Big digits keep their columns, and four of them fit where three do."""
    assert all(len(row) == 3 for rows in DIGITS.values() for row in rows)
    canvas = Canvas(20, 3, NIGHT, Ink.LINE)
    assert draw_digits(canvas, 2, 0, 1000, "") == 17
    assert canvas.text().split("\n")[1] == "   ┃  ┃ ┃ ┃ ┃ ┃ ┃"


def crowd(*places: tuple[int, int]) -> tuple[FrontierPoint, ...]:
    alone = [FrontierPoint(f"strategy-{n}", u, t, PointKind.ALONE) for n, (u, t) in enumerate(places)]
    return (*alone, FrontierPoint("you", 500, 500, PointKind.YOU))


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(HALF, HALF), max_size=5), st.integers(16, 80), st.integers(4, 24))
def test_names_on_the_frontier_never_overlap(places: list[tuple[int, int]], width: int, height: int) -> None:
    """Whatever stands where, a name is whole or absent, and every mark is there."""
    text = frontier_text(width, height, crowd(*places), (700, 850))
    assert all(len(row) <= width for row in text.split("\n"))
    assert text.count("◉") == 1
    for number in range(len(places)):
        assert text.count(f"strategy-{number}") <= 1


def test_a_roomy_frontier_names_every_run() -> None:
    """Four strategies at a distance are all named, and so are the win and both curves."""
    text = frontier_text(60, 20, crowd((100, 1000), (900, 20), (300, 400), (800, 900)), (700, 850))
    for word in ("strategy-0", "strategy-1", "strategy-2", "strategy-3", "you", "won ★", "★★★", "uptime →", "100%"):
        assert word in text


def test_runs_in_one_cell_share_a_name() -> None:
    """Doing nothing is the strategy left alone: one mark, both names."""
    same = (FrontierPoint("raft", 188, 1000, PointKind.ALONE), FrontierPoint("you", 188, 1000, PointKind.YOU))
    text = frontier_text(60, 20, same, (700, 850))
    assert "◉ you, raft" in text
    assert "●" not in text


def test_the_corners_of_the_frontier_are_inside() -> None:
    """No points at all, all points, and either half alone."""
    canvas = Canvas(50, 16, NIGHT, Ink.ASCII)
    draw_frontier(canvas, Rect(0, 0, 50, 16), crowd((0, 0), (1000, 1000), (0, 1000), (1000, 0)), (700, 850))
    rows = canvas.text().split("\n")
    assert rows[0][2] == "o"
    assert rows[0][49] == "o"
    assert rows[14][2] == "o"
    assert rows[14][49] == "o"


def test_an_unknown_frontier_shows_the_player_alone() -> None:
    """Until the others are known there is one point, and the note says so."""
    view = postmortem_view(lost_by_truth(), LEVEL, None, None)
    text = draw_postmortem((120, 40), view, Look()).text()
    assert "only yours so far" in text
    assert "◉ you" in text


def test_another_seed_is_said() -> None:
    """A frontier of another seed is not passed off as the same."""
    view = postmortem_view(won(), LEVEL, frontier() | {"seed": "MOSS7"}, None)
    assert view.frontier_note == "left alone, seed MOSS7"
