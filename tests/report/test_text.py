"""The postmortem as text: it fits its page, and every number on it is the result's."""

from __future__ import annotations

from typing import Any

import pytest

from capgame.levels.level import (
    Cluster,
    Debrief,
    Level,
    MoveRules,
    Offer,
    RateStep,
    Region,
    ScoreRules,
    WorkloadSpec,
)
from capgame.play.command import rerun
from capgame.report.text import postmortem


@pytest.fixture
def level() -> Level:
    return Level(
        id="small-cut",
        title="A Small Cut",
        act=1,
        number=1,
        cluster=Cluster((Region("us", ("n1",), (RateStep(0, 20_000),)),), {("us", "us"): 2_000}, {("us", "us"): 2_000}),
        offers=(Offer("raft", "raft"), Offer("pb-async", "primary-backup")),
        workload=WorkloadSpec("register", 8, (("read", 700_000), ("write", 300_000))),
        deadline_us={"read": 400_000, "write": 400_000},
        duration_us=60_000_000,
        seed="KIWI",
        faults=(),
        moves=MoveRules(3, 20_000_000, ("route",)),
        score=ScoreRules("linearizable", 930_000, 990_000),
        plan_knobs=("reads",),
        debrief=Debrief(aha="Someone waits, or someone is wrong. " * 9, ask="Who decides? " * 20),
        shipped=True,
    )


def result(**changed: Any) -> dict[str, Any]:
    budget = {"value": 0.856101, "slo": 0.93, "points": 241, "spent": 258, "budget": 125.5}
    operations = {"offered": 1793, "in_time": 1535, "late": 8, "refused": 240, "unanswered": 10}
    truth = {"value": 1.0, "slo": 0.99, "points": 1000, "spent": 0, "budget": 17.9, "answered": 1543, "charged": 0}
    ceilings = {"majority": 0.98237, "one_history": None, "any_replica": 1.0}
    return {
        "offer": "raft",
        "strategy": "raft",
        "seed": "KIWI",
        "outcome": "lost",
        "stars": 0,
        "score": 412,
        "knobs": {"reads": "index", "leader": "n1"},
        "moves": [],
        "uptime": {**budget, **operations, "ceilings": ceilings},
        "truth": truth,
        "contracts": {"no-lost-writes": "kept"},
        "counts": {},
        "anomalies": [],
        "refusals": [],
        "digest": "0123456789abcdef",
    } | changed


def cause(count: int) -> dict[str, Any]:
    sentence = "240 reads and writes of eu were refused: n3 did not hear from a majority for all of 30 seconds. " * 4
    return {"cause": "refused", "group": "eu", "count": count, "ceiling": "theorem", "sentence": sentence}


def anomaly(kind: str) -> dict[str, Any]:
    return {"kind": kind, "at_us": 14_250_000, "price": 2, "sentence": "c2 read v3, then v2 from n4. " * 12}


def test_says_how_it_ended(level: Level) -> None:
    """Outcome, score, both budgets and the counts stand on the first lines."""
    page = postmortem(result(), level)
    for shown in ("lost · 412 of 1000", "85.61%", "93%", "258", "125.5", "offered 1,793", "majority 98.23%"):
        assert shown in page
    assert "one history" not in page  # a ceiling that does not exist


def test_shares_are_rounded_down(level: Level) -> None:
    """100% means all of it."""
    truth = result()["truth"] | {"value": 0.99999}
    assert "99.99%" in postmortem(result(truth=truth), level)


def test_longest_page_fits(level: Level) -> None:
    """40 lines of 80 cells, however much went wrong."""
    moves = [{"at_us": 16_000_000, "text": "route eu n1", "result": "refused", "why": "no attention left"}] * 30
    kinds = ["stale-read", "lost-write", "diverged-write", "phantom-read", "new-old-inversion"]
    page = postmortem(
        result(
            moves=moves,
            refusals=[cause(240)] * 9,
            anomalies=[anomaly(kind) for kind in kinds],
            counts=dict.fromkeys(kinds, 100),
        ),
        level,
    )
    *lines, command = page.splitlines()
    assert len(lines) < 40
    assert max(map(len, lines)) <= 80
    assert "and 5 more causes" in page
    assert "and 2 more kinds" in page
    assert command.startswith("capgame run small-cut --knob reads=index --move '16s route eu n1'")


def test_nothing_a_terminal_obeys_is_printed(level: Level) -> None:
    """Sentences come from levels and replays."""
    assert "\x1b" not in postmortem(result(refusals=[cause(1) | {"sentence": "\x1b[2J gone"}]), level)


def test_command_states_what_differs_from_the_level(level: Level) -> None:
    """The level's own offer, seed and fixed knobs are left out."""
    assert rerun(result(), level) == "capgame run small-cut --knob reads=index"
    other = result(offer="pb-async", seed="MANGO", knobs={}, moves=[{"at_us": 16_500_000, "text": "route eu n1"}])
    stopped = result(knobs={}, outcome="pending", virtual_s=12.5)
    assert rerun(stopped, level) == "capgame run small-cut --until 12.5s"
    assert rerun(other, level) == "capgame run small-cut --strategy pb-async --seed MANGO --move '16.5s route eu n1'"


def test_a_run_that_was_stopped_gives_nothing_away(level: Level) -> None:
    """The debrief is for who has finished."""
    assert "Someone waits" in postmortem(result(), level)
    assert "Someone waits" not in postmortem(result(outcome="pending", virtual_s=12.5), level)
