"""`capgame replay`: simulate a saved run again; it stands only if every claim in it comes out the same."""

from __future__ import annotations

import argparse

from capgame.cli import arguments
from capgame.cli.arguments import Argument
from capgame.cli.output import complain, print_json, read_text
from capgame.play.replay import BYTES_MAX, parse
from capgame.play.verify import verify

ARGUMENTS = (
    Argument("FILE", "a replay (.capreplay), or - for standard input"),
    Argument("--verify", "what replay does anyway, said aloud"),
    arguments.JSON,
)
EXAMPLES = ("capgame replay mine.capreplay", "capgame run first-cut --save mine.capreplay")


def act(options: argparse.Namespace) -> int:
    """Verify it, or say what differs and exit with 1."""
    verified = verify(parse(read_text(options.file, "replay", BYTES_MAX), options.file))
    result = verified.result
    if not verified.level.shipped:
        complain(f"the level {result['level']['id']} is not a shipped one: the replay brought its own")
    if options.json:
        print_json(result)
    else:
        how = f"{result['outcome']} with {result['score']} of 1000"
        print(f"verified: {result['level']['id']}, {result['offer']}, seed {result['seed']}, {how}")
        print(f"digest {result['digest']}")
    return 0
