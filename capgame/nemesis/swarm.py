"""Random scripts: many faults at once, of a few kinds at a time.

Swarm testing (Groce, Zhang, Eide, Chen & Regehr 2012): a script that may use everything uses everything, and its
faults hide each other's consequences. So each script first draws which kinds it will have, and then only those happen,
often. It is drawn from one stream: the same draws give the same script.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from capgame.nemesis.fault import Fault, Flap
from capgame.nemesis.topology import CLIENTS, Topology

T = TypeVar("T")
Draw = Callable[[], float]  # a stream's next number, in [0, 1)
Maker = Callable[["Storm"], Fault]

LEADER_PPM = 400_000  # how often a fault of one node is the leader's


@dataclass(frozen=True, slots=True)
class Climate:
    """What a script may hold. Times in microseconds; a fault begins in [from_us, until_us)."""

    from_us: int
    until_us: int
    kinds: tuple[str, ...] = ("crash", "cut", "isolate", "link", "one-way", "pause")
    together: int = 4  # at most so many kinds in one script
    least: int = 5
    most: int = 16
    shortest_us: int = 100_000
    longest_us: int = 6_000_000
    disks: tuple[str, ...] = ("keep", "lose")


def swarm(topology: Topology, climate: Climate, draw: Draw) -> list[Fault]:
    """A random script, by its instants."""
    storm = Storm(topology, climate, draw)
    kinds = storm.some(climate.kinds, storm.between(1, min(climate.together, len(climate.kinds))))
    count = storm.between(climate.least, climate.most)
    return sorted((MAKERS[storm.one(kinds)](storm) for _ in range(count)), key=lambda fault: fault.at)


class Storm:
    """The dice of one script."""

    def __init__(self, topology: Topology, climate: Climate, draw: Draw) -> None:
        self.topology, self.climate = topology, climate
        self._draw = draw

    def between(self, low: int, high: int) -> int:
        """A whole number in [low, high]."""
        return low + int(self._draw() * (high - low + 1))

    def one(self, of: Sequence[T]) -> T:
        """One of several."""
        return of[self.between(0, len(of) - 1)]

    def some(self, of: Sequence[T], count: int) -> list[T]:
        """`count` of several, in the order in which they are drawn."""
        rest = list(of)
        return [rest.pop(self.between(0, len(rest) - 1)) for _ in range(count)]

    def begins(self) -> int:
        """An instant, in whole milliseconds: it can be written down in a level."""
        climate = self.climate
        return self.between(climate.from_us // 1_000, (climate.until_us - 1) // 1_000) * 1_000

    def lasts(self) -> int:
        """A length, short ones more often: most bugs live in quick successions."""
        climate = self.climate
        longest = climate.longest_us >> self.between(0, 3)
        return max(climate.shortest_us, self.between(0, longest // 1_000) * 1_000)

    def machine(self) -> str:
        """The leader, or any node."""
        leads = self.between(1, 1_000_000) <= LEADER_PPM
        node = self.one(self.topology.nodes)
        return "leader" if leads else node

    def sides(self) -> tuple[list[str], list[str]]:
        """All nodes, in two groups; customers of a region stand on a side too, or reach both."""
        nodes = self.topology.nodes
        one = self.some(nodes, self.between(1, len(nodes) - 1))
        other = [node for node in nodes if node not in one]
        for group in self.topology.groups:
            side = self.one((one, other, []))
            side.append(CLIENTS + group)
        return one, other


def _cut(storm: Storm) -> Fault:
    one, other = storm.sides()
    flap = storm.one((None, None, Flap(300_000, 800_000)))
    return Fault(storm.begins(), "cut", f"{' '.join(one)} | {' '.join(other)}", storm.lasts(), flap=flap)


def _isolate(storm: Storm) -> Fault:
    return Fault(storm.begins(), "cut", f"{storm.machine()} | *", storm.lasts())


def _one_way(storm: Storm) -> Fault:
    target = storm.one((f"* -/> {storm.machine()}", f"{storm.machine()} -/> *"))
    return Fault(storm.begins(), "cut", target, storm.lasts())


def _crash(storm: Storm) -> Fault:
    disk = storm.one(storm.climate.disks)
    return Fault(storm.begins(), "crash", storm.machine(), storm.lasts(), (("disk", disk),))


def _pause(storm: Storm) -> Fault:
    return Fault(storm.begins(), "pause", storm.machine(), storm.lasts())


def _link(storm: Storm) -> Fault:
    one, other = storm.some(storm.topology.nodes, 2)
    target = storm.one((f"{one} <-> {other}", f"{one} <-> *"))
    trouble = (
        ("loss", storm.between(50, 400) * 1_000),
        ("duplicate", storm.between(50, 500) * 1_000),
        ("reorder", storm.between(50, 500) * 1_000),
    )
    return Fault(storm.begins(), "link", target, storm.lasts(), trouble)


MAKERS: dict[str, Maker] = {
    "crash": _crash,
    "cut": _cut,
    "isolate": _isolate,
    "link": _link,
    "one-way": _one_way,
    "pause": _pause,
}
