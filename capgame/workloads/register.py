"""The register workload: read a key, write a key. A wrong answer is whatever the level's model forbids.

Every written value is new in the whole run (1, 2, 3, ... in the order of invocation), which is what lets a referee
judge registers as fast as they are played. With `fresh` keys every write has a key of its own, and reads ask for keys
whose write was acknowledged: then a lost write cannot hide behind a later one.
"""

from __future__ import annotations

from collections.abc import Sequence

from capgame.sim.clients import Arrival
from capgame.sim.streams import Draw, Streams, exponential_us, happens

MILLION = 1_000_000
MILLI = 1_000
DRAWS = 1 << 32

Steps = Sequence[tuple[int, int]]  # (from this instant, operations per 1,000 seconds)


def arrivals(streams: Streams, group: str, steps: Steps, duration_us: int, reads_ppm: int) -> list[Arrival]:
    """All that a group will ask in a shift: a Poisson process whose rate changes in steps.

    Three draws an arrival, whatever it turns out to be, so that nothing that happens can shift the next one.
    """
    draw = streams.draw(f"clients/{group}")
    found = []
    now = _next(draw, steps, 0)
    while now < duration_us:
        f = "read" if happens(draw, reads_ppm) else "write"
        found.append(Arrival(now, f, int(draw() * DRAWS)))
        now = _next(draw, steps, now)
    return found


def _next(draw: Draw, steps: Steps, now: int) -> int:
    """The instant at which as much has been offered as an exponential draw says, across the steps of the rate."""
    wanted = exponential_us(draw, MILLION) * MILLI  # operations in millionths x 1,000 s-rates' unit
    for index, (begins, milli) in enumerate(steps):
        ends = steps[index + 1][0] if index + 1 < len(steps) else None
        start = max(now, begins)
        if ends is not None and ends <= start:
            continue
        reach = start + -(-wanted // milli) if milli else None
        if reach is not None and (ends is None or reach < ends):
            return reach
        if ends is None:
            return 1 << 62  # nothing more is ever offered
        wanted -= (ends - start) * milli
    return 1 << 62


class Register:
    """Picks keys and values. `keys` is how many there are; None: fresh ones."""

    def __init__(self, keys: int | None) -> None:
        self._keys = keys
        self._written = 0
        self._acknowledged: list[str] = []

    def question(self, arrival: Arrival) -> tuple[str, int | None]:
        """The key, and the value to write (None for a read)."""
        if arrival.f == "read":
            return self._known(arrival.draw), None
        self._written += 1
        key = f"f{self._written}" if self._keys is None else f"k{arrival.draw * self._keys >> 32}"
        return key, self._written

    def acknowledged(self, key: str) -> None:
        """A write of this key was acknowledged: readers may ask for it."""
        if self._keys is None:
            self._acknowledged.append(key)

    def _known(self, draw: int) -> str:
        if self._keys is not None:
            return f"k{draw * self._keys >> 32}"
        known = self._acknowledged
        return known[draw * len(known) >> 32] if known else "f0"
