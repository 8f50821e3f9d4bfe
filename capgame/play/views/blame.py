"""Why a group is not served, or served wrongly, at this instant, and who could serve it: in words.

Rules:
1. It is derived from the present alone: who is up, who hears whom, whom a node believes to lead, and what waits.
2. The nearest cause comes first: the node that is asked, its link to whoever leads, then whoever leads.
3. A cause that is over is not made up for: then nobody has answered in time, and that is all there is to say.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from capgame.play.views.shift import GroupView, NodeView

if TYPE_CHECKING:
    from capgame.play.session import Session

STOPPED = {"down": "is down", "paused": "stands still", "fenced": "is fenced", "frozen": "is frozen"}


class Present:
    """The nodes as they are, and what they believe."""

    def __init__(self, session: Session, nodes: tuple[NodeView, ...]) -> None:
        self.session = session
        self.strategy = session.setting.strategy
        self.nodes = {node.name: node for node in nodes}
        self._seen = session.snapshots()

    # ── why

    def why_refused(self, group: GroupView) -> str:
        """The first cause that holds now; "" if what was refused has no cause any more."""
        for name in group.asks.split():
            why = self._at_fault(name) or self._leader_at_fault(name)
            if why:
                return why
        leads = self.strategy.leaderless or any(node.leads for node in self.nodes.values())
        return "" if leads else "nobody leads"

    def _at_fault(self, name: str) -> str:
        node = self.nodes[name]
        if node.state in ("down", "paused"):
            return f"{name} does not answer"
        if node.state != "ok":
            return f"{name} {STOPPED[node.state]}"
        if self.strategy.by_majority and self.is_alone(name):
            return f"{name} is alone and may not answer"
        missing = self._waits_for(name)
        return f"writes at {name} wait for {' and '.join(missing)}" if missing else ""

    def _leader_at_fault(self, name: str) -> str:
        leader = self._leader_of(name)
        if leader is None:
            return ""
        if not self.nodes[leader].leads and self.nodes[leader].state == "ok":
            return ""  # a belief that will not last: it is being told
        if self.nodes[leader].state != "ok":
            return f"{leader}, the {self.word}, {STOPPED[self.nodes[leader].state]}"
        if not self.hear_each_other(name, leader):
            return f"{name} cannot reach {leader}, the {self.word}"
        return self._at_fault(leader)

    def why_wrong(self, group: GroupView) -> str:
        """Why its answers are old; "" if they have no cause any more."""
        for name in group.asks.split():
            leader = self._leader_of(name)
            if leader is not None and self.nodes[leader].leads and not self.hear_each_other(name, leader):
                return f"{name} cannot hear {leader}, the {self.word}"
            if self.is_alone(name):
                return f"{name} cannot hear what the others have written"
        return ""

    # ── who else

    def open_to(self, group: GroupView) -> tuple[str, ...]:
        """Other regions that the group's customers reach, and where somebody could answer them."""
        regions = sorted({node.region for node in self.nodes.values() if self._serves(node)})
        return tuple(name for name in regions if name != group.region and self.session.reaches(group.name, name))

    def _serves(self, node: NodeView) -> bool:
        in_charge = node.leads or self.strategy.leaderless
        return in_charge and node.state == "ok" and not self._at_fault(node.name)

    def heirs(self, asked: Iterable[str] = ()) -> tuple[str, ...]:
        """Whom an operator could put in charge: those asked first."""
        if "promote" not in self.strategy.verbs:
            return ()
        able = [name for name, node in self.nodes.items() if node.state == "ok" and not node.leads]
        first = set(asked)  # only asked for membership
        return tuple(sorted(able, key=lambda name: name not in first))

    # ── what is so

    @property
    def word(self) -> str:
        """What this strategy calls whoever leads."""
        return "primary" if "promote" in self.strategy.verbs else "leader"

    def is_alone(self, name: str) -> bool:
        """Whether a node hears too few: less than a majority, itself included, or nobody where no majority is asked."""
        heard = len(self.nodes[name].hears)
        return 2 * (heard + 1) <= len(self.nodes) if self.strategy.by_majority else not heard

    def hear_each_other(self, one: str, other: str) -> bool:
        """Whether two nodes can talk."""
        return one in self.nodes[other].hears and other in self.nodes[one].hears

    def _leader_of(self, name: str) -> str | None:
        """Whom a node believes to lead, if that is somebody else."""
        leader = self._seen[name].leader if name in self._seen else None
        return None if leader == name else leader

    def _waits_for(self, name: str) -> list[str]:
        """Whose confirmation a node's writes wait for in vain."""
        waits = self._seen[name].waits_for if name in self._seen else ()
        return [peer for peer in waits if peer not in self.nodes[name].hears]
