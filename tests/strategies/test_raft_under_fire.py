"""Raft keeps its promise under random cuts, crashes, pauses and bad links: nobody ever gets a wrong answer."""

from __future__ import annotations

import pytest
from fire import FIVE, THREE, Ground, Outcome, under_fire

from capgame.strategies.raft import Raft

GROUNDS = {"3 nodes": Ground(regions=THREE), "5 nodes": Ground(regions=FIVE)}
READS = ("index", "lease", "log")
WAITS = ("200ms", "400ms", "1s")


def fire(ground: Ground, number: int, kernel: str = "stepped") -> Outcome:
    """Seeds go round through the safe settings of the knobs."""
    knobs = {
        "reads": READS[number % 3],
        "election-timeout": WAITS[number // 3 % 3],
        "pre-vote": "off" if number % 4 == 3 else "on",
    }
    return under_fire(Raft, f"F{number}", ground, knobs=knobs, kernel=kernel)


def hold(ground: Ground, numbers: range) -> None:
    """No wrong answer in any of these runs, though each had its faults and its answers, and leaders fell."""
    elections = answered = 0
    for number in numbers:
        outcome = fire(ground, number)
        assert not outcome.charges, outcome
        assert len(outcome.faults) >= 5
        assert outcome.elections >= 1
        elections += outcome.elections
        answered += outcome.answered
    print(f"{len(numbers)} runs: {elections} elections, {answered} answers, no wrong one")
    assert elections > 2 * len(numbers)
    assert answered > 100 * len(numbers)


@pytest.mark.parametrize("ground", GROUNDS.values(), ids=GROUNDS)
def test_nobody_gets_a_wrong_answer(ground: Ground) -> None:
    """Forty random scripts of at least five faults each, 30 virtual seconds long."""
    hold(ground, range(40))


@pytest.mark.soak
@pytest.mark.parametrize("ground", GROUNDS.values(), ids=GROUNDS)
def test_nobody_gets_a_wrong_answer_in_five_hundred_runs(ground: Ground) -> None:
    """The same over 500 seeds."""
    hold(ground, range(500))


@pytest.mark.parametrize("ground", GROUNDS.values(), ids=GROUNDS)
def test_both_kernels_see_the_same_fire(ground: Ground) -> None:
    """Crashes, pauses, cuts and duplicates included, trio tasks and plain coroutines come to one digest."""
    for number in range(6):
        assert fire(ground, number).digest == fire(ground, number, "live").digest
