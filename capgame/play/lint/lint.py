"""Lint: does a level teach what it says? It is played, by its own plays and by people who did not get it.

`lint_rules.py` has the rules, `lint_tries.py` what is tried, `lint_runs.py` makes the runs, each once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from capgame.errors import BadInput
from capgame.levels.level import Level
from capgame.play.lint.finding import SCHEMA, Finding, of_schema
from capgame.play.lint.rules import RULES
from capgame.play.lint.runs import Crew, Progress

FORMAT = "capgame-lint-1"


@dataclass(frozen=True, slots=True)
class Report:
    """What a lint has to say of one file. `rules` are those that were held against it."""

    name: str  # the level's id, or the file
    path: str
    rules: tuple[str, ...]
    findings: tuple[Finding, ...]  # in the order of the rules; notes among them
    runs: int = 0

    @property
    def clean(self) -> bool:
        """Nothing but notes."""
        return all(finding.note for finding in self.findings)


def lint(level: Level, crew: Crew, progress: Progress | None = None) -> Report:
    """Play a level by every rule."""
    trials = [trial for rule in RULES for trial in rule.trials(level)]
    outcomes = crew.carry_out(level, trials, progress)
    findings = [finding for rule in RULES for finding in rule.judge(level, outcomes)]
    names = (SCHEMA, *(rule.name for rule in RULES))
    return Report(level.id, level.path, names, tuple(findings), len(outcomes))


def fast(level: Level) -> Report:
    """Of a level that could be read there is nothing more to say without playing."""
    return Report(level.id, level.path, (SCHEMA,), ())


def unreadable(name: str, error: BadInput) -> Report:
    """A file that is no level."""
    return Report(name, name, (SCHEMA,), tuple(of_schema(error)))


def document(reports: list[Report]) -> dict[str, Any]:
    """The document of `lint --json`."""
    return {
        "format": FORMAT,
        "clean": all(report.clean for report in reports),
        "levels": [
            {
                "level": report.name,
                "path": report.path,
                "clean": report.clean,
                "rules": list(report.rules),
                "runs": report.runs,
                "findings": [_finding(finding) for finding in report.findings if not finding.note],
                "notes": [_finding(finding) for finding in report.findings if finding.note],
            }
            for report in reports
        ],
    }


def _finding(finding: Finding) -> dict[str, str]:
    return {
        "rule": finding.rule,
        "where": finding.where,
        "tried": finding.tried,
        "happened": finding.happened,
        "again": finding.again,
    }
