"""Screens that are one painted page: home, briefing, postmortem, help, a code.

A page is painted anew when the size, the theme or what it shows has changed; it has no clock.
"""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult

from capgame.draw.canvas import Canvas
from capgame.draw.look import Look
from capgame.tui.game_screen import GameScreen
from capgame.tui.painting import Painting

Size = tuple[int, int]
Keys = tuple[tuple[str, str], ...]


class PageScreen(GameScreen, inherit_bindings=False):
    """One page. Subclasses say what is on it (`paint`), and call `repaint` when that has changed."""

    def __init__(self) -> None:
        super().__init__()
        self._page = Painting("page")

    def paint(self, size: Size) -> Canvas:
        """The whole page at a size."""
        raise NotImplementedError  # every page paints itself

    def repaint(self) -> None:
        """Show what is on the page now."""
        size = (self.size.width, self.size.height)
        if all(size):
            self._page.place(0, 0, *size)
            self._page.show(self.paint(size))

    def look(self, keys: Keys = ()) -> Look:
        """What the app wears, with these keys in the footer."""
        dress = self.game.dress
        return Look(dress.palette, dress.ink, keys=keys)

    def compose(self) -> ComposeResult:
        """One page."""
        yield self._page

    def on_mount(self) -> None:
        """Wear what the app wears."""
        self.game.theme_changed_signal.subscribe(self, lambda _: self.repaint())

    def on_resize(self, _: events.Resize) -> None:
        """Lay out again."""
        self._page.forget()
        self.repaint()


class LongPageScreen(PageScreen, inherit_bindings=False):
    """A page that may be longer than the screen. `top` is the first row that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.top = 0

    def scroll_most(self, size: Size) -> int:
        """How many rows may be above the screen."""
        raise NotImplementedError  # every page knows its length

    def repaint(self) -> None:
        """Show it, from a row that leaves no blank at the end."""
        size = (self.size.width, self.size.height)
        if all(size):
            self.top = max(0, min(self.scroll_most(size), self.top))
        super().repaint()

    def action_scroll_by(self, rows: int) -> None:
        """Further down, or up."""
        self.top += rows
        self.repaint()

    def on_mouse_scroll_down(self) -> None:
        """The wheel."""
        self.action_scroll_by(3)

    def on_mouse_scroll_up(self) -> None:
        """The wheel."""
        self.action_scroll_by(-3)

    def action_close(self) -> None:
        """Back to where one was."""
        self.dismiss()
