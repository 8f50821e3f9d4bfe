"""The postmortem as plain text: at most 40 lines of at most 80 cells, drawn from the result alone.

Order: how it ended, the two budgets, what the theorem allowed, why customers were not served, what was wrong, what
the operator did, what there is to learn, and how to see it again. Each part has a fixed share of the 40 lines.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from typing import Any

from capgame.errors import plain
from capgame.levels.level import Level
from capgame.play.command import rerun, spoken

WIDTH = 80
CAUSES = 4
WRONGS = 3

Result = Mapping[str, Any]


def postmortem(result: Result, level: Level) -> str:
    """The whole page."""
    parts = (
        _ending(result, level),
        [*_budgets(result), *_counts(result), *_ceilings(result)],
        _refusals(result),
        _wrongs(result),
        [*_moves(result), *_lesson(result, level)],
        _again(result, level),
    )
    return "\n\n".join("\n".join(part) for part in parts if part)


def _ending(result: Result, level: Level) -> list[str]:
    stars = "★" * result["stars"] or "no star"
    return [
        _line(f"{level.title} ({level.id}) · {result['offer']} · seed {result['seed']}"),
        f"{result['outcome']} · {result['score']} of 1000 · {stars}",
    ]


def _budgets(result: Result) -> list[str]:
    head = f"{'':8}{'is':>9}{'promised':>10}{'spent':>10}{'of budget':>11}{'points':>8}"
    return [head, *(_budget(name, result[name]) for name in ("uptime", "truth"))]


def _budget(name: str, budget: Result) -> str:
    shares = f"{name:8}{percent(budget['value']):>9}{percent(budget['slo']):>10}"
    return f"{shares}{_number(budget['spent']):>10}{_number(budget['budget']):>11}{budget['points']:>8}"


def _counts(result: Result) -> list[str]:
    words = ("offered", "in_time", "late", "refused", "unanswered")
    counts = " · ".join(f"{word.replace('_', ' ')} {result['uptime'][word]:,}" for word in words)
    kept = " · ".join(f"{name} {how}" for name, how in result["contracts"].items())
    return [counts, *([_line(f"contracts: {kept}")] if kept else [])]


def _ceilings(result: Result) -> list[str]:
    named = ((name.replace("_", " "), share) for name, share in result["uptime"]["ceilings"].items())
    shown = " · ".join(f"{name} {percent(share)}" for name, share in named if share is not None)
    return [_line(f"the theorem allowed: {shown}")] if shown else []


def _refusals(result: Result) -> list[str]:
    causes = result["refusals"]
    if not causes:
        return []
    lines = [f"Not served, {sum(cause['count'] for cause in causes):,}:"]
    for cause in causes[:CAUSES]:
        lines += _item(f"{cause['count']:>6,}  ", f"{cause['group']}: {cause['sentence']} [{cause['ceiling']}]")
    return lines + _more(len(causes) - CAUSES, "cause")


def _wrongs(result: Result) -> list[str]:
    anomalies = result["anomalies"]
    if not anomalies:
        return []
    lines = [f"Wrong, {len(anomalies):,}:"]
    for anomaly in _first_of_each_kind(anomalies):
        lines += _item(f"{result['counts'][anomaly['kind']]:>6,}  ", f"{anomaly['kind']}: {anomaly['sentence']}")
    return lines + _more(len(result["counts"]) - WRONGS, "kind")


def _first_of_each_kind(anomalies: Iterable[Result]) -> list[Result]:
    first: dict[str, Result] = {}
    for anomaly in anomalies:
        first.setdefault(anomaly["kind"], anomaly)
    return list(first.values())[:WRONGS]


def _moves(result: Result) -> list[str]:
    done = " · ".join(_move(move) for move in result["moves"])
    return _wrap(f"moves: {done or 'none'}", lines=2)


def _move(move: Result) -> str:
    refused = f" (refused: {move['why']})" if move["result"] == "refused" else ""
    return spoken(move) + refused


def _lesson(result: Result, level: Level) -> list[str]:
    if result["outcome"] == "pending":  # there is still time to find it
        return []
    return _wrap(level.debrief.aha, lines=3) + _wrap(level.debrief.ask, lines=2)


def _again(result: Result, level: Level) -> list[str]:
    # The command is never cut, or it could not be pasted: it is the one line that may be longer than the page.
    return [f"digest {result['digest']}", plain(rerun(result, level))]


def _item(mark: str, text: str) -> list[str]:
    first, *rest = _wrap(text, lines=2, width=WIDTH - len(mark)) or [""]
    return [mark + first, *(" " * len(mark) + line for line in rest)]


def _more(count: int, noun: str) -> list[str]:
    return [f"        and {count} more {noun}{'s' if count > 1 else ''}"] if count > 0 else []


def _wrap(text: str, *, lines: int, width: int = WIDTH) -> list[str]:
    return textwrap.wrap(plain(text), width, max_lines=lines, placeholder=" …")


def _line(text: str) -> str:
    return "".join(_wrap(text, lines=1))


def percent(share: float) -> str:
    """Rounded down, so that 100% means all of it."""
    return f"{int(share * 10_000 + 1e-6) / 100:.2f}".rstrip("0").rstrip(".") + "%"


def _number(value: object) -> str:
    return f"{float(str(value)):,.1f}".removesuffix(".0")
