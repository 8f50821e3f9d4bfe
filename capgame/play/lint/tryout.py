"""A play, run and judged: its setting and moves, and the claims of it that are false."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from capgame.levels.expect import Failed
from capgame.levels.level import Level, Play
from capgame.play.claims import Claims
from capgame.play.headless import Run, run_level


@dataclass(frozen=True, slots=True)
class Tryout:
    """What a play came to."""

    run: Run
    failed: tuple[Failed, ...]


def try_play(level: Level, play: Play) -> Tryout:
    """Run a play whole. Raises BadInput for one that the level cannot have."""
    return try_out(level, play, play.expect)


def try_out(level: Level, play: Play, expect: Iterable[str]) -> Tryout:
    """The same with claims of one's own."""
    claims = Claims(expect)
    run = run_level(
        level,
        strategy=play.strategy,
        knobs=dict(play.knobs),
        seed=play.seed,
        moves=play.moves,
        probes=list(claims.probes()),
    )
    return Tryout(run, tuple(claims.failed(run.result)))
