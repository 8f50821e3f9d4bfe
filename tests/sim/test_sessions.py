"""Several timelines in one process, one thread and one trio run do not touch each other."""

from __future__ import annotations

import pytest
import trio
from small import S, sleep, timeline

from capgame.errors import SimulationError
from capgame.sim.live import LiveTimeline
from capgame.sim.run import host
from capgame.sim.stepped import SteppedTimeline
from capgame.sim.timeline import Timeline


def busy(line: Timeline, tasks: int = 20) -> None:
    """Tasks that sleep for random times and say so."""

    async def work(number: int) -> None:
        draw = line.streams.draw(f"work/{number}")
        while True:
            await sleep(line, line.world, 1 + int(draw() * 50_000))
            line.record(f"{number} works")

    for number in range(tasks):
        line.spawn(line.world, work, number)


def alone(seed: str) -> str:
    """The digest of such a run with nobody beside it."""
    line = timeline(SteppedTimeline, seed)
    busy(line)
    with pytest.raises(StopIteration):
        line.advance(3 * S).send(None)
    return line.trace.digest


def test_two_live_sessions_take_turns() -> None:
    """Advanced in slices in one trio run, each comes to the digest that it has alone."""

    async def main() -> tuple[str, str]:
        one, two = timeline(LiveTimeline, "PEAR"), timeline(LiveTimeline, "PLUM")
        assert isinstance(one, LiveTimeline)
        assert isinstance(two, LiveTimeline)
        busy(one)
        busy(two)

        async def both() -> tuple[str, str]:
            async def inner() -> tuple[str, str]:
                for slices in range(1, 31):
                    await one.advance(slices * S // 10)
                    await two.advance(slices * S // 10)
                return one.trace.digest, two.trace.digest

            return await host(two, inner)

        return await host(one, both)

    assert trio.run(main) == (alone("PEAR"), alone("PLUM"))


def test_a_bug_ends_its_own_session_only() -> None:
    """The neighbour in the same trio run goes on to its usual digest."""

    async def main() -> str:
        sick, well = timeline(LiveTimeline, "PEAR"), timeline(LiveTimeline, "PLUM")
        assert isinstance(sick, LiveTimeline)
        assert isinstance(well, LiveTimeline)
        busy(sick)
        busy(well)
        sick.at(S // 2, 0, sick.world, {}.__getitem__, "lost")

        async def beside() -> str:
            with pytest.raises(SimulationError):
                await host(sick, lambda: sick.advance(3 * S))
            await well.advance(3 * S)
            return well.trace.digest

        return await host(well, beside)

    assert trio.run(main) == alone("PLUM")


def test_a_cancelled_advance_ends_the_session_at_once() -> None:
    """Whoever hosts it may cancel in the middle of an advance: nothing hangs, nothing more is run."""

    async def main() -> Timeline:
        line = timeline(LiveTimeline)
        assert isinstance(line, LiveTimeline)
        busy(line)
        with trio.CancelScope() as scope:
            line.at(S, 0, line.world, lambda _: scope.cancel(), None)

            async def for_ever() -> None:
                while True:
                    await line.advance(line.now + S)
                    await trio.lowlevel.checkpoint()

            await host(line, for_ever)
        return line

    line = trio.run(main)
    assert line.closed
    assert line.now <= 2 * S
