"""What a level allows: checking, completing and listing agree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capgame.errors import BadInput
from capgame.moves.legal import Board, check, complete, every
from capgame.moves.parse import parse_move
from capgame.moves.verbs import VERBS

FIRST_CUT = Board(allow=("route",), groups=("us", "eu"), nodes=("n1", "n2", "n3"))
TUNED = Board(
    allow=("tune", "freeze"),
    nodes=("n1", "n2"),
    knobs={"pre-vote": ("on", "off"), "election-timeout": ()},
)


def legal(text: str, board: Board) -> bool:
    try:
        check(parse_move(text), board)
    except BadInput:
        return False
    return True


@pytest.mark.parametrize("text", ["route eu n1", "route us home"])
def test_a_legal_move_passes(text: str) -> None:
    assert legal(text, FIRST_CUT)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("promote n1", "not allowed in this level — allowed: route"),
        ("route ap n1", "'ap' is not a GROUP of route here"),
        ("route eu n4", "there is n1, n2, n3, home"),
        ("route eu eu", "'eu' is not a NODE|home of route here"),
    ],
)
def test_an_illegal_move_says_what_is_legal(text: str, told: str) -> None:
    with pytest.raises(BadInput) as refused:
        check(parse_move(text), FIRST_CUT)
    assert told in str(refused.value)


def test_knobs_are_those_of_the_level() -> None:
    assert legal("tune pre-vote off", TUNED)
    assert legal("tune election-timeout 300ms", TUNED)  # its range is the strategy's business
    assert not legal("tune pre-vote maybe", TUNED)
    assert not legal("tune reads lease", TUNED)


def test_who_may_do_may_undo() -> None:
    assert legal("thaw n1", TUNED)
    assert not legal("thaw n1", FIRST_CUT)


@pytest.mark.parametrize(
    ("text", "completions"),
    [
        ("", ["route"]),
        ("ro", ["route"]),
        ("route", ["route"]),
        ("route ", ["route us", "route eu"]),
        ("route e", ["route eu"]),
        ("route eu ", ["route eu n1", "route eu n2", "route eu n3", "route eu home"]),
        ("route  eu   h", ["route eu home"]),
        ("route eu n1 ", []),
        ("route ap ", []),
        ("promote ", []),
        ("x", []),
    ],
)
def test_half_a_command_is_completed_with_legal_words_only(text: str, completions: list[str]) -> None:
    assert complete(text, FIRST_CUT) == completions


def test_knobs_and_their_values_are_completed() -> None:
    assert complete("tune p", TUNED) == ["tune pre-vote"]
    assert complete("tune pre-vote o", TUNED) == ["tune pre-vote on", "tune pre-vote off"]
    assert complete("tune election-timeout ", TUNED) == []


def test_the_palette_lists_whole_moves() -> None:
    assert [move.text for move in every(TUNED)] == [
        "tune pre-vote on",
        "tune pre-vote off",
        "freeze n1",
        "freeze n2",
        "thaw n1",
        "thaw n2",
    ]


NAMES = st.lists(st.from_regex(r"[a-z]{1,3}[0-9]?", fullmatch=True), min_size=1, max_size=3, unique=True).map(tuple)
BOARDS = st.builds(
    Board,
    allow=st.lists(st.sampled_from(sorted(VERBS)), unique=True).map(tuple),
    groups=NAMES,
    nodes=NAMES,
    knobs=st.dictionaries(st.sampled_from(["reads", "pre-vote"]), NAMES, max_size=2),
)


@given(BOARDS)
def test_what_is_listed_is_legal_and_can_be_typed_word_by_word(board: Board) -> None:
    for move in every(board):
        check(move, board)
        words = move.text.split()
        for count in range(len(words)):
            typed = " ".join(words[:count]) + (" " if count else "")
            assert " ".join(words[: count + 1]) in complete(typed, board)
