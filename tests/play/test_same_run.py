"""One run, always the same: over hashes, kernels, horizons, and beside another one."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from capgame.levels.catalogue import find
from capgame.play.headless import run_level
from capgame.play.result import result
from capgame.play.session import Session
from capgame.play.setting import choose
from capgame.sim.run import run, step

ROOT = Path(__file__).parents[2]
LEVEL = find("first-cut")
MOVES = (("3.2s", "route us n3"), ("16.000001s", "route eu n1"), ("30s", "route us home"), ("30s", "route eu n2"))
AT = {"3.2s": 3_200_000, "16.000001s": 16_000_001, "30s": 30_000_000}
SCRIPT = tuple(f"{at} {move}" for at, move in MOVES)
OFFERS = tuple(offer.name for offer in LEVEL.offers)


def headless(offer: str, kernel: str = "stepped") -> dict[str, Any]:
    return run_level(LEVEL, strategy=offer, moves=SCRIPT, kernel=kernel).result


async def drive(session: Session, cuts: list[int]) -> None:
    """The shift in slices that end at `cuts`; the moves at their instants, as a player would ask for them."""
    for until in sorted({*cuts, *AT.values(), session.duration}):
        await session.advance(until)
        for at, move in MOVES:
            if AT[at] == until:
                assert session.submit(move).accepted
    await session.settle()


@pytest.mark.parametrize("offer", OFFERS)
def test_stepped_and_live_are_one_run(offer: str) -> None:
    """Plain coroutines and trio tasks: the whole result, every digest of it."""
    assert headless(offer, "live") == headless(offer, "stepped")


@pytest.mark.parametrize("offer", OFFERS)
def test_hash_seeds_change_nothing(offer: str) -> None:
    """Another process each, stepped and live, twice."""
    program = (
        "import json, sys; from capgame.levels.catalogue import find; from capgame.play.headless import run_level; "
        "runs = [run_level(find('first-cut'), strategy=sys.argv[1], moves=sys.argv[2:], kernel=kernel).result "
        "for kernel in ('stepped', 'live', 'stepped')]; print(json.dumps(runs))"
    )
    here = json.loads(json.dumps(headless(offer)))
    for hash_seed in ("0", "1", "77"):
        words = [sys.executable, "-c", program, offer, *SCRIPT]
        environment = os.environ | {"PYTHONHASHSEED": hash_seed}
        said = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        assert json.loads(said.stdout) == [here] * 3


@pytest.mark.parametrize("offer", OFFERS)
@pytest.mark.parametrize("kernel", ["stepped", "live"])
def test_where_a_run_is_cut_cannot_be_seen(offer: str, kernel: str) -> None:
    """Random horizons, some twice, some a microsecond apart; looking in between changes nothing."""
    whole = headless(offer)
    for number in range(3):
        dice = random.Random(f"{offer}{kernel}{number}")
        cuts = [dice.randrange(LEVEL.duration_us) for _ in range(dice.choice((1, 40, 600)))]
        cuts += [cut + 1 for cut in cuts[:9]]
        session = Session(choose(LEVEL, offer=offer), kernel=kernel)

        async def main(session: Session = session, cuts: list[int] = cuts) -> None:
            await drive(session, cuts)

        run(session.timeline, main)
        assert result(session) == whole


def test_two_sessions_at_once_do_not_touch_each_other() -> None:
    """Turn by turn in one process: two strategies, and the same one twice."""
    offers = (OFFERS[0], OFFERS[-1], OFFERS[0])
    sessions = [Session(choose(LEVEL, offer=offer)) for offer in offers]
    for until in range(0, LEVEL.duration_us + 1, 500_000):
        for session in sessions:
            step(session.advance(until))
    for session in reversed(sessions):
        step(session.settle())
    for offer, session in zip(offers, sessions, strict=True):
        assert result(session) == run_level(LEVEL, strategy=offer).result


def test_seeds_that_sound_alike_are_one_seed() -> None:
    """And others are not."""
    digests = {
        seed: run_level(LEVEL, seed=seed, until_us=5_000_000).result["digest"] for seed in ("kiwi", "K1W1", "KIWJ")
    }
    assert digests["kiwi"] == digests["K1W1"] == run_level(LEVEL, until_us=5_000_000).result["digest"]
    assert digests["kiwi"] != digests["KIWJ"]


def test_the_history_has_a_digest_of_its_own() -> None:
    """It covers what clients asked and heard, and nothing else."""
    played = run_level(LEVEL, keep_trace=True)
    other = run_level(LEVEL, moves=["59.5s route us n1"])
    assert played.result["history_digest"] == other.result["history_digest"]
    assert played.result["digest"] != other.result["digest"]
    assert played.trace
    assert not other.trace
