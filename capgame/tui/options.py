"""How this player plays: what stops the clock by itself, how often is painted, in which ink.

None of it can be seen from inside a run: a replay does not know where the clock stood still.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from capgame.draw.ink import Ink

MAP_FPS, SSH_FPS, REST_FPS = 15, 8, 5


@dataclass(frozen=True, slots=True)
class Options:
    """Everything a player may prefer. `ink` None: what suits the terminal."""

    stop_at_pages: bool = True
    stop_at_falls: bool = True
    stop_while_typing: bool = True
    map_fps: int = MAP_FPS
    rest_fps: int = REST_FPS
    reduced_motion: bool = False
    ink: Ink | None = None


def options_of(environment: Mapping[str, str] = os.environ, ink: Ink | None = None) -> Options:
    """The options that suit where we run: fewer frames over ssh, no motion where none is wanted."""
    far = "SSH_CONNECTION" in environment
    still = environment.get("TEXTUAL_ANIMATIONS", "").lower() == "none"
    return Options(map_fps=SSH_FPS if far else MAP_FPS, reduced_motion=still, ink=ink)
