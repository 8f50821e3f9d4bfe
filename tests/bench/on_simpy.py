"""The load on SimPy, twice: messages as timeouts with a callback, and a process at each node that takes its mail.

Coordinators are processes in both: nothing else in SimPy waits for "two Acks or a timeout".
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import simpy
from load import (
    LOW_US,
    NAMES,
    OTHERS_NEEDED,
    PAUSE_US,
    SECOND_US,
    SPAN_US,
    WITHIN_US,
    Ack,
    Counted,
    Done,
    Put,
    draws,
    end_of,
    put_of,
)

from capgame.sim.requests import describe

Process = Generator[simpy.Event, Any, None]


class Question:
    """A write under way: who has answered, and the event that ends the wait."""

    __slots__ = ("enough", "got", "number")

    def __init__(self, number: int, enough: simpy.Event) -> None:
        self.number, self.enough = number, enough
        self.got: set[str] = set()


class Cluster:
    """Five nodes; a message arrives by the callback of its timeout."""

    def __init__(self, writes: int) -> None:
        self.env = simpy.Environment()
        self.trace = Counted()
        self.draws = draws()
        self.stores: dict[str, dict[str, Put]] = {name: {} for name in NAMES}
        self.peers = {name: [other for other in NAMES if other != name] for name in NAMES}
        self.calls = self.writes = 0
        self.env.process(self.seconds())
        for name in NAMES:
            self.env.process(self.write(name, writes))

    def seconds(self) -> Process:
        while True:
            yield self.env.timeout(SECOND_US)
            self.trace.second(0)

    def write(self, name: str, writes: int) -> Process:
        env = self.env
        for turn in range(writes):
            self.calls += 1
            question, put = Question(self.calls, env.event()), put_of(turn)
            self.store(name, put)
            text = describe(put)
            for peer in self.peers[name]:
                self.send(name, peer, question, put, text)
            yield question.enough | env.timeout(WITHIN_US)
            self.writes += 1
            yield env.timeout(PAUSE_US)

    def send(self, source: str, target: str, question: Question, body: Put | Ack, text: str) -> None:
        self.trace.lines.append(f"{self.env.now} {source}>{target} {question.number} {text}")
        delay = LOW_US + int(self.draws[source, target]() * SPAN_US)
        flight = self.env.timeout(delay, (source, target, question, body))
        flight.callbacks.append(self.arrive)

    def arrive(self, flight: simpy.Event) -> None:
        self.receive(*flight.value)

    def receive(self, source: str, target: str, question: Question, body: Put | Ack) -> None:
        if type(body) is Put:
            ack = self.store(target, body)
            self.send(target, source, question, ack, describe(ack))
        elif source not in question.got:
            question.got.add(source)
            if len(question.got) == OTHERS_NEEDED:
                question.enough.succeed()

    def store(self, name: str, told: Put) -> Ack:
        held = self.stores[name].get(told.key)
        if held is None or told.version > held.version:
            self.stores[name][told.key] = told
        return Ack(told.version)


class Served(Cluster):
    """Five nodes, each a process that takes one message after the other from its own Store."""

    def __init__(self, writes: int) -> None:
        super().__init__(writes)
        self.mail = {name: simpy.Store(self.env) for name in NAMES}
        for name in NAMES:
            self.env.process(self.serve(name))

    def serve(self, name: str) -> Process:
        mail = self.mail[name]
        while True:
            message = yield mail.get()
            self.receive(*message)

    def arrive(self, flight: simpy.Event) -> None:
        self.mail[flight.value[1]].put(flight.value)


def callbacks(writes: int) -> Done:
    """Messages are timeouts with a callback."""
    return _carry(Cluster(writes), writes)


def processes(writes: int) -> Done:
    """Messages are taken from a Store by a process."""
    return _carry(Served(writes), writes)


def _carry(cluster: Cluster, writes: int) -> Done:
    cluster.env.run(until=end_of(writes))
    cluster.trace.second(0)
    return Done(cluster.trace, cluster.writes)
