"""What a run is of: a level, an offer, knobs, a seed and moves, from the arguments that many commands share.

`--play NAME` takes all of it from one of the level's plays, its expectations too, so nothing may stand beside it.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from capgame.cli.output import read_text
from capgame.errors import BadInput, Problem, nearest
from capgame.levels.catalogue import STDIN, find
from capgame.levels.level import Level, Play
from capgame.moves.parse import parse_script, parse_timed
from capgame.values.seed import spell

SEEDS = 32**5


@dataclass(frozen=True, slots=True)
class Request:
    """Everything that decides a run, and what is claimed of it. Empty texts leave it to the level."""

    level: Level
    strategy: str
    knobs: dict[str, str]
    seed: str
    moves: tuple[str, ...]
    expect: tuple[str, ...] = ()


def folders(options: argparse.Namespace) -> tuple[Path, ...]:
    """Where `--levels` looks beside the shipped ones."""
    return (Path(options.levels),) if options.levels else ()


def level_of(options: argparse.Namespace) -> Level:
    """The level that LEVEL means."""
    if options.level == STDIN and sys.stdin is None:
        raise BadInput(Problem("level", STDIN, "readable: standard input is closed", "pipe a level into it"))
    return find(options.level, folders(options))


def request(options: argparse.Namespace) -> Request:
    """What the options ask for."""
    level = level_of(options)
    if options.play is not None:
        return _of_play(level, _play(options, level))
    return Request(
        level=level,
        strategy=options.strategy or "",
        knobs=knobs(options.knob),
        seed=_seed(options),
        moves=_moves(options.move, options.moves),
    )


def knobs(pairs: Sequence[str]) -> dict[str, str]:
    """`--knob reads=local` as names and texts; what they mean is the strategy's to say."""
    found: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise BadInput(Problem("--knob", pair, "KEY=VALUE", "write for example --knob reads=lease"))
        if name in found:
            raise BadInput(Problem("--knob", pair, "given once a knob", f"{name} is set already"))
        found[name] = value
    return found


def _of_play(level: Level, play: Play) -> Request:
    return Request(
        level=level,
        strategy=play.strategy,
        knobs=dict(play.knobs),
        seed=play.seed,
        moves=play.moves,
        expect=play.expect,
    )


def _play(options: argparse.Namespace, level: Level) -> Play:
    given = {"--strategy": options.strategy, "--knob": options.knob, "--seed": options.seed, "--move": options.move}
    given |= {"--moves": options.moves, "--seed-per": options.seed_per}
    for name, value in given.items():
        if value:
            raise BadInput(Problem(name, "", "for use with --play", "a play is run whole: leave one of the two out"))
    plays = {play.name: play for play in level.plays}
    if options.play not in plays:
        raise BadInput(Problem("--play", options.play, f"a play of {level.id}", nearest(options.play, plays)))
    return plays[options.play]


def _seed(options: argparse.Namespace) -> str:
    if options.seed and options.seed_per:
        raise BadInput(Problem("--seed-per", options.seed_per, "for use with --seed", "leave one of the two out"))
    return _seed_per(options.seed_per) if options.seed_per else options.seed or ""


def _seed_per(name: str) -> str:
    """A seed of somebody's own, so that everybody in a class plays another run and each can be played again."""
    digest = hashlib.sha256(name.strip().casefold().encode("utf-8", "surrogatepass")).digest()
    return spell(int.from_bytes(digest[:8], "big") % SEEDS)


def _moves(given: Sequence[str], file: str | None) -> tuple[str, ...]:
    """By time; those of one instant in the order given, the file's first."""
    scripted = parse_script(read_text(file, "--moves"), file) if file else ()
    moves = [*scripted, *(parse_timed(text, "--move") for text in given)]
    return tuple(move.line for move in sorted(moves, key=lambda move: move.at or 0))
