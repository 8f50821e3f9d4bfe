"""The score: the harmonic mean of truth and uptime, both in budgets one can count.

Rules:
1. Budgets are counts, fixed at the start: with V the value that the seed will offer, (1 - promise) x V.
2. A spent share is spent / budget. A half's points are 1000 x 2^-share; the score is the harmonic mean of the
   two halves, 2000 / (2^s_u + 2^s_c). Budgets only drain, so a score never rises while the level runs.
3. A win spends neither budget beyond its end and breaks no contract. What does not win shows at most 499.

Theory: two budgets just spent give 500 by themselves, so the cap only touches runs in which a good half would
hide a bad one (Fox and Brewer's yield against wrong answers): refusing everything is worth nothing.

Everything is exact or rounded by one fixed `decimal` context, whatever context the caller's thread has. The
standard defines `exp` as correctly rounded, which it does not for `power`, and libm promises nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from enum import Enum
from functools import lru_cache

from capgame.levels.level import ScoreRules

CONTEXT = Context(
    prec=40,
    rounding=ROUND_HALF_EVEN,  # as `round` does, so that a reader can recompute a score from the printed numbers
    Emin=-999_999,
    Emax=999_999,
    traps=[DivisionByZero, InvalidOperation, Overflow],
)
LN2 = Decimal("0.69314718055994530941723212145817656807550013436026")
ZERO, ONE = Decimal(0), Decimal(1)
PPM = 1_000_000
SHARE_MOST = Decimal(1000)  # 2^1000 leaves nobody a point; beyond it only overflows wait
LOST_SCORE_MOST = 499


class Outcome(Enum):
    """How a run ended; `pending` while it has not."""

    WON = "won"
    LOST = "lost"
    PENDING = "pending"


@dataclass(slots=True)
class Budget:
    """What one promise may cost, and what it has cost so far, in units of one served operation."""

    slo_ppm: int
    offered: Decimal  # V: the value of all operations the seed will offer
    spent: Decimal = ZERO

    @property
    def size(self) -> Decimal:
        """The whole budget, (1 - promise) x V."""
        return CONTEXT.multiply(self.offered, Decimal(PPM - self.slo_ppm)).scaleb(-6, CONTEXT)

    @property
    def left(self) -> Decimal:
        """What may still be spent; negative once it is overspent."""
        return CONTEXT.subtract(self.size, self.spent)

    @property
    def share(self) -> Decimal:
        """Spent / budget."""
        return share(self.spent, self.size)

    @property
    def points(self) -> int:
        """This half's points, 0 to 1000."""
        return points(self.spent, self.size)

    @property
    def kept(self) -> bool:
        """Whether the promise still holds."""
        return self.spent <= self.size

    @property
    def left_ppm(self) -> int:
        """The share of the budget that is left; below zero only when it is overspent."""
        return _floor_ppm(CONTEXT.subtract(ONE, self.share))

    @property
    def value_ppm(self) -> int:
        """The promised quantity if all goes well from here: 1 - spent / V, and at least 0."""
        return max(0, _floor_ppm(CONTEXT.subtract(ONE, share(self.spent, self.offered))))

    def affords(self, price: Decimal) -> int:
        """How many more of that price fit into what is left: "13.5 truth left = 6 stale reads"."""
        return max(0, int(CONTEXT.divide(self.left, price)))

    def spend(self, amount: Decimal) -> None:
        """Drain it; nothing ever flows back."""
        assert amount >= 0, f"a budget only drains, and {amount} would refill it"
        self.spent = CONTEXT.add(self.spent, amount)


@dataclass(slots=True)
class Tally:
    """Both budgets and the contracts of one run: the same thing live and at the end."""

    uptime: Budget
    truth: Budget
    stars_at: tuple[int, int]
    contracts: dict[str, bool] = field(default_factory=dict)  # name: still kept, in the level's order

    @classmethod
    def begin(cls, rules: ScoreRules, offered: Decimal) -> Tally:
        """The budgets of a run whose seed will offer operations worth `offered`."""
        uptime, truth = Budget(rules.uptime_ppm, offered), Budget(rules.truth_ppm, offered)
        return cls(uptime, truth, rules.stars, dict.fromkeys(rules.contracts, True))

    @property
    def holds(self) -> bool:
        """Whether the run can still be won."""
        return self.uptime.kept and self.truth.kept and all(self.contracts.values())

    @property
    def score(self) -> int:
        """The score as shown: if all goes well from here, and at most 499 once the win is gone."""
        whole = score(self.uptime.spent, self.uptime.size, self.truth.spent, self.truth.size)
        return whole if self.holds else min(whole, LOST_SCORE_MOST)

    @property
    def stars(self) -> int:
        """None without the win; one for it, and one for each threshold reached."""
        return 1 + sum(self.score >= threshold for threshold in self.stars_at) if self.holds else 0

    def outcome(self, ended: bool) -> Outcome:
        """Won, lost, or pending until the settle phase has been judged."""
        if not ended:
            return Outcome.PENDING
        return Outcome.WON if self.holds else Outcome.LOST

    def break_contract(self, name: str) -> bool:
        """Note that a contract is broken, where the level has it; whether that was news."""
        news = self.contracts.get(name, False)
        if news:
            self.contracts[name] = False
        return news


def score(spent_u: Decimal, budget_u: Decimal, spent_c: Decimal, budget_c: Decimal) -> int:
    """The whole run's score, 0 to 1000, from the two budgets (uptime, then truth) alone."""
    halves = CONTEXT.add(two_to(share(spent_u, budget_u)), two_to(share(spent_c, budget_c)))
    return _rounded(CONTEXT.divide(Decimal(2000), halves))


def points(spent: Decimal, budget: Decimal) -> int:
    """One half's points: 1000 x 2^-share."""
    return _rounded(CONTEXT.divide(Decimal(1000), two_to(share(spent, budget))))


def share(spent: Decimal, budget: Decimal) -> Decimal:
    """Spent / budget, at most SHARE_MOST. A shift that offers nothing has empty budgets and spends nothing."""
    if not spent:
        return ZERO
    return min(SHARE_MOST, CONTEXT.divide(spent, budget)) if budget else SHARE_MOST


@lru_cache(maxsize=64)  # a screen asks for the same few, over and over
def two_to(exponent: Decimal) -> Decimal:
    """2^exponent for 0 <= exponent <= SHARE_MOST, exact for whole exponents.

    Whole and rest apart: e^(4 ln 2) is 15.99..9 or 16.00..1, and 2000 / (16 + 16) is a tie of the rounding.
    """
    whole = int(exponent)
    rest = CONTEXT.subtract(exponent, Decimal(whole))
    return CONTEXT.multiply(Decimal(2**whole), CONTEXT.exp(CONTEXT.multiply(rest, LN2)))


def amounts(pairs: Iterable[tuple[str, str]]) -> dict[str, Decimal]:
    """Prices or weights from their decimal text; a name that is not listed counts 1 (see `amount`)."""
    return {name: Decimal(text) for name, text in pairs}


def amount(known: Mapping[str, Decimal], name: str) -> Decimal:
    """The price of a kind of wrong answer, or the weight of an operation."""
    return known.get(name, ONE)


def offered_value(asked: Iterable[str], weights: Mapping[str, Decimal]) -> Decimal:
    """V: the value of the operations (by their names) that a seed offers."""
    total = ZERO
    for f in asked:
        total = CONTEXT.add(total, amount(weights, f))
    return total


def lost_write_price(price: Decimal, charged: Decimal) -> Decimal:
    """What a lost write still costs at settle, after the stale reads it already caused were charged."""
    return max(ZERO, CONTEXT.subtract(price, charged))


def number(value: Decimal) -> int | float:
    """The amount as JSON prints it: whole where it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)


def _floor_ppm(value: Decimal) -> int:
    return int(value.scaleb(6, CONTEXT).to_integral_value(ROUND_FLOOR))


def _rounded(value: Decimal) -> int:
    return int(value.to_integral_value(ROUND_HALF_EVEN))
