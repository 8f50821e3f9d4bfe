"""The POSTMORTEM screen, whole: which part stands where at which size.

Reading order: score and stars, which half was weak, how much was yours, the worst cause (already open), one thought
to keep. Breakpoints are independent: a canvas of 100 columns and 32 rows has big digits, a frontier as high as the
lists, and the takeaway under it; smaller ones have the takeaway across the foot.
"""

from __future__ import annotations

from capgame.draw.canvas import Canvas, Rect, Span, clip, measure
from capgame.draw.causes import causes_rows, draw_causes
from capgame.draw.ceilings import draw_ceilings, range_note
from capgame.draw.count import count_rows, draw_count
from capgame.draw.course import ROWS_LEAST, draw_course
from capgame.draw.ending import (
    BIG_ROWS,
    SMALL_ROWS,
    draw_ending_large,
    draw_ending_small,
    star_spans,
)
from capgame.draw.frontier import draw_frontier
from capgame.draw.keys import draw_keys
from capgame.draw.look import Look
from capgame.draw.offers import draw_offer_row
from capgame.draw.shift import TALL, WIDE, draw_too_small, too_small
from capgame.draw.takeaway import draw_takeaway, takeaway_rows
from capgame.play.views.postmortem import PostmortemView
from capgame.values.units import show_share

COURSE_ROWS = 9
GAP = 1
FRONTIER_ROWS_LEAST = 10


def draw_postmortem(
    size: tuple[int, int], report: PostmortemView, look: Look, selected: int | None = None
) -> Canvas:  # fmt: skip
    """The whole screen on one canvas. `selected` is the place of a cause in `report.causes`; None: the worst."""
    canvas = look.canvas(*size)
    if too_small(*size):
        draw_too_small(canvas)
        return canvas
    place = report.worst if selected is None else max(0, min(selected, len(report.causes) - 1))
    _title_row(canvas, report)
    if canvas.width >= WIDE and canvas.height >= TALL:
        _large(canvas, report, place)
    else:
        _small(canvas, report, place)
    draw_offer_row(canvas, 1, canvas.height - 2, "again with", report.offers)
    footer = look.canvas(canvas.width, 1)
    draw_keys(footer, look.keys)
    canvas.paste(0, canvas.height - 1, footer)
    return canvas


def _large(canvas: Canvas, report: PostmortemView, place: int) -> None:
    draw_ending_large(canvas, 2, report)
    y = 3 + BIG_ROWS
    canvas.rule(1, y, canvas.width - 2, "WHO COULD BE SERVED", range_note(report.ceilings))
    draw_ceilings(canvas, 1, y + 1, canvas.width - 2, report.ceilings, rows=2)
    left, right = _columns(canvas, y + 5, canvas.height - 2)
    _lists(canvas, left, report, place)
    box = takeaway_rows(report, right.width, right.height - FRONTIER_ROWS_LEAST - 1)
    plot = Rect(right.x, right.y, right.width, right.height - box - (1 if box else 0))
    _frontier(canvas, plot, report)
    draw_takeaway(canvas, Rect(right.x, right.bottom - box, right.width, box), report)


def _small(canvas: Canvas, report: PostmortemView, place: int) -> None:
    draw_ending_small(canvas, 1, report)
    y = 1 + SMALL_ROWS
    draw_ceilings(canvas, 1, y, canvas.width - 2, report.ceilings)
    foot = canvas.height - (2 if len(report.offers) > 1 else 1)
    box = takeaway_rows(report, canvas.width - 2, max(2, (canvas.height - 14) // 2))
    left, right = _columns(canvas, y + 2, foot - box)
    _lists(canvas, left, report, place)
    _frontier(canvas, right, report)
    draw_takeaway(canvas, Rect(1, foot - box, canvas.width - 2, box), report)


def _columns(canvas: Canvas, top: int, bottom: int) -> tuple[Rect, Rect]:
    """The lists left, the frontier right."""
    width = canvas.width * 55 // 100
    apart = 4 if canvas.width >= WIDE else 3
    x = width + apart
    return Rect(1, top, width, bottom - top), Rect(x, top, canvas.width - x - 1, bottom - top)


def _lists(canvas: Canvas, rect: Rect, report: PostmortemView, place: int) -> None:
    """The causes, and under them what was counted, and the course of the shift, where that leaves room."""
    rows = causes_rows(report, rect.width, place, rect.height)
    free = rect.height - rows
    course = min(COURSE_ROWS, free - GAP)
    if course < ROWS_LEAST:
        rows, course = rect.height, 0
    draw_causes(canvas, Rect(rect.x, rect.y, rect.width, rows), report, place)
    selected = report.causes[place] if report.causes else None
    draw_course(canvas, Rect(rect.x, rect.bottom - course, rect.width, course), report, selected)
    count = count_rows(report)
    if free - course - GAP >= count + GAP:
        draw_count(canvas, Rect(rect.x, rect.bottom - course - GAP - count, rect.width, count), report)


def _frontier(canvas: Canvas, rect: Rect, report: PostmortemView) -> None:
    note = report.frontier_note
    if len(note) > rect.width - 14:
        note = note.split(", ")[-1]
    canvas.rule(rect.x, rect.y, rect.width, "FRONTIER", clip(note, max(0, rect.width - 12)))
    promised = (show_share(report.uptime.slo_ppm), show_share(report.truth.slo_ppm))
    plot = Rect(rect.x, rect.y + 1, rect.width, rect.height - 1)
    draw_frontier(canvas, plot, report.frontier, report.stars_at, promised)


def _title_row(canvas: Canvas, report: PostmortemView) -> None:
    paint = canvas.palette
    canvas.fill(0, 0, canvas.width, 1, paint.panel)
    count = len(report.moves)
    moves = f"{count} move{'' if count == 1 else 's'}" if count else "no moves"
    right = [
        Span(f"{report.place}   ", paint.muted), *star_spans(canvas, report.stars),
        Span(f" {report.score}", paint.text, bold=True),
    ]  # fmt: skip
    room = canvas.width - measure(right) - 4
    title = clip(report.title, max(1, room - 30))
    how = f"  {report.offer} · {moves} · seed {report.seed}"
    canvas.spans(
        1, 0, Span("Postmortem", paint.text, bold=True), Span(f"  {title}", paint.text),
        Span(clip(how, max(0, room - 12 - len(title))), paint.muted), bg=paint.panel,
    )  # fmt: skip
    canvas.right(canvas.width - 2, 0, *right, bg=paint.panel)
