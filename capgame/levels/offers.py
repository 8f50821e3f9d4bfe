"""Offers: the strategies of a level, each under a name of its own, with knobs preset.

Which knobs there are, and what each takes, is the strategy's own declaration.
"""

from __future__ import annotations

from functools import partial

from pydantic import ValidationInfo

from capgame.errors import Problem, nearest
from capgame.levels.fields import choose, names_in
from capgame.levels.findings import Notes
from capgame.levels.level import Offer
from capgame.levels.names import Names
from capgame.levels.vocabulary import UNLOCKS
from capgame.levels.yaml_tree import Mapping, Node, scalar
from capgame.strategies import STRATEGIES
from capgame.strategies.knob import parse_knob

OWN_KEYS = ("is", "unlock")
EXAMPLE = "raft: {pre-vote: on}"


def read_offers(node: Node, info: ValidationInfo) -> list[Offer]:
    """The offers in the order of the file; the first is the default."""
    names, notes, offers = names_in(info), Notes(), list[Offer]()
    if isinstance(node, Mapping) and node:
        offers = [_offer(name, node, names, notes.within(f".{name}")) for name in node]
    else:
        notes.note(node.mark, Problem("", "", "one offer or more, each with its name", f"write for example {EXAMPLE}"))
    notes.close()
    return offers


def _offer(name: str, offers: Mapping, names: Names, notes: Notes) -> Offer:
    keys = offers[name]
    if not isinstance(keys, Mapping):
        if keys:  # `raft:` and nothing more presets nothing
            notes.note(keys.mark, Problem("", "", "keys with values", f"write for example {EXAMPLE}"))
        keys = Mapping()
    said = keys.get("is", scalar(name, offers.key_marks[name]))
    strategy = notes.attempt(said, _strategy)
    unlock = notes.within(".unlock").attempt(keys["unlock"], _unlock) if "unlock" in keys else ""
    presets = {knob: value for knob, value in keys.items() if knob not in OWN_KEYS}
    if strategy:
        check_knobs(strategy, presets, keys, names, notes)
    return Offer(str(name), strategy or "", texts(presets), unlock or "")


def check_knobs(strategy: str, knobs: dict[str, Node], home: Mapping, names: Names, notes: Notes) -> None:
    """Note what is no knob of the strategy, or out of its range; `home` is the mapping that has them."""
    declared = STRATEGIES[strategy].knobs
    for knob, value in knobs.items():
        if knob in declared:
            read = partial(parse_knob, declared, knob, nodes=names.nodes)
            notes.within(f".{knob}").attempt(value, read)
        else:
            known = (*declared, *OWN_KEYS) if "is" in home else tuple(declared)
            notes.note(home.key_marks[knob], Problem("", knob, f"a knob of {strategy}", nearest(knob, known)))


def texts(knobs: dict[str, Node]) -> tuple[tuple[str, str], ...]:
    """Knobs with their values as written, in a fixed order."""
    return tuple(sorted((str(knob), str(value)) for knob, value in knobs.items()))


def _strategy(text: str) -> str:
    return choose(text, STRATEGIES, "a strategy")


def _unlock(text: str) -> str:
    return choose(text, UNLOCKS, "a way to unlock an offer")
