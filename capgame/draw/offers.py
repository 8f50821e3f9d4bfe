"""The strategies on offer: a row of caps, or cards that say what each promises and how it fails."""

from __future__ import annotations

from collections.abc import Sequence

from capgame.draw.canvas import Canvas, Meta, Rect, Span, clip, wrap
from capgame.play.offer_view import OfferView

CARD_ROWS = 5


def draw_offer_row(canvas: Canvas, x: int, y: int, words: str, offers: Sequence[OfferView]) -> None:
    """`again with   1  raft    2  pb-async`: nothing where there is nothing to choose."""
    if len(offers) < 2:
        return
    paint = canvas.palette
    x = canvas.put(x, y, words, paint.muted) + 2
    for offer in offers:
        meta: Meta = ("offer", offer.name)
        name = f"[{offer.name}]" if offer.chosen else f" {offer.name} "
        x = canvas.spans(
            x, y, Span(f" {offer.key} ", paint.background, True, paint.you, meta),
            Span(f" {name}", paint.text if offer.chosen else paint.data, offer.chosen, None, meta),
            Span("new" if offer.fresh else "", paint.you, bold=True),
        ) + 2  # fmt: skip


def draw_offer_cards(canvas: Canvas, rect: Rect, offers: Sequence[OfferView]) -> None:
    """The cards side by side."""
    if not offers:
        return
    width = min(rect.width, (rect.width + 1) // max(2, len(offers)) - 1)
    for place, offer in enumerate(offers):
        _card(canvas, Rect(rect.x + place * (width + 1), rect.y, width, rect.height), offer, len(offers) > 1)


def _card(canvas: Canvas, rect: Rect, offer: OfferView, choice: bool) -> None:
    paint = canvas.palette
    ground = paint.chip if offer.chosen else paint.area
    canvas.fill(rect.x, rect.y, rect.width, rect.height, ground)
    canvas.mark(rect, ("offer", offer.name))
    for row in range(rect.y, rect.bottom):
        canvas.put(rect.x, row, "▌" if offer.chosen else "│", paint.you if offer.chosen else paint.faint, ground)
    inside = rect.width - 4
    name = f"[{offer.name}]" if offer.chosen and choice else offer.name
    x = canvas.spans(
        rect.x + 2, rect.y, Span("◉ " if offer.chosen else "○ ", paint.you if offer.chosen else paint.muted, bold=True),
        Span(clip(name, max(1, inside - 8)), paint.text, bold=True), bg=ground,
    )  # fmt: skip
    canvas.put(x + 2, rect.y, clip(offer.paper, rect.right - x - 7), paint.muted, ground)
    if choice:
        canvas.right(rect.right - 2, rect.y, Span(f" {offer.key} ", paint.background, True, paint.you))
    lines = [("+ ", paint.ok, paint.data, offer.promises), ("– ", paint.unanswered, paint.muted, offer.fails)]
    y = rect.y + 1
    for mark, hue, fg, text in lines:
        for row, line in enumerate(wrap(text, max(1, inside - 3), rect.bottom - y)):
            canvas.spans(rect.x + 4, y, Span(mark if row == 0 else "  ", hue, bold=True), Span(line, fg), bg=ground)
            y += 1
