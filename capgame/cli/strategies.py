"""`capgame strategies`: the registry, in words; one strategy with all its knobs."""

from __future__ import annotations

import argparse

from capgame.cli.arguments import JSON, Argument
from capgame.cli.output import print_json, print_table
from capgame.errors import BadInput, Problem, nearest
from capgame.strategies import STRATEGIES
from capgame.strategies.knob import Knob
from capgame.strategies.strategy import Strategy

ARGUMENTS = (Argument("STRATEGY", "one of them, with what it promises and its knobs", optional=True), JSON)
EXAMPLES = ("capgame strategies raft", "capgame strategies --json")


def act(options: argparse.Namespace) -> int:
    """List them all, or show one."""
    chosen = _chosen(options.strategy)
    if options.json:
        print_json({"strategies": [_document(name, strategy) for name, strategy in chosen.items()]})
    elif options.strategy:
        for name, strategy in chosen.items():
            _show(name, strategy)
    else:
        print_table(("strategy", "promises, and fails how"), [(name, _line(s)) for name, s in chosen.items()])
    return 0


def _chosen(name: str | None) -> dict[str, type[Strategy]]:
    if name is None:
        return dict(STRATEGIES)
    if name not in STRATEGIES:
        raise BadInput(Problem("strategy", name, "a strategy", nearest(name, STRATEGIES)))
    return {name: STRATEGIES[name]}


def _line(strategy: type[Strategy]) -> str:
    return f"{strategy.promises}; {strategy.fails} ({strategy.paper})"


def _document(name: str, strategy: type[Strategy]) -> dict[str, object]:
    return {
        "name": name,
        "title": strategy.title,
        "paper": strategy.paper,
        "promises": strategy.promises,
        "fails": strategy.fails,
        "knobs": [_knob(knob) for knob in strategy.knobs.values()],
    }


def _knob(knob: Knob) -> dict[str, object]:
    return {
        "name": knob.name,
        "takes": knob.takes,
        "default": knob.default,
        "live": knob.live,
        "help": knob.help,
    }


def _show(name: str, strategy: type[Strategy]) -> None:
    about = ("paper", "promises", "fails")
    print_table((name, strategy.title), [(word, getattr(strategy, word)) for word in about])
    print()
    knobs = strategy.knobs.values()
    rows = [(knob.name, knob.default or "-", f"{knob.help}; {knob.takes}{_when(knob)}") for knob in knobs]
    print_table(("knob", "default", "what it does"), rows)


def _when(knob: Knob) -> str:
    return "" if knob.live else "; only before the shift"
