"""The two networks of the map: thin dotted links between replicas, heavy pipes from customers to whom they ask.

They look different because they break differently: a cut between replicas stops links at the wall, while the
customers' pipe crosses the ocean through it. That is level 1, without a word.

A pipe is a walk of right angles. From home it runs up the region's outer side to the chip; from another region it
goes to the edge that faces it, along that edge, and in.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from capgame.draw.canvas import Canvas
from capgame.draw.customers import pain_of
from capgame.draw.gaps import Gap, gap_of
from capgame.draw.look import Dot, Look
from capgame.draw.places import Places
from capgame.draw.walls import alone
from capgame.play.views.shift import CutView, ShiftView

Point = tuple[int, int]

_DOTS = {"data": "●", "ack": "•", "vote": "◆", "hint": "■"}
# Pipe glyphs by the sides they are open to, in the order of `nesw`.
_HEAVY = dict(zip(("ns", "ew", "es", "sw", "ne", "nw", "nes", "nsw", "esw", "new", "nesw"), "┃━┏┓┗┛┣┫┳┻╋", strict=True))
_LIGHT = dict(zip(_HEAVY, "│─┌┐└┘├┤┬┴┼", strict=True))
_ARROWS = {"e": "◂", "w": "▸", "s": "▴", "n": "▾", "": "▴"}  # by the side that the road comes from
_SIDES = {(0, -1): "n", (1, 0): "e", (0, 1): "s", (-1, 0): "w"}


# -- between replicas


def walled_links(where: Places, cuts: Iterable[CutView]) -> dict[tuple[str, str], Gap]:
    """The directed links that end at a wall just now, and where; single links have marks of their own instead."""
    return {
        link: gap_of(where, *link, alone(where, cut) if cut.kind == "ring" else None)
        for cut in cuts
        if not cut.open and cut.kind in {"regions", "ring"}
        for link in cut.links
        if link[0] in where.chips and link[1] in where.chips
    }


def draw_links(canvas: Canvas, view: ShiftView, look: Look, where: Places) -> None:
    """Every replica link; a cut one is dashed and stops short of the wall, a dead node has none."""
    paint = canvas.palette
    down = {node.name for node in view.nodes if node.state == "down"}
    walled = walled_links(where, view.cuts)
    busy = {(flight.source, flight.target) for flight in view.flights} if look.reduced_motion else set()
    for a, b in view.links:
        if a in down or b in down or a not in where.chips or b not in where.chips:
            continue
        ends = where.centre(a), where.centre(b)
        if (a, b) in walled or (b, a) in walled:
            gap = walled[a, b] if (a, b) in walled else walled[b, a]
            canvas.line(*(ends if (a, b) in walled else ends[::-1]), paint.dim, 0, gap=gap, dash=(1, 2))
        elif (a, b) in busy or (b, a) in busy:
            canvas.line(*ends, paint.data, 2)
        else:
            canvas.line(*ends, paint.link, 1)


def exact_dots(view: ShiftView) -> tuple[Dot, ...]:
    """Every message that is on its way, where it is."""
    return tuple(
        Dot(
            flight.source,
            flight.target,
            flight.kind,
            (view.now - flight.sent) / (flight.arrives - flight.sent),
            flight.lost,
        )
        for flight in view.flights
        if flight.sent <= view.now < flight.arrives
    )


def draw_messages(canvas: Canvas, view: ShiftView, look: Look, where: Places) -> None:
    """Messages on their links; a lost one dies at the wall."""
    if look.reduced_motion:
        return
    paint = canvas.palette
    hues = {"ack": paint.muted, "vote": paint.text}
    walled = walled_links(where, view.cuts)
    for dot in exact_dots(view) if look.dots is None else look.dots:
        if dot.source not in where.chips or dot.target not in where.chips:
            continue
        wall = walled.get((dot.source, dot.target), (0.5, 0.5))[0]
        dies = dot.lost and dot.share >= wall
        (x0, y0), (x1, y1) = where.centre(dot.source), where.centre(dot.target)
        share = wall if dies else dot.share
        x, y = int(x0 + (x1 - x0) * share) // 2, int(y0 + (y1 - y0) * share) // 4
        glyph = "✕" if dies else _DOTS.get(dot.kind, "●")
        canvas.put(x, y, glyph, paint.fault if dies else hues.get(dot.kind, paint.data), bold=True)


# -- from customers


def draw_pipes(canvas: Canvas, view: ShiftView, where: Places) -> None:
    """Each group's road to every node it asks, in the hue of what it brings back."""
    for group in view.groups:
        if group.region in where.customers:
            walks = [walk(where, group.region, node) for node in group.asks.split() if node in where.chips]
            _pipe(canvas, where, walks, pain_of(canvas, group), _HEAVY)


def draw_ghost(canvas: Canvas, look: Look, where: Places, region: str) -> None:
    """The road that would be taken, thin and blue, with what it would cost."""
    ghost = look.ghost
    if ghost is None or region not in where.customers or ghost.node not in where.chips:
        return
    paint = canvas.palette
    points = walk(where, region, ghost.node)
    _pipe(canvas, where, [points], paint.you, _LIGHT)
    if ghost.label:
        (x0, y0), (x1, y1) = max(pairwise(points), key=lambda leg: abs(leg[0][0] - leg[1][0]))
        label = f" {ghost.label} "
        canvas.put((x0 + x1 - len(label)) // 2 + 1, (y0 + y1) // 2, label, paint.background, paint.you, bold=True)


def walk(where: Places, region: str, node: str) -> list[Point]:
    """The corners of the road from a region's customers to a node, ending beside its chip."""
    chip, home = where.chips[node], where.region_of[node]
    foot, here, there = where.customers[region], where.regions[region], where.regions[home]
    row = chip.y + (chip.height // 2 if chip.height >= 4 else 0)
    if region == home:
        if node in where.from_below:
            column = chip.x + chip.width // 2
            # A chip that stands on its customers has the arrow between their words.
            return [(column, max(foot.y - 1, chip.bottom)), (column, chip.bottom)]
        if region in where.left:
            return [(foot.x, foot.y - 1), (foot.x, row), (chip.x - 1, row)]
        return [(foot.right - 1, foot.y - 1), (foot.right - 1, row), (chip.right, row)]
    starts_right = region in where.left  # the gutter is to the right of its customers
    ends_right = home in where.left  # ... and of the chip
    start = (foot.right + 1 if starts_right else foot.x - 2, foot.y)
    edge = there.right - 1 if ends_right else there.x
    if there.x == here.x:
        edge = here.right - 1 if starts_right else here.x
    return [start, (edge, foot.y), (edge, row), (chip.right if ends_right else chip.x - 1, row)]


def _pipe(canvas: Canvas, where: Places, walks: list[list[Point]], fg: str, glyphs: dict[str, str]) -> None:
    """All roads of one group: where they part they are one pipe with a branch."""
    open_to: dict[Point, set[str]] = {}
    for corners in walks:
        _open_cells(list(_cells(corners)), open_to)
    ends = {corners[-1] for corners in walks}
    inside = list(where.regions.values())
    for (x, y), sides in open_to.items():
        shape = "".join(side for side in "nesw" if side in sides)
        glyph = _ARROWS.get(shape, "▸") if (x, y) in ends else glyphs.get(shape) or glyphs[_straight(shape)]
        # In the gutter the road makes a hole in any wall that stands there.
        free = not any(rect.x < x < rect.right - 1 for rect in inside)
        canvas.put(x, y, glyph, fg, canvas.ground if free else None, bold=True)


def _open_cells(cells: list[Point], open_to: dict[Point, set[str]]) -> None:
    """Note for every cell of a walk the sides at which it meets its neighbours."""
    open_to.setdefault(cells[0], set())
    for (x0, y0), (x1, y1) in pairwise(cells):
        open_to[x0, y0].add(_SIDES[x1 - x0, y1 - y0])
        open_to.setdefault((x1, y1), set()).add(_SIDES[x0 - x1, y0 - y1])


def _straight(side: str) -> str:
    """What the beginning of a road looks like, which is open to one side."""
    return "ns" if side in {"n", "s"} else "ew"


def _cells(corners: list[Point]) -> Iterable[Point]:
    """Every cell of the walk once, in order."""
    yield corners[0]
    for (x0, y0), (x1, y1) in pairwise(corners):
        step_x, step_y = (x1 > x0) - (x1 < x0), (y1 > y0) - (y1 < y0)
        for step in range(1, max(abs(x1 - x0), abs(y1 - y0)) + 1):
            yield x0 + step_x * step, y0 + step_y * step
