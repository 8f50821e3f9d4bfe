"""What was not answered, told as causes."""

from __future__ import annotations

from capgame.history.operation import Completion, Operation
from capgame.play.ceilings import Class
from capgame.play.refusals import Cause, causes

MS = 1_000
S = 1_000_000


def op(
    number: int,
    at: int,
    completion: Completion | None,
    took: int = 5 * MS,
    f: str = "read",
    group: str = "west",
    why: str = "",
    asked: str = "n1",
) -> Operation:
    ended = None if completion is None else at + took
    return Operation(
        number, number, group, f, "k0", None, at, 2 * number, 400 * MS, completion, ended, None, None, asked, why
    )


def test_a_cause_is_who_how_why_and_whose() -> None:
    """Three refusals of the same kind, one that nobody could have served, one that was late; the served say nothing."""
    ops = [
        op(1, 20 * S, Completion.FAIL, f="write", why="no primary in reach"),
        op(2, 21 * S, Completion.OK),
        op(3, 23 * S, Completion.FAIL, f="write", why="no primary in reach"),
        op(4, 22 * S, Completion.FAIL, why="no primary in reach"),
        op(5, 60 * S, Completion.FAIL, why="no primary in reach"),
        op(6, 26 * S, Completion.OK, took=812 * MS, group="east"),
    ]
    classes = [Class.YOURS] * 4 + [Class.NOBODY, Class.HINDSIGHT]
    assert causes(ops, classes) == (
        Cause(
            "refused: no primary in reach",
            "west",
            3,
            20 * S,
            23 * S,
            Class.YOURS,
            "reads and writes had no primary in reach.",
        ),
        Cause(
            "late",
            "east",
            1,
            26 * S,
            26 * S,
            Class.HINDSIGHT,
            "half of the answers took 812 ms or more; 400 ms were promised.",
        ),
        Cause(
            "refused: no primary in reach", "west", 1, 60 * S, 60 * S, Class.NOBODY, "reads had no primary in reach."
        ),
    )


def test_silence_names_whom_was_asked() -> None:
    silent = [op(1, 0, Completion.INFO, f="write"), op(2, 1, Completion.FAIL), op(3, 2, None, asked="n2")]
    (cause,) = causes(silent, [Class.YOURS] * 3)
    assert (cause.cause, cause.count) == ("unanswered", 3)
    assert cause.sentence == "reads and writes heard nothing from n1 and n2."
    many = [op(number, number, None, asked=f"n{number}") for number in range(1, 4)]
    assert causes(many, [Class.YOURS] * 3)[0].sentence == "reads heard nothing from any replica."


def test_what_may_have_happened_says_why_nobody_knows() -> None:
    (cause,) = causes([op(1, 0, Completion.INFO, f="write", why="n2 is out of reach")], [Class.YOURS])
    assert (cause.cause, cause.sentence) == (
        "unanswered: n2 is out of reach",
        "writes stayed unknown: n2 is out of reach.",
    )


def test_a_refusal_that_is_no_lack_is_quoted() -> None:
    (cause,) = causes([op(1, 0, Completion.FAIL, f="write", why="n1 is fenced")], [Class.YOURS])
    assert cause.sentence == "writes were refused: n1 is fenced."


def test_the_largest_comes_first_and_ties_go_by_name() -> None:
    ops = [
        op(1, 0, Completion.FAIL, why="b"),
        op(2, 1, Completion.FAIL, why="a", group="west"),
        op(3, 2, Completion.FAIL, why="a", group="east"),
        op(4, 3, Completion.INFO),
        op(5, 4, Completion.INFO),
    ]
    found = [(cause.cause, cause.group, cause.count) for cause in causes(ops, [Class.YOURS] * 5)]
    assert found == [
        ("unanswered", "west", 2),
        ("refused: a", "east", 1),
        ("refused: a", "west", 1),
        ("refused: b", "west", 1),
    ]
