"""What the home screen knows: the levels there are, what was won in them, and what may be played next.

An act opens with two wins in the act before it. The names of what is not open yet can be read: the road ahead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from capgame.levels.level import Level

STARS_MOST = 3
WINS_THAT_OPEN = 2  # or all there are, where an act has fewer levels
ROMAN = ("", "I", "II", "III", "IV", "V")


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
    open: bool = True  # may be played


@dataclass(frozen=True, slots=True)
class HomeView:
    """The home screen, whole. The panel is about the station that is chosen."""

    first_run: bool  # at the first level, and nothing was ever won: the story, and one key
    seed: str
    stations: tuple[StationView, ...]
    title: str
    place: str
    story: str
    teaches: str
    duration: int  # microseconds
    verbs: int  # how many there are to learn
    best: Record | None
    locked: str = ""  # what opens the chosen level, where it is not open yet

    @property
    def stars(self) -> int:
        """All stars won."""
        return sum(station.stars for station in self.stations)

    @property
    def stars_most(self) -> int:
        """All stars there are."""
        return STARS_MOST * len(self.stations)


def home_view(
    levels: Sequence[Level], records: Mapping[str, Record], *, chosen: str, seed: str = ""
) -> HomeView:  # fmt: skip
    """The home for these levels (in the order of the campaign) and records (by level).

    `chosen` is a level's id; `seed` is what the next shift takes, by default the level's own.
    """
    level = next(level for level in levels if level.id == chosen)
    return HomeView(
        first_run=chosen == levels[0].id and not any(record.stars for record in records.values()),
        seed=seed or level.seed,
        stations=tuple(_station(one, levels, records, here=one.id == chosen) for one in levels),
        title=level.title,
        place=place_of(level),
        story=level.story.strip(),
        teaches=level.teaches.strip(),
        duration=level.duration_us,
        verbs=len(level.moves.allow),
        best=records.get(chosen),
        locked=opens_with(level.act, levels, records),
    )


def place_of(level: Level) -> str:
    """Act and number: `1·2`."""
    return f"{level.act}·{level.number}"


def opens_with(act: int, levels: Sequence[Level], records: Mapping[str, Record]) -> str:
    """What opens an act: `2 wins in act I`. Nothing, once it is open."""
    earlier = max((level.act for level in levels if level.act < act), default=None)
    if earlier is None:
        return ""
    before = [level.id for level in levels if level.act == earlier]
    needed = min(WINS_THAT_OPEN, len(before))
    won = sum(level in records and records[level].stars > 0 for level in before)
    name = ROMAN[earlier] if earlier < len(ROMAN) else str(earlier)
    return "" if won >= needed else f"{needed} win{'' if needed == 1 else 's'} in act {name}"


def next_level(levels: Sequence[Level], records: Mapping[str, Record], after: str) -> Level | None:
    """The level that comes after this one, if there is one and it is open."""
    places = [level.id for level in levels]
    following = levels[places.index(after) + 1 :] if after in places else ()
    return next((level for level in following if not opens_with(level.act, levels, records)), None)


def _station(
    level: Level, levels: Sequence[Level], records: Mapping[str, Record], *, here: bool
) -> StationView:  # fmt: skip
    record = records.get(level.id)
    stars = record.stars if record else 0
    return StationView(
        level.id, level.title, level.act, place_of(level), stars, here, not opens_with(level.act, levels, records)
    )  # fmt: skip
