"""Fence before you promote: without the fence, the old primary goes on answering those who still reach it.

The sound operator cuts the old primary's right to serve, then promotes a copy that has everything (`sync`), then lets
it go on without the one that is cut off. The twin presses the same buttons, but for the fence.
"""

from __future__ import annotations

from fire import SECOND, THREE, Ground, Outcome, under_fire

from capgame.nemesis.fault import Fault
from capgame.sim.streams import Streams, below
from capgame.strategies.primary_backup import PrimaryBackup

SEEDS = 200
GROUND = Ground(THREE, keys=4, retry=0)
FENCE = (7 * SECOND, "fence n1")
PROMOTE = (8 * SECOND + SECOND // 2, "promote n2")
GO_ON = (9 * SECOND, "tune replication semi-sync")


def run(seed: str, *moves: tuple[int, str]) -> Outcome:
    """The primary is cut off from the other replicas, never from its customers, at some instant before the moves."""
    draw = Streams(seed).draw("cut")
    at = 3 * SECOND + below(draw, 3 * SECOND)
    cut = Fault(at, "cut", "n1 | n2 n3", 12 * SECOND + below(draw, 6 * SECOND))
    knobs = {"primary": "n1", "replication": "sync", "acks": "1"}
    return under_fire(PrimaryBackup, seed, GROUND, faults=[cut], knobs=knobs, moves=moves)


def test_promoting_without_a_fence_is_caught() -> None:
    assert any(run(f"PF{number}", PROMOTE, GO_ON).charges for number in range(SEEDS))


def test_fencing_first_is_sound_on_the_same_ground() -> None:
    for number in range(10):
        outcome = run(f"PF{number}", FENCE, PROMOTE, GO_ON)
        assert not outcome.charges, outcome
        assert outcome.elections == 2
        assert outcome.answered > 300
