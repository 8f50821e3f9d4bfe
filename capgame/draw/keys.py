"""The footer: the keys that are bound just now."""

from __future__ import annotations

from collections.abc import Iterable

from capgame.draw.canvas import Canvas, Span, measure


def draw_keys(canvas: Canvas, keys: Iterable[tuple[str, str]]) -> None:
    """As many (key, label) as fit, in their order."""
    paint = canvas.palette
    apart = 3 if canvas.width >= 100 else 2
    canvas.fill(0, 0, canvas.width, canvas.height, paint.panel)
    x = 1
    for key, label in keys:
        meta = ("key", key)
        parts = [Span(key, paint.you, bold=True, meta=meta), Span(f" {label}", paint.muted, meta=meta)]
        if x + measure(parts) >= canvas.width:
            return
        x = canvas.spans(x, 0, *parts, bg=paint.panel) + apart
