"""What the theorem allowed: how much of a shift anybody could have served, from the faults alone.

Three ceilings, each an upper bound on reachability whatever the strategy:
- **any-replica** (AP): some live replica's round trip fits the deadline.
- **one-history**: one connected side at a time serves, and it must hold the newest copy. Which side, and when it is
  better to wait, is chosen with hindsight.
- **majority** (CP): a node that can talk with a majority of the starting voters; a write adds that quorum's round
  trip. It is None for two nodes, whose majority is both: that line would say nothing but "no faults, please".

Theory: always majority <= one-history <= any-replica. Two majorities share a voter, so the majority's own choices
are one of the histories that hindsight may choose; and whoever serves is a replica.

Rules of one-history, by dynamic programming over *who holds the newest copy* (at first everybody):
1. A wiped disk holds nothing. A crashed or paused node keeps what it holds.
2. Copies spread for nothing, along every directed path of the segment.
3. A segment is served by one strongly connected component that touches the holders, or by none.
4. Where writes were served, the holders are now those to whom the component's copies spread, and nobody else.
   Taking the best side of each segment greedily overestimates: the side left behind is stale for good.

Known blemishes: a segment is served whole, so halves that freeze writes and all serve reads are not tried. Loss,
slowness, clocks and capacity are ignored. A majority none of whose members kept a disk from the last one serves
nothing, although it is connected: what was acknowledged is gone, and pretending otherwise would break the theory.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from capgame.play.reach import Reach, Segment

READS = frozenset({"read"})  # operations that leave every copy as it was

Kind = tuple[str, str, int]  # group, operation, deadline in microseconds: all that a ceiling asks about an arrival
Holders = frozenset[str]


class Class(Enum):
    """Who could have served an operation that was not served."""

    YOURS = "yours"  # a majority
    HINDSIGHT = "hindsight"  # one history
    THEOREM = "theorem"  # any replica, if it answered without asking
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Asked:
    """One offered operation, by its first send."""

    at: int
    group: str
    f: str
    deadline_us: int


@dataclass(frozen=True, slots=True)
class Ceilings:
    """How many of the offered operations each ceiling serves, and for each one in turn who could have."""

    offered: int
    majority: int | None
    one_history: int
    any_replica: int
    classes: tuple[Class, ...]  # by the order in which they were asked

    def share(self, served: int | None) -> float | None:
        """A ceiling as a share of what was offered; of nothing, all was served."""
        return None if served is None else served / self.offered if self.offered else 1.0

    def bar(self, served: int) -> tuple[tuple[str, int], ...]:
        """The ceiling bar: served, yours, hindsight, theorem, nobody, as counts that add up to what was offered.

        Who served more than a ceiling leaves it an empty segment, never a negative one.
        """
        heights = (self.majority, self.one_history, self.any_replica, self.offered)
        parts, top = [("served", served)], served
        for word, height in zip(Class, heights, strict=True):
            reached = top if height is None else max(top, height)
            parts.append((word.value, reached - top))
            top = reached
        return tuple(parts)


def ceilings(segments: Sequence[Segment], asked: Sequence[Asked], voters: Sequence[str]) -> Ceilings:
    """Measure a shift. Segments are in order and leave no gap; `voters` are the nodes it starts with."""
    places = [bisect_right(segments, one.at, key=_begins) - 1 for one in asked]
    assert min(places, default=0) >= 0, "something was asked before the first segment begins"
    kinds: list[Kind] = [(one.group, one.f, one.deadline_us) for one in asked]
    stretches = [Stretch(segment, voters) for segment in segments]
    for place, kind in zip(places, kinds, strict=True):
        stretches[place].offered[kind] += 1
    ruling = majority_sides(stretches, voters)
    chosen = one_history(stretches, voters)
    classes = tuple(_class(stretches[at], ruling[at], chosen[at], kind) for at, kind in zip(places, kinds, strict=True))
    return Ceilings(
        offered=len(asked),
        majority=None if len(voters) == 2 else classes.count(Class.YOURS),
        one_history=sum(stretch.served_by(side) for stretch, side in zip(stretches, chosen, strict=True)),
        any_replica=len(asked) - classes.count(Class.NOBODY),
        classes=classes,
    )


class Stretch:
    """A segment with what is asked in it, and who could answer."""

    def __init__(self, segment: Segment, voters: Sequence[str]) -> None:
        self.wiped = frozenset(segment.wiped)
        self.reach = Reach(segment)
        self.offered: Counter[Kind] = Counter()
        self._voters = tuple(voters)
        self._quorum = len(voters) // 2 + 1

    def can_serve(self, side: Iterable[str], kind: Kind) -> bool:
        """Whether some node of that side is near enough to answer in time by itself."""
        group, _, deadline_us = kind
        return any(_fits(self.reach.client_trip_us(group, node), deadline_us) for node in side)

    def can_agree(self, side: Iterable[str], kind: Kind) -> bool:
        """The same, when a write must also hear from its quorum first."""
        group, f, deadline_us = kind
        if f in READS:
            return self.can_serve(side, kind)
        return any(_fits(self.reach.client_trip_us(group, n), deadline_us - self._quorum_trip_us(n)) for n in side)

    def served_by(self, side: Holders | None) -> int:
        """How many of the operations asked here that side serves; None is the choice to wait."""
        if side is None:
            return 0
        return sum(count for kind, count in self.offered.items() if self.can_serve(side, kind))

    def writes(self, side: Holders) -> bool:
        """Whether that side would serve a write here, and so leave every other copy behind."""
        return any(kind[1] not in READS and self.can_serve(side, kind) for kind in self.offered)

    def holders_after(self, held: Holders, side: Holders | None) -> Holders:
        """Who holds the newest copy once `side` has served, given who `held` it (and everybody it spread to)."""
        return self.reach.spread(side) if side is not None and self.writes(side) else held

    def _quorum_trip_us(self, node: str) -> int:
        """The round trip to the voter that completes a majority; a node that votes hears itself at once."""
        trips = sorted(trip for v in self._voters if (trip := self.reach.round_trip_us(node, v)) is not None)
        return trips[self._quorum - 1]


def majority_sides(stretches: Sequence[Stretch], voters: Sequence[str]) -> list[Holders | None]:
    """Per segment the component with a majority of the voters; None without one, or if its disks forgot the last."""
    if len(voters) == 2:
        return [None] * len(stretches)
    sides: list[Holders | None] = []
    remember: Holders = frozenset(voters)
    for stretch in stretches:
        remember -= stretch.wiped
        side = _majority(stretch, voters)
        if side is not None and not side & remember:
            side = None
        remember = side or remember
        sides.append(side)
    return sides


def one_history(stretches: Sequence[Stretch], voters: Sequence[str]) -> list[Holders | None]:
    """Per segment the side to serve, or None to wait, so that as many operations as possible are served in all."""
    best: dict[Holders, int] = {frozenset(voters): 0}
    steps: list[dict[Holders, tuple[Holders, Holders | None]]] = []
    for stretch in stretches:
        best, step = _advance(stretch, best)
        steps.append(step)
    state = max(best, key=lambda holders: best[holders])  # of equals the first: dicts keep the order of insertion
    chosen: list[Holders | None] = []
    for step in reversed(steps):
        state, side = step[state]
        chosen.append(side)
    return chosen[::-1]


def _advance(
    stretch: Stretch, best: dict[Holders, int]
) -> tuple[dict[Holders, int], dict[Holders, tuple[Holders, Holders | None]]]:
    """One segment of the programme: the most that can be served for every set of holders, and whence it came."""
    further: dict[Holders, int] = {}
    step: dict[Holders, tuple[Holders, Holders | None]] = {}
    for holders, served in best.items():
        held = stretch.reach.spread(holders - stretch.wiped)
        for side in sides(stretch, held):
            after, total = stretch.holders_after(held, side), served + stretch.served_by(side)
            if total > further.get(after, -1):
                further[after], step[after] = total, (holders, side)
    return further, step


def sides(stretch: Stretch, held: Holders) -> list[Holders | None]:
    """The choices of one segment: each component that touches the holders, largest first, or to wait."""
    touching = [component for component in stretch.reach.components if component & held]
    return [*sorted(touching, key=lambda component: -len(component)), None]


def _class(stretch: Stretch, ruling: Holders | None, chosen: Holders | None, kind: Kind) -> Class:
    if ruling is not None and stretch.can_agree(ruling, kind):
        return Class.YOURS
    if chosen is not None and stretch.can_serve(chosen, kind):
        return Class.HINDSIGHT
    return Class.THEOREM if stretch.can_serve(stretch.reach.live, kind) else Class.NOBODY


def _majority(stretch: Stretch, voters: Sequence[str]) -> Holders | None:
    """At most one component can have it: two majorities share a voter, and components share nobody."""
    quorum = len(voters) // 2 + 1
    return next((side for side in stretch.reach.components if len(side & frozenset(voters)) >= quorum), None)


def _fits(trip_us: int | None, limit_us: int) -> bool:
    return trip_us is not None and trip_us <= limit_us


def _begins(segment: Segment) -> int:
    return segment.begins
