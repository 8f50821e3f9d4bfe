"""What the player's screen adds to a view: what is focused, picked, typed and still moving.

A `ShiftView` says what the shift is; a `Look` says how this player looks at it just now. Both are frozen, and a
picture is a function of the two. Shares of a movement are 0.0 to 1.0; `motion.py` makes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from capgame.draw.canvas import Canvas
from capgame.draw.ink import Ink
from capgame.draw.palette import NIGHT, Palette
from capgame.play.views.shift import Headline

SHIFT_KEYS = (
    ("space", "pause"), ("- +", "speed"), ("tab", "focus"), (":", "command"), ("i", "inspect"), ("?", "help"),
    ("esc", "leave"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Target:
    """Something the chosen verb may act on: its cap, and what would follow, as a fact."""

    key: str
    consequence: str = ""  # "110 ms ✓", "refused ╱"
    good: bool = True


@dataclass(frozen=True, slots=True)
class GhostRoad:
    """The road that a group's customers would take."""

    group: str
    node: str
    label: str = ""  # "110 ms"


@dataclass(frozen=True, slots=True)
class Dot:
    """A message as it is shown: `share` of its way done."""

    source: str
    target: str
    kind: str
    share: float
    lost: bool = False


@dataclass(frozen=True, slots=True)
class CommandLine:
    """The row after `:`; `ghost` completes what is typed, `note` says the price or why not."""

    text: str = ""
    ghost: str = ""
    note: str = ""
    refused: bool = False  # the note is a refusal
    open: bool = False  # being typed into


@dataclass(frozen=True, slots=True)
class Look:
    """Everything about a picture that is not about the shift."""

    palette: Palette = NIGHT
    ink: Ink = Ink.FULL
    paused: bool = False
    speed: str = "1×"
    headline: Headline | None = None  # a coach's words or a question, in place of the shift's own
    focus: str = ""  # a node
    targets: Mapping[str, Target] = field(default_factory=dict)  # by node, group or region
    ghost: GhostRoad | None = None
    command: CommandLine = CommandLine()
    drawer: str = ""  # "", "inspect" or "pager": over the map where there is no side panel
    keys: tuple[tuple[str, str], ...] = SHIFT_KEYS
    reduced_motion: bool = False  # no dots: link brightness is traffic
    dots: tuple[Dot, ...] | None = None  # None: every message where it is
    grown: Mapping[str, float] = field(default_factory=dict)  # a cut's text: how much of its wall stands
    risen: Mapping[str, float] = field(default_factory=dict)  # a group: how far its newest wrong answer has risen
    tag_share: float = 1.0  # how far the headline's tag has slid in

    def canvas(self, width: int, height: int) -> Canvas:
        """An empty canvas in this look."""
        return Canvas(width, height, self.palette, self.ink)
