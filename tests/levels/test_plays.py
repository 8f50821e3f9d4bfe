"""What each shipped level claims about itself: its own plays, run and judged."""

from __future__ import annotations

import shlex

import pytest

from capgame.levels.catalogue import every
from capgame.levels.level import Level, Play
from capgame.play.claims import Claims
from capgame.play.headless import run_level

PLAYS = [(level, play) for level in every() for play in level.plays]


@pytest.mark.parametrize(("level", "play"), PLAYS, ids=[f"{level.id}: {play.name}" for level, play in PLAYS])
def test_the_play_ends_as_it_claims(level: Level, play: Play) -> None:
    """Every expectation, those about an instant at that instant."""
    claims = Claims(play.expect)
    run = run_level(
        level,
        strategy=play.strategy,
        knobs=dict(play.knobs),
        seed=play.seed,
        moves=play.moves,
        probes=list(claims.probes()),
    )
    failed = [str(failure) for failure in claims.failed(run.result)]
    again = shlex.join(["capgame", "run", level.id, "--play", play.name])
    assert not failed, "\n".join([f"{play.where}: {play.name}", *failed, f"again: {again}"])


@pytest.mark.parametrize("level", every(), ids=lambda level: level.id)
def test_the_level_proves_that_it_can_be_won(level: Level) -> None:
    """It has a reference play that claims a third star, and idle plays that claim a loss."""
    plays = {play.name: play for play in level.plays}
    assert "stars is 3" in plays["reference"].expect
    assert [play for play in level.plays if not play.moves and "outcome is lost" in play.expect]
