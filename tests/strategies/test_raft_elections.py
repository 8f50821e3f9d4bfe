"""Raft's elections, sentence by sentence: Ongaro & Ousterhout 2014, and Ongaro's dissertation (D)."""

from __future__ import annotations

import pytest
from harness import MS, Lab, S
from raft_lab import FIVE, fill, idle, leaders, led

from capgame.sim.requests import Ok, Refused
from capgame.sim.stepped import SteppedTimeline
from capgame.sim.timeline import MESSAGE, TIMER, Owner
from capgame.strategies.raft import Append, Candidate, TimeoutNow, Vote, Voted
from capgame.values.log import Entry

# ── elections (5.2)


def test_a_follower_that_hears_nothing_starts_an_election() -> None:
    """It leads within a few election timeouts, in a term that is its own."""
    lab = Lab("raft", election_timeout="500ms")
    assert not leaders(lab)
    lab.advance(3 * S)
    assert len(leaders(lab)) == 1


def test_each_server_votes_for_at_most_one_candidate_in_a_term() -> None:
    """First come, first served; to the same one again, yes; and the vote survives a restart."""
    lab = idle()
    voter = lab.node("n3")
    assert voter.vote("n1", Vote(5, 0, 0, False, False)) == Voted(5, True)
    assert voter.vote("n2", Vote(5, 0, 0, False, False)) == Voted(5, False)
    assert voter.vote("n1", Vote(5, 0, 0, False, False)) == Voted(5, True)
    lab.advance(10 * MS)
    lab.crash("n3", "lose")
    lab.boot("n3")
    lab.advance(10 * MS)
    assert lab.node("n3").vote("n2", Vote(5, 0, 0, False, False)) == Voted(5, False)


def test_a_stale_term_is_rejected() -> None:
    """Votes and entries of an older term are refused, with the newer term."""
    lab = idle()
    node = fill(lab, "n3", term=4)
    assert node.vote("n1", Vote(3, 9, 3, False, False)) == Voted(4, False)
    lab.node("n1").send("n3", Append(3, 0, 0, (Entry(3, None),), 1, 0))
    lab.advance(200 * MS)
    assert (node.log.last, node.leader) == (0, None)
    assert lab.node("n1").term == 4 or lab.node("n1").term == 0  # only a leader listens to such answers


def test_whoever_hears_of_a_newer_term_follows() -> None:
    """A leader and a candidate step down at once, with all they awaited."""
    lab = led()
    leader = lab.node("n1")
    lab.cut("n1", "n2 n3")
    asked = lab.write("n1", 7)
    lab.advance(100 * MS)
    leader.observe(9)
    assert leader.role.word == "follower"
    lab.advance(100 * MS)
    assert asked.reply is None  # whoever was to answer is gone
    leader.become(Candidate(leader))
    lab.advance(10 * MS)
    leader.observe(99)
    assert leader.role.word == "follower"


def test_at_most_one_leader_a_term() -> None:
    """Over a hundred seeds of split votes, no two nodes ever lead in one term."""
    for seed in range(100):
        lab = Lab("raft", nodes=FIVE, election_timeout="100ms", pre_vote="off", seed=f"S{seed}", between_us=80 * MS)
        lab.disturb(loss_ppm=300_000, duplicate_ppm=200_000, reorder_ppm=300_000)
        lab.advance(4 * S)
        reigns = [(reign.epoch, reign.node) for reign in lab.cluster.reigns]
        assert len({epoch for epoch, _ in reigns}) == len(reigns), (seed, reigns)


# ── the election restriction (5.4.1)


@pytest.mark.parametrize(
    ("mine", "last", "last_term", "granted"),
    [
        ((1, 1, 1), 3, 1, True),  # the same
        ((1, 1, 1), 2, 1, False),  # shorter
        ((1, 1, 1), 4, 1, True),  # longer
        ((1, 1, 1), 1, 2, True),  # a later term outweighs length
        ((1, 1, 2), 9, 1, False),  # length does not outweigh a later term
    ],
)
def test_a_voter_denies_a_log_less_up_to_date_than_its_own(
    mine: tuple[int, ...], last: int, last_term: int, granted: bool
) -> None:
    """The later term of the last entry, then the longer log."""
    voter = fill(idle(), "n3", *mine, term=2)
    assert voter.vote("n1", Vote(3, last, last_term, False, False)) == Voted(3, granted)


# ── pre-vote (D 9.6)


def test_a_returned_server_does_not_disturb_with_pre_vote() -> None:
    """Cut off for long, it comes back with the term that it left with; without pre-vote it deposes the leader."""
    terms = {}
    for switch in ("on", "off"):
        lab = led(pre_vote=switch, election_timeout="500ms")
        lab.cut("n3", "n1 n2")
        lab.advance(10 * S)
        lab.heal("n3", "n1 n2")
        lab.advance(5 * S)
        terms[switch] = lab.node("n1").term
        assert len(leaders(lab)) == 1
    assert terms["on"] == 1
    assert terms["off"] > 5


def test_a_pre_vote_promises_nothing() -> None:
    """It is granted to anybody electable while no leader is heard, changes no term, and is denied while one is."""
    lab = Lab("raft", election_timeout="500ms")
    voter = lab.node("n3")
    assert voter.vote("n1", Vote(1, 0, 0, True, False)) == Voted(0, True)
    assert voter.vote("n2", Vote(1, 0, 0, True, False)) == Voted(0, True)
    assert (voter.term, voter.voted) == (0, None)
    lab = led()
    assert lab.node("n3").vote("n2", Vote(2, 9, 9, True, False)) == Voted(1, False)


def test_a_resumed_node_hears_what_it_missed_before_it_looks_at_its_alarm() -> None:
    """Three seconds of heartbeats are at its door: no election. With ranks kept, timers overtake them: one."""

    class KeepsRanks(SteppedTimeline):
        def resume(self, owner: Owner) -> None:
            owner.paused = False
            held, owner.held = owner.held, []
            for action, argument in held:
                rank = MESSAGE if getattr(action, "__name__", "") == "receive" else TIMER
                self.at(self.now, rank, owner, action, argument)

    terms = []
    for kernel in (SteppedTimeline, KeepsRanks):
        lab = Lab("raft", kernel=kernel, leader="n1", pre_vote="off", election_timeout="500ms")
        lab.advance(2 * S)
        for _ in range(5):
            lab.pause("n2")
            lab.advance(3 * S)
            lab.resume("n2")
            lab.advance(1 * S)
        terms.append(lab.node("n1").term)
    assert terms[0] == 1
    assert terms[1] > 1


# ── transfer (D 3.10)


def test_a_transfer_takes_a_round_trip_and_loses_nothing() -> None:
    """The successor leads the next term; who asked in between is refused or answered, never forgotten."""
    lab = led()
    before = lab.write("n1", 7)
    lab.advance(10 * MS)
    assert lab.operate("transfer", "n3") is None
    lab.advance(10 * MS)
    meanwhile = lab.write("n1", 8)
    lab.advance(1 * S)
    assert leaders(lab) == ["n3 2"]
    assert before.reply == Ok(7, "n1")
    assert meanwhile.reply == Refused("n1 is handing over")


def test_a_transfer_to_whom_it_cannot_reach_is_given_up() -> None:
    """After an election timeout the leader takes writes again."""
    lab = led()
    lab.cut("n3", "n1 n2")
    lab.operate("transfer", "n3")
    lab.write("n1", 7)
    lab.advance(1_100 * MS)
    asked = lab.write("n1", 8)
    lab.advance(100 * MS)
    assert asked.reply == Ok(8, "n1")
    assert leaders(lab) == ["n1 1"]


def test_a_successor_of_an_older_term_does_not_campaign() -> None:
    """An order that comes late finds its term over."""
    lab = led()
    follower = lab.node("n2")
    follower.campaign_now("n1", TimeoutNow(0))
    assert follower.role.word == "follower"


def test_who_crashes_at_the_very_start_has_voted_all_the_same() -> None:
    """Term 1 has its leader from the start: two votes more in it would make a second one."""
    lab = Lab("raft", leader="n1")
    for name in ("n2", "n3"):
        lab.crash(name)
        lab.boot(name)
    lab.cut("n1", "n2 n3")
    lab.advance(10 * S)
    terms = [reign.epoch for reign in lab.cluster.reigns]
    assert terms[0] == 1 < terms[1]
    assert len(terms) == len(set(terms))
