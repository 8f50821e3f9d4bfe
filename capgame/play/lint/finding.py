"""What a lint has to say: the rule, what was tried, what happened, and the command that shows it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from capgame.errors import BadInput, plain
from capgame.levels.level import Level
from capgame.play.command import rerun, spoken
from capgame.play.lint.runs import Outcome
from capgame.values.units import PERCENT_PPM, show_share

SCHEMA = "schema"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a level should not do. A note is worth knowing, and no more."""

    rule: str
    where: str  # file:line:column, or the file
    tried: str
    happened: str
    again: str = ""  # for a shell; empty where no run shows it
    note: bool = False


def of_schema(error: BadInput) -> list[Finding]:
    """The findings in a file that is no level."""
    found = []
    for problem in error.problems:
        value = f"{plain(problem.value)!r} " if problem.value else ""
        advice = f" — {problem.advice}" if problem.advice else ""
        found.append(Finding(SCHEMA, problem.where, problem.thing, f"{value}is not {problem.expected}{advice}"))
    return found


def of_run(level: Level, rule: str, tried: str, outcome: Outcome, *, where: str = "", note: bool = False) -> Finding:
    """A finding that a run shows."""
    again = rerun(outcome.result, level)
    return Finding(rule, where or level.path, tried, ending(outcome.result), again, note)


def ending(result: Mapping[str, Any]) -> str:
    """How a run ended, in a few words: what it lost by, or what it won, and what was refused to it."""
    refused = [f"{spoken(move)} was refused ({move['why']})" for move in result["moves"] if move["result"] == "refused"]
    return "; ".join([_win(result) if result["outcome"] == "won" else _loss(result), *refused])


def _win(result: Mapping[str, Any]) -> str:
    return f"won with {result['score']} points, {result['stars']} of 3 stars"


def _loss(result: Mapping[str, Any]) -> str:
    spent = [f"{name} {_spent(result[name])}" for name in ("uptime", "truth") if _overspent(result[name])]
    broken = [f"{name} broken" for name, how in result["contracts"].items() if how == "broken"]
    return "lost: " + ", ".join([*spent, *broken])


def _overspent(budget: Mapping[str, Any]) -> bool:
    return bool(budget["spent"] > budget["budget"])


def _spent(budget: Mapping[str, Any]) -> str:
    return f"{_percent(budget['value'])} of {_percent(budget['slo'])} promised"


def _percent(share: float) -> str:
    """Two decimals, cut off: what missed a promise never reads as if it were kept."""
    return show_share(int(share * 1_000_000) // (PERCENT_PPM // 100) * (PERCENT_PPM // 100))
