"""Live counters: sums that add up, windows that forget, budgets that only drain."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capgame.history.operation import Completion, Operation
from capgame.levels.level import ScoreRules
from capgame.play.fate import Fate, fate
from capgame.play.meters import Meters, Second
from capgame.play.score import Tally, amounts
from capgame.play.windows import Burn

MS = 1_000
S = 1_000_000
DEADLINE = 400 * MS


def meters(offered: int = 100, weights: tuple[tuple[str, str], ...] = ()) -> Meters:
    rules = ScoreRules(model="linearizable", uptime_ppm=900_000, truth_ppm=950_000)
    return Meters(("eu", "us"), 60 * S, Tally.begin(rules, Decimal(offered)), amounts(weights))


def ask(board: Meters, number: int, at: int, group: str = "eu", f: str = "read") -> Operation:
    op = Operation(number, number, group, f, "k1", None, at, called=2 * number, deadline_us=DEADLINE)
    board.invoked(op)
    return op


def end(board: Meters, op: Operation, after: int, completion: Completion = Completion.OK, why: str = "") -> None:
    op.completion, op.ended, op.returned, op.why = completion, op.at + after, op.called + 1, why
    board.completed(op)


def test_an_operation_has_one_of_four_fates() -> None:
    board = meters()
    ops = [ask(board, number, 0) for number in range(6)]
    end(board, ops[0], DEADLINE)
    end(board, ops[1], DEADLINE + 1)
    end(board, ops[2], 500 * MS, Completion.FAIL, "no leader")
    end(board, ops[3], 1 * S, Completion.FAIL)
    end(board, ops[4], 1 * S, Completion.INFO, "gave up")
    fates = [fate(op) for op in ops]
    assert fates == [Fate.IN_TIME, Fate.LATE, Fate.REFUSED, *[Fate.UNANSWERED] * 3]
    assert board.totals() == Second(60, offered=6, in_time=1, late=1, refused=1, missed=5)
    assert board.totals().unanswered == 3


def test_a_second_counts_by_first_send() -> None:
    board = meters()
    op = ask(board, 1, 12 * S + 900 * MS)
    end(board, op, 300 * MS)
    assert board.seconds()[12] == Second(12, offered=1, in_time=1)
    assert board.seconds()[13] == Second(13)


def test_an_answer_exactly_at_its_deadline_is_in_time() -> None:
    board = meters()
    op = ask(board, 1, 0)
    ask(board, 2, DEADLINE)
    assert board.tally.uptime.spent == 0
    end(board, op, DEADLINE)
    assert board.totals().in_time == 1


def test_a_deadline_spends_without_waiting_for_the_client_to_give_up() -> None:
    board = meters()
    op = ask(board, 1, 0)
    assert board.group_window("eu", DEADLINE).decided == 0
    window = board.group_window("eu", DEADLINE + 1)
    assert (window.refused, board.tally.uptime.spent) == (1, 1)
    end(board, op, 700 * MS)
    window = board.group_window("eu", 700 * MS)
    assert (window.refused, window.late, board.tally.uptime.spent) == (0, 1, 1)


def test_a_late_answer_does_not_come_back_into_a_window_it_has_left() -> None:
    board = meters()
    op = ask(board, 1, 0)
    end(board, op, 3 * S)
    assert board.group_window("eu", 3 * S).decided == 0


def test_a_wrong_answer_leaves_the_good_part_of_the_bar_and_stays_served() -> None:
    board = meters()
    op = ask(board, 1, 0)
    end(board, op, 100 * MS)
    board.charged(op, Decimal(2))
    window = board.group_window("eu", 100 * MS)
    assert (window.ok, window.wrong, window.served) == (0, 1, 1)
    assert (board.totals().wrong, board.totals().in_time) == (1, 1)
    assert (board.tally.truth.spent, board.tally.uptime.spent) == (2, 0)


def test_an_operation_is_charged_at_most_once() -> None:
    board = meters()
    op = ask(board, 1, 0)
    end(board, op, 100 * MS)
    board.charged(op, Decimal(2))
    with pytest.raises(AssertionError, match="charged twice"):
        board.charged(op, Decimal(2))


def test_weights_say_what_an_operation_is_worth() -> None:
    board = meters(weights=(("write", "2.5"),))
    end(board, ask(board, 1, 0, f="write"), 5, Completion.FAIL, "frozen")
    assert board.tally.uptime.spent == Decimal("2.5")


def test_what_is_under_way_at_the_end_was_missed() -> None:
    board = meters()
    ask(board, 1, 0)
    assert (board.totals().unanswered, board.totals().missed) == (1, 0)
    board.close()
    board.close()
    assert (board.totals().unanswered, board.totals().missed, board.tally.uptime.spent) == (1, 1, 1)


def test_a_group_falls_once_until_it_recovers() -> None:
    """Four of four are refused, then it heals, then they are refused again."""
    board = meters()
    for number in range(3):
        end(board, ask(board, number, number * 100 * MS), 5 * MS, Completion.FAIL, "no leader")
    assert board.falls(250 * MS) == (), "three are too few to say"
    end(board, ask(board, 3, 300 * MS), 5 * MS, Completion.FAIL, "no leader")
    assert board.falls(310 * MS) == ("eu",)
    assert board.falls(320 * MS) == ()
    for number in range(4, 9):
        end(board, ask(board, number, 400 * MS + number * MS), 1 * MS)
    assert board.falls(500 * MS) == ()
    for number in range(9, 20):
        end(board, ask(board, number, 600 * MS + number * MS), 1 * MS, Completion.FAIL, "no leader")
    assert board.falls(700 * MS) == ("eu",)


def test_exactly_half_served_is_no_fall() -> None:
    board = meters()
    for number in range(4):
        completion, why = (Completion.OK, "") if number % 2 else (Completion.FAIL, "no leader")
        end(board, ask(board, number, number * MS), 1, completion, why)
    assert board.falls(1 * S) == ()


def test_a_group_that_was_left_without_any_answer_falls_too() -> None:
    board = meters()
    for number in range(4):
        ask(board, number, number * MS, "us")
    assert board.falls(DEADLINE + 4 * MS) == ("us",)


def test_burning_extrapolates_three_seconds_and_only_what_is_near() -> None:
    """6 spent in 3 s and 10 left: gone in 5 s. With 100 left it is 50 s, which nobody needs to hear."""
    burn = Burn(3 * S)
    for second in range(4):
        burn.put(second * S, Decimal(2))
    assert burn.gone_in_us(Decimal(10), 3 * S) == 5 * S, "the first one has left the window"
    assert burn.gone_in_us(Decimal(100), 3 * S) is None
    assert burn.gone_in_us(Decimal(0), 3 * S) is None
    assert burn.gone_in_us(Decimal(10), 9 * S) is None


def test_both_budgets_say_when_they_are_gone() -> None:
    board = meters(offered=100)
    op = ask(board, 1, 0)
    end(board, op, 0, Completion.FAIL, "no leader")
    board.charged(op, Decimal(2))
    assert board.uptime_gone_in_us(1 * S) is None, "nine left, one in 3 s: 27 s"
    assert board.truth_gone_in_us(1 * S) == 4_500 * MS


def test_time_never_goes_back() -> None:
    board = meters()
    ask(board, 1, 2 * S)
    with pytest.raises(AssertionError, match="stand at 2000000"):
        ask(board, 2, 1 * S)


answers = st.tuples(
    st.integers(0, 2_000 * MS),  # how long it takes
    st.sampled_from([Completion.OK, Completion.FAIL, Completion.INFO, None]),
    st.sampled_from(["", "no leader"]),
    st.booleans(),  # wrong
)
stories = st.lists(st.tuples(st.integers(0, 20 * S), st.sampled_from(["eu", "us"]), answers), max_size=60)


@settings(deadline=None)  # a busy machine is no failure
@given(stories, st.lists(st.integers(0, 22 * S), max_size=10))
def test_sums_always_add_up(
    story: list[tuple[int, str, tuple[int, Completion | None, str, bool]]], looks: list[int]
) -> None:
    """Whatever happens, and whenever somebody looks: rows add to totals, and fates to what was offered."""
    board = meters(offered=len(story))
    steps: list[tuple[int, int, int]] = [(now, 0, -1) for now in looks]
    for number, (at, _, (took, completion, _, _)) in enumerate(story):
        steps += [(at, 1, number), *([(at + took, 2, number)] if completion else [])]
    ops: dict[int, Operation] = {}
    for now, step, number in sorted(steps):
        if step == 0:
            check(board, now)
        elif step == 1:
            ops[number] = ask(board, number, now, story[number][1])
        else:
            took, completion, why, wrong = story[number][2]
            assert completion is not None
            end(board, ops[number], took, completion, why)
            if wrong:
                board.charged(ops[number], Decimal(1))
    assert_close_adds_up(board, list(ops.values()))


def assert_close_adds_up(board: Meters, ops: list[Operation]) -> None:
    board.close()
    total = board.totals()
    expected = [fate(op) for op in ops]
    assert [total.in_time, total.late, total.refused, total.unanswered] == [expected.count(one) for one in Fate]
    assert total.missed == board.tally.uptime.spent == len(ops) - total.in_time


def check(board: Meters, now: int) -> None:
    for group in ("eu", "us"):
        window = board.group_window(group, now)
        parts = (window.ok, window.late, window.refused, window.wrong, window.served)
        assert min(parts) >= 0
        assert window.served <= window.decided
    total, rows = board.totals(), board.seconds()
    assert total.offered == sum(row.offered for row in rows)
    assert total.unanswered == sum(row.unanswered for row in rows) >= 0
    assert board.tally.uptime.spent == total.missed
