"""What a move would mean, as a fact about each target: shown on the map while the player picks one.

Facts of the present (a round trip, a lag, a role), never a forecast and never advice.
"""

from __future__ import annotations

from dataclasses import dataclass

from capgame.moves.verbs import HOME
from capgame.play.session import Session
from capgame.play.views.shift import NodeView


@dataclass(frozen=True, slots=True)
class Fact:
    """A few words about a target, and whether they sound well."""

    text: str
    good: bool


def preview(session: Session, verb: str, args: tuple[str, ...], nodes: tuple[NodeView, ...]) -> Fact | None:
    """The fact about the last of `args` for a verb; None where there is nothing to say."""
    target = args[-1]
    node = next((node for node in nodes if node.name == target), None)
    if verb == "route":
        return _route(session, args[0], target, node)
    if node is None:
        return None
    if node.state == "down":
        return Fact("down", False)
    if verb in ("promote", "transfer"):
        if node.leads:
            return Fact("leads already", False)
        return Fact(f"{node.lag} behind" if node.lag < 0 else "has everything", node.lag >= 0)
    return Fact(node.role, not node.leads)


def _route(session: Session, group: str, target: str, node: NodeView | None) -> Fact:
    if target == HOME or node is None:
        return Fact("own region", True)
    if node.state in ("down", "paused"):
        return Fact(f"{node.state} ✕", False)
    if not session.reaches_node(group, target):
        return Fact("out of reach ✕", False)
    milliseconds = session.round_trip_us(group, target) // 1000
    if _refuses(session, node):
        return Fact("refused ╱", False)
    leader = session.snapshots()[target].leader
    if leader is not None and leader not in (target, *node.hears):  # it has not noticed yet
        return Fact(f"{leader} unheard ╱", False)
    if milliseconds * 1000 > max(session.level.deadline_us.values()):
        return Fact(f"{milliseconds} ms ~", False)
    return Fact(f"{milliseconds} ms ✓", True)


def _refuses(session: Session, node: NodeView) -> bool:
    """Whether it serves nothing: no majority in earshot where one is needed (a deposed leader may not know that it is
    one), or no leader that it knows of."""
    strategy = session.setting.strategy
    if strategy.by_majority and 2 * (len(node.hears) + 1) <= len(session.cluster.members):
        return True
    return not strategy.leaderless and session.snapshots()[node.name].leader is None
