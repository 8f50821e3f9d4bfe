"""How it ended: score and stars, both budgets with their points, and one plain sentence.

╺━┓ ╺┓  ╺━┓  ★ ★ ☆        UPTIME 97.6%  promised 95%      ████████████▒▒▒▒▒▒▒▒▒▒       52% left    717 points
  ┃  ┃  ┏━┛  a new best   TRUTH  99.1%  promised 98.2%    ███████████▒▒▒▒▒▒▒▒▒▒▒       50% left    707 points
  ╹ ╺┻╸ ┗━╸  ★★★ at 850   Both promises kept. The score is their harmonic mean: truth pulled hardest.
"""

from __future__ import annotations

from capgame.draw.canvas import Canvas, Span, clip, measure, wrap
from capgame.draw.digits import draw_digits
from capgame.draw.top import health_bar, percent
from capgame.play.views.postmortem import HalfView, PostmortemView
from capgame.values.units import show_share

BIG_ROWS, SMALL_ROWS = 4, 3
_WORDS_FROM = 14  # cells for stars and thresholds


def draw_ending_large(canvas: Canvas, y: int, report: PostmortemView) -> None:
    """In BIG_ROWS rows, for a wide canvas."""
    paint = canvas.palette
    x = draw_digits(canvas, 2, y, report.score, paint.text if report.stars else paint.muted) + 2
    _stars(canvas, x, y, report)
    x = max(29, x + _WORDS_FROM)
    for row, half in enumerate((report.uptime, report.truth)):
        _half(canvas, x, y + row, half, sin=paint.wrong if row else paint.unanswered)
    _sentence(canvas, x, y + 2, report, rows=2)


def draw_ending_small(canvas: Canvas, y: int, report: PostmortemView) -> None:
    """In SMALL_ROWS rows: both budgets in one, and the sentence. Score and stars are in the title row."""
    paint, half_width = canvas.palette, canvas.width // 2
    for place, half in enumerate((report.uptime, report.truth)):
        sin = paint.wrong if place else paint.unanswered
        left = place * half_width
        x = canvas.spans(
            1 + left, y, Span(f"{half.name} ", paint.text, bold=True), Span(f"{percent(half.value_ppm)} ", paint.text)
        )  # fmt: skip
        points = Span(f" {half.points:>4}", paint.text if half.kept else sin, bold=True)
        over = f" {_left(half)}" if not half.kept else ""
        end = left + half_width - 2
        health_bar(canvas, x, y, end - len(points.text) - x - len(over), half.left_ppm, sin)
        canvas.right(end - 1, y, Span(over, sin, bold=True), points)
    _sentence(canvas, 1, y + 1, report, rows=2)


def star_spans(canvas: Canvas, stars: int, apart: str = "") -> list[Span]:
    """Stars won and stars left."""
    paint = canvas.palette
    won = max(0, min(3, stars))
    return [
        Span(f"★{apart}" * won, paint.text, bold=True), Span(f"☆{apart}" * (3 - won), paint.dim)
    ]  # fmt: skip


def _stars(canvas: Canvas, x: int, y: int, report: PostmortemView) -> None:
    paint = canvas.palette
    canvas.spans(x, y, *star_spans(canvas, report.stars, " "))
    if report.new_best:
        canvas.put(x, y + 1, "a new best", paint.you)
    elif report.best is not None:
        canvas.put(x, y + 1, f"best {report.best}", paint.muted)
    canvas.put(x, y + 2, _next_star(report), paint.muted)


def _next_star(report: PostmortemView) -> str:
    """What the next star asks for."""
    if report.stars >= 3:
        return "all of them"
    if report.stars == 0:
        return "★ keep both"
    return f"{'★' * (report.stars + 1)} at {report.stars_at[report.stars - 1]}"


def _half(canvas: Canvas, x: int, y: int, half: HalfView, sin: str) -> None:
    paint = canvas.palette
    canvas.spans(
        x, y, Span(f"{half.name:<7}", paint.text, bold=True), Span(percent(half.value_ppm), paint.text, bold=True),
        Span(f"  promised {show_share(half.slo_ppm)}", paint.muted),
    )  # fmt: skip
    points = [
        Span(_left(half), paint.muted if half.kept else sin, bold=not half.kept),
        Span(f"{half.points:>7}", paint.text, bold=True),
        Span(" points", paint.muted),
    ]
    bar = x + 31
    health_bar(canvas, bar, y, canvas.width - 2 - max(27, measure(points)) - bar, half.left_ppm, sin)
    canvas.right(canvas.width - 2, y, *points)


def _left(half: HalfView) -> str:
    """What is left of a budget, or by how much it was overspent."""
    if half.kept:
        return f"{max(half.left_ppm // 10_000, 1 if half.left_ppm else 0)}% left"
    return f"OVER {(1_000_000 - half.left_ppm) // 10_000:,}%"


def _sentence(canvas: Canvas, x: int, y: int, report: PostmortemView, rows: int) -> None:
    """The lead in the colour of how it ended, and the sentence after it."""
    paint = canvas.palette
    lines = wrap(f"{report.lead} {report.sentence}", max(1, canvas.width - 1 - x), rows)
    for row, line in enumerate(lines):
        lead = clip(report.lead, len(line)) if row == 0 else ""
        text = Span(line[len(lead) :], paint.data if report.outcome == "lost" else paint.muted)
        canvas.spans(x, y + row, Span(lead, _lead_hue(canvas, report), bold=True), text)


def _lead_hue(canvas: Canvas, report: PostmortemView) -> str:
    paint = canvas.palette
    if report.outcome == "lost":
        return paint.wrong if report.uptime.kept else paint.unanswered
    return paint.ok if report.outcome == "won" else paint.text
