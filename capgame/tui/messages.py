"""What the screens tell the app: all messages of the game, in one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from textual.message import Message


@dataclass
class Play(Message):
    """A shift is wanted, with this offer of the level; empty: the level's first."""

    offer: str = ""


@dataclass
class ShiftOver(Message):
    """A shift has been settled and judged; `result` is the document of `run --json`."""

    result: dict[str, Any]


@dataclass
class GoHome(Message):
    """Back to the start, whatever is on."""
