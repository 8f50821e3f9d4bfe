"""And when it breaks: what a plan comes to while a region is cut off, or whoever is in charge is down.

Rules:
1. Known from the plan alone, for faults that nobody announced: any region, and the leader. No operator does anything.
2. A region that is cut off takes its customers along; everybody asks at home. It has lasted for a while: elections are
   over, leases have run out.
3. Every strategy says for itself what one side of a cut can do (`when_cut`); a test holds that against runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from capgame.play.setting import Setting, geography
from capgame.sim.cluster import Geography
from capgame.strategies.knob import Risk, Sin

EVERYBODY = Risk("everybody is served")
NOBODY = Risk("nobody is answered", Sin.UNANSWERED)


@dataclass(frozen=True, slots=True)
class Outlook:
    """One thing that may happen, and what becomes of whom."""

    when: str  # "eu cut off", "us | eu", "n1 down"
    says: tuple[Risk, ...]


Fates = Mapping[str, tuple[Sin, Sin]]  # by group: of reads, and of writes


def outlooks(setting: Setting) -> tuple[Outlook, ...]:
    """Every region cut off, if there are several (two are from each other); then the leader down, if there is one."""
    regions = [region.name for region in setting.level.cluster.regions if region.nodes]
    if len(regions) == 2:  # either is the other's cut
        events = {f"{regions[0]} | {regions[1]}": cut_off(setting, regions[0])}
    else:
        events = {f"{region} cut off": cut_off(setting, region) for region in regions if len(regions) > 1}
    if leader := setting.strategy.first_leader(setting.knobs, setting.level.cluster.nodes):
        events[f"{leader} down"] = down(setting, leader)
    return tuple(Outlook(when, tuple(_said(fates))) for when, fates in events.items())


def cut_off(setting: Setting, region: str) -> Fates:
    """What becomes of every group while this region is on its own."""
    where = geography(setting.level)
    inside = tuple(node for node, its in where.nodes.items() if its == region)
    outside = tuple(node for node in where.nodes if node not in inside)
    return {group: _fate(setting, where, inside if group == region else outside) for group in where.groups}


def down(setting: Setting, node: str) -> Fates:
    """What becomes of every group while this node is down; who has no other at home has nobody to ask."""
    where = geography(setting.level)
    left = tuple(other for other in where.nodes if other != node)
    # What is down acknowledges nothing that the others could miss.
    reads, writes = (Sin.NONE if sin is Sin.WRONG else sin for sin in _fate(setting, where, left))
    waits = Sin.UNANSWERED, Sin.UNANSWERED
    at_home = {where.nodes[other] for other in left}
    return {group: (reads, writes) if group in at_home else waits for group in where.groups}


def _fate(setting: Setting, where: Geography, side: tuple[str, ...]) -> tuple[Sin, Sin]:
    reads, writes = (setting.strategy.when_cut(where, setting.knobs, side, f) for f in ("read", "write"))
    return reads, writes


def _said(fates: Fates) -> Iterator[Risk]:
    """The groups of one fate in one clause."""
    reads, writes = ({group: fate[place] for group, fate in fates.items()} for place in (0, 1))
    waiting = [group for group in fates if reads[group] is writes[group] is Sin.UNANSWERED]
    if len(waiting) == len(fates):
        yield NOBODY
        return
    old = [group for group in fates if reads[group] is Sin.WRONG]
    unread = [group for group in fates if reads[group] is Sin.UNANSWERED and group not in waiting]
    unwritten = [group for group in fates if writes[group] is Sin.UNANSWERED and group not in waiting]
    if old:
        yield Risk(f"{_names(old)} {_verb('read', old)} what is old", Sin.WRONG)
    for groups, what in ((waiting, ""), (unread, "to read"), (unwritten, "to write")):
        if groups:
            yield Risk(f"{_names(groups)} {_verb('wait', groups)} {what}".rstrip(), Sin.UNANSWERED)
    if not old + waiting + unread + unwritten:
        yield EVERYBODY


def _names(groups: list[str]) -> str:
    return groups[0] if len(groups) == 1 else f"{', '.join(groups[:-1])} and {groups[-1]}"


def _verb(verb: str, groups: list[str]) -> str:
    return verb if len(groups) > 1 else f"{verb}s"
