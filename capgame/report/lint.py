"""A lint's report as plain text: a line a rule, and under each finding the command that shows it again."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from capgame.errors import plain
from capgame.play.lint.finding import Finding
from capgame.play.lint.lint import Report

WIDTH = 80
INDENT = 20  # of what was found, behind the rule's name and the verdict


def lines(report: Report) -> Iterator[str]:
    """The report of one file."""
    place = f" ({report.path})" if report.path != report.name else ""
    yield plain(f"{report.name}{place}: {_verdict(report)}")
    for rule in report.rules:
        found = [finding for finding in report.findings if finding.rule == rule]
        if not found:
            yield f"  {rule:10}  ok"
        for finding in found:
            yield from _item(finding, report.path)


def _verdict(report: Report) -> str:
    found = sum(not finding.note for finding in report.findings)
    words = "clean" if report.clean else f"{found} finding{'s' if found > 1 else ''}"
    return f"{words}, {report.runs} runs" if report.runs else words


def _item(finding: Finding, path: str) -> Iterator[str]:
    head = f"  {finding.rule:10}  {'note' if finding.note else 'FOUND':6}"
    text = plain(f"{finding.tried}: {finding.happened}")
    yield from textwrap.wrap(
        text, WIDTH, initial_indent=head, subsequent_indent=" " * INDENT, break_on_hyphens=False, break_long_words=False
    )
    # Neither a place nor a command is ever cut, or it could not be clicked or pasted.
    for line in (finding.where, finding.again):
        if line not in ("", path):
            yield " " * INDENT + plain(line)
