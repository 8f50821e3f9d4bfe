"""Plays: runs of the level with a claim about how they end. Their moves, knobs and claims have languages of their own.

What a play does is held against the level: a move that the level does not allow, or a knob that no plan may set,
would be refused in every run.
"""

from __future__ import annotations

from functools import partial

from pydantic import ValidationInfo

from capgame.errors import BadInput, Problem, nearest
from capgame.levels.expect import FUNCTIONS, Expectation
from capgame.levels.fields import choose, names_in
from capgame.levels.findings import Notes
from capgame.levels.names import Names
from capgame.levels.offers import check_knobs, texts
from capgame.levels.yaml_tree import Mapping, Node
from capgame.moves.legal import Board, check
from capgame.moves.move import Move
from capgame.moves.parse import parse_timed
from capgame.moves.verbs import Argument
from capgame.strategies import STRATEGIES
from capgame.strategies.knob import parse_knob
from capgame.values.units import show_duration


def read_offer_name(text: str, names: Names) -> str:
    """The offer that a play takes: by its name, or by its strategy's, which means its first offer."""
    first = next((offer for offer, strategy in names.offers.items() if strategy == text), None)
    return first if first and text not in names.offers else choose(text, names.offers, "an offer of this level")


def read_knobs(node: Node, info: ValidationInfo) -> tuple[tuple[str, str], ...]:
    """The knobs that a play sets: in range first, then allowed by the plan."""
    names, notes = names_in(info), Notes()
    if not isinstance(node, Mapping):
        notes.note(node.mark, Problem("", "", "keys with values", "write {knob: value}"))
        notes.close()
        return ()
    strategy = _strategy(info, names)
    if strategy:
        check_knobs(strategy, dict(node), node, names, notes)
    for knob in node:
        if knob not in names.planned and not notes.found:
            problem = Problem("", knob, "a knob that plan.knobs lists", nearest(knob, names.planned))
            notes.note(node.key_marks[knob], problem)
    notes.close()
    return texts(dict(node))


def read_move(node: Node, info: ValidationInfo) -> str:
    """A move with its time, as written."""
    names, notes = names_in(info), Notes()
    notes.attempt(node, partial(_check_move, names=names, strategy=_strategy(info, names)))
    notes.close()
    return str(node)


def read_claim(text: str, names: Names) -> str:
    """An expectation, as written; what it names has to be there."""
    claim = Expectation.parse(text)
    if claim.at is None:
        if claim.subject == "offer" and claim.value is not None:
            choose(str(claim.value), names.offers, "an offer of this level")
        return text
    _check_time(claim.at, text, names)
    for kind, word in zip(FUNCTIONS[claim.subject][0], claim.arguments, strict=True):
        if kind == "node":
            choose(str(word), names.nodes, "a node of this level")
        elif kind == "group":
            choose(str(word), names.groups, "a client group of this level")
    if claim.subject in ("leader", "primary") and claim.value is not None:
        choose(str(claim.value), names.nodes, "a node of this level")
    return text


def _check_move(text: str, names: Names, strategy: str | None) -> Move:
    move = parse_timed(text)
    assert move.at is not None, "a timed move has a time"
    _check_time(move.at + 1, text, names)  # at the very end nobody listens any more
    knobs: dict[str, tuple[str, ...]] = dict.fromkeys(names.tunable, ())
    check(move, Board(names.verbs, names.groups, names.nodes, knobs))
    if Argument.KNOB in move.row.arguments and strategy:
        knob, value = move.args
        parse_knob(STRATEGIES[strategy].knobs, knob, value, names.nodes)
    return move


def _check_time(at: int, text: str, names: Names) -> None:
    if names.duration_us is not None and at > names.duration_us:
        within = f"within the shift of {show_duration(names.duration_us)}"
        raise BadInput(Problem("", text, within, "choose an earlier time"))


def _strategy(info: ValidationInfo, names: Names) -> str | None:
    """The strategy of the play that is being read, if it can be told."""
    offer = (info.data or {}).get("strategy")
    if offer == "":
        offer = next(iter(names.offers), None)
    strategy = names.offers.get(offer) if offer else None
    return strategy if strategy in STRATEGIES else None
