"""What a save says, as the home screen shows it."""

from __future__ import annotations

from collections.abc import Iterable

from capgame.levels.level import Level
from capgame.play.keep.save import Progress
from capgame.play.views.home import Record


def records_of(progress: Progress, levels: Iterable[Level]) -> dict[str, Record]:
    """The best run of every level that was played."""
    records: dict[str, Record] = {}
    for level in levels:
        run, best = progress.best_run(level.id), progress.best(level.id)
        if run is not None:
            records[level.id] = Record(
                run.score, best.stars, run.offer, run.moves, run.uptime, run.truth, best.played
            )  # fmt: skip
    return records
