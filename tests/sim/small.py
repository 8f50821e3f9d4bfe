"""Small things to drive by hand: a timeline on either kernel, and a cluster of any node."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from capgame.sim.cluster import Cluster, Geography
from capgame.sim.live import LiveTimeline
from capgame.sim.run import run
from capgame.sim.stepped import SteppedTimeline
from capgame.sim.timeline import TIMER, Owner, Timeline
from capgame.sim.trace import Trace

KERNELS: dict[str, type[Timeline]] = {"stepped": SteppedTimeline, "live": LiveTimeline}
MS, S = 1_000, 1_000_000


def timeline(kernel: type[Timeline], seed: str = "KIWI") -> Timeline:
    """One that keeps its trace."""
    return kernel(seed, Trace(keep=True))


def drive(line: Timeline, *stops: int) -> None:
    """Advance to each of these instants, then close."""

    async def main() -> None:
        for stop in stops:
            await line.advance(stop)

    run(line, main)


async def sleep(line: Timeline, owner: Owner, us: int) -> None:
    """Park the present task for a while."""
    line.at(line.now + us, TIMER, owner, line.wake, line.current)
    await line.park()


def cluster(
    line: Timeline, make: Callable[..., Any], nodes: int = 3, rtt_us: int = 2 * MS, jitter_ppm: int = 0
) -> Cluster:
    """`n1`, `n2`, ... in one region, switched on."""
    names = dict.fromkeys((f"n{number}" for number in range(1, nodes + 1)), "us")
    near = {("us", "us"): rtt_us}
    made = Cluster(line, Geography(names, {}, near, near, jitter_ppm), make, {})
    made.boot()
    return made
