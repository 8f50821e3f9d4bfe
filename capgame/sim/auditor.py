"""The auditor: reads every key from every replica, as a client would, when the shift is over.

It stands beside every machine on links of its own. What a replica answers is what its protocol answers: a copy that
would not have served a stale value is not blamed for holding one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from capgame.sim.cluster import Cluster
from capgame.sim.requests import CLIENT, Ok, Read, describe

NAME = CLIENT + "audit"
ONE_WAY_US = 1_000

Finals = dict[str, dict[str, int]]  # key: node: the value it answered


class Auditor:
    """Asks, and collects what is answered. Replicas that do not answer `ok` are left out."""

    def __init__(self, cluster: Cluster) -> None:
        self.finals: Finals = {}
        self._cluster = cluster
        self._asked: dict[int, str] = {}
        for name in cluster.machines:
            cluster.connect(NAME, name, ONE_WAY_US)
        cluster.network.attach(NAME, self)

    def ask(self, keys: Sequence[str], nodes: Sequence[str]) -> None:
        """Begin a round: forget the last one, and ask these replicas for these keys, now."""
        timeline = self._cluster.timeline
        self.finals = {key: {} for key in keys}
        self._asked.clear()
        for key in keys:
            for node in nodes:
                timeline.calls = call_id = timeline.calls + 1
                self._asked[call_id] = key
                request = Read(key, -call_id)
                self._cluster.links[NAME][node].carry(call_id, request, describe(request))

    def arrive(self, envelope: tuple[str, int, Any]) -> None:
        """An answer comes in."""
        node, call_id, reply = envelope
        key = self._asked.pop(-call_id, None)
        if key is not None and type(reply) is Ok:
            self.finals[key][node] = reply.value
