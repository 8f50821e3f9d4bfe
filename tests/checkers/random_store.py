"""Random register histories with random faults, judged while they are made."""

from __future__ import annotations

import random

from capgame.checkers.register import RegisterReferee
from capgame.history.operation import Completion, Operation
from capgame.history.record import History


class Store:
    """A register service that mostly tells the truth: its faults are stale answers, lost writes, lies and crashes."""

    def __init__(self, seed):
        self.dice = random.Random(seed)
        self.faults = self.dice.choice([0, 0, 0.1, 0.3, 0.8])
        self.keys = self.dice.choice([["k0"], ["k0"], ["k0", "k1"]])
        self.length = self.dice.randint(3, 18)
        self.processes = self.dice.randint(1, 5)
        self.history = History()
        self.past = {key: [0] for key in self.keys}  # values that took effect, oldest first
        self.open = {}  # process: operation and whether it has taken effect
        self.charged = []

    def run(self, referee):
        while len(self.history.operations) < self.length or self.open:
            process = self.dice.randrange(self.processes)
            if process not in self.open:
                self._invoke(process, referee)
            elif self.dice.random() < 0.5:
                self._take_effect(process)
            else:
                self._complete(process, referee)
        return self.history

    def _invoke(self, process, referee):
        number = len(self.history.operations)
        if number >= self.length:
            return
        writes = self.dice.random() < 0.45
        op = Operation(
            id=number,
            process=process,
            group="us",
            f="write" if writes else "read",
            key=self.dice.choice(self.keys),
            value=number + 1 if writes else None,
            at=number,
            called=-1,
        )
        self.history.invoke(op)
        referee.invoke(op)
        self.open[process] = [op, None]

    def _take_effect(self, process):
        op, answer = self.open[process]
        if answer is None:
            if op.f == "write":
                self.past[op.key].append(op.value)
            self.open[process][1] = self.past[op.key][-1]

    def _complete(self, process, referee):
        op, answer = self.open.pop(process)
        if self.dice.random() < 0.1:
            completion = Completion.INFO
        elif op.f == "write" and answer is None:
            completion = Completion.OK if self._errs() else Completion.FAIL  # a lost write, an honest refusal
        elif op.f == "write":
            completion = Completion.FAIL if self._errs() and self._errs() else Completion.OK  # a refusal that lies
        else:
            completion = Completion.OK
        value = self._answer(op, answer) if op.f == "read" else None
        self.history.complete(op, completion, op.at, value, "n1")
        anomaly = referee.complete(op)
        if anomaly:
            self.charged.append(anomaly)

    def _errs(self):
        return self.dice.random() < self.faults

    def _answer(self, op, answer):
        written = [it.value for it in self.history.operations if it.f == "write"]
        if self._errs():
            return self.dice.choice([*self.past[op.key], *self.past[op.key], *written, 99])
        return self.past[op.key][-1] if answer is None else answer


def run(seed, referee=RegisterReferee):
    store = Store(seed)
    store.run(referee())
    return store
