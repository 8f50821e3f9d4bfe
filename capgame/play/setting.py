"""What a run is of: a level, one of its offers, the knobs, the seed; whatever a person typed is checked here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from capgame.errors import BadInput, Problem, nearest
from capgame.levels.level import Level, Offer
from capgame.nemesis.topology import Topology
from capgame.sim.cluster import Geography
from capgame.strategies import STRATEGIES
from capgame.strategies.knob import Value, parse_knob
from capgame.strategies.strategy import Strategy
from capgame.values.seed import canonical


@dataclass(frozen=True, slots=True)
class Setting:
    """A level about to be played. `seed` is as it was typed; `knobs` holds every knob of the strategy."""

    level: Level
    offer: Offer
    strategy: type[Strategy]
    knobs: dict[str, Value]
    seed: str

    @property
    def topology(self) -> Topology:
        """The names of the level's cluster."""
        return topology(self.level)


def topology(level: Level) -> Topology:
    """What a level's names stand for."""
    regions = {region.name: region.nodes for region in level.cluster.regions}
    groups = tuple(region.name for region in level.cluster.regions if region.clients)
    return Topology(regions, groups, level.cluster.ops)


def geography(level: Level) -> Geography:
    """Where everything of a level stands, for the simulator."""
    cluster = level.cluster
    return Geography(
        nodes={node: region.name for region in cluster.regions for node in region.nodes},
        groups={region.name: region.name for region in cluster.regions if region.clients},
        rtt_us=cluster.rtt_us,
        client_rtt_us=cluster.client_rtt_us,
        jitter_ppm=cluster.jitter_ppm,
        ops=cluster.ops,
    )


def choose(level: Level, *, offer: str = "", knobs: Mapping[str, str] | None = None, seed: str = "") -> Setting:
    """Check what a person chose for a run.

    `offer` is the name of an offer, or of a strategy (its first offer); empty: the level's first. Knobs are those that
    the level's plan lists. Raises BadInput.
    """
    chosen = find_offer(level, offer)
    seed = seed or level.seed
    canonical(seed, "seed")
    return Setting(level, chosen, STRATEGIES[chosen.strategy], _knobs(level, chosen, knobs or {}), seed)


def find_offer(level: Level, name: str) -> Offer:
    """The offer of that name, or the first of a strategy of that name. Raises BadInput."""
    for offer in level.offers:
        if name in ("", offer.name):
            return offer
    for offer in level.offers:
        if offer.strategy == name:
            return offer
    names = [offer.name for offer in level.offers]
    raise BadInput(Problem("strategy", name, f"offered by {level.id}", nearest(name, names)))


def _knobs(level: Level, offer: Offer, chosen: Mapping[str, str]) -> dict[str, Value]:
    declared, nodes = STRATEGIES[offer.strategy].knobs, level.cluster.nodes
    values = {name: knob.parse(knob.default) for name, knob in declared.items()}
    values |= {name: parse_knob(declared, name, text, nodes) for name, text in offer.presets}
    for name, text in chosen.items():
        values[name] = parse_knob(declared, name, text, nodes)  # its range first: that is true in every level
        if name not in level.plan_knobs:
            listed = ", ".join(level.plan_knobs) or "none"
            raise BadInput(Problem("knob", name, f"open in the plan of {level.id}", f"the plan opens: {listed}"))
    return values
