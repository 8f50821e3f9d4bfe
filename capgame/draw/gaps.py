"""Where a cut link stops: short of the wall in the gutter, or at the ring round a node.

Shares run from the link's first node to its second; a lost message dies where the gap begins.
"""

from __future__ import annotations

from functools import lru_cache

from capgame.draw.canvas import Rect
from capgame.draw.places import Places

Gap = tuple[float, float]

_MIDDLE: Gap = (0.36, 0.64)
_STEPS = 48  # of a link, when looking for where it enters a ring


@lru_cache(512)
def gap_of(where: Places, a: str, b: str, ringed: str | None) -> Gap:
    """The share of the link a-b that is not there: `ringed` is the node with a wall round it, if one has."""
    if ringed in (a, b):
        enters = _first_inside(where, a if ringed == b else b, ringed)
        return (enters, 1.0) if ringed == b else (0.0, 1.0 - enters)
    one, two = where.regions[where.region_of[a]], where.regions[where.region_of[b]]
    (x0, y0), (x1, y1) = where.centre(a), where.centre(b)
    if one == two:
        return _MIDDLE
    if one.x == two.x:
        return _around(4 * min(one.bottom, two.bottom) + 2, y0, y1, 5)
    return _around(2 * where.gutter + 1, x0, x1, 6)


def ring_of(where: Places, node: str) -> Rect:
    """The rectangle whose edge a ring round the node is drawn on."""
    chip = where.chips[node]
    return Rect(chip.x - 3, chip.y - 1, chip.width + 6, chip.height + 2)


def _around(wall: int, start: int, end: int, margin: int) -> Gap:
    """The gap that keeps `margin` dots from a wall, both in dots along one axis."""
    if start == end:
        return _MIDDLE
    shares = sorted(((wall - margin - start) / (end - start), (wall + margin - start) / (end - start)))
    return max(0.0, min(1.0, shares[0])), max(0.0, min(1.0, shares[1]))


def _first_inside(where: Places, outer: str, ringed: str) -> float:
    (x0, y0), (x1, y1), ring = where.centre(outer), where.centre(ringed), ring_of(where, ringed)
    for step in range(_STEPS + 1):
        x, y = (x0 + (x1 - x0) * step / _STEPS) / 2, (y0 + (y1 - y0) * step / _STEPS) / 4
        if ring.x - 1 <= x <= ring.right and ring.y - 0.5 <= y <= ring.bottom + 0.5:
            return step / _STEPS
    return 1.0
