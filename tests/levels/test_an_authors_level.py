"""A level by somebody who had only `levels/README.md`: five nodes, three regions, a one-way cut, a flapping bridge.

No shipped level has any of these, so it stands for those that others will write.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from capgame.levels.level import Play
from capgame.levels.load import load_bytes
from capgame.play.claims import Claims
from capgame.play.headless import run_level

PATH = Path(__file__).parent / "deaf-leader.yaml"
LEVEL = load_bytes(PATH.read_bytes(), str(PATH))


@pytest.mark.parametrize("play", LEVEL.plays, ids=lambda play: play.name)
def test_it_ends_as_its_author_claims(play: Play) -> None:
    """A leader that speaks and does not hear is replaced only when it is fenced first."""
    claims = Claims(play.expect)
    run = run_level(LEVEL, strategy=play.strategy, moves=play.moves, probes=list(claims.probes()))
    assert not [str(failure) for failure in claims.failed(run.result)]
