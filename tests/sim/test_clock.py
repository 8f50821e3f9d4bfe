"""Clocks drift and jump; what they measure stays monotonic."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from capgame.sim.clock import Clock


class Time:
    def __init__(self) -> None:
        self.us = 0
        self.clock = Clock(lambda: self.us)


def test_a_jump_moves_the_time_of_day_only() -> None:
    """Timers and leases do not notice it."""
    time = Time()
    time.us = 1_000_000
    time.clock.jump(-300_000)
    assert (time.clock.now, time.clock.wall) == (1_000_000, 700_000)


def test_a_fast_clock_gains_from_the_change_on() -> None:
    """5% fast: 50 ms in a second; and what takes a second on it takes less in truth."""
    time = Time()
    time.us = 1_000_000
    time.clock.drift(50_000)
    time.us = 2_000_000
    assert time.clock.now == 2_050_000
    assert time.clock.duration(1_050_000) == 1_000_000
    time.clock.drift(0)
    time.us = 3_000_000
    assert time.clock.now == 3_050_000


@given(st.integers(-500_000, 500_000), st.integers(0, 3_000_000), st.integers(1, 3_000_000))
def test_what_is_waited_for_is_over_afterwards(drift_ppm: int, us: int, wait_us: int) -> None:
    """Or whoever looks at the clock then waits again, and the last microsecond of a fast clock never ends."""
    time = Time()
    time.clock.drift(drift_ppm)
    time.us = us
    due = time.clock.now + wait_us
    time.us += time.clock.duration(wait_us)
    assert time.clock.now >= due


@given(st.lists(st.tuples(st.integers(-500_000, 500_000), st.integers(0, 3_000_000)), max_size=20))
def test_it_never_goes_back(changes: list[tuple[int, int]]) -> None:
    """However often the rate changes."""
    time, shown = Time(), 0
    for drift_ppm, us in changes:
        time.clock.drift(drift_ppm)
        assert time.clock.now == shown
        time.us += us
        assert time.clock.now >= shown
        shown = time.clock.now
