"""The language of claims: what it reads, what it refuses, and how it judges."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capgame.errors import BadInput
from capgame.levels.expect import Expectation, Failed, Held

RESULT: dict[str, object] = {
    "outcome": "lost",
    "stars": 0,
    "score": 412,
    "uptime": {
        "value": 0.93,
        "spent": 84,
        "ceilings": {"majority": 0.98, "one_history": None, "any_replica": 1.0},
    },
    "truth": {"value": 1.0, "charged": 2.5},
    "counts": {"stale-read": 23},
    "contracts": {"no-lost-writes": "kept"},
}


@pytest.mark.parametrize(
    "text",
    [
        "outcome is lost",
        "outcome is not won",
        "stars is 0",
        "stars < 1",
        "stars <= 0",
        "score > 411",
        "score >= 412",
        "score>=412",
        "truth is 100%",
        "uptime is 93%",
        "uptime.value >= 93%",
        "uptime.spent is 84",
        "uptime.ceilings.majority < 99%",
        "uptime.ceilings.one_history is none",
        "uptime.ceilings.any_replica is not none",
        "truth.charged is 2.5",
        "counts.stale-read >= 20",
        "counts.lost-write is 0",
        "contracts.no-lost-writes is kept",
    ],
)
def test_a_claim_that_the_result_keeps_is_held(text: str) -> None:
    assert Expectation.parse(text).judge(RESULT) == Held()


@pytest.mark.parametrize(
    ("text", "got"),
    [
        ("outcome is won", "lost"),
        ("stars is 3", "0"),
        ("truth < 100%", "100%"),
        ("uptime > 93%", "93%"),
        ("uptime.ceilings.one_history >= 1%", "none"),
        ("counts.stale-read < 20", "23"),
        ("truth.charged >= 3", "2.5"),
        ("digest is abc", "none"),
    ],
)
def test_a_claim_that_the_result_breaks_says_what_it_got(text: str, got: str) -> None:
    assert Expectation.parse(text).judge(RESULT) == Failed(text, got)


@dataclass
class World:
    """A world that answers as told."""

    leads: str | None = "n1"
    share: int | None = 990_000

    def leader(self) -> str | None:
        return self.leads

    def primary(self) -> str | None:
        return self.leads

    def term(self, node: str) -> int:
        return {"n1": 4}.get(node, 0)

    def served(self, group: str, window_us: int) -> int | None:
        assert (group, window_us) == ("eu", 2_000_000)
        return self.share

    def wrong(self, window_us: int) -> int:
        return window_us // 1_000_000

    def alive(self, node: str) -> bool:
        return node == "n1"


@pytest.mark.parametrize(
    ("text", "judged"),
    [
        ("24s leader is n1", Held()),
        ("24s leader is none", Failed("24s leader is none", "n1")),
        ("24s primary is not n3", Held()),
        ("24s term(n1) >= 4", Held()),
        ("1m30s term(n1) is 5", Failed("1m30s term(n1) is 5", "4")),
        ("24s served(eu, 2s) >= 99%", Held()),
        ("24s served( eu,2s )>99%", Failed("24s served( eu,2s )>99%", "99%")),
        ("24s wrong(5s) is 5", Held()),
        ("24s alive(n1) is yes", Held()),
        ("24s alive(n2) is yes", Failed("24s alive(n2) is yes", "no")),
    ],
)
def test_a_timed_claim_is_judged_on_the_world(text: str, judged: object) -> None:
    assert Expectation.parse(text).judge_at(World()) == judged


def test_a_group_that_offered_nothing_was_not_served() -> None:
    claim = Expectation.parse("24s served(eu, 2s) >= 99%")
    assert claim.judge_at(World(share=None)) == Failed(claim.text, "none")


def test_a_timed_claim_knows_its_instant_and_arguments() -> None:
    claim = Expectation.parse("24s served(eu, 500ms) >= 99.5%")
    assert (claim.at, claim.subject, claim.arguments) == (24_000_000, "served", ("eu", 500_000))
    assert (claim.op, claim.value) == (">=", Fraction(995, 1000))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "expectation: is not PATH OP VALUE or AT FUNCTION OP VALUE"),
        ("stars", "expectation: 'stars' is not PATH OP VALUE"),
        ("stars is", "expectation: 'stars is' is not PATH OP VALUE"),
        ("stars == 3", "expectation: 'stars == 3' is not PATH OP VALUE"),
        ("star is 3", "path: 'star' is not a key of the result — did you mean stars?"),
        ("counts.stale is 3", "path: 'counts.stale' is not a key of the result — did you mean counts.stale-read"),
        ("stars is high", "value: 'high' is not a number such as 20"),
        ("uptime >= 0.93", "share: '0.93' is not a share in percent — write 93%"),
        ("outcome > lost", "operator: '>' is not usable here: outcome has no order"),
        ("uptime >= none", "operator: '>=' is not usable here"),
        ("leader is n1", "expectation: 'leader is n1' is not complete: it has no instant — write for example `24s"),
        ("24s ledaer is n1", "function: 'ledaer' is not one that can be asked of an instant — did you mean leader?"),
        ("24 leader is n1", "at: '24' is not a time of the shift with its unit — write 24s"),
        ("24s term is 3", "term: 'nothing' is not term(node) — write term(node)"),
        ("24s leader(n1) is n1", "leader: 'n1' is not leader — write leader"),
        ("24s served(eu, 2) is 1%", "window: '2' is not a length of time with its unit — write 2s"),
        ("24s served(eu", "— quote this"),
        ("24s alive(n1) is maybe", "value: 'maybe' is not yes or no"),
    ],
)
def test_what_is_no_claim_is_refused_in_words(text: str, complaint: str) -> None:
    with pytest.raises(BadInput) as refused:
        Expectation.parse(text)
    assert complaint in str(refused.value)


@given(st.text(max_size=60))
def test_any_text_is_a_claim_or_bad_input(text: str) -> None:
    with suppress(BadInput):
        Expectation.parse(text)
