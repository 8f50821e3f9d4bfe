"""The live referee and the plain search agree on random histories, charge for charge."""

from __future__ import annotations

from collections import Counter

import pytest
from random_store import run

from capgame.checkers import search
from capgame.checkers.register import RegisterReferee, check
from capgame.checkers.verdict import Kind, Verdict
from capgame.checkers.zones import NEVER, Story
from capgame.history.operation import Completion

HISTORIES = 5_000


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
