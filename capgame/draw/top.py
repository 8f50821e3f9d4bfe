"""The two rows that are never folded: what is played and how late it is, and what is left of both promises.

Budgets only drain. The eaten part of a bar wears the colour of its sin: amber for unanswered, magenta for wrong.
Overspent, the bar is full of it and says so: `OVER 140%`.
"""

from __future__ import annotations

from capgame.draw.canvas import Canvas, Span, clip, measure
from capgame.draw.look import Look
from capgame.play.views.shift import BudgetView, ShiftView
from capgame.values.units import clock, show_share

_ROOM_FOR_COUNTS = 76  # cells of half a screen
_SOON_US = 15_000_000  # when "gone in 9s" appears


def draw_top(canvas: Canvas, view: ShiftView, look: Look) -> None:
    """The title row, and both budgets in one row or two, as the canvas has room."""
    _title_row(canvas, view, look)
    half = canvas.width // 2
    bright = bool(look.risen)  # a charged answer shows at the edge of truth, too
    for place, budget in enumerate((view.uptime, view.truth)):
        sin = canvas.palette.wrong if place else canvas.palette.unanswered
        x, width = 1 + place * half, half - 2
        if canvas.height >= 3:
            _budget_words(canvas, x, 1, width, budget, sin)
            health_bar(canvas, x, 2, width, budget.left_ppm, sin, bright=bool(place) and bright)
        else:
            _budget_in_one_row(canvas, x, width, budget, sin)


def percent(ppm: int) -> str:
    """A share with one decimal, never rounded up: 98.1%, 100%."""
    tenths = ppm // 1_000
    return "100%" if ppm >= 1_000_000 else f"{tenths // 10}.{tenths % 10}%" if tenths >= 0 else "0.0%"


def left_text(budget: BudgetView) -> str:
    """What is left of a budget: 62%, or OVER 140% of what it was."""
    if budget.left_ppm < 0:
        return f"OVER {(1_000_000 - budget.left_ppm) // 10_000}%"
    # A rest that rounds to nothing is still a rest.
    return f"{max(budget.left_ppm // 10_000, 1 if budget.left_ppm else 0)}%"


def health_bar(
    canvas: Canvas, x: int, y: int, width: int, left_ppm: int, sin: str, *, bright: bool = False
) -> None:  # fmt: skip
    """What is left, then what is eaten, with an edge between."""
    if width <= 0:
        return
    paint = canvas.palette
    left = max(0, min(width, (left_ppm * width + 500_000) // 1_000_000))
    if 0 < left_ppm < 1_000_000:
        left = max(1, min(width - 1, left))  # a little left is not nothing, a little eaten neither
    canvas.put(x, y, "█" * left, paint.ok_fill)
    canvas.put(x + left, y, "▒" * (width - left), sin)
    if 0 < left < width:
        canvas.put(x + left - 1, y, "█", paint.text if bright else paint.ok)


def _title_row(canvas: Canvas, view: ShiftView, look: Look) -> None:
    paint, small = canvas.palette, canvas.width < 100
    canvas.fill(0, 0, canvas.width, 1, paint.panel)
    middle = max(0, canvas.width // 2 - 11)
    title = clip(view.title, max(8, middle - len(view.place) - 5))
    strategy = "" if small else clip(f"  {view.strategy}", max(0, middle - len(title) - len(view.place) - 5))
    canvas.spans(
        1, 0, Span(title, paint.text, bold=True), Span(f"  {view.place}", paint.muted), Span(strategy, paint.muted),
        bg=paint.panel,
    )  # fmt: skip
    canvas.spans(
        middle, 0,
        Span("‖ " if look.paused else "▸ ", paint.you, bold=True, meta=("key", "space")),
        Span(clock(view.now), paint.text, bold=True), Span(f" / {clock(view.duration, tenths=False)}  ", paint.muted),
        Span(look.speed, paint.you, bold=True),
        bg=paint.panel,
    )  # fmt: skip
    stars = max(0, min(3, view.stars))
    canvas.right(
        canvas.width - 2, 0, Span("score ", paint.muted), Span(f"{view.score}  ", paint.text, bold=True),
        Span("★" * stars, paint.text, bold=True), Span("☆" * (3 - stars), paint.dim),
        bg=paint.panel,
    )  # fmt: skip


def _budget_words(canvas: Canvas, x: int, y: int, width: int, budget: BudgetView, sin: str) -> None:
    paint, over = canvas.palette, budget.left_ppm < 0
    soon = _soon(budget)
    name = [Span(budget.name, paint.text, bold=True), Span(f"  {percent(budget.value_ppm)}", paint.text, bold=True)]
    left = [
        Span(f"{soon}   " if soon else "", sin, bold=True),
        Span(left_text(budget), sin if over else paint.text, bold=True),
        Span("" if over else " of budget left", paint.muted),
    ]
    promise = Span(f"  promised {show_share(budget.slo_ppm)}", paint.muted)
    if measure([*name, promise, *left]) + 2 <= width:
        name.append(promise)
    count = Span(f"   {budget.left_count}", paint.muted)
    if not over and width >= _ROOM_FOR_COUNTS:
        left.append(count)
    canvas.spans(x, y, *name)
    canvas.right(x + width - 1, y, *left)


def _soon(budget: BudgetView) -> str:
    if budget.gone_in_us is None or budget.gone_in_us >= _SOON_US or budget.left_ppm <= 0:
        return ""
    return f"gone in {max(1, budget.gone_in_us // 1_000_000)}s"


def _budget_in_one_row(canvas: Canvas, x: int, width: int, budget: BudgetView, sin: str) -> None:
    paint = canvas.palette
    alarming = budget.left_ppm < 0 or bool(_soon(budget))
    left = Span(left_text(budget), sin if alarming else paint.text, bold=True)
    bar = canvas.spans(x, 1, Span(budget.name, paint.text, bold=True), f" {percent(budget.value_ppm)} ")
    health_bar(canvas, bar, 1, x + width - bar - max(6, len(left.text) + 2), budget.left_ppm, sin)
    canvas.right(x + width - 2, 1, left)
