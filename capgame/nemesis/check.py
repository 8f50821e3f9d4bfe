"""Does a cut make sense on this cluster? Everything that is wrong with it, at once.

Rules:
1. A name that means nothing here is answered with the nearest one that does, and with its column.
2. Nothing stands on two sides of a cut, `*` included: then nobody could say which links are meant.
3. A cut that cuts no link is a mistake, as in `c:us | c:eu`.
What `leader` and `primary` will be is not known yet, so only the other names are held against these rules.
"""

from __future__ import annotations

from collections.abc import Iterator

from capgame.errors import Problem, nearest
from capgame.nemesis.cuts import ALL, Bridge, Cut, Halves, Majority, Name, Ring, Side, asks, sides_of
from capgame.nemesis.resolve import resolve
from capgame.nemesis.topology import TARGETS, Topology


def check_cut(cut: Cut, topology: Topology, text: str, thing: str = "cut") -> list[Problem]:
    """What is wrong with a cut, or with a link; nothing if nothing is."""
    problems = [*_unknown(cut, topology, thing)]
    if not problems:
        problems = [*_misplaced(cut, topology, thing), *_twice(cut, topology, thing), *_too_few(cut, topology, thing)]
    if not problems and not asks(cut) and not resolve(cut, topology):
        problems = [Problem(thing, text, "about any link of this cluster", "name nodes or regions on both sides")]
    return problems


def check_machines(side: Side, topology: Topology, thing: str) -> list[Problem]:
    """What is wrong with the names of machines that something befalls."""
    known = (*topology.nodes, *topology.regions)
    strange = [name for name in side if name.text not in (*known, *TARGETS)]
    return [_problem(thing, name, "a node or region", nearest(name.text, (*known, *TARGETS))) for name in strange]


def _unknown(cut: Cut, topology: Topology, thing: str) -> Iterator[Problem]:
    known = (*topology.names, *TARGETS)
    for side in sides_of(cut):
        for name in side:
            if name.text not in (*known, ALL):
                yield _problem(thing, name, "a name of this cluster", nearest(name.text, known))


def _misplaced(cut: Cut, topology: Topology, thing: str) -> Iterator[Problem]:
    """Rings are of nodes, and a bridge's middle is named: `*` would be whatever the sides left over."""
    match cut:
        case Ring(nodes):
            strange = [name for name in nodes if name.text not in (*topology.nodes, *TARGETS)]
            for name in strange:
                yield _problem(thing, name, "a node", "a ring is of nodes: ring(n1 n2 n3 n4 n5)")
        case Bridge(_, middle, _):
            for name in middle:
                if name.text == ALL:
                    yield _problem(thing, name, "a bridge", "name the nodes that hear both sides")


def _twice(cut: Cut, topology: Topology, thing: str) -> Iterator[Problem]:
    """Names whose ends, or some of them, an earlier side has already."""
    taken: dict[str, str] = {}
    for side in sides_of(cut):
        ours = [(name, end) for name in side for end in _ends(name, topology)]
        for name, end in ours:
            if end in taken:
                beside = f"{end} stands there as {taken[end]}" if end != taken[end] else f"{end} stands there already"
                yield _problem(thing, name, "on one side only", beside)
                break
        taken.update((end, name.text) for name, end in ours)


def _ends(name: Name, topology: Topology) -> tuple[str, ...]:
    if name.text in TARGETS:
        return ()
    return (ALL,) if name.text == ALL else topology.endpoints(name.text)


def _too_few(cut: Cut, topology: Topology, thing: str) -> Iterator[Problem]:
    count = len(topology.nodes)
    if isinstance(cut, Halves) and count < 2:
        yield Problem(thing, "halves", f"possible with {count} node", "halves needs 2 nodes or more")
    if isinstance(cut, Majority) and count < 3:
        yield Problem(thing, "majority", f"possible with {count} nodes", "majority needs 3 nodes or more")


def _problem(thing: str, name: Name, expected: str, advice: str) -> Problem:
    return Problem(thing, name.text, f"{expected} (column {name.column})", advice)
