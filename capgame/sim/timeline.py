"""The Timeline: one heap, one order, and at most one simulation task awake.

Rules:
1. Whatever happens is an entry of the heap, ordered by `(at, rank, seq)`: the instant in virtual microseconds, the
   order within an instant, and a ticket given when the entry is asked for. The order of two entries is never left to
   a hash, a set, a thread or an event loop.
2. One entry is run; if it woke tasks, each runs until it parks again before the next entry. Several wake-ups of one
   entry queue first in, first out.
3. `advance(until)` runs every entry with `at <= until`. The horizon takes no ticket, no record and no draw, so where
   a run is cut into frames cannot be seen from inside.
4. A cancelled task learns of it where it parks: cancellation beats a value that was queued for it.
5. After `close()` nothing is recorded and no entry is run, whatever a task that was awake then still asks for.

Two kernels share this file: `stepped.py` sends to plain coroutines, `live.py` carries each task in a trio task. A
strategy cannot tell which of them it runs on.

Known blemish: a timer that is no longer wanted stays in the heap until its instant, and does nothing then.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from heapq import heappop, heappush
from typing import Any

from capgame.errors import SimulationError
from capgame.sim.streams import Streams
from capgame.sim.trace import Trace

SECOND_US = 1_000_000

# Ranks: what comes first within one instant.
SECOND, FAULT_END, FAULT, MOVE, TIMER, MESSAGE, ARRIVAL = range(-1, 6)

Action = Callable[[Any], object]


class Cancelled(BaseException):
    """Raised where a cancelled task parks. Not an Exception, so that no handler swallows it."""


class Owner:
    """Whom an entry belongs to: an incarnation of a machine, a client group, the script.

    Entries of a dead owner are dropped; those of a paused one are kept for its resume.
    """

    __slots__ = ("alive", "held", "name", "paused", "tasks")

    def __init__(self, name: str) -> None:
        self.name = name
        self.alive = True
        self.paused = False
        self.held: list[tuple[Action, Any]] = []
        self.tasks: dict[int, Task] = {}  # in the order of their tickets


class Scope:
    """Tasks that end together: a role and whatever its handlers await."""

    __slots__ = ("tasks",)

    def __init__(self) -> None:
        self.tasks: dict[int, Task] = {}


class Task:
    """A coroutine under way. What carries it is the kernel's business."""

    __slots__ = (
        "arguments",
        "cancelling",
        "carrier",
        "done",
        "function",
        "number",
        "owner",
        "queued",
        "scope",
        "value",
    )

    def __init__(self, number: int, owner: Owner, scope: Scope | None, function: Any, arguments: tuple[Any, ...]):
        self.number = number
        self.owner = owner
        self.scope = scope
        self.function: Callable[..., Coroutine[Any, Any, object]] = function
        self.arguments = arguments
        self.carrier: Any = None
        self.value: Any = None
        self.queued = self.cancelling = self.done = False


class Timeline(ABC):
    """Virtual time. `now` is in microseconds; `events` counts the entries that were run."""

    def __init__(self, seed: str, trace: Trace | None = None) -> None:
        self.seed = seed
        self.now = 0
        self.events = 0
        self.tickets = 0
        self.calls = 0  # ids of calls between nodes, run-wide: a new incarnation never takes an old one's reply
        self.streams = Streams(seed)
        self.trace = trace or Trace()
        self.closed = False
        self.world = Owner("world")  # the script, the network, the clients: always there
        self.current: Task | None = None
        self._heap: list[tuple[int, int, int, Owner, Action, Any]] = []
        self._ready: deque[Task] = deque()
        self._failure: tuple[Owner, Exception] | None = None
        self._halted = False  # it failed or was closed: no entry is run any more
        self.at(SECOND_US, SECOND, self.world, self._second, None)

    # ── entries

    def at(self, when: int, rank: int, owner: Owner, action: Action, argument: Any) -> None:
        """Run `action(argument)` at an instant, unless its owner is gone by then."""
        self.tickets = ticket = self.tickets + 1
        heappush(self._heap, (when, rank, ticket, owner, action, argument))

    def record(self, line: str) -> None:
        """One line of the trace, at the present instant."""
        self.trace.lines.append(f"{self.now} {line}")

    def _second(self, _: None) -> None:
        self.trace.second(self.events)
        self.at(self.now + SECOND_US, SECOND, self.world, self._second, None)

    # ── tasks

    def spawn(self, owner: Owner, function: Callable[..., Any], *arguments: Any, scope: Scope | None = None) -> Task:
        """Begin a coroutine at this instant, after what is under way. Its ticket is taken now."""
        self.tickets = number = self.tickets + 1
        task = Task(number, owner, scope, function, arguments)
        owner.tasks[number] = task
        if scope is not None:
            scope.tasks[number] = task
        heappush(self._heap, (self.now, TIMER, number, owner, self._begin, task))
        return task

    def _begin(self, task: Task) -> None:
        if not task.done:
            task.queued = True
            self._ready.append(task)

    def wake(self, task: Task, value: Any = None) -> None:
        """Let a parked task go on with a value, after those that were woken before it."""
        if not task.queued and not task.done:
            task.value = value
            task.queued = True
            self._ready.append(task)

    def cancel(self, task: Task) -> None:
        """End a task where it parks. One that has not begun never does."""
        if task.done or task.cancelling:
            return
        if task.carrier is None:
            self._finish(task)
            return
        task.cancelling = True
        if task is not self.current and not task.queued:
            task.queued = True
            self._ready.append(task)

    def cancel_scope(self, scope: Scope) -> None:
        """End all tasks of a scope, in the order of their tickets."""
        for task in list(scope.tasks.values()):
            self.cancel(task)

    def _finish(self, task: Task) -> None:
        task.done = True
        task.owner.tasks.pop(task.number, None)
        if task.scope is not None:
            task.scope.tasks.pop(task.number, None)

    def _fail(self, owner: Owner, error: Exception) -> None:
        if self._failure is None and not self.closed:
            self._failure, self._halted = (owner, error), True

    # ── owners

    def pause(self, owner: Owner) -> None:
        """Keep what falls due for an owner from now on."""
        owner.paused = True

    def resume(self, owner: Owner) -> None:
        """Let an owner go on with all that was kept, in its old order.

        All of it comes back at rank TIMER. With their old ranks every due timer would overtake the older heartbeats,
        and each resume would start an election.
        """
        owner.paused = False
        held, owner.held = owner.held, []
        for action, argument in held:
            self.at(self.now, TIMER, owner, action, argument)

    def kill(self, owner: Owner) -> None:
        """Silence an owner, then cancel its tasks in the order of their tickets."""
        owner.alive = False
        owner.held.clear()
        for task in list(owner.tasks.values()):
            self.cancel(task)

    # ── running

    def _pump(self, until: int) -> Task | None:
        """Run entries until a task is awake (it is returned) or nothing is left at or before `until`."""
        ready, heap = self._ready, self._heap
        self.current = None
        while not self._halted:
            while ready:
                task = ready.popleft()
                if not task.done:
                    return task
            if not heap or heap[0][0] > until:
                return None
            self.now, _, _, owner, action, argument = heappop(heap)
            if not owner.alive:
                continue
            if owner.paused:
                owner.held.append((action, argument))
                continue
            self.events += 1
            try:
                action(argument)
            except Exception as error:  # a handler's own bug: told with what is needed to see it again
                self._fail(owner, error)
        return None

    def _arrive(self, until: int) -> None:
        """The end of an advance: stand at the horizon, or say what went wrong before it."""
        if self._failure is not None:
            owner, error = self._failure
            raise SimulationError(
                f"{owner.name}: {type(error).__name__}: {error} — event {self.events}, {self.now} us, seed {self.seed}"
            ) from error
        self.now = max(self.now, until)

    @abstractmethod
    async def advance(self, until: int) -> None:
        """Run every entry with `at <= until`, then stand at `until`. Raises SimulationError for a handler's bug."""

    @abstractmethod
    def park(self) -> Awaitable[Any]:
        """Wait, within a task, until somebody wakes it; the result is what `wake` was given."""

    def close(self) -> None:
        """The innermost `finally` of every run: from here on nothing is recorded, and no entry is run.

        A task may be on its way when this is called, and ask for more: it gets as far as its next park.
        """
        self.closed = self._halted = True
        self.trace.seal()
        self._heap.clear()
        self._ready.clear()
