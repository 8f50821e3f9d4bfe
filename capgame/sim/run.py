"""Where simulated runs meet the real world: the one `trio.run`, and the step that needs none."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

import trio

from capgame.sim.live import LiveTimeline
from capgame.sim.timeline import Timeline

T = TypeVar("T")


def step(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine of the stepped kernel: it finishes without ever suspending."""
    try:
        coroutine.send(None)
    except StopIteration as finished:
        result: T = finished.value
        return result
    coroutine.close()
    raise RuntimeError("a stepped run suspended: something in it awaits trio")


async def host(timeline: LiveTimeline, main: Callable[[], Awaitable[T]]) -> T:
    """Run `main` with a nursery for the timeline's tasks, within trio; at the end nothing of it is left."""
    failure: Exception
    async with trio.open_nursery() as nursery:
        timeline.nursery = nursery
        try:
            return await main()
        except Exception as error:  # raised in here it would come out as an ExceptionGroup
            failure = error
        finally:
            timeline.close()
            nursery.cancel_scope.cancel()
    raise failure


def run(timeline: Timeline, main: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run `main` headless on either kernel, then close the timeline."""
    if isinstance(timeline, LiveTimeline):
        return trio.run(host, timeline, main)
    try:
        return step(main())
    finally:
        timeline.close()
