"""Raft: one leader, one log, and nothing is true before a majority has it.

After Ongaro & Ousterhout 2014 (In Search of an Understandable Consensus Algorithm) and Ongaro's dissertation (2014):
elections 5.2 and 5.4.1, replication 5.3, the commit rule 5.4.2, leadership transfer 3.10, disregarded votes 4.2.3,
client identities 6.3, reads outside the log 6.4, pre-vote 9.6.

Rules:
1. Term, vote and log are on disk before anything that depends on them is said.
2. Whoever hears of a newer term is a follower in it, at once: the role it had ends with all it awaited.
3. A leader commits only entries of its own term by counting; older ones follow with them (figure 8).
4. A read is answered when this node is known to have led after the read arrived: by a round of confirmations
   (`index`), by a lease that no voter may undercut (`lease`), by an entry of its own (`log`); `local` asks
   nobody, and may answer from the past.

Known blemishes: no snapshots, so the log only grows; membership is fixed; a leader that lost its majority stays one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, NamedTuple

from capgame.sim.cluster import Cluster, Geography
from capgame.sim.machine import SYNC_US, Machine
from capgame.sim.node import Alarm, NoQuorum, Role, on
from capgame.sim.requests import Ok, Read, Refused, Reply, Request, Write
from capgame.strategies.good_day import GoodDay, between_us, majority_us
from capgame.strategies.knob import ANY, Choice, Duration, NodeName, Risk, Sin, Switch, declare
from capgame.strategies.strategy import Snapshot, Strategy
from capgame.values.log import Entry, Log
from capgame.values.quorum import held_by_majority

BATCH = 64  # entries in one message
FORWARD_US = 900_000  # how long a follower waits for the leader's answer
TAIL = 64  # entries of the log that a snapshot for humans shows
UNANSWERED, WRONG = Sin.UNANSWERED, Sin.WRONG


class Vote(NamedTuple):
    """RequestVote. `pre` asks whether it would be granted; `handed` was asked for by the old leader."""

    term: int
    last: int
    last_term: int
    pre: bool
    handed: bool


class Voted(NamedTuple):
    """The answer to Vote."""

    term: int
    granted: bool


class Append(NamedTuple):
    """AppendEntries, and the heartbeat when there are none. `sent` is the leader's clock, in microseconds."""

    term: int
    prev: int
    prev_term: int
    entries: tuple[Entry, ...]
    commit: int
    sent: int


class Appended(NamedTuple):
    """The answer to Append: agreement `upto` an index, or (not `ok`) where, and in which term, both may still agree."""

    term: int
    ok: bool
    upto: int
    upto_term: int
    sent: int


class Confirm(NamedTuple):
    """A leader asks whether it still leads (dissertation 6.4)."""

    term: int


class Confirmed(NamedTuple):
    """The answer to Confirm."""

    term: int


class TimeoutNow(NamedTuple):
    """A leader hands over: campaign at once (dissertation 3.10)."""

    term: int


class Raft(Strategy):
    """One replica. What is common to all its roles: the log, the vote, and what it has applied."""

    id = "raft"
    title = "Raft"
    paper = "Ongaro & Ousterhout 2014; Ongaro's dissertation 2014"
    promises = "linearizable: one history, kept by whoever reaches a majority"
    fails = "the side without a majority answers nothing"
    epoch_letter = "t"
    by_majority = True
    verbs = ("transfer",)
    flights: ClassVar[Mapping[type, str]] = {Vote: "vote", Appended: "ack", Confirm: "ack", TimeoutNow: "vote"}
    knobs = declare(
        NodeName(
            name="leader",
            default="",
            live=False,
            help="who leads at the start; empty lets them elect",
            risks={ANY: Risk("Everybody’s answers go by way of the leader, from however far.")},
        ),
        Duration(
            name="election-timeout",
            default="1s",
            low_us=100_000,
            high_us=10_000_000,
            help="silence before a follower campaigns; drawn from once to twice this",
            risks={ANY: Risk("Long: nobody leads for as long. Short: a slow link is an election.", UNANSWERED)},
        ),
        Switch(
            name="pre-vote",
            default="on",
            help="ask whether an election could be won before starting one",
            risks={
                "on": Risk("Who comes back from a cut cannot depose a leader that works."),
                "off": Risk("Who comes back from a cut has a newer term, and deposes the leader.", UNANSWERED),
            },
        ),
        Choice(
            name="reads",
            default="index",
            words=("log", "index", "lease", "local"),
            help="how a leader makes sure it still leads before it answers a read",
            risks={
                "log": Risk("A read is an entry of the log: as right as a write, and as slow."),
                "index": Risk("The leader asks a majority before it answers. Never stale."),
                "lease": Risk("Right while clocks and pauses keep to the lease; after that it may be stale.", WRONG),
                "local": Risk("Who was leader, and has not heard otherwise, answers from the past.", WRONG),
            },
        ),
    )

    def __init__(self, machine: Machine, cluster: Cluster, boot: int) -> None:
        super().__init__(machine, cluster, boot)
        self.log = Log(self.disk.log("log"))
        self.term: int = self.disk.get("term", 0)  # the newest one it knows of
        self.voted: str | None = self.disk.get("voted")  # for whom, in that term
        self.commit = self.applied = 0
        self.state: dict[str, int] = {}
        self.done: set[int] = set()  # identities applied; only asked for membership, never iterated
        self.leader: str | None = None
        self.heard = self.now if boot > 1 else -self.timeout  # a restarted voter may have promised a lease
        self.alarm = Alarm(self)
        if boot == 1 and (first := self.knob("leader")):
            self.promise(1, first)  # by now, or who crashes before its first step has a second vote in term 1

    # ── state

    @property
    def timeout(self) -> int:
        """The shortest election timeout, in microseconds."""
        us: int = self.knob("election-timeout")
        return us

    async def main(self) -> None:
        first = self.knob("leader")
        if self.boot > 1 or not first:
            self.follow()
            return
        self.leader = first  # as if it had just won term 1 with every vote
        if self.name == first:
            self.lead()
        else:
            self.follow()

    def promise(self, term: int, voted: str | None) -> None:
        """Have a term and its vote on disk, before anything that depends on them is said."""
        assert term >= self.term, "a term never goes back"
        self.term, self.voted = term, voted
        self.disk["term"], self.disk["voted"] = term, voted
        self.disk.sync()

    def observe(self, term: int) -> None:
        """Hear of a term: a newer one makes this node a follower in it."""
        if term > self.term:
            self.promise(term, None)
            self.leader = None
            self.follow()

    def follow(self) -> None:
        """Be a follower; one that is keeps its alarm, or a stream of newer terms would silence it for ever."""
        if not isinstance(self.role, Follower):
            self.rest()
            self.become(Follower(self))

    def lead(self) -> None:
        """Take the lead of the present term."""
        self.leader = self.name
        self.take_lead(self.term)
        self.become(Leader(self))

    def rest(self) -> None:
        """Push the election back by a new random timeout."""
        self.alarm.push(self.random_us(self.timeout, 2 * self.timeout))

    # ── elections

    @on(Vote)
    def vote(self, source: str, ask: Vote) -> Voted:
        """Grant one vote a term, to a candidate whose log is at least as up to date (5.4.1)."""
        if ask.pre:
            return Voted(self.term, ask.term > self.term and self.electable(ask) and not self.led())
        if self.knob("reads") == "lease" and self.led() and not ask.handed:
            return Voted(self.term, False)  # a lease may be running (4.2.3)
        self.observe(ask.term)
        granted = ask.term == self.term and self.voted in (None, source) and self.electable(ask)
        if granted:
            self.promise(self.term, source)
            self.rest()
        return Voted(self.term, granted)

    def electable(self, ask: Vote) -> bool:
        """Whether the candidate has everything that may be committed."""
        return self.log.behind(ask.last, ask.last_term)

    def led(self) -> bool:
        """Whether a leader was heard of within the shortest election timeout."""
        return isinstance(self.role, Leader) or self.now - self.heard < self.timeout

    @on(TimeoutNow)
    def campaign_now(self, source: str, ask: TimeoutNow) -> None:
        """The leader wants this node to follow it."""
        if ask.term == self.term:
            self.become(Candidate(self, handed=True))

    # ── the log

    @on(Append)
    def append(self, source: str, ask: Append) -> None:
        """Take the leader's entries, if this log agrees with what comes before them (5.3)."""
        if ask.term < self.term:
            self.send(source, Appended(self.term, False, 0, 0, ask.sent))
            return
        self.hear_leader(source, ask.term)
        if not self.log.matches(ask.prev, ask.prev_term):
            upto = self.log.upto(ask.prev, ask.prev_term)
            self.send(source, Appended(self.term, False, upto, self.log.term(upto), ask.sent))
            return
        index = self.log.merge(ask.prev, ask.entries)
        if ask.entries:
            self.disk.sync()
        self.advance_commit(min(ask.commit, index))
        self.send(source, Appended(self.term, True, index, self.log.term(index), ask.sent))

    @on(Confirm)
    def confirm(self, source: str, ask: Confirm) -> Confirmed:
        """Tell a leader whether it still leads: by the term."""
        if ask.term >= self.term and source != self.name:
            self.hear_leader(source, ask.term)
        return Confirmed(self.term)

    def hear_leader(self, source: str, term: int) -> None:
        """The leader of a term at least as new as ours spoke: whatever we were, we follow it."""
        self.observe(term)
        self.follow()
        self.leader, self.heard = source, self.now
        self.rest()

    def advance_commit(self, index: int) -> None:
        """Apply what has become committed, each operation once however often it was sent (dissertation 6.3)."""
        self.commit = max(self.commit, index)
        while self.applied < self.commit:
            self.applied += 1
            command = self.log.entry(self.applied).command
            if type(command) is Write and command.identity not in self.done:
                self.done.add(command.identity)
                self.state[command.key] = command.value
        self.signal()

    # ── clients of a node that does not lead

    @on(Read, Write)
    async def request(self, source: str, request: Request) -> Reply:
        """Hand it to the leader, unless it was handed to us already."""
        if source in self.members:
            return Refused(f"{self.name} does not lead")
        if self.leader in (None, self.name):
            return Refused(f"{self.name} hears no leader")
        return await self.forward(self.leader, request, FORWARD_US)

    # ── for humans

    def view(self) -> Snapshot:
        start = max(0, self.log.last - TAIL)
        tail = self.log.after(start, TAIL)
        return Snapshot(
            role="" if self.role is None else self.role.word,
            leads=isinstance(self.role, Leader),
            epoch=self.term,
            newest=next((entry.command.value for entry in reversed(tail) if type(entry.command) is Write), 0),
            log_from=start,
            log_tail=tuple(entry.term for entry in tail),
            leader=self.leader,
            notes=(f"log {self.log.last}, commit {self.commit}, applied {self.applied}",),
        )

    @classmethod
    def operate(cls, cluster: Cluster, verb: str, target: str, epoch: int) -> str | None:
        leading = [node.role for node in cluster.nodes if node.machine.up and isinstance(node.role, Leader)]
        if not leading:
            return "nobody leads"
        leader = max(leading, key=lambda role: role.raft.term)
        if target == leader.raft.name:
            return f"{target} leads already"
        leader.transfer(target)
        return None

    # ── before any run

    @classmethod
    def first_leader(cls, knobs: Mapping[str, Any], members: Sequence[str]) -> str:
        return str(knobs["leader"])

    @classmethod
    def asked(cls, geography: Geography, knobs: Mapping[str, Any], node: str, f: str) -> GoodDay:
        leader = knobs["leader"] or next(iter(geography.nodes))  # whom they would elect is anybody’s guess
        majority = majority_us(geography, leader)
        way = "log" if f == "write" else knobs["reads"]
        if way == "lease" and majority > knobs["election-timeout"] * 8 // 10:
            way = "index"  # answers come when the lease that they are for has run out
        # The leader’s disk, and a round trip with another’s in it; a round trip; or nobody is asked.
        wait = {"log": SYNC_US + majority + SYNC_US, "index": majority}.get(way, 0)
        return GoodDay(between_us(geography, node, leader), wait)

    @classmethod
    def when_cut(cls, geography: Geography, knobs: Mapping[str, Any], side: Sequence[str], f: str) -> Sin:
        if 2 * len(side) > len(geography.nodes):
            return Sin.NONE
        # A leader that asks nobody goes on answering, while the others elect another.
        return WRONG if f == "read" and knobs["reads"] == "local" and knobs["leader"] in side else UNANSWERED


class RaftRole(Role):
    """A part in Raft, played on a replica."""

    def __init__(self, raft: Raft) -> None:
        super().__init__()
        self.raft = raft


class Follower(RaftRole):
    """Hears a leader, until it does not."""

    word = "follower"

    async def main(self) -> None:
        await self.raft.alarm.ring()
        self.raft.become(Candidate(self.raft))


class Candidate(RaftRole):
    """Wants to lead: asks first whether it could (9.6), then for votes, until it wins or hears of a better one."""

    word = "candidate"

    def __init__(self, raft: Raft, *, handed: bool = False) -> None:
        super().__init__(raft)
        self.handed = handed

    async def main(self) -> None:
        raft = self.raft
        raft.leader = None
        while True:
            until = raft.now + raft.random_us(raft.timeout, 2 * raft.timeout)
            if self.handed or not raft.knob("pre-vote") or await self.poll(raft.term + 1, until, pre=True):
                raft.promise(raft.term + 1, raft.name)
                raft.note(f"campaigns {raft.term}")
                if await self.poll(raft.term, until, pre=False):
                    raft.lead()
                    return
            self.handed = False
            await raft.sleep(max(1, until - raft.now))

    async def poll(self, term: int, until: int, *, pre: bool) -> bool:
        """Ask everybody, itself included, for a vote."""
        raft = self.raft
        ask = Vote(term, raft.log.last, raft.log.last_term, pre, self.handed)
        try:
            await raft.quorum(ask, need=raft.majority, within=max(1, until - raft.now), accept=self.count)
        except NoQuorum:
            return False
        return True

    def count(self, vote: Voted) -> bool:
        """A vote that tells of a newer term ends this candidacy."""
        self.raft.observe(vote.term)
        return vote.granted


class Leader(RaftRole):
    """Owns the term: appends, replicates, commits, and answers."""

    word = "leader"

    def __init__(self, raft: Raft) -> None:
        super().__init__(raft)
        self.next = dict.fromkeys(raft.peers, raft.log.last + 1)
        self.match = dict.fromkeys(raft.peers, 0)
        self.acknowledged = dict.fromkeys(raft.peers, -raft.timeout)  # when what it answered last was sent
        self.back = dict.fromkeys(raft.peers, 0)  # when its `next` went back last
        self.probing = dict.fromkeys(raft.peers, False)  # where its log agrees is not known: one message at a time
        self.first = 0  # the index of the empty entry that begins the term
        self.successor: str | None = None
        self.sure = True  # nobody was told to campaign: what it heard from voters is a lease
        self.promised = raft.now  # since when voters promise leases, as far as it has asked them
        self.turns = -1  # the knobs turned by then

    async def main(self) -> None:
        raft = self.raft
        self.first = self.add(None)
        while True:
            if self.turns != raft.cluster.turns:  # what voters answered while `reads` was another is no promise
                self.turns, self.promised = raft.cluster.turns, raft.now
            self.replicate(beat=True)
            await raft.sleep(raft.timeout // 10)

    def add(self, command: Request | None) -> int:
        """Append to the own log, on disk."""
        index = self.raft.log.append(Entry(self.raft.term, command))
        self.raft.disk.sync()
        return index

    def replicate(self, *, beat: bool = False) -> None:
        """Send everyone what it lacks; on a beat also those who lack nothing, or whose answer did not come."""
        for peer in self.raft.peers:
            if beat or (self.next[peer] <= self.raft.log.last and not self.probing[peer]):
                self.ship(peer)

    def ship(self, peer: str) -> None:
        """Send one peer what comes next and expect it to arrive: a gap comes back as a refusal, on a beat at last."""
        raft, prev = self.raft, self.next[peer] - 1
        entries = raft.log.after(prev, BATCH)
        raft.send(peer, Append(raft.term, prev, raft.log.term(prev), entries, raft.commit, raft.now))
        if not self.probing[peer]:
            self.next[peer] += len(entries)

    @on(Appended)
    def appended(self, source: str, answer: Appended) -> None:
        """Learn how far a follower agrees."""
        raft = self.raft
        raft.observe(answer.term)
        if raft.role is not self or answer.term < raft.term:
            return
        self.acknowledged[source] = max(self.acknowledged[source], answer.sent)
        if answer.ok:
            self.agree(source, answer.upto)
        elif answer.upto >= self.match[source] and answer.sent >= self.back[source]:
            # A refusal of what was sent before the last step back says nothing new: a message that overtakes another
            # made the leader send all of it again, once for each that was on its way.
            self.next[source], self.back[source] = raft.log.upto(answer.upto, answer.upto_term) + 1, raft.now
            self.probing[source] = True
        else:
            return
        if self.next[source] <= raft.log.last:
            self.ship(source)

    def agree(self, peer: str, upto: int) -> None:
        """A follower's log is this one up to an index."""
        self.match[peer] = max(self.match[peer], upto)
        self.next[peer] = max(self.next[peer], upto + 1)
        self.probing[peer] = False
        self.count()
        if peer == self.successor:
            self.hand_over()

    def count(self) -> None:
        """Commit what a majority holds, if the last of it is of this term (5.4.2)."""
        index = held_by_majority([self.raft.log.last, *self.match.values()])
        if index > self.raft.commit and self.committable(index):
            self.raft.advance_commit(index)

    def committable(self, index: int) -> bool:
        """An older term's entry may be held by a majority and still be overwritten (figure 8)."""
        return self.raft.log.term(index) == self.raft.term

    # ── clients

    @on(Write)
    async def write(self, source: str, write: Write) -> Reply:
        """Append, replicate, and answer once it is applied."""
        if self.successor is not None:
            return Refused(f"{self.raft.name} is handing over")
        index = self.add(write)
        self.replicate()
        await self.raft.wait_until(lambda: self.raft.applied >= index)
        return Ok(write.value, self.raft.name)

    @on(Read)
    async def read(self, source: str, read: Read) -> Reply:
        """Answer from the applied state, as the `reads` knob says."""
        raft, way = self.raft, self.raft.knob("reads")
        if way == "log":
            index = self.add(read)
            self.replicate()
            await raft.wait_until(lambda: raft.applied >= index)
        elif way != "local":
            await raft.wait_until(lambda: raft.commit >= self.first > 0)  # before that, its commit index may be old
            index = raft.commit
            if not (way == "lease" and self.leased()) and not await self.confirmed():
                return Refused(f"{raft.name} cannot reach a majority")
            await raft.wait_until(lambda: raft.applied >= index)
        return Ok(raft.state.get(read.key, 0), raft.name)

    async def confirmed(self) -> bool:
        """Whether a majority still knows no newer term: asked after the read arrived, or it would prove nothing."""
        raft = self.raft
        try:
            ask = Confirm(raft.term)
            await raft.quorum(ask, need=raft.majority, within=raft.timeout, accept=lambda c: c.term == ask.term)
        except NoQuorum:
            return False
        return True

    def leased(self) -> bool:
        """Whether a majority has promised, by what it answered, not to elect anybody else yet (6.4.1).

        A tenth of the timeout is left to clocks that run at different speeds. A successor who was told to campaign
        breaks the promise, and may do so late: it may have been paused.
        """
        raft = self.raft
        since = held_by_majority([raft.now, *self.acknowledged.values()])
        promised = self.turns == raft.cluster.turns and since >= self.promised
        return self.sure and promised and raft.now < since + raft.timeout * 9 // 10

    # ── handing over

    def transfer(self, to: str) -> None:
        """Let a follower take over once it has everything (3.10); give up after an election timeout."""
        self.successor = to
        self.raft.spawn(self._give_up, to)
        self.hand_over()

    def hand_over(self) -> None:
        """Tell the successor to campaign, if it lacks nothing."""
        assert self.successor is not None, "nobody to hand over to"
        if self.match[self.successor] == self.raft.log.last:
            self.sure = False
            self.raft.send(self.successor, TimeoutNow(self.raft.term))

    async def _give_up(self, to: str) -> None:
        await self.raft.sleep(self.raft.timeout)
        if self.successor == to:
            self.successor = None
