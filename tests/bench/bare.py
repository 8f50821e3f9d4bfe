"""The load on a heap and a loop: no tasks, no owners, no links, no crash. What is left when an engine is left out."""

from __future__ import annotations

from collections.abc import Callable
from heapq import heappop, heappush
from typing import Any

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


class Question:
    """A write under way, its coordinator's place kept by hand."""

    __slots__ = ("got", "name", "number", "over", "turn")

    def __init__(self, number: int, name: str, turn: int) -> None:
        self.number, self.name, self.turn = number, name, turn
        self.got: set[str] = set()
        self.over = False


class Cluster:
    """Five nodes as callbacks."""

    def __init__(self, writes: int) -> None:
        self.now = self.tickets = self.calls = self.writes = 0
        self.heap: list[tuple[int, int, Callable[[Any], None], Any]] = []
        self.trace = Counted()
        self.draws = draws()
        self.stores: dict[str, dict[str, Put]] = {name: {} for name in NAMES}
        self.peers = {name: [other for other in NAMES if other != name] for name in NAMES}
        self.turns = writes
        self.at(SECOND_US, self.second, None)
        for name in NAMES:
            self.at(0, self.write, (name, 0))

    def at(self, when: int, action: Callable[[Any], None], argument: Any) -> None:
        self.tickets += 1
        heappush(self.heap, (when, self.tickets, action, argument))

    def run(self, until: int) -> None:
        heap = self.heap
        while heap and heap[0][0] <= until:
            self.now, _, action, argument = heappop(heap)
            action(argument)

    def second(self, _: None) -> None:
        self.trace.second(0)
        self.at(self.now + SECOND_US, self.second, None)

    def write(self, place: tuple[str, int]) -> None:
        name, turn = place
        if turn == self.turns:
            return
        self.calls += 1
        question, put = Question(self.calls, name, turn), put_of(turn)
        self.store(name, put)
        text = describe(put)
        for peer in self.peers[name]:
            self.send(name, peer, question, put, text)
        self.at(self.now + WITHIN_US, self.settle, question)

    def settle(self, question: Question) -> None:
        if not question.over:
            question.over = True
            self.writes += 1
            self.at(self.now + PAUSE_US, self.write, (question.name, question.turn + 1))

    def send(self, source: str, target: str, question: Question, body: Put | Ack, text: str) -> None:
        self.trace.lines.append(f"{self.now} {source}>{target} {question.number} {text}")
        delay = LOW_US + int(self.draws[source, target]() * SPAN_US)
        self.at(self.now + delay, self.deliver, (source, target, question, body))

    def deliver(self, message: tuple[str, str, Question, Put | Ack]) -> None:
        source, target, question, body = message
        if type(body) is Put:
            ack = self.store(target, body)
            self.send(target, source, question, ack, describe(ack))
        elif source not in question.got:
            question.got.add(source)
            if len(question.got) == OTHERS_NEEDED:
                self.settle(question)

    def store(self, name: str, told: Put) -> Ack:
        held = self.stores[name].get(told.key)
        if held is None or told.version > held.version:
            self.stores[name][told.key] = told
        return Ack(told.version)


def heap(writes: int) -> Done:
    """Callbacks on a heap."""
    cluster = Cluster(writes)
    cluster.run(end_of(writes))
    cluster.trace.second(0)
    return Done(cluster.trace, cluster.writes)
