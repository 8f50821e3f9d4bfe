"""A cluster to drive by hand: put requests, faults and moves to it, let time pass, look at what came of it.

    lab = Lab("primary-backup", replication="sync")
    asked = lab.write("n1", 7)
    lab.cut("n3", "n1 n2")
    lab.advance(2 * S)
    assert asked.reply == Ok(7, "n1")

Times are integer microseconds. Everything a test calls happens at the present instant; what must run the same on both
kernels is put in the diary first (`lab.later(at, lab.write, "n1", 7)`) and run by `lab.play(until)`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from capgame.sim.cluster import Cluster, Geography, endpoint
from capgame.sim.node import Node
from capgame.sim.requests import Read, Reply, Request, Write, describe
from capgame.sim.run import run, step
from capgame.sim.stepped import SteppedTimeline
from capgame.sim.timeline import MOVE, Timeline
from capgame.sim.trace import Trace
from capgame.strategies import STRATEGIES
from capgame.strategies.strategy import Strategy

MS = 1_000
S = 1_000_000
GOLDEN = Path(__file__).parent / "golden"
THREE = {"n1": "us", "n2": "us", "n3": "eu"}


@dataclass
class Asked:
    """A request and what came back: no reply yet is None. Duplicates of a reply are not kept."""

    request: Request
    at: int
    reply: Reply | None = None
    replied: int = 0


class Lab:
    """A cluster of one strategy, its customers, and an operator with a console. Knobs are texts, `_` for `-`."""

    def __init__(
        self,
        strategy: str | type[Strategy],
        *,
        nodes: Mapping[str, str] | None = None,
        inside_us: int = 2 * MS,
        between_us: int = 80 * MS,
        jitter_ppm: int = 100_000,
        seed: str = "KIWI",
        kernel: Callable[[str, Trace], Timeline] = SteppedTimeline,
        **knobs: str,
    ) -> None:
        self.strategy = STRATEGIES[strategy] if isinstance(strategy, str) else strategy
        self.timeline = kernel(seed, Trace(keep=True))
        self.asked: dict[int, Asked] = {}
        self._epoch = 1
        settings = {name: knob.parse(knob.default) for name, knob in self.strategy.knobs.items()}
        for name, text in knobs.items():
            settings[name.replace("_", "-")] = self.strategy.knobs[name.replace("_", "-")].parse(text)
        geography = _geography(dict(nodes or THREE), inside_us, between_us, jitter_ppm)
        self.cluster = Cluster(self.timeline, geography, lambda *where: self.strategy(*where), settings)
        for group in geography.groups:
            self.cluster.attach_clients(group, self)
        self.cluster.boot()

    # ── customers

    def read(self, node: str, key: str = "k0", group: str = "") -> Asked:
        """Ask a node, as a customer of its region (or of another)."""
        return self._ask(node, Read(key, 1_000_000 + len(self.asked)), group)

    def write(self, node: str, value: int, key: str = "k0", group: str = "", identity: int = 0) -> Asked:
        """The same with a new value; a retry has the identity of the first attempt (the value, if none is given)."""
        return self._ask(node, Write(key, value, identity or value), group)

    def _ask(self, node: str, request: Request, group: str) -> Asked:
        call_id = -1 - len(self.asked)  # ids of customers and of nodes never meet: the reply has the opposite sign
        asked = self.asked[-call_id] = Asked(request, self.timeline.now)
        source = endpoint(group or self.cluster.geography.nodes[node])
        self.cluster.links[source][node].carry(-call_id, request, describe(request))
        return asked

    def arrive(self, envelope: tuple[str, int, Any]) -> None:
        """An answer comes in."""
        _, call_id, body = envelope
        asked = self.asked[-call_id]
        if asked.reply is None:
            asked.reply, asked.replied = body, self.timeline.now

    # ── time

    def advance(self, us: int) -> None:
        """Let time pass, on the stepped kernel."""
        step(self.timeline.advance(self.timeline.now + us))

    def later(self, at: int, verb: Callable[..., object], *arguments: object) -> None:
        """Put something in the diary."""
        self.timeline.at(at, MOVE, self.timeline.world, lambda _: verb(*arguments), None)

    def play(self, until: int) -> None:
        """Run the diary to an instant on either kernel, once."""

        async def main() -> None:
            await self.timeline.advance(until)

        run(self.timeline, main)

    # ── faults

    def cut(self, *sides: str) -> None:
        """`cut("n3", "n1 n2")`: nothing passes between the sides, either way. Customers are `c:us`."""
        self._say(f"cut {' | '.join(sides)}")
        self.cluster.network.cut(_between(sides))

    def heal(self, *sides: str) -> None:
        """Take that back."""
        self._say(f"heal {' | '.join(sides)}")
        self.cluster.network.heal(_between(sides))

    def disturb(self, **effects: int) -> None:
        """Trouble on all links between nodes: `loss_ppm=300_000`."""
        links = self.cluster.network.links
        pairs = [pair for pair in links if not any(name.startswith("c:") for name in pair)]
        self.cluster.network.disturb(pairs, effects)

    def crash(self, node: str, fate: str = "keep") -> None:
        """Take the power from it."""
        self._say(f"crash {node} {fate}")
        self.cluster.machines[node].crash(fate)

    def boot(self, node: str) -> None:
        """And give it back."""
        self._say(f"boot {node}")
        self.cluster.machines[node].boot()

    def pause(self, node: str) -> None:
        """Stop it in the middle of everything."""
        self._say(f"pause {node}")
        self.cluster.machines[node].pause()

    def resume(self, node: str) -> None:
        """Let it go on."""
        self._say(f"resume {node}")
        self.cluster.machines[node].resume()

    # ── the operator

    def fence(self, node: str, on: bool = True) -> None:
        """Revoke its epoch, or take that back."""
        self._say(f"{'fence' if on else 'unfence'} {node}")
        self.cluster.machines[node].fenced = on

    def tune(self, knob: str, text: str) -> None:
        """Turn a knob."""
        self._say(f"tune {knob} {text}")
        self.cluster.turn(knob, self.strategy.knobs[knob].parse(text))

    def operate(self, verb: str, node: str) -> str | None:
        """`promote`, `transfer`: why not, or None."""
        self._epoch += 1
        self._say(f"{verb} {node}")
        return self.strategy.operate(self.cluster, verb, node, self._epoch)

    def _say(self, line: str) -> None:
        self.timeline.record(line)

    # ── looking

    def node(self, name: str) -> Any:
        """The node that runs on a machine; it must be up."""
        node: Node | None = self.cluster.machines[name].node
        assert isinstance(node, Strategy), f"{name} is down"
        return node

    def settled(self, key: str = "k0") -> dict[str, int]:
        """What every replica that is up has for a key."""
        return {node.name: node.state.get(key, 0) for node in self.cluster.nodes if isinstance(node, Strategy)}

    def roles(self) -> dict[str, str]:
        """`{"n1": "primary 1"}`: role and epoch of every replica that is up."""
        views = {node.name: node.view() for node in self.cluster.nodes}
        return {name: f"{view.role} {view.epoch}" for name, view in views.items()}

    def transcript(self) -> str:
        """Customers, faults, moves and what nodes noted, a line each; not what nodes said among themselves."""
        assert self.timeline.trace.digest
        lines = [line for line in self.timeline.trace.kept if not line.startswith("events ")]
        return "".join(f"{line}\n" for line in lines if "c:" in line or ">" not in line)


def _between(sides: tuple[str, ...]) -> list[tuple[str, str]]:
    groups = [side.split() for side in sides]
    return [
        (source, target)
        for here in groups
        for there in groups
        if here is not there
        for source in here
        for target in there
    ]


def _geography(nodes: dict[str, str], inside_us: int, between_us: int, jitter_ppm: int) -> Geography:
    regions = list(dict.fromkeys(nodes.values()))
    rtt_us = {(here, there): inside_us if here == there else between_us for here in regions for there in regions}
    return Geography(nodes, {region: region for region in regions}, rtt_us, rtt_us, jitter_ppm)
