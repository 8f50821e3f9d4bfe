"""The cluster: machines and customers placed in regions, and the links between them.

Built once a run, from plain numbers. Nodes find their fellow members and the present knobs here; both are data that
may be replaced while they run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from capgame.sim.machine import Machine
from capgame.sim.network import Endpoint, Link, Network
from capgame.sim.node import Node, Reign
from capgame.sim.requests import CLIENT
from capgame.sim.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Geography:
    """Where everything stands. Round trips are in microseconds, by ordered pair of regions."""

    nodes: Mapping[str, str]  # node: region, in the order of the level
    groups: Mapping[str, str]  # client group: region
    rtt_us: Mapping[tuple[str, str], int]
    client_rtt_us: Mapping[tuple[str, str], int]
    jitter_ppm: int = 100_000
    ops: str | None = None  # the region of the operator's console; None: it reaches every machine


class Cluster:
    """The machines of a run, with what they share: members, knobs, the network."""

    def __init__(
        self,
        timeline: Timeline,
        geography: Geography,
        make: Callable[[Machine, Cluster, int], Node],
        knobs: Mapping[str, Any],
    ) -> None:
        self.timeline = timeline
        self.geography = geography
        self.members = tuple(geography.nodes)
        self.knobs: dict[str, Any] = dict(knobs)
        self.turns = 0  # how many knobs have been turned so far
        self.reigns: list[Reign] = []  # who took the lead, and when
        self.network = _wire(timeline, geography)
        self.links: dict[str, dict[str, Link]] = {
            name: self.network.leaving(name) for name in (*geography.nodes, *map(endpoint, geography.groups))
        }
        self.machines = {
            name: Machine(timeline, name, region, lambda machine, boot: make(machine, self, boot))
            for name, region in geography.nodes.items()
        }
        for name, machine in self.machines.items():
            self.network.attach(name, machine)

    def attach_clients(self, group: str, clients: Endpoint) -> None:
        """Let answers to a group's customers arrive."""
        self.network.attach(endpoint(group), clients)

    def boot(self) -> None:
        """Switch everything on, in the order of the level."""
        for machine in self.machines.values():
            machine.boot()

    def connect(self, client: str, node: str, one_way_us: int) -> None:
        """Add links, both ways, between a node and somebody who was not there at the start."""
        for source, target in ((client, node), (node, client)):
            self.network.connect(source, target, one_way_us)
            self.links.setdefault(source, {})[target] = self.network.links[source, target]
            if target in self.machines:
                self.network.attach(target, self.machines[target])

    def turn(self, knob: str, value: Any) -> None:
        """Turn a knob, for all nodes at once."""
        self.knobs[knob] = value
        self.turns += 1

    def console_reaches(self, node: str) -> bool:
        """Whether the operator's console can talk with a machine now."""
        ways = [self.network.links.get(way) for way in ((CONSOLE, node), (node, CONSOLE))]
        return not any(link.down for link in ways if link is not None)

    @property
    def nodes(self) -> list[Node]:
        """The nodes that have power, paused ones among them."""
        return [machine.node for machine in self.machines.values() if machine.node is not None]


def endpoint(group: str) -> str:
    """The name of a client group on the network."""
    return CLIENT + group


CONSOLE = "ops"


def _wire(timeline: Timeline, geography: Geography) -> Network:
    network = Network(timeline, geography.jitter_ppm)
    for source, here in geography.nodes.items():
        for target, there in geography.nodes.items():
            if source != target:
                network.connect(source, target, geography.rtt_us[here, there] // 2)
    for group, here in geography.groups.items():
        for node, there in geography.nodes.items():
            one_way_us = geography.client_rtt_us[here, there] // 2
            network.connect(endpoint(group), node, one_way_us)
            network.connect(node, endpoint(group), one_way_us)
    for node, there in geography.nodes.items() if geography.ops else ():
        one_way_us = geography.rtt_us[str(geography.ops), there] // 2
        network.connect(CONSOLE, node, one_way_us)
        network.connect(node, CONSOLE, one_way_us)
    return network
