"""What the screens tell the app: all messages of the game, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from textual.message import Message


@dataclass
class Play(Message):
    """A shift is wanted, with this offer of the level; empty: the level's first. `watch`: left alone, and not kept."""

    offer: str = ""
    watch: bool = False


@dataclass
class Brief(Message):
    """The briefing is wanted, of the level of this id; empty: of the one that was played."""

    level: str = ""


@dataclass
class ShiftOver(Message):
    """A shift has been settled and judged; `result` is the document of `run --json`. What was `watched` is not kept."""

    result: dict[str, Any]
    watched: bool = False


@dataclass
class GoHome(Message):
    """Back to the start, whatever is on."""


@dataclass
class CodePasted(Message):
    """Somewhere in this text is the code of a run; it is to be judged, over whatever is on."""

    text: str
