"""What all our screens share: clicks that are keys, no bindings but their own, and keys taken in the order they came.

Textual hands a key to the screen and looks its binding up when the key has come back to the app. By then the screen may
have been given the next key, and `r e 1` typed at once loses its `e`. So a screen looks its bindings up by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import events
from textual.screen import Screen

from capgame.draw.canvas import Meta
from capgame.tui.painting import hit_of

if TYPE_CHECKING:
    from capgame.tui.app import CapgameApp

# How a cap on the screen is called by Textual; a cap with several keys stands for its last.
_NAMES = {
    "esc": "escape", "↵": "enter", ":": "colon", "?": "question_mark", "- +": "plus", ".": "full_stop",
    "-": "minus", "+": "plus", "-+": "plus", "1 2": "2", "1–3": "3", "1–4": "4",
    "↑↓": "down", "←→": "right", "↑↓ ←→": "right",
}  # fmt: skip


class GameScreen(Screen[None], inherit_bindings=False):
    """A screen of the game. `on_hit` hears of clicks on whatever is marked, but keys are pressed at once."""

    AUTO_FOCUS = ""
    CSS = "GameScreen { background: $background; overflow: hidden; }"

    @property
    def game(self) -> CapgameApp:
        """The app, as what it is."""
        return cast("CapgameApp", self.app)

    async def on_key(self, event: events.Key) -> None:
        """Do what the key is bound to, before the next key is looked at."""
        bound = self.active_bindings.get(event.key)
        if bound is None or bound.binding.priority:
            return
        event.stop()
        event.prevent_default()
        if bound.enabled:
            await self.app.run_action(bound.binding.action, bound.node)

    def on_click(self, event: events.Click) -> None:
        """A click on a cap presses its key."""
        hit = hit_of(event.style)
        if hit is None:
            return
        event.stop()
        kind, name = hit
        if kind == "key":
            self.app.simulate_key(_NAMES.get(name, name))
        else:
            self.on_hit(hit, event.chain)

    def on_hit(self, hit: Meta, clicks: int) -> None:
        """Something that is no key was clicked."""
