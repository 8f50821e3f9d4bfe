"""The names that a level declares, gathered before it is validated.

What is said in one place of a file is checked against what another place declares. So that both kinds of mistakes come
out at once, the declarations are gathered from the raw tree first, and whatever is wrong there is passed over: the
schema will say it.
"""

from __future__ import annotations

from dataclasses import dataclass

from capgame.errors import BadInput
from capgame.levels.yaml_tree import Mapping, Node, Scalar, Sequence
from capgame.nemesis.topology import Topology
from capgame.values.units import parse_duration


@dataclass(frozen=True, slots=True)
class Names:
    """What other parts of the level may speak of."""

    topology: Topology
    offers: dict[str, str]  # by the offer's name: the strategy it is
    verbs: tuple[str, ...]  # that moves.allow lists
    tunable: tuple[str, ...]  # knobs that `tune` may turn
    planned: tuple[str, ...]  # knobs that a plan, and a play, may set
    duration_us: int | None  # None: it cannot be read

    @property
    def nodes(self) -> tuple[str, ...]:
        """All nodes, in the order of their regions."""
        return self.topology.nodes

    @property
    def regions(self) -> tuple[str, ...]:
        """All regions, in order."""
        return tuple(self.topology.regions)

    @property
    def groups(self) -> tuple[str, ...]:
        """The regions that have clients."""
        return self.topology.groups


def names_of(tree: Mapping) -> Names:
    """The declarations of a level, as far as they can be read."""
    return Names(
        topology=_topology(_keys(tree.get("cluster"))),
        offers={name: _text(_keys(offer).get("is")) or name for name, offer in _keys(tree.get("strategies")).items()},
        verbs=_words(_keys(tree.get("moves")).get("allow")),
        tunable=_words(_keys(tree.get("moves")).get("knobs")),
        planned=_words(_keys(tree.get("plan")).get("knobs")),
        duration_us=_length(_text(tree.get("duration"))),
    )


def _topology(cluster: dict[str, Node]) -> Topology:
    regions = _keys(cluster.get("regions"))
    return Topology(
        regions={name: tuple(_text(_keys(region).get("nodes")).split()) for name, region in regions.items()},
        groups=tuple(name for name, region in regions.items() if "clients" in _keys(region)),
        ops=_text(cluster.get("ops")) or None,
    )


def _length(text: str) -> int | None:
    try:
        return parse_duration(text)
    except BadInput:
        return None


def _keys(node: Node | None) -> dict[str, Node]:
    return node if isinstance(node, Mapping) else {}


def _words(node: Node | None) -> tuple[str, ...]:
    return tuple(map(_text, node)) if isinstance(node, Sequence) else ()


def _text(node: Node | None) -> str:
    return str(node) if isinstance(node, Scalar) else ""
