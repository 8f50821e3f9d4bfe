"""Clients: what is asked, when, and what each of them learns.

Rules:
1. Open loop: operations are offered at their arrivals, however slow the answers are. What arrives, and when, was drawn
   before the first one; no answer changes it.
2. An arrival takes the session that has been idle longest, or opens one. A session asks one of its region's nodes, in
   turn; when nobody answers it, it moves to the next. Only the operator sends it across regions.
3. `retry` makes several attempts of one operation. It happened if any attempt says so; it did not only if every attempt
   says so; else nobody knows. Each session is a Jepsen process, and not knowing retires the process.
4. After `timeout` the client stops waiting: a write is `info`, a read is `fail`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from capgame.history.operation import Completion, Operation
from capgame.sim.cluster import Cluster, endpoint
from capgame.sim.requests import Ok, Read, Refused, Request, Write, describe
from capgame.sim.streams import below
from capgame.sim.timeline import ARRIVAL, TIMER


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody will ask: when, what for, and the draw (0 to 2^32 - 1) that picks the key."""

    at: int
    f: str
    draw: int


@dataclass(frozen=True, slots=True)
class Habits:
    """How the clients of a level behave. Times in microseconds, by operation name."""

    deadline_us: Mapping[str, int]
    timeout_us: Mapping[str, int]
    retry: int = 0
    identity: bool = True


class Asker(Protocol):
    """The workload: turns an arrival into a key and a value."""

    def question(self, arrival: Arrival) -> tuple[str, int | None]:
        """The key, and the value to write (None for a read)."""
        ...


class Recorder(Protocol):
    """Whoever keeps the history and judges it."""

    def invoke(self, op: Operation) -> None:
        """An operation is about to be sent."""

    def complete(self, op: Operation, completion: Completion, value: int | None, node: str | None, why: str) -> None:
        """Its client has learned what it will ever learn."""


@dataclass(slots=True)
class Session:
    """One customer: the process it is now, and the place in its region's round of nodes that it asks."""

    process: int
    turn: int


class Pending:
    """An operation under way: its attempts, and what they have left open."""

    __slots__ = ("attempts", "doubt", "left", "operation", "session", "soon", "why")

    def __init__(self, operation: Operation, session: Session, retries: int) -> None:
        self.operation, self.session = operation, session
        self.left = retries
        self.attempts: list[int] = []  # calls that nobody has answered yet
        self.soon = 1  # attempts about to be made
        self.doubt = False  # some attempt may have happened
        self.why = ""


class Counters:
    """Numbers that are unique over all client groups of a run."""

    def __init__(self) -> None:
        self.operations = self.processes = 0


class Clients:
    """The customers of one region."""

    def __init__(
        self,
        cluster: Cluster,
        group: str,
        arrivals: Sequence[Arrival],
        asker: Asker,
        habits: Habits,
        recorder: Recorder,
        counters: Counters,
    ) -> None:
        self.group = group
        self.route: str | None = None  # where the operator sends them
        self.routed_at = 0  # when that changed last
        geography = cluster.geography
        region = geography.groups[group]
        self.home = tuple(node for node, where in geography.nodes.items() if where == region)
        self._timeline = cluster.timeline
        self._links = cluster.links[endpoint(group)]
        self._retry_draw = cluster.timeline.streams.draw(f"retry/{group}")
        self._arrivals = iter(arrivals)
        self._asker, self._habits, self._recorder, self._counters = asker, habits, recorder, counters
        self._idle: deque[Session] = deque()
        self._opened = 0
        self._calls: dict[int, Pending] = {}
        self.open = 0  # operations under way
        cluster.attach_clients(group, self)

    def start(self) -> None:
        """Let the first one arrive."""
        self._await_next()

    def _await_next(self) -> None:
        arrival = next(self._arrivals, None)
        if arrival is not None:
            self._timeline.at(arrival.at, ARRIVAL, self._timeline.world, self._ask, arrival)

    def send_to(self, node: str | None) -> None:
        """Have all of them ask one node from now on; None: their region's nodes again."""
        self.route = node
        self.routed_at = self._timeline.now

    # ── asking

    def _ask(self, arrival: Arrival) -> None:
        self._await_next()
        session = self._idle.popleft() if self._idle else self._open_session()
        key, value = self._asker.question(arrival)
        self._counters.operations += 1
        op = Operation(
            id=self._counters.operations,
            process=session.process,
            group=self.group,
            f=arrival.f,
            key=key,
            value=value,
            at=self._timeline.now,
            called=-1,
            deadline_us=self._habits.deadline_us[arrival.f],
        )
        self._record(op, "invoke", op.value)
        self._recorder.invoke(op)
        self.open += 1
        pending = Pending(op, session, self._habits.retry)
        self._timeline.at(op.at + self._habits.timeout_us[op.f], TIMER, self._timeline.world, self._give_up, pending)
        self._attempt(pending)

    def _open_session(self) -> Session:
        self._opened += 1
        return Session(self._new_process(), self._opened - 1)

    def _new_process(self) -> int:
        self._counters.processes += 1
        return self._counters.processes

    def _attempt(self, pending: Pending) -> None:
        op, timeline = pending.operation, self._timeline
        if op.completion is not None:
            return
        pending.soon -= 1
        node = self.route or self.home[pending.session.turn % len(self.home)]
        op.asked = node
        timeline.calls = call_id = timeline.calls + 1
        request = self._request(op, call_id)
        pending.attempts.append(call_id)
        self._calls[call_id] = pending
        self._links[node].carry(call_id, request, describe(request))
        if pending.left:
            timeline.at(timeline.now + op.deadline_us, TIMER, timeline.world, self._overdue, (pending, call_id))

    def _request(self, op: Operation, call_id: int) -> Request:
        """Attempts with an identity share that of the operation (positive); without, each is new (negative)."""
        identity = op.id if self._habits.identity else -call_id
        return Read(op.key, identity) if op.value is None else Write(op.key, op.value, identity)

    # ── learning

    def arrive(self, envelope: tuple[str, int, Any]) -> None:
        """An answer; one that comes after its client gave up is not heard."""
        node, call_id, reply = envelope
        pending = self._calls.pop(-call_id, None)
        if pending is None:
            return
        pending.attempts.remove(-call_id)
        if type(reply) is Ok:
            self._complete(pending, Completion.OK, reply.value, reply.node or node)
            return
        pending.why = reply.why
        if type(reply) is not Refused:
            pending.doubt = True  # no later refusal overrides it
        self._again_or_conclude(pending, node)

    def _overdue(self, waiting: tuple[Pending, int]) -> None:
        """An attempt has no answer within the deadline: try another node, and keep listening."""
        pending, call_id = waiting
        if call_id in self._calls and pending.left:
            pending.session.turn += 1
            self._again_or_conclude(pending, None)

    def _again_or_conclude(self, pending: Pending, node: str | None) -> None:
        if pending.left:
            pending.left -= 1
            pending.soon += 1
            wait = 20_000 + below(self._retry_draw, 80_000)
            self._timeline.at(self._timeline.now + wait, TIMER, self._timeline.world, self._attempt, pending)
        elif not pending.attempts and not pending.soon:
            self._conclude(pending, node)

    def _give_up(self, pending: Pending) -> None:
        if pending.operation.completion is None:
            pending.doubt = True
            pending.why = ""
            pending.session.turn += 1
            self._conclude(pending, None)

    def _conclude(self, pending: Pending, node: str | None) -> None:
        """Without an `ok`: a write in doubt is `info`; a read that was not answered has happened to nobody."""
        write = pending.operation.value is not None
        why = pending.why
        self._complete(pending, Completion.INFO if pending.doubt and write else Completion.FAIL, None, node, why)

    def _complete(
        self, pending: Pending, completion: Completion, value: int | None, node: str | None, why: str = ""
    ) -> None:
        for call_id in pending.attempts:
            del self._calls[call_id]
        pending.attempts.clear()
        op = pending.operation
        self._record(op, completion.value, op.value if op.value is not None else value)
        if completion is Completion.INFO:
            pending.session.process = self._new_process()
        self._idle.append(pending.session)
        self.open -= 1
        self._recorder.complete(op, completion, value, node, why)

    def _record(self, op: Operation, event: str, value: int | None) -> None:
        self._timeline.trace.client(f"{self._timeline.now} {op.group}{op.process} {event} {op.f} {op.key} {value}")
