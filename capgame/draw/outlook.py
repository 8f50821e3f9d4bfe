"""What a plan comes to when it breaks: one line for each thing that may happen, `✓`, `–` or `≠`."""

from __future__ import annotations

from capgame.draw.canvas import Canvas, Rect, Span, clip, measure
from capgame.draw.cards import MARKS, sin_hue
from capgame.play.views.outlook import Outlook
from capgame.strategies.knob import Sin

_NAMES = 15


def outlook_rows(outlooks: tuple[Outlook, ...]) -> int:
    """How many rows the section takes where nothing wraps."""
    return 1 + len(outlooks) if outlooks else 0


def draw_outlook(canvas: Canvas, rect: Rect, outlooks: tuple[Outlook, ...]) -> int:
    """The section, as far as there is room; gives the row after it."""
    if not outlooks or rect.height < 2:
        return rect.y
    canvas.rule(rect.x, rect.y, rect.width, "AND WHEN IT BREAKS", "left alone")
    y = rect.y + 1
    for outlook in outlooks:
        if y >= rect.bottom:
            break
        canvas.put(rect.x + 1, y, clip(outlook.when, _NAMES - 2), canvas.palette.muted)
        y = _says(canvas, Rect(rect.x + _NAMES, y, rect.width - _NAMES, rect.bottom - y), outlook) + 1
    return y


def _says(canvas: Canvas, rect: Rect, outlook: Outlook) -> int:
    """The clauses one after the other; one that does not fit begins a row. Gives the last row."""
    x, y = rect.x, rect.y
    for risk in outlook.says:
        served = risk.sin is Sin.NONE
        mark = Span(
            "✓ " if served else MARKS[risk.sin], canvas.palette.ok if served else sin_hue(canvas, risk.sin), True
        )
        words = [mark, Span(clip(risk.text, rect.width - 3), canvas.palette.text)]
        if x > rect.x and x + measure(words) > rect.right:
            x, y = rect.x, y + 1
        if y < rect.bottom:
            x = canvas.spans(x, y, *words) + 2
    return min(y, rect.bottom - 1)
