"""The PAPER page: where the chosen strategy is from, what it promises, how it fails, and what can be turned on it."""

from __future__ import annotations

from capgame.draw.canvas import Canvas, Span, wrap
from capgame.draw.cards import MARKS, sin_hue
from capgame.draw.keys import draw_keys
from capgame.draw.look import Look
from capgame.draw.shift import draw_too_small, too_small
from capgame.play.views.plan import PaperView

_NAMES = 19


def draw_paper(size: tuple[int, int], page: PaperView, look: Look) -> Canvas:
    """The whole page on one canvas."""
    canvas = look.canvas(*size)
    if too_small(*size):
        draw_too_small(canvas)
        return canvas
    paint, width = canvas.palette, min(canvas.width - 4, 96)
    canvas.fill(0, 0, canvas.width, 1, paint.panel)
    canvas.spans(1, 0, Span("Paper", paint.text, True), Span(f"  {page.title}", paint.text), bg=paint.panel)
    y = 2
    for line in wrap(page.paper, width):
        canvas.put(2, y, line, paint.text, bold=True)
        y += 1
    rows = (
        ("promises", "+ ", paint.ok, page.promises),
        ("fails", MARKS[page.sin], sin_hue(canvas, page.sin), page.fails),
    )
    for word, mark, hue, text in rows:
        y += 1
        canvas.put(2, y, word, paint.muted)
        for row, line in enumerate(wrap(text, width - _NAMES)):
            canvas.spans(_NAMES, y, Span(mark if row == 0 else "  ", hue, True), Span(line, paint.text))
            y += 1
    y = _knobs(canvas, y + 1, width, page)
    footer = look.canvas(canvas.width, 1)
    draw_keys(footer, look.keys)
    canvas.paste(0, canvas.height - 1, footer)
    return canvas


def _knobs(canvas: Canvas, y: int, width: int, page: PaperView) -> int:
    paint = canvas.palette
    canvas.rule(1, y, width, "KNOBS", "as this level has them")
    y += 1
    for name, value, help_line in page.knobs:
        canvas.spans(2, y, Span(f"{name:<{_NAMES - 2}}", paint.muted), Span(value or "–", paint.text, True))
        for line in wrap(help_line, width - _NAMES - 14):
            canvas.put(_NAMES + 14, y, line, paint.data)
            y += 1
    return y
