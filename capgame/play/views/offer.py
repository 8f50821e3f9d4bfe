"""The strategies a player may take again, as the postmortem offers them: `1`, `2`, ..."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from capgame.levels.level import Level


@dataclass(frozen=True, slots=True)
class OfferView:
    """One offer: its key and its name."""

    key: str  # "1"
    name: str
    chosen: bool
    fresh: bool = False  # just unlocked


def offer_views(
    level: Level, chosen: str, unlocked: Collection[str] | None = None, *, fresh: bool = False
) -> tuple[OfferView, ...]:
    """The offers of a level that are unlocked (None: all); `fresh` marks those that a first win has just unlocked."""
    offers = [offer for offer in level.offers if unlocked is None or offer.name in unlocked]
    return tuple(
        OfferView(str(key), offer.name, offer.name == chosen, fresh and offer.unlock == "first-win")
        for key, offer in enumerate(offers, 1)
    )
