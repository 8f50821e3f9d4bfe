"""What Raft's clients may rely on, sentence by sentence: Ongaro's dissertation (D); and one whole story."""

from __future__ import annotations

import os

import pytest
from harness import GOLDEN, MS, Lab, S
from raft_lab import fill, leaders, led

from capgame.sim.requests import Ok, Refused, Unsure
from capgame.strategies.raft import Confirm, Vote, Voted

# ── what the network brings twice


def test_a_request_that_comes_again_is_not_answered_for_the_first() -> None:
    """The first is in the log and may yet be committed; "it hears no leader" would tell its client that it never is."""
    lab = led()
    asked = lab.write("n1", 7)
    lab.advance(1500)  # it is in the log of n1 and will be sent, and nobody has it yet
    n1 = lab.node("n1")
    n1.observe(2)
    n1.receive(("c:us", 1, asked.request))
    lab.advance(100 * MS)
    assert asked.reply is None or not isinstance(asked.reply, Refused)


# ── reads (D 6.4)


def deposed(reads: str) -> Lab:
    """n1 led, was cut off, and does not know that n2 leads and has taken a write."""
    lab = led(reads=reads, election_timeout="500ms")
    lab.write("n1", 7)
    lab.advance(500 * MS)
    lab.cut("n1", "n2 n3")
    lab.advance(3 * S)
    lab.write("n2", 8)
    lab.advance(500 * MS)
    assert lab.node("n1").role.word == lab.node(lab.cluster.reigns[-1].node).role.word == "leader"
    assert len(leaders(lab)) == 2
    return lab


@pytest.mark.parametrize("reads", ["index", "lease", "log"])
def test_a_deposed_leader_does_not_answer_reads(reads: str) -> None:
    """It cannot know that it still leads, so it says nothing, or that it cannot say."""
    lab = deposed(reads)
    asked = lab.read("n1")
    lab.advance(2 * S)
    assert not isinstance(asked.reply, Ok)


def test_with_local_reads_it_answers_from_the_past() -> None:
    """Which is the lesson."""
    lab = deposed("local")
    asked = lab.read("n1")
    lab.advance(100 * MS)
    assert asked.reply == Ok(7, "n1")


def test_a_new_leader_answers_no_read_before_an_entry_of_its_term_is_committed() -> None:
    """Before that its commit index may be older than what its predecessor had answered."""
    lab = led(reads="index")
    lab.write("n1", 7)
    lab.advance(500 * MS)
    lab.cut("n1", "n2 n3")
    new = lab.node("n2")
    new.promise(2, "n2")
    new.lead()
    asked = lab.read("n2")
    lab.advance(39 * MS)
    assert asked.reply is None
    lab.advance(500 * MS)
    assert asked.reply == Ok(7, "n2")


def test_a_lease_answers_without_asking() -> None:
    """A leader that a majority has just answered replies within the client's own round trip."""
    waits = {}
    for reads in ("index", "lease"):
        lab = Lab("raft", nodes={"n1": "us", "n2": "eu", "n3": "ap"}, leader="n1", reads=reads)
        lab.advance(1 * S)
        asked = lab.read("n1")
        lab.advance(1 * S)
        waits[reads] = asked.replied - asked.at
    assert waits["lease"] < 5 * MS
    assert waits["index"] > 70 * MS


def test_no_vote_undercuts_a_lease() -> None:
    """Who heard of a leader within the shortest timeout votes for nobody else, but for its successor (D 4.2.3)."""
    lab = led(reads="lease")
    voter = lab.node("n2")
    assert voter.vote("n3", Vote(5, 9, 9, False, False)) == Voted(1, False)
    assert voter.vote("n3", Vote(5, 9, 9, False, True)) == Voted(5, True)


def test_who_hands_over_has_no_lease_any_more() -> None:
    """Its successor needs nobody's patience: the old leader, cut off in that moment, must not trust in its lease."""
    lab = led(reads="lease")
    lab.operate("transfer", "n2")
    lab.advance(2 * MS)
    lab.cut("n1", "n2 n3")
    lab.advance(200 * MS)
    assert lab.node("n2").role.word == "leader"
    wrote = lab.write("n2", 8)
    lab.advance(200 * MS)
    assert wrote.reply == Ok(8, "n2")
    asked = lab.read("n1")
    lab.advance(100 * MS)
    assert not isinstance(asked.reply, Ok)


def test_a_confirmation_proves_nothing_about_another_term() -> None:
    """Who knows a newer term says so."""
    lab = led()
    voter = fill(lab, "n2", term=6)
    assert voter.confirm("n1", Confirm(1)).term == 6


# ── clients (D 6.3)


def test_a_follower_forwards_to_the_leader() -> None:
    """Its customers need not know who leads."""
    lab = led()
    asked = lab.write("n3", 7)
    lab.advance(500 * MS)
    assert asked.reply == Ok(7, "n1")


def test_a_forwarders_silence_is_not_a_refusal() -> None:
    """Whether the leader took it, nobody knows."""
    lab = led(election_timeout="5s")
    lab.cut("n1", "n2 n3")
    asked = lab.write("n3", 7)
    lab.advance(2 * S)
    assert isinstance(asked.reply, Unsure)


def test_a_retry_is_applied_once() -> None:
    """The same operation twice in the log does not undo what came between."""
    lab = led()
    lab.write("n1", 7, identity=1)
    lab.advance(100 * MS)
    lab.write("n1", 8, identity=2)
    lab.advance(100 * MS)
    again = lab.write("n2", 7, identity=1)
    lab.advance(500 * MS)
    assert again.reply == Ok(7, "n1")
    assert {node.state["k0"] for node in lab.cluster.nodes} == {8}


# ── the whole story


def election(lab: Lab) -> None:
    """A first election, a leader that falls, a heal, a transfer: put in the diary."""
    for at, verb, arguments in (
        (2 * S, lab.write, ("n1", 1)),
        (3 * S, lab.crash, ("n2", "lose")),
        (5 * S, lab.write, ("n3", 2)),
        (6 * S, lab.boot, ("n2",)),
        (7 * S, lab.cut, ("n1", "n2 n3")),
        (9 * S, lab.read, ("n1",)),
        (9_500 * MS, lab.read, ("n3",)),
        (10 * S, lab.heal, ("n1", "n2 n3")),
        (11 * S, lab.operate, ("transfer", "n1")),
        (12 * S, lab.write, ("n2", 3)),
        (13 * S, lab.read, ("n3",)),
    ):
        lab.later(at, verb, *arguments)  # type: ignore[arg-type]  # verbs of several signatures, as written
    lab.play(14 * S)


def test_the_story_of_an_election_is_as_recorded() -> None:
    """Customers and notes, a line each. `CAPGAME_GOLDEN=accept` writes it anew: read the diff."""
    lab = Lab("raft", jitter_ppm=0, election_timeout="400ms")
    election(lab)
    golden = GOLDEN / "raft-election.txt"
    if os.environ.get("CAPGAME_GOLDEN") == "accept":
        golden.write_text(lab.transcript(), encoding="utf-8")
    assert lab.transcript() == golden.read_text(encoding="utf-8")


def test_what_voters_answered_before_leases_were_wanted_is_no_lease() -> None:
    """In `index` they had promised nothing: one of them may have voted for another leader already."""
    lab = led(reads="index")
    leader = lab.node("n1")
    assert leader.role.leased()
    lab.tune("reads", "lease")
    assert not leader.role.leased()
    lab.advance(300 * MS)
    assert leader.role.leased()
