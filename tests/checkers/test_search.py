"""The plain search, held by histories small enough to see through."""

from __future__ import annotations

import itertools
import random

import pytest
from scripted import Scripted

from capgame.checkers import search
from capgame.checkers.search import NEVER, Call
from capgame.checkers.verdict import Verdict
from capgame.errors import Undecided
from capgame.values import register


def test_a_read_must_follow_the_write_that_returned_before_it():
    assert search.search([Call(0, 1, "write", 5), Call(2, 3, "read", 5)]) is Verdict.VALID
    assert search.search([Call(0, 1, "write", 5), Call(2, 3, "read", 0)]) is Verdict.INVALID


def test_an_operation_without_a_return_may_happen_or_not():
    assert search.search([Call(0, NEVER, "write", 5), Call(2, 3, "read", 5)]) is Verdict.VALID
    assert search.search([Call(0, NEVER, "write", 5), Call(2, 3, "read", 0)]) is Verdict.VALID


def test_nothing_is_linearizable():
    assert search.search([]) is Verdict.VALID


def test_a_search_that_runs_out_of_steps_is_unknown():
    calls = [Call(0, 100, "write", value) for value in range(1, 12)]
    assert search.search([*calls, Call(101, 102, "read", 99)], steps_max=50) is Verdict.UNKNOWN


def test_an_undecided_blame_says_so():
    shift = Scripted()
    shift.wrote(1)
    shift.saw(1)
    with pytest.raises(Undecided, match="operation 1 was not judged within 1 steps"):
        search.blame(shift.history.operations, steps_max=1)


def test_one_bad_key_makes_a_history_invalid():
    shift = Scripted()
    shift.wrote(1, key="k1")
    shift.saw(0, key="k2")
    assert search.check(shift.history.operations) is Verdict.VALID
    shift.saw(0, key="k1")
    assert search.check(shift.history.operations) is Verdict.INVALID
    assert search.blame(shift.history.operations) == [2]


def test_the_search_agrees_with_all_permutations():
    """Six operations or fewer, every one required: some permutation respects time and the register, or none does."""
    dice = random.Random(5)
    found = {Verdict.VALID: 0, Verdict.INVALID: 0}
    for _ in range(300):
        calls = _random_calls(dice)
        expected = any(map(_explains, itertools.permutations(calls)))
        verdict = search.search(calls)
        assert (verdict is Verdict.VALID) is expected, calls
        found[verdict] += 1
    assert min(found.values()) >= 50


def _random_calls(dice):
    size = dice.randint(2, 5)
    instants = dice.sample(range(2 * size), 2 * size)
    ends = [sorted(pair) for pair in zip(instants[::2], instants[1::2], strict=True)]
    return [
        Call(called, returned, *(("write", index + 1) if dice.random() < 0.5 else ("read", dice.randint(0, size))))
        for index, (called, returned) in enumerate(ends)
    ]


def _explains(order):
    state = register.INITIAL
    for index, call in enumerate(order):
        if any(later.returned < call.called for later in order[index:]):
            return False
        state, answer = register.apply(state, call.f, call.value)
        if answer != call.value:
            return False
    return True
