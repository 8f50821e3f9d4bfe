"""A good day, on paper: how long an answer takes while nothing fails, from a level's distances alone.

Rules:
1. An answer takes its road (customers to the node they ask, on to whoever answers, and back) and its agreement (what
   that node waits for before it answers: other replicas, disks). Every strategy says the second part for itself.
2. A link takes its middle, a sync its millisecond, computing nothing; nobody queues and nothing is sent twice.
3. A quorum is as slow as the farthest of the nearest it needs.

A test holds these numbers against runs without faults.
"""

from __future__ import annotations

from dataclasses import dataclass

from capgame.sim.cluster import Geography


@dataclass(frozen=True, slots=True)
class GoodDay:
    """What an answer takes. Microseconds."""

    road_us: int
    agreement_us: int = 0

    @property
    def total_us(self) -> int:
        """From the question to the answer."""
        return self.road_us + self.agreement_us


def between_us(geography: Geography, one: str, other: str) -> int:
    """The round trip between two nodes; none from a node to itself."""
    return 0 if one == other else geography.rtt_us[geography.nodes[one], geography.nodes[other]]


def nearest_us(geography: Geography, node: str, count: int) -> int:
    """How long `count` other nodes take to have answered; all of them, where there are fewer."""
    trips = sorted(between_us(geography, node, other) for other in geography.nodes if other != node)
    return max(trips[: max(0, count)], default=0)


def majority_us(geography: Geography, node: str) -> int:
    """How long it takes to hear of a majority, the node itself being part of it."""
    return nearest_us(geography, node, len(geography.nodes) // 2)


def mean(days: list[GoodDay]) -> GoodDay:
    """The middle of what a region's nodes make of it, which its customers ask in turn."""
    count = max(1, len(days))
    return GoodDay(sum(day.road_us for day in days) // count, sum(day.agreement_us for day in days) // count)
