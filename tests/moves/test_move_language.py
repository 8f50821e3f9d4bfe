"""The command language: what is a move, and what is said of what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capgame.errors import BadInput
from capgame.moves.move import Move
from capgame.moves.parse import parse_move, parse_script, parse_timed
from capgame.moves.verbs import VERBS


def test_a_move_may_have_a_time() -> None:
    assert parse_move("route eu n1") == Move("route", ("eu", "n1"))
    assert parse_move("  16s  route eu   n1 ") == Move("route", ("eu", "n1"), 16_000_000)
    assert parse_timed("1m2.5s thaw n1") == Move("thaw", ("n1",), 62_500_000)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "nothing is written"),
        ("16s", "no verb"),
        ("rout eu n1", "did you mean route"),
        ("ROUTE eu n1", "did you mean route"),
        ("zzz", "there is route, tune"),
        ("route eu", "write route GROUP NODE|home"),
        ("fence", "fence takes 1, and 0 are given"),
        ("fence n1 n2", "fence takes 1, and 2 are given"),
        ("16 route eu n1", "write 16s"),
        ("0:16 route eu n1", "write 16s"),
        ("-3s route eu n1", "is not a verb"),
        ("\x1b[2J", "is not a verb"),
    ],
)
def test_what_is_no_move_is_refused_with_the_next_step(text: str, told: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_move(text)
    assert told in str(refused.value)
    assert "\x1b" not in str(refused.value)


def test_a_script_needs_times() -> None:
    with pytest.raises(BadInput, match="write for example 16s route eu n1"):
        parse_timed("route eu n1")


def test_a_script_is_one_move_a_line() -> None:
    text = "# the reference\n16s route eu n1  # at the page\n\n42s route eu home\n"
    assert parse_script(text, "moves.txt") == (
        Move("route", ("eu", "n1"), 16_000_000),
        Move("route", ("eu", "home"), 42_000_000),
    )


def test_all_bad_lines_of_a_script_are_said_with_their_place() -> None:
    with pytest.raises(BadInput) as refused:
        parse_script("route eu n1\n16s route eu n1\n20s rout eu n1", "moves.txt")
    assert [problem.where for problem in refused.value.problems] == ["moves.txt:1", "moves.txt:3"]


WORDS = st.from_regex(r"[a-z][a-z0-9.-]{0,8}", fullmatch=True)


@given(st.data(), st.none() | st.integers(0, 10**9))
def test_a_move_that_was_shown_reads_back(data: st.DataObject, at: int | None) -> None:
    row = data.draw(st.sampled_from(list(VERBS.values())))
    args = tuple(data.draw(WORDS) for _ in row.arguments)
    move = Move(row.name, args, at)
    assert parse_move(move.line) == move


@given(st.text(max_size=30))
def test_any_text_is_a_move_or_is_refused(text: str) -> None:
    try:
        move = parse_move(text)
    except BadInput:
        return
    assert move.verb in VERBS


def test_the_table_is_whole() -> None:
    for name, verb in VERBS.items():
        assert verb.name == name
        assert verb.takes_us > 0
        assert verb.help
        if verb.undoes:
            assert verb.cost == 0
            assert verb.key == VERBS[verb.undoes].key
    doing = [verb.key for verb in VERBS.values() if not verb.undoes]
    assert len(doing) == len(set(doing))
