"""Attention: what pays for moves, and how it comes back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from capgame.moves.attention import Attention

SECOND = 1_000_000
REFILL = 20 * SECOND


def test_one_comes_back_every_refill() -> None:
    purse = Attention.full(3, REFILL).spend(2, 5 * SECOND)
    assert purse.at(24 * SECOND).have == 1
    assert purse.refill_in(24 * SECOND) == SECOND
    assert purse.at(25 * SECOND).have == 2
    assert purse.at(45 * SECOND).have == 3
    assert purse.refill_in(45 * SECOND) is None


def test_a_full_purse_saves_nothing_up() -> None:
    purse = Attention.full(3, REFILL).spend(1, 100 * SECOND)
    assert purse.at(119 * SECOND).have == 2
    assert purse.at(120 * SECOND).have == 3


def test_a_second_payment_does_not_restart_the_refill() -> None:
    purse = Attention.full(3, REFILL).spend(1, 0).spend(1, 10 * SECOND)
    assert purse.at(20 * SECOND).have == 2


def test_a_move_refused_at_its_effect_is_paid_back_and_no_more() -> None:
    purse = Attention.full(3, REFILL).spend(2, 0)
    assert purse.give_back(2, 2 * SECOND).have == 3
    assert purse.give_back(2, 25 * SECOND).have == 3


def test_a_refusal_can_say_when_it_will_be_affordable() -> None:
    purse = Attention.full(3, REFILL).spend(3, 0)
    assert not purse.affords(2, 39 * SECOND)
    assert purse.affords_at(2, 5 * SECOND) == 40 * SECOND
    assert purse.affords(2, 40 * SECOND)
    assert purse.affords_at(4, 5 * SECOND) is None


def test_without_a_refill_nothing_comes_back() -> None:
    purse = Attention.full(2, 0).spend(1, 0)
    assert purse.at(1_000 * SECOND).have == 1
    assert purse.refill_in(0) is None
    assert purse.affords_at(2, 0) is None


STEPS = st.lists(st.tuples(st.integers(0, 50 * SECOND), st.integers(0, 3), st.booleans()), max_size=20)


@given(st.integers(0, 6), st.integers(1, 30 * SECOND), STEPS)
def test_it_stays_between_nothing_and_the_budget(budget: int, refill: int, steps: list[tuple[int, int, bool]]) -> None:
    purse, now = Attention.full(budget, refill), 0
    for wait, cost, back in steps:
        now += wait
        if back:
            purse = purse.give_back(cost, now)
        elif purse.affords(cost, now):
            purse = purse.spend(cost, now)
        assert 0 <= purse.at(now).have <= budget


@given(st.integers(1, 6), st.integers(1, REFILL), st.integers(0, 9 * REFILL), st.integers(0, 9 * REFILL))
def test_looking_twice_is_looking_once(budget: int, refill: int, first: int, second: int) -> None:
    purse = Attention.full(budget, refill).spend(budget, 0)
    early, late = sorted((first, second))
    assert purse.at(early).at(late) == purse.at(late)
