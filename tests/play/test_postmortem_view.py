"""The postmortem's numbers are the result's own, and its sentences say how it ended."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capgame.play.views.causes import plural, shared, unanswered, wrong_answers
from capgame.play.views.ending import ending


def half(points: int, spent: float, budget: float, **more: Any) -> dict[str, Any]:
    return {"points": points, "spent": spent, "budget": budget, **more}


def result(outcome: str, uptime: dict[str, Any], truth: dict[str, Any], **more: Any) -> dict[str, Any]:
    counts = {"offered": 1_793, "in_time": 1_535, "late": 0, "refused": 258, "unanswered": 0}
    return {
        "outcome": outcome, "uptime": counts | uptime, "truth": {"charged": truth["spent"]} | truth,
        "contracts": {}, "counts": {}, "anomalies": [], "refusals": [], "virtual_s": 60.0,
    } | more  # fmt: skip


def stale(at_us: int, price: float = 2, node: str = "n3") -> dict[str, Any]:
    return {"kind": "stale-read", "at_us": at_us, "price": price, "nodes": [node, "n1"], "sentence": f"at {at_us}"}


def refused(count: int, group: str = "eu") -> dict[str, Any]:
    return {
        "cause": "refused: no leader", "group": group, "count": count, "first_us": 1, "last_us": 2,
        "ceiling": "yours", "sentence": "reads had no leader.",
    }  # fmt: skip


@given(st.integers(0, 1000), st.lists(st.integers(0, 10_000), max_size=9))
def test_points_lost_add_up(whole: int, parts: list[int]) -> None:
    """Shares are whole, sum to the loss, and are off by less than a point each."""
    shares = shared(whole, parts)
    assert sum(shares) == (whole if sum(parts) else 0)
    assert all(abs(share - whole * part / sum(parts)) < 1 for share, part in zip(shares, parts, strict=True) if part)


def test_wrong_answers_are_told_by_kind() -> None:
    """One line a kind, the dearest first, with its span, its points and the first of its sentences."""
    lost = stale(9_000_000, 30, "n1") | {"kind": "lost-write"}
    causes = wrong_answers(
        result("lost", half(900, 1, 9), half(100, 34, 18), anomalies=[stale(1_000_000), stale(4_000_000), lost])
    )  # fmt: skip
    assert [(cause.count, cause.what, cause.points, cause.word) for cause in causes] == [
        (1, "lost write", 794, "by n1"), (2, "stale reads", 106, "by n3"),
    ]  # fmt: skip
    assert (causes[1].first_us, causes[1].last_us) == (1_000_000, 4_000_000)
    assert causes[1].sentence == "The first: at 1000000."


def test_who_gave_wrong_answers_is_counted_when_there_are_many() -> None:
    """One node is named; more are a number, and nobody is nobody."""
    two = [stale(1), stale(2, node="n4")]
    assert wrong_answers(result("lost", half(900, 1, 9), half(1, 4, 1), anomalies=two))[0].word == "by 2 nodes"
    alone = [stale(1) | {"nodes": []}]
    assert wrong_answers(result("lost", half(900, 1, 9), half(1, 4, 1), anomalies=alone))[0].word == ""


def test_what_costs_nothing_takes_no_points() -> None:
    """A lost write whose stale reads paid for it is listed, and loses nothing."""
    causes = wrong_answers(result("won", half(900, 1, 9), half(1000, 0, 18), anomalies=[stale(1, 0)]))
    assert (causes[0].count, causes[0].points) == (1, 0)


def test_refusals_keep_their_order_and_class() -> None:
    """What was not answered is told as the result has it."""
    refusals = [refused(250), refused(8, "us")]
    causes = unanswered(result("lost", half(241, 258, 125), half(1000, 0, 18), refusals=refusals))
    assert [(c.mark, c.what, c.count, c.word, c.points) for c in causes] == [
        ("–", "refused, eu", 250, "yours", 735), ("–", "refused, us", 8, "yours", 24),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("document", "lead", "sentence"),
    [
        (
            result("lost", half(241, 258, 98.5), half(1000, 0, 17.9), refusals=[refused(258)]),
            "Lost on uptime.",
            "258 of 1,793 were not answered in time where 98.5 could be spared, all of them eu's; no answer was wrong.",
        ),
        (
            result("lost", half(241, 258, 125.5), half(900, 2, 18), refusals=[refused(200), refused(58, "us")]),
            "Lost on uptime.",
            "258 of 1,793 were not answered in time where 125.5 could be spared, 200 of them eu's.",
        ),
        (
            result("lost", half(900, 1, 9), half(0, 46, 17.9), anomalies=[stale(1)] * 23, counts={"stale-read": 23}),
            "Lost on truth.",
            "23 answers were wrong and cost 46 where 17.9 could be spared, all of them stale reads.",
        ),
        (
            result("lost", half(1, 258, 100), half(0, 20, 18), anomalies=[stale(1)], counts={"stale-read": 1}),
            "Lost on both.",
            (
                "258 of 1,793 were not answered in time where 100 could be spared, and 1 answer was wrong and costs 20 "
                "where 18 could be spared."
            ),
        ),
        (
            result("lost", half(900, 1, 9), half(900, 1, 9), contracts={"no-lost-writes": "broken"}),
            "Lost on a contract.",
            "Both budgets held, but this level allows no lost writes at all.",
        ),
        (
            result("lost", half(900, 1, 9), half(900, 1, 9), contracts={"a": "kept", "money-conserved": "broken"}),
            "Lost on a contract.",
            "Both budgets held, but money conserved was promised without exception.",
        ),
        (
            result("won", half(756, 40, 100), half(1000, 0, 18)),
            "Both promises kept.",
            "The score is their harmonic mean: uptime pulled hardest.",
        ),
        (
            result("won", half(756, 40, 100), half(750, 1, 18)),
            "Both promises kept.",
            "The score is their harmonic mean, and both halves weigh about the same.",
        ),
        (
            result("won", half(1000, 0, 100), half(1000, 0, 18)),
            "Both promises kept.",
            "Next to nothing was lost on either side.",
        ),
        (
            result("pending", half(1000, 0, 100), half(1000, 0, 18), virtual_s=12.25),
            "Stopped at 12.2 s.",
            "The shift was not over: this is what it had come to.",
        ),
    ],
    ids=["uptime", "uptime, and some truth", "truth", "both", "no", "promised", "won", "alike", "whole", "pending"],
)  # fmt: skip
def test_an_ending_is_one_plain_sentence(document: dict[str, Any], lead: str, sentence: str) -> None:
    """It says which promise, how much, and whose."""
    assert ending(document) == (lead, sentence)


def test_kinds_are_words() -> None:
    """As a sentence has them."""
    assert [plural("stale-read", 2), plural("new-old-inversion", 1)] == ["stale reads", "new-old inversion"]
