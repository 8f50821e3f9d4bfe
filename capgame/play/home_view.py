"""What the home screen knows: the levels there are, what was won in them, and what may be played next."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from capgame.levels.level import Level
from capgame.play.offer_view import OfferView, offer_views

STARS_MOST = 3


@dataclass(frozen=True, slots=True)
class Record:
    """What a save remembers of a level: the best run, and how often it was played."""

    score: int
    stars: int
    offer: str
    moves: int  # of the best run
    uptime: int  # its points
    truth: int
    played: int


@dataclass(frozen=True, slots=True)
class StationView:
    """A level on its act's line."""

    id: str
    title: str
    act: int
    place: str  # "1·1"
    stars: int
    here: bool


@dataclass(frozen=True, slots=True)
class HomeView:
    """The home screen, whole. The panel is about the station that is chosen."""

    first_run: bool  # nothing was ever won: the story, and one key
    seed: str
    stations: tuple[StationView, ...]
    title: str
    place: str
    story: str
    teaches: str
    duration: int  # microseconds
    verbs: int  # how many there are to learn
    best: Record | None
    offers: tuple[OfferView, ...]

    @property
    def stars(self) -> int:
        """All stars won."""
        return sum(station.stars for station in self.stations)

    @property
    def stars_most(self) -> int:
        """All stars there are."""
        return STARS_MOST * len(self.stations)


def home_view(
    levels: Sequence[Level], records: Mapping[str, Record], *, chosen: str, offer: str = "", seed: str = "",
    unlocked: Collection[str] | None = None,
) -> HomeView:  # fmt: skip
    """The home for these levels (in the order of the campaign) and records (by level).

    `chosen` is a level's id; `offer` and `seed` are what the next shift takes, by default the level's own.
    """
    level = next(level for level in levels if level.id == chosen)
    return HomeView(
        first_run=not any(record.stars for record in records.values()),
        seed=seed or level.seed,
        stations=tuple(_station(one, records.get(one.id), one.id == chosen) for one in levels),
        title=level.title,
        place=_place(level),
        story=level.story.strip(),
        teaches=level.teaches.strip(),
        duration=level.duration_us,
        verbs=len(level.moves.allow),
        best=records.get(chosen),
        offers=offer_views(level, offer or level.offers[0].name, unlocked),
    )


def _station(level: Level, record: Record | None, here: bool) -> StationView:
    return StationView(level.id, level.title, level.act, _place(level), record.stars if record else 0, here)


def _place(level: Level) -> str:
    return f"{level.act}·{level.number}"
