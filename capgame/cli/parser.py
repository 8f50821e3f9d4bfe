"""From declared arguments to parsed options, and to a help text that fits on one screen.

argparse does the splitting; its own help and its own way out are not used, since every error of ours says the
thing, the value, what was expected and the next step, and every help ends with examples.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import NoReturn

from capgame.cli.arguments import EVERYWHERE, Argument
from capgame.errors import BadInput, CapgameError, Problem, nearest


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise CapgameError(f"{self.prog}: {message} — see {self.prog} --help")


def parse(program: str, declared: Sequence[Argument], words: Sequence[str]) -> argparse.Namespace:
    """The options in `words`; anything that is not declared is refused with the nearest name."""
    parser = _Parser(prog=program, add_help=False, allow_abbrev=False)
    for argument in (*declared, *EVERYWHERE):
        _declare(parser, argument)
    if asked_for := _asked_instead(words):
        return argparse.Namespace(**{"help": False, "version": False, asked_for: True})
    options, rest = parser.parse_known_args(words)
    if rest:
        known = [argument.name for argument in (*declared, *EVERYWHERE)]
        raise BadInput(Problem(program, rest[0], "an argument that it takes", nearest(rest[0], known)))
    _refuse_nothing(declared, options)
    return options


def _refuse_nothing(declared: Sequence[Argument], options: argparse.Namespace) -> None:
    """`--seed "$SEED"` with no such variable is a mistake, not a wish for the default."""
    for argument in declared:
        given = getattr(options, argument.key)
        if given == "" or (argument.many and "" in given):
            raise BadInput(
                Problem(argument.name, "", argument.value or "given", "it is empty: write one, or leave it out")
            )


def _declare(parser: argparse.ArgumentParser, argument: Argument) -> None:
    if argument.positional:
        nargs = "*" if argument.many else "?" if argument.optional else None
        parser.add_argument(argument.key, metavar=argument.name, nargs=nargs)
    elif not argument.value:
        parser.add_argument(argument.name, action="store_true")
    elif argument.many:
        parser.add_argument(argument.name, action="append", default=[], metavar=argument.value)
    else:
        parser.add_argument(argument.name, metavar=argument.value)


def _asked_instead(words: Sequence[str]) -> str | None:
    """`help` or `version`, which need no other argument to be there or to be right."""
    for word in words:
        if word in {"--help", "-h"}:
            return "help"
        if word == "--version":
            return "version"
    return None


def help_text(program: str, summary: str, declared: Sequence[Argument], examples: Sequence[str]) -> str:
    """What the command does, its arguments, two examples."""
    places = [_place(argument) for argument in declared if argument.positional]
    usage = " ".join([program, *places, "[options]"])
    shown = columns([(argument.shown, argument.help) for argument in (*declared, *EVERYWHERE)])
    return "\n".join([usage, summary, "", *shown, "", "examples:", *(f"  {example}" for example in examples)])


def _place(argument: Argument) -> str:
    if argument.many:
        return f"[{argument.name}...]"
    return f"[{argument.name}]" if argument.optional else argument.name


def columns(rows: Sequence[tuple[str, str]]) -> list[str]:
    """Two columns, indented."""
    width = max(len(left) for left, _ in rows)
    return [f"  {left:<{width}}  {right}" for left, right in rows]
