"""`capgame replay`: simulate a saved run again; it stands only if every claim in it comes out the same."""

from __future__ import annotations

import argparse

from capgame.cli import arguments
from capgame.cli.arguments import Argument
from capgame.cli.output import print_json, read_text
from capgame.play.replay import verify

ARGUMENTS = (
    Argument("FILE", "a replay (.capreplay), or - for standard input"),
    Argument("--verify", "what replay does anyway, said aloud"),
    arguments.JSON,
)
EXAMPLES = ("capgame replay mine.capreplay", "capgame run first-cut --save mine.capreplay")
MOST_BYTES = 1_000_000


def act(options: argparse.Namespace) -> int:
    """Verify it, or say what differs and exit with 1."""
    result = verify(read_text(options.file, "replay", MOST_BYTES))
    if options.json:
        print_json(result)
    else:
        how = f"{result['outcome']} with {result['score']} of 1000"
        print(f"verified: {result['level']['id']}, {result['offer']}, seed {result['seed']}, {how}")
        print(f"digest {result['digest']}")
    return 0
