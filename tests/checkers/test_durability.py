"""What counts as lost, diverged or in disagreement when the shift is over."""

from __future__ import annotations

from random_store import run
from scripted import Scripted

from capgame.checkers import durability, search
from capgame.checkers.verdict import Kind, Verdict
from capgame.history.operation import Completion, Operation

END = 90_000_000


def lost(shift, finals, promotions=()):
    found = durability.losses(shift.history.operations, finals, promotions, END)
    return [shift.history.operations[anomaly.operations[0]].value for anomaly in found]


def test_a_write_that_some_replica_shows_is_not_lost():
    shift = Scripted()
    shift.wrote(1)
    assert lost(shift, {"k3": {"n1": 0, "n2": 1}}) == []


def test_a_write_is_lost_when_only_the_initial_value_is_left():
    shift = Scripted()
    shift.wrote(1)
    assert lost(shift, {"k3": {"n1": 0, "n2": 0}}) == [1]


def test_a_write_is_lost_when_only_older_writes_are_left():
    shift = Scripted()
    for value in (1, 2, 3):
        shift.wrote(value)
    assert lost(shift, {"k3": {"n1": 1, "n2": 1}}) == [2, 3]


def test_an_overwritten_write_is_not_lost():
    shift = Scripted()
    shift.wrote(1)
    shift.wrote(2)
    assert lost(shift, {"k3": {"n1": 2}}) == []


def test_a_concurrent_write_may_have_overwritten_it():
    shift = Scripted()
    one, other = shift.write(1), shift.write(2)
    shift.ok(one)
    shift.ok(other)
    assert lost(shift, {"k3": {"n1": 1}}) == []
    assert lost(shift, {"k3": {"n1": 2}}) == []


def test_an_indeterminate_final_value_is_concurrent_for_ever_and_proves_nothing():
    shift = Scripted()
    shift.info(shift.write(1))
    shift.wrote(2)
    assert lost(shift, {"k3": {"n1": 1}}) == []


def test_only_acknowledged_writes_can_be_lost():
    shift = Scripted()
    shift.info(shift.write(1))
    shift.fail(shift.write(2))
    shift.write(3)
    assert lost(shift, {"k3": {"n1": 0}}) == []


def test_a_value_that_failed_or_that_nobody_wrote_vouches_for_nothing():
    shift = Scripted()
    failing = shift.write(1)
    shift.wrote(2)
    shift.fail(failing)
    assert lost(shift, {"k3": {"n1": 1}}) == [2]
    assert lost(shift, {"k3": {"n1": 99}}) == [2]


def test_a_key_that_nobody_could_be_asked_about_is_unknown():
    shift = Scripted()
    shift.wrote(1)
    result = durability.check(shift.history.operations, {"k3": {}})
    assert (result.verdict, result.anomalies) == (Verdict.UNKNOWN, ())
    assert result.why == "no replica could be asked for k3"


def test_a_write_that_the_deposed_node_acknowledged_has_diverged():
    shift = Scripted()
    write = shift.wrote(1, node="n1")
    [anomaly] = durability.losses(shift.history.operations, {"k3": {"n2": 0}}, [(write.at, "n2")], END)
    assert (anomaly.kind, anomaly.at, anomaly.nodes) == (Kind.DIVERGED_WRITE, END, ("n1",))


def test_a_write_acknowledged_before_the_promotion_is_lost():
    shift = Scripted()
    write = shift.wrote(1, node="n1")
    [anomaly] = durability.losses(shift.history.operations, {"k3": {"n2": 0}}, [(write.ended + 1, "n2")], END)
    assert anomaly.kind is Kind.LOST_WRITE


def test_only_the_promotion_in_force_makes_a_write_diverge():
    """n1 was deposed and promoted again before it acknowledged: nobody else was in office."""
    shift = Scripted()
    shift.wrote(1, node="n1")
    promotions = [(1, "n2"), (2, "n1")]
    [anomaly] = durability.losses(shift.history.operations, {"k3": {"n2": 0}}, promotions, END)
    assert anomaly.kind is Kind.LOST_WRITE


def test_a_disagreement_is_charged_once_a_key():
    shift = Scripted()
    one, other = shift.wrote(1), shift.wrote(2)
    finals = {"k3": {"n1": 1, "n2": 2, "n3": 1}, "k4": {"n1": 0, "n2": 0}}
    [anomaly] = durability.disagreements(shift.history.operations, finals, END)
    assert (anomaly.kind, anomaly.key, anomaly.operations) == (Kind.DIVERGED_WRITE, "k3", (one.id, other.id))
    assert anomaly.nodes == ("n1", "n2", "n3")


def test_a_settled_shift_is_valid():
    shift = Scripted()
    shift.wrote(1)
    assert durability.check(shift.history.operations, {"k3": {"n1": 1, "n2": 1}}).verdict is Verdict.VALID


def test_whatever_is_called_lost_makes_the_final_read_impossible():
    """Losses are proved, never guessed: no order of the writes explains a replica that shows what is left."""
    found = 0
    for seed in range(1_000):
        history = run(seed).history
        writes = [op for op in history.operations if op.f == "write" and op.key == "k0"]
        for final in [0, *(op.value for op in writes if op.completion is not Completion.FAIL)]:
            if durability.losses(writes, {"k0": {"n1": final}}):
                end = Operation(
                    id=-1,
                    process=-1,
                    group="us",
                    f="read",
                    key="k0",
                    value=final,
                    at=END,
                    called=END,
                    completion=Completion.OK,
                    ended=END,
                    returned=END + 1,
                )
                assert search.check([*writes, end]) is Verdict.INVALID, seed
                found += 1
    assert found >= 500
