"""Every offer of every shipped level is one run: on either kernel, however it is cut, whatever the hash seed.

`test_same_run.py` goes deeper on one level; this goes over all of them.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from capgame.levels.catalogue import every, find
from capgame.levels.level import Level
from capgame.moves.parse import parse_timed
from capgame.play.headless import run_level
from capgame.play.result import result
from capgame.play.session import Session
from capgame.play.setting import choose
from capgame.sim.run import run

ROOT = Path(__file__).parents[2]
OFFERS = [(level.id, offer.name) for level in every() for offer in level.offers]
NAMES = [f"{level}: {offer}" for level, offer in OFFERS]

# What one level's reference does, others are asked for too: a refused move must not make two runs of one either.
PROGRAM = """
import json, sys
from capgame.levels.catalogue import find
from capgame.play.headless import run_level
digests = {}
for level, offer, *moves in json.load(sys.stdin):
    digests[f"{level}: {offer}"] = run_level(find(level), strategy=offer, moves=moves).result["digest"]
print(json.dumps(digests))
"""


def moves_of(level: Level) -> tuple[str, ...]:
    """The reference's, whatever the offer makes of them."""
    return next(play.moves for play in level.plays if play.name == "reference")


@cache
def whole(level: str, offer: str) -> dict[str, Any]:
    return run_level(find(level), strategy=offer, moves=moves_of(find(level))).result


async def drive(session: Session, slices: int) -> None:
    """The shift in random slices, the moves at their instants as a player would ask for them."""
    dice = random.Random(f"{session.level.id}{slices}")
    asked = [(move.at or 0, move.text) for move in map(parse_timed, moves_of(session.level))]
    cuts = {dice.randrange(session.duration) for _ in range(slices)}
    for until in sorted({*cuts, *(cut + 1 for cut in cuts), *(at for at, _ in asked), session.duration}):
        await session.advance(until)
        for at, move in asked:
            if at == until:
                session.submit(move)
    await session.settle()


@pytest.mark.parametrize(("level", "offer"), OFFERS, ids=NAMES)
def test_stepped_and_live_are_one_run(level: str, offer: str) -> None:
    """Plain coroutines and trio tasks: the whole result, every digest of it."""
    played = find(level)
    live = run_level(played, strategy=offer, moves=moves_of(played), kernel="live").result
    assert live == whole(level, offer)


@pytest.mark.parametrize(("kernel", "slices"), [("stepped", 500), ("live", 40)])
@pytest.mark.parametrize(("level", "offer"), OFFERS, ids=NAMES)
def test_where_it_is_cut_cannot_be_seen(level: str, offer: str, kernel: str, slices: int) -> None:
    """Random slices, some a microsecond long."""
    session = Session(choose(find(level), offer=offer), kernel=kernel)
    run(session.timeline, lambda: drive(session, slices))
    assert result(session) == whole(level, offer)


def test_a_hash_seed_changes_nothing() -> None:
    """Another process, another order of every set and hash."""
    asked = [(level, offer, *moves_of(find(level))) for level, offer in OFFERS]
    environment = os.environ | {"PYTHONHASHSEED": "77"}
    words = [sys.executable, "-c", PROGRAM]
    said = subprocess.run(
        words, cwd=ROOT, env=environment, input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    here = {name: whole(*pair)["digest"] for name, pair in zip(NAMES, OFFERS, strict=True)}
    assert json.loads(said.stdout) == here
