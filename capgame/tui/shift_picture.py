"""The picture of a shift: one painting for each part of the screen, painted from a view and what the player looks at.

Where a part stands and how it is drawn is `draw/shift.py`'s business; here parts become widgets, so that a line of the
map can be sent to the terminal without the line of the side panel beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from capgame.draw.canvas import Canvas, Rect
from capgame.draw.command import draw_command
from capgame.draw.headline import draw_headline
from capgame.draw.keys import draw_keys
from capgame.draw.look import CommandLine, Look
from capgame.draw.map import draw_map
from capgame.draw.motion import Motion
from capgame.draw.moves import draw_moves
from capgame.draw.shift import WIDE, ShiftParts, draw_too_small, shift_parts, too_small
from capgame.draw.side import draw_drawer, draw_side
from capgame.draw.timeline import draw_timeline
from capgame.draw.top import draw_top
from capgame.play.views.shift import ShiftView
from capgame.tui.bridge import LiveRun
from capgame.tui.console import Console, Doing
from capgame.tui.dress import Dress
from capgame.tui.headlines import headline
from capgame.tui.painting import Painting

PARTS = ("top", "headline", "map", "side", "timeline", "moves", "command", "keys", "small")
_DRAW: dict[str, Callable[[Canvas, ShiftView, Look], None]] = {
    "top": draw_top, "headline": draw_headline, "map": draw_map, "side": draw_side, "timeline": draw_timeline,
    "moves": draw_moves, "command": draw_command,
}  # fmt: skip

NOTHING = (
    ("space", "pause"), ("- +", "speed"), (".", "step"), ("tab", "focus"), (":", "command"), ("i", "inspect"),
)  # fmt: skip
LAST = (("?", "help"), ("esc", "leave"))
# All of it at 80 columns; `.` is in the help.
FOLDED = (
    ("space", "pause"), ("-+", "speed"), ("tab", "node"), (":", "type"), ("i", "inspect"), ("g", "pager"), *LAST
)  # fmt: skip
PICKING = (("↵", "take"), ("tab", "next"), ("esc", "take back"), ("?", "help"))
TYPING = (("↵", "run"), ("tab", "complete"), ("↑↓", "earlier"), ("esc", "close"))
TYPED_LEAST = 24  # cells that the input takes
LEAVING = (("↵", "leave"), ("esc", "stay"))
WATCHING = (("space", "pause"), ("-+", "speed"), ("tab", "focus"), ("i", "inspect"), ("?", "help"), ("esc", "plan"))


@dataclass(slots=True)
class Eyes:
    """What the player looks at, and how fast."""

    node: str = ""
    drawer: str = ""
    speed_name: str = "1×"
    real_us: int = 0  # of the player's time that has gone by
    coach: bool = False
    settling: bool = False
    watching: bool = False  # nothing can be done
    typed: str = ""
    typed_note: str = ""  # the legal next words


@dataclass(slots=True)
class ShiftPicture:
    """All parts of the screen."""

    parts: dict[str, Painting] = field(default_factory=lambda: {name: Painting(name) for name in PARTS})
    size: tuple[int, int] = (0, 0)
    _motion: Motion = field(default_factory=Motion)
    _placed: tuple[Rect | None, ...] = ()
    _layout: ShiftParts | None = None

    @property
    def folded(self) -> bool:
        """Whether there is no room for the side panel."""
        return self.size[0] < WIDE

    @property
    def command_row(self) -> Rect | None:
        """Where one types."""
        return self._layout.command if self._layout else None

    def resize(self, width: int, height: int) -> None:
        """The terminal has another size."""
        self.size = (width, height)
        self._placed = ()
        for part in self.parts.values():
            part.forget()

    def show(
        self, view: ShiftView, live: LiveRun, console: Console, eyes: Eyes, dress: Dress, *, everything: bool
    ) -> None:  # fmt: skip
        """Paint what has changed: the map, or everything."""
        width, height = self.size
        if not width or not height:
            return
        if too_small(width, height):
            self._show_small(dress)
            return
        look = self._look(view, live, console, eyes, dress)
        look = self._motion.frame(view, look, eyes.real_us / 1e6, live.speed if live.running else 0.0)
        self._layout = layout = shift_parts(width, height, view, look)
        self._place(layout)
        sliding = ("map", "headline") if look.tag_share < 1 else ("map",)
        for name in _DRAW if everything else sliding:
            rect: Rect | None = getattr(layout, name)
            if rect is not None:
                canvas = look.canvas(rect.width, rect.height)
                _DRAW[name](canvas, view, look)
                if name == "map" and layout.drawer is not None:
                    _pull_drawer(canvas, rect, layout.drawer, view, look)
                self.parts[name].show(canvas)
        if everything:
            footer = look.canvas(width, 1)
            draw_keys(footer, look.keys)
            self.parts["keys"].show(footer)

    def _place(self, layout: ShiftParts) -> None:
        rects = {name: getattr(layout, name, None) for name in PARTS}
        placed = tuple(rects.values())
        if placed == self._placed:
            return
        self._placed = placed
        for name, rect in rects.items():
            self.parts[name].display = rect is not None
            if rect is not None:
                self.parts[name].place(*rect)

    def _show_small(self, dress: Dress) -> None:
        for name, part in self.parts.items():
            part.display = name == "small"
        self._placed = ()
        canvas = dress.canvas(*self.size)
        draw_too_small(canvas)
        self.parts["small"].place(0, 0, *self.size)
        self.parts["small"].show(canvas)

    def _look(self, view: ShiftView, live: LiveRun, console: Console, eyes: Eyes, dress: Dress) -> Look:
        return Look(
            palette=dress.palette,
            ink=dress.ink,
            paused=not live.running,
            speed=eyes.speed_name,
            headline=headline(view, live, console, coach=eyes.coach, settling=eyes.settling),
            focus=eyes.node,
            targets=console.targets,
            ghost=console.ghost,
            command=command_row(console, eyes),
            drawer=eyes.drawer if self.folded else "",
            keys=WATCHING if eyes.watching else self._keys(console),
            reduced_motion=dress.reduced_motion,
        )

    def _keys(self, console: Console) -> tuple[tuple[str, str], ...]:
        match console.doing:
            case Doing.PICKING:
                return PICKING
            case Doing.TYPING:
                return TYPING
            case Doing.LEAVING:
                return LEAVING
        return FOLDED if self.folded else (*NOTHING, *LAST)


def command_row(console: Console, eyes: Eyes) -> CommandLine:
    """The row after `:`: what the keys spell, what is being typed, or what the console answered."""
    picking = console.picking
    if picking is not None:
        price = "◆" * picking.verb.cost or "nothing"
        note = f"costs {price}   takes {picking.verb.takes_us / 1_000_000:g} s"
        return CommandLine(text=picking.words, ghost=picking.guess, note=note)
    if console.doing is Doing.TYPING:
        # Blanks keep the note clear of the input that lies over this row.
        note = "" if console.refused else eyes.typed_note
        return CommandLine(text=eyes.typed.ljust(TYPED_LEAST), note=note, open=True)
    return CommandLine(note=console.note, refused=console.refused)


def _pull_drawer(canvas: Canvas, area: Rect, drawer: Rect, view: ShiftView, look: Look) -> None:
    part = look.canvas(drawer.width, drawer.height)
    draw_drawer(part, view, look, edge_right=drawer.x == area.x)
    canvas.paste(drawer.x - area.x, drawer.y - area.y, part)
