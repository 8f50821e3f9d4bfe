"""Who lives where, and which links there are: what a cut's names are resolved against.

Rules:
1. A name has one meaning. A region is its nodes, its clients, and the console if that lives there; a node's name
   brings no clients along; `c:us` is the clients of `us` only; `ops` the console only.
2. There is a link between every two nodes, between every client group and every node, and between the console and
   every node. Clients never relay, so there is none between two groups.
"""

from __future__ import annotations

from dataclasses import dataclass

OPS = "ops"
CLIENTS = "c:"

# What no region or node may be called: the cut language has a meaning of its own for it.
TARGETS = ("leader", "primary")
RESERVED = (*TARGETS, "halves", "majority", "ring", OPS)


@dataclass(frozen=True, slots=True)
class Topology:
    """Regions with their nodes, in the level's order; the regions that have clients; the console's region, if any."""

    regions: dict[str, tuple[str, ...]]
    groups: tuple[str, ...] = ()
    ops: str | None = None

    @property
    def nodes(self) -> tuple[str, ...]:
        """All nodes, in the order of their regions."""
        return tuple(node for nodes in self.regions.values() for node in nodes)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that stands for something here, `leader` and `*` apart."""
        console = (OPS,) if self.ops else ()
        return (*self.regions, *self.nodes, *(CLIENTS + group for group in self.groups), *console)

    def endpoints(self, name: str) -> tuple[str, ...]:
        """What a known name stands for, as ends of links."""
        if name not in self.regions:
            assert name in self.names, name
            return (name,)
        clients = (CLIENTS + name,) if name in self.groups else ()
        console = (OPS,) if self.ops == name else ()
        return (*self.regions[name], *clients, *console)

    def linked(self, one: str, other: str) -> bool:
        """Is there a link between these two ends: is at least one of them a node?"""
        nodes = self.nodes
        return one != other and (one in nodes or other in nodes)
