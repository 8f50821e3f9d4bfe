"""`capgame faults`: the words of a level's script, with their options."""

from __future__ import annotations

import argparse

from capgame.cli.arguments import JSON, Argument
from capgame.cli.output import print_json, print_table
from capgame.errors import BadInput, Problem, nearest
from capgame.nemesis.words import COMMON_KEYS, FAULTS, FLAP_KEYS, FaultWord, Option

ARGUMENTS = (Argument("FAULT", "one of them, with its options", optional=True), JSON)
EXAMPLES = ("capgame faults cut", "capgame faults --json")


def act(options: argparse.Namespace) -> int:
    """List them all, or show one."""
    chosen = _chosen(options.fault)
    if options.json:
        print_json({"common_keys": list(COMMON_KEYS), "faults": [_document(row) for row in chosen]})
    elif options.fault:
        for row in chosen:
            _show(row)
    else:
        print_table(("fault", "for example", "what happens"), [(row.word, _example(row), row.help) for row in chosen])
    return 0


def _chosen(word: str | None) -> list[FaultWord]:
    if word is None:
        return list(FAULTS.values())
    if word not in FAULTS:
        raise BadInput(Problem("fault", word, "a fault", nearest(word, FAULTS)))
    return [FAULTS[word]]


def _example(row: FaultWord) -> str:
    return f"{row.word}: {row.example}"


def _document(row: FaultWord) -> dict[str, object]:
    return {
        "word": row.word,
        "target": row.target.value,
        "help": row.help,
        "example": _example(row),
        "say": row.say,
        "options": [_option(option) for option in row.options],
        "needs_one": row.needs_one,
        "may_flap": row.may_flap,
        "lasts": row.lasts,
    }


def _option(option: Option) -> dict[str, object]:
    return {
        "name": option.name,
        "takes": option.kind.value,
        "choices": list(option.choices),
        "default": option.default or None,
        "help": option.help,
    }


def _show(row: FaultWord) -> None:
    rows = [("for example", _example(row)), ("target", row.target.value), ("what happens", row.help)]
    rows += [("the pager says", row.say), ("beside it", ", ".join(_beside(row)))]
    print_table((row.word, ""), rows)
    if row.options:
        print()
        print_table(("option", "takes", "what it does"), [(o.name, _takes(o), o.help) for o in row.options])


def _beside(row: FaultWord) -> list[str]:
    flap = [f"flap: {{{', '.join(FLAP_KEYS)}}}"] if row.may_flap else []
    return [key for key in COMMON_KEYS if row.lasts or key != "for"] + flap


def _takes(option: Option) -> str:
    return " | ".join(option.choices) or option.kind.value
