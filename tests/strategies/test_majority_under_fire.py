"""Majority keeps its promise under random cuts, crashes, pauses and bad links: nobody ever gets a wrong answer.

Customers ask once here: a retry through another node may be stored twice, which is a known blemish of the register.
"""

from __future__ import annotations

import pytest
from fire import FIVE, THREE, Ground, Outcome, under_fire

from capgame.strategies.majority import Majority

GROUNDS = {"3 nodes": Ground(regions=THREE, retry=0), "5 nodes": Ground(regions=FIVE, retry=0)}
WAITS = ("900ms", "100ms", "3s")  # shorter than a deadline, longer than a client waits


def fire(ground: Ground, number: int, kernel: str = "stepped") -> Outcome:
    """Seeds go round through the settings of the only knob that is safe to turn."""
    return under_fire(Majority, f"F{number}", ground, knobs={"timeout": WAITS[number % 3]}, kernel=kernel)


def hold(ground: Ground, numbers: range) -> None:
    """No wrong answer in any of these runs, though each had its faults and its answers, and nobody ever led."""
    answered = 0
    for number in numbers:
        outcome = fire(ground, number)
        assert not outcome.charges, outcome
        assert len(outcome.faults) >= 5
        assert not outcome.elections
        answered += outcome.answered
    print(f"{len(numbers)} runs: {answered} answers, no wrong one")
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
