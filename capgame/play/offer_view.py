"""The strategies a player may take, as home and postmortem offer them: `1`, `2`, ..."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from capgame.levels.level import Level, Offer
from capgame.strategies import STRATEGIES


@dataclass(frozen=True, slots=True)
class OfferView:
    """One offer: its key, its name, and what its card says."""

    key: str  # "1"
    name: str
    paper: str
    promises: str
    fails: str
    chosen: bool
    fresh: bool = False  # just unlocked


def offer_views(
    level: Level, chosen: str, unlocked: Collection[str] | None = None, *, fresh: bool = False
) -> tuple[OfferView, ...]:
    """The offers of a level that are unlocked (None: all); `fresh` marks those that a first win has just unlocked."""
    offers = [offer for offer in level.offers if unlocked is None or offer.name in unlocked]
    return tuple(
        _offer(str(key), offer, offer.name == chosen, fresh and offer.unlock == "first-win")
        for key, offer in enumerate(offers, 1)
    )


def _offer(key: str, offer: Offer, chosen: bool, fresh: bool) -> OfferView:
    strategy = STRATEGIES[offer.strategy]
    return OfferView(key, offer.name, strategy.paper, strategy.promises, strategy.fails, chosen, fresh)
