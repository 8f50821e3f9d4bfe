"""The frontier of a level as an SVG: every offer left alone on one seed, uptime against truth, in points."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from capgame.draw.canvas import Canvas, Rect
from capgame.draw.frontier import draw_frontier
from capgame.draw.palette import CAP_NIGHT, NIGHT
from capgame.levels.level import Level
from capgame.play.views.postmortem import FrontierPoint, PointKind
from capgame.report.svg import svg
from capgame.report.text import percent

WIDTH, HEIGHT = 72, 24


def frontier_svg(level: Level, found: Mapping[str, Any]) -> str:
    """The document of `frontier --json`, drawn."""
    canvas = Canvas(WIDTH, HEIGHT, NIGHT)
    canvas.rule(1, 0, WIDTH - 2, level.title.upper(), f"left alone, seed {found['seed']}")
    points = [
        FrontierPoint(offer["offer"], offer["uptime"]["points"], offer["truth"]["points"], PointKind.ALONE)
        for offer in found["offers"]
    ]
    promised = tuple(percent(ppm / 1_000_000) for ppm in (level.score.uptime_ppm, level.score.truth_ppm))
    draw_frontier(canvas, Rect(1, 2, WIDTH - 2, HEIGHT - 3), points, level.score.stars, (promised[0], promised[1]))
    return svg(canvas, CAP_NIGHT["foreground"], CAP_NIGHT["background"])
