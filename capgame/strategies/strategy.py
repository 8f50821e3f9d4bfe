"""What every strategy declares about itself: its papers, its promise, its failure, its knobs and its moves.

A strategy is one file in this folder, one line in the registry, and written against `sim/node.py` alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from capgame.sim.cluster import Cluster, Geography
from capgame.sim.node import Node
from capgame.strategies.good_day import GoodDay, mean
from capgame.strategies.knob import Knob, Sin


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A node as its strategy sees it: what a chip and an inspector show, so that no screen knows a protocol.

    `log_tail` holds one identity an entry (equal position and identity: equal entry), from position `log_from` on.
    """

    role: str
    leads: bool
    epoch: int
    newest: int  # the newest version held
    log_from: int = 0
    log_tail: tuple[int, ...] = ()
    leader: str | None = None  # whom it believes to lead
    waits_for: tuple[str, ...] = ()  # nodes whose confirmation its writes wait for now
    meter: str = ""
    notes: tuple[str, ...] = ()


class Strategy(Node):
    """A node that runs a declared protocol."""

    id: ClassVar[str]  # "raft"
    title: ClassVar[str]
    paper: ClassVar[str]
    promises: ClassVar[str]
    fails: ClassVar[str]
    sin: ClassVar[Sin] = Sin.UNANSWERED  # what it comes to when it fails
    epoch_letter: ClassVar[str] = "e"
    leaderless: ClassVar[bool] = False  # no node is in charge: whoever is asked answers
    by_majority: ClassVar[bool] = False  # a node that hears less than a majority serves nothing
    knobs: ClassVar[dict[str, Knob]] = {}
    verbs: ClassVar[tuple[str, ...]] = ()  # moves that mean something to it, beside those for every machine
    flights: ClassVar[Mapping[type, str]] = {}  # how a screen draws a message: "vote", "hint"; else data and ack

    def knob(self, name: str) -> Any:
        """The present value of a knob; it may differ after any await."""
        return self.cluster.knobs[name]

    def view(self) -> Snapshot:
        """The node for humans."""
        raise NotImplementedError  # every strategy shows itself

    @classmethod
    def operate(cls, cluster: Cluster, verb: str, target: str, epoch: int) -> str | None:
        """Carry out a move of `verbs` on a node that is up; the reason where it must be refused.

        The operator's console speaks to machines directly. `epoch` counts the operator's promotions, new at each.
        """
        return f"{cls.title} has no {verb}"

    # ── before any run

    @classmethod
    def first_leader(cls, knobs: Mapping[str, Any], members: Sequence[str]) -> str:
        """Who is in charge at the start; nobody, where there is no such thing or it is not known yet."""
        return ""

    @classmethod
    def asked(cls, geography: Geography, knobs: Mapping[str, Any], node: str, f: str) -> GoodDay:
        """What `read` or `write` takes at this node on a good day, beyond its customers' way to it."""
        raise NotImplementedError  # every strategy knows what it waits for

    @classmethod
    def when_cut(cls, geography: Geography, knobs: Mapping[str, Any], side: Sequence[str], f: str) -> Sin:
        """What `read` or `write` comes to at the nodes of one side, once they have long heard nothing of the others."""
        raise NotImplementedError  # every strategy knows whom it cannot do without

    @classmethod
    def good_day(cls, geography: Geography, knobs: Mapping[str, Any], group: str, f: str) -> GoodDay:
        """What `read` or `write` takes a group's customers on a good day, from the level's distances alone."""
        region = geography.groups[group]
        road_us = geography.client_rtt_us[region, region]
        home = [node for node, where in geography.nodes.items() if where == region]
        days = [cls.asked(geography, knobs, node, f) for node in home]
        return mean([GoodDay(road_us + day.road_us, day.agreement_us) for day in days])
