"""The side panel: the pager, who holds what, the knobs; a focused node takes the place of the last two."""

from __future__ import annotations

from capgame.draw.canvas import Canvas, Rect, Span, wrap
from capgame.draw.copies import copies_rows, draw_copies
from capgame.draw.inspect import INSPECTOR_ROWS, draw_inspector
from capgame.draw.look import Look
from capgame.play.views.shift import LogLine, ShiftView
from capgame.values.units import show_seconds

_MARKS = {"fault": "✕", "late": "–", "wrong": "≠", "you": "▸", "info": "·"}
_TEXT_FROM = 8  # columns that the time and the mark take


def draw_side(canvas: Canvas, view: ShiftView, look: Look) -> None:
    """The whole panel, from the bottom up: what is left over belongs to the pager."""
    x, width = 1, canvas.width - 2
    if look.focus and any(node.name == look.focus for node in view.nodes):
        bottom = max(0, canvas.height - INSPECTOR_ROWS)
        draw_inspector(canvas, Rect(x, bottom, width, canvas.height - bottom), view, look.focus)
    else:
        bottom = _copies_and_knobs(canvas, x, width, view)
    if bottom >= 2:
        _pager(canvas, x, width, bottom - 1, view.log)


def draw_drawer(canvas: Canvas, view: ShiftView, look: Look, *, edge_right: bool) -> None:
    """The panel as a drawer over the map: the inspector alone, or everything."""
    canvas.fill(0, 0, canvas.width, canvas.height, canvas.palette.background)
    if look.drawer == "inspect" and look.focus:
        draw_inspector(canvas, Rect(1, 0, canvas.width - 2, canvas.height), view, look.focus)
    elif look.drawer == "pager":
        _pager(canvas, 1, canvas.width - 2, canvas.height, view.log)
    else:
        draw_side(canvas, view, look)
    for y in range(canvas.height):
        canvas.put(canvas.width - 1 if edge_right else 0, y, "▕" if edge_right else "▏", canvas.palette.you)


def _copies_and_knobs(canvas: Canvas, x: int, width: int, view: ShiftView) -> int:
    """Draw both at the bottom; gives the row they begin in."""
    knobs = len(view.knobs) + 1 if view.knobs else 0
    rows = copies_rows(view.nodes) + (1 if knobs else 0)
    top = max(0, canvas.height - rows - knobs)
    y = draw_copies(canvas, x, top, width, view.nodes)
    if knobs:
        canvas.rule(x, y + 1, width, "KNOBS")
        for place, knob in enumerate(view.knobs):
            canvas.spans(
                x, y + 2 + place, Span(f"{knob.name:<16} ", canvas.palette.muted),
                Span(knob.value, canvas.palette.text, bold=True),
            )  # fmt: skip
    return top


def _pager(canvas: Canvas, x: int, width: int, rows: int, log: tuple[LogLine, ...]) -> None:
    """Newest first, one plain sentence each; a sentence that would be cut is left out, unless it is the only one."""
    paint = canvas.palette
    canvas.rule(x, 0, width, "PAGER")
    hues = {"fault": paint.fault, "late": paint.unanswered, "wrong": paint.wrong, "you": paint.you, "info": paint.muted}
    y = 1
    for line in log:
        text = wrap(line.text, max(1, width - _TEXT_FROM + 1), max(1, rows - 1))
        if y + len(text) > rows and y > 1:
            return
        when = show_seconds(line.at).removesuffix(" s")
        canvas.spans(
            x, y, Span(f"{when:>4}", paint.muted), Span(f" {_MARKS.get(line.kind, '·')} ", hues.get(line.kind), True)
        )  # fmt: skip
        for row in text:
            canvas.put(x + _TEXT_FROM - 1, y, row, paint.muted if line.kind == "info" else paint.text)
            y += 1
