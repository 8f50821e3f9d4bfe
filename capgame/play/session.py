"""One game of one level: the world built from a setting, driven to its end, and judged.

The order of things, which replays rely on: entries of an instant, then moves asked for at it. A run is
`advance(duration)`, then `settle()`; where it is cut into smaller advances cannot be seen in the digest.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace

from capgame.moves.legal import Board
from capgame.nemesis.resolve import Pair
from capgame.nemesis.script import Active, Nemesis
from capgame.play.judge import Judge
from capgame.play.log import Log
from capgame.play.meters import Meters
from capgame.play.operator import Answer, Operator, board, has_verb
from capgame.play.pager import PageCall, pages
from capgame.play.score import Tally, amounts, offered_value
from capgame.play.setting import Setting, geography
from capgame.play.settle import Settling
from capgame.sim.clients import Arrival, Clients, Counters, Habits
from capgame.sim.cluster import Cluster, endpoint
from capgame.sim.live import LiveTimeline
from capgame.sim.network import Flight
from capgame.sim.stepped import SteppedTimeline
from capgame.sim.timeline import Timeline
from capgame.sim.trace import Trace
from capgame.strategies.strategy import Snapshot
from capgame.values.seed import canonical
from capgame.values.units import show_seconds
from capgame.workloads.register import Register, arrivals

FLIGHTS = 300  # messages between nodes that a watched session remembers

KERNELS: dict[str, Callable[[str, Trace], Timeline]] = {"stepped": SteppedTimeline, "live": LiveTimeline}


class Session:
    """A running game. `kernel` is `stepped` (headless) or `live` (trio; then its timeline needs a nursery).

    A `watched` session also remembers the messages on their way, for a map.
    """

    def __init__(
        self, setting: Setting, *, kernel: str = "stepped", keep_trace: bool = False, watched: bool = False
    ) -> None:
        self.setting = setting
        self.level = setting.level
        self.duration = setting.level.duration_us
        self.over = False  # settled and judged
        self.timeline = KERNELS[kernel](canonical(setting.seed, "seed"), Trace(keep=keep_trace))
        self.log = Log()
        self.flights: deque[Flight] = deque(maxlen=FLIGHTS)
        self.cluster = Cluster(self.timeline, geography(self.level), setting.strategy, setting.knobs)
        self.arrivals = self._draw_arrivals()
        self.judge = self._seat_judge()
        self.clients = self._invite_clients()
        self.nemesis = Nemesis(self.cluster, setting.topology, self.level.faults, self.leader_named, self._hear_nemesis)
        self.operator = Operator(setting, self.cluster, self.clients, self._hear_operator)
        self.pages: tuple[PageCall, ...] = pages(self.level)
        self._read_until = -1  # pages up to here are in the log
        if watched:
            self._watch()
        self._start()

    # ── building

    def _draw_arrivals(self) -> dict[str, list[Arrival]]:
        level = self.level
        reads = dict(level.workload.shares)["read"]
        return {
            region.name: arrivals(
                self.timeline.streams,
                region.name,
                [(step.at, step.milli) for step in region.clients],
                level.duration_us,
                reads,
            )
            for region in level.cluster.regions
            if region.clients
        }

    def _seat_judge(self) -> Judge:
        rules = self.level.score
        weights = amounts(rules.weights)
        asked = [arrival.f for group in self.arrivals.values() for arrival in group]
        tally = Tally.begin(rules, offered_value(asked, weights))
        meters = Meters(self.arrivals, self.duration, tally, weights)
        workload = Register(self.level.workload.keys)
        return Judge(self.timeline, workload, meters, amounts(rules.prices), self.explain, self.log)

    def _invite_clients(self) -> dict[str, Clients]:
        level, counters = self.level, Counters()
        habits = Habits(level.deadline_us, level.timeout_us, level.workload.retry, level.workload.identity)
        return {
            group: Clients(self.cluster, group, asked, self.judge.workload, habits, self.judge, counters)
            for group, asked in self.arrivals.items()
        }

    def _watch(self) -> None:
        for (source, target), link in self.cluster.network.links.items():
            if source in self.cluster.machines and target in self.cluster.machines:
                link.watcher = self.flights.append

    def _start(self) -> None:
        self.cluster.boot()
        self.nemesis.start()
        for clients in self.clients.values():
            clients.start()

    # ── running

    @property
    def now(self) -> int:
        """Virtual microseconds since the shift began."""
        return self.timeline.now

    @property
    def board(self) -> Board:
        """The names that are legal in moves, and the verbs among them that the strategy knows: what is offered."""
        full = board(self.setting)
        return replace(full, allow=tuple(verb for verb in full.allow if has_verb(self.setting, verb)))

    async def advance(self, until: int) -> None:
        """Run to an instant of the shift, at most to its end."""
        reigns = len(self.cluster.reigns)
        await self.timeline.advance(min(until, self.duration))
        unread, self._read_until = self.pages_between(self._read_until, self.now), self.now
        for page in unread:
            for says in page.says:
                self.log.say(page.at, "fault", says)
        for reign in self.cluster.reigns[max(1, reigns) :]:
            word = {"t": "term", "e": "epoch"}[self.setting.strategy.epoch_letter]
            self.log.say(reign.at, "info", f"{reign.node} leads, {word} {reign.epoch}.")

    async def settle(self) -> None:
        """After the shift: heal, let the cluster come to rest, read every replica, and judge what is left."""
        assert self.now == self.duration, f"the shift is not over at {self.now}"
        settling = Settling(self.cluster, self.nemesis, self.clients)
        finals = await settling.run([op.key for op in self.judge.history.operations])
        promotions = [(reign.at, reign.node) for reign in self.cluster.reigns]
        self.judge.settle(finals, promotions)
        self.over = True

    def submit(self, text: str) -> Answer:
        """Ask for a move at `now`; only between advances, and only while the shift lasts."""
        if self.now >= self.duration:
            return Answer(False, "the shift is over")
        return self.operator.submit(text)

    def close(self) -> None:
        """Nothing runs and nothing is recorded from here on."""
        self.timeline.close()

    # ── stops

    def pages_between(self, since: int, until: int) -> tuple[PageCall, ...]:
        """The pages in (since, until]."""
        return tuple(page for page in self.pages if since < page.at <= until)

    def falls(self) -> tuple[str, ...]:
        """Groups that have just fallen below half served."""
        return self.judge.meters.falls(self.now)

    # ── what is known about the cluster

    def snapshots(self) -> dict[str, Snapshot]:
        """Every node that has power, as its strategy sees it."""
        return {
            name: machine.node.view() for name, machine in self.cluster.machines.items() if machine.node is not None
        }

    def leader_named(self, _: str = "leader") -> str:
        """The node that leads in the highest term or epoch; else the last one known to."""
        leading = [(view.epoch, name) for name, view in self.snapshots().items() if view.leads]
        if leading:
            highest = max(epoch for epoch, _ in leading)
            return next(name for epoch, name in leading if epoch == highest)
        return self.cluster.reigns[-1].node if self.cluster.reigns else self.cluster.members[0]

    def explain(self, node: str, at: int) -> str:
        """Why a node may have answered wrongly at an instant: `n3 had been cut off since 12.0 s`, or nothing."""
        for active in self.nemesis.begun:
            if active.began <= at and (active.ended is None or at < active.ended):
                why = _bears_on(active, node, self.cluster.members, self.leader_named())
                if why:
                    return f"{node} had been {why} since {show_seconds(active.began)}"
        return ""

    def round_trip_us(self, group: str, node: str) -> int:
        """From a group's customers to a node and back, as the level has it."""
        geography = self.cluster.geography
        return geography.client_rtt_us[geography.groups[group], geography.nodes[node]]

    def reaches(self, group: str, region: str) -> bool:
        """Whether a group's customers reach some node of a region now."""
        return any(
            self.reaches_node(group, node) for node, where in self.cluster.geography.nodes.items() if where == region
        )

    def reaches_node(self, group: str, node: str) -> bool:
        """Whether a group's customers reach a node now, both ways, and it runs."""
        links, client = self.cluster.network.links, endpoint(group)
        open_both_ways = not links[client, node].down and not links[node, client].down
        return open_both_ways and self.cluster.machines[node].up

    def _hear_nemesis(self, text: str) -> None:
        self.judge.history.note("nemesis", self.now, text)
        if text.startswith("ends"):
            self.log.say(self.now, "info", f"Over: {text.removeprefix('ends ')}.")

    def _hear_operator(self, text: str) -> None:
        self.judge.history.note("move", self.now, text)
        self.log.say(self.now, "you", f"{text}. Takes effect now.")


def _bears_on(active: Active, node: str, members: tuple[str, ...], leader: str) -> str:
    if node in active.machines:
        return {"pause": "paused", "clock": "running on a wrong clock"}.get(active.fault.word, "")
    if active.fault.word == "cut" and active.closed:
        reachable = [peer for peer in members if peer != node and not _severed(active.pairs, node, peer)]
        if 2 * (len(reachable) + 1) <= len(members):
            return "cut off"
        return f"cut off from {leader}" if _severed(active.pairs, node, leader) else ""
    return ""


def _severed(pairs: tuple[Pair, ...], one: str, other: str) -> bool:
    return (one, other) in pairs or (other, one) in pairs
