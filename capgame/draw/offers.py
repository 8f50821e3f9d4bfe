"""The strategies on offer, as a row of caps."""

from __future__ import annotations

from collections.abc import Sequence

from capgame.draw.canvas import Canvas, Meta, Span
from capgame.play.views.offer import OfferView


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
