"""Arrivals are a Poisson process in steps, drawn before anything is asked."""

from __future__ import annotations

import pytest

from capgame.sim.clients import Arrival
from capgame.sim.streams import Streams
from capgame.workloads.register import Register, arrivals

S = 1_000_000
STEADY = [(0, 20_000)]  # 20/s


def offered(steps: list[tuple[int, int]], seconds: int = 200, seed: str = "KIWI") -> list[Arrival]:
    return arrivals(Streams(seed), "us", steps, seconds * S, 700_000)


def test_the_mean_rate_is_what_the_level_says() -> None:
    assert len(offered(STEADY, 1000)) == pytest.approx(20_000, rel=0.03)


def test_gaps_are_exponential() -> None:
    gaps = sorted(b.at - a.at for a, b in zip(offered(STEADY, 1000), offered(STEADY, 1000)[1:], strict=False))
    median, p99 = gaps[len(gaps) // 2], gaps[len(gaps) * 99 // 100]
    assert median == pytest.approx(50_000 * 0.693, rel=0.05)
    assert p99 == pytest.approx(50_000 * 4.605, rel=0.1)


def test_a_rate_changes_in_steps_and_may_be_nothing() -> None:
    found = offered([(0, 10_000), (50 * S, 0), (100 * S, 40_000)])
    counts = [
        sum(a <= arrival.at < b for arrival in found) for a, b in ((0, 50 * S), (50 * S, 100 * S), (100 * S, 200 * S))
    ]
    assert counts[0] == pytest.approx(500, rel=0.2)
    assert counts[1] == 0
    assert counts[2] == pytest.approx(4_000, rel=0.1)


def test_a_group_that_never_asks_has_no_arrivals() -> None:
    assert offered([(0, 0)]) == []


def test_the_same_seed_offers_the_same() -> None:
    assert offered(STEADY) == offered(STEADY)
    assert offered(STEADY) != offered(STEADY, seed="MOSS")


def test_shares_of_reads_and_writes_hold() -> None:
    found = offered(STEADY, 1000)
    assert sum(arrival.f == "read" for arrival in found) / len(found) == pytest.approx(0.7, abs=0.02)


def test_written_values_are_new_in_the_whole_run() -> None:
    register = Register(8)
    values = [register.question(Arrival(0, "write", n << 20))[1] for n in range(50)]
    assert values == list(range(1, 51))


def test_keys_spread_over_all_there_are() -> None:
    register = Register(8)
    assert {register.question(Arrival(0, "read", n << 24))[0] for n in range(256)} == {f"k{n}" for n in range(8)}


def test_fresh_keys_are_never_written_twice_and_only_acknowledged_ones_are_read() -> None:
    register = Register(None)
    assert register.question(Arrival(0, "read", 0)) == ("f0", None)
    keys = [register.question(Arrival(0, "write", 0))[0] for _ in range(5)]
    assert len(set(keys)) == 5
    register.acknowledged(keys[3])
    assert {register.question(Arrival(0, "read", n << 28))[0] for n in range(16)} == {keys[3]}
