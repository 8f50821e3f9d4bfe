"""`capgame replay`: simulate a saved run again; it stands only if every claim in it comes out the same."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from capgame.cli import arguments
from capgame.cli.arguments import Argument
from capgame.cli.output import complain, print_json, read_text
from capgame.errors import BadInput
from capgame.levels.level import Level
from capgame.play.keep.code import encode, is_code, read
from capgame.play.keep.replay import BYTES_MAX, Replay
from capgame.play.keep.verify import verify

ARGUMENTS = (
    Argument("FILE|CODE", "a .capreplay, a code (cap1:...), or - for standard input"),
    Argument("--verify", "what replay does anyway, said aloud"),
    arguments.JSON,
)
EXAMPLES = (
    "capgame replay mine.capreplay",
    "capgame replay cap1:04XG04K6D5S76X1DCDTQ9FP0GQ94CBR16G474...",
)


def act(options: argparse.Namespace) -> int:
    """Verify it, or say what differs and exit with 1."""
    replay = _read(options.file_or_code)
    verified = verify(replay)
    result = verified.result
    if not verified.level.shipped:
        complain(f"the level {result['level']['id']} is not a shipped one: the replay brought its own")
    if options.json:
        print_json(result)
    else:
        _print(result)
        if replay.whole:
            _print_code(result, verified.level)
    return 0


def _read(given: str) -> Replay:
    """The replay that is meant: a code is here already, all else is a file."""
    if is_code(given):
        return read(given, "code")
    return read(read_text(given, "replay", BYTES_MAX), given)


def _print(result: Mapping[str, Any]) -> None:
    how = f"{result['outcome']} with {result['score']} of 1000"
    print(f"verified: {result['level']['id']}, {result['offer']}, seed {result['seed']}, {how}")
    print(f"digest {result['digest']}")


def _print_code(result: Mapping[str, Any], level: Level) -> None:
    """The same as one line; a level may be too large for that."""
    with suppress(BadInput):
        print(f"as a code: {encode(result, level)}")
