"""Settle: after the shift everything heals, the cluster comes to rest, and every replica is read.

No load; faults end; crashed machines boot with what their disks kept; the operator's settings stay. It takes until
nothing is under way and all replicas agree, looked at once a second, and at most 30 s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from capgame.nemesis.script import Nemesis
from capgame.sim.clients import Clients
from capgame.sim.cluster import Cluster
from capgame.sim.timeline import SECOND_US
from capgame.strategies.strategy import Strategy

MOST_SECONDS = 30

Finals = dict[str, dict[str, int]]  # key: node: the value that its replica holds


class Settling:
    """The quiet time of one run."""

    def __init__(self, cluster: Cluster, nemesis: Nemesis, clients: Mapping[str, Clients]) -> None:
        self._cluster, self._nemesis, self._clients = cluster, nemesis, clients

    async def run(self, keys: Iterable[str]) -> Finals:
        """Let it settle; what every replica holds then, by key. A fenced node serves nothing, so it is not asked."""
        timeline = self._cluster.timeline
        timeline.record("settle")
        self._nemesis.end_all()
        asked = sorted(set(keys))
        finals: Finals = {}
        for _ in range(MOST_SECONDS):
            await timeline.advance(timeline.now + SECOND_US)
            finals = self._read(asked)
            if not any(clients.open for clients in self._clients.values()) and _agree(finals):
                break
        return finals

    def _read(self, keys: list[str]) -> Finals:
        replicas = {
            name: machine.node
            for name, machine in self._cluster.machines.items()
            if isinstance(machine.node, Strategy) and not machine.fenced
        }
        return {key: {name: node.settled(key) for name, node in replicas.items()} for key in keys}


def _agree(finals: Finals) -> bool:
    return all(len(set(shown.values())) <= 1 for shown in finals.values())
