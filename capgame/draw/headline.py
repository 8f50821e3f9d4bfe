"""The headline: one tag and one sentence, what is broken and who pays; then what is still possible.

A red tag is trouble, a blue one is you or calm. `you can` names options, never the answer.
"""

from __future__ import annotations

from capgame.draw.canvas import Canvas, Span, clip, measure, wrap
from capgame.draw.look import Look
from capgame.play.views.shift import Headline, ShiftView


def draw_headline(canvas: Canvas, view: ShiftView, look: Look) -> None:
    """Tag, sentence and suggestions in two rows, under a blank one where there is room."""
    headline = look.headline or view.headline
    paint, top = canvas.palette, 1 if canvas.height >= 3 else 0
    hue = paint.fault if headline.mood == "trouble" else paint.you
    tag = clip(f" {headline.tag} ", max(3, canvas.width // 3))
    indent = 1 + len(tag) + 1
    shown = len(tag) if look.reduced_motion else round(len(tag) * min(1.0, max(0.0, look.tag_share)))
    canvas.put(1, top, tag[len(tag) - shown :], paint.background, hue, bold=True)
    caps = _caps(canvas, headline)
    first, rest = _two_lines(headline.sentence, canvas.width - indent - 2, measure(caps))
    canvas.put(indent, top, first, paint.text)
    if rest:
        canvas.put(indent, top + 1, rest, paint.text)
        canvas.right(canvas.width - 1, top + 1, *caps)
    elif caps:
        canvas.spans(indent, top + 1, Span("you can  ", paint.muted), *caps)


def _caps(canvas: Canvas, headline: Headline) -> list[Span]:
    """A key cap and a label for every suggestion."""
    paint, caps = canvas.palette, []
    for suggestion in headline.suggestions:
        meta = ("key", suggestion.key)
        caps += [
            Span(f" {suggestion.key} ", paint.background, True, paint.you, meta),
            Span(f" {suggestion.label}  ", paint.you, meta=meta),
        ]
    return caps


def _two_lines(sentence: str, width: int, reserved: int) -> tuple[str, str]:
    """The sentence in two lines, of which the second leaves room for the caps."""
    lines = wrap(sentence, max(1, width))
    if len(lines) < 2:
        return (lines[0] if lines else ""), ""
    return lines[0], clip(" ".join(lines[1:]), max(1, width - reserved - (2 if reserved else 0)))
