"""The game: which screen follows which, in which dress, around one guest run of trio.

The first run goes straight into a shift: there is nothing to read before it. Whoever has won comes home instead.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterable
from typing import Any

from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.screen import Screen

from capgame.draw.palette import CAP_NIGHT, Palette
from capgame.levels.catalogue import find
from capgame.levels.level import Level
from capgame.tui.bridge import Bridge, report_of
from capgame.tui.dress import NIGHT, Dress, ink_of, themes
from capgame.tui.frames import FrameClock
from capgame.tui.moves_provider import MovesProvider
from capgame.tui.options import Options, options_of
from capgame.tui.shift_screen import ShiftScreen

FIRST = "first-cut"
_COLOURS = {None: 2, "standard": 16, "windows": 16, "256": 256, "truecolor": 1 << 24}
_DEADLY = (signal.SIGTERM, signal.SIGHUP)


class CapgameApp(App[int], inherit_bindings=False):
    """The whole game of one level at a time."""

    TITLE = "capgame"
    COMMANDS = {MovesProvider}
    BINDINGS = [
        Binding("ctrl+p", "command_palette", "palette", show=False, priority=True, id="app.palette"),
        Binding("ctrl+q,ctrl+c", "quit", "quit", show=False, id="app.quit"),
    ]

    def __init__(
        self, level: Level, *, options: Options | None = None, clock: FrameClock | None = None, offer: str = ""
    ) -> None:  # fmt: skip
        super().__init__()
        self.level = level
        self.options = options or options_of()
        self.clock = clock or FrameClock(self.options.map_fps)
        self.bridge = Bridge(self._guest_died)
        self.failure: BaseException | None = None
        self._offer = offer
        for theme in themes():
            self.register_theme(theme)
        self.theme = NIGHT

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """`$wrong` for themes that are not ours."""
        return {"wrong": CAP_NIGHT["wrong"]}

    @property
    def dress(self) -> Dress:
        """How screens are painted just now."""
        variables = self.theme_variables
        colours = _COLOURS.get(self.console.color_system, 1 << 24)
        ink = self.options.ink or ink_of(variables, no_color=self.no_color, colours=colours)
        return Dress(Palette.of(variables), ink, self.options.reduced_motion)

    # ── beginning and end

    async def on_mount(self) -> None:
        """Start trio, then the first screen."""
        loop = asyncio.get_running_loop()
        for number in _DEADLY:
            loop.add_signal_handler(number, self.exit, 128 + number, 128 + number)
        await self.bridge.start()
        await self.push_screen(ShiftScreen(self.level, self._offer, coach=True))

    async def on_unmount(self) -> None:
        """End trio, whatever it is doing."""
        self.clock.stop()
        self.failure = self.failure or await self.bridge.stop()
        loop = asyncio.get_running_loop()
        for number in _DEADLY:
            loop.remove_signal_handler(number)

    def _guest_died(self, error: BaseException | None) -> None:
        self.failure = error or RuntimeError(report_of(error))
        self.exit(70)

    # ── from screen to screen

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:  # noqa: ARG002 (the same on all)
        """What the palette offers beside moves."""
        yield SystemCommand("Theme", "Change the colours", self.action_change_theme)
        yield SystemCommand("Quit", "Leave the game", self.action_quit)


def play(level: str | None = None, *, offer: str = "", options: Options | None = None) -> int:
    """Open the game, at home or on the first shift, or on the level that is named; the exit code is the answer."""
    app = CapgameApp(find(level or FIRST), options=options, offer=offer)
    code = app.run()
    if app.failure is not None:
        raise app.failure
    return code or 0
