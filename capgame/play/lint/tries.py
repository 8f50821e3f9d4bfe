"""What the lint tries: the reference play as it is, late, elsewhere and without its lesson; nothing; and tricks.

The reference is the play named `reference`: the author's proof that the level can be won.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from capgame.levels.level import Level, Play
from capgame.moves.legal import every
from capgame.moves.move import Move
from capgame.moves.parse import parse_timed
from capgame.moves.verbs import HOME
from capgame.play.lint.runs import Trial, in_order, trial, trial_of
from capgame.play.operator import board, has_verb
from capgame.play.pager import pages
from capgame.play.setting import Setting, choose
from capgame.values.seed import canonical
from capgame.values.units import SECOND_US

REFERENCE = "reference"
PLAN = ("plan",)

SOON_US = 2 * SECOND_US  # nobody reads a page and answers it sooner
LATE_US = 8 * SECOND_US  # by then a person has read, decided and typed
SEEDS = 10


def reference(level: Level) -> Play | None:
    """The play that proves the level, if it has one."""
    return next((play for play in level.plays if play.name == REFERENCE), None)


def timed(play: Play) -> list[tuple[int, Move]]:
    """A play's moves with their instants, in the order in which they are asked for."""
    moves = [parse_timed(text) for text in in_order(play.moves)]
    return [(move.at or 0, move) for move in moves]


def page_of(level: Level, at: int) -> int | None:
    """The instant of the latest page that had been read at an instant, if any."""
    return max((page.at for page in pages(level) if page.at <= at), default=None)


def answered_late(level: Level, play: Play) -> list[Move]:
    """The moves, those of each page delayed together until the first of them is 8 s after it.

    What was done before any page answers none, and stays.
    """
    delays: dict[int | None, int] = {None: 0}
    moved = []
    for at, move in timed(play):
        page = page_of(level, at)
        if page is not None:
            delays.setdefault(page, max(0, page + LATE_US - at))
        moved.append(replace(move, at=at + delays[page]))
    return sorted(moved, key=lambda move: move.at or 0)


def late(level: Level, play: Play) -> Trial:
    """The reference by somebody slow."""
    return replace(trial_of(level, play), moves=tuple(move.line for move in answered_late(level, play)))


def elsewhere(level: Level, play: Play) -> list[Trial]:
    """The reference on other seeds, the same ones every time."""
    taken = {canonical(level.seed), canonical(play.seed or level.seed)}
    names = (name for name in (f"{letter}{digit}" for letter in "AB" for digit in range(10)) if name not in taken)
    return [replace(trial_of(level, play), seed=seed) for seed in islice(names, SEEDS)]


def without_lesson(level: Level, play: Play) -> Trial:
    """The reference without the moves, or the plan, that the level says it cannot be won without."""
    whole = trial_of(level, play)
    if level.without == PLAN:
        return replace(whole, knobs=())
    return replace(whole, moves=tuple(text for text in whole.moves if parse_timed(text).verb not in level.without))


def left_alone(level: Level) -> list[Trial]:
    """Every offer, and nobody does anything."""
    return [trial(level, offer=offer.name) for offer in level.offers]


def everybody_to_one(level: Level) -> Iterator[Trial]:
    """Every group sent to one node at the start, for every node and offer; no need to read a page for that."""
    if "route" not in level.moves.allow:
        return
    groups = [region.name for region in level.cluster.regions if region.clients]
    for idle in left_alone(level):
        for node in level.cluster.nodes:
            yield replace(idle, moves=tuple(f"0s route {group} {node}" for group in groups))


def one_move(level: Level) -> Iterator[Trial]:
    """Each single move at each page, for every offer; the lesson's own moves are no trick."""
    for offer in level.offers:
        setting = choose(level, offer=offer.name)
        moves = [move for move in every(board(setting)) if _does_something(setting, move)]
        for page in pages(level):
            for move in moves:
                if move.verb not in level.without:
                    yield replace(trial(level, offer=offer.name), moves=(replace(move, at=page.at).line,))


def _does_something(setting: Setting, move: Move) -> bool:
    """Whether a first move could matter: it undoes nothing, and the strategy knows it and is not so already."""
    if move.verb == "tune":
        knob, text = move.args
        return setting.strategy.knobs[knob].show(setting.knobs[knob]) != text
    return not move.row.undoes and HOME not in move.args and has_verb(setting, move.verb)


def uses_lesson(level: Level, one: Trial) -> bool:
    """Whether a trial has moves that the lesson is about."""
    return any(parse_timed(text).verb in level.without for text in one.moves)
