"""The live counters of a run: told of every invocation, completion and charge, asked at any moment.

Rules:
1. A second of the timeline counts operations by their first send, however late they are decided.
2. In every row, and in their sum, offered = in time + late + refused + unanswered. What is still under way counts
   as unanswered there, but is spent from the uptime budget only when it is `missed`: refused, or past its deadline.
3. An operation is missed once and charged once, so both budgets only drain.
4. Time never goes back: whoever tells or asks does so in the order of the run.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from capgame.history.operation import Operation
from capgame.play.fate import Fate, fate
from capgame.play.score import Tally, amount
from capgame.play.windows import Burn, GroupWindow, Lately

SECOND_US = 1_000_000
GROUP_SPAN_US = 2 * SECOND_US
BURN_SPAN_US = 3 * SECOND_US


@dataclass(slots=True)
class Second:
    """One virtual second, or the whole run: operations by their first send."""

    second: int
    offered: int = 0
    in_time: int = 0
    late: int = 0
    refused: int = 0
    wrong: int = 0  # charged: these are among the others, most of them in time
    missed: int = 0  # known not to be served in time, whether or not an answer is still to come

    @property
    def unanswered(self) -> int:
        """Neither answered nor refused, so far."""
        return self.offered - self.in_time - self.late - self.refused

    def copy(self) -> Second:
        """The same, apart from what comes; a third of the price of `dataclasses.replace`, and a screen asks often."""
        return Second(self.second, self.offered, self.in_time, self.late, self.refused, self.wrong, self.missed)

    def count(self, fate: Fate) -> None:
        """An operation of this second completed."""
        self.in_time += fate is Fate.IN_TIME
        self.late += fate is Fate.LATE
        self.refused += fate is Fate.REFUSED


class Meters:
    """What a run has cost so far, per second, per group and against its budgets."""

    def __init__(
        self, groups: Iterable[str], duration_us: int, tally: Tally, weights: Mapping[str, Decimal] | None = None
    ) -> None:
        self.tally = tally
        self._weights = weights or {}
        self._rows = [Second(second) for second in range(-(-duration_us // SECOND_US))]
        self._groups = {group: Lately(GROUP_SPAN_US) for group in groups}
        self._down = dict.fromkeys(self._groups, False)
        self._uptime_burn, self._truth_burn = Burn(BURN_SPAN_US), Burn(BURN_SPAN_US)
        self._due: list[tuple[int, int]] = []  # a heap: deadline, operation
        self._open: dict[int, Operation] = {}
        self._missed: set[int] = set()
        self._charged: set[int] = set()
        self._now = 0
        self.missed_at: dict[str, int] = {}  # group: the last instant at which it was refused, or not served in time

    def invoked(self, op: Operation) -> None:
        """A client sent an operation for the first time."""
        self._pass(op.at)
        self._open[op.id] = op
        self._row(op).offered += 1
        heapq.heappush(self._due, (op.at + op.deadline_us, op.id))

    def completed(self, op: Operation) -> None:
        """A client learned how its operation ended."""
        assert op.ended is not None, f"operation {op.id} is reported as completed and has no end"
        self._pass(op.ended)
        del self._open[op.id]
        became = fate(op)
        self._row(op).count(became)
        if op.id in self._missed:
            self._groups[op.group].change(op.id, became)
        elif became is Fate.IN_TIME:
            self._groups[op.group].put(op.ended, op.id, became)
        else:
            self._miss(op, op.ended, became)

    def charged(self, op: Operation, price: Decimal) -> None:
        """The truth was found to be violated, and this operation pays. At settle the price may be 0."""
        assert op.id not in self._open, f"operation {op.id} is charged before its completion was told"
        assert op.id not in self._charged, f"operation {op.id} is charged twice"
        self._charged.add(op.id)
        self._row(op).wrong += 1
        self._groups[op.group].change(op.id, wrong=True)
        self.tally.truth.spend(price)
        self._truth_burn.put(self._now, price)

    def look(self, now: int) -> None:
        """Take in what has passed by `now`: a deadline passes although nothing happens at it."""
        self._pass(now)

    def close(self) -> None:
        """Nothing can be answered any more: what is still under way was missed."""
        for op in self._open.values():
            if op.id not in self._missed:
                self._miss(op, self._now, Fate.UNANSWERED)

    def group_window(self, group: str, now: int) -> GroupWindow:
        """How the last two seconds of that group went."""
        self._pass(now)
        return replace(self._groups[group].at(now))

    def falls(self, now: int) -> tuple[str, ...]:
        """The groups that fell below half served since this was last asked, each once until it recovers."""
        fallen = {group: self.group_window(group, now).fallen for group in self._groups}
        news = tuple(group for group, down in fallen.items() if down and not self._down[group])
        self._down = fallen
        return news

    def uptime_gone_in_us(self, now: int) -> int | None:
        """When the uptime budget is gone if it goes on like the last three seconds; None when that is not soon."""
        self._pass(now)
        return self._uptime_burn.gone_in_us(self.tally.uptime.left, now)

    def truth_gone_in_us(self, now: int) -> int | None:
        """The same for the truth budget."""
        self._pass(now)
        return self._truth_burn.gone_in_us(self.tally.truth.left, now)

    def seconds(self, most: int | None = None) -> tuple[Second, ...]:
        """A copy of every row, or of the first `most`, one a virtual second from 0 to the end of the shift."""
        return tuple(row.copy() for row in self._rows[:most])

    def totals(self) -> Second:
        """The rows' sum, in a row whose second is how many there are."""
        total = Second(len(self._rows))
        for row in self._rows:
            for name in ("offered", "in_time", "late", "refused", "wrong", "missed"):
                setattr(total, name, getattr(total, name) + getattr(row, name))
        return total

    def _pass(self, now: int) -> None:
        """Let deadlines pass. An answer exactly at its deadline is in time, so that instant does not count."""
        assert now >= self._now, f"the meters stand at {self._now} and are told of {now}"
        self._now = now
        while self._due and self._due[0][0] < now:
            due, late = heapq.heappop(self._due)
            if late in self._open:
                self._miss(self._open[late], due, Fate.UNANSWERED)

    def _miss(self, op: Operation, at: int, became: Fate) -> None:
        weight = amount(self._weights, op.f)
        self._missed.add(op.id)
        self.missed_at[op.group] = at
        self._row(op).missed += 1
        self._groups[op.group].put(at, op.id, became)
        self.tally.uptime.spend(weight)
        self._uptime_burn.put(at, weight)

    def _row(self, op: Operation) -> Second:
        return self._rows[op.at // SECOND_US]
