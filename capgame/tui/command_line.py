"""The command line: a line of text that completes to legal words, and remembers what was run."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input

from capgame.moves.legal import Board, complete
from capgame.play.keep.code import is_code
from capgame.tui.clipboard import paste
from capgame.tui.messages import CodePasted


class Legal(Suggester):
    """Suggests the first legal way to go on."""

    def __init__(self, board: Board) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self.board = board

    async def get_suggestion(self, value: str) -> str | None:
        """See Suggester."""
        return next(iter(complete(value, self.board)), None) if value else None


class CommandLine(Input, inherit_bindings=True):
    """One row; `tab` completes, `↵` runs, `esc` closes, arrows go through what was run before."""

    DEFAULT_CSS = """
    CommandLine, CommandLine:focus {
        position: absolute; height: 1; padding: 0; border: none; background: $background !important;
        background-tint: $foreground 0% !important; color: $foreground; display: none;
    }
    CommandLine.-open { display: block; }
    """
    BINDINGS = [
        Binding("tab", "complete", "complete", show=False, id="command.complete"),
        Binding("escape", "close", "close", show=False, id="command.close"),
        Binding("up", "recall(-1)", "earlier", show=False, id="command.earlier"),
        Binding("down", "recall(1)", "later", show=False, id="command.later"),
    ]

    @dataclass
    class Closed(Message):
        """The player has changed their mind."""

    def __init__(self, board: Board) -> None:
        super().__init__(id="line", compact=True, suggester=Legal(board), select_on_focus=False)
        self.board = board
        self._run: list[str] = []
        self._place = 0

    def open(self, text: str = "") -> None:
        """Come up and take the keys."""
        self.add_class("-open")
        self.value = text
        self.cursor_position = len(text)
        self._place = len(self._run)
        self.screen.set_focus(self)  # at once: focus() would let the next keys pass it by

    def shut(self) -> None:
        """Go away and give the keys back."""
        self.remove_class("-open")
        self.screen.set_focus(None)

    def remember(self, text: str) -> None:
        """It was run: `up` brings it back."""
        self._run.append(text)

    @property
    def note(self) -> str:
        """The legal next words."""
        return " · ".join(line.rpartition(" ")[2] for line in complete(self.value, self.board))

    def on_paste(self, event: events.Paste) -> None:
        """The code of a run is no move: it is the app's."""
        if is_code(event.text):
            event.stop()
            event.prevent_default()
            self.app.post_message(CodePasted(event.text))

    def action_paste(self) -> None:
        """See Input, which knows only what was copied in here."""
        self.run_worker(paste(self.app))

    async def action_submit(self) -> None:
        """See Input; a code that was typed is as good as a pasted one."""
        if is_code(self.value):
            self.app.post_message(CodePasted(self.value))
            self.value = ""
        else:
            await super().action_submit()

    def action_complete(self) -> None:
        """Take the first legal word, and begin the next one."""
        ways = complete(self.value, self.board)
        if ways:
            self.value = ways[0] + " "
            self.cursor_position = len(self.value)

    def action_close(self) -> None:
        """Give up."""
        self.post_message(self.Closed())

    def action_recall(self, by: int) -> None:
        """What was run before, or after that."""
        self._place = max(0, min(len(self._run), self._place + by))
        self.value = self._run[self._place] if self._place < len(self._run) else ""
        self.cursor_position = len(self.value)
