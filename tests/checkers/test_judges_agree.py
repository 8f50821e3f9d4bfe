"""The live referee and the plain search agree on random histories, charge for charge."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from capgame.checkers import search
from capgame.checkers.register import RegisterReferee, check
from capgame.checkers.verdict import Kind, Verdict
from capgame.checkers.zones import NEVER, Story
from capgame.history.operation import Completion, Operation
from capgame.history.record import History

HISTORIES = 5_000


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
        op = Operation(id=number, process=process, group="us", f="write" if writes else "read",
                       key=self.dice.choice(self.keys), value=number + 1 if writes else None, at=number, called=-1)
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


def differences(referee, histories):
    """Seeds on which this referee and the search charge differently."""
    stores = [run(seed, referee) for seed in range(histories)]
    return [seed for seed, store in enumerate(stores) if _charged(store) != search.blame(store.history.operations)]


def _charged(store):
    return [anomaly.operations[0] for anomaly in store.charged]


def test_live_and_search_charge_the_same_operations():
    assert differences(RegisterReferee, HISTORIES) == []


def test_the_same_judgement_is_reached_afterwards():
    for seed in range(HISTORIES):
        store = run(seed)
        assert list(check(store.history).anomalies) == store.charged, seed


def test_the_random_histories_are_worth_judging():
    stores = [run(seed) for seed in range(HISTORIES)]
    verdicts = Counter(search.check(store.history.operations) for store in stores)
    kinds = Counter(anomaly.kind for store in stores for anomaly in store.charged)
    assert min(verdicts[Verdict.VALID], verdicts[Verdict.INVALID]) >= 500, verdicts
    assert all(kinds[kind] >= 50 for kind in (Kind.PHANTOM_READ, Kind.STALE_READ, Kind.NEW_OLD_INVERSION)), kinds


class Twin(RegisterReferee):
    """A referee that lacks one part of the argument, in its stories or in itself."""

    Story = Story

    def _story(self, key):
        return self._stories.setdefault(key, self.Story())


class BlindToBackwardZones(Twin):
    class Story(Story):
        def newer(self, zone, called):
            return (rival for rival in super().newer(zone, called) if rival.first_return < rival.last_call)


class BlindToForwardZones(Twin):
    class Story(Story):
        def newer(self, zone, called):
            return (rival for rival in super().newer(zone, called) if rival.first_return > rival.last_call)


class ForgetsReads(Twin):
    """No accepted read moves its value's zone."""

    class Story(Story):
        def fits(self, zone, read):
            before = zone.last_call, zone.last
            fits = super().fits(zone, read)
            zone.last_call, zone.last = before
            return fits


class BindsIndeterminateWrites(Twin):
    """Takes a write for done when its client gives up on it."""

    def complete(self, op):
        zone = self._story(op.key).values.get(op.value)
        if op.f == "write" and op.completion is Completion.INFO and zone.first_return == NEVER:
            self._story(op.key).appear(zone, op)
        return super().complete(op)


class BelievesFailedWrites(Twin):
    """A failed write may be read for all it knows."""

    def complete(self, op):
        return None if op.f == "write" and op.completion is Completion.FAIL else super().complete(op)


@pytest.mark.parametrize("twin", Twin.__subclasses__())
def test_a_referee_that_lacks_a_part_of_the_argument_is_caught(twin):
    assert differences(Twin, 200) == []
    assert differences(twin, 1_000)
