"""The load on capgame's own engine, on either kernel."""

from __future__ import annotations

from typing import Any

from load import (
    JITTER_PPM,
    NAMES,
    ONE_WAY_US,
    OTHERS_NEEDED,
    PAUSE_US,
    SEED,
    WITHIN_US,
    Ack,
    Counted,
    Done,
    Put,
    end_of,
    put_of,
)

from capgame.sim.cluster import Cluster, Geography
from capgame.sim.live import LiveTimeline
from capgame.sim.node import Node, on
from capgame.sim.run import run
from capgame.sim.stepped import SteppedTimeline
from capgame.sim.timeline import Timeline


class Writer(Node):
    """Stores what it is told, and writes."""

    def __init__(self, *place: Any) -> None:
        super().__init__(*place)
        self.store: dict[str, Put] = {}
        self.writes = 0

    @on(Put)
    def put(self, source: str, told: Put) -> Ack:
        held = self.store.get(told.key)
        if held is None or told.version > held.version:
            self.store[told.key] = told
        return Ack(told.version)

    async def main(self) -> None:
        for turn in range(self.cluster.knobs["writes"]):
            await self.quorum(put_of(turn), need=1 + OTHERS_NEEDED, within=WITHIN_US)
            self.writes += 1
            await self.sleep(PAUSE_US)


def stepped(writes: int) -> Done:
    """Coroutines advanced by hand."""
    return _carry(SteppedTimeline(SEED, Counted()), writes)


def live(writes: int) -> Done:
    """Trio tasks, parked and woken by the Timeline."""
    return _carry(LiveTimeline(SEED, Counted()), writes)


def _carry(timeline: Timeline, writes: int) -> Done:
    places = Geography(dict.fromkeys(NAMES, "us"), {}, {("us", "us"): 2 * ONE_WAY_US}, {}, JITTER_PPM)
    cluster = Cluster(timeline, places, Writer, {"writes": writes})
    cluster.boot()

    async def main() -> None:
        await timeline.advance(end_of(writes))

    run(timeline, main)
    trace = timeline.trace
    assert isinstance(trace, Counted)
    return Done(trace, sum(node.writes for node in cluster.nodes if isinstance(node, Writer)))
