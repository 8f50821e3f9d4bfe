"""Where things stand on the map: regions, their chips, their customers.

Rules:
1. Regions stand in one or two columns with a gutter between, because walls stand in gutters.
2. Chips are five rows with soft edges; a map of under 18 rows, or a crowded region, has chips of two rows, or one.
3. In a column of chips every second one steps aside, so that no link is hidden behind a chip.
4. A region of 56 columns or more sets its nodes on an ellipse instead.

Places depend on size and topology only, and are remembered.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from capgame.draw.canvas import Rect

Topology = tuple[tuple[str, tuple[str, ...]], ...]  # regions in order, each with its nodes

CHIP_WIDTH = 17
_LEFT_SHARE, _RIGHT_FROM = 0.44, 0.60  # of the width: what is between is the gutter
_WIDE = 56
_ROWS_FOR_TALL_CHIPS = 18


@dataclass(frozen=True, slots=True, eq=False)  # compared by identity, so that caches may be keyed by it
class Places:
    """The map of one topology at one size, in cells."""

    width: int
    height: int
    compact: bool
    regions: dict[str, Rect]
    chips: dict[str, Rect]
    customers: dict[str, Rect]  # their words and their bar, at the region's foot
    region_of: dict[str, str]  # by node
    left: frozenset[str]  # regions whose customers' roads run up on the left
    from_below: frozenset[str]  # nodes whose own customers' road comes up from below
    gutter: int  # the column in which upright walls stand

    def centre(self, node: str) -> tuple[int, int]:
        """The middle of a chip, in dots."""
        chip = self.chips[node]
        return 2 * chip.x + chip.width, 4 * chip.y + 2 * chip.height


@lru_cache(64)
def places(width: int, height: int, topology: Topology) -> Places:
    """Lay a topology out on a map of this size."""
    compact = height < _ROWS_FOR_TALL_CHIPS
    columns = _columns(len(topology))
    rects = _region_rects(width, height, columns)
    regions = {name: rects[index] for index, (name, _) in enumerate(topology)}
    left = frozenset(topology[index][0] for index in columns[0]) if topology else frozenset()
    chips: dict[str, Rect] = {}
    from_below: set[str] = set()
    for name, nodes in topology:
        rect = regions[name]
        spots, below = _chip_rects(rect, len(nodes), compact, name in left)
        chips.update(zip(nodes, spots, strict=True))
        from_below.update(nodes if below else ())
    return Places(
        width=width,
        height=height,
        compact=compact,
        regions=regions,
        chips=chips,
        customers={name: _foot(rect, compact) for name, rect in regions.items()},
        region_of={node: name for name, nodes in topology for node in nodes},
        left=left,
        from_below=frozenset(from_below),
        gutter=(round(width * _LEFT_SHARE) + round(width * _RIGHT_FROM)) // 2,
    )


def _columns(count: int) -> list[list[int]]:
    """Region numbers by column; of three, the first has the left side to itself."""
    if count <= 1:
        return [list(range(count))]
    first = count // 2
    return [list(range(first)), list(range(first, count))]


def _region_rects(width: int, height: int, columns: list[list[int]]) -> dict[int, Rect]:
    rects: dict[int, Rect] = {}
    split, resume = round(width * _LEFT_SHARE), round(width * _RIGHT_FROM)
    spans = [(0, width)] if len(columns) == 1 else [(0, split), (resume, width - resume)]
    for (x, span), members in zip(spans, columns, strict=True):
        y = 0
        for place, index in enumerate(members):
            rows = (height - y - (len(members) - 1 - place)) // (len(members) - place)
            rects[index] = Rect(x, y, span, rows)
            y += rows + 1  # one row of gutter, for a wall that lies
    return rects


def _foot(rect: Rect, compact: bool) -> Rect:
    rows = 2 if compact else 3
    return Rect(rect.x + 2, rect.bottom - rows - 1, rect.width - 4, rows)


def _chip_rects(rect: Rect, count: int, compact: bool, left: bool) -> tuple[list[Rect], bool]:
    """The chips of a region, and whether roads must come to them from below."""
    top = rect.y + (1 if compact else 2)
    room = _foot(rect, compact).y - (0 if compact else 1) - top
    if rect.width >= _WIDE:
        ring = _ellipse(rect, count, top, room, 2 if compact else 5)
        if _apart(ring):
            return ring, False
    columns, rows = _grid(count, rect.width, room, compact)
    if columns == 1:
        return _zigzag(rect, count, top, room, rows, left), False
    return _table(rect, count, columns, top, room, rows), True


def _grid(count: int, width: int, room: int, compact: bool) -> tuple[int, int]:
    """Columns and rows a chip: the first of the nicest that fits."""
    nicest = [(1, 2), (2, 2), (3, 2)] if compact else [(1, 5), (1, 4), (2, 5), (2, 4), (1, 2), (2, 2), (3, 2)]
    for columns, rows in nicest:
        wide_enough = columns == 1 or (width - 3) // columns >= 12
        if wide_enough and math.ceil(count / columns) * rows <= room:
            return columns, rows
    return (1, 1) if count <= room else (2, 1)


def _zigzag(rect: Rect, count: int, top: int, room: int, rows: int, left: bool) -> list[Rect]:
    inside = rect.width - 7
    wide = min(CHIP_WIDTH, inside)
    gap = max(0, min(3, (room - count * rows) // (count + 1)))
    start = top + max(0, (room - count * rows - gap * (count - 1)) // 2)
    chips = []
    for place in range(count):
        aside = (inside - wide) // 2 if count == 1 else (inside - wide) * (place % 2)
        x = rect.x + 5 + aside if left else rect.x + 2 + inside - wide - aside
        chips.append(Rect(x, start + place * (rows + gap), wide, rows))
    return chips


def _table(rect: Rect, count: int, columns: int, top: int, room: int, rows: int) -> list[Rect]:
    wide = min(CHIP_WIDTH + 2, (rect.width - 4 - (columns - 1)) // columns)
    lines = math.ceil(count / columns)
    gap = max(0, min(2, (room - lines * rows) // (lines + 1)))
    x = rect.x + 2
    return [
        Rect(x + (place % columns) * (wide + 1), top + gap + (place // columns) * (rows + gap), wide, rows)
        for place in range(count)
    ]


def _ellipse(rect: Rect, count: int, top: int, room: int, rows: int) -> list[Rect]:
    across, down = (rect.width - CHIP_WIDTH - 12) / 2, (room - rows) / 2
    centre_x, centre_y = rect.x + rect.width / 2 + 2, top + room / 2
    first = -math.pi / 2 if count == 3 else math.pi
    if count == 1:
        across = down = 0
    return [
        Rect(
            round(centre_x + across * math.cos(first + 2 * math.pi * place / count) - CHIP_WIDTH / 2),
            round(centre_y + down * math.sin(first + 2 * math.pi * place / count) - rows / 2),
            CHIP_WIDTH,
            rows,
        )
        for place in range(count)
    ]


def _apart(chips: list[Rect]) -> bool:
    """Whether no two chips touch."""
    return not any(
        one.x <= other.right and other.x <= one.right and one.y < other.bottom and other.y < one.bottom
        for place, one in enumerate(chips)
        for other in chips[:place]
    )
