"""What a live screen asks of the last few seconds, answered without looking at the whole run.

Rules:
1. A window at `now` holds what happened in (now - span, now]. Whoever asks, or adds, never goes back in time.
2. What has left a window is forgotten, so a question costs what left it since the last one.
3. An operation enters when its fate is known to be bad or good, which is its completion or its deadline,
   whichever is first: a silent cluster must not look well until clients give up. Its fate may change inside.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from decimal import Decimal

from capgame.play.fate import Fate
from capgame.play.score import CONTEXT, ZERO

FALL_AT_LEAST = 4  # operations: with fewer, half of them is chance
SOON_US = 15_000_000  # "gone in 9s" is worth saying below this


@dataclass(slots=True)
class GroupWindow:
    """How a group fared lately. ok + late + refused + wrong = decided; a wrong answer in time is also `served`."""

    ok: int = 0
    late: int = 0
    refused: int = 0  # refused or unanswered
    wrong: int = 0
    served: int = 0  # in time, right or wrong

    @property
    def decided(self) -> int:
        """Operations whose fate became known in the window."""
        return self.ok + self.late + self.refused + self.wrong

    @property
    def fallen(self) -> bool:
        """Below half served, and enough of them to say so."""
        return self.decided >= FALL_AT_LEAST and 2 * self.served < self.decided

    def count(self, fate: Fate, wrong: bool, by: int = 1) -> None:
        """Let an operation in (by 1) or out (by -1)."""
        self.served += by if fate is Fate.IN_TIME else 0
        if wrong:
            self.wrong += by
        elif fate is Fate.IN_TIME:
            self.ok += by
        elif fate is Fate.LATE:
            self.late += by
        else:
            self.refused += by


class Lately:
    """The operations of one group that were decided within the span."""

    def __init__(self, span_us: int) -> None:
        self._span_us = span_us
        self._order: deque[tuple[int, int]] = deque()  # when it was decided, operation
        self._known: dict[int, tuple[Fate, bool]] = {}
        self._counts = GroupWindow()

    def put(self, at: int, op: int, fate: Fate) -> None:
        """An operation was decided."""
        self._forget(at)
        self._order.append((at, op))
        self._known[op] = fate, False
        self._counts.count(fate, False)

    def change(self, op: int, fate: Fate | None = None, wrong: bool = False) -> None:
        """An operation turned out otherwise; news of one that has left the window is no news."""
        if op not in self._known:
            return
        was, bad = self._known[op]
        self._counts.count(was, bad, by=-1)
        self._known[op] = fate or was, wrong or bad
        self._counts.count(*self._known[op])

    def at(self, now: int) -> GroupWindow:
        """The window's counts; they go on changing, so read them and let go."""
        self._forget(now)
        return self._counts

    def _forget(self, now: int) -> None:
        while self._order and self._order[0][0] <= now - self._span_us:
            _, op = self._order.popleft()
            self._counts.count(*self._known.pop(op), by=-1)


class Burn:
    """How fast a budget drains: what was spent within the span."""

    def __init__(self, span_us: int) -> None:
        self._span_us = span_us
        self._spent: deque[tuple[int, Decimal]] = deque()
        self._sum = ZERO

    def put(self, at: int, amount: Decimal) -> None:
        """Something was spent."""
        self._spent.append((at, amount))
        self._sum = CONTEXT.add(self._sum, amount)

    def gone_in_us(self, left: Decimal, now: int) -> int | None:
        """When a budget of which `left` remains is gone at this pace; None if not soon, or gone already."""
        self._forget(now)
        if left <= 0 or not self._sum:
            return None
        at_this_pace = int(CONTEXT.divide(CONTEXT.multiply(left, Decimal(self._span_us)), self._sum))
        return at_this_pace if at_this_pace <= SOON_US else None

    def _forget(self, now: int) -> None:
        while self._spent and self._spent[0][0] <= now - self._span_us:
            self._sum = CONTEXT.subtract(self._sum, self._spent.popleft()[1])
