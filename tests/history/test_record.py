"""The record of a run: one order, nothing rewritten."""

from __future__ import annotations

import pytest

from capgame.history.operation import Completion, Operation
from capgame.history.record import Completed, History, Invoked, Note, value_at


def operation(number, f="read", value=None):
    return Operation(id=number, process=number, group="eu", f=f, key="k3", value=value, at=number * 10, called=-1)


def test_events_are_counted_in_the_order_in_which_they_happened():
    history, one, two = History(), operation(0), operation(1, "write", 7)
    history.invoke(one)
    history.invoke(two)
    history.note("nemesis", 15, "cut n3 | n1 n2")
    history.complete(two, Completion.OK, 20, node="n1")
    history.complete(one, Completion.OK, 20, value=7, node="n2")
    assert list(history) == [
        Invoked(0, 0, one),
        Invoked(1, 10, two),
        Note(2, 15, "nemesis", "cut n3 | n1 n2"),
        Completed(3, 20, two),
        Completed(4, 20, one),
    ]
    assert (one.called, one.returned, two.called, two.returned) == (0, 4, 1, 3)
    assert history.operations == [one, two]


def test_a_completion_carries_what_the_client_learned():
    history, read = History(), operation(0)
    history.invoke(read)
    history.complete(read, Completion.OK, 20, value=7, node="n2")
    assert (read.completion, read.ended, read.value, read.node) == (Completion.OK, 20, 7, "n2")


def test_a_refused_write_keeps_its_value_and_says_why():
    history, write = History(), operation(0, "write", 7)
    history.invoke(write)
    history.complete(write, Completion.FAIL, 20, node="n2", why="not the leader")
    assert (write.value, write.why) == (7, "not the leader")


def test_a_read_has_no_value_before_its_answer():
    history, read = History(), operation(0)
    history.invoke(read)
    history.complete(read, Completion.OK, 20, value=0)
    assert [value_at(event) for event in history] == [None, 0]


def test_an_operation_completes_once():
    history, read = History(), operation(0)
    history.invoke(read)
    history.complete(read, Completion.INFO, 20)
    with pytest.raises(AssertionError, match="operation 0 completed twice"):
        history.complete(read, Completion.OK, 21, value=0)


def test_an_open_operation_stays_open():
    history, read = History(), operation(0)
    history.invoke(read)
    assert list(history) == [Invoked(0, 0, read)]
    assert read.returned is None


def test_events_can_be_followed_from_an_index_on():
    history = History()
    for at in range(3):
        history.note("move", at, "route eu n1")
    assert [event.index for event in history.events(1)] == [1, 2]
    assert len(history) == 3
