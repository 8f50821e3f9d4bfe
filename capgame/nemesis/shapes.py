"""What a cut looks like on the map: a wall between regions, a ring around one node, gaps in links, or arrows.

The map draws by nodes: `n3 | n1 n2` with n3 alone in `eu` is a wall between eu and us, although the customers' roads
still cross it, and the picture of them crossing is the lesson.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from capgame.nemesis.cuts import Cut, OneWay, Sides
from capgame.nemesis.resolve import expand
from capgame.nemesis.topology import Topology

Kind = Literal["regions", "ring", "links", "one-way"]
Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """`sides` are region names for `regions`, else endpoint names; empty where links say all (`resolve` has them).

    `regions`: every two sides have a wall between them. `ring`: the first side is the one node, the second the rest.
    `one-way`: nothing gets from the first side to the second.
    """

    kind: Kind
    sides: tuple[Names, ...] = ()


def shape(cut: Cut, topology: Topology) -> Shape:
    """What to draw for a cut whose questions are answered."""
    match cut:
        case OneWay():
            return Shape("one-way", expand(cut, topology))
        case Sides():
            return _of_sides(expand(cut, topology), topology)
        case _:
            return Shape("links")


def _of_sides(sides: tuple[Names, ...], topology: Topology) -> Shape:
    of_nodes = [tuple(end for end in side if end in topology.nodes) for side in sides]
    regions = [_whole_regions(nodes, topology) for nodes in of_nodes]
    if all(regions):
        return Shape("regions", tuple(regions))
    return _alone(of_nodes, topology) or Shape("links", sides)


def _whole_regions(nodes: Names, topology: Topology) -> Names:
    """The regions that these nodes are, exactly; none if some region is only part of them, or they part of it."""
    touched = [name for name, inside in topology.regions.items() if set(inside) & set(nodes)]
    whole = all(set(topology.regions[name]) <= set(nodes) for name in touched)
    return tuple(touched) if whole else ()


def _alone(sides: list[Names], topology: Topology) -> Shape | None:
    """One node from all others, of at least two."""
    if len(sides) != 2 or not 3 <= len(topology.nodes) == len(sides[0]) + len(sides[1]):
        return None
    one, rest = sorted(sides, key=len)
    return Shape("ring", (one, rest)) if len(one) == 1 else None
