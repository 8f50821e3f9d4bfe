"""A player at the keyboard: the game in Textual's test harness, on a clock that is ticked by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textual import events
from textual.pilot import Pilot

from capgame.draw.ink import Ink
from capgame.levels.catalogue import find
from capgame.levels.level import Level
from capgame.play.keep.save import Progress
from capgame.tui.app import CapgameApp
from capgame.tui.frames import HandClock
from capgame.tui.options import Options
from capgame.tui.shift_screen import ShiftScreen

FRAME_US = 66_667


@dataclass
class Player:
    """What a person can do and see."""

    app: CapgameApp
    pilot: Pilot[Any]
    clock: HandClock

    @property
    def shift(self) -> ShiftScreen:
        """The shift that is on."""
        assert isinstance(self.app.screen, ShiftScreen), self.app.screen
        return self.app.screen

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def burst(self, text: str) -> None:
        """All keys at once, as a terminal delivers what was typed while the game was busy."""
        names = {":": "colon", " ": "space", "\r": "enter"}
        for character in text:
            self.app.post_message(events.Key(names.get(character, character), character))
        await self.pilot.pause()

    async def frames(self, count: int, real_us: int = FRAME_US) -> None:
        for _ in range(count):
            await self.clock.tick(real_us)

    async def until_it_stops(self, most: int = 4_000) -> int:
        """Let the clock run until it stops by itself, or the shift is over; when that was."""
        shift = self.shift
        for _ in range(most):
            if not shift.live.running or shift.live.session.now >= shift.live.session.duration:
                break
            await self.clock.tick(250_000)
        return shift.live.session.now

    async def until_it_is_over(self, most: int = 4_000) -> None:
        """Let the clock run to the postmortem, whatever stops it."""
        shift = self.shift
        for _ in range(most):
            if self.app.screen is not shift:
                break
            if shift.live.paused and not shift.live.over:
                shift.live.go(True)
            await self.clock.tick(250_000)
            if shift.live.over:
                await self.pilot.pause()
        assert self.app.screen is not shift, shift.live.session.now

    @property
    def text(self) -> str:
        """What is on the screen."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)

    def where(self, words: str) -> tuple[int, int]:
        """The cell where some words begin."""
        for y, line in enumerate(self.text.splitlines()):
            if words in line:
                return line.index(words), y
        raise AssertionError(f"{words!r} is not on\n{self.text}")

    async def click(self, words: str, times: int = 1) -> None:
        """Click on the first place where these words stand."""
        x, y = self.where(words)
        await self.pilot.click(offset=(x + len(words) // 2, y), times=times)
        await self.pilot.pause()


@asynccontextmanager
async def playing(
    folder: Path, *, size: tuple[int, int] = (120, 40), won: bool = False, options: Options | None = None,
    level: Level | None = None, **more: Any,
) -> AsyncIterator[Player]:  # fmt: skip
    """The game, opened: the first run unless something was `won`; of The First Cut unless another `level` is said."""
    progress = Progress.load(folder)
    if won:
        progress.record(a_win())
    clock = HandClock()
    options = options or Options(ink=Ink.FULL, reduced_motion=True)
    app = CapgameApp(level or find("first-cut"), progress, options=options, clock=clock, **more)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Player(app, pilot, clock)
    assert app.failure is None, app.failure


def a_win() -> dict[str, Any]:
    """As much of a won run as a save reads."""
    halves = {"uptime": {"points": 770}, "truth": {"points": 1000}}
    return {
        "level": {"id": "first-cut"}, "offer": "raft", "outcome": "won", "stars": 2, "score": 750,
        "moves": [{"result": "done"}], **halves,
    }  # fmt: skip
