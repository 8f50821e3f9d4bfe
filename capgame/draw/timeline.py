"""The timeline: faults above, what was served in the middle, your moves below, and one playhead.

    ···········▏╲╱╲╱▼ cut east | west ·····    what the world did, and what was forecast
    ▄▄▄▄▄▄▄▄▄▄▄▄╱╱╱╱┃                          every column is some milliseconds; trouble is bright
    ████████████████┃······················
    0:00──────┬─────┃──0:30──────┬─────────
             tune scope

The future is empty but for warnings. With under five rows the middle is one row and moves are marks on the axis.
"""

from __future__ import annotations

from capgame.draw.canvas import Canvas, Rect, clip
from capgame.draw.look import Look
from capgame.play.views.shift import FaultSpan, SecondView, ShiftView
from capgame.values.units import clock

SECOND_US = 1_000_000


def column_of(view: ShiftView, width: int, at: int) -> int:
    """The column of an instant, on a timeline of that width."""
    return 1 + max(0, at) * (width - 3) // max(1, view.duration)


def second_at(view: ShiftView, width: int, x: int) -> int:
    """The second under the middle of a column: what a click there means."""
    at = max(0, 2 * x - 1) * view.duration // (2 * max(1, width - 3))
    return min(at, view.duration) // SECOND_US


def draw_timeline(canvas: Canvas, view: ShiftView, look: Look) -> None:  # noqa: ARG001 (every part is called alike)
    """All lanes, and the playhead over them."""
    if canvas.width < 12:
        return
    rows = 2 if canvas.height >= 5 else 1
    _faults(canvas, view)
    _served(canvas, view, rows)
    axis = rows + 1
    _axis(canvas, view, axis)
    _moves(canvas, view, axis, named=canvas.height >= 5)
    _playhead(canvas, view, axis)


# -- what the world did


def _faults(canvas: Canvas, view: ShiftView) -> None:
    paint, now = canvas.palette, column_of(view, canvas.width, view.now)
    canvas.put(1, 0, "·" * (canvas.width - 2), paint.faint)
    begun = sorted((f for f in view.faults if f.kind != "warning" and f.begins <= view.now), key=lambda f: f.begins)
    for place, fault in enumerate(begun):
        following = begun[place + 1].begins if place + 1 < len(begun) else None
        _fault(canvas, view, fault, following, now)
    for fault in view.faults:
        if fault.kind == "warning":
            _warning(canvas, view, fault)
    lasting = " and ".join(fault.label for fault in begun if _lasts(fault, view.now))
    if lasting:
        _lasting_label(canvas, view, lasting, now)


def _lasting_label(canvas: Canvas, view: ShiftView, label: str, now: int) -> None:
    """What is on now, after the playhead; before it where the end, or a warning, leaves no room."""
    coming = [column_of(view, canvas.width, f.begins) for f in view.faults if f.kind == "warning"]
    room_after = min([x for x in coming if x > now], default=canvas.width - 1) - now - 3
    if len(label) <= room_after or room_after >= now - 2:
        canvas.put(now + 2, 0, clip(label, room_after), canvas.palette.fault, bold=True)
    else:
        label = clip(label, now - 3)
        canvas.put(now - 1 - len(label), 0, label, canvas.palette.fault, canvas.palette.background, bold=True)


def _lasts(fault: FaultSpan, now: int) -> bool:
    return fault.ends is None or fault.ends > now


def _fault(canvas: Canvas, view: ShiftView, fault: FaultSpan, following: int | None, now: int) -> None:
    """A jagged piece from its beginning to its end, with its name in it where it fits."""
    paint = canvas.palette
    begin = column_of(view, canvas.width, fault.begins)
    over = not _lasts(fault, view.now)
    end = column_of(view, canvas.width, fault.ends) if over and fault.ends is not None else now
    length = max(1, end - begin)
    canvas.put(begin, 0, ("╱╲" * length)[:length], paint.fault, paint.fault_band)
    room = (end if following is None else min(end, column_of(view, canvas.width, following))) - begin
    if over and room >= len(fault.label) + 3:
        canvas.put(begin + 1, 0, f" {fault.label} ", paint.text, paint.fault_band)
    else:
        canvas.put(begin, 0, "▏", paint.fault)


def _warning(canvas: Canvas, view: ShiftView, fault: FaultSpan) -> None:
    paint = canvas.palette
    begin = column_of(view, canvas.width, fault.begins)
    end = column_of(view, canvas.width, fault.ends if fault.ends is not None else view.duration)
    length = max(len(fault.label) + 4, end - begin)
    begin = max(1, min(begin, canvas.width - 1 - length))
    canvas.put(begin, 0, "╌" * length, paint.fault)
    canvas.put(begin + 1, 0, f" {fault.label} ", paint.fault)


# -- what was served


def _served(canvas: Canvas, view: ShiftView, rows: int) -> None:
    now, paint = column_of(view, canvas.width, view.now), canvas.palette
    canvas.put(1, rows, "·" * (canvas.width - 2), paint.faint)
    for x in range(1, canvas.width - 1):
        canvas.mark(Rect(x, 1, 1, rows), ("second", str(second_at(view, canvas.width, x))))
        if x < now:
            _column(canvas, x, rows, _sum(view.seconds[_seconds_of(view, canvas.width, x)]))


def _seconds_of(view: ShiftView, width: int, x: int) -> slice:
    """The seconds that a column sums up; where a second has many columns, the one it mostly is."""
    first, after = ((x - 1 + step) * view.duration // max(1, width - 3) // SECOND_US for step in (0, 1))
    if after - first >= 2:
        return slice(first, after)
    middle = second_at(view, width, x)
    return slice(middle, middle + 1)


def _sum(seconds: tuple[SecondView, ...]) -> tuple[int, int, int]:
    """(ok, late or refused, wrong) of all of them."""
    return sum(s.ok for s in seconds), sum(s.late + s.refused for s in seconds), sum(s.wrong for s in seconds)


def _column(canvas: Canvas, x: int, rows: int, counts: tuple[int, int, int]) -> None:
    ok, unanswered, wrong = counts
    total = sum(counts)
    if not total:
        return
    if not canvas.ink.coloured:
        _column_in_shapes(canvas, x, rows, counts)
        return
    paint = canvas.palette
    trouble = paint.wrong if wrong >= unanswered else paint.unanswered
    level = ok * rows * 8 // total  # rounded down, so that any trouble keeps an eighth
    for row in range(rows):
        part = level - row * 8
        glyph = "█" if part >= 8 or part <= 0 else "▁▂▃▄▅▆▇"[part - 1]
        fg = paint.ok_fill if part > 0 else trouble
        canvas.put(x, rows - row, glyph, fg, trouble if 0 < part < 8 else None)


def _column_in_shapes(canvas: Canvas, x: int, rows: int, counts: tuple[int, int, int]) -> None:
    _, unanswered, wrong = counts
    trouble = "╳" if wrong and wrong >= unanswered else "╱" if unanswered else ""
    if rows == 1:
        canvas.put(x, 1, trouble or "█")
    else:
        canvas.put(x, 1, trouble or "▄")
        canvas.put(x, 2, "█" if counts[0] else trouble)


# -- the axis, the moves, the playhead


def _axis(canvas: Canvas, view: ShiftView, y: int) -> None:
    paint = canvas.palette
    canvas.put(1, y, "─" * (canvas.width - 2), paint.faint)
    seconds = view.duration // SECOND_US
    for second in range(0, seconds + 1, 10):
        x = column_of(view, canvas.width, second * SECOND_US)
        if second % 30 and second != seconds:
            canvas.put(x, y, "┬", paint.dim)
            continue
        label = clock(second * SECOND_US, tenths=False)
        x = min(x, canvas.width - 1 - len(label))
        if not _covered(canvas, view, x, len(label)):
            canvas.put(x, y, label, paint.muted)


def _covered(canvas: Canvas, view: ShiftView, x: int, length: int) -> bool:
    """Whether a mark or the playhead would stand in the label."""
    marks = [column_of(view, canvas.width, move.at) for move in view.moves]
    return any(x - 1 <= mark <= x + length for mark in [*marks, column_of(view, canvas.width, view.now)])


def _moves(canvas: Canvas, view: ShiftView, axis: int, *, named: bool) -> None:
    paint, free = canvas.palette, 1
    for move in view.moves:
        x = column_of(view, canvas.width, move.at)
        canvas.put(x, axis, "▲", paint.you, bold=True)
        if named:
            start = max(free, min(x - len(move.label) // 2, canvas.width - 1 - len(move.label)))
            free = 1 + canvas.put(start, axis + 1, move.label, paint.you if move.done else paint.muted)


def _playhead(canvas: Canvas, view: ShiftView, axis: int) -> None:
    x, paint = min(column_of(view, canvas.width, view.now), canvas.width - 2), canvas.palette
    canvas.put(x, 0, "▼", paint.text, bold=True)
    for y in range(1, axis + 1):
        canvas.put(x, y, "┃", paint.text, bold=True)
