"""How fast a whole shift goes headless, referee, trace and result included: `python tests/bench/shift.py --json`.

Virtual seconds a second of CPU, the median of several runs, for every offer of every shipped level. Floor 300.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time

from capgame.levels.catalogue import every
from capgame.levels.level import Level
from capgame.play.headless import run_level

FLOOR = 300
GOAL = 1_000


def times_real(level: Level, offer: str, rounds: int) -> int:
    """Virtual seconds that go by in a second of CPU."""
    rates = []
    for _ in range(rounds + 1):  # the first warms caches up
        begun = time.process_time()
        virtual_s = run_level(level, strategy=offer).result["virtual_s"]
        rates.append(virtual_s / (time.process_time() - begun))
    return round(statistics.median(rates[1:]))


def main() -> int:
    """Measure, print, and fail below the floor of the first level's first offer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    found = {
        level.id: {offer.name: times_real(level, offer.name, options.rounds) for offer in level.offers}
        for level in every()
    }
    first = found["first-cut"]["raft"]
    if options.json:
        print(json.dumps({"times_real": found, "floor": FLOOR, "goal": GOAL}, indent=2))
    else:
        for level, offers in found.items():
            print(level, *(f"{offer} {rate}x" for offer, rate in offers.items()))
    return 0 if first >= FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())
