"""One run, always the same: on both kernels, however the horizon is moved, whatever else the process does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from fire import FIVE, Ground, under_fire
from harness import Lab, S
from hypothesis import given, settings
from hypothesis import strategies as st

from capgame.sim.live import LiveTimeline
from capgame.sim.run import run
from capgame.sim.stepped import SteppedTimeline
from capgame.strategies.raft import Raft

ROOT = Path(__file__).parents[2]
HASHED = """
import sys
sys.path[:0] = ["tests"]
from fire import FIVE, Ground, under_fire
from capgame.strategies.raft import Raft
print(under_fire(Raft, "ONE", Ground(regions=FIVE, duration_us=8_000_000)).digest)
"""


def storm(kernel: type[SteppedTimeline] | type[LiveTimeline], *stops: int) -> str:
    """A cluster of Raft through everything that may happen to it, driven to each stop in turn; its digest."""
    lab = Lab("raft", kernel=kernel, election_timeout="200ms")
    for number in range(1, 40):
        lab.later(number * 150_000, lab.write, f"n{1 + number % 3}", number)
        lab.later(number * 150_000 + 70_000, lab.read, f"n{1 + number % 2}")
    lab.later(1 * S, lambda: lab.disturb(loss_ppm=100_000, duplicate_ppm=300_000, reorder_ppm=300_000))
    lab.later(2 * S, lab.cut, "n1", "n2 n3")
    lab.later(3 * S, lab.pause, "n2")
    lab.later(3 * S + 700_000, lab.resume, "n2")
    lab.later(4 * S, lab.heal, "n1", "n2 n3")
    lab.later(4 * S + 300_000, lab.crash, "n3", "lose")
    lab.later(5 * S, lab.boot, "n3")

    async def main() -> None:
        for stop in (*stops, 7 * S):
            await lab.timeline.advance(stop)

    run(lab.timeline, main)
    return lab.timeline.trace.digest


WHOLE = storm(SteppedTimeline)


@settings(deadline=None, max_examples=12)
@given(st.lists(st.integers(0, 7 * S), max_size=30), st.sampled_from((SteppedTimeline, LiveTimeline)))
def test_where_the_horizon_stands_cannot_be_seen(stops: list[int], kernel: type[SteppedTimeline]) -> None:
    """Cut into slices at random instants, on either kernel, it is the same run."""
    assert storm(kernel, *sorted(stops)) == WHOLE


@pytest.mark.parametrize("seed", ["0", "1", "77"])
def test_the_hash_seed_cannot_be_seen(seed: str) -> None:
    """No order comes from a set or a hash."""
    found = subprocess.run(
        [sys.executable, "-c", HASHED],
        cwd=ROOT,
        env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == under_fire(Raft, "ONE", Ground(regions=FIVE, duration_us=8 * S)).digest
