"""The load on plain trio, as one would write it without an engine: a task a message, and trio's own test clock.

`MockClock` jumps ahead as soon as every task sleeps. It is not deterministic, which is half of why the engine exists;
this measures the other half.
"""

from __future__ import annotations

import trio
from load import LOW_US, NAMES, OTHERS_NEEDED, PAUSE_US, SPAN_US, WITHIN_US, Ack, Counted, Done, Put, draws, put_of
from trio.testing import MockClock

from capgame.sim.requests import describe

US = 1e-6  # trio counts in seconds


class Question:
    """A write under way: who has answered, and the event that ends the wait."""

    __slots__ = ("enough", "got", "number")

    def __init__(self, number: int) -> None:
        self.number, self.enough = number, trio.Event()
        self.got: set[str] = set()


class Cluster:
    """Five nodes in one nursery."""

    def __init__(self, nursery: trio.Nursery) -> None:
        self.nursery = nursery
        self.trace = Counted()
        self.draws = draws()
        self.stores: dict[str, dict[str, Put]] = {name: {} for name in NAMES}
        self.peers = {name: [other for other in NAMES if other != name] for name in NAMES}
        self.calls = self.writes = 0
        self.begun = trio.current_time()

    async def seconds(self) -> None:
        while True:
            await trio.sleep(1)
            self.trace.second(0)

    async def write(self, name: str, writes: int) -> None:
        for turn in range(writes):
            self.calls += 1
            question, put = Question(self.calls), put_of(turn)
            self.store(name, put)
            text = describe(put)
            for peer in self.peers[name]:
                self.send(name, peer, question, put, text)
            with trio.move_on_after(WITHIN_US * US):
                await question.enough.wait()
            self.writes += 1
            await trio.sleep(PAUSE_US * US)

    def send(self, source: str, target: str, question: Question, body: Put | Ack, text: str) -> None:
        now = int((trio.current_time() - self.begun) / US)
        self.trace.lines.append(f"{now} {source}>{target} {question.number} {text}")
        delay = LOW_US + int(self.draws[source, target]() * SPAN_US)
        self.nursery.start_soon(self.deliver, delay, source, target, question, body)

    async def deliver(self, delay_us: int, source: str, target: str, question: Question, body: Put | Ack) -> None:
        await trio.sleep(delay_us * US)
        if type(body) is Put:
            ack = self.store(target, body)
            self.send(target, source, question, ack, describe(ack))
        elif source not in question.got:
            question.got.add(source)
            if len(question.got) == OTHERS_NEEDED:
                question.enough.set()

    def store(self, name: str, told: Put) -> Ack:
        held = self.stores[name].get(told.key)
        if held is None or told.version > held.version:
            self.stores[name][told.key] = told
        return Ack(told.version)


def naive(writes: int) -> Done:
    """A task a message under MockClock."""
    return trio.run(_carry, writes, clock=MockClock(autojump_threshold=0))


async def _carry(writes: int) -> Done:
    async with trio.open_nursery() as clock:
        async with trio.open_nursery() as nursery:  # ends with the last write and the last message
            cluster = Cluster(nursery)
            clock.start_soon(cluster.seconds)
            for name in NAMES:
                nursery.start_soon(cluster.write, name, writes)
        clock.cancel_scope.cancel()
    cluster.trace.second(0)
    return Done(cluster.trace, cluster.writes)
