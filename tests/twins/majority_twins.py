"""Majority with one safety argument left out at a time."""

from __future__ import annotations

from typing import Any

from capgame.sim.cluster import Cluster
from capgame.sim.machine import Machine
from capgame.strategies.majority import Majority, Told
from capgame.values.version import Version


class CountsTwice(Majority):
    """Counts replies, not nodes: what the network duplicated is heard as one more voice."""

    def receive(self, envelope: tuple[str, int, Any]) -> None:
        source, call_id, body = envelope
        call = self._calls.get(-call_id)
        if call is not None and source in call.got:
            source = f"{source} again"
        super().receive((source, call_id, body))


class TrustsReplies(Majority):
    """Takes a write's version from what it was told, and does not look again at what it holds by now."""

    def next_version(self, key: str, newest: Told) -> Version:
        return newest.version.next(self.name)


class Forgets(Majority):
    """Boots with an empty disk, whatever its last incarnation acknowledged."""

    def __init__(self, machine: Machine, cluster: Cluster, boot: int) -> None:
        machine.disk.crash("wipe")
        super().__init__(machine, cluster, boot)
