"""What the live referee charges, and what it lets pass."""

from __future__ import annotations

import pytest
from scripted import Scripted

from capgame.checkers.register import RegisterReferee, check
from capgame.checkers.verdict import Kind, Verdict
from capgame.errors import Undecided


def test_a_register_begins_as_zero():
    shift = Scripted()
    assert shift.saw(0) is None


def test_reading_the_last_acknowledged_write_is_right():
    shift = Scripted()
    shift.wrote(1)
    shift.wrote(2)
    assert shift.saw(2) is None


def test_an_acknowledged_newer_write_makes_a_read_stale():
    shift = Scripted()
    shift.wrote(1)
    newer = shift.wrote(2, node="n2")
    anomaly = shift.saw(1, node="n3")
    assert (anomaly.kind, anomaly.nodes, anomaly.key) == (Kind.STALE_READ, ("n3", "n2"), "k3")
    assert anomaly.operations == (shift.history.operations[-1].id, newer.id)
    assert anomaly.at == shift.history.operations[-1].ended


def test_a_stale_read_is_charged_to_the_newest_acknowledged_write():
    shift = Scripted()
    shift.wrote(1)
    shift.wrote(2)
    newest = shift.wrote(3)
    assert shift.saw(1).operations[1] == newest.id


def test_a_charged_read_is_set_aside_and_binds_nobody():
    shift = Scripted()
    shift.wrote(1)
    shift.wrote(2)
    assert shift.saw(1)
    assert shift.saw(2) is None
    assert len(shift.charges) == 1


def test_a_read_that_was_asked_before_the_newer_write_was_acknowledged_may_return_either():
    shift = Scripted()
    shift.wrote(1)
    write = shift.write(2)
    early, late = shift.read(), shift.read()
    shift.ok(write)
    assert shift.ok(early, 1) is None
    assert shift.ok(late, 2) is None


def test_reads_may_not_go_back_from_a_write_that_is_still_open():
    shift = Scripted()
    shift.wrote(1)
    shift.write(2)
    assert shift.saw(2) is None
    assert shift.saw(1).kind is Kind.NEW_OLD_INVERSION


def test_concurrent_writes_may_be_read_in_any_one_order():
    shift = Scripted()
    first, second = shift.write(1), shift.write(2)
    shift.ok(first)
    shift.ok(second)
    assert shift.saw(1) is None
    assert shift.saw(2).kind is Kind.NEW_OLD_INVERSION
    assert shift.saw(1) is None


def test_a_value_that_nobody_wrote_is_a_phantom():
    shift = Scripted()
    shift.wrote(7, key="k1")
    assert shift.saw(7, key="k3").kind is Kind.PHANTOM_READ


def test_a_value_that_is_written_only_later_is_a_phantom():
    shift = Scripted()
    assert shift.saw(7).kind is Kind.PHANTOM_READ
    shift.wrote(7)
    assert shift.saw(7) is None


def test_a_failed_write_did_not_happen():
    shift = Scripted()
    shift.wrote(1)
    shift.fail(shift.write(2))
    assert shift.saw(1) is None
    assert shift.saw(2).kind is Kind.PHANTOM_READ


def test_a_write_that_fails_after_it_was_read_charges_its_first_read_once():
    shift = Scripted()
    write = shift.write(2)
    assert shift.saw(2, node="n2") is None
    assert shift.saw(2, node="n3") is None
    anomaly = shift.fail(write, node="n1")
    assert (anomaly.kind, anomaly.operations, anomaly.nodes) == (Kind.PHANTOM_READ, (1, 0), ("n2", "n1"))
    assert anomaly.at == write.ended
    assert shift.saw(0) is None  # the other read was set aside with it


def test_an_unread_indeterminate_write_forbids_nothing():
    shift = Scripted()
    shift.wrote(1)
    shift.info(shift.write(2))
    assert shift.saw(1) is None


def test_an_indeterminate_write_may_take_effect_at_any_later_time():
    shift = Scripted()
    shift.info(shift.write(2))
    shift.wrote(3)
    assert shift.saw(3) is None
    assert shift.saw(2) is None


def test_an_indeterminate_write_takes_effect_once():
    shift = Scripted()
    shift.info(shift.write(2))
    shift.saw(2)
    newer = shift.wrote(3)
    assert shift.saw(2).operations[1] == newer.id


def test_failed_and_unknown_reads_say_nothing():
    shift = Scripted()
    shift.wrote(1)
    assert shift.fail(shift.read()) is None
    assert shift.info(shift.read()) is None


def test_a_late_acknowledgement_binds():
    shift = Scripted()
    write = shift.write(1)
    write.deadline_us = 1
    shift.ok(write)
    assert not write.in_time
    assert shift.saw(0).kind is Kind.STALE_READ


def test_keys_are_judged_apart():
    shift = Scripted()
    shift.wrote(1, key="k1")
    assert shift.saw(0, key="k2") is None


def test_the_verdict_does_not_depend_on_nodes_or_instants():
    shift = Scripted()
    shift.wrote(1, node=None)
    anomaly = shift.saw(0, node=None)
    assert (anomaly.kind, anomaly.nodes) == (Kind.STALE_READ, ())


def test_a_history_is_judged_afterwards_as_it_was_live():
    shift = Scripted()
    shift.wrote(1)
    shift.history.note("nemesis", shift.now, "cut n3 | n1 n2")
    shift.write(2)
    shift.saw(2)
    shift.saw(1)
    shift.saw(9)
    result = check(shift.history)
    assert result.verdict is Verdict.INVALID
    assert list(result.anomalies) == shift.charges
    assert len(shift.charges) == 2


def test_a_history_without_anomalies_is_valid():
    shift = Scripted()
    shift.wrote(1)
    shift.saw(1)
    assert check(shift.history).verdict is Verdict.VALID


def test_a_value_written_twice_leaves_the_verdict_unknown():
    shift = Scripted()
    shift.wrote(1)
    with pytest.raises(Undecided, match="v1 is written to k3 a second time"):
        shift.write(1)
    result = check(shift.history)
    assert (result.verdict, result.anomalies) == (Verdict.UNKNOWN, ())
    assert "second time" in result.why


def test_two_referees_do_not_touch_each_other():
    one, other = Scripted(), Scripted()
    one.wrote(1)
    assert other.saw(1).kind is Kind.PHANTOM_READ
    assert isinstance(one.referee, RegisterReferee)
