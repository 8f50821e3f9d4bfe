"""Streams of random numbers: one a purpose, the same on every machine."""

from __future__ import annotations

from decimal import Context, Decimal

import pytest

from capgame.sim.streams import _BUCKETS, _QUANTILES, Streams, below, exponential_us, happens


def test_the_quantiles_are_those_of_correctly_rounded_logarithms() -> None:
    exact = [-Context(prec=30).ln(Decimal(_BUCKETS - k) / _BUCKETS) * 1_000_000 for k in range(_BUCKETS)]
    assert [int(value.to_integral_value()) for value in exact] == _QUANTILES
    assert min(abs(value % 1 - Decimal("0.5")) for value in exact) > Decimal("1e-7")  # no library is so wrong


def test_a_draw_in_one_stream_never_shifts_another() -> None:
    first, second = Streams("KIWI").draw("net/a-b"), Streams("KIWI").draw("net/b-a")
    alone = [second() for _ in range(5)]
    first_again, second_again = Streams("KIWI").draw("net/a-b"), Streams("KIWI").draw("net/b-a")
    mixed = [(first_again(), second_again())[1] for _ in range(5)]
    assert alone == mixed
    assert first() != alone[0]


def test_exponential_gaps_have_their_mean_and_their_tail() -> None:
    draw = Streams("KIWI").draw("gaps")
    gaps = [exponential_us(draw, 50_000) for _ in range(50_000)]
    assert sum(gaps) / len(gaps) == pytest.approx(50_000, rel=0.02)
    assert max(gaps) > 400_000  # eight means: one in three thousand


def test_chances_and_bounds_hold() -> None:
    draw = Streams("KIWI").draw("chances")
    assert sum(happens(draw, 250_000) for _ in range(20_000)) == pytest.approx(5_000, rel=0.05)
    assert {below(draw, 3) for _ in range(100)} == {0, 1, 2}
    assert not any(happens(draw, 0) for _ in range(100))
