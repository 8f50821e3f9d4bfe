"""Named streams of random numbers: one a purpose and link, so that a draw here never shifts a draw there.

Only `random()` and `getrandbits()` of a stream are used: they are the same on every Python and machine. Exponential
gaps come from a table of integers, because `log` differs between C libraries in the last bit.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable

Draw = Callable[[], float]  # uniform in [0, 1)

_BUCKETS = 1024
_SCALE = 1_000_000


class Streams:
    """The streams of one run, by name: `net/n1-n2`, `clients/eu`."""

    def __init__(self, seed: str) -> None:
        self.seed = seed

    def stream(self, name: str) -> random.Random:
        """A new stream, at its beginning. The same seed and name give the same numbers."""
        return random.Random(f"{self.seed}/{name}")

    def draw(self, name: str) -> Draw:
        """A stream as a function of no arguments, uniform in [0, 1)."""
        return self.stream(name).random


def below(draw: Draw, bound: int) -> int:
    """A whole number in [0, bound)."""
    return int(draw() * bound)


def happens(draw: Draw, ppm: int) -> bool:
    """Whether something of this probability happens. Draws once, whatever the probability."""
    return int(draw() * 1_000_000) < ppm


def exponential_us(draw: Draw, mean_us: int) -> int:
    """A gap of a Poisson process, in microseconds. Draws once, unless it falls into the longest 1 of 1,024."""
    position = draw() * _BUCKETS
    bucket = int(position)
    beyond = 0
    while bucket == _BUCKETS - 1:  # the tail has no end: it is the distribution again, further out
        beyond += _QUANTILES[bucket]
        position = draw() * _BUCKETS
        bucket = int(position)
    within = int((position - bucket) * 1024)
    low, high = _QUANTILES[bucket], _QUANTILES[bucket + 1]
    return (beyond + low + ((high - low) * within >> 10)) * mean_us // _SCALE


def _quantiles() -> list[int]:
    """-ln(1 - k/1024) in millionths. C libraries differ in the last bit of a logarithm; rounding to a millionth hides
    it, because none of these values is nearer than 1e-10 to the middle between two."""
    return [round(-math.log((_BUCKETS - k) / _BUCKETS) * _SCALE) for k in range(_BUCKETS)]


_QUANTILES = _quantiles()
