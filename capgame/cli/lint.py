"""`capgame lint`: the schema, and whether a level, played well and badly, teaches what it says."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from capgame.cli import arguments
from capgame.cli.arguments import Argument
from capgame.cli.output import complain, print_json
from capgame.cli.watch import watch
from capgame.errors import BadInput, Problem
from capgame.levels.catalogue import PLAYTEST, STDIN, SUFFIX, find, load_named, shipped_folder
from capgame.levels.level import Level
from capgame.play.lint.lint import Report, document, fast, lint, unreadable
from capgame.play.lint.runs import Crew
from capgame.report.lint import lines

JOBS_MAX = 64

ARGUMENTS = (
    Argument("PATH", "a level's file or id, or a folder of levels (all shipped)", many=True),
    Argument("--fast", "the schema only; nothing is played"),
    Argument("--watch", "again whenever a file changes, until Ctrl-C"),
    Argument("--jobs", "runs at a time (one a core)", "N"),
    arguments.JSON,
)
EXAMPLES = ("capgame lint", "capgame lint my-level.yaml --watch")


def act(options: argparse.Namespace) -> int:
    """0 if every level is clean, 1 if anything was found."""
    jobs = _jobs(options.jobs)
    if options.watch:
        _refuse_with_watch(options)
    with Crew(jobs) as crew:
        if options.watch:
            _watch(options, crew)
        reports = _lint(_levels(options.path), options, crew)
    if options.json:
        print_json(document(reports))
    return 0 if all(report.clean for report in reports) else 1


def _jobs(text: str | None) -> int:
    if text is None:
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= JOBS_MAX:
        raise BadInput(Problem("--jobs", text, f"a whole number from 1 to {JOBS_MAX}", "leave it out for one a core"))
    return int(text)


def _refuse_with_watch(options: argparse.Namespace) -> None:
    if options.json:
        raise BadInput(Problem("--json", "", "for use with --watch", "one document cannot go on: leave one out"))
    if STDIN in options.path:
        raise BadInput(Problem("PATH", STDIN, "for use with --watch", "name a file"))


# ── which levels


def _levels(paths: Sequence[str]) -> list[str]:
    """The LEVEL arguments that the paths mean: a folder means every level in it."""
    wanted = [level for path in paths or [_shipped()] for level in _below(path)]
    return list(dict.fromkeys(wanted))


def _shipped() -> str:
    """The folder of the shipped levels, as short as it can be said from here."""
    folder, here = shipped_folder(), Path.cwd()
    return str(folder.relative_to(here)) if folder.is_relative_to(here) else str(folder)


def _below(path: str) -> list[str]:
    if path.endswith(PLAYTEST):
        raise BadInput(Problem("PATH", path, "a level", "plays are run by pytest"))
    if not Path(path).is_dir():
        return [path]
    found = [str(file) for file in sorted(Path(path).rglob(f"*{SUFFIX}")) if not file.name.endswith(PLAYTEST)]
    if not found:
        raise BadInput(Problem("PATH", path, f"a folder with levels: no file in it ends in {SUFFIX}"))
    return found


def _read(name: str) -> Level | Report:
    """The level, or what keeps the file from being one. Raises BadInput where there is nothing to read."""
    try:
        return load_named(Path(name).stem, Path(name)) if name.endswith(SUFFIX) else find(name)
    except BadInput as error:
        if not all(problem.where for problem in error.problems):
            raise
        return unreadable(name, error)


# ── saying it


def _lint(names: Sequence[str], options: argparse.Namespace, crew: Crew) -> list[Report]:
    """Every level in turn, each told as soon as it is known."""
    reports = []
    for read in [_read(name) for name in names]:
        if isinstance(read, Report):
            report = read
        elif options.fast:
            report = fast(read)
        else:
            with Progress(read.id) as progress:
                report = lint(read, crew, progress)
        reports.append(report)
        if not options.json:
            print("\n".join(lines(report)), flush=True)
    return reports


def _watch(options: argparse.Namespace, crew: Crew) -> None:
    """Until somebody interrupts it; a file that cannot be read is waited for."""
    for changed in watch(lambda: _levels(options.path)):
        for name in changed:
            try:
                _lint([name], options, crew)
            except BadInput as error:
                complain(str(error))


class Progress:
    """A line on standard error that is written over, if that is a terminal."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._shown = sys.stderr.isatty()
        self._cells = 0

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        """However it ends, what follows begins on a clean line."""
        if self._cells:
            print(f"\r{' ' * self._cells}\r", end="", file=sys.stderr, flush=True)

    def __call__(self, done: int, of: int) -> None:
        """So many runs are done."""
        if self._shown:
            text = f"{self._name}: {done} of {of} runs"
            self._cells = len(text)
            print(f"\r{text}", end="", file=sys.stderr, flush=True)
