"""What a strategy is written against: a node that talks, waits, remembers and plays roles.

Rules:
1. A handler marked `@on(Message)` that is a plain `def` is atomic; what it returns is the reply. One that is an
   `async def` is a coordinator, a task of its own; what it returns is the reply too.
2. After every `await`, what was known about the node is old. Read it again, or be in a role.
3. A role owns handlers and tasks. Leaving the role cancels whatever its coordinators awaited: a deposed leader's
   handlers are gone, not guarded by an `if`.
4. Nothing leaves before the disk has what it promises: a send waits for a sync under way.
5. Not knowing is an answer. An unhandled NoQuorum becomes `Unsure`.
6. A request that the network brings twice is heard once. The first may be under way when the second comes, and a node
   that leads no more would refuse the second: its client would believe that nothing ever came of either.

Nothing in here knows a protocol, and a strategy touches nothing but what is in here.

Known blemish: which calls were heard already is forgotten in a crash, so a request that the network brings twice may be
answered by both incarnations if the crash falls between the two.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Coroutine, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from capgame.sim.requests import Read, Refused, Reply, Request, Unsure, Write, describe
from capgame.sim.stream import Segment, Stream, Taken
from capgame.sim.streams import Draw, below
from capgame.sim.timeline import TIMER, Owner, Scope, Task

if TYPE_CHECKING:
    from capgame.sim.cluster import Cluster
    from capgame.sim.machine import Machine
    from capgame.sim.network import Link

F = TypeVar("F", bound=Callable[..., Any])


class NoQuorum(Exception):
    """Too few answered in time; the message says who did."""


def on(*messages: type) -> Callable[[F], F]:
    """Mark a method as the handler of these messages."""

    def mark(handler: F) -> F:
        handler.handles = messages  # type: ignore[attr-defined]  # read by `_handlers_of`, and only there
        return handler

    return mark


Handlers = Mapping[type, tuple[str, bool]]  # a message's handler: the method's name, and whether it is a coordinator
Bound = tuple[Callable[..., Any], bool, Scope | None]


def _handlers_of(cls: type) -> Handlers:
    found: dict[type, tuple[str, bool]] = {}
    for base in reversed(cls.__mro__):
        for name, method in vars(base).items():
            for message in getattr(method, "handles", ()):
                found[message] = (name, inspect.iscoroutinefunction(method))
    return found


@dataclass(frozen=True, slots=True)
class Reign:
    """Since `at` this node believed that it led."""

    at: int
    node: str
    epoch: int


class Call:
    """A question to several nodes, and what has been heard so far: at most one reply counts for each."""

    __slots__ = ("accept", "asked", "got", "need", "over", "refused", "task")

    def __init__(self, task: Task, need: int, asked: int, accept: Callable[[Any], bool] | None) -> None:
        self.task, self.need, self.asked, self.accept = task, need, asked, accept
        self.got: dict[str, Any] = {}
        self.refused: dict[str, Any] = {}
        self.over = False

    def hear(self, source: str, reply: Any) -> bool:
        """Count a reply; true once the question is settled either way."""
        if source in self.got or source in self.refused:
            return False  # the network duplicates: counting a node twice broke quorums in 20 of 20 seeds
        if self.accept is None or self.accept(reply):
            self.got[source] = reply
            return len(self.got) >= self.need
        self.refused[source] = reply
        return self.asked - len(self.refused) < self.need


class Role:
    """A part a node plays: handlers and tasks that end together. `main` runs when the role is taken."""

    word: ClassVar[str] = ""  # for humans
    handlers: ClassVar[Handlers] = {}

    def __init_subclass__(cls) -> None:
        cls.handlers = _handlers_of(cls)

    def __init__(self) -> None:
        self.scope = Scope()

    async def main(self) -> None:
        """What the role does by itself."""


class Node:
    """One incarnation of a replica. Names of other nodes are what `members` lists."""

    handlers: ClassVar[Handlers] = {}

    def __init_subclass__(cls) -> None:
        cls.handlers = _handlers_of(cls)

    def __init__(self, machine: Machine, cluster: Cluster, boot: int) -> None:
        self.name = machine.name
        self.machine = machine
        self.cluster = cluster
        self.boot = boot
        self.disk = machine.disk
        self.owner = Owner(machine.name)
        self.ready = False
        self.role: Role | None = None
        self._timeline = cluster.timeline
        self._links: dict[str, Link] = cluster.links[machine.name]
        self._calls: dict[int, Call] = {}
        self._waiting: list[tuple[Callable[[], bool], Task]] = []
        self._streams: dict[str, Stream] = {}
        self._requests: set[tuple[str, int]] = set()  # heard, by sender and call; only asked for membership
        self._own = _bind(self, None)
        self._dispatch: dict[type, Bound] = self._own
        self.rng: Draw = self._timeline.streams.draw(f"node/{self.name}/{boot}")

    # ── life

    def start(self) -> None:
        """Begin `main`; messages are heard from then on."""
        self._timeline.spawn(self.owner, self._main)

    async def _main(self) -> None:
        self.ready = True  # nothing can arrive before `main` parks or ends: this step is one entry
        await self.main()

    async def main(self) -> None:
        """What the node does by itself from boot on."""

    def view(self) -> Any:
        """A snapshot for humans."""
        return None

    # ── what it knows

    @property
    def members(self) -> tuple[str, ...]:
        """All voters by name, this node among them, in the order of the level."""
        return self.cluster.members

    @property
    def peers(self) -> tuple[str, ...]:
        """The other members."""
        return tuple(name for name in self.members if name != self.name)

    @property
    def majority(self) -> int:
        """How many members are more than half of them."""
        return len(self.members) // 2 + 1

    @property
    def now(self) -> int:
        """Monotonic time of this machine, in microseconds."""
        return self.machine.clock.now

    @property
    def wall(self) -> int:
        """The time of day as this machine believes it, in microseconds."""
        return self.machine.clock.wall

    def random_us(self, low: int, high: int) -> int:
        """A random length in [low, high)."""
        return low + below(self.rng, high - low)

    def note(self, text: str) -> None:
        """A line in the trace: a change of role, a decision."""
        if self.owner.alive:
            self._timeline.record(f"{self.name} {text}")

    def take_lead(self, epoch: int) -> None:
        """From now on this node believes that it leads, in a term or epoch of its protocol's."""
        self.note(f"leads {epoch}")
        self.cluster.reigns.append(Reign(self._timeline.now, self.name, epoch))

    # ── talking

    def send(self, to: str, body: Any, call_id: int = 0) -> None:
        """Send one message, one way."""
        self._emit((to,), body, call_id)

    def broadcast(self, body: Any, to: Iterable[str] | None = None) -> None:
        """Send the same message to all peers, or to those named."""
        self._emit(self.peers if to is None else to, body, 0)

    def _emit(self, targets: Iterable[str], body: Any, call_id: int) -> None:
        if not self.owner.alive:
            return
        text = describe(body)
        links, synced_at = self._links, self.disk.busy_until
        if synced_at <= self._timeline.now:
            for to in targets:
                links[to].carry(call_id, body, text)
        else:
            for to in targets:
                self._timeline.at(synced_at, TIMER, self.owner, _depart, (links[to], call_id, body, text))

    async def quorum(
        self,
        body: Any,
        *,
        need: int,
        within: int,
        accept: Callable[[Any], bool] | None = None,
        to: Iterable[str] | None = None,
    ) -> dict[str, Any]:
        """Ask members (all, or those named) and return the first `need` accepted replies by node, in their order.

        If this node is among them its own handler answers at once. Raises NoQuorum after `within` microseconds, or as
        soon as `need` replies cannot come any more.
        """
        targets = self.members if to is None else tuple(to)
        timeline = self._timeline
        assert timeline.current is not None, "only a task may ask"
        call = Call(timeline.current, need, len(targets), accept)
        if self.name in targets and call.hear(self.name, self._ask_itself(body)):
            return self._verdict(call, body, within)
        timeline.calls = call_id = timeline.calls + 1
        self._calls[call_id] = call
        self._emit([name for name in targets if name != self.name], body, call_id)
        timeline.at(timeline.now + self.machine.clock.duration(within), TIMER, self.owner, self._expire, call)
        try:
            await timeline.park()
        finally:
            call.over = True
            del self._calls[call_id]
        return self._verdict(call, body, within)

    def _ask_itself(self, body: Any) -> Any:
        handler, coordinates, _ = self._dispatch[type(body)]
        assert not coordinates, f"{type(body).__name__} is a coordinator's: this node cannot answer it at once"
        return handler(self.name, body)

    def _verdict(self, call: Call, body: Any, within: int) -> dict[str, Any]:
        if len(call.got) >= call.need:
            return call.got
        answered = ", ".join([*call.got, *call.refused]) or "nobody"
        raise NoQuorum(
            f"{type(body).__name__}: {len(call.got)} of {call.need} replies within {within // 1000} ms "
            f"({answered} answered)"
        )

    def _expire(self, call: Call) -> None:
        if not call.over:
            call.over = True
            self._timeline.wake(call.task)

    async def call(self, to: str, body: Any, within: int) -> Any:
        """Ask one other node and return its reply. Raises NoQuorum after `within` microseconds."""
        return (await self.quorum(body, need=1, within=within, to=(to,)))[to]

    async def forward(self, to: str | None, request: Request, within: int) -> Reply:
        """Hand a client's request to the node in charge. Its silence is no answer: that is `Unsure`."""
        if to is None:
            return Refused("nobody is known to lead")
        try:
            reply: Reply = await self.call(to, request, within)
        except NoQuorum:
            return Unsure(f"{to} is out of reach")
        return reply

    def stream(self, peer: str) -> Stream:
        """The stream to a peer: whatever is sent there arrives in order and once. See `sim/stream.py`."""
        if peer not in self._streams:
            self._streams[peer] = Stream(self, peer)
        return self._streams[peer]

    @on(Segment)
    def _take(self, source: str, segment: Segment) -> None:
        self.stream(source).take(segment)

    @on(Taken)
    def _taken(self, source: str, answer: Taken) -> None:
        self.stream(source).hear(answer)

    # ── hearing

    def receive(self, envelope: tuple[str, int, Any]) -> None:
        """A message arrived: a reply finds its call, anything else its handler."""
        source, call_id, body = envelope
        if call_id < 0:
            call = self._calls.get(-call_id)
            if call is not None and not call.over and call.hear(source, body):
                call.over = True
                self._timeline.wake(call.task)
            return
        kind = type(body)
        if kind is Read or kind is Write:
            if (source, call_id) in self._requests:
                return
            self._requests.add((source, call_id))
            if refusal := self._operator_refuses(kind):
                self._emit((source,), refusal, -call_id)
                return
        bound = self._dispatch.get(kind)
        if bound is None:
            return  # meant for a role that it plays no more: a late answer to a deposed leader
        handler, coordinates, scope = bound
        if coordinates:
            self._timeline.spawn(self.owner, self._coordinate, handler, source, call_id, body, scope=scope)
        else:
            reply = handler(source, body)
            if reply is not None and call_id:
                self._emit((source,), reply, -call_id)

    def _operator_refuses(self, kind: type) -> Refused | None:
        if self.machine.fenced:
            return Refused(f"{self.name} is fenced")
        if self.machine.frozen and kind is Write:
            return Refused(f"{self.name} is frozen")
        return None

    async def _coordinate(self, handler: Callable[..., Any], source: str, call_id: int, body: Any) -> None:
        try:
            reply = await handler(source, body)
        except NoQuorum as silence:
            reply = Unsure(str(silence))
        if reply is not None and call_id:
            self._emit((source,), reply, -call_id)

    # ── waiting

    def after(self, us: int, function: Callable[[None], object]) -> None:
        """Call a plain function later, as this machine's clock measures it; not if the node is gone by then."""
        self._timeline.at(self._timeline.now + self.machine.clock.duration(us), TIMER, self.owner, function, None)

    async def sleep(self, us: int) -> None:
        """Wait, as this machine's clock measures it."""
        timeline = self._timeline
        when = timeline.now + self.machine.clock.duration(us)
        timeline.at(when, TIMER, self.owner, timeline.wake, timeline.current)
        await timeline.park()

    def spawn(self, function: Callable[..., Coroutine[Any, Any, object]], *arguments: Any) -> Task:
        """Begin a task of this node. Begun within a role, it ends with the role."""
        scope = self.role.scope if self.role is not None else None
        return self._timeline.spawn(self.owner, function, *arguments, scope=scope)

    async def wait_until(self, condition: Callable[[], bool]) -> None:
        """Wait until a condition holds; it is looked at again at every `signal`."""
        timeline = self._timeline
        while not condition():
            assert timeline.current is not None, "only a task may wait"
            waiter = (condition, timeline.current)
            self._waiting.append(waiter)
            try:
                await timeline.park()
            finally:
                if waiter in self._waiting:
                    self._waiting.remove(waiter)

    def signal(self) -> None:
        """Something changed: wake, in order, whoever waited for it."""
        if self._waiting:
            ready = [waiter for waiter in self._waiting if waiter[0]()]
            self._waiting = [waiter for waiter in self._waiting if waiter not in ready]
            for _, task in ready:
                self._timeline.wake(task)

    # ── roles

    def become(self, role: Role) -> None:
        """Leave the present role, with all it awaited, and take another."""
        if self.role is not None:
            self._timeline.cancel_scope(self.role.scope)
        self.role = role
        self._dispatch = {**self._own, **_bind(role, role.scope)}
        self._timeline.spawn(self.owner, role.main, scope=role.scope)


class Alarm:
    """A timer that is pushed back more often than it rings: an election timeout. Microseconds of the node's clock."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._due = node.now

    def push(self, us: int) -> None:
        """Ring no sooner than `us` from now."""
        self._due = self._node.now + us

    async def ring(self) -> None:
        """Wait until it has not been pushed back for long enough."""
        while (left := self._due - self._node.now) > 0:
            await self._node.sleep(left)


def _bind(owner: Node | Role, scope: Scope | None) -> dict[type, Bound]:
    return {
        message: (getattr(owner, name), coordinates, scope) for message, (name, coordinates) in owner.handlers.items()
    }


def _depart(message: tuple[Link, int, Any, str]) -> None:
    link, call_id, body, text = message
    link.carry(call_id, body, text)
