"""The judge of a run: keeps the history, hears the referee, and lets each verdict cost what the level says.

Rules:
1. The history first, then whoever reads it: an invocation is recorded before anything can come of it.
2. An answer is charged at most once, at its kind's price (1 where the level lists none).
3. The verdict comes from the history alone. What the nemesis and the nodes know only names it and explains it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from capgame.checkers import durability
from capgame.checkers.register import RegisterReferee
from capgame.checkers.verdict import Anomaly, Kind
from capgame.history.operation import Completion, Operation
from capgame.history.record import History
from capgame.play.log import Log
from capgame.play.meters import Meters
from capgame.play.score import amount, lost_write_price
from capgame.sim.timeline import Timeline
from capgame.workloads.register import Register

LOSSES = (Kind.LOST_WRITE, Kind.DIVERGED_WRITE)


@dataclass(frozen=True, slots=True)
class Charge:
    """A wrong answer and what it cost."""

    anomaly: Anomaly
    price: Decimal


@dataclass(slots=True)
class Judge:
    """Records and judges one run's operations."""

    timeline: Timeline
    workload: Register
    meters: Meters
    prices: Mapping[str, Decimal]
    explain: Callable[[str, int], str]  # why a node may have answered wrongly at an instant, or ""
    log: Log
    history: History = field(default_factory=History)
    charges: list[Charge] = field(default_factory=list)
    answered: int = 0
    served_by: dict[tuple[str, int], int] = field(default_factory=dict)  # (node, second): answers it gave
    _referee: RegisterReferee = field(init=False)

    def __post_init__(self) -> None:
        self._referee = RegisterReferee(self.explain)

    # ── live

    def invoke(self, op: Operation) -> None:
        """An operation is about to be sent."""
        self.history.invoke(op)
        self._referee.invoke(op)
        self.meters.invoked(op)

    def complete(self, op: Operation, completion: Completion, value: int | None, node: str | None, why: str) -> None:
        """Its client has learned what it will ever learn."""
        now = self.timeline.now
        self.history.complete(op, completion, now, value, node, why)
        if completion is Completion.OK:
            self._count_answer(op, node, now)
        if why:
            self.log.say_once(f"{op.group}: {why}", now, "late", f"{op.group}: {why}.")
        self.meters.completed(op)
        anomaly = self._referee.complete(op)
        if anomaly is not None:
            self._charge(anomaly, amount(self.prices, anomaly.kind))

    def _count_answer(self, op: Operation, node: str | None, now: int) -> None:
        self.answered += 1
        if op.f == "write":
            self.workload.acknowledged(op.key)
        if node is not None:
            place = (node, now // 1_000_000)
            self.served_by[place] = self.served_by.get(place, 0) + 1

    def _charge(self, anomaly: Anomaly, price: Decimal) -> None:
        op = self.history.operations[anomaly.operations[0] - 1]
        self.charges.append(Charge(anomaly, price))
        self.meters.charged(op, price)
        self.log.say_once(f"{op.group} {anomaly.kind}", self.timeline.now, "wrong", f"{anomaly.sentence}.")

    @property
    def cheapest_price(self) -> Decimal:
        """The price of the cheapest wrong answer that costs anything."""
        return min((price for price in self.prices.values() if price), default=Decimal(1))

    # ── at the end

    def settle(self, finals: durability.Finals, promotions: durability.Promotions) -> None:
        """Nothing is under way any more: charge what was promised and is gone, and where replicas disagree."""
        self.meters.close()
        operations, now = self.history.operations, self.timeline.now
        for loss in durability.losses(operations, finals, promotions, now, self.explain):
            self._charge(loss, lost_write_price(amount(self.prices, loss.kind), self._already_paid(loss)))
            self._break_contracts(loss)
        for split in durability.disagreements(operations, finals, now):  # of writes that are shown, so none is lost
            self._charge(split, amount(self.prices, split.kind))
            self._break_contracts(split)

    def _already_paid(self, loss: Anomaly) -> Decimal:
        """What the stale reads cost that this loss has already caused."""
        write = loss.operations[0]
        return sum((c.price for c in self.charges if write in c.anomaly.operations[1:]), Decimal(0))

    def _break_contracts(self, loss: Anomaly) -> None:
        self.meters.tally.break_contract("no-lost-writes")
        if loss.kind is Kind.DIVERGED_WRITE:
            self.meters.tally.break_contract("no-split-brain")
