"""The command language: `route eu n1`, in a script `16s route eu n1`.

Only words and their number are judged here; whether they name anything on this board is for `legal.check`.
A script is one move a line; blank lines and what follows `#` are passed over.
"""

from __future__ import annotations

from dataclasses import replace

from capgame.errors import BadInput, Problem, nearest
from capgame.moves.move import Move
from capgame.moves.verbs import VERBS, Verb
from capgame.values.units import parse_instant

EXAMPLE = "16s route eu n1"


def parse_move(text: str, thing: str = "move") -> Move:
    """A move, with or without the time at which it is wanted."""
    words = text.split()
    if not words:
        raise BadInput(Problem(thing, text, "a move: nothing is written", f"write for example {EXAMPLE}"))
    at = parse_instant(words.pop(0), f"{thing}: time") if words[0][0].isdigit() else None
    if not words:
        raise BadInput(Problem(thing, text, "a move: it has a time and no verb", f"write for example {EXAMPLE}"))
    verb = _verb(words[0], thing)
    _count(verb, words[1:], text, thing)
    return Move(verb.name, tuple(words[1:]), at)


def parse_timed(text: str, thing: str = "move") -> Move:
    """A move of a script: its time is required."""
    move = parse_move(text, thing)
    if move.at is None:
        raise BadInput(Problem(thing, text, "a move with its time", f"write for example 16s {move.text}"))
    return move


def parse_script(text: str, name: str) -> tuple[Move, ...]:
    """The moves of a file, one a line, in the order written; all lines that are none are refused together."""
    moves: list[Move] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.split("\n"), start=1):
        written = line.partition("#")[0]
        if not written.strip():
            continue
        try:
            moves.append(parse_timed(written.strip()))
        except BadInput as bad:
            problems += [replace(problem, where=f"{name}:{number}") for problem in bad.problems]
    if problems:
        raise BadInput(*problems)
    return tuple(moves)


def _verb(word: str, thing: str) -> Verb:
    if word not in VERBS:
        raise BadInput(Problem(thing, word, "a verb", nearest(word.lower(), VERBS)))
    return VERBS[word]


def _count(verb: Verb, args: list[str], text: str, thing: str) -> None:
    given, wanted = len(args), len(verb.arguments)
    if given != wanted:
        complaint = f"a whole move: {verb.name} takes {wanted}, and {given} {'is' if given == 1 else 'are'} given"
        raise BadInput(Problem(thing, text, complaint, f"write {verb.usage}"))
