"""HOME: what may be played, what was won, and one key to begin."""

from __future__ import annotations

from textual.binding import Binding

from capgame.draw.canvas import Canvas, Meta
from capgame.draw.home import draw_home
from capgame.play.views.home import HomeView
from capgame.tui.campaign import Campaign
from capgame.tui.messages import Brief
from capgame.tui.page_screen import PageScreen, Size

KEYS = (("↵", "play"), ("←→", "choose"), ("ctrl+v", "paste a code"), ("?", "help"), ("q", "quit"))
FIRST_KEYS = (KEYS[0], *KEYS[3:])


class HomeScreen(PageScreen, inherit_bindings=False):
    """The start. Posts `Brief` for the level that is to be played."""

    BINDINGS = [
        Binding("enter,p", "play", "play", id="home.play"),
        Binding("left,h", "turn(-1)", "level before", id="home.previous"),
        Binding("right,l", "turn(1)", "next level", id="home.next"),
        Binding("up,k", "act(-1)", "act before", id="home.up"),
        Binding("down,j", "act(1)", "next act", id="home.down"),
        Binding("question_mark", "app.help", "help", id="home.help"),
        Binding("q", "app.quit", "quit", id="home.quit"),
    ]

    def __init__(self, campaign: Campaign) -> None:
        super().__init__()
        self._campaign = campaign
        self._home: HomeView = campaign.home()

    def paint(self, size: Size) -> Canvas:
        """The road so far."""
        return draw_home(size, self._home, self.look(FIRST_KEYS if self._home.first_run else KEYS))

    def _choose(self, level: str) -> None:
        self._campaign.choose(level)
        self._home = self._campaign.home()
        self.repaint()

    # ── keys

    def action_play(self) -> None:
        """Take the chosen level, if it is open; else say what opens it."""
        if self._home.locked:
            self.notify(f"This level opens with {self._home.locked}.")
        else:
            self.post_message(Brief())

    def action_turn(self, by: int) -> None:
        """The next level; nothing to choose from before the first win."""
        stations = self._home.stations
        here = next(place for place, station in enumerate(stations) if station.here)
        if not self._home.first_run:
            self._choose(stations[(here + by) % len(stations)].id)

    def action_act(self, by: int) -> None:
        """The first level of the next act."""
        stations = self._home.stations
        acts = sorted({station.act for station in stations})
        here = acts.index(next(station.act for station in stations if station.here))
        act = acts[max(0, min(len(acts) - 1, here + by))]
        if not self._home.first_run:
            self._choose(next(station.id for station in stations if station.act == act))

    def on_hit(self, hit: Meta, clicks: int) -> None:
        """A station is chosen; the one that is chosen already, or clicked twice, is played."""
        kind, name = hit
        if kind != "level" or self._home.first_run:
            return
        chosen = name == self._campaign.level.id
        self._choose(name)
        if chosen or clicks > 1:
            self.action_play()
