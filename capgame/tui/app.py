"""The game: which screen follows which, in which dress, around one guest run of trio.

The first run goes straight into a shift: there is nothing to read before it. Whoever has won comes home instead. A
level that was named is played at once. Screens are imported when they are opened, so that the first one does not wait
for the others.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.screen import Screen
from textual.system_commands import SystemCommandsProvider

from capgame.draw.ink import Ink
from capgame.draw.palette import CAP_NIGHT, Palette
from capgame.levels.catalogue import every, find
from capgame.levels.level import Level
from capgame.play.keep.save import Progress, saves_folder
from capgame.play.setting import choose
from capgame.tui.bridge import Bridge, report_of
from capgame.tui.campaign import Campaign
from capgame.tui.dress import NIGHT, Dress, ink_of, themes
from capgame.tui.frames import FrameClock
from capgame.tui.frontier_worker import FrontierWorker
from capgame.tui.messages import Brief, CodePasted, Play, ShiftOver
from capgame.tui.moves_palette import MovesPalette, MovesProvider
from capgame.tui.options import Options, options_of
from capgame.tui.shift_screen import ShiftScreen

if TYPE_CHECKING:
    from capgame.tui.home_screen import HomeScreen

FIRST = "first-cut"
_COLOURS = {None: 2, "standard": 16, "windows": 16, "256": 256, "truecolor": 1 << 24}
_DEADLY = (signal.SIGTERM, signal.SIGHUP)


class CapgameApp(App[int], inherit_bindings=False):
    """The whole game, one level at a time. `at_once`: to the level's briefing, and not home."""

    TITLE = "capgame"
    COMMANDS = {MovesProvider, SystemCommandsProvider}
    BINDINGS = [
        Binding("ctrl+p", "command_palette", "palette", show=False, priority=True, id="app.palette"),
        Binding("ctrl+q,ctrl+c", "quit", "quit", show=False, id="app.quit"),
        Binding("ctrl+v", "paste", "paste a code", show=False, id="app.paste"),
    ]

    def __init__(
        self, level: Level, progress: Progress, *, at_once: bool = False, offer: str = "", seed: str = "",
        options: Options | None = None, clock: FrameClock | None = None, folders: Sequence[Path] = (),
    ) -> None:  # fmt: skip
        super().__init__()
        self.progress = progress
        self.campaign = Campaign(level, progress, lambda: every(folders), offer=offer, seed=seed)
        self.options = options or options_of()
        self.clock = clock or FrameClock(self.options.map_fps)
        self.bridge = Bridge(self._guest_died)
        self.frontier = FrontierWorker()
        self.failure: BaseException | None = None
        self._at_once = at_once
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
        straight = self._at_once or not self.progress.won_any
        await self.push_screen(self._briefing() if straight else self._home())
        self._warn()

    async def on_unmount(self) -> None:
        """End trio, whatever it is doing."""
        self.clock.stop()
        self.frontier.stop()
        self.failure = self.failure or await self.bridge.stop()
        loop = asyncio.get_running_loop()
        for number in _DEADLY:
            loop.remove_signal_handler(number)

    def _guest_died(self, error: BaseException | None) -> None:
        self.failure = error or RuntimeError(report_of(error))
        self.exit(70)

    def _warn(self) -> None:
        """What is wrong with the save, once."""
        if self.progress.warning:
            self.notify(self.progress.warning, severity="warning", markup=False)

    # ── from screen to screen

    def _shift(self, *, watch: bool = False) -> ShiftScreen:
        campaign = self.campaign
        return ShiftScreen(
            campaign.level, campaign.offer, knobs=campaign.knobs(campaign.offer), seed=campaign.seed,
            coach=not self.progress.won_any, watch=watch,
        )  # fmt: skip

    def _briefing(self) -> Screen[None]:
        """What comes before a shift; before the first win nothing does."""
        if not self.progress.won_any:
            return self._shift()
        from capgame.tui.briefing_screen import BriefingScreen

        return BriefingScreen(self.campaign)

    def _home(self) -> HomeScreen:
        from capgame.tui.home_screen import HomeScreen

        return HomeScreen(self.campaign)

    async def _go(self, screen: Screen[None]) -> None:
        """Let a screen take the place of whatever is on, and of all that lies over it."""
        while len(self.screen_stack) > 2:
            await self.pop_screen()
        await self.switch_screen(screen)

    async def on_play(self, message: Play) -> None:
        """The next shift."""
        offer = message.offer or self.campaign.offer
        self.campaign.plan(offer, self.campaign.knobs(offer))
        await self._go(self._shift(watch=message.watch))

    async def on_brief(self, message: Brief) -> None:
        """What is given, and the plan."""
        self.campaign.choose(message.level)
        await self._go(self._briefing())

    async def on_go_home(self) -> None:
        """Back to the start."""
        await self._go(self._home())

    async def on_shift_over(self, message: ShiftOver) -> None:
        """Keep what was won, then say what it came to."""
        from capgame.tui.postmortem_screen import PostmortemScreen

        campaign, outcome = self.campaign, message.result
        before = self.progress.best(campaign.level.id)
        best = before.score if before.won else None
        if message.watched:
            best = max(before.score, outcome["score"])  # nobody's own, and so no new best
        else:
            self.progress.record(outcome)
            self._warn()
        following = campaign.following()
        await self._go(
            PostmortemScreen(
                campaign.level, outcome, best=best, unlocked=campaign.unlocked, frontier=self.frontier,
                following=following.id if following else "",
            )
        )  # fmt: skip

    # ── codes

    def on_paste(self, event: events.Paste) -> None:
        """Only codes can be pasted where nothing is typed."""
        from capgame.play.keep.code import PREFIX, is_code

        if is_code(event.text):
            self.post_message(CodePasted(event.text))
        elif event.text.strip():
            self.notify(f"What was pasted is not the code of a run: one begins with {PREFIX}", markup=False)

    async def on_code_pasted(self, message: CodePasted) -> None:
        """Play it again; a later code takes the place of the one before."""
        from capgame.tui.code_screen import VerdictScreen

        if isinstance(self.screen, VerdictScreen):
            await self.pop_screen()
        await self.push_screen(VerdictScreen(message.text))

    async def action_paste(self) -> None:
        """Paste what is on the clipboard, where the terminal does not do it."""
        from capgame.tui.clipboard import paste

        await paste(self)

    # ── over the screens

    def action_command_palette(self) -> None:
        """Find a move, or something else, by a few letters."""
        if not isinstance(self.screen, MovesPalette):
            self.push_screen(MovesPalette(id="--command-palette"))

    def action_help(self) -> None:
        """Legend and keys, over whatever is on."""
        from capgame.tui.help_screen import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen())

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:  # noqa: ARG002 (the same on all)
        """What the palette offers beside moves."""
        yield SystemCommand("Theme", "Change the colours", self.action_change_theme)
        yield SystemCommand("Quit", "Leave the game", self.action_quit)


def play(
    level: str | None = None, *, offer: str = "", seed: str = "", saves: str | None = None,
    folders: Sequence[Path] = (), ink: str = "",
) -> int:  # fmt: skip
    """Open the game, at home or on the first shift, or on the level that is named; the exit code is the answer."""
    chosen = find(level or FIRST, folders)
    choose(chosen, offer=offer, seed=seed)  # what was typed is refused before the screen is taken
    options = options_of(ink=Ink(ink) if ink else None)
    progress = Progress.load(saves_folder(saves))
    app = CapgameApp(
        chosen, progress, at_once=level is not None, offer=offer, seed=seed, options=options, folders=folders
    )  # fmt: skip
    code = app.run()
    if app.failure is not None:
        raise app.failure
    return code or 0
