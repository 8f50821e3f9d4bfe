"""`capgame run`: one headless run of a level, its postmortem, and what is to be kept of it."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from capgame.cli import arguments
from capgame.cli.arguments import Argument
from capgame.cli.output import complain, print_json, write_text
from capgame.cli.request import Request, request
from capgame.errors import BadInput, Problem
from capgame.history.write import edn_lines, json_lines
from capgame.play.claims import Claims
from capgame.play.command import rerun
from capgame.play.headless import Run, run_level
from capgame.play.keep import replay
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
    asked = request(options)
    claims = Claims((*asked.expect, *options.expect))
    until = None if options.until is None else parse_instant(options.until, "--until")
    _check_suffix(options.history)
    began = time.perf_counter()
    run = _run(asked, claims, until, keep_trace=options.trace is not None)
    run.result["wall_s"] = round(time.perf_counter() - began, 3)
    _keep(options, run)
    if options.json:
        print_json(run.result)
    else:
        print(postmortem(run.result, asked.level))
    return _judge(claims, run, asked)


def _check_suffix(path: str | None) -> None:
    """Before the run, not after it."""
    if path is not None and Path(path).suffix not in HISTORIES:
        known = " or ".join(HISTORIES)
        raise BadInput(Problem("--history", path, f"a file that ends in {known}", "the ending chooses the form"))


def _run(asked: Request, claims: Claims, until: int | None, *, keep_trace: bool) -> Run:
    return run_level(
        asked.level,
        strategy=asked.strategy,
        knobs=asked.knobs,
        seed=asked.seed,
        moves=asked.moves,
        until_us=until,
        keep_trace=keep_trace,
        probes=list(claims.probes()),
    )


def _keep(options: argparse.Namespace, run: Run) -> None:
    if options.save is not None:
        write_text(options.save, "--save", [replay.write(run.result, run.setting.level)])
    if options.history is not None:
        lines = HISTORIES[Path(options.history).suffix](run.session.judge.history)
        write_text(options.history, "--history", _lines(lines))
    if options.trace is not None:
        records = (json.dumps({"index": index, "text": text}) for index, text in enumerate(run.trace))
        write_text(options.trace, "--trace", _lines(records))


def _lines(texts: Iterable[str]) -> Iterator[str]:
    return (f"{text}\n" for text in texts)


def _judge(claims: Claims, run: Run, asked: Request) -> int:
    """1 if any claim is false; each that is says what was expected, what came, and how to see it again."""
    failed = claims.failed(run.result)
    for judgement in failed:
        complain(f"{judgement}\n  {rerun(run.result, asked.level)}")
    return 1 if failed else 0
