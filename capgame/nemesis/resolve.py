"""From a cut to the links that are down: first its questions are answered, then its names.

Rules:
1. `choose` is called once, when a fault begins; what it returns asks nothing more and is what gets logged.
2. The number of draws depends on the number of nodes alone, never on what was drawn before.
3. `resolve` is pure: sorted directed pairs of endpoint names, only of links that exist.
4. An end is never cut from itself: `leader | n1 n2` while n1 leads cuts n1 from n2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations, product

from capgame.nemesis.cuts import ALL, Bridge, Cut, Halves, Majority, Name, OneWay, Ring, Side, Sides, sides_of
from capgame.nemesis.topology import TARGETS, Topology

Pair = tuple[str, str]  # source, target
Whois = Callable[[str], str]  # "leader" or "primary": the node of the highest term or epoch, else the last known one
Draw = Callable[[], float]  # a stream's next number, in [0, 1)


def choose(cut: Cut, topology: Topology, whois: Whois, draw: Draw) -> Cut:
    """The cut with every question answered."""
    match cut:
        case Halves():
            return _split(topology.nodes, len(topology.nodes) // 2, draw)
        case Majority():
            return _split(topology.nodes, (len(topology.nodes) - 1) // 2, draw)
        case Sides(sides):
            return Sides(tuple(_answer(side, whois) for side in sides))
        case OneWay(source, target):
            return OneWay(_answer(source, whois), _answer(target, whois))
        case Bridge(left, middle, right):
            return Bridge(_answer(left, whois), _answer(middle, whois), _answer(right, whois))
        case Ring(nodes):
            return Ring(_answer(nodes, whois))


def choose_machines(side: Side, topology: Topology, whois: Whois) -> tuple[str, ...]:
    """The nodes that a side names, in the topology's order; a region is all of its nodes."""
    named = {end for name in _answer(side, whois) for end in topology.endpoints(name.text)}
    return tuple(node for node in topology.nodes if node in named)


def resolve(cut: Cut, topology: Topology) -> tuple[Pair, ...]:
    """The directed links that are down, sorted; of a link fault, those that it spoils."""
    pairs = {pair for pair in _crossing(cut, topology) if topology.linked(*pair)}
    return tuple(sorted(pairs))


def expand(cut: Cut, topology: Topology) -> tuple[tuple[str, ...], ...]:
    """The ends on each side, sorted; `*` is every node that stands on no other side."""
    sides = sides_of(cut)
    named = [{end for name in side if name.text != ALL for end in topology.endpoints(name.text)} for side in sides]
    full = []
    for index, side in enumerate(sides):
        others = set().union(*named[:index], *named[index + 1 :])
        rest = set(topology.nodes) - others if Name(ALL) in side else set()
        full.append(tuple(sorted(named[index] | rest)))
    return tuple(full)


def _split(nodes: tuple[str, ...], size: int, draw: Draw) -> Sides:
    """`size` nodes drawn without putting back, against the rest."""
    rest = list(nodes)
    drawn = [rest.pop(int(draw() * len(rest))) for _ in range(size)]
    return Sides((_named(drawn), _named(rest)))


def _named(nodes: Iterable[str]) -> Side:
    return tuple(Name(node) for node in sorted(nodes))


def _answer(side: Side, whois: Whois) -> Side:
    return tuple(Name(whois(name.text), name.column) if name.text in TARGETS else name for name in side)


def _crossing(cut: Cut, topology: Topology) -> Iterable[Pair]:
    sides = expand(cut, topology)
    match cut:
        case Sides():
            return _both_ways(combinations(sides, 2))
        case OneWay():
            return product(sides[0], sides[1])
        case Bridge():
            return _both_ways([(sides[0], sides[2])])
        case Ring():
            return _both_ways(_apart(sides))
        case Halves() | Majority():
            raise AssertionError("choose first: what is drawn has no links yet")


def _both_ways(walls: Iterable[tuple[tuple[str, ...], ...]]) -> Iterable[Pair]:
    for one, other in walls:
        yield from product(one, other)
        yield from product(other, one)


def _apart(ring: tuple[tuple[str, ...], ...]) -> Iterable[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Every two places of the ring that are not neighbours; the last is the first one's neighbour."""
    last = len(ring) - 1
    for one, other in combinations(range(len(ring)), 2):
        if other - one not in (1, last):
            yield ring[one], ring[other]
