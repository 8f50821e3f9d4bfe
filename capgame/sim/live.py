"""The live kernel: every simulation task is a trio task, in one flat nursery. This is the cluster one plays.

Rules:
1. trio never decides an order. A task parks in `wait_task_rescheduled`, and exactly one of them, or the driver (the
   task inside `advance`), is runnable: trio's scheduler picks at random, and has nothing to pick from.
2. Whoever parks or ends runs the Timeline on, on its own stack, and hands over to the task that is awake next. If that
   is itself it just goes on; at the horizon it is the driver. A way back to the driver each time would cost a second
   switch, and a switch of trio's costs more than an entry of the heap.
3. A cancelled task gets `Cancelled` handed in where it parks, as in the stepped kernel. trio's own cancellation means
   one thing only: the session is over. Then every park ends at once, in any order, and nothing is recorded any more.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import trio
from outcome import Error, Value
from trio.lowlevel import Abort, current_task, reschedule, wait_task_rescheduled

from capgame.sim.timeline import Cancelled, Task, Timeline
from capgame.sim.trace import Trace


class LiveTimeline(Timeline):
    """Virtual time carried by trio tasks. `nursery` is set by whoever runs it (`sim/run.py`, `tui/bridge.py`)."""

    def __init__(self, seed: str, trace: Trace | None = None) -> None:
        super().__init__(seed, trace)
        self.nursery: trio.Nursery | None = None
        self._driver: Any = None
        self._driver_parked = False
        self._until = 0

    async def advance(self, until: int) -> None:
        """Run to the horizon: see Timeline."""
        self._until = until
        self._driver = current_task()
        task = self._pump(until)
        if task is not None:
            self._driver_parked = True
            self._resume(task)
            await wait_task_rescheduled(self._give_up)
        self._arrive(until)

    async def park(self) -> Any:
        """Wait to be woken: see Timeline."""
        task = self.current
        assert task is not None, "only a task parks"
        if task.cancelling:
            raise Cancelled
        awake = self._pump(self._until)
        if awake is not task:
            self._resume(awake)
            return await wait_task_rescheduled(_let_go)
        self.current = task
        task.queued = False
        if task.cancelling:
            raise Cancelled
        return task.value

    def _resume(self, task: Task | None) -> None:
        """Let a task go on, or the driver if none is awake."""
        if task is None:
            self._wake_driver()
            return
        self.current = task
        task.queued = False
        if task.carrier is None:
            assert self.nursery is not None, "a live timeline needs a nursery"
            task.carrier = True  # it has begun: trio gives it a task of its own in the next step
            self.nursery.start_soon(self._carry, task)
        elif task.cancelling:
            reschedule(task.carrier, Error(Cancelled()))
        else:
            reschedule(task.carrier, Value(task.value))

    async def _carry(self, task: Task) -> None:
        task.carrier = current_task()
        try:
            await task.function(*task.arguments)
        except Cancelled:
            pass
        except Exception as error:  # a strategy's own bug: told with what is needed to see it again
            self._fail(task.owner, error)
        self._finish(task)
        if not self.closed:
            self._resume(self._pump(self._until))

    def _wake_driver(self) -> None:
        if self._driver_parked:
            self._driver_parked = False
            reschedule(self._driver)

    def _give_up(self, _: Callable[[], None]) -> Abort:
        """The driver is cancelled or interrupted: the session ends here."""
        self._driver_parked = False
        self.close()
        return Abort.SUCCEEDED


def _let_go(_: Callable[[], None]) -> Abort:
    return Abort.SUCCEEDED
