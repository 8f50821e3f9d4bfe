"""`capgame moves`: the verbs, what they cost and how long they take."""

from __future__ import annotations

import argparse

from capgame.cli.arguments import JSON
from capgame.cli.output import print_json, print_table
from capgame.moves.verbs import VERBS, Verb
from capgame.values.units import show_duration

ARGUMENTS = (JSON,)
EXAMPLES = ("capgame moves", 'capgame run first-cut --move "16s route eu n1"')


def act(options: argparse.Namespace) -> int:
    """List them all."""
    if options.json:
        print_json({"moves": [_document(verb) for verb in VERBS.values()]})
        return 0
    rows = [(v.usage, str(v.cost), show_duration(v.takes_us), v.key, _help(v)) for v in VERBS.values()]
    print_table(("move", "cost", "takes", "key", "what it does"), rows)
    return 0


def _document(verb: Verb) -> dict[str, object]:
    return {
        "name": verb.name,
        "usage": verb.usage,
        "arguments": [argument.name.lower() for argument in verb.arguments],
        "cost": verb.cost,
        "takes_us": verb.takes_us,
        "key": verb.key,
        "undoes": verb.undoes or None,
        "help": verb.help,
    }


def _help(verb: Verb) -> str:
    return f"{verb.help} (undoes {verb.undoes})" if verb.undoes else verb.help
