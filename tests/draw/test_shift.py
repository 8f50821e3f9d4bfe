"""What holds for every picture of a shift, whatever the view, the size and the ink."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shift_views import VIEWS, first_cut, fork, look, one_region, picking, routed, three_regions

from capgame.draw.canvas import Canvas
from capgame.draw.customers import mix_cells
from capgame.draw.ink import Ink
from capgame.draw.look import CommandLine, GhostRoad, Target
from capgame.draw.map import draw_map, map_places
from capgame.draw.roads import walk
from capgame.draw.shift import draw_shift, shift_parts
from capgame.draw.timeline import column_of, second_at
from capgame.draw.walls import pieces
from capgame.play.views.shift import CutView, NodeView, RegionView, ShiftView

HOSTILE = "\x1b[31m[red]\u202en1\n\t漢"


def many(regions: int, nodes: int) -> ShiftView:
    """A view of so many regions with so many nodes each."""
    names = [f"r{number}" for number in range(regions)]
    view = first_cut()
    cluster = [
        NodeView(f"n{place * nodes + number}", name, "follower", False, 1, "t", 5, 0)
        for place, name in enumerate(names)
        for number in range(nodes)
    ]
    homes = tuple(RegionView(name, tuple(n.name for n in cluster if n.region == name), False) for name in names)
    asks = cluster[-1].name if cluster else ""
    return replace(
        view,
        regions=homes,
        nodes=tuple(cluster),
        groups=tuple(replace(view.groups[0], name=name, region=name, asks=asks) for name in names),
        cuts=(CutView("all", "regions", tuple((name,) for name in names), (), 1_000_000),),
        links=tuple((cluster[0].name, node.name) for node in cluster[1:]),
    )


@pytest.mark.parametrize("width", range(100, 141, 4))
def test_how_many_customers_and_whom_they_ask_never_touch(width: int) -> None:
    """A region on the right gives two columns to the road, and had two fewer for the words."""
    view = many(3, 2)
    groups = tuple(replace(group, per_second=14, asks="n4 n5") for group in view.groups)
    assert "customersasks" not in draw_shift((width, 36), replace(view, groups=groups), look()).text()


@settings(deadline=None, max_examples=60)
@given(st.integers(20, 200), st.integers(5, 60), st.sampled_from(sorted(VIEWS)), st.sampled_from(Ink), st.booleans())
def test_any_size_is_drawn(width: int, height: int, name: str, ink: Ink, busy: bool) -> None:
    """From 20x5 to 200x60 nothing raises, every row is as wide as the screen, and ascii ink is ascii."""
    seen = picking(look(ink)) if busy else look(ink)
    seen = replace(seen, focus="n3", drawer="inspect" if busy else "pager", risen={"west": 0.5})
    page = draw_shift((width, height), VIEWS[name](), seen)
    rows = ["".join(run.text for run in line) for line in page.lines()]
    assert [len(row) for row in rows] == [width] * height
    assert ink is not Ink.ASCII or all(row.isascii() for row in rows)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 6), st.integers(0, 9), st.integers(0, 160), st.integers(0, 50))
def test_any_topology_is_drawn(regions: int, nodes: int, width: int, height: int) -> None:
    """More regions, nodes and walls than were ever designed for, on a map of any size."""
    seen = replace(look(), focus="n0", ghost=GhostRoad("r0", "n1", "9 ms"), grown={"all": 0.3})
    page = seen.canvas(width, height)
    draw_map(page, many(regions, nodes), seen)
    assert len(page.lines()) == height


@pytest.mark.parametrize("ink", [Ink.FULL, Ink.ASCII], ids=["full", "ascii"])
def test_hostile_names_do_nothing(ink: Ink) -> None:
    """Escapes, marks of direction, markup and line breaks in names are drawn as text, or as `?`."""
    view = first_cut()
    evil = replace(
        view,
        title=HOSTILE, strategy=HOSTILE, place=HOSTILE,
        nodes=tuple(replace(node, role=HOSTILE, meter=HOSTILE, notes=(HOSTILE,)) for node in view.nodes),
        headline=replace(view.headline, tag=HOSTILE, sentence=HOSTILE),
        log=tuple(replace(line, text=HOSTILE) for line in view.log),
        faults=tuple(replace(fault, label=HOSTILE) for fault in view.faults),
    )  # fmt: skip
    seen = replace(look(ink), command=CommandLine(HOSTILE, HOSTILE, HOSTILE), focus="n1",
                   targets={"n1": Target(HOSTILE, HOSTILE), "eu": Target("e")})  # fmt: skip
    text = draw_shift((120, 40), evil, seen).text()
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert "漢" not in text
    assert len(text.splitlines()) == 40


def test_trouble_is_told_without_colour() -> None:
    """In line ink a refused group, a routed one and a wall are different text, not different hues."""
    page = draw_shift((120, 40), first_cut(), look(Ink.LINE)).text()
    calm = draw_shift((120, 40), routed(), look(Ink.LINE)).text()
    assert "╱" * 20 in page
    assert "╱" * 20 not in calm
    assert "✕ CUT 3.4s" in page
    assert "╳" * 10 in draw_shift((120, 40), fork(), look(Ink.LINE)).text()


def test_the_words_are_those_of_the_screens_page() -> None:
    """Budgets, ages and prices are said in people's words."""
    page = draw_shift((120, 40), fork(), look()).text()
    for words in ("UPTIME  98.1%  promised 95%", "62% of budget left", "gone in 9s   38% of budget left", "✕ CUT 4.6s",
                  "score 705", "▸ 0:24.6 / 1:30  1×", "+1 in 7s", "v427 +9", "who holds what"):  # fmt: skip
        assert words in page
    assert "OVER 140%" in draw_shift((80, 24), three_regions(), look()).text()


def test_a_node_alone_in_its_region_has_its_wall_in_the_gutter() -> None:
    """`n3 | n1 n2`, with n3 alone in eu, is a wall between us and eu."""
    view = first_cut()
    where = map_places(81, 25, view)
    (wall,) = pieces(where, view.cuts[0])
    us, eu = where.regions["us"], where.regions["eu"]
    assert {x for x, _ in wall} == {where.gutter}
    assert us.right < where.gutter < eu.x
    assert len(wall) == 25


def test_customers_cross_the_ocean_through_the_wall() -> None:
    """eu's road to n1 makes a hole of one row in the wall."""
    view = routed()
    page = look().canvas(81, 25)
    draw_map(page, view, look())
    where = map_places(81, 25, view)
    column = "".join(page.char(where.gutter, y) for y in range(25))
    assert column.count("━") == 1
    assert set(column) <= set("╱╲━ ✕CUT1.2s")
    assert walk(where, "eu", "n1")[-1] == (where.chips["n1"].right, where.chips["n1"].y + 2)


@pytest.mark.parametrize(
    ("sides", "lying", "upright"),
    [
        ((("us",), ("eu", "ap")), 0, 2),
        ((("ap",), ("us", "eu")), 1, 1),
        ((("us",), ("eu",), ("ap",)), 1, 2),
    ],
    ids=["us apart", "ap apart", "three islands"],
)
def test_pairs_of_regions_own_the_gutter(sides: tuple[tuple[str, ...], ...], lying: int, upright: int) -> None:
    """Every cut of three regions comes out of one rule."""
    view = three_regions()
    where = map_places(81, 25, view)
    found = pieces(where, replace(view.cuts[0], sides=sides))
    assert sum(piece[0][1] == piece[-1][1] for piece in found) == lying
    assert sum(piece[0][0] == piece[-1][0] for piece in found) == upright


def test_a_cut_of_single_links_is_marked_on_them() -> None:
    """A ring round n5, crosses on n2-n3, and arrows that stop on the way from n1 to n4."""
    page = draw_shift((120, 40), one_region(), look()).text()
    assert page.count("╳╳╳") == 1
    assert page.count("▸▸╳") == 1
    assert page.count("✕ CUT") == 1


def test_a_wall_grows_from_its_middle() -> None:
    """Half grown, it is half as long."""

    def height(share: float) -> int:
        seen = replace(look(), grown={"n3 | n1 n2": share})
        page = seen.canvas(81, 25)
        draw_map(page, replace(first_cut(), flights=()), seen)
        return sum(page.char(40 + 2, y) in "╱╲" for y in range(25))

    assert height(0.0) < height(0.5) < height(1.0)
    assert abs(2 * height(0.5) - height(1.0)) <= 3


def test_nothing_that_happened_gets_less_than_a_cell() -> None:
    """One wrong answer among a thousand is seen."""
    assert mix_cells((999, 1, 0, 1), 20) == [18, 1, 0, 1]
    assert mix_cells((0, 0, 0, 0), 20) == [0, 0, 0, 0]
    assert sum(mix_cells((1, 1, 1, 1), 2)) == 2


def test_a_click_on_the_timeline_means_its_second() -> None:
    """The column of an instant is at most a column away from its second, and says so when clicked."""
    view = fork()
    assert all(
        abs(second_at(view, 120, column_of(view, 120, second * 1_000_000 + 500_000)) - second) <= 1
        for second in range(90)
    )
    page = draw_shift((120, 40), view, look())
    parts = shift_parts(120, 40, view, look())
    meta = page.meta_at(column_of(view, 120, 24_500_000), parts.timeline.y + 1)
    assert meta == ("second", "24")


def test_what_is_drawn_can_be_clicked() -> None:
    """Chips, customers, walls, verbs and keys say what they are."""
    page = draw_shift((120, 40), first_cut(), look())
    found = {page.meta_at(x, y) for x in range(120) for y in range(40)}
    assert {("node", "n1"), ("node", "n3"), ("group", "eu"), ("region", "us"), ("verb", "route"), ("key", "space"),
            ("cut", "n3 | n1 n2")} <= found  # fmt: skip


@pytest.mark.parametrize("size", [(120, 40), (100, 24), (80, 40), (80, 24), (200, 60)], ids=str)
def test_the_parts_fill_the_screen_once(size: tuple[int, int]) -> None:
    """Every row belongs to one part, and the map is what is left."""
    view = three_regions()
    parts = shift_parts(*size, view, look())
    stack = [parts.top, parts.headline, parts.map, parts.timeline, parts.moves, parts.command, parts.keys]
    rows = [row for rect in stack if rect is not None for row in range(rect.y, rect.bottom)]
    assert rows == list(range(size[1]))
    assert (parts.side is None) == (size[0] < 100)


def test_the_drawer_leaves_the_focused_node_in_sight() -> None:
    """It covers the half away from the node."""
    view = fork()
    for node in view.nodes:
        parts = shift_parts(80, 24, view, replace(look(), focus=node.name, drawer="inspect"))
        chip = map_places(parts.map.width, parts.map.height, view).chips[node.name]
        assert parts.drawer is not None
        assert chip.right <= parts.drawer.x or chip.x >= parts.drawer.right


def test_a_terminal_that_is_too_small_is_told_so() -> None:
    """79 columns are one too few."""
    assert "80x24" in draw_shift((79, 24), first_cut(), look()).text()
    assert isinstance(draw_shift((0, 0), first_cut(), look()), Canvas)
