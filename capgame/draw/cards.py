"""The offers as cards, one above the other: what each promises (`+`), and how it fails (`–` waits, `≠` is wrong).

Where there is no room for all of them, only the chosen one is open.
"""

from __future__ import annotations

from collections.abc import Iterator

from capgame.draw.canvas import Canvas, Rect, Span, clip, wrap
from capgame.play.views.plan import OfferCard
from capgame.strategies.knob import Risk, Sin

MARKS = {Sin.NONE: "  ", Sin.UNANSWERED: "– ", Sin.WRONG: "≠ "}


def sin_hue(canvas: Canvas, sin: Sin) -> str:
    """The colour of what a choice may lead to."""
    paint = canvas.palette
    return {Sin.NONE: paint.data, Sin.UNANSWERED: paint.unanswered, Sin.WRONG: paint.wrong}[sin]


def cards_rows(canvas: Canvas, cards: tuple[OfferCard, ...], width: int) -> int:
    """The fewest rows that show all of them: the chosen one open, the others by name."""
    return sum(1 + (len(list(_lines(canvas, card, width))) if card.chosen else 0) for card in cards)


def draw_cards(canvas: Canvas, rect: Rect, cards: tuple[OfferCard, ...]) -> int:
    """As many rows as there is room for; gives the row after the last card."""
    heights = {card.name: 1 + len(list(_lines(canvas, card, rect.width))) for card in cards}
    if closed := sum(heights.values()) > rect.height:
        spare = max(1, rect.height - len(cards) + 1)
        heights = {card.name: min(heights[card.name], spare) if card.chosen else 1 for card in cards}
    apart = 0 if closed or sum(heights.values()) + len(cards) - 1 > rect.height else 1
    y = rect.y
    for card in cards:
        rows = max(0, min(heights[card.name], rect.bottom - y))
        _card(canvas, Rect(rect.x, y, rect.width, rows), card, choice=len(cards) > 1)
        y += rows + apart
    return y - apart


def _card(canvas: Canvas, rect: Rect, card: OfferCard, *, choice: bool) -> None:
    paint = canvas.palette
    ground = paint.chip if card.chosen else paint.area
    canvas.fill(rect.x, rect.y, rect.width, rect.height, ground)
    canvas.mark(rect, ("offer", card.name))
    for row in range(rect.y, rect.bottom):
        canvas.put(rect.x, row, "▌" if card.chosen else "│", paint.you if card.chosen else paint.faint, ground)
    for row, spans in zip(range(rect.y, rect.bottom), ((), *_lines(canvas, card, rect.width)), strict=False):
        canvas.spans(rect.x + 4, row, *spans, bg=ground)
    if not rect.height:
        return
    name = f"[{card.name}]" if card.chosen and choice else card.name
    glyph = Span("◉ " if card.chosen else "○ ", paint.you if card.chosen else paint.muted, bold=True)
    x = canvas.spans(rect.x + 2, rect.y, glyph, Span(clip(name, rect.width - 10), paint.text, True), bg=ground)
    about = f"  {card.title} · {card.paper}"
    canvas.put(x, rect.y, clip(about, rect.right - x - (6 if choice else 2)), paint.muted, ground)
    if choice:
        canvas.right(rect.right - 2, rect.y, Span(f" {card.key} ", paint.background, True, paint.you))


def _lines(canvas: Canvas, card: OfferCard, width: int) -> Iterator[tuple[Span, ...]]:
    """What stands under a card's name."""
    paint, inside = canvas.palette, max(1, width - 7)
    if card.values:
        yield (Span("  " + clip(card.values, inside), paint.data),)
    yield from _marked("+ ", paint.ok, paint.data, card.promises, inside)
    for risk in card.fails:
        yield from _risk(canvas, risk, inside)


def _risk(canvas: Canvas, risk: Risk, width: int) -> Iterator[tuple[Span, ...]]:
    yield from _marked(MARKS[risk.sin], sin_hue(canvas, risk.sin), canvas.palette.muted, risk.text, width)


def _marked(mark: str, hue: str, fg: str, text: str, width: int) -> Iterator[tuple[Span, ...]]:
    for row, line in enumerate(wrap(text, width)):
        yield (Span(mark if row == 0 else "  ", hue, bold=True), Span(line, fg))
