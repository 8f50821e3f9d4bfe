"""The frame clock: says "a frame", and how much real time has gone by since the last.

It is an object of ours and not a timer of the screen's, so that a test can stop it and tick it by hand: Textual's Pilot
waits for an idle processor, and a running shift never is.
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

from textual.message_pump import MessagePump
from textual.timer import Timer

OnFrame = Callable[[int], Awaitable[None]]

MOST_US = 250_000  # a frame is never longer: after a suspended terminal the shift goes on where it stood


class FrameClock:
    """Ticks by itself while somebody is listening."""

    def __init__(self, fps: int) -> None:
        self.fps = fps
        self._timer: Timer | None = None
        self._last = 0.0

    def start(self, pump: MessagePump, on_frame: OnFrame) -> None:
        """Call `on_frame(microseconds)` for every frame from now on, in `pump`'s own turn."""
        self.stop()

        async def tick() -> None:
            now = time.perf_counter()
            passed, self._last = now - self._last, now
            await on_frame(min(MOST_US, round(passed * 1_000_000)))

        self._last = time.perf_counter()
        self._timer = pump.set_interval(1 / self.fps, tick, name="frames")

    def stop(self) -> None:
        """No more frames until the next start."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None


class HandClock(FrameClock):
    """Ticks only when it is told to, and then waits until the frame is done."""

    def __init__(self, fps: int = 15) -> None:
        super().__init__(fps)
        self._on_frame: OnFrame | None = None

    def start(self, pump: MessagePump, on_frame: OnFrame) -> None:  # noqa: ARG002 (no timer, no pump)
        """Remember whom to tell."""
        self._on_frame = on_frame

    def stop(self) -> None:
        """Tell nobody."""
        self._on_frame = None

    async def tick(self, real_us: int | None = None) -> None:
        """One frame of `real_us` (1/fps s, if it is not said)."""
        if self._on_frame is not None:
            await self._on_frame(real_us if real_us is not None else 1_000_000 // self.fps)
