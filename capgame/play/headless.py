"""A run with no screen: the whole of it, or up to an instant, on either kernel."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from capgame.errors import BadInput, Problem
from capgame.levels.level import Level
from capgame.moves.move import Move
from capgame.moves.parse import parse_timed
from capgame.play.operator import check_move
from capgame.play.result import result
from capgame.play.session import Session
from capgame.play.setting import Setting, choose
from capgame.sim.run import run
from capgame.values.units import show_duration


@dataclass(frozen=True, slots=True)
class Run:
    """What a run leaves behind. `result` is the document of `run --json`, without `wall_s`."""

    setting: Setting
    moves: tuple[Move, ...]
    session: Session
    result: dict[str, Any]

    @property
    def trace(self) -> list[str]:
        """Every line of the trace, if it was kept."""
        return self.session.timeline.trace.kept


Probe = Callable[[Session], None]


def run_level(
    level: Level,
    *,
    strategy: str = "",
    knobs: Mapping[str, str] | None = None,
    seed: str = "",
    moves: Sequence[str] = (),
    until_us: int | None = None,
    keep_trace: bool = False,
    kernel: str = "stepped",
    probes: Sequence[tuple[int, Probe]] = (),
) -> Run:
    """Play a level by a script of moves (`16s route eu n1`), in the order given where they fall together.

    `probes` are called at their instants, after the moves of the same instant. Raises BadInput.
    """
    setting = choose(level, offer=strategy, knobs=knobs, seed=seed)
    session = Session(setting, kernel=kernel, keep_trace=keep_trace)
    script = script_of(setting, moves)
    until = level.duration_us if until_us is None else min(until_us, level.duration_us)
    acts = _by_instant(script, probes)

    async def main() -> None:
        for stop in (at for at in sorted(acts) if at <= until):
            await session.advance(stop)
            for act in acts[stop]:
                act(session)
        await session.advance(until)
        if until_us is None or until_us >= level.duration_us:
            await session.settle()

    run(session.timeline, main)
    return Run(setting, tuple(move for _, move in script), session, result(session))


def _by_instant(script: Sequence[tuple[int, Move]], probes: Sequence[tuple[int, Probe]]) -> dict[int, list[Probe]]:
    """What is done to the session at each instant: moves first, in the order given, then probes."""
    acts: dict[int, list[Probe]] = {}
    for at, move in script:
        acts.setdefault(at, []).append(partial(_ask, move))
    for at, probe in probes:
        acts.setdefault(at, []).append(probe)
    return acts


def _ask(move: Move, session: Session) -> None:
    session.operator.ask(move)


def script_of(setting: Setting, moves: Sequence[str]) -> list[tuple[int, Move]]:
    """Moves with their instants, earliest first. Raises BadInput for one that the level does not have, or that comes
    after the shift."""
    script = []
    for text in moves:
        move = parse_timed(text)
        assert move.at is not None, "parse_timed requires a time"
        check_move(setting, move)
        if move.at >= setting.level.duration_us:
            advice = f"the shift lasts {show_duration(setting.level.duration_us)}"
            raise BadInput(Problem("move", text, "within the shift", advice))
        script.append((move.at, move))
    return sorted(script, key=lambda timed: timed[0])
