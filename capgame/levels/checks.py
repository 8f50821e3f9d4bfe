"""What no single key can know: names that must differ, and round trips that must be complete.

These read the raw tree, so that they speak up even where the schema has complaints of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from capgame.errors import Problem, nearest
from capgame.levels.findings import located
from capgame.levels.names import Names
from capgame.levels.yaml_tree import Mapping, Mark, Node, Scalar, Sequence
from capgame.nemesis.tokens import NAME
from capgame.nemesis.topology import RESERVED

INSIDE = "inside"

Found = tuple[Mark, Problem]


def check_across(tree: Mapping, names: Names, name: str) -> list[Found]:
    """Every such problem of a level, with its place."""
    cluster = tree.get("cluster")
    found = [*_places(cluster), *play_names(tree.get("plays"))]
    if isinstance(cluster, Mapping):
        found += [*_pairs(cluster.get("rtt"), "rtt", names), *_pairs(cluster.get("client-rtt"), "client-rtt", names)]
        found += _all_pairs(cluster.get("rtt"), names)
    return [located(mark, problem, name) for mark, problem in found]


def _places(cluster: Node | None) -> Iterator[Found]:
    """Regions and nodes: each name stands for one thing, and for nothing that the cut language has a word for."""
    regions = cluster.get("regions") if isinstance(cluster, Mapping) else None
    if not isinstance(regions, Mapping):
        return
    if not regions:
        yield regions.mark, Problem("cluster.regions", "", "one region or more", "write {us: {nodes: n1 n2}}")
    taken = dict.fromkeys(regions, "a region")
    for region, mark in regions.key_marks.items():
        yield from _name(region, mark, f"cluster.regions.{region}")
    for region, keys in regions.items():
        nodes = keys.get("nodes") if isinstance(keys, Mapping) else None
        if isinstance(nodes, Scalar):
            yield from _nodes(nodes, f"cluster.regions.{region}.nodes", taken)


def _nodes(nodes: Scalar, thing: str, taken: dict[str, str]) -> Iterator[Found]:
    at = 0
    for node in nodes.split():
        at = nodes.index(node, at)
        mark = nodes.mark_at(at)
        at += len(node)
        yield from _name(node, mark, thing)
        if node in taken:
            yield mark, Problem(thing, node, f"a new name: it is {taken[node]} already", "every name stands for one")
        taken[node] = "a node"


def _name(name: str, mark: Mark, thing: str) -> Iterator[Found]:
    if name in RESERVED or name == INSIDE:
        yield mark, Problem(thing, name, "a free name: it means something in faults and tables", "choose another")
    elif not re.fullmatch(NAME, name):
        yield mark, Problem(thing, name, "a name", "use letters, digits and single dashes: n1, us-east")


def _pairs(table: Node | None, key: str, names: Names) -> Iterator[Found]:
    """Each key of a table of round trips is a pair of regions, or `inside`."""
    if not isinstance(table, Mapping):
        return
    known = (INSIDE, *(f"{one}~{other}" for one, other in combinations(names.regions, 2)))
    taken = set()
    for pair, mark in table.key_marks.items():
        both = "~".join(sorted(pair.split("~")))
        if pair not in known and "~".join(reversed(pair.split("~"))) not in known:
            yield mark, Problem(f"cluster.{key}", pair, "inside or a pair of regions", nearest(pair, known))
        elif both in taken:
            yield mark, Problem(f"cluster.{key}", pair, "a new pair: it stands here the other way round", "keep one")
        taken.add(both)


def _all_pairs(table: Node | None, names: Names) -> Iterator[Found]:
    """Every two regions are some way apart, and so are machines inside one."""
    if not isinstance(table, Mapping):
        return
    wanted = {INSIDE: "2ms", **{f"{one}~{other}": "80ms" for one, other in combinations(names.regions, 2)}}
    for pair, example in wanted.items():
        if pair not in table and "~".join(reversed(pair.split("~"))) not in table:
            yield table.mark, Problem("cluster.rtt", "", f"complete: {pair} is missing", f"add `{pair}: {example}`")


def play_names(plays: Node | None) -> Iterator[Found]:
    """Plays of one file have different names: a test is named after each."""
    first: dict[str, int] = {}
    for play in plays if isinstance(plays, Sequence) else ():
        name = play.get("name") if isinstance(play, Mapping) else None
        if not isinstance(name, Scalar):
            continue
        if str(name) in first:
            problem = Problem("plays", name, f"a new name: the play on line {first[str(name)]} has it", "rename one")
            yield name.mark, problem
        first.setdefault(str(name), name.mark.line)
