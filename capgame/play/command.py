"""The command line that runs a result again: what every failed expectation and every postmortem ends with."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Any

from capgame.levels.level import Level
from capgame.values.units import SECOND_US, show_duration


def rerun(result: Mapping[str, Any], level: Level) -> str:
    """`capgame run ...`, for a shell; what equals the level's own defaults is left out."""
    words = ["capgame", "run", _named(level)]
    if result["offer"] != level.offers[0].name:
        words += ["--strategy", result["offer"]]
    if result["seed"] != level.seed:
        words += ["--seed", result["seed"]]
    for knob in level.plan_knobs:  # others cannot be set
        if knob in result["knobs"]:
            words += ["--knob", f"{knob}={result['knobs'][knob]}"]
    for move in result["moves"]:
        words += ["--move", spoken(move)]
    if result["outcome"] == "pending":
        words += ["--until", show_duration(round(result["virtual_s"] * SECOND_US))]
    return shlex.join(words)


def rerun_play(level: Level, name: str) -> str:
    """The same for one of the level's own plays, with its claims."""
    return shlex.join(["capgame", "run", _named(level), "--play", name])


def _named(level: Level) -> str:
    """As a LEVEL argument: what came through a pipe must come through one again."""
    if level.shipped or not level.path:
        return level.id
    return "-" if level.path == "stdin" else level.path


def spoken(move: Mapping[str, Any]) -> str:
    """A move of a result as a script has it: `16s route eu n1`."""
    return f"{show_duration(move['at_us'])} {move['text']}"
