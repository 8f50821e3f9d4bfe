"""Claims of a run: about its result, and about the world at an instant."""

from __future__ import annotations

import pytest

from capgame.errors import BadInput
from capgame.levels.catalogue import find
from capgame.play.claims import Claims
from capgame.play.headless import run_level

# The First Cut, left alone to raft: eu is cut off with n3 from 12 s to 42 s.
TRUE = (
    "outcome is pending",
    "truth is 100%",
    "11s leader is n1",
    "20s leader is n1",
    "20s primary is not n3",
    "20s term(n1) is 1",
    "11s served(eu, 2s) >= 90%",
    "20s served(eu, 2s) is 0%",
    "20s served(us, 2s) >= 90%",
    "20s wrong(10s) is 0",
    "20s alive(n3) is yes",
    "20s alive(n9) is no",
)


def judged(*texts: str) -> list[str]:
    claims = Claims(texts)
    run = run_level(find("first-cut"), strategy="raft", until_us=21_000_000, probes=list(claims.probes()))
    return [str(failed) for failed in claims.failed(run.result)]


def test_true_claims_hold() -> None:
    """Each function says what happened."""
    assert judged(*TRUE) == []


def test_false_claims_say_what_came() -> None:
    """Expected and got, in the order of the claims."""
    assert judged("20s leader is n2", "stars >= 1", "20s served(eu, 2s) > 1%") == [
        "expected 20s leader is n2, got n1",
        "expected stars >= 1, got 0",
        "expected 20s served(eu, 2s) > 1%, got 0%",
    ]


def test_an_instant_that_never_came_is_no_proof() -> None:
    """A run that was stopped before it does not hold the claim."""
    assert judged("30s leader is n1") == ["expected 30s leader is n1, got a run that ended before"]


def test_looking_changes_nothing() -> None:
    """A claim about an instant leaves the run as it was."""
    claims = Claims(["7.3s leader is n1"])
    level = find("first-cut")
    looked = run_level(level, until_us=21_000_000, probes=list(claims.probes()))
    assert looked.result["digest"] == run_level(level, until_us=21_000_000).result["digest"]


def test_what_is_no_claim_is_refused() -> None:
    """Before anything runs."""
    with pytest.raises(BadInput):
        Claims(["stars are nice"])
