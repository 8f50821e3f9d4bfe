"""Each safety argument of Raft is needed: without it, the judge finds a wrong answer.

A twin is hunted on the ground and with the faults that bring its flaw out; the same ground is safe with Raft itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from fire import FIVE, SECOND, Ground, Outcome, climate, under_fire
from raft_twins import CountsOldTerms, OneByOne, VotesBlindly, WithoutScopes

from capgame.errors import SimulationError
from capgame.nemesis.fault import Fault
from capgame.nemesis.swarm import Climate
from capgame.sim.streams import Streams, below
from capgame.strategies.raft import Raft
from capgame.strategies.strategy import Strategy

SEEDS = 200  # within so many a twin must be caught

Script = Callable[[str], list[Fault]]


@dataclass(frozen=True)
class Hunt:
    """A twin, its sound original, and where its flaw shows. `first` is a seed a little before one that shows it."""

    twin: type[Strategy]
    sound: type[Strategy]
    ground: Ground
    knobs: dict[str, str]
    weather: Climate | None = None
    script: Script | None = None
    moves: tuple[tuple[int, str], ...] = ()
    twin_knobs: dict[str, str] = field(default_factory=dict)
    first: int = 0

    def seeds(self, count: int) -> list[str]:
        return [f"TW{number}" for number in range(self.first, self.first + count)]

    def run(self, strategy: type[Strategy], seed: str, knobs: dict[str, str]) -> Outcome:
        faults = self.script(seed) if self.script else None
        return under_fire(
            strategy, seed, self.ground, weather=self.weather, faults=faults, knobs=knobs, moves=self.moves
        )

    def catches(self, seed: str) -> bool:
        """Whether somebody got a wrong answer. A twin that only breaks down is not caught."""
        try:
            return bool(self.run(self.twin, seed, self.knobs | self.twin_knobs).charges)
        except SimulationError:
            return False


def one_leader_after_the_other(seed: str) -> list[Fault]:
    """Cut off whoever leads, again and again, before the last one is back for long: figure 8 in the making."""
    draw = Streams(seed).draw("figure-8")
    at, script = SECOND, []
    while at < 20 * SECOND:
        script.append(Fault(at, "cut", "leader | *", 100_000 + below(draw, SECOND)))
        at += 50_000 + below(draw, 400_000)
    return script


QUICK = {"election-timeout": "200ms", "pre-vote": "off"}
ISOLATED = climate(Ground(), kinds=("isolate",))

# Every write has a key of its own, so that nothing lost hides behind a later write.
FRESH = Ground(regions=FIVE, keys=None)
# Long ways between all, few writes: much time between an old entry's majority and the new one's. Then everybody leads
# in turn, and answers: only the replica that has applied what is no longer in the log gives it away.
SPREAD = {f"r{number}": (f"n{number}",) for number in range(1, 6)}
WIDE = Ground(SPREAD, keys=40, far_us=100_000, milli=5_000, reads_ppm=850_000, deadline_us=SECOND, retry=0)
IN_TURN = tuple((22 * SECOND + number * 1_600_000, f"transfer n{number + 1}") for number in range(5))
# Customers who wait for a deposed leader's answer.
PATIENT = Ground(duration_us=10 * SECOND, keys=None, far_us=80_000, milli=30_000, deadline_us=3 * SECOND, retry=0)
SHORT_CUTS = climate(PATIENT, kinds=("isolate",), most=8, longest_us=2 * SECOND)

HUNTS = {
    "votes without the log check": Hunt(
        VotesBlindly, Raft, FRESH, QUICK, climate(FRESH, kinds=("cut", "crash", "isolate"), most=30)
    ),
    "commits an old term's entry by counting": Hunt(
        CountsOldTerms, OneByOne, WIDE, QUICK, script=one_leader_after_the_other, moves=IN_TURN, first=2
    ),
    "without role scopes": Hunt(WithoutScopes, Raft, PATIENT, QUICK, SHORT_CUTS, first=8),
    "a deposed leader's local reads": Hunt(Raft, Raft, Ground(), QUICK, ISOLATED, twin_knobs={"reads": "local"}),
}


@pytest.mark.parametrize("hunt", HUNTS.values(), ids=HUNTS)
def test_a_twin_is_caught(hunt: Hunt) -> None:
    """The judge charges the twin within so many seeds."""
    assert any(map(hunt.catches, hunt.seeds(SEEDS)))


@pytest.mark.parametrize("hunt", HUNTS.values(), ids=HUNTS)
def test_the_sound_original_is_not(hunt: Hunt) -> None:
    """On the same ground, in the same weather, Raft answers truly."""
    for seed in hunt.seeds(5):
        outcome = hunt.run(hunt.sound, seed, hunt.knobs)
        assert not outcome.charges, outcome
