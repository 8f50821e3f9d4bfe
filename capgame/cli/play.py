"""`capgame` and `capgame play LEVEL`: the game itself, which needs a terminal on both sides."""

from __future__ import annotations

import argparse
import sys
from typing import TextIO

from capgame.cli import arguments
from capgame.cli.output import complain

ARGUMENTS = (arguments.LEVEL, arguments.STRATEGY, arguments.SEED, arguments.SAVES, arguments.LEVELS)
EXAMPLES = ("capgame play first-cut", "capgame play first-cut --strategy pb-async --seed MANGO")
NO_TERMINAL = "capgame needs a terminal to play in; without one there is: capgame run first-cut"


def act(options: argparse.Namespace) -> int:
    """Straight into the level."""
    return open_game(options.level, options)


def open_game(level: str | None, options: argparse.Namespace) -> int:
    """The game: at home, or on the first shift, or on the level that is named."""
    if not (_is_terminal(sys.stdin) and _is_terminal(sys.stdout)):
        complain(NO_TERMINAL)
        return 2
    from capgame.tui.app import play  # here, so that a pipe is refused at once

    return play(level)


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()
