"""A shift as a whole: its sums, its lesson, and what the operator's moves cost and do."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from capgame.levels.catalogue import find
from capgame.levels.load import load_text
from capgame.play.frontier import frontier, in_process
from capgame.play.headless import Run, run_level
from capgame.play.score import score

S = 1_000_000
FIRST_CUT = find("first-cut")
# The same shift with a console that stands in the us and every verb, so that moves can be refused at their effect.
CONSOLE = load_text(
    FIRST_CUT.source.replace("  jitter: 10%", "  jitter: 10%\n  ops: us")
    .replace(
        "moves: {budget: 3, allow: [route]}",
        "moves: {budget: 3, refill: 100s, allow: [route, freeze, fence, promote, transfer]}",
    )
    .replace("cut: n3 | n1 n2", "cut: us | eu"),
    "console.yaml",
)


def play(*moves: str, strategy: str = "", seed: str = "", until_us: int | None = None) -> Run:
    return run_level(FIRST_CUT, strategy=strategy, seed=seed, moves=moves, until_us=until_us)


RUNS = {
    "raft": lambda: play(),
    "raft, routed": lambda: play("16s route eu n1"),
    "pb-async": lambda: play(strategy="pb-async"),
    "raft, another seed": lambda: play("14s route us n3", "40s route us home", seed="MANGO"),
    "stopped": lambda: play(until_us=20_300_000),
}


# ── sums


@pytest.mark.parametrize("name", RUNS)
def test_sums_add_up(name: str) -> None:
    """Offered is in time, late, refused or unanswered, in each second and in all; causes cover what was not served."""
    result = RUNS[name]().result
    uptime, rows = result["uptime"], result["timeline"]
    for row in (*rows, uptime):
        assert row["offered"] == row["in_time"] + row["late"] + row["refused"] + row["unanswered"]
    for key in ("offered", "in_time", "late", "refused", "unanswered"):
        assert sum(row[key] for row in rows) == uptime[key]
    assert [row["second"] for row in rows] == list(range(60))
    assert sum(row["wrong"] for row in rows) == sum(result["counts"].values()) == len(result["anomalies"])
    assert Counter(anomaly["kind"] for anomaly in result["anomalies"]) == result["counts"]
    assert uptime["value"] == uptime["in_time"] / uptime["offered"]
    if result["outcome"] != "pending":
        assert sum(cause["count"] for cause in result["refusals"]) == uptime["offered"] - uptime["in_time"]
        assert uptime["spent"] == uptime["offered"] - uptime["in_time"]
        assert len(result["digests"]) == int(result["virtual_s"])


@pytest.mark.parametrize("name", RUNS)
def test_the_score_can_be_recomputed_from_what_is_printed(name: str) -> None:
    """From spent and budget alone; what did not win shows at most 499."""
    result = RUNS[name]().result
    uptime, truth = result["uptime"], result["truth"]
    amounts = (uptime["spent"], uptime["budget"], truth["spent"], truth["budget"])
    whole = score(*(Decimal(str(amount)) for amount in amounts))
    holds = uptime["spent"] <= uptime["budget"] and truth["spent"] <= truth["budget"]
    assert result["score"] == (whole if holds else min(whole, 499))
    assert abs(whole - 2000 / (2 ** (amounts[0] / amounts[1]) + 2 ** (amounts[2] / amounts[3]))) <= 0.5001
    if result["outcome"] != "pending":
        stars = 1 + sum(result["score"] >= at for at in FIRST_CUT.score.stars) if holds else 0
        assert (result["outcome"], result["stars"]) == ("won" if holds else "lost", stars)


def test_prices_are_what_truth_spends() -> None:
    """Each anomaly names an operation and a sentence, in the order of their instants."""
    result = play(strategy="pb-async").result
    anomalies = result["anomalies"]
    assert sum(anomaly["price"] for anomaly in anomalies) == result["truth"]["spent"] == result["truth"]["charged"]
    order = [(anomaly["at_us"], anomaly["operations"][0]) for anomaly in anomalies]
    assert order == sorted(order)
    assert len({operation for _, operation in order}) == len(order), "each answer is charged once"
    assert all(anomaly["sentence"] and anomaly["nodes"] for anomaly in anomalies)


# ── the lesson


def test_raft_left_alone_tells_no_lie_and_loses() -> None:
    result = play().result
    assert (result["outcome"], result["truth"]["value"], result["counts"]) == ("lost", 1.0, {})
    assert {cause["group"] for cause in result["refusals"]} == {"eu"}


def test_one_move_in_time_wins_three_stars() -> None:
    result = play("16s route eu n1").result
    assert (result["outcome"], result["stars"], result["truth"]["value"]) == ("won", 3, 1.0)


def test_eight_seconds_after_the_page_still_wins() -> None:
    assert play("22s route eu n1").result["outcome"] == "won"


def test_answering_without_asking_is_charged() -> None:
    """Asynchronous copies answer nearly everybody, and tell eu what the us no longer believes."""
    result = play(strategy="pb-async").result
    assert result["counts"]["stale-read"] >= 20
    assert result["outcome"] == "lost"
    assert result["uptime"]["value"] > play().result["uptime"]["value"]


def test_the_frontier_is_every_offer_left_alone() -> None:
    """On one seed, here and in a worker process alike."""
    found = frontier(FIRST_CUT)
    assert (found["level"], found["seed"]) == ("first-cut", "KIWI")
    assert [point["offer"] for point in found["offers"]] == ["raft", "pb-async"]
    alone: dict[str, Any] = play(strategy="pb-async").result
    assert found["offers"][1] == {key: alone[key] for key in found["offers"][1]}
    assert in_process(FIRST_CUT.source, FIRST_CUT.path, "") == found
    assert frontier(FIRST_CUT, seed="MANGO")["offers"] != found["offers"]


# ── moves


def test_a_move_takes_its_time() -> None:
    """Asked for at 16 s, eu's customers ask n1 from 16.5 s on."""
    run = play("16s route eu n1")
    asked = {op.at: op.asked for op in run.session.judge.history.operations if op.group == "eu"}
    assert {node for at, node in asked.items() if at < 16_500_000} == {"n3"}
    assert {node for at, node in asked.items() if at > 16_500_000} == {"n1"}


def test_moves_of_one_instant_apply_in_the_order_given() -> None:
    """The last one holds."""
    for first, last in (("n1", "n2"), ("n2", "n1")):
        run = play(f"16s route eu {first}", f"16s route eu {last}")
        asked = [op.asked for op in run.session.judge.history.operations if op.group == "eu" and op.at > 16_500_000]
        assert set(asked) == {last}


def test_a_refused_move_costs_nothing_and_does_nothing() -> None:
    """Not one event differs, and the rest of the attention is still there."""
    alone = play("1s route us n2", "2s route us n2", "3s route us n2")
    run = play("1s route us n2", "2s route us n2", "3s route us n2", "4s route us n3")
    refused = run.result["moves"][3]
    assert (refused["result"], refused["at_us"]) == ("refused", 4 * S)
    assert refused["why"] == "route costs 1 and 0 are left: enough in 17.0 s"
    assert run.result["digest"] == alone.result["digest"]
    assert run.session.operator.attention == alone.session.operator.attention


def test_what_is_no_move_is_refused_with_the_reason() -> None:
    """As it is typed into the game; nothing is remembered of it."""
    session = play(until_us=5 * S).session
    for text, why in (
        ("rout eu n1", "did you mean route"),
        ("route mars n1", "a GROUP of route here"),
        ("route eu", "takes 2, and 1 is given"),
        ("promote n1", "allowed: route"),
        ("16s route eu n1", "a move for now, without a time — write route eu n1"),
        ("\x1b[2J", "is not a verb"),
    ):
        answer = session.submit(text)
        assert not answer.accepted
        assert why in answer.why
        assert "\x1b" not in answer.why
    assert session.operator.records == []


def test_attention_returns_when_a_move_is_refused_at_its_effect() -> None:
    """n3 is cut off when the console's order would reach it: 3 - 2 for the fence, and 2 back."""
    session = run_level(CONSOLE, moves=["13s fence n3"], until_us=13_900_000).session
    assert session.operator.attention.have == 1
    run = run_level(CONSOLE, moves=["13s fence n3"], until_us=14_100_000)
    assert run.session.operator.attention.have == 3
    (move,) = run.result["moves"]
    assert (move["result"], move["why"]) == ("refused", "the console cannot reach n3")


def test_a_strategy_refuses_the_verbs_that_mean_nothing_to_it() -> None:
    for strategy, move, verb in (("raft", "5s promote n2", "promote"), ("pb-async", "5s transfer n2", "transfer")):
        run = run_level(CONSOLE, strategy=strategy, moves=[move], until_us=10 * S)
        assert f"has no {verb}" in run.result["moves"][0]["why"]
        assert run.session.operator.attention.have == 3


def test_nothing_is_accepted_after_the_shift() -> None:
    assert play().session.submit("route eu n1").why == "the shift is over"


def test_a_move_that_would_end_after_the_shift_is_refused() -> None:
    """It takes half a second, and there are three tenths left."""
    run = run_level(find("first-cut"), moves=["59.7s route eu n1"])
    move = run.result["moves"][0]
    assert (move["result"], move["why"]) == ("refused", "route takes 500ms, and the shift ends before that")


def test_a_move_whose_time_is_not_up_is_pending_when_a_run_is_stopped() -> None:
    run = run_level(find("first-cut"), moves=["16s route eu n1"], until_us=16 * S + 100_000)
    assert [move["result"] for move in run.result["moves"]] == ["pending"]
