"""The tree of commands, and the exit codes.

Rules:
1. A command's module is imported only when it is asked for: `capgame --version` takes no time.
2. Standard output carries the answer, standard error everything else.
3. A traceback is a bug of ours: what the outside did wrong is a `CapgameError`, and that knows its exit code.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

from capgame import __version__
from capgame.cli import arguments, parser
from capgame.cli.output import complain
from capgame.errors import BadInput, CapgameError, Problem, nearest

INTERRUPTED = 130

# Each is a module of its own in this folder.
COMMANDS = {
    "play": "The game, straight to that level.",
    "run": "One headless run; prints its postmortem.",
    "frontier": "Every offered strategy, left alone on one seed, side by side.",
    "replay": "Run a saved run again and compare: nothing it claims is believed.",
    "lint": "Do levels teach what they say? They are played, also wrongly.",
    "new": "A level to begin with, with comments; it can be won.",
    "schema": "The JSON Schema of levels, for editors.",
    "levels": "The levels there are.",
    "strategies": "The strategies there are, and their knobs.",
    "faults": "What a level's script can do to a cluster.",
    "moves": "What an operator can do about it.",
}
GAME = (arguments.SAVES, arguments.LEVELS, arguments.INK)
EXAMPLES = ("capgame", 'capgame run first-cut --move "16s route eu n1"')


def run(words: Sequence[str]) -> int:
    """Do what the words say; the exit code is the answer."""
    _never_fail_to_print()
    try:
        code = _dispatch(words)
        sys.stdout.flush()
    except CapgameError as error:
        complain(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        complain("interrupted")
        return INTERRUPTED
    except BrokenPipeError:  # `capgame levels | head -1`: the reader has what it wanted
        _say_no_more()
        return 0
    except OSError as error:  # a full disk behind standard output; files are answered for where they are opened
        _say_no_more()
        complain(f"standard output: {error.strerror or error}")
        return CapgameError.exit_code
    return code


def _say_no_more() -> None:
    """Python flushes at its exit what could not be printed, and would complain."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _never_fail_to_print() -> None:
    """A glyph that the locale lacks becomes a question mark, not an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _dispatch(words: Sequence[str]) -> int:
    if not words or words[0].startswith("-"):
        return _game(words)
    name, *rest = words
    if name not in COMMANDS:
        raise BadInput(Problem("capgame", name, "a command", nearest(name, COMMANDS)))
    program = f"capgame {name}"
    module = import_module(f"capgame.cli.{name}")
    options = parser.parse(program, module.ARGUMENTS, rest)
    if options.help:
        print(parser.help_text(program, COMMANDS[name], module.ARGUMENTS, module.EXAMPLES))
    elif options.version:
        print(f"capgame {__version__}")
    else:
        return int(module.act(options))
    return 0


def _game(words: Sequence[str]) -> int:
    options = parser.parse("capgame", GAME, words)
    if options.help:
        print(_overview())
    elif options.version:
        print(f"capgame {__version__}")
    else:
        from capgame.cli.play import open_game

        return open_game(options)
    return 0


def _overview() -> str:
    usage = [
        "capgame [options]            the game",
        "capgame COMMAND [options]    everything else, without a terminal",
    ]
    options = [(argument.shown, argument.help) for argument in (*GAME, *arguments.EVERYWHERE)]
    examples = [f"  {example}" for example in EXAMPLES]
    parts = (usage, parser.columns(list(COMMANDS.items())), parser.columns(options), ["examples:", *examples])
    return "\n\n".join("\n".join(part) for part in parts)
