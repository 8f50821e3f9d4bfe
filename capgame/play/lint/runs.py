"""The runs that a lint needs: each made once, several at a time.

Rules:
1. A `Trial` is all that decides a run. Rules that ask for the same trial share its outcome.
2. Claims of plays ride along: a run of a trial is judged by every play that is that trial.
3. Workers are processes, because a run keeps a core busy. They are handed the level as text, and are not forked, so
   that they work wherever Python does. One job, or one run, stays in this process.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from types import TracebackType
from typing import Any, TypeAlias

from capgame.levels.expect import Failed
from capgame.levels.level import Level, Play
from capgame.levels.load import load_text
from capgame.moves.parse import parse_timed
from capgame.play.lint.tryout import try_out
from capgame.play.setting import find_offer

# Of each run's result; with these `rerun` names its command.
KEPT = ("offer", "seed", "knobs", "moves", "outcome", "stars", "score", "uptime", "truth", "contracts")


@dataclass(frozen=True, slots=True)
class Trial:
    """A run to be made. `moves` are in the order in which they are asked for."""

    offer: str
    seed: str
    knobs: tuple[tuple[str, str], ...] = ()
    moves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a trial: part of the result, and the claims of plays that are false."""

    result: dict[str, Any]
    failed: tuple[Failed, ...] = ()

    @property
    def won(self) -> bool:
        """At least one star."""
        return bool(self.result["outcome"] == "won")

    @property
    def stars(self) -> int:
        """0 to 3."""
        return int(self.result["stars"])

    @property
    def score(self) -> int:
        """0 to 1000."""
        return int(self.result["score"])


Outcomes: TypeAlias = Mapping[Trial, Outcome]
Progress: TypeAlias = Callable[[int, int], None]  # runs done, runs in all


def trial(level: Level, *, offer: str = "", seed: str = "", knobs: Mapping[str, str] | None = None) -> Trial:
    """A run of the level without moves; what is left out is the level's own."""
    return Trial(find_offer(level, offer).name, seed or level.seed, tuple(sorted((knobs or {}).items())))


def trial_of(level: Level, play: Play) -> Trial:
    """The run that a play is."""
    bare = trial(level, offer=play.strategy, seed=play.seed, knobs=dict(play.knobs))
    return Trial(bare.offer, bare.seed, bare.knobs, in_order(play.moves))


def in_order(moves: Iterable[str]) -> tuple[str, ...]:
    """Moves by their time; those of one instant in the order given."""
    timed = [parse_timed(text) for text in moves]
    return tuple(move.line for move in sorted(timed, key=lambda move: move.at or 0))


def carry_out(level: Level, one: Trial) -> Outcome:
    """Make one run, and judge it by the claims of the plays that it is."""
    expect = [text for play in level.plays if trial_of(level, play) == one for text in play.expect]
    play = Play("trial", one.offer, one.knobs, one.seed, one.moves)
    tried = try_out(level, play, dict.fromkeys(expect))
    return Outcome({key: tried.run.result[key] for key in KEPT}, tried.failed)


class Crew:
    """Workers for as long as the `with` lasts; started when they are first needed."""

    def __init__(self, jobs: int) -> None:
        assert jobs >= 1, jobs
        self.jobs = jobs
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def carry_out(self, level: Level, trials: Iterable[Trial], progress: Progress | None) -> dict[Trial, Outcome]:
        """Every trial, once each. The order of outcomes is that of the trials, whoever is done first."""
        wanted = list(dict.fromkeys(trials))
        tell = progress or _nobody_listens
        return self._shared(level, wanted, tell) if self.jobs > 1 and len(wanted) > 1 else _alone(level, wanted, tell)

    def _shared(self, level: Level, wanted: list[Trial], tell: Progress) -> dict[Trial, Outcome]:
        if self._pool is None:
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(self.jobs, mp_context=context, initializer=_leave_interrupts)
        futures = {self._pool.submit(_in_worker, level.source, level.path, one): one for one in wanted}
        done: dict[Trial, Outcome] = {}
        for future in as_completed(futures):
            done[futures[future]] = future.result()
            tell(len(done), len(wanted))
        return {one: done[one] for one in wanted}


def _alone(level: Level, wanted: list[Trial], tell: Progress) -> dict[Trial, Outcome]:
    done: dict[Trial, Outcome] = {}
    for one in wanted:
        done[one] = carry_out(level, one)
        tell(len(done), len(wanted))
    return done


def _in_worker(source: str, name: str, one: Trial) -> Outcome:
    return carry_out(load_text(source, name), one)


def _leave_interrupts() -> None:
    """Ctrl-C is the parent's to answer; a worker that heard it too would only add a traceback."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _nobody_listens(done: int, of: int) -> None:
    """No progress is shown."""
