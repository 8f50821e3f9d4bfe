"""What a plan costs on a good day: per group and operation, the way and the agreement against the deadline.

us write  █▓·······························┃··    7 ms
"""

from __future__ import annotations

from capgame.draw.canvas import Canvas, Rect, Span, clip
from capgame.play.views.plan import GoodDayView, show_ms

_NAMES, _TIMES = 14, 9
_PAST = 9, 8  # the bar goes on an eighth beyond the latest deadline


def good_day_rows(days: tuple[GoodDayView, ...]) -> int:
    """How many rows the section takes, its legend included."""
    return 2 + len(days)


def draw_good_day(canvas: Canvas, rect: Rect, days: tuple[GoodDayView, ...]) -> int:
    """The section; gives the row after it."""
    paint = canvas.palette
    deadlines = {day.deadline_us for day in days}
    note = f"deadline ┃ {show_ms(deadlines.pop())}" if len(deadlines) == 1 else "deadline ┃"
    title = "WHAT THIS COSTS ON A GOOD DAY" if rect.width >= 48 else "ON A GOOD DAY"
    canvas.rule(rect.x, rect.y, rect.width, title, note)
    most = max([day.deadline_us * _PAST[0] // _PAST[1] for day in days] + [day.day.total_us for day in days], default=1)
    y = rect.y + 1
    for day in days[: max(0, rect.height - 1)]:
        _bar(canvas, rect, y, day, max(1, most))
        y += 1
    if y < rect.bottom:
        x = rect.x + _NAMES
        canvas.spans(
            x, y, Span("█", paint.ok_fill), Span(" the way   ", paint.muted),
            Span("▓", paint.you), Span(" disks and other copies", paint.muted),
        )  # fmt: skip
        y += 1
    return y


def _bar(canvas: Canvas, rect: Rect, y: int, day: GoodDayView, most: int) -> None:
    paint = canvas.palette
    x, width = rect.x + _NAMES, max(1, rect.width - _NAMES - _TIMES)
    canvas.put(rect.x + 1, y, f"{clip(day.group, _NAMES - 3 - len(day.f))} {day.f}", paint.muted)
    canvas.put(x, y, "·" * width, paint.faint)
    road = max(1, day.day.road_us * width // most) if day.day.road_us else 0
    whole = max(road + (day.day.agreement_us > 0), day.day.total_us * width // most)
    canvas.put(x, y, "█" * min(road, width), paint.ok_fill)
    canvas.put(x + road, y, "▓" * min(whole - road, width - road), paint.you)
    canvas.put(x + min(width - 1, day.deadline_us * width // most), y, "┃", paint.text, bold=True)
    late = day.day.total_us > day.deadline_us
    words = f"{'~ ' if late else ''}{show_ms(day.day.total_us)}"
    canvas.right(rect.right - 1, y, Span(words, paint.unanswered if late else paint.text, bold=True))
