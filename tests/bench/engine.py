"""How fast the engine is, beside what one would use instead. `python tests/bench/engine.py --json`

Rules:
1. All engines carry the load of `load.py`, with the same trace and digest, and must come to the same number of
   logical events.
2. They take turns, round after round: A B C A B C. A ratio is the median of the rounds' ratios, so a machine that
   grows slower in the middle of a run spoils nothing.
3. CPU time of this process is measured: a busy neighbour takes the wall clock's time, not ours.
"""

from __future__ import annotations

import argparse
import gc
import json
import platform
import time
from statistics import median

import bare
import on_simpy
import on_trio
import ours
from load import Engine

ENGINES: dict[str, Engine] = {
    "stepped": ours.stepped,
    "live": ours.live,
    "simpy_callbacks": on_simpy.callbacks,
    "simpy_processes": on_simpy.processes,
    "naive_trio": on_trio.naive,
    "bare_heap": bare.heap,
}
# What is promised (floor) and what is aimed at (goal). Nothing is promised where there is no number.
RATIOS: dict[tuple[str, str], tuple[float, float] | None] = {
    ("stepped", "simpy_callbacks"): (1.1, 1.5),
    ("live", "simpy_processes"): (1.2, 1.6),
    ("live", "naive_trio"): (4.0, 6.0),
    ("stepped", "naive_trio"): None,
    ("stepped", "live"): None,
    ("stepped", "bare_heap"): None,
}

Round = dict[str, float]  # seconds by engine


def measure(rounds: int, writes: int) -> tuple[int, list[Round]]:
    """The logical events of one run, and the seconds that each engine took for it in each round."""
    took: list[Round] = []
    events: dict[str, int] = {}
    for _ in range(rounds):
        took.append({})
        for name, engine in ENGINES.items():
            gc.collect()
            begun = time.process_time()
            done = engine(writes)
            took[-1][name] = time.process_time() - begun
            events[name] = done.events
    assert len(set(events.values())) == 1, f"the engines did not do the same: {events}"
    return events["bare_heap"], took


def report(events: int, took: list[Round]) -> dict[str, object]:
    """Events a second and ratios, each with what is promised and what is aimed at."""
    ratios = {f"{one}_vs_{other}": _ratio(took, one, other) for one, other in RATIOS}
    bounds = {f"{one}_vs_{other}": bound for (one, other), bound in RATIOS.items() if bound}
    return {
        "python": platform.python_version(),
        "rounds": len(took),
        "events": events,
        "events_per_s": {name: round(events / median(each[name] for each in took)) for name in ENGINES},
        "ratios": ratios,
        "floors": {name: floor for name, (floor, _) in bounds.items()},
        "goals": {name: goal for name, (_, goal) in bounds.items()},
        "below_floor": [name for name, (floor, _) in bounds.items() if ratios[name] < floor],
        "below_goal": [name for name, (_, goal) in bounds.items() if ratios[name] < goal],
    }


def _ratio(took: list[Round], one: str, other: str) -> float:
    return round(median(each[other] / each[one] for each in took), 2)


def main() -> int:
    """Measure, print, and fail if something is below its floor."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--writes", type=int, default=1_000, help="by each of the five nodes")
    asked = parser.parse_args()
    found = report(*measure(asked.rounds, asked.writes))
    if asked.json:
        print(json.dumps(found, indent=2))
    else:
        for part in ("events_per_s", "ratios"):
            print(*(f"{name:28} {value:>12,}" for name, value in dict(found[part]).items()), sep="\n")  # type: ignore[call-overload]
    return 1 if found["below_floor"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
