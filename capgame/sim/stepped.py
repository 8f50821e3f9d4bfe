"""The stepped kernel: coroutines advanced with `send()` on the caller's stack, and no event loop at all.

For headless runs, lint, forks and rewinds, in any thread or process. `advance` is a coroutine like that of the live
kernel, and never suspends: `run.step` runs it.
"""

from __future__ import annotations

import types
from collections.abc import Generator
from typing import Any

from capgame.sim.timeline import Cancelled, Task, Timeline


class SteppedTimeline(Timeline):
    """Virtual time without trio."""

    async def advance(self, until: int) -> None:
        """See Timeline."""
        while (task := self._pump(until)) is not None:
            self._step(task)
        self._arrive(until)

    @types.coroutine
    def park(self) -> Generator[None, Any, Any]:
        """See Timeline."""
        task = self.current
        assert task is not None, "only a task parks"
        if task.cancelling:
            raise Cancelled
        return (yield)

    def _step(self, task: Task) -> None:
        self.current = task
        task.queued = False
        try:
            if task.carrier is None:
                task.carrier = task.function(*task.arguments)
                task.carrier.send(None)
            elif task.cancelling:
                task.carrier.throw(Cancelled())
            else:
                task.carrier.send(task.value)
            return
        except (StopIteration, Cancelled):
            pass
        except Exception as error:  # a strategy's own bug: told with what is needed to see it again
            self._fail(task.owner, error)
        self._finish(task)
