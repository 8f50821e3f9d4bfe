"""Settle: after the shift everything heals, the cluster comes to rest, and every key is read from every replica.

No load; faults end; crashed machines boot with what their disks kept; the operator's settings stay. It takes until
nothing is under way and all replicas answer the same, looked at once a second, and at most 30 s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from capgame.nemesis.script import Nemesis
from capgame.sim.auditor import Auditor, Finals
from capgame.sim.clients import Clients
from capgame.sim.cluster import Cluster
from capgame.sim.timeline import SECOND_US

MOST_SECONDS = 30


class Settling:
    """The quiet time of one run."""

    def __init__(self, cluster: Cluster, nemesis: Nemesis, clients: Mapping[str, Clients]) -> None:
        self._cluster, self._nemesis, self._clients = cluster, nemesis, clients

    async def run(self, keys: Iterable[str]) -> Finals:
        """Let it settle; what every replica answers then, by key. A fenced node serves nothing, so it is not asked."""
        timeline = self._cluster.timeline
        timeline.record("settle")
        self._nemesis.end_all()
        auditor = Auditor(self._cluster)
        asked = sorted(set(keys))
        nodes = [name for name, machine in self._cluster.machines.items() if not machine.fenced]
        for _ in range(MOST_SECONDS):
            quiet = not any(clients.open for clients in self._clients.values())  # before the round, or it proves little
            auditor.ask(asked, nodes)
            await timeline.advance(timeline.now + SECOND_US)
            if quiet and _agree(auditor.finals, len(nodes)):
                break
        return auditor.finals


def _agree(finals: Finals, replicas: int) -> bool:
    """Whether everybody has answered, and all the same."""
    return all(len(shown) == replicas and len(set(shown.values())) == 1 for shown in finals.values())
