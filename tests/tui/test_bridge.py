"""trio as a guest: the same run however real time cuts it, and clean ends wherever they come."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest
from textual.app import App

from capgame.errors import SimulationError
from capgame.levels.catalogue import find
from capgame.play.headless import run_level
from capgame.play.result import result
from capgame.play.session import Session
from capgame.play.setting import choose
from capgame.tui.bridge import Bridge, LiveRun
from capgame.tui.options import Options

FIRST_CUT = find("first-cut")
MOVES = ("route eu n1", "route eu home", "route us n2", "route eu n3", "route us home", "route eu n2")
S = 1_000_000


class Host(App[None]):
    """Nothing but the bridge in Textual's loop."""

    def __init__(self, main: Callable[[Bridge], Awaitable[None]]) -> None:
        super().__init__()
        self.bridge = Bridge(self.died)
        self.main = main
        self.deaths: list[BaseException | None] = []

    def died(self, error: BaseException | None) -> None:
        self.deaths.append(error)

    async def on_mount(self) -> None:
        await self.bridge.start()

    async def on_unmount(self) -> None:
        await self.bridge.stop()


def in_textual(main: Callable[[Bridge], Awaitable[None]]) -> Host:
    host = Host(main)

    async def run() -> None:
        async with host.run_test():
            await host.main(host.bridge)

    asyncio.run(run())
    return host


async def open_run(bridge: Bridge, offer: str = "", options: Options | None = None) -> LiveRun:
    live = bridge.open(Session(choose(FIRST_CUT, offer=offer), kernel="live", watched=True), options or Options())
    await live.idle()
    return live


async def play_at_random(live: LiveRun, dice: random.Random) -> None:
    """Frames of any length, pauses, speeds, single steps, moves: what a restless player does."""
    while live.session.now < live.session.duration:
        live.speed = dice.choice((0.25, 0.5, 1.0, 2.0, 4.0, 16.0))
        live.go(dice.random() < 0.85)
        if dice.random() < 0.1:
            await live.step()
        if dice.random() < 0.15:
            await live.submit(dice.choice(MOVES))
        for _ in range(dice.randrange(1, 6)):
            await live.frame(dice.randrange(1, 250_000))
            if dice.random() < 0.2:
                await asyncio.sleep(0)
    await live.settle()


@pytest.mark.parametrize("number", range(20))
def test_a_run_is_the_same_however_it_is_cut_into_frames(number: int) -> None:
    """Random frame lengths, pauses, speeds and moves inside Textual's loop; then headless with the moves it made."""
    dice, offer = random.Random(number), ("raft", "pb-async")[number % 2]
    found: dict[str, Any] = {}

    async def main(bridge: Bridge) -> None:
        live = await open_run(bridge, offer)
        await play_at_random(live, dice)
        found["moves"] = [replace(record.move, at=record.at).line for record in live.session.operator.records]
        found["result"] = result(live.session)

    in_textual(main)
    again = run_level(FIRST_CUT, strategy=offer, moves=found["moves"]).result
    assert found["moves"]
    assert found["result"]["digest"] == again["digest"]
    assert found["result"]["history_digest"] == again["history_digest"]
    assert found["result"] == again


def test_two_sessions_in_one_guest_do_not_touch_each_other() -> None:
    """Frame by frame in turn, and each is what it is alone."""
    found = []

    async def main(bridge: Bridge) -> None:
        lives = [await open_run(bridge, offer) for offer in ("raft", "pb-async")]
        for live in lives:
            live.speed = 16.0
        while any(live.session.now < live.session.duration for live in lives):
            for live in lives:
                live.go(True)
            await asyncio.gather(*(live.frame(200_000) for live in lives))
        for live in lives:
            await live.settle()
            found.append(result(live.session)["digest"])

    in_textual(main)
    assert found == [run_level(FIRST_CUT, strategy=offer).result["digest"] for offer in ("raft", "pb-async")]


def test_the_clock_stops_at_the_page_and_at_the_fall() -> None:
    """Which of the two comes first stops it; the other does not, within 5 s."""
    stops = []

    async def main(bridge: Bridge) -> None:
        for options in (Options(), Options(stop_at_falls=False), Options(stop_at_pages=False, stop_at_falls=False)):
            live = await open_run(bridge, options=options)
            live.go(True)
            while live.running and live.session.now < 30 * S:
                await live.frame(100_000)
            stops.append((live.stop.kind if live.stop else "", live.session.now))
            bridge.close(live)

    in_textual(main)
    (first, at), page, never = stops
    assert first == "fall"
    assert 12 * S < at < 14 * S
    assert page == ("page", 14 * S)
    assert never[0] == ""


def test_a_move_waits_until_the_advance_is_over() -> None:
    """Nobody touches a session that advances: the answer comes when it stands."""
    order = []

    async def main(bridge: Bridge) -> None:
        live = await open_run(bridge)
        live.go(True)
        live.speed = 16.0

        async def frame() -> None:
            await live.frame(200_000)
            order.append("frame")

        async def move() -> None:
            await asyncio.sleep(0)
            assert live.busy
            answer = await live.submit("route eu n1")
            assert answer.accepted
            order.append("move")

        await asyncio.gather(frame(), move())
        assert not live.busy

    in_textual(main)
    assert sorted(order) == ["frame", "move"]


def test_leaving_in_the_middle_of_an_advance_ends_cleanly() -> None:
    """The app goes while trio's tasks are awake: nothing hangs and nothing is raised."""
    started = []

    async def main(bridge: Bridge) -> None:
        live = await open_run(bridge)
        live.go(True)
        live.speed = 100.0
        started.append(asyncio.ensure_future(live.frame(250_000)))
        await asyncio.sleep(0)
        assert live.busy

    host = in_textual(main)
    assert host.deaths == []


def test_a_strategy_that_breaks_ends_its_session_and_nothing_else() -> None:
    """A handler's own bug is kept for the screen; another session in the same guest plays on."""

    async def main(bridge: Bridge) -> None:
        broken, sound = await open_run(bridge), await open_run(bridge)

        def raises(_: object) -> None:
            raise ZeroDivisionError("of our own making")

        timeline = broken.session.timeline
        timeline.at(1 * S, 3, timeline.world, raises, None)
        for live in (broken, sound):
            live.go(True)
            for _ in range(10):
                await live.frame(250_000)
        assert isinstance(broken.error, SimulationError)
        assert "of our own making" in str(broken.error)
        assert broken.over
        assert not broken.running
        assert sound.session.now > 1 * S

    assert in_textual(main).deaths == []


def test_a_dead_guest_is_noticed_and_nobody_waits_for_it() -> None:
    """What kills trio's main is told, and frames return at once."""
    deaths = []

    async def main(bridge: Bridge) -> None:
        live = await open_run(bridge)
        live.go(True)

        def dies(_: int) -> None:
            raise KeyError("not a handler's bug, but ours")

        live.session.falls = dies  # type: ignore[method-assign,assignment]
        await asyncio.wait_for(live.frame(100_000), 5)
        await asyncio.sleep(0.1)
        assert not bridge.alive
        await asyncio.wait_for(live.frame(100_000), 5)
        assert not (await live.submit("route eu n1")).accepted
        deaths.extend(host_deaths)

    host_deaths: list[BaseException | None] = []
    host = Host(main)
    host.died = host_deaths.append  # type: ignore[method-assign]
    host.bridge = Bridge(host_deaths.append)

    async def run() -> None:
        async with host.run_test():
            await host.main(host.bridge)

    asyncio.run(run())
    assert len(deaths) == 1
    assert deaths[0] is not None
