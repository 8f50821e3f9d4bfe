"""The canvas clips, merges, translates, and lets nothing hostile through."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from capgame.draw.canvas import Canvas, Rect, Span, clip, wrap
from capgame.draw.ink import TWINS, Ink, to_ascii
from capgame.draw.palette import CAP_DAY, CAP_NIGHT, DAY, NIGHT, PLAIN, Palette, mix


def canvas(width: int = 20, height: int = 4, ink: Ink = Ink.FULL) -> Canvas:
    return Canvas(width, height, NIGHT, ink)


def test_words_keep_the_ground_they_are_put_on() -> None:
    """A later word without a ground of its own does not punch a hole into an area."""
    page = canvas()
    page.fill(0, 0, 20, 1, NIGHT.panel)
    page.put(2, 0, "hello", NIGHT.ok)
    assert [run.bg for run in page.line_runs(0)] == [NIGHT.panel] * len(page.line_runs(0))


def test_neighbours_in_one_style_are_one_run() -> None:
    """A line of one style is one run as wide as the canvas, and blanks go with their neighbours."""
    page = canvas()
    assert [run.text for run in page.line_runs(0)] == [" " * 20]
    page.put(3, 0, "ab", NIGHT.ok)
    page.put(5, 0, "cd", NIGHT.ok)
    assert [run.text for run in page.line_runs(0)] == ["   abcd" + " " * 13]


def test_what_a_click_means_stays_below_words() -> None:
    """A mark on an area is found through the words that are put on it."""
    page = canvas()
    page.mark(Rect(0, 0, 10, 2), ("node", "n1"))
    page.put(2, 1, "v88")
    assert page.meta_at(3, 1) == ("node", "n1")
    assert page.meta_at(12, 1) is None
    assert page.meta_at(-1, 99) is None


def test_dots_add_up_and_the_loudest_keeps_the_colour() -> None:
    """Two lines through a cell show both, in the hue of the higher priority."""
    page = canvas()
    page.dot(0, 0, NIGHT.ok, 2)
    page.dot(1, 3, NIGHT.fault, 1)
    assert page.char(0, 0) == chr(0x2800 | 0x01 | 0x80)
    assert page.line_runs(0)[0].fg == NIGHT.ok


def test_dots_never_cover_words() -> None:
    """A link passes below what is written."""
    page = canvas()
    page.put(0, 0, "word")
    page.line((0, 1), (39, 1), NIGHT.link)
    assert page.text().splitlines()[0].startswith("word⠒")


def test_without_colour_a_bright_ground_is_a_reversed_cell() -> None:
    """Caps and tags stay cut-outs in line ink, and no run names a colour."""
    page = canvas(ink=Ink.LINE)
    page.put(0, 0, " r ", page.palette.background, page.palette.you)
    page.put(4, 0, "route", page.palette.you, page.palette.wall_band)
    cap, rest = page.line_runs(0)
    assert cap.reverse
    assert not rest.reverse
    assert {run.fg for run in (cap, rest)} | {run.bg for run in (cap, rest)} == {None}


@given(st.text(), st.integers(-30, 30), st.integers(-3, 6), st.sampled_from(Ink))
def test_any_text_stays_in_its_cells(text: str, x: int, y: int, ink: Ink) -> None:
    """Whatever is put wherever: rows keep their width, and nothing a terminal would obey comes off."""
    page = canvas(ink=ink)
    page.spans(x, y, Span(text), text)
    for line in page.lines():
        row = "".join(run.text for run in line)
        assert len(row) == 20
        assert not any(unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Mn"} for character in row)
        assert not any(unicodedata.east_asian_width(character) in "WF" for character in row)
        assert ink is not Ink.ASCII or row.isascii()


@given(st.integers(-9, 30), st.integers(-9, 30), st.integers(-3, 40), st.integers(-3, 40))
def test_areas_are_clipped(x: int, y: int, width: int, height: int) -> None:
    """No rectangle, in or out or inside out, does more than paint its part."""
    page = canvas()
    page.soft(x, y, width, height, NIGHT.area)
    page.box(x, y, width, height, NIGHT.dim)
    page.fill(x, y, width, height, NIGHT.area)
    page.paste(x, y, canvas(max(0, width), max(0, height)))
    page.line((x, y), (width, height), NIGHT.link, gap=(0.4, 0.6), dash=(1, 2))
    assert [sum(len(run.text) for run in line) for line in page.lines()] == [20] * 4


def test_an_empty_canvas_has_no_lines() -> None:
    """Nothing is drawn on nothing."""
    assert canvas(0, 0).lines() == []
    assert canvas(0, 2).lines() == [[], []]


def test_every_glyph_has_a_twin_of_one_ascii_cell() -> None:
    """The table leaves nothing out and changes no width."""
    assert all(len(glyph) == len(twin) == 1 and twin.isascii() for glyph, twin in TWINS.items())
    assert to_ascii("♛ n1 ⠒⠒ ╱╳ é 漢") == "* n1 .. /X ? ?"


def test_text_is_wrapped_and_says_when_it_was_cut() -> None:
    """Lines are as long as they may be; the last one admits that there was more."""
    assert wrap("one two three four", 9) == ["one two", "three", "four"]
    assert wrap("one two three four", 9, 2) == ["one two", "three …"]
    assert wrap("incomprehensibilities", 8) == ["incompr…"]
    assert clip("four", 0) == ""


def test_a_theme_that_cannot_be_mixed_gives_two_tones() -> None:
    """Ansi themes name colours instead of saying them."""
    assert Palette.of(CAP_NIGHT) == NIGHT
    assert Palette.of(CAP_DAY) == DAY != NIGHT
    assert Palette.of({**CAP_NIGHT, "primary": "ansi_blue"}) is PLAIN
    assert Palette.of({name: value for name, value in CAP_NIGHT.items() if name != "wrong"}).wrong == NIGHT.wrong
    assert mix("#000000", "#ffffff", 0.5) == "#808080"
