"""What you may do: attention left, and a key, a name and a price for every verb of the level."""

from __future__ import annotations

from capgame.draw.canvas import Canvas, Span, measure
from capgame.draw.look import Look
from capgame.draw.palette import NIGHT, Palette
from capgame.play.views.shift import ShiftView, VerbView


def draw_moves(canvas: Canvas, view: ShiftView, look: Look) -> None:  # noqa: ARG001 (every part is called alike)
    """Attention and verbs: in a row of their own each where that is enough, else one after the other."""
    paint, wide = canvas.palette, canvas.width >= 100
    canvas.fill(0, 0, canvas.width, canvas.height, paint.surface)
    x, y = canvas.spans(1, 0, *_attention(paint, view), bg=paint.surface) + (3 if wide else 2), 0
    apart = 2 if wide else 1
    if canvas.height >= 2 and wide:
        brief = _verbs_width(view, apart) >= canvas.width
        x, y = (1, 1) if not brief or _verbs_width(view, apart, brief=True) < canvas.width else (x, 0)
    else:
        brief = moves_width(view) > canvas.width
    for verb in view.verbs:
        parts = _verb(paint, verb, brief=brief)
        if x + measure(parts) > canvas.width and y + 1 < canvas.height:
            x, y = 1, y + 1
        x = canvas.spans(x, y, *parts) + apart


def moves_width(view: ShiftView) -> int:
    """The cells that attention and verbs take in one narrow row."""
    return 1 + measure(_attention(NIGHT, view)) + 2 + _verbs_width(view, 1)


def _verbs_width(view: ShiftView, apart: int, *, brief: bool = False) -> int:
    return sum(measure(_verb(NIGHT, verb, brief=brief)) + apart for verb in view.verbs) - apart


def _attention(paint: Palette, view: ShiftView) -> list[Span]:
    attention = view.attention
    lacking = max(0, attention.most - attention.have)
    spans = [
        Span("ATTENTION ", paint.you, bold=True),
        Span("◆" * attention.have, paint.you, bold=True),
        Span("◇" * lacking, paint.dim),
    ]
    if lacking and attention.refill_in_us is not None:
        spans.append(Span(f" +1 in {-(-attention.refill_in_us // 1_000_000)}s", paint.muted))
    return spans


def _verb(paint: Palette, verb: VerbView, *, brief: bool) -> list[Span]:
    """Its cap, its name and its price: diamonds, or a number where there are many verbs."""
    meta = ("verb", verb.verb)
    price = str(verb.cost) if brief else "◆" * verb.cost
    if not verb.affordable:
        return [
            Span(f" {verb.key} ", paint.muted, False, paint.panel, meta),
            Span(f" {verb.verb} ", paint.muted, False, paint.surface, meta),
            Span(price, paint.dim, False, paint.surface, meta),
        ]
    return [
        Span(f" {verb.key} ", paint.background, True, paint.you, meta),
        Span(f" {verb.verb} ", paint.text, False, paint.surface, meta),
        Span(price, paint.you, False, paint.surface, meta),
    ]
