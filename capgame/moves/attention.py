"""Attention pays for moves: a budget with a slow refill.

Rules:
1. It starts full, and is never above the budget or below zero.
2. Below the budget one comes back every `refill_us`; the first one that long after the budget was first touched.
3. It is taken when a move is accepted, and given back when the move is refused at its effect.

A value, not a thing: `spend` and `give_back` return the next state, so a view or a replay can hold any of them.
All instants are virtual microseconds.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Attention:
    """What there was at the instant `since`, when the refill now under way began."""

    most: int
    refill_us: int  # 0: nothing comes back
    have: int
    since: int = 0

    @classmethod
    def full(cls, budget: int, refill_us: int) -> Attention:
        """The state a shift begins with."""
        return cls(budget, refill_us, budget)

    def at(self, now: int) -> Attention:
        """The state at a later instant, with what has come back since."""
        assert now >= self.since, (now, self.since)
        if self.have >= self.most:
            return replace(self, since=now)
        came = (now - self.since) // self.refill_us if self.refill_us else 0
        have = min(self.most, self.have + came)
        return replace(self, have=have, since=now if have == self.most else self.since + came * self.refill_us)

    def affords(self, cost: int, now: int) -> bool:
        """Can this be paid now?"""
        return self.at(now).have >= cost

    def spend(self, cost: int, now: int) -> Attention:
        """Pay for a move; whoever calls has asked `affords`."""
        there = self.at(now)
        assert 0 <= cost <= there.have, (cost, there)
        return replace(there, have=there.have - cost)

    def give_back(self, cost: int, now: int) -> Attention:
        """Undo a payment: the move was refused at its effect."""
        there = self.at(now)
        return replace(there, have=min(self.most, there.have + cost))

    def refill_in(self, now: int) -> int | None:
        """How long until the next one comes back; None when it is full, or nothing ever comes."""
        there = self.at(now)
        if there.have >= self.most or not self.refill_us:
            return None
        return there.since + self.refill_us - now

    def affords_at(self, cost: int, now: int) -> int | None:
        """When this can be paid if nothing else is bought: a refusal says it. None: never."""
        there = self.at(now)
        if there.have >= cost:
            return now
        if cost > self.most or not self.refill_us:
            return None
        return there.since + (cost - there.have) * self.refill_us
