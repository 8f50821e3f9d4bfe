"""The SHIFT screen, whole: which part stands where at which size.

Breakpoints are independent. Under 100 columns there is no side panel (a drawer over the map instead); under 32 rows
the top, the headline and the timeline lose their air. Never folded: headline, both budgets, wall, customers,
playhead, attention. 80x24 is the least, and smaller says so.
"""

from __future__ import annotations

from dataclasses import dataclass

from capgame.draw.canvas import Canvas, Rect, Span
from capgame.draw.command import draw_command
from capgame.draw.headline import draw_headline
from capgame.draw.keys import draw_keys
from capgame.draw.look import Look
from capgame.draw.map import draw_map, map_places
from capgame.draw.moves import draw_moves, moves_width
from capgame.draw.side import draw_drawer, draw_side
from capgame.draw.timeline import draw_timeline
from capgame.draw.top import draw_top
from capgame.play.views.shift import ShiftView

LEAST_WIDTH, LEAST_HEIGHT = 80, 24
WIDE, TALL = 100, 32
SIDE_WIDTH, DRAWER_WIDTH = 38, 34  # a drawer leaves the gutter free, and so the wall


@dataclass(frozen=True, slots=True)
class ShiftParts:
    """The rectangle of every part; None where a part is folded."""

    top: Rect
    headline: Rect
    map: Rect
    side: Rect | None
    drawer: Rect | None
    timeline: Rect
    moves: Rect
    command: Rect | None
    keys: Rect


def too_small(width: int, height: int) -> bool:
    """Whether a terminal is smaller than the game can be played in."""
    return width < LEAST_WIDTH or height < LEAST_HEIGHT


def shift_parts(width: int, height: int, view: ShiftView, look: Look) -> ShiftParts:
    """Lay the screen out."""
    tall, wide = height >= TALL, width >= WIDE
    top, headline, timeline = (3, 3, 5) if tall else (2, 2, 3)
    crowded = moves_width(view) > width
    moves = 2 if (wide and tall) or crowded else 1
    command = 0 if crowded and not tall and not look.command.open else 1
    moves = 1 if crowded and not tall and command else moves
    map_top = top + headline
    rows = max(0, height - map_top - timeline - moves - command - 1)
    y = map_top + rows
    map_width = width - SIDE_WIDTH - 1 if wide else width
    area = Rect(0, map_top, map_width, rows)
    return ShiftParts(
        top=Rect(0, 0, width, top),
        headline=Rect(0, top, width, headline),
        map=area,
        side=Rect(map_width + 1, map_top, SIDE_WIDTH, rows) if wide else None,
        drawer=_drawer(area, view, look) if look.drawer and not wide else None,
        timeline=Rect(0, y, width, timeline),
        moves=Rect(0, y + timeline, width, moves),
        command=Rect(0, y + timeline + moves, width, 1) if command else None,
        keys=Rect(0, height - 1, width, 1),
    )


def draw_shift(size: tuple[int, int], view: ShiftView, look: Look) -> Canvas:
    """The whole screen on one canvas."""
    width, height = size
    canvas = look.canvas(width, height)
    if too_small(width, height):
        draw_too_small(canvas)
        return canvas
    parts = shift_parts(width, height, view, look)
    for rect, draw in (
        (parts.top, draw_top),
        (parts.headline, draw_headline),
        (parts.map, draw_map),
        (parts.side, draw_side),
        (parts.timeline, draw_timeline),
        (parts.moves, draw_moves),
        (parts.command, draw_command),
    ):
        if rect is not None:
            part = look.canvas(rect.width, rect.height)
            draw(part, view, look)
            canvas.paste(rect.x, rect.y, part)
    if parts.drawer is not None:
        part = look.canvas(parts.drawer.width, parts.drawer.height)
        draw_drawer(part, view, look, edge_right=parts.drawer.x == 0)
        canvas.paste(parts.drawer.x, parts.drawer.y, part)
    footer = look.canvas(parts.keys.width, parts.keys.height)
    draw_keys(footer, look.keys)
    canvas.paste(parts.keys.x, parts.keys.y, footer)
    return canvas


def draw_too_small(canvas: Canvas) -> None:
    """What a terminal that is too small is told."""
    lines = [
        f"capgame needs {LEAST_WIDTH}x{LEAST_HEIGHT}",
        f"this is {canvas.width}x{canvas.height}",
        "make the window larger",
    ]
    top = max(0, (canvas.height - len(lines)) // 2)
    for place, line in enumerate(lines):
        x = max(0, (canvas.width - len(line)) // 2)
        canvas.spans(x, top + place, Span(line, canvas.palette.text if place else canvas.palette.unanswered, not place))


def _drawer(area: Rect, view: ShiftView, look: Look) -> Rect:
    """Over the half of the map that the focused node is not in."""
    width = min(DRAWER_WIDTH, area.width)
    chip = map_places(area.width, area.height, view).chips.get(look.focus)
    on_the_right = chip is not None and chip.x + chip.width // 2 < area.width // 2
    return Rect(area.right - width if on_the_right else 0, area.y, width, area.height)
