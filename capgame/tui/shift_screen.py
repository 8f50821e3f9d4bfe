"""SHIFT: a running shift, its clock, and the player at the console.

Rules:
1. The screen holds a `LiveRun` and draws views of it; it never reaches into the cluster.
2. A frame first lets time go by, then takes a view, then paints: the map every frame, the rest 5 times a second, and
   all at once when the player has done something. A shift that stands still is not painted.
3. While this screen is covered no frame comes, and the shift waits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input

from capgame.draw.canvas import Meta
from capgame.levels.level import Level
from capgame.moves.verbs import VERBS, Argument
from capgame.play.session import Session
from capgame.play.setting import choose
from capgame.play.views.preview import preview
from capgame.play.views.scene import view
from capgame.play.views.shift import ShiftView
from capgame.tui.bridge import LiveRun
from capgame.tui.command_line import CommandLine
from capgame.tui.console import Console, Doing
from capgame.tui.game_screen import GameScreen
from capgame.tui.messages import Brief, GoHome, ShiftOver
from capgame.tui.shift_picture import TYPED_LEAST, Eyes, ShiftPicture
from capgame.values.units import show_seconds

SPEEDS = (("¼×", 0.25), ("½×", 0.5), ("1×", 1.0), ("2×", 2.0), ("4×", 4.0))
NORMAL = 2
WATCHING = "watching it left alone: no moves, nothing is kept · esc goes back to the plan"
NOTE_US = 5_000_000  # of real time that a console's answer stays
CALM_AFTER_US = 400_000  # of real time since the player did something: whatever slides has slid in
_NEVER_A_TARGET = frozenset({"escape", "question_mark"})
_OWN_VERBS = tuple(verb for verb in VERBS.values() if not verb.undoes)


class ShiftScreen(GameScreen, inherit_bindings=False):
    """One shift of one level. Posts `ShiftOver` with its result, or `GoHome` when the player leaves.

    To `watch` is to see it left alone, fast and without a stop; no move is taken, and leaving leads back to the plan.
    """

    BINDINGS = [
        Binding("space", "pause", "pause", id="shift.pause"),
        Binding("minus", "speed(-1)", "slower", id="shift.slower"),
        Binding("plus,equals_sign", "speed(1)", "faster", id="shift.faster"),
        Binding("full_stop", "step", "step", id="shift.step"),
        Binding("tab", "focus_node(1)", "focus", id="shift.next"),
        Binding("shift+tab", "focus_node(-1)", "focus back", id="shift.previous"),
        Binding("colon", "type", "command", id="shift.command"),
        Binding("i", "inspect", "inspect", id="shift.inspect"),
        Binding("g", "pager", "pager", id="shift.pager"),
        Binding("question_mark", "app.help", "help", id="shift.help"),
        Binding("escape", "back", "leave", id="shift.back"),
        Binding("enter", "confirm", "confirm", id="shift.confirm"),
        *(Binding(verb.key, f"verb('{verb.name}')", verb.name, id=f"shift.{verb.name}") for verb in _OWN_VERBS),
    ]

    def __init__(
        self, level: Level, offer: str = "", *, knobs: Mapping[str, str] | None = None, seed: str = "",
        coach: bool = False, watch: bool = False,
    ) -> None:  # fmt: skip
        super().__init__()
        self.setting = choose(level, offer=offer, knobs=knobs, seed=seed)
        self._coach, self._watch = coach, watch
        self._settling = False
        self._told = False  # that it is over
        self._speed = NORMAL
        self._eyes = Eyes(watching=watch)
        self._calm_us = 0
        self._frames = 0
        self._stale = True  # something but the map has to be painted
        self._note_us = 0  # how long the console's answer has been on

    def compose(self) -> ComposeResult:
        """The picture, and the line one types into."""
        session = Session(self.setting, kernel="live", watched=True)
        self.view = self._seen(session)
        options = self.game.options
        if self._watch:
            options = replace(options, stop_at_pages=False, stop_at_falls=False)
        self.live: LiveRun = self.game.bridge.open(session, options)
        self.console = Console(session.board, lambda verb, args: preview(session, verb, args, self.view.nodes))
        self.picture = ShiftPicture()
        self.line = CommandLine(session.board)
        yield from self.picture.parts.values()
        yield self.line

    async def on_mount(self) -> None:
        """Stand at 0:00; whoever watches sees it go."""
        await self.live.idle()
        if self._watch:
            self.action_speed(len(SPEEDS))
            self.live.go(True)
            self._say(WATCHING)
        self.game.theme_changed_signal.subscribe(self, lambda _: self.look_anew())
        self.look_anew()

    # ── frames

    def on_screen_resume(self) -> None:
        """Uncovered: frames come again."""
        self.live.hold("covered", False)
        self.game.clock.start(self, self.frame)
        self.look_anew()

    def on_screen_suspend(self) -> None:
        """Covered: nobody sees this, so nothing happens."""
        self.live.hold("covered", True)
        self.game.clock.stop()

    def on_unmount(self) -> None:
        """The end of this shift, whatever it was doing."""
        self.game.bridge.close(self.live)

    async def frame(self, real_us: int) -> None:
        """Let time go by, then show what has become of the shift."""
        if self._settling:
            await self._settle()
            return
        was_running = self.live.running
        await self.live.frame(real_us)
        if self.live.busy:
            return
        self._calm_us = 0 if was_running else self._calm_us + real_us
        self._eyes.real_us += real_us
        self._frames += 1
        self._forget_note(real_us)
        if was_running or self._calm_us < CALM_AFTER_US:
            turn = self._is_turn_of_the_rest() or self.live.running != was_running
            self._show(everything=turn or self._stale)
        if self.live.session.now >= self.live.session.duration and self.live.error is None:
            self._settling = True
            self.look_anew()

    def _forget_note(self, real_us: int) -> None:
        """What the console answered has been read by now."""
        if self.console.doing is Doing.NOTHING and self.console.note and not self._watch:
            self._note_us += real_us
            if self._note_us > NOTE_US:
                self.console.say("")
                self.look_anew()

    def _is_turn_of_the_rest(self) -> bool:
        options = self.game.options
        return self._frames % max(1, options.map_fps // options.rest_fps) == 0

    async def _settle(self) -> None:
        await self.live.settle()
        if self.live.error is not None:
            self._settling = False
            self.look_anew()
        elif self.live.over and not self._told:
            from capgame.play.result import result  # here: the first frame does not need the ceilings

            self._told = True
            self.post_message(ShiftOver(result(self.live.session), watched=self._watch))

    # ── painting

    def _seen(self, session: Session) -> ShiftView:
        """What there is to see; marked, and without verbs, where it is only watched."""
        seen = view(session)
        if not self._watch:
            return seen
        alone = replace(seen.headline, suggestions=())
        return replace(
            seen, title=f"Watching {seen.title}", strategy=f"{seen.strategy}, left alone", verbs=(), headline=alone
        )  # fmt: skip

    def look_anew(self) -> None:
        """The player has done something: show it at once, all of it."""
        self._calm_us = 0
        self._stale = True
        if self.is_mounted and not self.live.busy:
            self._show(everything=True)

    def _show(self, *, everything: bool) -> None:
        self._stale = self._stale and not everything
        self._eyes.speed_name = SPEEDS[self._speed][0]
        self._eyes.coach, self._eyes.settling = self._coach, self._settling
        self._eyes.typed, self._eyes.typed_note = self.line.value, self.line.note
        self.view = self._seen(self.live.session)
        self.picture.show(self.view, self.live, self.console, self._eyes, self.game.dress, everything=everything)
        row = self.picture.command_row
        if row is not None:
            self.line.styles.offset = (3, row.y)
            self.line.styles.width = min(row.width - 4, max(TYPED_LEAST, len(self.line.value)) + 1)

    def on_resize(self, event: events.Resize) -> None:
        """Lay out again."""
        self.picture.resize(event.size.width, event.size.height)
        self.look_anew()

    # ── keys

    async def on_key(self, event: events.Key) -> None:
        """While a target is picked its key means the target; what is typed too fast for the line belongs to it."""
        if self.console.doing is Doing.PICKING and event.key not in _NEVER_A_TARGET:
            known, move = self.console.press(event.key, self.view)
            if known or event.is_printable:
                event.stop()
                event.prevent_default()
                if move is not None:
                    await self.submit(move)
                self._hold()
                return
        if self.console.doing is Doing.TYPING and event.is_printable and event.character:
            event.stop()
            event.prevent_default()
            self.line.insert_text_at_cursor(event.character)
            return
        await super().on_key(event)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Verbs that this level does not have are not bound; one that cannot be paid for is grey."""
        if action != "verb" or not self.is_mounted:
            return True
        found = next((verb for verb in self.view.verbs if verb.verb == parameters[0]), None)
        return found is not None

    def action_pause(self) -> None:
        """Stop the clock, or let it run."""
        self.live.go(self.live.paused)
        self.look_anew()

    def action_speed(self, by: int) -> None:
        """Slower or faster."""
        self._speed = max(0, min(len(SPEEDS) - 1, self._speed + by))
        self.live.speed = SPEEDS[self._speed][1]
        self.look_anew()

    async def action_step(self) -> None:
        """Stop, and go to the next event."""
        self.live.go(False)
        await self.live.step()
        self.look_anew()

    def action_focus_node(self, by: int) -> None:
        """The next node, then none."""
        names = ["", *(node.name for node in self.view.nodes)]
        place = names.index(self._eyes.node) if self._eyes.node in names else 0
        self._eyes.node = names[(place + by) % len(names)]
        if not self._eyes.node and self._eyes.drawer == "inspect":
            self._eyes.drawer = ""
        self.look_anew()

    def action_inspect(self) -> None:
        """Look into the focused node, or into the one that leads."""
        leads = [node.name for node in self.view.nodes if node.leads] or [node.name for node in self.view.nodes]
        if self._eyes.drawer == "inspect" or (self._eyes.node and not self.picture.folded):
            self._eyes.drawer = self._eyes.node = ""
        else:
            self._eyes.node = self._eyes.node or leads[0]
            self._eyes.drawer = "inspect"
        self.look_anew()

    def action_pager(self) -> None:
        """Where there is no side panel, open the pager over the map."""
        self._eyes.drawer = "" if self._eyes.drawer == "pager" else "pager"
        self.look_anew()

    async def action_verb(self, name: str) -> None:
        """Begin to pick."""
        if self.view.now >= self.view.duration or self.live.over:
            return
        await self.live.idle()
        why = self._unaffordable(name)
        if why:
            self.console.clear()
            self._say(why, refused=True)
            self.look_anew()
            return
        move = self.console.pick(name, self.view)
        if move is not None:
            await self.submit(move)
        self._hold()

    def _unaffordable(self, name: str) -> str:
        """Why a verb is grey; nothing when it can be paid, or when undoing with its key may still be free."""
        known = next((verb for verb in self.view.verbs if verb.verb == name), None)
        if known is None or known.affordable or any(verb.undoes == name for verb in VERBS.values()):
            return ""
        purse = self.view.attention
        wait = "" if purse.refill_in_us is None else f": one more in {show_seconds(purse.refill_in_us)}"
        return f"{name} costs {known.cost} and {purse.have} {'is' if purse.have == 1 else 'are'} left{wait}"

    async def action_confirm(self) -> None:
        """The obvious next thing: leave when asked, else start the clock."""
        if self.console.doing is Doing.LEAVING:
            self.post_message(GoHome())
        elif self.live.paused:
            self.action_pause()

    def action_back(self) -> None:
        """One step back; out of the shift only after asking."""
        if self._watch:
            self.post_message(Brief())
            return
        if self.live.over or self.live.error is not None:
            self.post_message(GoHome())
            return
        if not self.console.back():
            if self._eyes.drawer:
                self._eyes.drawer = ""
            else:
                self.console.ask_to_leave()
        self._hold()

    # ── moves

    def _hold(self) -> None:
        """Let the clock wait while the player is at it, and show what they do."""
        doing = self.console.doing
        waits = doing is Doing.LEAVING or (doing is not Doing.NOTHING and self.game.options.stop_while_typing)
        self.live.hold("player", waits)
        self.look_anew()

    async def submit(self, text: str) -> None:
        """Ask for a move; the answer is on the command row."""
        if self._watch:
            return
        answer = await self.live.submit(text)
        if answer.accepted and answer.move is not None:
            takes = answer.move.row.takes_us / 1_000_000
            self._say(f"{answer.move.text}: accepted, takes {takes:g} s")
        else:
            self._say(answer.why, refused=True)
        self._hold()

    def _say(self, note: str, *, refused: bool = False) -> None:
        self.console.say(note, refused=refused)
        self._note_us = 0

    def action_type(self, text: str = "") -> None:
        """Open the command line."""
        if self._watch:
            return
        self.console.type()
        self.line.open(text)
        self._hold()

    def on_input_changed(self, event: Input.Changed) -> None:
        """The legal next words follow what is typed; what was refused is being mended."""
        event.stop()
        self.console.say("")
        self.look_anew()

    async def on_input_submitted(self, event: Input.Submitted) -> None:
        """Run it; what is refused stays, to be mended."""
        event.stop()
        text = event.value.strip()
        if not text:
            self.on_command_line_closed()
            return
        self.line.remember(text)
        await self.submit(text)
        if not self.console.refused:
            self.console.doing = Doing.NOTHING
            self.line.shut()
        self._hold()

    def on_command_line_closed(self) -> None:
        """Nothing was meant."""
        self.console.clear()
        self.line.shut()
        self._hold()

    # ── the mouse

    def on_hit(self, hit: Meta, clicks: int) -> None:
        """A verb, then a target, is a move; a node alone is focused, twice is inspected."""
        self.run_worker(self._hit(hit, clicks), exclusive=False)

    async def _hit(self, hit: Meta, clicks: int) -> None:
        kind, name = hit
        if kind == "verb":
            await self.action_verb(name)
        elif self.console.picking is not None:
            await self._choose(kind, name)
        elif kind == "node":
            self._eyes.node = name
            if clicks > 1:
                self._eyes.drawer = "inspect"
            self.look_anew()

    async def _choose(self, kind: str, name: str) -> None:
        picking = self.console.picking
        wanted = {"node"} if picking is None or picking.argument is not Argument.GROUP else {"group", "region"}
        if kind in wanted or kind == "target":
            move = self.console.choose(name, self.view)
            if move is not None:
                await self.submit(move)
            self._hold()
