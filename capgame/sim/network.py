"""Links between endpoints: how long a message takes, and whether it arrives.

Rules:
1. A link is one direction between two endpoints: nodes (`n1`) or a region's customers (`c:us`). Customers have links of
   their own, so that they may reach what a replica cannot.
2. A message needs its link up when it departs and when it arrives. A link is down while any fault downs it; delays of
   several faults add, their losses combine.
3. Every link draws from streams of its own, one for transit and one for trouble, so that a fault on one link never
   shifts another. Jitter alone reorders: whoever needs order uses a stream (`sim/stream.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from capgame.sim.streams import below, happens
from capgame.sim.timeline import MESSAGE, Timeline

MILLION = 1_000_000


class Endpoint(Protocol):
    """Where a message arrives."""

    def arrive(self, envelope: tuple[str, int, Any]) -> None:
        """Take (source, call id, body). The id is 0 for one way, positive for a call, negative for a reply."""


Flight = tuple[str, str, int, int, bool, int, Any]  # source, target, sent, arrives, lost, call id, body
Watcher = Callable[[Flight], None]


class Link:
    """One direction between two endpoints. Loss, duplicates and reordering are in ppm, times in microseconds."""

    __slots__ = (
        "_arrival",
        "_low",
        "_span",
        "_text",
        "_timeline",
        "_transit",
        "_trouble",
        "delay_us",
        "down",
        "duplicate_ppm",
        "endpoint",
        "loss_ppm",
        "one_way_us",
        "reorder_ppm",
        "source",
        "target",
        "troubled",
        "watcher",
    )

    def __init__(self, timeline: Timeline, source: str, target: str, one_way_us: int, jitter_ppm: int) -> None:
        self.source, self.target = source, target
        self.one_way_us = one_way_us
        self.endpoint: Endpoint | None = None
        self.watcher: Watcher | None = None
        self.down = 0  # how many faults down it now
        self.delay_us = self.loss_ppm = self.duplicate_ppm = self.reorder_ppm = 0
        self.troubled = False
        self._timeline = timeline
        self._arrival = self._deliver  # bound once: it is asked for with every message
        self._text = f"{source}>{target}"
        self._low = one_way_us - one_way_us * jitter_ppm // MILLION
        self._span = 2 * (one_way_us - self._low) + 1
        self._transit = timeline.streams.draw(f"net/{source}-{target}")
        self._trouble = timeline.streams.draw(f"trouble/{source}-{target}")

    @property
    def fastest_us(self) -> int:
        """The least that a message takes, by the luckiest jitter."""
        return self._low

    def carry(self, call_id: int, body: Any, text: str) -> None:
        """Take a message now. `text` is the body as the trace has it."""
        timeline = self._timeline
        now = timeline.now
        arrives = now + self._low + int(self._transit() * self._span)
        if self.down or self.troubled:
            self._carry_in_trouble(call_id, body, text, arrives)
            return
        timeline.trace.lines.append(f"{now} {self._text} {call_id} {text}")
        if self.watcher is not None:
            self.watcher((self.source, self.target, now, arrives, False, call_id, body))
        timeline.at(arrives, MESSAGE, timeline.world, self._arrival, (self.source, call_id, body))

    def _carry_in_trouble(self, call_id: int, body: Any, text: str, arrives: int) -> None:
        timeline, draw = self._timeline, self._trouble
        lost, twice, late = (happens(draw, ppm) for ppm in (self.loss_ppm, self.duplicate_ppm, self.reorder_ppm))
        gone = bool(self.down) or lost
        arrives += self.delay_us + (below(draw, 4 * self.one_way_us + 1) if late else 0)
        timeline.record(f"{self._text} {call_id} {text}{' lost' if gone else ''}")
        if self.watcher is not None:
            self.watcher((self.source, self.target, timeline.now, arrives, gone, call_id, body))
        if gone:
            return
        envelope = (self.source, call_id, body)
        timeline.at(arrives, MESSAGE, timeline.world, self._deliver, envelope)
        if twice:
            timeline.at(arrives + below(draw, self._span), MESSAGE, timeline.world, self._deliver, envelope)

    def _deliver(self, envelope: tuple[str, int, Any]) -> None:
        if self.down:
            self._timeline.record(f"{self._text} {envelope[1]} lost on arrival")
        elif self.endpoint is not None:
            self.endpoint.arrive(envelope)

    def disturb(self, *, delay_us: int = 0, loss_ppm: int = 0, duplicate_ppm: int = 0, reorder_ppm: int = 0) -> None:
        """Set what all present faults together do to this link."""
        self.delay_us, self.loss_ppm = delay_us, loss_ppm
        self.duplicate_ppm, self.reorder_ppm = duplicate_ppm, reorder_ppm
        self.troubled = bool(delay_us or loss_ppm or duplicate_ppm or reorder_ppm)


class Network:
    """All links of a cluster, by (source, target)."""

    def __init__(self, timeline: Timeline, jitter_ppm: int = 100_000) -> None:
        self.links: dict[tuple[str, str], Link] = {}
        self._timeline = timeline
        self._jitter_ppm = jitter_ppm
        self._disturbances: dict[tuple[str, str], list[dict[str, int]]] = {}

    def connect(self, source: str, target: str, one_way_us: int) -> None:
        """Add one direction."""
        self.links[source, target] = Link(self._timeline, source, target, one_way_us, self._jitter_ppm)

    def attach(self, name: str, endpoint: Endpoint) -> None:
        """Let what is sent to `name` arrive at an endpoint."""
        for (_, target), link in self.links.items():
            if target == name:
                link.endpoint = endpoint

    def leaving(self, name: str) -> dict[str, Link]:
        """The links out of an endpoint, by target."""
        return {target: link for (source, target), link in self.links.items() if source == name}

    def cut(self, pairs: list[tuple[str, str]]) -> None:
        """Down these directed links, once more each."""
        for pair in pairs:
            if pair in self.links:
                self.links[pair].down += 1

    def heal(self, pairs: list[tuple[str, str]]) -> None:
        """Take one `cut` of these links back."""
        for pair in pairs:
            if pair in self.links:
                self.links[pair].down -= 1

    def disturb(self, pairs: list[tuple[str, str]], effects: dict[str, int]) -> None:
        """Add a disturbance (`delay_us`, `loss_ppm`, `duplicate_ppm`, `reorder_ppm`) to these links."""
        for pair in pairs:
            self._disturbances.setdefault(pair, []).append(effects)
            self._apply(pair)

    def calm(self, pairs: list[tuple[str, str]], effects: dict[str, int]) -> None:
        """Take one such disturbance back."""
        for pair in pairs:
            self._disturbances[pair].remove(effects)
            self._apply(pair)

    def _apply(self, pair: tuple[str, str]) -> None:
        present = self._disturbances[pair]
        shares = ("loss_ppm", "duplicate_ppm", "reorder_ppm")
        combined = {name: _combine([effects.get(name, 0) for effects in present]) for name in shares}
        if pair in self.links:
            self.links[pair].disturb(delay_us=sum(effects.get("delay_us", 0) for effects in present), **combined)


def _combine(shares_ppm: list[int]) -> int:
    """The chance that at least one of several independent things happens, in ppm."""
    kept = MILLION
    for share in shares_ppm:
        kept = kept * (MILLION - share) // MILLION
    return MILLION - kept
