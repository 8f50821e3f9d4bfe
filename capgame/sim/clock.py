"""A machine's two clocks. `now` is monotonic and may drift; `wall` also jumps.

Timers and leases use `now`; last-writer-wins uses `wall`. A timer that is set keeps its instant when the clock changes.
"""

from __future__ import annotations

from collections.abc import Callable

MILLION = 1_000_000


class Clock:
    """The clocks of one machine, in microseconds. A drift of 50,000 ppm gains 50 ms a second."""

    def __init__(self, true: Callable[[], int]) -> None:
        self._true = true
        self._since = 0  # true time at the last change of rate
        self._shown = 0  # what `now` showed then
        self._drift_ppm = 0
        self._offset_us = 0  # what `wall` is ahead of `now`

    @property
    def now(self) -> int:
        """Monotonic time, as this machine measures it."""
        elapsed = self._true() - self._since
        return self._shown + elapsed + elapsed * self._drift_ppm // MILLION

    @property
    def wall(self) -> int:
        """The time of day, as this machine believes it."""
        return self.now + self._offset_us

    def duration(self, us: int) -> int:
        """How long `us` on this clock really takes, rounded up: a timer rings when its time is over, not just before.

        Rounded down, the last microsecond of a fast clock took no time, and an alarm waited for it for ever.
        """
        return us if not self._drift_ppm else -(-us * MILLION // (MILLION + self._drift_ppm))

    def jump(self, us: int) -> None:
        """Move the wall clock."""
        self._offset_us += us

    def drift(self, ppm: int) -> None:
        """Run fast or slow from now on."""
        self._shown, self._since = self.now, self._true()
        self._drift_ppm = ppm
