"""The knobs of a plan: each with its values, the chosen one in brackets, and what that costs and risks.

▸ reads             log  [index]  lease   local
    +2 ms a read. The leader asks a majority before it answers. Never stale.
"""

from __future__ import annotations

from capgame.draw.canvas import Canvas, Rect, Span, wrap
from capgame.draw.cards import MARKS, sin_hue
from capgame.play.views.plan import PlanKnob
from capgame.strategies.knob import Sin

_NAMES = 19


def knobs_rows(knobs: tuple[PlanKnob, ...], width: int, at: int | None = None) -> int:
    """How many rows they take, head included, with every note; or with that of the marked one (`at`) only."""
    notes = [len(_note(knob, width)) for place, knob in enumerate(knobs) if at in (None, place)]
    return 1 + len(knobs) + sum(notes) if knobs else 0


def draw_knobs(canvas: Canvas, rect: Rect, knobs: tuple[PlanKnob, ...], at: int) -> int:
    """The section, if the plan opens any; `at` is the place of the marked one. Gives the row after it.

    Without room for every note, only the marked knob keeps its own.
    """
    if not knobs:
        return rect.y
    canvas.rule(rect.x, rect.y, rect.width, "KNOBS", "↑↓ choose   ←→ turn")
    y, all_notes = rect.y + 1, knobs_rows(knobs, rect.width) <= rect.height
    for place, knob in enumerate(knobs):
        note = _note(knob, rect.width) if all_notes or place == at else []
        _knob(canvas, Rect(rect.x, y, rect.width, 1 + len(note)), knob, note, place, marked=place == at)
        y += 1 + len(note)
    return y


def _note(knob: PlanKnob, width: int) -> list[str]:
    risk = knob.risk.text if knob.risk else knob.help
    return wrap(f"{knob.costs}. {risk}" if knob.costs else risk, max(1, width - 7), 2)


def _knob(canvas: Canvas, rect: Rect, knob: PlanKnob, note: list[str], place: int, *, marked: bool) -> None:
    paint = canvas.palette
    ground = paint.chip if marked else paint.background
    canvas.fill(rect.x, rect.y, rect.width, rect.height, ground)
    canvas.mark(rect, ("knob", str(place)))
    fg = paint.text if marked else paint.muted
    canvas.spans(
        rect.x + 1, rect.y, Span("▸ " if marked else "  ", paint.you, True), Span(knob.name, fg, marked), bg=ground
    )
    x = rect.x + _NAMES
    for step in _window(knob, rect.right - x):
        chosen = step == knob.value
        bg = (paint.you if marked else paint.text) if chosen else ground
        text = f"[{step}]" if chosen else f" {step} "
        hue = paint.background if chosen else paint.muted
        x = canvas.put(x, rect.y, text, hue, bg, bold=chosen, meta=("step", f"{place}:{step}"))
    sin = knob.risk.sin if knob.risk else Sin.NONE
    for row, line in enumerate(note, 1):
        mark = MARKS[sin] if row == 1 else "  "
        hue = sin_hue(canvas, sin)
        canvas.spans(
            rect.x + 3,
            rect.y + row,
            Span(mark, hue, True),
            Span(line, hue if sin is not Sin.NONE else paint.data),
            bg=ground,
        )


def _window(knob: PlanKnob, width: int) -> tuple[str, ...]:
    """As many values as fit, the chosen one among them."""
    steps = knob.steps
    first = last = steps.index(knob.value) if knob.value in steps else 0
    while True:
        wider = [(a, b) for a, b in ((first, last + 1), (first - 1, last)) if a >= 0 and b < len(steps)]
        fitting = [(a, b) for a, b in wider if sum(len(step) + 2 for step in steps[a : b + 1]) <= width]
        if not fitting:
            return steps[first : last + 1]
        first, last = fitting[0]
