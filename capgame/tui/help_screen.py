"""HELP: what the marks mean and what the keys do, over whatever is on."""

from __future__ import annotations

from textual.binding import Binding

from capgame.draw.canvas import Canvas
from capgame.draw.help import draw_help, scroll_most
from capgame.tui.page_screen import LongPageScreen, Size

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


class HelpScreen(LongPageScreen, inherit_bindings=False):
    """One page, longer than some screens."""

    BINDINGS = [
        Binding("escape,enter,space,q,question_mark", "close", "close", id="help.close"),
        Binding("up,k", "scroll_by(-1)", "up", id="help.up"),
        Binding("down,j", "scroll_by(1)", "down", id="help.down"),
        Binding("pageup", "scroll_by(-10)", "page up", id="help.page_up"),
        Binding("pagedown", "scroll_by(10)", "page down", id="help.page_down"),
    ]

    def paint(self, size: Size) -> Canvas:
        """The legend and the keys."""
        return draw_help(size, KEYS, self.look(FOOTER), self.top)

    def scroll_most(self, size: Size) -> int:
        """It is longer than 24 rows."""
        return scroll_most(size, KEYS, self.look(FOOTER))
