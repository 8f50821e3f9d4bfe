"""The course of a whole shift in a few rows: what the world did, what was served each second, and your moves.

············▏╲╱ cut n3 | n1 n2 ╱╲╱╲╱╲················
████████████▅▅▅▅███████████████████████████████████
0:00────────━━━━────────0:30───────────────────1:00    the selected cause is underlined
                ▲ route eu n1
"""

from __future__ import annotations

from capgame.draw.canvas import Canvas, Rect, clip
from capgame.play.views.causes import CauseView
from capgame.play.views.postmortem import PostmortemView
from capgame.play.views.shift import FaultSpan, SecondView
from capgame.values.units import clock

SECOND_US = 1_000_000
ROWS_LEAST = 5  # head, faults, one row of bars, axis, moves
BARS_MOST = 5
_EIGHTHS = "▁▂▃▄▅▆▇"


def draw_course(canvas: Canvas, rect: Rect, report: PostmortemView, selected: CauseView | None) -> None:
    """The section; more rows than it needs stay empty."""
    if rect.height < ROWS_LEAST or rect.width < 24 or not report.seconds:
        return
    canvas.rule(rect.x, rect.y, rect.width, "THE SHIFT", "served, second by second")
    bars = min(BARS_MOST, rect.height - ROWS_LEAST + 1)
    _faults(canvas, rect, rect.y + 1, report)
    for x in range(rect.width):
        _column(canvas, rect.x + x, rect.y + 2, bars, _seconds_of(report, rect.width, x))
    axis = rect.y + 2 + bars
    _axis(canvas, rect, axis, report, selected)
    _moves(canvas, rect, axis, report)


def column_of(report: PostmortemView, width: int, at: int) -> int:
    """The column of an instant, from 0."""
    return min(width - 1, max(0, at) * width // max(1, report.duration))


def _seconds_of(report: PostmortemView, width: int, x: int) -> tuple[SecondView, ...]:
    """The seconds under a column; on a wide canvas neighbours share one."""
    seconds = len(report.seconds)
    first = x * seconds // width
    return report.seconds[first : max(first + 1, (x + 1) * seconds // width)]


def _faults(canvas: Canvas, rect: Rect, y: int, report: PostmortemView) -> None:
    canvas.put(rect.x, y, "·" * rect.width, canvas.palette.faint)
    for place, fault in enumerate(report.faults):
        following = report.faults[place + 1].begins if place + 1 < len(report.faults) else report.duration
        _fault(canvas, rect, y, report, fault, following)


def _fault(
    canvas: Canvas, rect: Rect, y: int, report: PostmortemView, fault: FaultSpan, following: int
) -> None:  # fmt: skip
    """A jagged piece with its name in it, as far as the next one leaves room."""
    paint = canvas.palette
    ends = report.duration if fault.ends is None else fault.ends
    begin, end = column_of(report, rect.width, fault.begins), column_of(report, rect.width, ends)
    length = max(1, end - begin)
    canvas.put(rect.x + begin, y, ("╱╲" * length)[:length], paint.fault, paint.fault_band)
    room = min(end, column_of(report, rect.width, max(following, fault.begins))) - begin - 4
    if room >= 8:
        canvas.put(rect.x + begin + 2, y, f" {clip(fault.label, room)} ", paint.text, paint.fault_band)


def _column(canvas: Canvas, x: int, y: int, rows: int, seconds: tuple[SecondView, ...]) -> None:
    """One column: served below, trouble above it. Any trouble keeps an eighth, without colour a cell."""
    paint = canvas.palette
    ok = sum(second.ok for second in seconds)
    wrong = sum(second.wrong for second in seconds)
    missed = sum(second.late + second.refused for second in seconds)
    if not ok + wrong + missed:
        canvas.put(x, y + rows - 1, "·", paint.faint)
        return
    trouble, shape = (paint.wrong, "╳") if wrong >= missed else (paint.unanswered, "╱")
    level = ok * rows * 8 // (ok + wrong + missed)
    for row in range(rows):
        part = level - 8 * row
        bottom = y + rows - 1 - row
        if part >= 8:
            canvas.put(x, bottom, "█", paint.ok_fill)
        elif not canvas.ink.coloured:
            canvas.put(x, bottom, shape)
        elif part <= 0:
            canvas.put(x, bottom, "█", trouble)
        else:
            canvas.put(x, bottom, _EIGHTHS[part - 1], paint.ok_fill, trouble)


def _axis(canvas: Canvas, rect: Rect, y: int, report: PostmortemView, selected: CauseView | None) -> None:
    paint = canvas.palette
    canvas.put(rect.x, y, "─" * rect.width, paint.faint)
    if selected is not None:
        begin = column_of(report, rect.width, selected.first_us)
        length = column_of(report, rect.width, selected.last_us) - begin + 1
        canvas.put(rect.x + begin, y, "━" * length, paint.you, bold=True)
    for at in range(0, report.duration + 1, 30 * SECOND_US):
        label = clock(at, tenths=False)
        x = min(column_of(report, rect.width, at), rect.width - len(label))
        canvas.put(rect.x + x, y, label, paint.muted)


def _moves(canvas: Canvas, rect: Rect, axis: int, report: PostmortemView) -> None:
    """Each move under its instant; a name that would run into the one before it is left out."""
    paint, free = canvas.palette, rect.x
    for move in report.moves:
        x = rect.x + column_of(report, rect.width, move.at)
        hue = paint.you if move.done else paint.muted
        label = f"▲ {move.label}" if move.done else f"△ {move.label}"
        start = x if x + len(label) <= rect.right else rect.right - len(label)
        if start >= free:
            free = canvas.put(start, axis + 1, label, hue, bold=True) + 2
        else:
            canvas.put(x, axis + 1, label[0], hue, bold=True)
