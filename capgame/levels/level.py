"""A level, parsed: plain frozen data in integers, with every name resolved and every default filled in.

Instants and lengths are virtual microseconds, shares are ppm, rates are operations per 1,000 seconds
(`milli`), so that nothing in here is a float.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from capgame.nemesis.fault import Fault


@dataclass(frozen=True, slots=True)
class RateStep:
    """From `at` on, this many operations per 1,000 seconds."""

    at: int
    milli: int


@dataclass(frozen=True, slots=True)
class Region:
    """A region: its nodes, and the rate at which its customers (the client group of that name) ask."""

    name: str
    nodes: tuple[str, ...]
    clients: tuple[RateStep, ...]  # empty: nobody lives there


@dataclass(frozen=True, slots=True)
class Cluster:
    """The machines and the distances between them."""

    regions: tuple[Region, ...]
    rtt_us: dict[tuple[str, str], int]  # every ordered pair of regions, (us, us) for inside
    client_rtt_us: dict[tuple[str, str], int]  # from a region's clients to a region's nodes
    jitter_ppm: int = 100_000
    ops: str | None = None  # the region of the operator's console; None: moves are out of band

    @property
    def nodes(self) -> tuple[str, ...]:
        """All nodes, in the order of their regions."""
        return tuple(node for region in self.regions for node in region.nodes)

    def region_of(self, node: str) -> str:
        """The region a node stands in."""
        return next(region.name for region in self.regions if node in region.nodes)


@dataclass(frozen=True, slots=True)
class Offer:
    """A strategy as a level offers it: a name of its own, and knobs preset (as text, checked)."""

    name: str
    strategy: str
    presets: tuple[tuple[str, str], ...] = ()
    unlock: str = ""  # "first-win": hidden in the TUI until then


@dataclass(frozen=True, slots=True)
class WorkloadSpec:
    """What clients ask."""

    kind: str  # "register"
    keys: int | None  # None: `fresh`, a key of its own for every write
    shares: tuple[tuple[str, int], ...]  # ("read", 700_000), ("write", 300_000)
    retry: int = 0
    identity: bool = True  # retries carry the operation's identity


@dataclass(frozen=True, slots=True)
class MoveRules:
    """Which verbs a level allows and what pays for them."""

    budget: int
    refill_us: int
    allow: tuple[str, ...]
    knobs: tuple[str, ...] = ()  # what `tune` may turn


@dataclass(frozen=True, slots=True)
class ScoreRules:
    """The two promises, the prices and the stars."""

    model: str
    uptime_ppm: int
    truth_ppm: int
    prices: tuple[tuple[str, str], ...] = ()  # kind: price as decimal text, in units of one served operation
    weights: tuple[tuple[str, str], ...] = ()
    contracts: tuple[str, ...] = ()
    stars: tuple[int, int] = (700, 850)


@dataclass(frozen=True, slots=True)
class Page:
    """A call to the player at a set time."""

    at: int
    say: str


@dataclass(frozen=True, slots=True)
class Play:
    """A run of the level with a claim about how it ends."""

    name: str
    strategy: str = ""  # an offer; empty: the level's first
    knobs: tuple[tuple[str, str], ...] = ()
    seed: str = ""
    moves: tuple[str, ...] = ()  # "16s route eu n1"
    expect: tuple[str, ...] = ()  # "outcome is lost"
    where: str = ""  # file:line:column


@dataclass(frozen=True, slots=True)
class Debrief:
    """What the postmortem leaves the player with."""

    aha: str = ""
    ask: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """One shift, ready to be played."""

    id: str
    title: str
    act: int
    number: int  # its place in the act, from 1
    cluster: Cluster
    offers: tuple[Offer, ...]
    workload: WorkloadSpec
    deadline_us: dict[str, int]  # by operation: {"read": 400_000, "write": 400_000}
    duration_us: int
    seed: str
    faults: tuple[Fault, ...]
    moves: MoveRules
    score: ScoreRules
    teaches: str = ""
    story: str = ""
    pages: tuple[Page, ...] = ()
    plan_knobs: tuple[str, ...] = ()
    plays: tuple[Play, ...] = ()
    without: tuple[str, ...] = ()  # the lesson: lost without these verbs, or ("plan",)
    hints: tuple[str, ...] = ()
    debrief: Debrief = field(default_factory=Debrief)
    hash: str = ""  # of the parsed level without prose, hints and plays
    source: str = ""  # the file's text, so that a replay can carry it
    path: str = ""  # where it was read from, for messages
    shipped: bool = False

    @property
    def timeout_us(self) -> dict[str, int]:
        """A client gives up after max(1 s, 2 x deadline)."""
        return {f: max(1_000_000, 2 * deadline) for f, deadline in self.deadline_us.items()}
