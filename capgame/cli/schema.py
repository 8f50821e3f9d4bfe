"""`capgame schema`: what an editor has to know to help with a level."""

from __future__ import annotations

import argparse

from capgame.cli.output import print_json
from capgame.levels.editor import editor_schema

ARGUMENTS = ()
EXAMPLES = ("capgame schema > level.schema.json", "capgame schema | head")


def act(_: argparse.Namespace) -> int:
    """Print it."""
    print_json(editor_schema())
    return 0
