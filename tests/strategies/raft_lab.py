"""Clusters of Raft in a given state."""

from __future__ import annotations

from harness import MS, Lab, S

from capgame.sim.requests import Write
from capgame.strategies.raft import Appended, Leader, Raft
from capgame.values.log import Entry

FIVE = {f"n{number}": "us" for number in range(1, 6)}


def led(by: str = "n1", **knobs: str) -> Lab:
    """n1 and n2 in us, n3 in eu; one of them leads term 1, and everybody has its first entry."""
    made = Lab("raft", leader=by, **knobs)
    made.advance(1 * S)
    return made


def leaders(lab: Lab) -> list[str]:
    return [f"{node.name} {node.term}" for node in lab.cluster.nodes if isinstance(node.role, Leader)]


def fill(lab: Lab, name: str, *terms: int, term: int) -> Raft:
    """Give a node this log and this term, as if it had lived through them."""
    node: Raft = lab.node(name)
    node.promise(term, None)
    for number, of in enumerate(terms, 1):
        node.log.append(Entry(of, Write(f"k{number}", 10 * of + number, 100 * of + number)))
    node.disk.sync()
    return node


def agreed(term: int, upto: int) -> Appended:
    return Appended(term, True, upto, term, 0)


def idle(**knobs: str) -> Lab:
    """Three nodes that never get so far as to campaign by themselves."""
    made = Lab("raft", election_timeout="10s", **knobs)
    made.advance(10 * MS)
    return made
