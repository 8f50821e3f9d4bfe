"""A machine: a clock, a disk and power, and the node that runs on it.

Rules:
1. A crash is silence first (nothing is sent, written or begun any more), then the node's tasks are cancelled. What was
   sent before still arrives.
2. A restart builds a fresh node around the same disk. Whatever was not on the disk is gone.
3. A message finds whichever incarnation is up when it arrives; one that has not begun yet hears nothing.
4. A pause keeps what falls due, timers and arrivals alike, and hands it on at the resume in its old order.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from capgame.sim.clock import Clock
from capgame.sim.disk import Disk
from capgame.sim.timeline import Timeline

if TYPE_CHECKING:
    from capgame.sim.node import Node

SYNC_US = 1_000  # a write to an SSD, forced out


class Machine:
    """One computer of the cluster. `make(machine, boot)` builds the node of its next incarnation."""

    def __init__(self, timeline: Timeline, name: str, region: str, make: Callable[[Machine, int], Node]) -> None:
        self.timeline = timeline
        self.name, self.region = name, region
        self.clock = Clock(lambda: timeline.now)
        self.disk = Disk(lambda: timeline.now, SYNC_US)
        self.node: Node | None = None
        self.paused = False
        self.frozen = False  # the operator said: no writes here
        self.fenced = False  # the operator revoked its epoch: it serves nothing
        self.boots = 0
        self._make = make

    @property
    def up(self) -> bool:
        """It has power and is not paused."""
        return self.node is not None and not self.paused

    def boot(self) -> None:
        """Start a new incarnation on what the disk holds."""
        assert self.node is None, f"{self.name} is up already"
        self.boots += 1
        self.node = self._make(self, self.boots)
        self.node.start()

    def crash(self, fate: str = "keep") -> None:
        """Lose power; the disk keeps everything, loses what was not synced, or is wiped (`keep`, `lose`, `wipe`)."""
        node, self.node = self.node, None
        self.paused = False
        if node is not None:
            self.timeline.kill(node.owner)
        self.disk.crash(fate)

    def pause(self) -> None:
        """Stop in the middle of everything, and do not notice."""
        if self.node is not None and not self.paused:
            self.paused = True
            self.timeline.pause(self.node.owner)

    def resume(self) -> None:
        """Go on as if no time had passed."""
        if self.node is not None and self.paused:
            self.paused = False
            self.timeline.resume(self.node.owner)

    def arrive(self, envelope: tuple[str, int, Any]) -> None:
        """A message is at the door."""
        node = self.node
        if node is None or not node.ready:
            return
        if self.paused:
            node.owner.held.append((node.receive, envelope))
        else:
            node.receive(envelope)
