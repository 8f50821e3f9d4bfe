"""`capgame levels`: what can be played."""

from __future__ import annotations

import argparse

from capgame.cli import arguments
from capgame.cli.output import print_json, print_table
from capgame.cli.request import folders
from capgame.levels.catalogue import every
from capgame.levels.level import Level

ARGUMENTS = (arguments.JSON, arguments.LEVELS)
EXAMPLES = ("capgame levels", "capgame levels --levels my-levels --json")


def act(options: argparse.Namespace) -> int:
    """List them all, in the order of the acts."""
    found = every(folders(options))
    if options.json:
        print_json({"levels": [_document(level) for level in found]})
        return 0
    rows = [(_place(level), level.id, ", ".join(o.name for o in level.offers), level.teaches) for level in found]
    print_table(("", "level", "strategies", "teaches"), rows)
    return 0


def _place(level: Level) -> str:
    return f"{level.act}·{level.number}"


def _document(level: Level) -> dict[str, object]:
    return {
        "id": level.id,
        "title": level.title,
        "act": level.act,
        "number": level.number,
        "teaches": level.teaches,
        "strategies": [offer.name for offer in level.offers],
        "moves": list(level.moves.allow),
        "duration_us": level.duration_us,
        "seed": level.seed,
        "hash": level.hash,
        "shipped": level.shipped,
    }
