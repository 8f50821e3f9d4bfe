"""A code, over whatever is on: the line of a run to share, or what came of one that was pasted."""

from __future__ import annotations

from typing import Any

from textual.binding import Binding

from capgame.draw.canvas import Canvas
from capgame.draw.code_page import code_scroll_most, draw_code_page
from capgame.levels.level import Level
from capgame.play.views.code import CodeView, shared
from capgame.tui.clipboard import send
from capgame.tui.judging import at_first, judge
from capgame.tui.page_screen import LongPageScreen, Size

KEYS = (("↑↓", "scroll"), ("esc", "back"))
SENDING = "on its way to the clipboard"
SENT = "Sent to the clipboard. If it is not there, mark the line below; most terminals want shift held for that."
NOT_SENT = "There is no clipboard to send it to: mark the line below; most terminals want shift held for that."


class CodeScreen(LongPageScreen, inherit_bindings=False):
    """One page. What is shown may change while it is on."""

    BINDINGS = [
        Binding("escape,enter,space,q", "close", "close", id="code.close"),
        Binding("up,k", "scroll_by(-1)", "up", id="code.up"),
        Binding("down,j", "scroll_by(1)", "down", id="code.down"),
        Binding("pageup", "scroll_by(-10)", "page up", id="code.page_up"),
        Binding("pagedown", "scroll_by(10)", "page down", id="code.page_down"),
    ]

    def __init__(self, view: CodeView) -> None:
        super().__init__()
        self.view = view

    def show(self, view: CodeView) -> None:
        """Show this from now on."""
        self.view = view
        self.repaint()

    def paint(self, size: Size) -> Canvas:
        """The code and what is known of it."""
        return draw_code_page(size, self.view, self.look(KEYS if self.scroll_most(size) else KEYS[1:]), self.top)

    def scroll_most(self, size: Size) -> int:
        """A level of one's own makes a long code."""
        return code_scroll_most(size, self.view, self.look())


class ShareScreen(CodeScreen, inherit_bindings=True):
    """One's own run as a line, sent to the clipboard at once."""

    def __init__(self, level: Level, result: dict[str, Any]) -> None:
        super().__init__(shared(result, level, SENDING))
        self._level, self._result = level, result

    def on_mount(self) -> None:
        """Send it."""
        if self.view.line:
            self.run_worker(self._send())

    async def _send(self) -> None:
        sent = await send(self.app, self.view.line)
        self.show(shared(self._result, self._level, SENT if sent else NOT_SENT))


class VerdictScreen(CodeScreen, inherit_bindings=True):
    """What came of a pasted code: first what it claims, then what is so."""

    def __init__(self, text: str) -> None:
        super().__init__(at_first(text))
        self._text = text

    def on_mount(self) -> None:
        """Have it judged, if it is a code at all."""
        if not self.view.settled:
            self.run_worker(self._judge())

    async def _judge(self) -> None:
        self.show(await judge(self._text))
