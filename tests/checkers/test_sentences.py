"""Every kind of anomaly says one whole, exact sentence."""

from __future__ import annotations

from scripted import Scripted

from capgame.checkers import durability


def cut_off(node, at):
    return "n3 had been cut off since 0.1 s" if node == "n3" else ""


def test_a_stale_read_names_the_acknowledged_write():
    shift = Scripted()
    shift.wrote(41)
    shift.wrote(57, node="n1")
    assert shift.saw(41, node="n3").sentence == (
        "eu2 read k3=v41 at 0.5 s from n3, although v57 had been acknowledged at 0.3 s by n1"
    )


def test_what_the_world_knows_comes_as_a_last_clause():
    shift = Scripted(cut_off)
    shift.wrote(57, node="n1")
    assert shift.saw(0, node="n3").sentence == (
        "eu1 read k3=v0 at 0.3 s from n3, although v57 had been acknowledged at 0.1 s by n1; "
        "n3 had been cut off since 0.1 s"
    )


def test_an_inversion_names_who_had_read_the_newer_value():
    shift = Scripted()
    shift.wrote(41)
    shift.write(57)
    shift.saw(57, node="n2", group="us")
    assert shift.saw(41, node="n3").sentence == (
        "eu3 read k3=v41 at 0.6 s from n3, although us2 had read the newer v57 at 0.4 s from n2"
    )


def test_an_inversion_that_takes_two_proofs_names_both():
    """v57's write began before v41 was read, so only a read that is still open shows it to be the newer one."""
    shift = Scripted()
    older, newer = shift.write(41), shift.write(57)
    shift.saw(41, node="n3")
    shift.ok(newer, node="n1")
    slow, seen = shift.read(), shift.read(group="us")
    shift.ok(seen, 57, node="n2")
    assert shift.ok(slow, 41, node="n3").sentence == (
        "eu3 read k3=v41 at 0.8 s from n3, although v57 had been acknowledged at 0.4 s by n1 "
        "and us4, who read v57 at 0.7 s from n2, shows it to be newer"
    )
    assert older.completion is None


def test_a_phantom_says_that_nobody_wrote_it():
    shift = Scripted()
    assert shift.saw(99, node="n3").sentence == (
        "eu0 read k3=v99 at 0.1 s from n3, although nobody had written v99 to k3"
    )


def test_a_phantom_of_a_failed_write_names_the_refusal():
    shift = Scripted()
    shift.fail(shift.write(99), node="n1")
    assert shift.saw(99, node="n3").sentence == (
        "eu1 read k3=v99 at 0.3 s from n3, although its write had been refused at 0.1 s by n1"
    )


def test_a_read_of_a_write_that_is_refused_afterwards_says_so():
    shift = Scripted()
    write = shift.write(99)
    shift.saw(99, node="n3")
    assert shift.fail(write, node="n1").sentence == (
        "eu1 read k3=v99 at 0.2 s from n3, although its write was then refused at 0.3 s by n1"
    )


def test_an_answer_without_a_node_is_said_without_one():
    shift = Scripted()
    shift.wrote(57, node=None)
    assert shift.saw(0, node=None).sentence == ("eu1 read k3=v0 at 0.3 s, although v57 had been acknowledged at 0.1 s")


def test_a_lost_write_says_what_was_there_instead():
    shift = Scripted()
    shift.wrote(57, node="n1")
    [anomaly] = durability.losses(shift.history.operations, {"k3": {"n1": 0, "n2": 0, "n3": 41}})
    assert anomaly.sentence == (
        "us0's write k3=v57, acknowledged at 0.1 s by n1, was gone at the end: n1 and n2 had v0, n3 had v41"
    )


def test_a_diverged_write_names_the_promotion():
    shift = Scripted(cut_off)
    shift.wrote(57, node="n3")
    [anomaly] = durability.losses(shift.history.operations, {"k3": {"n2": 0}}, [(50_000, "n2")], context=cut_off)
    assert anomaly.sentence == (
        "us0's write k3=v57, acknowledged at 0.1 s by n3 although n2 had been promoted at 0.0 s, "
        "was gone at the end: n2 had v0; n3 had been cut off since 0.1 s"
    )


def test_a_disagreement_names_every_replica():
    assert durability.disagreements([], {"k3": {"n1": 57, "n2": 60, "n3": 60}})[0].sentence == (
        "k3 had more than one value at the end: n1 had v57, n2 and n3 had v60"
    )
