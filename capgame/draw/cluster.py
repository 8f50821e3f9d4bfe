"""A level's cluster on the page: regions as boxes with their copies and customers, and how far apart they are.

 CLUSTER ──────────────────────────────────────────────
╭─US───────────────────╮        ╭─EU───────────────────╮
│  ♛ n1  leads         │ 80 ms  │  ○ n3                │
│  ○ n2                │╌╌╌╌╌╌╌╌│                      │
╰ ⌂ 20/s  70% reads ───╯        ╰ ⌂ 10/s  70% reads ───╯
"""

from __future__ import annotations

from capgame.draw.canvas import Canvas, Span, clip, wrap
from capgame.play.views.briefing import BriefingView, DistanceView, RegionPlan
from capgame.play.views.plan import show_ms
from capgame.values.units import show_rate, show_share

GAP = 8  # columns between two boxes
BOX_LEAST = 11  # columns of a box


def draw_cluster(canvas: Canvas, x: int, y: int, width: int, brief: BriefingView, *, tight: bool) -> int:
    """The section; gives the row after it. `tight` leaves out what does not stand between two boxes."""
    paint = canvas.palette
    canvas.rule(x, y, width, "CLUSTER")
    most = max(1, (width + GAP) // (BOX_LEAST + GAP))
    columns = max(1, len(brief.regions) if len(brief.regions) <= most else min(2, most))
    wide = (width - GAP * (columns - 1)) // columns
    y += 1
    for first in range(0, len(brief.regions), columns):
        row = brief.regions[first : first + columns]
        rows = max(len(region.nodes) for region in row) + 2
        for place, region in enumerate(row):
            left = x + place * (wide + GAP)
            _region(canvas, left, y, wide, rows, region, brief)
            if place:
                _gap(canvas, left - GAP, y + rows // 2, _distance(brief, row[place - 1], region))
        y += rows
    for line in wrap("" if tight else _apart(brief), width - 1):
        canvas.put(x + 1, y, line, paint.muted)
        y += 1
    return y


def _region(canvas: Canvas, x: int, y: int, width: int, rows: int, region: RegionPlan, brief: BriefingView) -> None:
    paint = canvas.palette
    if canvas.ink.coloured:
        canvas.fill(x, y, width, rows, paint.area)
    else:
        canvas.box(x, y, width, rows, paint.text)
    ground = paint.area
    canvas.put(x + 2, y, clip(region.name.upper(), width - 4), paint.text, ground, bold=True)
    for row, node in enumerate(region.nodes, y + 1):
        _chip(canvas, x + 2, row, width - 4, node, leads=node == brief.leader)
    bottom = y + rows - 1
    if not region.load:
        canvas.put(x + 2, bottom, clip("no customers", width - 3), paint.muted, ground)
        return
    after = canvas.put(x + 2, bottom, f"⌂ {show_rate(region.load[0][1])}", paint.text, ground, bold=True)
    reads = f"  {show_share(brief.reads_ppm)} reads "
    if after + len(reads) < x + width:
        canvas.put(after, bottom, reads, paint.muted, ground)


def _chip(canvas: Canvas, x: int, y: int, width: int, node: str, *, leads: bool) -> None:
    paint = canvas.palette
    ground = paint.chip_leads if leads else paint.chip
    canvas.fill(x, y, width, 1, ground)
    glyph = Span("♛ " if leads else "○ ", paint.ok if leads else paint.muted, bold=True)
    after = canvas.spans(x + 1, y, glyph, Span(node, paint.text, bold=True), bg=ground)
    if leads and after + 7 <= x + width:
        canvas.put(after, y, "  leads", paint.data, ground)


def _gap(canvas: Canvas, x: int, y: int, distance: DistanceView) -> None:
    paint = canvas.palette
    canvas.put(x, y, "╌" * GAP, paint.link)
    label = show_ms(distance.nodes_us)
    canvas.put(x + (GAP - len(label)) // 2, y - 1, label, paint.data)


def _distance(brief: BriefingView, one: RegionPlan, other: RegionPlan) -> DistanceView:
    return next(d for d in brief.distances if {d.one, d.other} == {one.name, other.name})


def _apart(brief: BriefingView) -> str:
    """All distances, where they do not all stand between two boxes; and what customers take where that differs."""
    parts = []
    if len(brief.regions) > 2:
        parts += [f"{far.one}–{far.other} {show_ms(far.nodes_us)}" for far in brief.distances]
    parts += [
        f"customers {far.one}–{far.other} {show_ms(far.customers_us)}"
        for far in brief.distances
        if far.customers_us != far.nodes_us
    ]
    return " · ".join(parts)
