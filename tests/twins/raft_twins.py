"""Raft with one safety argument left out at a time."""

from __future__ import annotations

from capgame.sim.node import Role
from capgame.strategies.raft import Append, Leader, Raft, Vote


class VotesBlindly(Raft):
    """Grants its vote without looking at the candidate's log (section 5.4.1 left out)."""

    def electable(self, ask: Vote) -> bool:
        return True


class WithoutScopes(Raft):
    """Takes a new role without ending what the old one awaited."""

    def become(self, role: Role) -> None:
        self.role = None
        super().become(role)


class OneByOne(Raft):
    """Sound: its leader sends one entry and waits for the answer, as in the paper's figure 8.

    Raft's own leader sends its term's first entry along with what is older, so an older entry is hardly ever alone on a
    majority, and the rule that is left out below is hardly ever needed.
    """

    def lead(self) -> None:
        self.leader = self.name
        self.take_lead(self.term)
        self.become(self.leadership())

    def leadership(self) -> Leader:
        return OneByOneLeader(self)


class OneByOneLeader(Leader):
    def ship(self, peer: str) -> None:
        raft, prev = self.raft, self.next[peer] - 1
        raft.send(peer, Append(raft.term, prev, raft.log.term(prev), raft.log.after(prev, 1), raft.commit, raft.now))


class CountsOldTerms(OneByOne):
    """Commits whatever a majority holds, of whatever term (section 5.4.2 left out: figure 8)."""

    def leadership(self) -> Leader:
        return CountingLeader(self)


class CountingLeader(OneByOneLeader):
    def committable(self, index: int) -> bool:
        return True
