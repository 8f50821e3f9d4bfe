"""Majority: a register shared by message passing, with no leader at all.

After Attiya, Bar-Noy & Dolev 1995 (Sharing Memory Robustly in Message-Passing Systems), with several writers as in
Lynch & Shvartsman 1997: a version is a number and the name of the node that wrote it.

Rules:
1. Any two majorities share a node, so whoever asks one hears of the newest version that another has stored.
2. A write asks a majority for the newest version, and stores a newer one at a majority.
3. A read asks a majority, and stores what it found at a majority before it answers (`write-back`). Without that, a
   later reader may hear less: new-old inversion.
4. Whoever stored nothing yet may refuse; whoever began to store can only be unsure.

Known blemishes: two round trips; no operation that depends on what is stored, so no compare-and-set; a retry through
another node may be stored twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, NamedTuple

from capgame.sim.cluster import Cluster, Geography
from capgame.sim.machine import SYNC_US, Machine
from capgame.sim.node import NoQuorum, on
from capgame.sim.requests import Ok, Read, Refused, Reply, Unsure, Write
from capgame.strategies.good_day import GoodDay, majority_us
from capgame.strategies.knob import ANY, Duration, Knob, Risk, Sin, Switch, declare
from capgame.strategies.strategy import Snapshot, Strategy
from capgame.values.version import NEVER, Version


class Told(NamedTuple):
    """A value and its version."""

    version: Version
    value: int


class Get(NamedTuple):
    """What is the newest version of this key?"""

    key: str


class Put(NamedTuple):
    """Store this, unless something newer is there."""

    key: str
    told: Told


class Ack(NamedTuple):
    """It is on disk, or something newer is."""


NOTHING = Told(NEVER, 0)


class Majority(Strategy):
    """One replica, and a coordinator for whoever asks it."""

    id = "majority"
    title = "Majority"
    paper = "Attiya, Bar-Noy & Dolev 1995; Lynch & Shvartsman 1997"
    promises = "linearizable registers without a leader"
    fails = "two round trips; the side without a majority answers nothing; no compare-and-set"
    epoch_letter = "v"
    leaderless = True
    by_majority = True
    flights: ClassVar[Mapping[type, str]] = {Get: "ack"}
    knobs: ClassVar[dict[str, Knob]] = declare(
        Duration(
            name="timeout",
            default="900ms",
            low_us=10_000,
            high_us=10_000_000,
            help="how long a coordinator waits for a majority",
            risks={ANY: Risk("Long: customers wait for who is gone. Short: slow counts as gone.", Sin.UNANSWERED)},
        ),
        Switch(
            name="write-back",
            default="on",
            help="a reader stores what it read at a majority before it answers",
            risks={
                "on": Risk("Whoever reads next reads this, or something newer."),
                "off": Risk("Whoever reads next may read something older.", Sin.WRONG),
            },
        ),
    )

    def __init__(self, machine: Machine, cluster: Cluster, boot: int) -> None:
        super().__init__(machine, cluster, boot)
        self.begun: set[int] = set()  # identities of writes under way, in doubt or done here; only asked for membership

    def stored(self, key: str) -> Told:
        """What this replica has of a key."""
        told: Told = self.disk.get(key, NOTHING)
        return told

    # ── the replica

    @on(Get)
    def get(self, source: str, ask: Get) -> Told:
        return self.stored(ask.key)

    @on(Put)
    def put(self, source: str, ask: Put) -> Ack:
        if ask.told.version > self.stored(ask.key).version:
            self.disk[ask.key] = ask.told
            self.disk.sync()
        return Ack()

    # ── the coordinator

    @on(Read)
    async def read(self, client: str, read: Read) -> Reply:
        """Ask a majority, tell a majority, answer."""
        try:
            newest = await self.newest(read.key)
            if self.knob("write-back"):
                await self.tell(read.key, newest)
        except NoQuorum:
            return Refused(f"{self.name} cannot reach a majority")
        return Ok(newest.value, self.name)

    @on(Write)
    async def write(self, client: str, write: Write) -> Reply | None:
        """Ask a majority, tell a majority something newer, answer."""
        if write.identity in self.begun:
            return None  # a retry of one that is under way, or in doubt: again, it would undo what came between
        self.begun.add(write.identity)
        try:
            newest = await self.newest(write.key)
        except NoQuorum:
            self.begun.discard(write.identity)  # nobody was told anything: it may be tried again
            return Refused(f"{self.name} cannot reach a majority")
        try:
            await self.tell(write.key, Told(self.next_version(write.key, newest), write.value))
        except NoQuorum:
            return Unsure(f"{self.name} lost its majority")
        return Ok(write.value, self.name)

    async def newest(self, key: str) -> Told:
        """The newest of what a majority has. Raises NoQuorum."""
        replies = await self.quorum(Get(key), need=self.majority, within=self.knob("timeout"))
        newest: Told = max(replies.values())
        return newest

    async def tell(self, key: str, told: Told) -> None:
        """Have a majority store it, this node at once. Raises NoQuorum."""
        await self.quorum(Put(key, told), need=self.majority, within=self.knob("timeout"))

    def next_version(self, key: str, newest: Told) -> Version:
        """A version above all that is known, here and now.

        Look again at the own disk: the await let other writers in, and two of one node must not pick one version.
        Versions from awaited replies alone broke linearizability in 10 of 300 seeds.
        """
        return max(newest.version, self.stored(key).version).next(self.name)

    # ── for humans

    def view(self) -> Snapshot:
        told = [self.disk[key] for key in self.disk]
        return Snapshot(
            role="replica",
            leads=False,
            epoch=max((one.version.number for one in told), default=0),
            newest=max((one.value for one in told), default=0),
            log_from=sum(one.version.number for one in told),
            notes=(f"{len(told)} keys",),
        )

    # ── before any run

    @classmethod
    def asked(cls, geography: Geography, knobs: Mapping[str, Any], node: str, f: str) -> GoodDay:
        majority = majority_us(geography, node)
        if f == "write":
            return GoodDay(0, majority + SYNC_US + majority + SYNC_US)  # its own disk before it tells, then another’s
        # What a read writes back is there already, as a rule: no disk.
        return GoodDay(0, 2 * majority if knobs["write-back"] else majority)

    @classmethod
    def when_cut(cls, geography: Geography, knobs: Mapping[str, Any], side: Sequence[str], f: str) -> Sin:
        return Sin.NONE if 2 * len(side) > len(geography.nodes) else Sin.UNANSWERED
