"""`capgame run`: one headless run of a level, its postmortem, and what is to be kept of it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from capgame.cli import arguments
from capgame.cli.arguments import Argument
from capgame.cli.output import complain, print_json, write_text
from capgame.cli.setting import Setting, setting
from capgame.errors import BadInput, Problem
from capgame.history.write import edn_lines, json_lines
from capgame.levels.expect import Expectation, Failed
from capgame.play import replay
from capgame.play.headless import Run, run_level
from capgame.report.command import rerun
from capgame.report.text import postmortem
from capgame.values.units import parse_instant

ARGUMENTS = (
    arguments.LEVEL,
    arguments.STRATEGY,
    arguments.KNOB,
    arguments.SEED,
    Argument("--seed-per", "a seed of that name's own, for a class of players", "NAME"),
    arguments.MOVE,
    arguments.MOVES,
    arguments.PLAY,
    Argument("--until", "stop there, in the middle of the shift", "TIME"),
    Argument("--expect", '"stars >= 2"; repeatable; exit 1 if one fails', "CLAIM", many=True),
    Argument("--save", "a replay, for capgame replay", "FILE"),
    Argument("--history", "the client history: Jepsen's .edn, or .jsonl", "FILE"),
    Argument("--trace", "every event of the run, as JSON lines", "FILE"),
    arguments.JSON,
    arguments.LEVELS,
)
EXAMPLES = ('capgame run first-cut --move "16s route eu n1"', 'capgame run first-cut --json --expect "stars is 3"')
HISTORIES = {".edn": edn_lines, ".jsonl": json_lines}


def act(options: argparse.Namespace) -> int:
    """Run it, print it, keep what is asked for, judge what is claimed."""
    chosen = setting(options)
    claims = [Expectation.parse(text) for text in (*chosen.expect, *options.expect)]
    _check_suffix(options.history)
    until = None if options.until is None else parse_instant(options.until, "--until")
    run = _run(chosen, until, keep_trace=options.trace is not None)
    _keep(options, run)
    if options.json:
        print_json(run.result)
    else:
        print(postmortem(run.result, chosen.level))
    return _judge(claims, run, chosen)


def _check_suffix(path: str | None) -> None:
    """Before the run, not after it."""
    if path is not None and Path(path).suffix not in HISTORIES:
        known = " or ".join(HISTORIES)
        raise BadInput(Problem("--history", path, f"a file that ends in {known}", "the ending chooses the form"))


def _run(chosen: Setting, until: int | None, *, keep_trace: bool) -> Run:
    return run_level(
        chosen.level,
        strategy=chosen.strategy,
        knobs=chosen.knobs,
        seed=chosen.seed,
        moves=chosen.moves,
        until_us=until,
        keep_trace=keep_trace,
    )


def _keep(options: argparse.Namespace, run: Run) -> None:
    if options.save is not None:
        write_text(options.save, "--save", [replay.save(run)])
    if options.history is not None:
        write_text(options.history, "--history", _lines(HISTORIES[Path(options.history).suffix](run.history)))
    if options.trace is not None:
        write_text(options.trace, "--trace", _lines(json.dumps(record) for record in run.trace))


def _lines(texts: Iterable[str]) -> Iterator[str]:
    return (f"{text}\n" for text in texts)


def _judge(claims: Iterable[Expectation], run: Run, chosen: Setting) -> int:
    """1 if any claim is false; each that is says what was expected, what came, and how to see it again."""
    failed = [judged for claim in claims if isinstance(judged := claim.judge(run.result), Failed)]
    for judged in failed:
        complain(f"{judged}\n  {rerun(run.result, chosen.level)}")
    return 1 if failed else 0
