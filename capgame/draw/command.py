"""The command line: what the keys have spelt so far, what would complete it, and what it costs."""

from __future__ import annotations

from capgame.draw.canvas import Canvas, Span, clip
from capgame.draw.look import Look
from capgame.play.views.shift import ShiftView

INVITATION = "type a move, or press its key and then its target"


def draw_command(canvas: Canvas, view: ShiftView, look: Look) -> None:  # noqa: ARG001 (every part is called alike)
    """One row: `: route eu n1        costs ◆   takes 0.5 s`."""
    paint, line = canvas.palette, look.command
    room = max(0, canvas.width - 4)
    text = line.text if len(line.text) < room else "…" + line.text[len(line.text) - room + 1 :]
    end = canvas.spans(1, 0, Span(":", paint.you, bold=True), " ", Span(text, paint.text, bold=True))
    if line.open:
        canvas.put(end, 0, line.ghost[:1] or " ", paint.background, paint.you)
    ghost_from = 1 if line.open else 0
    end = canvas.put(end + ghost_from, 0, line.ghost[ghost_from:], paint.dim)
    if not line.text and not line.ghost and not line.open and not line.note:
        end = canvas.put(3, 0, clip(INVITATION, room), paint.dim)
    if line.note and end + 2 < canvas.width - 1:
        note = clip(line.note, canvas.width - end - 3)
        canvas.right(canvas.width - 2, 0, Span(note, paint.unanswered if line.refused else paint.muted))
