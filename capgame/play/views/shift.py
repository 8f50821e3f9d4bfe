"""What a screen may know about a running shift: frozen snapshots, and nothing that moves.

A `ShiftView` is everything the SHIFT screen draws of one instant. Widgets get it, draw it and forget it;
no widget ever holds a node, a link or a timeline. Instants and lengths are virtual microseconds, shares are ppm.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NodeView:
    """One replica as its chip shows it. `role` is the strategy's word; `state` is the machine's."""

    name: str
    region: str
    role: str  # "leader", "follower", "candidate", "primary", "backup", ...: picks the glyph
    leads: bool  # accepts writes, or believes that it does
    epoch: int
    epoch_letter: str  # "t" for a term, "e" for an epoch
    newest: int | None  # the newest version it holds; None when it is down
    lag: int  # versions behind the most advanced history (negative), or ahead on a history of its own (positive)
    state: str = "ok"  # "ok", "down", "paused", "fenced", "frozen"
    forked: bool = False  # holds entries that another leading history does not
    meter: str = ""  # the strategy's own second line, where it has one
    per_second: int = 0  # client requests handled in the last second
    load: tuple[int, ...] = ()  # the last eight seconds of the same, oldest first
    tail_from: int = 0  # position of the first entry of `tail` in the log
    tail: tuple[int, ...] = ()  # the end of its log, one identity an entry: equal position and identity, equal entry
    hears: tuple[str, ...] = ()  # nodes whose messages can reach it now
    notes: tuple[str, ...] = ()  # what an inspecting player reads: plain lines


@dataclass(frozen=True, slots=True)
class GroupView:
    """A client group: whom it asks, and how its last two seconds went (counts of operations by completion)."""

    name: str
    region: str
    per_second: float  # offered now
    asks: str  # "n1", or "n1 n2" when its sessions go round
    routed: bool
    ok: int = 0
    late: int = 0
    refused: int = 0  # refused, failed or unanswered
    wrong: int = 0


@dataclass(frozen=True, slots=True)
class CutView:
    """A cut that is on now. `sides` are node and region names; every pair of sides is cut."""

    text: str  # "n3 | n1 n2", as the script has it
    kind: str  # "regions" (a wall in the gutter), "ring" (one node alone), "links" (single links), "one-way"
    sides: tuple[tuple[str, ...], ...]
    links: tuple[tuple[str, str], ...]  # the directed node links that are down
    age_us: int
    flapping: bool = False
    open: bool = False  # a flapping cut that lets everything pass just now


@dataclass(frozen=True, slots=True)
class FlightView:
    """One message on its way between two nodes."""

    source: str
    target: str
    kind: str  # "data", "ack", "vote", "hint"
    sent: int
    arrives: int
    lost: bool = False


@dataclass(frozen=True, slots=True)
class BudgetView:
    """One of the two promises. Budgets only drain: `left_ppm` starts at a million and never rises."""

    name: str  # "UPTIME", "TRUTH"
    value_ppm: int  # if all goes well from here
    slo_ppm: int
    left_ppm: int  # may be negative: overspent
    points: int  # 0..1000
    left_count: str  # "81 unserved", "13.5 truth = 6 stale reads"
    gone_in_us: int | None = None  # extrapolated from the last three seconds, when it is soon


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of the pager."""

    at: int
    kind: str  # "fault", "late", "wrong", "you", "info"
    text: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A verb that is allowed, affordable and touches what the headline names."""

    key: str
    label: str  # "route eu"


@dataclass(frozen=True, slots=True)
class Headline:
    """The worst thing now: a tag, one sentence, and what can still be done."""

    tag: str  # "EU IS REFUSED"
    mood: str  # "trouble", "calm", "you"
    sentence: str
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True, slots=True)
class SecondView:
    """One virtual second of the timeline: counts of operations by their first send."""

    offered: int
    ok: int
    late: int
    refused: int
    wrong: int


@dataclass(frozen=True, slots=True)
class FaultSpan:
    """A fault on the timeline: only what has begun, or what a warning has announced."""

    label: str
    kind: str  # "cut", "crash", "pause", "link", "clock", "warning"
    begins: int
    ends: int | None  # None while it lasts


@dataclass(frozen=True, slots=True)
class MoveMark:
    """A move of the player's, done or still taking its time."""

    at: int
    label: str
    done: bool


@dataclass(frozen=True, slots=True)
class VerbView:
    """A verb of this level, with its key, its price and whether it can be paid now."""

    verb: str
    key: str
    cost: int
    takes_us: int
    affordable: bool
    help: str


@dataclass(frozen=True, slots=True)
class KnobView:
    """A knob and its present value."""

    name: str
    value: str
    live: bool  # may be turned by `tune` in this level


@dataclass(frozen=True, slots=True)
class AttentionView:
    """The budget that pays for moves."""

    have: int
    most: int
    refill_in_us: int | None


@dataclass(frozen=True, slots=True)
class RegionView:
    """A region and the round trips out of it."""

    name: str
    nodes: tuple[str, ...]
    cut_off: bool


@dataclass(frozen=True, slots=True)
class ShiftView:
    """One instant of one shift, whole."""

    level: str
    title: str
    place: str  # "1·1": act and number
    strategy: str
    seed: str
    now: int
    duration: int
    outcome: str  # "pending", "won", "lost"
    uptime: BudgetView
    truth: BudgetView
    score: int
    stars: int
    attention: AttentionView
    regions: tuple[RegionView, ...]
    nodes: tuple[NodeView, ...]
    groups: tuple[GroupView, ...]
    cuts: tuple[CutView, ...]
    flights: tuple[FlightView, ...]
    links: tuple[tuple[str, str], ...]  # undirected replica links, to draw
    headline: Headline
    log: tuple[LogLine, ...]  # newest first
    seconds: tuple[SecondView, ...]
    faults: tuple[FaultSpan, ...]
    moves: tuple[MoveMark, ...]
    verbs: tuple[VerbView, ...]
    knobs: tuple[KnobView, ...]
