"""What you may do: attention left, and a key, a name and a price for every verb of the level."""

from __future__ import annotations

from capgame.draw.canvas import Canvas, Span, measure
from capgame.draw.look import Look
from capgame.play.view import ShiftView, VerbView


def draw_moves(canvas: Canvas, view: ShiftView, look: Look) -> None:  # noqa: ARG001 (every part is called alike)
    """Attention and verbs: in a row of their own each on a wide canvas of two rows, else one after the other."""
    paint = canvas.palette
    canvas.fill(0, 0, canvas.width, canvas.height, paint.surface)
    x = canvas.spans(1, 0, *_attention(canvas, view), bg=paint.surface)
    x, y = (1, 1) if canvas.height >= 2 and canvas.width >= 100 else (x + 3, 0)
    for verb in view.verbs:
        parts = _verb(canvas, verb, brief=canvas.width < 100 and canvas.height >= 2)
        if x + measure(parts) > canvas.width + 1 and y + 1 < canvas.height:
            x, y = 1, y + 1
        x = canvas.spans(x, y, *parts) + (2 if canvas.width >= 100 else 1)


def moves_width(view: ShiftView) -> int:
    """The cells that attention and verbs take in one row."""
    attention = view.attention
    refill = 0 if attention.refill_in_us is None else 10
    verbs = sum(len(verb.key) + len(verb.verb) + verb.cost + 5 for verb in view.verbs)
    return 1 + len("ATTENTION ") + attention.most + refill + 3 + verbs


def _attention(canvas: Canvas, view: ShiftView) -> list[Span]:
    paint, attention = canvas.palette, view.attention
    lacking = max(0, attention.most - attention.have)
    spans = [
        Span("ATTENTION ", paint.you, bold=True),
        Span("◆" * attention.have, paint.you, bold=True),
        Span("◇" * lacking, paint.dim),
    ]
    if lacking and attention.refill_in_us is not None:
        spans.append(Span(f" +1 in {-(-attention.refill_in_us // 1_000_000)}s", paint.muted))
    return spans


def _verb(canvas: Canvas, verb: VerbView, *, brief: bool) -> list[Span]:
    paint, meta = canvas.palette, ("verb", verb.verb)
    able = verb.affordable
    price = str(verb.cost) if brief else "◆" * verb.cost
    cap = (paint.background, True, paint.you) if able else (paint.muted, False, paint.panel)
    return [
        Span(f" {verb.key} ", *cap, meta),
        Span(f" {verb.verb} ", paint.text if able else paint.muted, False, paint.surface, meta),
        Span(price, paint.you if able else paint.dim, False, paint.surface, meta),
    ]
