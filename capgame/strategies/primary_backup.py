"""Primary-backup: one copy is the truth, and the others follow it.

After Alsberg & Day 1976 (A Principle for Resilient Sharing of Distributed Resources): clients may ask any host, a
backup hands on to the primary, and with n-host resiliency a request is acknowledged once n hosts hold it. Their hosts
choose a new primary themselves; here, as with most databases, a person does. Epochs are Oki & Liskov's views (1988).

Rules:
1. The operator makes a primary, never the nodes: each promotion has an epoch of its own. Whoever hears of a newer
   epoch is a backup in it, at once, and the writes it had not acknowledged never are.
2. An entry is its primary's epoch and a command. An epoch begins with an empty entry: whoever holds more of an older
   epoch contradicts it there, and throws its tail away. So two logs with an entry of equal index and epoch are equal
   up to there.
3. A write is acknowledged when it is on the primary's disk (`async`), on those of `acks` backups too (`semi-sync`), or
   on those of all (`sync`). A primary's reads show what is so protected; what it held when it took over counts as such.
4. A backup copies at once what it gets, and with `reads: nearest` answers from that: as old as its copy, and it may
   show what is not acknowledged yet.
5. A primary that is fenced acknowledges nothing and ships nothing. As a copy it still hears, so it learns there when
   its epoch is over. Unfenced before that, it goes on in its old epoch: fencing is for the time of the promotion.

Known blemishes: no snapshots, so the log only grows; membership is fixed; a write that waits for a dead backup waits
for ever, whatever its client does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, NamedTuple

from capgame.sim.cluster import Cluster, Geography
from capgame.sim.machine import SYNC_US, Machine
from capgame.sim.node import Role, on
from capgame.sim.requests import Ok, Read, Refused, Reply, Request, Unsure, Write
from capgame.strategies.good_day import GoodDay, between_us, nearest_us
from capgame.strategies.knob import ANY, Choice, Count, Knob, NodeName, Risk, Sin, declare
from capgame.strategies.strategy import Snapshot, Strategy
from capgame.values.log import Entry, Log

BATCH = 64  # entries in one message
BEAT_US = 100_000  # how often the primary speaks when it has nothing to say
FORWARD_US = 900_000  # how long a backup waits for the primary's answer
TAIL = 64  # entries of the log that a snapshot for humans shows


class Ship(NamedTuple):
    """What follows in the primary's log behind an entry of index `prev` and epoch `prev_epoch`; a beat when empty."""

    epoch: int
    prev: int
    prev_epoch: int
    entries: tuple[Entry, ...]


class Held(NamedTuple):
    """A backup has on disk what the primary has, `upto` an index."""

    epoch: int
    upto: int


class Lack(NamedTuple):
    """A backup cannot follow: `upto` an index, where its own entry is of `upto_epoch`, both may agree."""

    epoch: int
    upto: int
    upto_epoch: int


class Deposed(NamedTuple):
    """To a primary of an older epoch: there is a newer one, and who is primary in it."""

    epoch: int
    primary: str


class PrimaryBackup(Strategy):
    """One replica. What is common to both roles: the log, the epoch, and what it shows of the log."""

    id = "primary-backup"
    title = "Primary-backup"
    paper = "Alsberg & Day 1976"
    promises = "a single copy, while there is one primary"
    fails = "async failover loses what was not shipped; promoting without a fence splits; sync stops with a backup"
    sin = Sin.WRONG
    verbs = ("promote",)
    flights: ClassVar[Mapping[type, str]] = {Held: "ack", Lack: "ack", Deposed: "vote"}
    knobs: ClassVar[dict[str, Knob]] = declare(
        NodeName(
            name="primary",
            default="",
            live=False,
            help="who is primary at the start; empty takes the first",
            risks={ANY: Risk("Everybody’s writes go by way of the primary, from however far.")},
        ),
        Choice(
            name="replication",
            default="async",
            words=("async", "semi-sync", "sync"),
            help="acknowledge a write before backups have it, when some have it, or when all have it",
            risks={
                "async": Risk("A primary that dies takes what it had not shipped.", Sin.WRONG),
                "semi-sync": Risk("With too few backups in reach, no write is answered.", Sin.UNANSWERED),
                "sync": Risk("With one backup out of reach, no write is answered.", Sin.UNANSWERED),
            },
        ),
        Count(
            name="acks",
            default="1",
            low=1,
            high=9,
            help="how many backups semi-sync waits for",
            risks={ANY: Risk("So many may die with the primary and nothing is lost, but one.", Sin.UNANSWERED)},
        ),
        Choice(
            name="reads",
            default="primary",
            words=("primary", "nearest"),
            help="who answers a read: the primary, or any replica from its own copy, however old",
            risks={
                "primary": Risk("Who cannot reach the primary reads nothing.", Sin.UNANSWERED),
                "nearest": Risk("A backup answers from its own copy, however old.", Sin.WRONG),
            },
        ),
    )

    def __init__(self, machine: Machine, cluster: Cluster, boot: int) -> None:
        super().__init__(machine, cluster, boot)
        self.log = Log(self.disk.log("log"))
        self.applied = 0
        self.state: dict[str, int] = {}
        self.done: set[int] = set()  # identities applied; only asked for membership, never iterated
        self.thrown = 0  # entries thrown away since boot
        if boot == 1:  # by now, or who crashes before its first step knows no primary, itself included
            self.enter(1, self.knob("primary") or self.members[0])

    # ── state

    @property
    def epoch(self) -> int:
        """The newest epoch it knows of; 0 if its disk knows none."""
        epoch: int = self.disk.get("epoch", 0)
        return epoch

    @property
    def primary(self) -> str | None:
        """Who is primary in that epoch."""
        name: str | None = self.disk.get("primary")
        return name

    async def main(self) -> None:
        self.apply(self.log.last)
        self.become(Primary(self) if self.primary == self.name else Backup(self))

    def enter(self, epoch: int, primary: str) -> None:
        """Have an epoch and its primary on disk."""
        assert epoch > self.epoch, "an epoch never goes back"
        self.disk["epoch"], self.disk["primary"] = epoch, primary
        self.disk.sync()

    def observe(self, epoch: int, primary: str) -> None:
        """Hear of an epoch: in a newer one, of another primary, this node is a backup."""
        if epoch > self.epoch:
            self.enter(epoch, primary)
            if not isinstance(self.role, Backup):
                self.note(f"steps down for {primary} in {epoch}")
                self.become(Backup(self))

    # ── the log

    @on(Ship)
    def ship(self, source: str, shipped: Ship) -> None:
        """Copy what the primary has, if this log agrees with what comes before it."""
        if shipped.epoch < self.epoch:
            assert self.primary is not None, "an epoch has a primary"
            return self.send(source, Deposed(self.epoch, self.primary))
        self.observe(shipped.epoch, source)
        if not self.log.matches(shipped.prev, shipped.prev_epoch):
            upto = self.log.upto(shipped.prev, shipped.prev_epoch)
            return self.send(source, Lack(shipped.epoch, upto, self.log.term(upto)))
        if conflict := self.log.conflict(shipped.prev, shipped.entries):
            self.throw_away(conflict)
        upto = self.log.merge(shipped.prev, shipped.entries)
        if shipped.entries:
            self.disk.sync()
        self.apply(upto)
        return self.send(source, Held(shipped.epoch, upto))

    def throw_away(self, index: int) -> None:
        """Forget what the log showed, because what it holds from an index on is not the primary's."""
        self.thrown += self.log.last - index + 1
        self.note(f"throws away {index}..{self.log.last}")
        self.applied = 0
        self.state.clear()
        self.done.clear()

    def apply(self, index: int) -> None:
        """Show the log up to an index: each operation once, however often it was sent."""
        while self.applied < index:
            self.applied += 1
            command = self.log.entry(self.applied).command
            if type(command) is Write and command.identity not in self.done:
                self.done.add(command.identity)
                self.state[command.key] = command.value
        self.signal()

    @on(Deposed)
    def deposed(self, source: str, news: Deposed) -> None:
        """What this node shipped was of an epoch that is over."""
        self.observe(news.epoch, news.primary)

    # ── for humans

    def view(self) -> Snapshot:
        start = max(0, self.log.last - TAIL)
        tail = self.log.after(start, TAIL)
        primary = isinstance(self.role, Primary)
        revoked = primary and self.machine.fenced
        notes = (
            f"log {self.log.last}, shown {self.applied}",
            f"epoch {self.epoch} is revoked: it acknowledges and ships nothing" if revoked else "",
            f"threw away {self.thrown} entries that its primary did not have" if self.thrown else "",
        )
        return Snapshot(
            role="" if self.role is None else self.role.word,
            leads=primary and not revoked,
            epoch=self.epoch,
            newest=next((entry.command.value for entry in reversed(tail) if type(entry.command) is Write), 0),
            log_from=start,
            log_tail=tuple(entry.term for entry in tail),
            leader=self.primary,
            waits_for=self.role.waits_for() if isinstance(self.role, Primary) else (),
            notes=tuple(filter(None, notes)),
        )

    # ── the operator

    @classmethod
    def operate(cls, cluster: Cluster, verb: str, target: str, epoch: int) -> str | None:
        machine = cluster.machines[target]
        node = machine.node
        if not isinstance(node, PrimaryBackup) or not node.ready:
            return f"{target} is down"
        if machine.paused:
            return f"{target} is paused"
        if machine.fenced:
            return f"{target} is fenced"
        newest = max(other.disk.get("epoch", 0) for other in cluster.machines.values())
        if isinstance(node.role, Primary) and node.epoch == newest:
            return f"{target} is the primary already"
        node.enter(epoch, target)
        node.become(Primary(node))  # whatever it was; it tells the others itself
        return None

    # ── before any run

    @classmethod
    def first_leader(cls, knobs: Mapping[str, Any], members: Sequence[str]) -> str:
        return str(knobs["primary"] or members[0])

    @classmethod
    def asked(cls, geography: Geography, knobs: Mapping[str, Any], node: str, f: str) -> GoodDay:
        primary = cls.first_leader(knobs, tuple(geography.nodes))
        if f == "read":
            return GoodDay(0 if knobs["reads"] == "nearest" else between_us(geography, node, primary))
        backups = len(geography.nodes) - 1
        acks = {"async": 0, "semi-sync": knobs["acks"], "sync": backups}[knobs["replication"]]
        # The primary’s disk, then, where it waits for a backup, a round trip with that one’s disk in it.
        wait = SYNC_US + (nearest_us(geography, primary, acks) + SYNC_US if acks and backups else 0)
        return GoodDay(between_us(geography, node, primary), wait)

    @classmethod
    def when_cut(cls, geography: Geography, knobs: Mapping[str, Any], side: Sequence[str], f: str) -> Sin:
        nodes = tuple(geography.nodes)
        if cls.first_leader(knobs, nodes) in side:
            backups = {"async": 0, "semi-sync": min(knobs["acks"], len(nodes) - 1), "sync": len(nodes) - 1}
            return Sin.NONE if f == "read" or len(side) > backups[knobs["replication"]] else Sin.UNANSWERED
        if f == "write" or knobs["reads"] == "primary":
            return Sin.UNANSWERED
        # Copies are old only if the other side goes on acknowledging what they will not hear of.
        others = [node for node in nodes if node not in side]
        return Sin.WRONG if cls.when_cut(geography, knobs, others, "write") is Sin.NONE else Sin.NONE


class Backup(Role):
    """Copies, and sends clients on to the primary."""

    word = "backup"

    def __init__(self, replica: PrimaryBackup) -> None:
        super().__init__()
        self.replica = replica

    @on(Read, Write)
    async def request(self, source: str, request: Request) -> Reply:
        """Hand it to the primary, unless it was handed to us already, or is a read that any copy may answer."""
        replica = self.replica
        if type(request) is Read and replica.knob("reads") == "nearest":
            return Ok(replica.state.get(request.key, 0), replica.name)
        if source in replica.members:
            return Refused(f"{replica.name} is not the primary")
        if replica.primary is None:
            return Refused(f"{replica.name} knows no primary")
        return await replica.forward(replica.primary, request, FORWARD_US)


class Primary(Role):
    """Owns the epoch: appends, ships, and answers."""

    word = "primary"

    def __init__(self, replica: PrimaryBackup) -> None:
        super().__init__()
        self.replica = replica
        self.next = dict.fromkeys(replica.peers, replica.log.last + 1)
        self.held = dict.fromkeys(replica.peers, 0)  # up to which index a backup has everything on disk
        self.safe = 0  # up to which index writes may be acknowledged

    async def main(self) -> None:
        replica = self.replica
        replica.take_lead(replica.epoch)
        if replica.log.last_term < replica.epoch:
            self.add(None)
        while True:
            self.count()  # a knob that was turned may have freed what waits; a fence ends it
            self.ship(*replica.peers)
            await replica.sleep(BEAT_US)

    def add(self, command: Write | None) -> int:
        """Append to the own log, on disk, and ship it to whoever lacks nothing else."""
        replica = self.replica
        index = replica.log.append(Entry(replica.epoch, command))
        replica.disk.sync()
        self.count()
        self.ship(*replica.peers)
        return index

    def ship(self, *backups: str) -> None:
        """Send what comes next, and expect it to arrive: a gap comes back as a Lack, at the next beat at the latest."""
        replica = self.replica
        for backup in backups if not replica.machine.fenced else ():
            prev = self.next[backup] - 1
            entries = replica.log.after(prev, BATCH)
            replica.send(backup, Ship(replica.epoch, prev, replica.log.term(prev), entries))
            self.next[backup] += len(entries)

    @on(Held)
    def hear_held(self, source: str, answer: Held) -> None:
        """A backup follows."""
        if answer.epoch == self.replica.epoch:
            self.held[source] = max(self.held[source], answer.upto)
            self.next[source] = max(self.next[source], answer.upto + 1)
            self.count()
            self.go_on(source)

    @on(Lack)
    def hear_lack(self, source: str, answer: Lack) -> None:
        """A backup lost something: a message, its disk, or its claim to have been primary."""
        if answer.epoch == self.replica.epoch:
            agreed = self.replica.log.upto(answer.upto, answer.upto_epoch)
            self.held[source] = min(self.held[source], agreed)  # a disk that was wiped must not count as a copy
            self.next[source] = agreed + 1
            self.go_on(source)

    def go_on(self, backup: str) -> None:
        """Send one that lags what it lacks."""
        if self.next[backup] <= self.replica.log.last:
            self.ship(backup)

    def count(self) -> None:
        """See how far the log is protected, show it up to there, and wake those who wait for it."""
        self.safe = self.protected()
        self.replica.apply(self.safe)

    def protected(self) -> int:
        """Up to which index as many copies are on disk as the `replication` knob asks for."""
        replica, held = self.replica, sorted(self.held.values(), reverse=True)
        way = replica.knob("replication")
        if way == "async" or not held:
            return replica.log.last
        return held[-1] if way == "sync" else held[min(replica.knob("acks"), len(held)) - 1]

    def waits_for(self) -> tuple[str, ...]:
        """Backups that hold writes up by what they do not have yet."""
        last = self.replica.log.last
        return tuple(name for name, held in self.held.items() if held < last) if self.safe < last else ()

    # ── clients

    @on(Write)
    async def write(self, source: str, write: Write) -> Reply:
        """Append, and answer once it is protected."""
        replica, index = self.replica, self.add(write)
        await replica.wait_until(lambda: self.safe >= index or replica.machine.fenced)
        if replica.machine.fenced:
            return Unsure(f"{replica.name} was fenced before its backups had it")
        return Ok(write.value, replica.name)

    @on(Read)
    def read(self, source: str, read: Read) -> Reply:
        """Answer from what is protected."""
        return Ok(self.replica.state.get(read.key, 0), self.replica.name)
