"""One order for everything: the heap's, the tasks', and that of cancelling. The same on both kernels."""

from __future__ import annotations

import pytest
from small import KERNELS, S, drive, sleep, timeline

from capgame.errors import SimulationError
from capgame.sim.timeline import FAULT, FAULT_END, MESSAGE, TIMER, Owner, Scope, Timeline

pytestmark = pytest.mark.parametrize("kernel", KERNELS.values(), ids=KERNELS)


class Told(list[str]):
    """What was said, in order."""

    def say(self, text: str) -> None:
        self.append(text)


def test_entries_run_by_instant_then_rank_then_ticket(kernel: type[Timeline]) -> None:
    """Whatever the order in which they were asked for."""
    line, told = timeline(kernel), Told()
    for at, rank, text in (
        (20, FAULT, "fault at 20"),
        (10, MESSAGE, "first message"),
        (10, TIMER, "timer"),
        (10, MESSAGE, "second"),
        (10, FAULT_END, "end"),
        (10, FAULT, "fault"),
    ):
        line.at(at, rank, line.world, told.say, text)
    drive(line, S)
    assert told == ["end", "fault", "timer", "first message", "second", "fault at 20"]


def test_several_wakeups_of_one_entry_are_first_in_first_out(kernel: type[Timeline]) -> None:
    """Tasks go on in the order in which they were woken, not in that in which they were begun."""
    line, told = timeline(kernel), Told()

    async def wait(name: str) -> None:
        told.say(f"{name} got {await line.park()}")

    tasks = [line.spawn(line.world, wait, name) for name in "abc"]

    def wake(_: None) -> None:
        for task, value in zip((tasks[2], tasks[0], tasks[1]), (1, 2, 3), strict=True):
            line.wake(task, value)

    line.at(10, TIMER, line.world, wake, None)
    drive(line, S)
    assert told == ["c got 1", "a got 2", "b got 3"]


def test_one_task_runs_until_it_parks(kernel: type[Timeline]) -> None:
    """What it wakes and what it spawns wait for it; a spawned task begins behind what is due at the same instant."""
    line, told = timeline(kernel), Told()

    async def wait() -> None:
        await line.park()
        told.say("woken")

    async def act() -> None:
        line.spawn(line.world, child)
        line.wake(parked)
        told.say("still running")

    async def child() -> None:
        told.say("child")

    parked = line.spawn(line.world, wait)
    line.at(0, TIMER, line.world, told.say, "same instant")
    line.spawn(line.world, act)
    drive(line, S)
    assert told == ["same instant", "still running", "woken", "child"]


def test_cancellation_beats_a_queued_value(kernel: type[Timeline]) -> None:
    """A task that was woken and then cancelled before it ran never sees the value."""
    line, told = timeline(kernel), Told()

    async def wait() -> None:
        try:
            told.say(f"got {await line.park()}")
        finally:
            told.say("ended")

    task = line.spawn(line.world, wait)

    def both(_: None) -> None:
        line.wake(task, "a value")
        line.cancel(task)

    line.at(10, TIMER, line.world, both, None)
    drive(line, S)
    assert told == ["ended"]


def test_a_task_cancelled_before_it_begins_never_does(kernel: type[Timeline]) -> None:
    """Nothing of it runs, not even its first line."""
    line, told = timeline(kernel), Told()

    async def speak() -> None:
        told.say("begun")

    line.cancel(line.spawn(line.world, speak))
    drive(line, S)
    assert told == []


def test_a_task_that_cancels_itself_ends_where_it_parks(kernel: type[Timeline]) -> None:
    """What stands before the next await still happens, as with leaving one's own role."""
    line, told = timeline(kernel), Told()

    async def leave() -> None:
        assert line.current is not None
        line.cancel(line.current)
        told.say("last words")
        await sleep(line, line.world, 10)
        told.say("never")

    line.spawn(line.world, leave)
    drive(line, S)
    assert told == ["last words"]


def test_a_scope_ends_in_the_order_of_its_tickets(kernel: type[Timeline]) -> None:
    """Two hundred tasks, woken in any order, are cancelled as they were begun."""
    line, told, scope = timeline(kernel), Told(), Scope()

    async def wait(number: int) -> None:
        try:
            await sleep(line, line.world, 1_000 - number)
        finally:
            told.say(str(number))

    for number in range(200):
        line.spawn(line.world, wait, number, scope=scope)
    line.at(500, TIMER, line.world, line.cancel_scope, scope)
    drive(line, S)
    assert told == [str(number) for number in range(200)]


def test_a_resume_keeps_the_old_order(kernel: type[Timeline]) -> None:
    """A timer that fell due behind a message stays behind it, though timers come first within an instant."""
    line, told, owner = timeline(kernel), Told(), Owner("n1")
    line.at(10, MESSAGE, owner, told.say, "message at 10")
    line.at(20, TIMER, owner, told.say, "timer at 20")
    line.at(30, MESSAGE, owner, told.say, "message at 30")
    line.at(100, MESSAGE, owner, told.say, "message at 100")
    line.at(5, FAULT, line.world, line.pause, owner)
    line.at(100, FAULT_END, line.world, line.resume, owner)
    drive(line, S)
    assert told == ["message at 10", "timer at 20", "message at 30", "message at 100"]


def test_the_dead_do_nothing(kernel: type[Timeline]) -> None:
    """Entries and tasks of a killed owner end with it, those that it had kept in a pause too."""
    line, told, owner = timeline(kernel), Told(), Owner("n1")

    async def wait() -> None:
        await sleep(line, owner, 50)
        told.say("woken")

    line.spawn(owner, wait)
    line.at(40, TIMER, owner, told.say, "entry")
    line.at(20, FAULT, line.world, line.pause, owner)
    line.at(45, FAULT, line.world, line.kill, owner)
    line.at(46, FAULT_END, line.world, line.resume, owner)
    drive(line, S)
    assert told == []


def test_the_horizon_is_inclusive_and_leaves_no_trace(kernel: type[Timeline]) -> None:
    """What is due at `until` runs; `now` is `until` afterwards; no ticket is taken."""
    line, told = timeline(kernel), Told()
    line.at(100, TIMER, line.world, told.say, "at 100")
    line.at(101, TIMER, line.world, told.say, "at 101")
    tickets = line.tickets
    drive(line, 50, 60, 100)
    assert told == ["at 100"]
    assert (line.now, line.tickets) == (100, tickets)


def test_a_bug_in_an_entry_is_told_with_time_and_seed(kernel: type[Timeline]) -> None:
    """The error says whose it is, what, when, at which event and of which seed."""
    line, owner = timeline(kernel), Owner("n3")
    line.at(1_200, TIMER, owner, {}.__getitem__, "lost")
    with pytest.raises(SimulationError, match=r"n3: KeyError: 'lost' — event 1, 1200 us, seed KIWI"):
        drive(line, S)


def test_a_bug_in_a_task_is_told_likewise(kernel: type[Timeline]) -> None:
    """Nothing runs behind it."""
    line, owner, told = timeline(kernel), Owner("n3"), Told()

    async def trip() -> None:
        await sleep(line, owner, 1_200)
        raise ValueError("tripped")

    line.spawn(owner, trip)
    line.at(1_200, MESSAGE, line.world, told.say, "later")
    with pytest.raises(SimulationError, match="n3: ValueError: tripped"):
        drive(line, S)
    assert told == []


def test_closing_ends_whoever_is_parked(kernel: type[Timeline]) -> None:
    """A run returns though its tasks wait for ever, and what they do while they end is not recorded."""
    line = timeline(kernel)

    async def wait(number: int) -> None:
        try:
            await line.park()
        finally:
            line.record(f"{number} speaks from the grave")

    for number in range(50):
        line.spawn(line.world, wait, number)
    drive(line, S)
    digest = line.trace.digest  # takes in whatever lines there are
    assert not [text for text in line.trace.kept if "grave" in text]
    line.record("this was not said either")
    assert line.trace.digest == digest


def test_closing_stops_a_task_that_is_on_its_way(kernel: type[Timeline]) -> None:
    """What it asks for after that is asked of nobody: with a far horizon it went on by itself, to the end."""
    line, owner, steps = timeline(kernel), Owner("n1"), []

    async def walk() -> None:
        while True:
            await sleep(line, owner, 1)
            steps.append(line.now)
            if len(steps) == 5:
                line.close()

    line.spawn(owner, walk)
    drive(line, S)
    assert steps == [1, 2, 3, 4, 5]
