"""trio in guest mode inside Textual's asyncio loop: the only place of the TUI that knows both.

Rules:
1. There is one guest run for the whole app, and it hosts every session. A second one on the main thread, or a
   `trio.run`, raises RuntimeError.
2. A session is touched by nobody while it advances. Whoever wants something of it waits (`LiveRun.idle`), and a move is
   submitted between two advances.
3. The horizon moves by frame x speed, in slices of virtual time, for as long as the frame has real time left. What does
   not fit is dropped, never queued: a slow machine plays slower, and the run is the same.
4. At the end sessions are silenced first, then trio may cancel their tasks in any order.
5. Everything that waits for the guest also wakes when the guest is dead. A dead guest ends the app, with a report.

Theory: the Timeline does not record where an advance stopped, so how real time cuts a run into frames cannot be seen in
its digest. The clock below may stop, jump and change its speed as it likes.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import outcome
import trio

from capgame.errors import SimulationError
from capgame.play.operator import Answer
from capgame.play.session import Session
from capgame.sim.live import LiveTimeline
from capgame.sim.run import host
from capgame.tui.options import Options

SLICE_US = 25_000  # virtual: about three slices a frame at 1×; the shortest time that a frame can overrun by
FRAME_SHARE = 0.6  # of a frame's real time that may be spent on simulating
HOLD_OFF_US = 5_000_000  # after a stop of one kind, the other does not stop the clock for so long
STEP_MOST_US = 1_000_000
STEP_US = 1_000

Job = Callable[[], Awaitable[None]]


class Bridge:
    """The guest run. `on_death` is called with its error if it ends on its own."""

    def __init__(self, on_death: Callable[[BaseException | None], None]) -> None:
        self._on_death = on_death
        self._stopping = False
        self._nursery: trio.Nursery | None = None
        self._ready: asyncio.Event = asyncio.Event()
        self._done: asyncio.Future[outcome.Outcome[None]] | None = None
        self._runs: list[LiveRun] = []

    async def start(self) -> None:
        """Begin the guest run, and wait until it can host a session."""
        loop = asyncio.get_running_loop()
        self._done = loop.create_future()
        trio.lowlevel.start_guest_run(
            self._main,
            run_sync_soon_threadsafe=loop.call_soon_threadsafe,
            run_sync_soon_not_threadsafe=loop.call_soon,
            done_callback=self._ended,
            host_uses_signal_set_wakeup_fd=True,
            restrict_keyboard_interrupt_to_checkpoints=True,
        )
        await self._ready.wait()

    async def _main(self) -> None:
        async with trio.open_nursery() as self._nursery:
            self._ready.set()
            await trio.sleep_forever()

    def _ended(self, result: outcome.Outcome[None]) -> None:
        self._ready.set()
        for run in self._runs:
            run.abandon()
        if self._done is not None and not self._done.done():
            self._done.set_result(result)
        if not self._stopping:
            self._on_death(result.error if isinstance(result, outcome.Error) else None)

    @property
    def alive(self) -> bool:
        """Whether sessions can still advance."""
        return self._done is not None and not self._done.done() and not self._stopping

    def open(self, session: Session, options: Options) -> LiveRun:
        """Host a session; it stands at 0:00, whose entries have run, until its first frame."""
        run = LiveRun(session, options)
        self._runs.append(run)
        if self.alive and self._nursery is not None:
            self._nursery.start_soon(run.live)
        else:
            run.abandon()
        return run

    def close(self, run: LiveRun) -> None:
        """End a session, whatever it is doing."""
        if run in self._runs:
            self._runs.remove(run)
            run.end()

    async def stop(self) -> BaseException | None:
        """End everything; the guest's own error, if there was one."""
        if self._done is None:
            return None
        self._stopping = True
        for run in list(self._runs):
            self.close(run)
        if self._nursery is not None and not self._done.done():
            self._nursery.cancel_scope.cancel()
        result = await self._done
        return result.error if isinstance(result, outcome.Error) else None


@dataclass(frozen=True, slots=True)
class Stop:
    """Why the clock stopped by itself: "page" or "fall", and what the pager says."""

    kind: str
    at: int
    say: str


class LiveRun:
    """One session and its clock. Frames come from asyncio, advances happen in trio, one at a time."""

    def __init__(self, session: Session, options: Options) -> None:
        self.session = session
        self.options = options
        self.speed = 1.0
        self.paused = True
        self.stop: Stop | None = None  # why it stands still, if it stopped by itself
        self.error: SimulationError | None = None
        self.over = False  # settled and judged, or broken
        self._holds: set[str] = set()
        self._last_stop: Stop | None = None
        self._job: Job | None = self._begin
        self._bell = trio.Event()
        self._bell.set()
        self._idle = asyncio.Event()
        self._ended = False
        self._scope = trio.CancelScope()

    # ── what the screen asks for, on asyncio's side

    @property
    def running(self) -> bool:
        """Whether time goes by."""
        return not (self.paused or self._holds or self.over or self._ended)

    @property
    def busy(self) -> bool:
        """Whether an advance is under way: then nobody may touch the session."""
        return not self._idle.is_set()

    def hold(self, why: str, on: bool) -> None:
        """Let the clock wait for a reason, or no longer; it goes on by itself when the last reason is gone."""
        if on:
            self._holds.add(why)
        else:
            self._holds.discard(why)

    def go(self, on: bool) -> None:
        """The player's own start and stop."""
        self.paused = not on
        self.stop = None

    async def idle(self) -> None:
        """Wait until the session may be touched."""
        while self.busy:
            await self._idle.wait()

    async def frame(self, real_us: int) -> None:
        """Let `real_us` of the player's time go by."""
        if self.busy or not self.running:
            return
        until = min(self.session.now + max(1, round(real_us * self.speed)), self.session.duration)
        deadline = time.perf_counter() + real_us * FRAME_SHARE / 1_000_000
        await self._in_trio(lambda: self._advance(until, deadline))

    async def step(self) -> None:
        """Advance to the next event, whatever it is."""
        if not (self.busy or self.over or self._ended):
            await self._in_trio(self._step)

    async def settle(self) -> None:
        """After the shift: what is under way comes to rest, and the judge looks."""
        await self.idle()
        if not (self.over or self._ended):
            await self._in_trio(self._settle)

    async def submit(self, text: str) -> Answer:
        """Ask for a move at the present instant."""
        await self.idle()
        if self._ended or self.over or self.session.now >= self.session.duration:
            return Answer(False, "the shift is over")
        return self.session.submit(text)

    async def _in_trio(self, job: Job) -> None:
        self._idle.clear()
        self._job = job
        self._bell.set()
        await self._idle.wait()

    # ── what happens in trio

    async def live(self) -> None:
        """The session's task in the guest run, from its first frame to its end."""
        timeline = self.session.timeline
        try:
            with self._scope:
                if isinstance(timeline, LiveTimeline):
                    await host(timeline, self._serve)
                else:
                    await self._serve()
        finally:
            self.abandon()

    async def _serve(self) -> None:
        while True:
            await self._bell.wait()
            self._bell = trio.Event()
            job, self._job = self._job, None
            if job is not None:
                try:
                    await job()
                except SimulationError as error:  # a bug in a strategy ends its session, not the game
                    self.error, self.over = error, True
            self._idle.set()

    async def _begin(self) -> None:
        """The first instant: a move at 0:00 is asked for after its entries, in a replay as here."""
        await self.session.advance(0)

    async def _advance(self, until: int, deadline: float) -> None:
        """To the horizon, or to the first page before it, or as far as the frame's time goes."""
        session = self.session
        page = self._page(session.now, until)
        if page is not None:
            until = page.at
        while session.now < until:
            await session.advance(min(session.now + SLICE_US, until))
            if time.perf_counter() > deadline:
                break
        if page is not None and session.now == page.at:
            self._stop(page)
        fallen = session.falls()
        if fallen and self.options.stop_at_falls:
            self._stop(Stop("fall", session.now, fallen[0]))

    def _page(self, now: int, until: int) -> Stop | None:
        if not self.options.stop_at_pages:
            return None
        pages = self.session.pages_between(now, until)
        return Stop("page", pages[0].at, " ".join(pages[0].says)) if pages else None

    def _stop(self, stop: Stop) -> None:
        last = self._last_stop
        if last is not None and last.kind != stop.kind and stop.at - last.at < HOLD_OFF_US:
            return
        self._last_stop = self.stop = stop
        self.paused = True

    async def _step(self) -> None:
        session = self.session
        before, until = session.timeline.events, min(session.now + STEP_MOST_US, session.duration)
        while session.now < until and session.timeline.events == before:
            await session.advance(min(session.now + STEP_US, until))

    async def _settle(self) -> None:
        await self.session.settle()
        self.over = True

    # ── the end

    def end(self) -> None:
        """Silence the session, then let trio cancel what it likes."""
        self._ended = True
        self.session.close()
        self._scope.cancel()

    def abandon(self) -> None:
        """Nobody advances this any more; whoever waits may go on."""
        self._ended = True
        self._idle.set()


def report_of(error: BaseException | None) -> str:
    """What killed the guest, in one line."""
    if isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return "the simulation ended on its own" if error is None else f"{type(error).__name__}: {error}"
