"""Raft does what its paper says, one sentence at a time; the rest of it is held under fire."""

from __future__ import annotations

import os

from harness import GOLDEN, MS, Lab, S

from capgame.sim.requests import Ok, Refused
from capgame.strategies.raft import Append, Leader, Raft, TimeoutNow, Vote, Voted
from capgame.values.log import Entry

FIVE = {f"n{number}": "us" for number in range(1, 6)}


def node(lab: Lab, name: str) -> Raft:
    found = lab.cluster.machines[name].node
    assert isinstance(found, Raft)
    return found


def leaders(lab: Lab) -> dict[str, int]:
    return {n.name: n.view().epoch for n in lab.cluster.nodes if n.view().leads}


# ── elections


def test_a_cluster_without_a_leader_elects_one() -> None:
    lab = Lab("raft")
    lab.advance(5 * S)
    assert len(leaders(lab)) == 1


def test_a_leader_that_dies_is_replaced_by_one_of_a_newer_term() -> None:
    lab = Lab("raft", leader="n1")
    lab.crash("n1")
    lab.advance(5 * S)
    assert len(leaders(lab)) == 1
    assert min(leaders(lab).values()) > 1


def test_a_voter_grants_one_vote_a_term() -> None:
    lab = Lab("raft", leader="n1")
    lab.advance(1 * S)
    follower = node(lab, "n2")
    ask = Vote(term=7, last=follower.log.last, last_term=1, pre=False, handed=False)
    assert [follower.vote(source, ask).granted for source in ("n3", "n1", "n3")] == [True, False, True]


def test_a_voter_refuses_a_log_that_is_behind_its_own() -> None:
    lab = Lab("raft", leader="n1")
    lab.write("n1", 1)
    lab.advance(1 * S)
    follower = node(lab, "n2")
    shorter = Vote(7, follower.log.last - 1, 1, pre=False, handed=False)
    older = Vote(8, follower.log.last + 9, 0, pre=False, handed=False)
    assert not follower.vote("n3", shorter).granted
    assert not follower.vote("n3", older).granted


def test_votes_survive_a_crash() -> None:
    lab = Lab("raft", leader="n1")
    lab.advance(1 * S)
    last = node(lab, "n2").log.last
    assert node(lab, "n2").vote("n3", Vote(7, last, 1, pre=False, handed=False)) == Voted(7, granted=True)
    lab.advance(10 * MS)
    lab.crash("n2", "lose")
    lab.boot("n2")
    lab.advance(1 * MS)
    assert not node(lab, "n2").vote("n1", Vote(7, last, 1, pre=False, handed=False)).granted


def test_with_pre_vote_a_node_that_was_cut_off_does_not_depose_the_leader() -> None:
    terms = []
    for pre_vote in ("on", "off"):
        lab = Lab("raft", leader="n1", pre_vote=pre_vote)
        lab.cut("n3", "n1 n2")
        lab.advance(30 * S)
        lab.heal("n3", "n1 n2")
        lab.advance(5 * S)
        terms.append(max(leaders(lab).values()))
    assert terms[0] == 1
    assert terms[1] > 1


def test_a_pre_vote_changes_nothing() -> None:
    lab = Lab("raft", leader="n1")
    lab.cut("n1", "n2 n3")
    lab.advance(1500 * MS)
    follower = node(lab, "n2")
    before = (follower.term, follower.voted)
    follower.vote("n3", Vote(follower.term + 1, 99, 9, pre=True, handed=False))
    assert (follower.term, follower.voted) == before


# ── the log


def test_an_entry_is_committed_once_a_majority_has_it() -> None:
    lab = Lab("raft", leader="n1")
    lab.cut("n3", "n1 n2")
    asked = lab.write("n1", 7)
    lab.advance(1 * S)
    assert asked.reply == Ok(7, "n1")


def test_a_leader_without_a_majority_commits_nothing() -> None:
    lab = Lab("raft", leader="n1")
    lab.advance(1 * S)
    lab.cut("n1", "n2 n3")
    asked = lab.write("n1", 7)
    lab.advance(10 * S)
    assert asked.reply is None


def test_what_a_deposed_leader_could_not_commit_is_overwritten() -> None:
    lab = Lab("raft", leader="n1")
    lab.advance(1 * S)
    lab.cut("n1", "n2 n3")
    lab.write("n1", 7)
    lab.advance(5 * S)
    written = lab.write("n2", 8)
    lab.advance(2 * S)
    lab.heal("n1", "n2 n3")
    lab.advance(5 * S)
    assert isinstance(written.reply, Ok)
    assert lab.settled() == {"n1": 8, "n2": 8, "n3": 8}


def test_a_follower_refuses_entries_that_do_not_follow_what_it_has() -> None:
    lab = Lab("raft", leader="n1")
    lab.advance(1 * S)
    follower = node(lab, "n2")
    before = follower.log.last
    follower.append("n1", Append(1, before + 5, 1, (Entry(1, None),), 0, 0))
    assert follower.log.last == before


def test_an_old_message_that_holds_less_cuts_nothing() -> None:
    lab = Lab("raft", leader="n1")
    for value in (1, 2, 3):
        lab.write("n1", value)
    lab.advance(1 * S)
    follower = node(lab, "n2")
    before = follower.log.last
    follower.append("n1", Append(1, 0, 0, (follower.log.entry(1),), 0, 0))
    assert follower.log.last == before


def test_a_leader_does_not_commit_an_older_term_by_counting() -> None:
    """Figure 8: an entry of term 1 on a majority, while the leader of term 3 has committed nothing of its own."""
    lab = Lab("raft", nodes=FIVE, leader="n1")
    lab.advance(500 * MS)
    leader = node(lab, "n1")
    role = leader.role
    assert isinstance(role, Leader)
    index = role.add(None)
    leader.promise(3, "n1")
    role.match.update({"n2": index, "n3": index})
    commit = leader.commit
    role.count()
    assert leader.commit == commit
    own = role.add(None)
    role.match.update({"n2": own, "n3": own})
    role.count()
    assert leader.commit == own


def test_a_request_that_arrives_twice_is_applied_once() -> None:
    lab = Lab("raft", leader="n1")
    lab.write("n1", 1, identity=5)
    lab.advance(1 * S)
    lab.write("n1", 2, identity=6)
    lab.advance(1 * S)
    again = lab.write("n1", 1, identity=5)
    lab.advance(1 * S)
    assert again.reply == Ok(1, "n1")
    assert lab.settled()["n1"] == 2


# ── clients


def test_followers_hand_requests_on_to_the_leader() -> None:
    lab = Lab("raft", leader="n1")
    lab.advance(200 * MS)
    asked = lab.write("n3", 7)
    lab.advance(1 * S)
    assert asked.reply == Ok(7, "n1")


def test_a_node_that_hears_no_leader_refuses() -> None:
    lab = Lab("raft", leader="n1")
    lab.cut("n3", "n1 n2")
    lab.advance(5 * S)
    asked = lab.read("n3")
    lab.advance(1 * S)
    assert asked.reply == Refused("n3 hears no leader")


def stale_read(reads: str) -> tuple[object, object]:
    """A leader is cut off and another one writes; what the old one answers to a read then."""
    lab = Lab("raft", leader="n1", reads=reads)
    lab.write("n1", 1)
    lab.advance(1 * S)
    lab.cut("n1", "n2 n3")
    lab.advance(5 * S)
    written = lab.write("n2", 2)
    lab.advance(1 * S)
    read = lab.read("n1")
    lab.advance(2 * S)
    return written.reply and type(written.reply), read.reply


def test_reads_by_index_and_lease_and_log_are_never_from_the_past() -> None:
    for reads in ("index", "lease", "log"):
        written, answer = stale_read(reads)
        assert written is Ok
        assert not isinstance(answer, Ok), reads


def test_local_reads_of_a_deposed_leader_are_from_the_past() -> None:
    assert stale_read("local") == (Ok, Ok(1, "n1"))


def test_a_lease_answers_without_asking_anybody() -> None:
    times = {}
    for reads in ("index", "lease"):
        lab = Lab("raft", nodes={"n1": "us", "n2": "eu", "n3": "eu"}, leader="n1", reads=reads)
        lab.advance(1 * S)
        asked = lab.read("n1")
        lab.advance(1 * S)
        times[reads] = asked.replied - asked.at
    assert times["lease"] < 5 * MS
    assert times["index"] > 70 * MS


def test_while_leases_are_given_nobody_votes_against_a_leader_that_was_just_heard() -> None:
    for reads, granted in (("lease", False), ("index", True)):
        lab = Lab("raft", leader="n1", reads=reads)
        lab.advance(1 * S)
        follower = node(lab, "n2")
        ask = Vote(9, follower.log.last, 1, pre=False, handed=False)
        assert follower.vote("n3", ask).granted is granted
        if not granted:
            assert follower.vote("n3", ask._replace(handed=True)).granted


def test_a_voter_that_restarted_keeps_the_promise_of_a_lease() -> None:
    lab = Lab("raft", leader="n1", reads="lease")
    lab.advance(1 * S)
    lab.crash("n2")
    lab.boot("n2")
    lab.advance(10 * MS)
    last = node(lab, "n2").log.last
    assert not node(lab, "n2").vote("n3", Vote(9, last, 1, pre=False, handed=False)).granted


# ── handing over


def transferred(between_ms: int, **effects: int) -> Lab:
    """Leadership handed to n3 in the middle of a steady stream of writes."""
    lab = Lab("raft", between_us=between_ms * MS, jitter_ppm=200_000, leader="n1")
    if effects:
        lab.disturb(**effects)
    for number in range(1, 500):
        lab.later(number * 10 * MS, lab.write, "n1", number)
    lab.later(2 * S, Raft.operate, lab.cluster, "transfer", "n3", 2)
    lab.play(6 * S)
    return lab


def test_leadership_can_be_handed_over_under_load_near_and_far() -> None:
    for between_ms in (10, 80, 180):
        assert leaders(transferred(between_ms)) == {"n3": 2}


def test_a_lost_call_to_take_over_is_made_again() -> None:
    assert leaders(transferred(40, loss_ppm=300_000)) == {"n3": 2}


def test_a_transfer_to_a_node_out_of_reach_is_given_up() -> None:
    lab = Lab("raft", leader="n1")
    lab.cut("n3", "n1 n2")
    lab.advance(100 * MS)
    Raft.operate(lab.cluster, "transfer", "n3", 2)
    refused = lab.write("n1", 1)
    lab.advance(2 * S)
    served = lab.write("n1", 2)
    lab.advance(1 * S)
    assert isinstance(refused.reply, Refused)
    assert served.reply == Ok(2, "n1")


def test_a_call_of_an_older_term_to_take_over_is_ignored() -> None:
    lab = Lab("raft", leader="n1")
    lab.advance(1 * S)
    node(lab, "n2").campaign_now("n1", TimeoutNow(0))
    lab.advance(1 * S)
    assert leaders(lab) == {"n1": 1}


# ── the whole story


def test_the_story_of_a_deposed_leader_is_told_the_same_for_ever() -> None:
    lab = Lab("raft", leader="n1")
    lab.later(500 * MS, lab.write, "n1", 1)
    lab.later(1 * S, lab.cut, "n1", "n2 n3")
    lab.later(1100 * MS, lab.write, "n1", 2)
    lab.later(5 * S, lab.write, "n2", 3)
    lab.later(6 * S, lab.heal, "n1", "n2 n3")
    lab.later(8 * S, lab.read, "n1")
    lab.play(9 * S)
    golden = GOLDEN / "raft-deposed-leader.txt"
    if os.environ.get("CAPGAME_GOLDEN") == "accept":
        golden.write_text(lab.transcript(), encoding="utf-8")
    assert lab.transcript() == golden.read_text(encoding="utf-8")
