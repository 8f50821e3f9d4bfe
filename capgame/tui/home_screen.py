"""HOME: what may be played, what was won, and one key to begin."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding

from capgame.draw.canvas import Meta
from capgame.draw.home import draw_home
from capgame.draw.look import Look
from capgame.play.home_view import HomeView
from capgame.tui.game_screen import GameScreen
from capgame.tui.messages import Play
from capgame.tui.painting import Painting

KEYS = (("↵", "play"), ("?", "help"), ("q", "quit"))
OFFERS = ("1 2", "strategy")


class HomeScreen(GameScreen, inherit_bindings=False):
    """The start. `look_up(offer)` gives the view with that offer chosen."""

    BINDINGS = [
        Binding("enter,p", "play", "play", id="home.play"),
        *(Binding(str(n), f"offer({n})", f"strategy {n}", id=f"home.offer{n}") for n in range(1, 10)),
        Binding("left,up", "turn(-1)", "strategy before", id="home.previous"),
        Binding("right,down", "turn(1)", "next strategy", id="home.next"),
        Binding("question_mark", "app.help", "help", id="home.help"),
        Binding("q", "app.quit", "quit", id="home.quit"),
    ]

    def __init__(self, look_up: Callable[[str], HomeView], offer: str = "") -> None:
        super().__init__()
        self._look_up = look_up
        self._home = look_up(offer)
        self._page = Painting("page")

    def compose(self) -> ComposeResult:
        """One page."""
        yield self._page

    def on_mount(self) -> None:
        """Wear what the app wears."""
        self.game.theme_changed_signal.subscribe(self, lambda _: self._show())

    def on_resize(self, _: events.Resize) -> None:
        """Lay out again."""
        self._page.forget()
        self._show()

    def _show(self) -> None:
        width, height = self.size
        if not width or not height:
            return
        dress = self.game.dress
        keys = (KEYS[0], OFFERS, *KEYS[1:]) if len(self._home.offers) > 1 else KEYS
        self._page.place(0, 0, width, height)
        self._page.show(draw_home((width, height), self._home, Look(dress.palette, dress.ink, keys=keys)))

    def _choose(self, name: str) -> None:
        self._home = self._look_up(name)
        self._show()

    # ── keys

    def action_play(self) -> None:
        """Take the shift."""
        chosen = next((offer.name for offer in self._home.offers if offer.chosen), "")
        self.post_message(Play(chosen))

    def action_offer(self, number: int) -> None:
        """Take it with another strategy."""
        if number <= len(self._home.offers):
            self._choose(self._home.offers[number - 1].name)

    def action_turn(self, by: int) -> None:
        """The next strategy."""
        offers = self._home.offers
        place = next((place for place, offer in enumerate(offers) if offer.chosen), 0)
        if offers:
            self._choose(offers[(place + by) % len(offers)].name)

    def on_hit(self, hit: Meta, clicks: int) -> None:
        """A card is chosen, twice it is played; the station plays."""
        kind, name = hit
        if kind == "offer":
            self._choose(name)
        if kind in {"level", "station"} or (kind == "offer" and clicks > 1):
            self.action_play()
