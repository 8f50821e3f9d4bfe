"""`capgame` and `capgame play LEVEL`: the game itself, which needs a terminal on both sides."""

from __future__ import annotations

import argparse
import gc
import sys
from typing import TextIO

from capgame.cli import arguments
from capgame.cli.output import complain
from capgame.cli.request import folders
from capgame.draw.ink import Ink
from capgame.errors import BadInput, Problem, nearest

ARGUMENTS = (arguments.LEVEL, arguments.STRATEGY, arguments.SEED, arguments.SAVES, arguments.LEVELS, arguments.INK)
EXAMPLES = ("capgame play first-cut", "capgame play first-cut --strategy pb-async --seed MANGO")
YOUNG_MOST = 50_000  # objects: a frame makes some thousands, and nearly all of them die with it by themselves
NO_TERMINAL = "capgame needs a terminal to play in; without one there is: capgame run first-cut"


def act(options: argparse.Namespace) -> int:
    """Straight into the level."""
    return open_game(options, level=options.level, offer=options.strategy or "", seed=options.seed or "")


def open_game(options: argparse.Namespace, *, level: str | None = None, offer: str = "", seed: str = "") -> int:
    """The game: at home, or on the first shift, or on the level that is named."""
    ink = _ink(options.ink)
    if not (_is_terminal(sys.stdin) and _is_terminal(sys.stdout)):
        complain(NO_TERMINAL)
        return 2
    # Nothing that is imported is garbage: not to look for it saves a tenth of the start, and later the frames' time.
    gc.disable()
    from capgame.tui.app import play  # here, so that a pipe is refused at once

    gc.freeze()
    gc.set_threshold(YOUNG_MOST, 20, 20)
    gc.enable()
    return play(level, offer=offer, seed=seed, saves=options.saves, folders=folders(options), ink=ink)


def _ink(name: str | None) -> str:
    names = [ink.value for ink in Ink]
    if name is not None and name not in names:
        raise BadInput(Problem("--ink", name, "an ink", nearest(name, names)))
    return name or ""


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()
