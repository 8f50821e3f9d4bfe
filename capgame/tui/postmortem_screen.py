"""POSTMORTEM: a run that is over, what it came to and why, and the way back in.

The frontier needs every offer played once more, left alone. A worker process does that, because trio has this thread
and a second run in another thread would take the frames' time; until it is there the plot shows only the player.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from typing import Any

from textual.binding import Binding

from capgame.draw.canvas import Canvas, Meta
from capgame.draw.postmortem import draw_postmortem
from capgame.levels.level import Level
from capgame.play.views.postmortem import PostmortemView, postmortem_view
from capgame.tui.messages import Brief, GoHome, Play
from capgame.tui.page_screen import PageScreen, Size

Frontier = Callable[[Level, str], Awaitable[dict[str, Any] | None]]

KEYS = (("↑↓", "cause"), ("y", "share"), ("?", "help"), ("esc", "home"))


class PostmortemScreen(PageScreen, inherit_bindings=False):
    """The result of one run. `best` is the best score of an earlier win, `unlocked` names the offers to show.

    `following` is the id of the level to go on with, if there is one. After a win `↵` goes on, else back to the plan.
    """

    BINDINGS = [
        Binding("enter", "go_on", "go on", id="postmortem.go_on"),
        Binding("n", "next", "next level", id="postmortem.next"),
        Binding("a", "again", "again", id="postmortem.again"),
        Binding("p", "plan", "plan", id="postmortem.plan"),
        Binding("up,k", "select(-1)", "cause before", id="postmortem.up"),
        Binding("down,j", "select(1)", "next cause", id="postmortem.down"),
        *(Binding(str(n), f"again_with({n})", f"with strategy {n}", id=f"postmortem.offer{n}") for n in range(1, 10)),
        Binding("y", "share", "share", id="postmortem.share"),
        Binding("question_mark", "app.help", "help", id="postmortem.help"),
        Binding("escape,h", "home", "home", id="postmortem.home"),
    ]

    def __init__(
        self, level: Level, result: dict[str, Any], *, best: int | None, unlocked: Collection[str], frontier: Frontier,
        following: str = "",
    ) -> None:  # fmt: skip
        super().__init__()
        self._following = following
        self._level, self._result, self._best, self._unlocked = level, result, best, unlocked
        self._frontier = frontier
        self._selected: int | None = None
        self.report: PostmortemView = self._view(None)

    def on_mount(self) -> None:
        """Ask for the frontier."""
        self.run_worker(self._draw_frontier(), exit_on_error=False)

    async def _draw_frontier(self) -> None:
        found = await self._frontier(self._level, self._result["seed"])
        if found is not None:
            self.report = self._view(found)
            self.repaint()

    def _view(self, frontier: dict[str, Any] | None) -> PostmortemView:
        return postmortem_view(self._result, self._level, frontier, self._best, self._unlocked)

    def paint(self, size: Size) -> Canvas:
        """What is known of the run so far."""
        return draw_postmortem(size, self.report, self.look(self._keys()), self._selected)

    def _keys(self) -> tuple[tuple[str, str], ...]:
        on, again = (("n", "next level"),) if self._following else (), ("a", "again")
        if self._goes_on:
            return (("↵", "next level"), again, ("p", "plan"), *KEYS)
        return (("↵", "plan"), again, *on, *KEYS)

    @property
    def _goes_on(self) -> bool:
        """Whether the obvious next thing is another level."""
        return bool(self._following) and self._result["outcome"] == "won"

    # ── keys

    def action_go_on(self) -> None:
        """The obvious next thing."""
        if self._goes_on:
            self.action_next()
        else:
            self.action_plan()

    def action_next(self) -> None:
        """The next level."""
        if self._following:
            self.post_message(Brief(self._following))

    def action_plan(self) -> None:
        """Back to the plan."""
        self.post_message(Brief())

    def action_again(self) -> None:
        """The same once more."""
        self.post_message(Play(self._result["offer"]))

    def action_again_with(self, number: int) -> None:
        """Once more, with another strategy."""
        if len(self.report.offers) > 1 and number <= len(self.report.offers):
            self.post_message(Play(self.report.offers[number - 1].name))

    def action_select(self, by: int) -> None:
        """Open another cause."""
        if self.report.causes:
            here = self.report.worst if self._selected is None else self._selected
            self._selected = max(0, min(len(self.report.causes) - 1, here + by))
            self.repaint()

    def action_share(self) -> None:
        """The run as one line, for whoever would like to see it."""
        from capgame.tui.code_screen import ShareScreen

        self.app.push_screen(ShareScreen(self._level, self._result))

    def action_home(self) -> None:
        """Enough of this."""
        self.post_message(GoHome())

    def on_hit(self, hit: Meta, clicks: int) -> None:  # noqa: ARG002 (one click is enough)
        """An offer plays, a cause opens."""
        kind, name = hit
        if kind == "offer":
            self.post_message(Play(name))
        elif kind == "cause":
            self._selected = int(name)
            self.repaint()
