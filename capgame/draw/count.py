"""What was counted: every operation by its fate, and what each promise could spare and did spend."""

from __future__ import annotations

from capgame.draw.canvas import Canvas, Rect, Span
from capgame.play.views.postmortem import HalfView, PostmortemView


def count_rows(report: PostmortemView) -> int:
    """How many rows the section takes."""
    return 4 + bool(report.contracts)


def draw_count(canvas: Canvas, rect: Rect, report: PostmortemView) -> None:
    """The section, one line for the fates, one for each half, and one for the contracts of levels that have any."""
    paint = canvas.palette
    canvas.rule(rect.x, rect.y, rect.width, "COUNTED", f"{report.offered:,} asked")
    x = rect.x + 2
    for word, count in report.counts:
        hue = paint.ok if word == "in time" else paint.unanswered if count else paint.muted
        x = canvas.spans(x, rect.y + 1, Span(f"{word} ", paint.muted), Span(f"{count:,}", hue, bold=True)) + 3
    _half(canvas, rect, rect.y + 2, report.uptime, "unserved", paint.unanswered)
    _half(canvas, rect, rect.y + 3, report.truth, "spent on wrong answers", paint.wrong)
    x = rect.x + 2
    for name, kept in report.contracts:
        x = canvas.spans(
            x, rect.y + 4, Span(f"{name} ", paint.muted),
            Span("✓ kept" if kept else "≠ broken", paint.ok if kept else paint.wrong, bold=True),
        ) + 3  # fmt: skip


def _half(canvas: Canvas, rect: Rect, y: int, half: HalfView, what: str, sin: str) -> None:
    paint = canvas.palette
    canvas.spans(
        rect.x + 2, y, Span(f"{half.name.lower():<8}", paint.muted),
        Span(_amount(half.spent), paint.text if half.kept else sin, bold=True),
        Span(f" {what}, ", paint.muted), Span(_amount(half.budget), paint.text, bold=True),
        Span(" could be spared", paint.muted),
    )  # fmt: skip


def _amount(amount: float) -> str:
    return f"{amount:,.1f}".removesuffix(".0")
