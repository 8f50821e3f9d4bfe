"""The frontier: every offered strategy left alone on one seed, uptime against truth."""

from __future__ import annotations

from typing import Any

from capgame.levels.level import Level
from capgame.levels.load import load_text
from capgame.play.headless import run_level

KEPT = ("offer", "strategy", "outcome", "score", "stars", "uptime", "truth")  # of each run's result


def frontier(level: Level, *, seed: str = "") -> dict[str, Any]:
    """The document of `frontier --json`. An empty seed is the level's own. Raises BadInput for one that is none."""
    results = [run_level(level, strategy=offer.name, seed=seed).result for offer in level.offers]
    return {
        "level": level.id,
        "seed": results[0]["seed"],
        "offers": [{key: result[key] for key in KEPT} for result in results],
    }


def in_process(source: str, name: str, seed: str) -> dict[str, Any]:
    """The same in a worker process, which is handed the level as text (`level.source`, `level.path`).

    Beside live play this has to be another process: in a thread it took the frames' time.
    """
    return frontier(load_text(source, name), seed=seed)
