"""HELP: what the marks mean and what the keys do, over whatever is on."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding

from capgame.draw.help import draw_help, scroll_most
from capgame.draw.look import Look
from capgame.tui.game_screen import GameScreen
from capgame.tui.painting import Painting

KEYS = (
    ("space", "start, stop the clock"),
    ("- +", "slower, faster"),
    (".", "to the next event"),
    ("r t z f p x", "move, then its target"),
    ("tab arrows", "mark another one"),
    ("↵ esc", "take · one step back"),
    (":", "type a move, tab helps"),
    ("ctrl+p", "find a move or a theme"),
    ("i g", "inspect · pager"),
    ("mouse", "verb, target · a node"),
    ("1 2", "another strategy"),
    ("p i w", "plan: paper, hint, watch"),
    ("y", "share a run as a line"),
    ("ctrl+v", "check a pasted one"),
    ("ctrl+q", "quit"),
)
FOOTER = (("↑↓", "scroll"), ("esc", "back"))


class HelpScreen(GameScreen, inherit_bindings=False):
    """One page, longer than some screens."""

    BINDINGS = [
        Binding("escape,enter,space,q,question_mark", "close", "close", id="help.close"),
        Binding("up,k", "scroll_by(-1)", "up", id="help.up"),
        Binding("down,j", "scroll_by(1)", "down", id="help.down"),
        Binding("pageup", "scroll_by(-10)", "page up", id="help.page_up"),
        Binding("pagedown", "scroll_by(10)", "page down", id="help.page_down"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._page = Painting("page")
        self._top = 0

    def compose(self) -> ComposeResult:
        """One page."""
        yield self._page

    def on_resize(self, _: events.Resize) -> None:
        """Lay out again."""
        self._page.forget()
        self.action_scroll_by(0)

    def action_scroll_by(self, rows: int) -> None:
        """Further down, or up."""
        width, height = self.size
        if not width or not height:
            return
        dress = self.game.dress
        look = Look(dress.palette, dress.ink, keys=FOOTER)
        self._top = max(0, min(scroll_most((width, height), KEYS, look), self._top + rows))
        self._page.place(0, 0, width, height)
        self._page.show(draw_help((width, height), KEYS, look, self._top))

    def on_mouse_scroll_down(self) -> None:
        """The wheel."""
        self.action_scroll_by(3)

    def on_mouse_scroll_up(self) -> None:
        """The wheel."""
        self.action_scroll_by(-3)

    def action_close(self) -> None:
        """Back to where one was."""
        self.dismiss()
