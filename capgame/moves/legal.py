"""What a level allows: it checks a move, completes half of one, and lists them all.

Theory: a board is the handful of names that are legal now. Every argument kind is a function from the board to
names, so checking, completing and listing cannot disagree.

Blemish: a knob whose values cannot be listed (a length of time) is completed up to its name only, and whether its
value is in range is known to the strategy, not here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from capgame.errors import BadInput, Problem, nearest
from capgame.moves.move import Move
from capgame.moves.verbs import HOME, VERBS, Argument, Verb


@dataclass(frozen=True, slots=True)
class Board:
    """The names that are legal in a level, in the level's order.

    `knobs` are those that `tune` may turn, each with the values one can list; an empty tuple: it takes others too.
    """

    allow: tuple[str, ...]
    groups: tuple[str, ...] = ()
    nodes: tuple[str, ...] = ()
    knobs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def verbs(self) -> tuple[Verb, ...]:
        """The allowed verbs, and those that undo them, in the table's order."""
        return tuple(verb for verb in VERBS.values() if verb.name in self.allow or verb.undoes in self.allow)


def check(move: Move, board: Board, thing: str = "move") -> None:
    """Refuse a move that this level does not allow, or that names what is not there."""
    allowed = [verb.name for verb in board.verbs]
    if move.verb not in allowed:
        advice = f"allowed: {', '.join(allowed) or 'none'}"
        raise BadInput(Problem(thing, move.text, "allowed in this level", advice))
    for place, argument in enumerate(move.row.arguments):
        names = _names(argument, board, move.args[:place])
        word = move.args[place]
        if names is not None and word not in names:
            raise BadInput(Problem(thing, word, f"a {argument.value} of {move.verb} here", nearest(word, names)))


def complete(text: str, board: Board) -> list[str]:
    """The legal ways to go on with a half-typed command, each as the whole line up to its next word.

    `ro` gives `route`, `route ` gives `route us` and `route eu`; a command that is whole or cannot be legal, nothing.
    """
    words = text.split()
    typed = words.pop() if words and not text[-1].isspace() else ""
    return [" ".join((*words, name)) for name in _next(words, board) if name.startswith(typed)]


def every(board: Board) -> list[Move]:
    """Every whole move that can be listed, for the palette."""
    return [Move(verb.name, args) for verb in board.verbs for args in _every_args(verb, board)]


def _next(words: list[str], board: Board) -> tuple[str, ...]:
    """What may follow these words."""
    verbs = {verb.name: verb for verb in board.verbs}
    if not words:
        return tuple(verbs)
    verb, args = verbs.get(words[0]), tuple(words[1:])
    if verb is None or len(args) >= len(verb.arguments):
        return ()
    for place, word in enumerate(args):
        names = _names(verb.arguments[place], board, args[:place])
        if names is not None and word not in names:
            return ()
    return _names(verb.arguments[len(args)], board, args) or ()


def _names(argument: Argument, board: Board, before: tuple[str, ...]) -> tuple[str, ...] | None:
    """The legal words of one argument, given those before it; None: any."""
    match argument:
        case Argument.GROUP:
            return board.groups
        case Argument.NODE:
            return board.nodes
        case Argument.WAY:
            return (*board.nodes, HOME)
        case Argument.KNOB:
            return tuple(board.knobs)
        case Argument.VALUE:
            return board.knobs[before[-1]] or None


def _every_args(verb: Verb, board: Board) -> Iterator[tuple[str, ...]]:
    if Argument.VALUE in verb.arguments:
        for knob, values in board.knobs.items():
            yield from product((knob,), values)
        return
    yield from product(*(_names(argument, board, ()) or () for argument in verb.arguments))
