"""The score: two budgets, one number, the same everywhere."""

from __future__ import annotations

from decimal import Decimal, getcontext, localcontext
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capgame.levels.level import ScoreRules
from capgame.play.score import (
    Budget,
    Outcome,
    Tally,
    amount,
    amounts,
    lost_write_price,
    number,
    offered_value,
    points,
    score,
    share,
    two_to,
)

counts = st.integers(0, 5_000)
budgets = st.integers(1, 500)
prices = st.decimals("0.1", "20", places=1)


def tally(uptime_ppm: int = 930_000, offered: int = 1_800, contracts: tuple[str, ...] = ()) -> Tally:
    rules = ScoreRules(model="linearizable", uptime_ppm=uptime_ppm, truth_ppm=990_000, contracts=contracts)
    return Tally.begin(rules, Decimal(offered))


def test_nothing_spent_is_a_thousand_and_three_stars() -> None:
    shift = tally()
    assert (shift.score, shift.stars, shift.uptime.points, shift.truth.points) == (1000, 3, 1000, 1000)


def test_budgets_are_counts_fixed_at_the_start() -> None:
    shift = tally()
    assert (shift.uptime.size, shift.truth.size) == (Decimal("126"), Decimal("18"))
    assert tally(uptime_ppm=933_333, offered=7).uptime.size == Decimal("0.466669")


def test_both_budgets_just_spent_are_half_the_score_and_still_a_win() -> None:
    shift = tally()
    shift.uptime.spend(Decimal(126))
    shift.truth.spend(Decimal(18))
    assert (shift.score, shift.stars, shift.outcome(ended=True)) == (500, 1, Outcome.WON)
    assert shift.uptime.left_ppm == shift.truth.left_ppm == 0


def test_one_more_loses_and_shows_at_most_499() -> None:
    """Truth is perfect and uptime overspent by a hair: the mean would say 664."""
    shift = tally()
    shift.uptime.spend(Decimal(127))
    assert score(Decimal(127), Decimal(126), Decimal(0), Decimal(18)) == 664
    assert (shift.score, shift.stars, shift.outcome(ended=True)) == (499, 0, Outcome.LOST)
    assert shift.uptime.left_ppm < 0


def test_a_broken_contract_loses_whatever_is_left() -> None:
    shift = tally(contracts=("no-lost-writes",))
    assert shift.break_contract("no-lost-writes")
    assert not shift.break_contract("no-lost-writes"), "the second time is no news"
    assert not shift.break_contract("no-oversell"), "the level has no such contract"
    assert (shift.score, shift.outcome(ended=True)) == (499, Outcome.LOST)
    assert shift.contracts == {"no-lost-writes": False}


def test_a_run_that_goes_on_is_pending() -> None:
    assert tally().outcome(ended=False) is Outcome.PENDING


@given(st.integers(900_000, 999_999), st.integers(20, 5_000))
def test_refusing_everything_is_worth_nothing(slo_ppm: int, offered: int) -> None:
    shift = tally(uptime_ppm=slo_ppm, offered=offered)
    shift.uptime.spend(Decimal(offered))
    assert shift.score <= 2
    assert shift.outcome(ended=True) is Outcome.LOST


@given(counts, budgets, counts, budgets, counts)
def test_a_score_never_rises_when_more_is_spent(u: int, bu: int, c: int, bc: int, more: int) -> None:
    before = score(Decimal(u), Decimal(bu), Decimal(c), Decimal(bc))
    assert score(Decimal(u + more), Decimal(bu), Decimal(c), Decimal(bc)) <= before
    assert score(Decimal(u), Decimal(bu), Decimal(c + more), Decimal(bc)) <= before


@settings(deadline=None)  # a busy machine is no failure
@given(st.lists(st.tuples(st.booleans(), prices), max_size=40))
def test_what_is_shown_live_never_rises(spending: list[tuple[bool, Decimal]]) -> None:
    shift = tally(offered=200)
    shown = [(shift.score, shift.stars, shift.uptime.left_ppm, shift.truth.left_ppm)]
    for wrong, price in spending:
        (shift.truth if wrong else shift.uptime).spend(price)
        shown.append((shift.score, shift.stars, shift.uptime.left_ppm, shift.truth.left_ppm))
    assert all(a >= b for was, now in pairwise(shown) for a, b in zip(was, now, strict=True))


@given(counts, budgets, counts, budgets)
def test_the_score_is_the_harmonic_mean_of_its_halves(u: int, bu: int, c: int, bc: int) -> None:
    """Within rounding, against floats: this is the formula of the rules, and floats are only the witness."""
    a, b = (1000 * 2 ** -min(spent / size, 1000) for spent, size in ((u, bu), (c, bc)))
    assert abs(points(Decimal(u), Decimal(bu)) - a) <= 0.5001
    mean = 2 * a * b / (a + b) if a + b else 0.0
    assert abs(score(Decimal(u), Decimal(bu), Decimal(c), Decimal(bc)) - mean) <= 0.5001


@given(st.lists(prices, max_size=30), st.integers(1, 4_000))
def test_a_score_can_be_recomputed_from_the_printed_numbers(charges: list[Decimal], offered: int) -> None:
    shift = tally(offered=offered)
    for price in charges:
        shift.truth.spend(price)
    printed = [number(x) for budget in (shift.uptime, shift.truth) for x in (budget.spent, budget.size)]
    again = score(*(Decimal(str(x)) for x in printed))
    assert shift.score == (again if shift.holds else min(again, 499))


@given(st.integers(2, 60))
def test_the_callers_decimal_context_changes_nothing(precision: int) -> None:
    numbers = Decimal("37.25"), Decimal("125.9307"), Decimal(6), Decimal("17.99")
    plain = score(*numbers)
    with localcontext() as context:
        context.prec = precision
        assert score(*numbers) == plain
        assert Budget(930_001, Decimal(1_799)).size == Decimal("125.928201")
    assert getcontext().prec == 28


def test_whole_shares_are_exact_powers() -> None:
    """2000 / (2^4 + 2^4) is a tie: it rounds to even, as Python's round does, and not by the last digit of exp."""
    assert [two_to(Decimal(n)) for n in (0, 1, 10)] == [1, 2, 1024]
    assert score(Decimal(4), Decimal(1), Decimal(4), Decimal(1)) == round(62.5) == 62
    assert abs(two_to(Decimal("0.5")) ** 2 - 2) < Decimal("1e-25")


def test_absurd_spending_is_zero_and_not_an_overflow() -> None:
    assert score(Decimal(10**12), Decimal("0.0001"), Decimal(0), Decimal(1)) == 0
    assert points(Decimal(10**12), Decimal("0.0001")) == 0


def test_a_shift_that_offers_nothing_spends_nothing() -> None:
    shift = tally(offered=0)
    assert share(Decimal(0), Decimal(0)) == 0
    assert (shift.score, shift.uptime.value_ppm, shift.outcome(ended=True)) == (1000, 1_000_000, Outcome.WON)


def test_a_budget_refuses_to_be_refilled() -> None:
    with pytest.raises(AssertionError, match="only drains"):
        tally().uptime.spend(Decimal(-1))


def test_what_is_left_is_said_in_answers() -> None:
    """13.5 truth left are 6 stale reads of 2 each."""
    budget = Budget(990_000, Decimal(1_800), spent=Decimal("4.5"))
    assert (budget.left, budget.affords(Decimal(2)), budget.left_ppm) == (Decimal("13.5"), 6, 750_000)
    assert Budget(990_000, Decimal(100), spent=Decimal(3)).affords(Decimal(2)) == 0


def test_a_value_is_what_it_will_be_if_all_goes_well() -> None:
    assert Budget(930_000, Decimal(1_800), spent=Decimal(1)).value_ppm == 999_444, "never rounded up to all of it"
    assert Budget(990_000, Decimal(10), spent=Decimal(80)).value_ppm == 0


def test_a_lost_write_pays_what_its_stale_reads_left_over() -> None:
    assert lost_write_price(Decimal(8), Decimal(6)) == 2
    assert lost_write_price(Decimal(8), Decimal(10)) == 0


def test_prices_and_weights_count_one_unless_the_level_says_otherwise() -> None:
    known = amounts((("stale-read", "2"), ("late-add", "0.25")))
    assert (amount(known, "late-add"), amount(known, "lost-write")) == (Decimal("0.25"), 1)
    assert offered_value(["write", "read", "read"], amounts([("write", "1.5")])) == Decimal("3.5")
