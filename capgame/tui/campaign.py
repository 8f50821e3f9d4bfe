"""Where the player stands in the campaign: the chosen level, what was won, and every plan as it was left.

No Textual in here: the app asks this for views, and tells it what the player chose.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

from capgame.levels.level import Level
from capgame.play.keep.save import Progress
from capgame.play.views.briefing import BriefingView, briefing_view
from capgame.play.views.home import HomeView, Record, home_view, next_level
from capgame.tui.records import records_of

Knobs = Mapping[str, str]


class Campaign:
    """All levels of one player. `load` gives them in their order, and is called when they are first needed.

    `offer` and `seed` are what was asked for of the first level; a level that is in no folder joins the others.
    """

    def __init__(
        self, level: Level, progress: Progress, load: Callable[[], tuple[Level, ...]], *, offer: str = "",
        seed: str = "",
    ) -> None:  # fmt: skip
        self.level, self.progress = level, progress
        self._load = load
        self._seeds = {level.id: seed}
        self._offers = {level.id: offer} if offer else {}  # the one tried last, by level
        self._knobs: dict[tuple[str, str], Knobs] = {}  # as they were left, by level and offer

    @cached_property
    def levels(self) -> tuple[Level, ...]:
        """Every level in the order of the campaign."""
        found = {level.id: level for level in self._load()}
        return tuple((found | {self.level.id: self.level}).values())

    # ── what is chosen

    def choose(self, level: str) -> None:
        """Look at another level; one that there is not is passed over."""
        self.level = next((one for one in self.levels if one.id == level), self.level)

    @property
    def seed(self) -> str:
        """The seed that was asked for, if any was."""
        return self._seeds.get(self.level.id, "")

    @property
    def offer(self) -> str:
        """The offer that was tried last; the level's first."""
        return self._offers.get(self.level.id) or self.level.offers[0].name

    def knobs(self, offer: str) -> Knobs:
        """The knobs of an offer as they were left."""
        return self._knobs.get((self.level.id, offer), {})

    def plan(self, offer: str, knobs: Knobs) -> None:
        """Remember a plan."""
        self._offers[self.level.id] = offer
        self._knobs[self.level.id, offer] = dict(knobs)

    @property
    def unlocked(self) -> list[str]:
        """The offers of the level that may be shown."""
        return [offer.name for offer in self.level.offers if self.progress.unlocked(self.level, offer.name)]

    # ── what the screens show

    @property
    def _records(self) -> dict[str, Record]:
        return records_of(self.progress, self.levels)

    def home(self) -> HomeView:
        """The start, with the chosen level marked."""
        return home_view(self.levels, self._records, chosen=self.level.id, seed=self.seed)

    def briefing(self) -> BriefingView:
        """The level with its plan as it was left."""
        return briefing_view(
            self.level,
            offer=self.offer,
            knobs=self.knobs(self.offer),
            seed=self.seed,
            best=records_of(self.progress, (self.level,)).get(self.level.id),
            unlocked=self.unlocked,
        )

    def following(self) -> Level | None:
        """The level after the chosen one, if it may be played."""
        return next_level(self.levels, self._records, self.level.id)
