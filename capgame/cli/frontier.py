"""`capgame frontier`: every offered strategy left alone on one seed, uptime against truth."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from capgame.cli import arguments
from capgame.cli.output import print_json, print_table, write_text
from capgame.cli.request import level_of
from capgame.play.frontier import frontier
from capgame.report.frontier import frontier_svg
from capgame.report.text import percent

SVG = arguments.Argument("--svg", "the same, drawn", "FILE")
ARGUMENTS = (arguments.LEVEL, arguments.SEED, SVG, arguments.JSON, arguments.LEVELS)
EXAMPLES = ("capgame frontier first-cut --svg frontier.svg", "capgame frontier first-cut --seed MANGO --json")
COLUMNS = ("offer", "outcome", "score", "uptime", "truth")


def act(options: argparse.Namespace) -> int:
    """Run them all and compare."""
    level = level_of(options)
    found = frontier(level, seed=options.seed or "")
    if options.svg is not None:
        write_text(options.svg, "--svg", [frontier_svg(level, found)])
    if options.json:
        print_json(found)
    else:
        print_table(COLUMNS, [_row(point) for point in found["offers"]])
    return 0


def _row(point: Mapping[str, Any]) -> tuple[str, ...]:
    shares = tuple(percent(point[name]["value"]) for name in ("uptime", "truth"))
    return (point["offer"], point["outcome"], str(point["score"]), *shares)
