"""Who can reach whom in one segment of a shift, and how soon.

Rules:
1. A segment is a stretch of the resolved script in which no node and no link changes.
2. Paths are directed and run over live nodes only. Clients are endpoints: they begin and end paths, and relay nothing.
3. Lengths are one-way virtual microseconds by the luckiest jitter, so a path here is the best that could be hoped for.

Clients of group "us" are the endpoint "c:us", as on the network.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Segment:
    """[begins, ends) with its live nodes, its up links, and the nodes whose disks are lost at `begins`."""

    begins: int
    ends: int
    live: tuple[str, ...]
    one_way_us: Mapping[tuple[str, str], int]  # up links: between nodes, and between nodes and client endpoints
    wiped: tuple[str, ...] = ()


class Reach:
    """Shortest directed paths of one segment."""

    def __init__(self, segment: Segment) -> None:
        self.live = segment.live
        self._links = segment.one_way_us
        self._paths = self._shortest()
        self._trips: dict[tuple[str, str], int | None] = {}
        self.components = self._strong_components()

    def round_trip_us(self, a: str, b: str) -> int | None:
        """From node a to node b and back; None where either way is closed."""
        there, back = self._paths.get((a, b)), self._paths.get((b, a))
        return None if there is None or back is None else there + back

    def client_trip_us(self, group: str, node: str) -> int | None:
        """From a group's clients to a node and back, over whatever nodes pass it on."""
        if (group, node) not in self._trips:
            self._trips[group, node] = self._client_trip(f"c:{group}", node)
        return self._trips[group, node]

    def spread(self, holders: Iterable[str]) -> frozenset[str]:
        """Everybody whom a copy held by `holders` can get to, themselves included.

        One way is enough: who receives every write holds it, although nobody hears it say so.
        """
        held = sorted(holders)
        return frozenset(held) | {b for a in held for b in self.live if (a, b) in self._paths}

    def _shortest(self) -> dict[tuple[str, str], int]:
        """Floyd and Warshall over the live nodes; at most a handful of them."""
        paths = {(node, node): 0 for node in self.live}
        nodes = frozenset(self.live)
        paths |= {(a, b): us for (a, b), us in self._links.items() if a != b and a in nodes and b in nodes}
        for middle in self.live:
            for a in self.live:
                for b in self.live:
                    _shorten(paths, a, middle, b)
        return paths

    def _client_trip(self, client: str, node: str) -> int | None:
        there = [self._sum((client, door), (door, node)) for door in self.live]
        back = [self._sum((door, client), (node, door)) for door in self.live]
        ways = _least(there), _least(back)
        return None if ways[0] is None or ways[1] is None else ways[0] + ways[1]

    def _sum(self, link: tuple[str, str], path: tuple[str, str]) -> int | None:
        first, rest = self._links.get(link), self._paths.get(path)
        return None if first is None or rest is None else first + rest

    def _strong_components(self) -> tuple[frozenset[str], ...]:
        """The live nodes, in groups that can all talk with one another, in the order of their first node."""
        found: list[frozenset[str]] = []
        for node in self.live:
            if not any(node in component for component in found):
                found.append(frozenset(peer for peer in self.live if self.round_trip_us(node, peer) is not None))
        return tuple(found)


def _shorten(paths: dict[tuple[str, str], int], a: str, middle: str, b: str) -> None:
    first, second = paths.get((a, middle)), paths.get((middle, b))
    if first is None or second is None:
        return
    known = paths.get((a, b))
    if known is None or first + second < known:
        paths[a, b] = first + second


def _least(ways: list[int | None]) -> int | None:
    return min((way for way in ways if way is not None), default=None)
