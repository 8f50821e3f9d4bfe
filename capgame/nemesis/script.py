"""The nemesis: carries out a script's faults on a cluster, and remembers what it did.

Rules:
1. A fault holds in [at, at + for); without `for`, until `end_all` (settle). Ends come before beginnings in an instant.
2. Faults overlap: a link is down while any of them downs it, a machine while any of them holds it, and what they do to
   a clock adds up. Only `restart` boots a machine before the crashes that hold it are over.
3. `leader`, `primary`, `halves` and `majority` are answered once, when the fault begins, and the answer is recorded.
4. What the ceilings need, the reachability of every instant, is kept as it changes (`changes`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from capgame.nemesis.cuts import Cut, parse_cut, parse_link, parse_machines, show_cut
from capgame.nemesis.fault import Fault
from capgame.nemesis.resolve import Pair, Whois, choose, choose_machines, resolve
from capgame.nemesis.shapes import Shape, shape
from capgame.nemesis.topology import Topology
from capgame.sim.cluster import Cluster
from capgame.sim.timeline import FAULT, FAULT_END

SLOWEST_PPM = -990_000  # a clock that stands still would wait for ever
EFFECTS = {"delay": "delay_us", "loss": "loss_ppm", "duplicate": "duplicate_ppm", "reorder": "reorder_ppm"}


@dataclass(slots=True)
class Active:
    """A fault that has begun. `target` is what it befell, once its questions were answered."""

    fault: Fault
    began: int
    target: str = ""
    shape: Shape | None = None
    pairs: tuple[Pair, ...] = ()
    machines: tuple[str, ...] = ()
    closed: bool = True  # a flapping cut is open now and then
    ended: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What is reachable from this instant on: links that are down, machines that are not up, disks just wiped."""

    at: int
    down: frozenset[Pair]
    stopped: tuple[str, ...]
    wiped: tuple[str, ...] = ()


@dataclass(slots=True)
class Nemesis:
    """Runs the faults of one script. `announce(text)` hears of every beginning and end."""

    cluster: Cluster
    topology: Topology
    faults: Sequence[Fault]
    whois: Whois
    announce: Callable[[str], None] = lambda _: None
    begun: list[Active] = field(default_factory=list)  # in the order of their beginnings, ended ones too
    changes: list[Change] = field(default_factory=lambda: [Change(0, frozenset(), ())])
    _crashed: dict[str, list[Active]] = field(default_factory=dict)  # which faults hold a machine down
    _paused: Counter[str] = field(default_factory=Counter)
    _over: bool = False

    def start(self) -> None:
        """Put all beginnings on the timeline."""
        for fault in self.faults:
            self._at(fault.at, FAULT, self._begin, fault)

    @property
    def active(self) -> list[Active]:
        """The faults that hold now."""
        return [active for active in self.begun if active.ended is None]

    def end_all(self) -> None:
        """Settle: every fault ends, so all heals, and crashed machines boot with what their disks kept."""
        for active in self.active:
            self._end(active)
        self._over = True
        self._remember()

    # ── one fault

    def _begin(self, fault: Fault) -> None:
        if self._over:
            return
        active = Active(fault, self.cluster.timeline.now)
        self.begun.append(active)
        wiped = self._strike(active)
        self._say(f"begins {fault.word} {active.target}")
        if fault.for_us is not None:
            self._at(fault.at + fault.for_us, FAULT_END, self._end, active)
        elif fault.word == "restart" or not (active.pairs or active.machines):
            active.ended = active.began
        self._remember(wiped)

    def _strike(self, active: Active) -> tuple[str, ...]:
        """Do it; which disks were wiped."""
        fault = active.fault
        match fault.word:
            case "cut":
                self._cut(active, parse_cut(fault.target))
            case "link":
                active.pairs = resolve(self._chosen(active, parse_link(fault.target)), self.topology)
                active.target = fault.target
                self.cluster.network.disturb(list(active.pairs), _effects(fault))
            case "crash" | "restart" | "pause" | "clock":
                active.machines = choose_machines(parse_machines(fault.target, fault.word), self.topology, self.whois)
                active.target = " ".join(active.machines)
                for name in active.machines:
                    self._befall(active, name)
        return active.machines if fault.option("disk", "") == "wipe" else ()

    def _end(self, active: Active) -> None:
        if active.ended is not None:
            return
        active.ended = self.cluster.timeline.now
        fault, network = active.fault, self.cluster.network
        if fault.word == "cut" and active.closed:
            network.heal(list(active.pairs))
        elif fault.word == "link":
            network.calm(list(active.pairs), _effects(fault))
        for name in active.machines:
            self._spare(active, name)
        self._say(f"ends {fault.word} {active.target}")
        self._remember()

    # ── cuts

    def _cut(self, active: Active, cut: Cut) -> None:
        chosen = self._chosen(active, cut)
        active.shape = shape(chosen, self.topology)
        active.pairs = resolve(chosen, self.topology)
        self.cluster.network.cut(list(active.pairs))
        if active.fault.flap is not None:
            self._at(active.began + active.fault.flap.down_us, FAULT_END, self._flap, active)

    def _flap(self, active: Active) -> None:
        """Open a closed cut, or close an open one."""
        flap, now = active.fault.flap, self.cluster.timeline.now
        if active.ended is not None or flap is None:
            return
        active.closed = not active.closed
        turn = self.cluster.network.cut if active.closed else self.cluster.network.heal
        turn(list(active.pairs))
        wait, rank = (flap.down_us, FAULT_END) if active.closed else (flap.every_us - flap.down_us, FAULT)
        self._at(now + wait, rank, self._flap, active)
        self._remember()

    def _chosen(self, active: Active, cut: Cut) -> Cut:
        draw = self.cluster.timeline.streams.draw(f"nemesis/{len(self.begun)}")
        chosen = choose(cut, self.topology, self.whois, draw)
        active.target = show_cut(chosen)
        return chosen

    # ── machines

    def _befall(self, active: Active, name: str) -> None:
        fault, machine = active.fault, self.cluster.machines[name]
        match fault.word:
            case "crash":
                self._crashed.setdefault(name, []).append(active)
                machine.crash(str(fault.option("disk", "keep")))
            case "restart":
                machine.crash("keep")
                self._release(name)
                self._boot(name)
            case "pause":
                self._paused[name] += 1
                machine.pause()
            case "clock":
                machine.clock.jump(int(fault.option("jump", 0)))
                self._drift(name)

    def _spare(self, active: Active, name: str) -> None:
        fault, machine = active.fault, self.cluster.machines[name]
        match fault.word:
            case "crash" if active in self._crashed.get(name, ()):
                self._crashed[name].remove(active)
                if not self._crashed[name]:
                    self._boot(name)
            case "pause":
                self._paused[name] -= 1
                if not self._paused[name]:
                    machine.resume()
            case "clock":
                machine.clock.jump(-int(fault.option("jump", 0)))
                self._drift(name)

    def _boot(self, name: str) -> None:
        """Give a machine its power back; what stands still goes on standing still."""
        machine = self.cluster.machines[name]
        machine.boot()
        if self._paused[name]:
            machine.pause()

    def _release(self, name: str) -> None:
        """A machine is booted by hand: no crash holds it any more, and one that holds nobody is over."""
        for crash in self._crashed.pop(name, []):
            if not any(crash in held for held in self._crashed.values()):
                self._end(crash)

    def _drift(self, name: str) -> None:
        """Let a clock run as all faults together would have it."""
        wrong = [active.fault for active in self.active if active.fault.word == "clock" and name in active.machines]
        drift_ppm = sum(int(fault.option("drift", 0)) for fault in wrong)
        self.cluster.machines[name].clock.drift(max(SLOWEST_PPM, drift_ppm))

    # ── the record

    def _say(self, text: str) -> None:
        self.cluster.timeline.record(f"nemesis {text}")
        self.announce(text)

    def _remember(self, wiped: tuple[str, ...] = ()) -> None:
        links = self.cluster.network.links
        down = frozenset(pair for pair, link in links.items() if link.down)
        stopped = tuple(name for name, machine in self.cluster.machines.items() if not machine.up)
        self.changes.append(Change(self.cluster.timeline.now, down, stopped, wiped))

    def _at(
        self, when: int, rank: int, action: Callable[[object], None] | Callable[..., None], argument: object
    ) -> None:
        self.cluster.timeline.at(when, rank, self.cluster.timeline.world, action, argument)


def _effects(fault: Fault) -> dict[str, int]:
    return {EFFECTS[name]: int(value) for name, value in fault.options if name in EFFECTS}
