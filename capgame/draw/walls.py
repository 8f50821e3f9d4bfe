"""Cuts, as walls.

Rules:
1. A cut between regions is a jagged line on a tinted band. Every pair of regions owns a piece of gutter: neighbours
   in a row an upright piece, neighbours in a column a lying one, and pieces meet in corners. `us | eu ap`, `ap | *`
   and three islands all come out of this one rule.
2. A node cut off alone has the wall round its chip; a single link has `╳╳╳` at its middle; a link that is cut one way
   has `▸▸╳`, pointing where nothing arrives.
3. A label says CUT or FLAP and the age, never what is left. While a flapping cut is open its wall is dashed.
4. A wall grows from its middle.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations, product

from capgame.draw.canvas import Canvas, Meta
from capgame.draw.gaps import ring_of
from capgame.draw.look import Look
from capgame.draw.places import Places
from capgame.play.views.shift import CutView, ShiftView

Point = tuple[int, int]
Piece = list[Point]  # the cells of one straight wall, in order


def draw_walls(canvas: Canvas, view: ShiftView, look: Look, where: Places) -> None:
    """The walls of all cuts that are on; their labels come later, over everything."""
    for cut in view.cuts:
        share = 1.0 if look.reduced_motion else look.grown.get(cut.text, 1.0)
        for piece in pieces(where, cut):
            _wall(canvas, piece, cut, share)
        if cut.kind == "ring":
            _ring(canvas, where, cut, share)


def draw_labels(canvas: Canvas, view: ShiftView, where: Places) -> None:
    """One label a cut, at the middle of its longest piece or on its ring; links get their marks."""
    taken: set[int] = set()
    for cut in view.cuts:
        spot = _label_spot(where, cut, taken)
        if spot is not None:
            _label(canvas, spot, cut)
        elif cut.kind != "ring" and not cut.open:
            _link_marks(canvas, where, cut)


def sides_by_region(where: Places, cut: CutView) -> list[list[str]]:
    """The regions that stand wholly on each side."""
    return [
        [
            region
            for region in where.regions
            if region in side or _all_in([node for node, home in where.region_of.items() if home == region], side)
        ]
        for side in cut.sides
    ]


def pieces(where: Places, cut: CutView) -> list[Piece]:
    """The pieces of gutter that a cut between regions stands in."""
    if cut.kind != "regions":
        return []
    found = [
        _piece(where, a, b)
        for side, other in combinations(sides_by_region(where, cut), 2)
        for a, b in product(side, other)
    ]
    return [piece for piece in found if piece]


def _all_in(nodes: list[str], side: tuple[str, ...]) -> bool:
    return bool(nodes) and all(node in side for node in nodes)


def _piece(where: Places, a: str, b: str) -> Piece:
    """The gutter between two regions; nothing when they only meet in a corner."""
    one, two = sorted((where.regions[a], where.regions[b]))
    middle = where.gutter
    if one.x == two.x:
        inner, outer = (one.x, middle) if a in where.left else (middle, where.width - 1)
        return [(x, one.bottom) for x in range(inner, outer + 1)]
    top, bottom = max(one.y, two.y), min(one.bottom, two.bottom)
    if bottom - top < 1:
        return []
    # Over the lying gutters too, so that pieces meet.
    return [(middle, y) for y in range(max(0, top - 1), min(where.height, bottom + 1))]


def _wall(canvas: Canvas, piece: Piece, cut: CutView, share: float) -> None:
    paint, meta = canvas.palette, ("cut", cut.text)
    upright = len(piece) < 2 or piece[0][0] == piece[1][0]
    for index in _standing(len(piece), share):
        if cut.open and index % 4 >= 2:
            continue
        x, y = piece[index]
        if upright:
            canvas.put(x - 1, y, f" {'╲╱'[y % 2]} ", paint.fault, paint.wall_band, bold=True, meta=meta)
        else:
            canvas.put(x, y, "╲╱"[x % 2], paint.fault, paint.wall_band, bold=True, meta=meta)


def _standing(length: int, share: float) -> range:
    """The indices of a wall that has grown so far from its middle."""
    half = round(length * min(1.0, max(0.0, share)) / 2)
    return range(max(0, length // 2 - half), min(length, (length + 1) // 2 + half))


def _ring(canvas: Canvas, where: Places, cut: CutView, share: float) -> None:
    node = alone(where, cut)
    if node is None:
        return
    paint, ring, meta = canvas.palette, ring_of(where, node), ("cut", cut.text)
    left, right, top, bottom = ring.x, ring.right - 1, ring.y, ring.bottom - 1

    def stands(x: int, y: int) -> bool:
        return not cut.open or (x + 2 * y) % 4 < 2

    for x in (left + index for index in _standing(right - left + 1, share)):
        for y in (top, bottom):
            if stands(x, y):
                canvas.put(x, y, "╲╱"[x % 2], paint.fault, paint.wall_band, bold=True, meta=meta)
    _ring_sides(canvas, (left, right), (top + 1, bottom), stands, meta)


def _ring_sides(
    canvas: Canvas, columns: Point, rows: Point, stands: Callable[[int, int], bool], meta: Meta
) -> None:  # fmt: skip
    for y in range(*rows):
        for x in columns:
            if stands(x, y):
                canvas.put(x, y, "╲╱"[y % 2], canvas.palette.fault, canvas.palette.wall_band, bold=True, meta=meta)


def alone(where: Places, cut: CutView) -> str | None:
    """The node that a ring goes round: the only one of its side."""
    return next((side[0] for side in cut.sides if len(side) == 1 and side[0] in where.chips), None)


def _label_spot(where: Places, cut: CutView, taken: set[int]) -> Point | None:
    """Where the label's middle goes; a row is used by one upright label only."""
    if cut.kind == "ring":
        node = alone(where, cut)
        return (where.chips[node].x + where.chips[node].width // 2, where.chips[node].y - 1) if node else None
    standing = pieces(where, cut)
    if not standing:
        return None
    longest = max(standing, key=lambda piece: (piece[0][0] == piece[-1][0], len(piece)))
    x, y = longest[len(longest) // 2]
    while y in taken and y < where.height - 1:
        y += 1
    taken.add(y)
    return x, y


def _label(canvas: Canvas, middle: Point, cut: CutView) -> None:
    tenths = cut.age_us // 100_000
    word = "FLAP" if cut.flapping else "CUT"
    text = f" ✕ {word} {tenths // 10}.{tenths % 10}s "
    x = max(0, min(middle[0] - len(text) // 2, canvas.width - len(text)))
    paint = canvas.palette
    canvas.put(x, middle[1], text, paint.background, paint.fault, bold=True, meta=("cut", cut.text))


def _link_marks(canvas: Canvas, where: Places, cut: CutView) -> None:
    """`╳╳╳` on a link that is down both ways, `▸▸╳` where one direction is."""
    down = set(cut.links)
    paint, meta = canvas.palette, ("cut", cut.text)
    for a, b in cut.links:
        both = (b, a) in down
        if a not in where.chips or b not in where.chips or (both and b < a):
            continue
        x, y = _clear_middle(where, a, b)
        rightward = where.centre(a)[0] <= where.centre(b)[0]
        mark = "╳╳╳" if both else "▸▸╳" if rightward else "╳◂◂"
        canvas.put(x - 2, y, f" {mark} ", paint.fault, bold=True, meta=meta)
        canvas.put(x - 1, y, mark, paint.fault, paint.wall_band, bold=True, meta=meta)


def _clear_middle(where: Places, a: str, b: str) -> Point:
    """The cell nearest to a link's middle that no chip covers."""
    (x0, y0), (x1, y1) = where.centre(a), where.centre(b)
    spots = [
        (int(x0 + (x1 - x0) * share) // 2, int(y0 + (y1 - y0) * share) // 4)
        for share in (0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68)
    ]
    for x, y in spots:
        if not any(c.x - 2 <= x < c.right + 2 and c.y <= y < c.bottom for c in where.chips.values()):
            return x, y
    return spots[0]
