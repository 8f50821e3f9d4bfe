"""The takeaway: one thought to keep, one question to carry home, and where it is from."""

from __future__ import annotations

from collections.abc import Iterator

from capgame.draw.canvas import Canvas, Rect, Span, clip, wrap
from capgame.play.views.postmortem import PostmortemView


def takeaway_rows(report: PostmortemView, width: int, most: int) -> int:
    """How many rows it takes, at most `most`."""
    return len(list(_lines(report, width, most)))


def draw_takeaway(canvas: Canvas, rect: Rect, report: PostmortemView) -> None:
    """The box, as high as its words."""
    paint = canvas.palette
    styles = {"aha": (paint.text, True), "ask": (paint.muted, False), "source": (paint.muted, False), "": ("", False)}
    for row, (kind, line) in enumerate(_lines(report, rect.width, rect.height), rect.y):
        fg, bold = styles[kind]
        canvas.fill(rect.x, row, rect.width, 1, paint.chip_silent)
        canvas.put(rect.x, row, "▌", paint.you, paint.chip_silent)
        canvas.spans(rect.x + 2, row, Span(line, fg or None, bold), bg=paint.chip_silent)


def _lines(report: PostmortemView, width: int, most: int) -> Iterator[tuple[str, str]]:
    """Lines with their kinds. The thought comes first; what has no room after it is left out whole, or cut short."""
    room = max(1, width - 3)
    aha = wrap(report.aha, room, most)
    ask = wrap(report.ask, room, max(0, most - len(aha)))
    source = [clip(report.source, room)] if report.source else []
    gap = 1 if ask and len(aha) + len(ask) + 1 <= most else 0
    yield from (("aha", line) for line in aha)
    yield from (("", "") for _ in range(gap))
    yield from (("ask", line) for line in ask)
    if len(aha) + gap + len(ask) + len(source) <= most:
        yield from (("source", line) for line in source)
