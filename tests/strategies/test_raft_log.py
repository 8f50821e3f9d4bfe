"""Raft's log, sentence by sentence: Ongaro & Ousterhout 2014."""

from __future__ import annotations

from harness import MS, Lab, S
from hypothesis import given
from hypothesis import strategies as st
from raft_lab import FIVE, agreed, fill, idle, leaders, led

from capgame.sim.requests import Ok
from capgame.strategies.raft import Append, Candidate, Leader
from capgame.values.log import Entry, Log

# ── replication (5.3)


def test_a_write_is_answered_once_a_majority_has_it() -> None:
    """One follower is enough; none is not."""
    lab = led()
    lab.cut("n3", "n1 n2")
    first = lab.write("n1", 7)
    lab.advance(50 * MS)
    assert first.reply == Ok(7, "n1")
    lab.cut("n2", "n1")
    second = lab.write("n1", 8)
    lab.advance(500 * MS)
    assert second.reply is None
    lab.heal("n2", "n1")
    lab.advance(500 * MS)
    assert second.reply == Ok(8, "n1")


def test_a_follower_refuses_entries_that_do_not_follow_its_log() -> None:
    """A gap, or another term at the place before them: refused, with where, and in which term, both may still agree."""
    lab = idle()
    follower = fill(lab, "n3", 1, 1, 2, term=2)
    for prev, prev_term in ((5, 3), (3, 3)):
        follower.append("n1", Append(3, prev, prev_term, (Entry(3, None),), 0, 0))
        assert follower.log.last == 3
    lab.advance(100 * MS)
    assert lab.timeline.trace.digest  # asking for it writes the present second out
    answers = [line for line in lab.timeline.trace.kept if "n3>n1" in line]
    assert [line.split("Appended")[1] for line in answers] == [" 3 False 3 2 0", " 3 False 3 2 0"]


def test_a_conflicting_entry_goes_with_all_that_follow_it() -> None:
    """The leader's entries replace them."""
    follower = fill(idle(), "n3", 1, 1, 2, 2, 2, term=2)
    follower.append("n1", Append(3, 2, 1, (Entry(3, None),), 0, 0))
    assert [follower.log.term(index) for index in range(1, follower.log.last + 1)] == [1, 1, 3]


def test_an_old_message_that_holds_less_cuts_nothing() -> None:
    """It may have been overtaken; what agrees stays, what follows too."""
    follower = fill(idle(), "n3", 1, 1, 2, 2, term=2)
    follower.append("n1", Append(2, 1, 1, (follower.log.entry(2),), 0, 0))
    assert follower.log.last == 4


def test_a_leader_brings_any_log_into_line() -> None:
    """The six followers of figure 7, two at a time, end with the leader's log."""
    logs = [(1, 1, 1, 4), (1, 1, 1, 4, 4, 5, 5, 6, 6, 6, 6), (1, 1, 1, 4, 4, 4, 4), (1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 3)]
    for one, other in zip(logs[::2], logs[1::2], strict=True):
        lab = Lab("raft", election_timeout="10s", jitter_ppm=0)
        lab.advance(10 * MS)
        leader = fill(lab, "n1", 1, 1, 1, 4, 4, 5, 5, 6, 6, 6, term=7)
        fill(lab, "n2", *one, term=6)
        fill(lab, "n3", *other, term=6)
        leader.promise(8, "n1")
        leader.lead()
        lab.advance(15 * S)
        logs_now = [[n.log.entry(i) for i in range(1, n.log.last + 1)] for n in map(lab.node, ("n1", "n2", "n3"))]
        assert logs_now[0] == logs_now[1] == logs_now[2]
        assert leader.log.last == 11


class Shelf(list[Entry]):
    """A list as `Log` wants it."""

    def slice(self, start: int, stop: int) -> tuple[Entry, ...]:
        return tuple(self[start:stop])

    def cut(self, length: int) -> None:
        del self[length:]


@given(st.lists(st.integers(1, 3), max_size=8).map(sorted), st.data())
def test_logs_that_match_at_an_entry_match_up_to_it(terms: list[int], data: st.DataObject) -> None:
    """Log Matching: followers take random windows of one leader's log, in any order, old ones again."""
    source, follower = Log(Shelf(Entry(term, None) for term in terms)), Log(Shelf())
    for _ in range(data.draw(st.integers(0, 12))):
        prev = data.draw(st.integers(0, len(terms)))
        if follower.matches(prev, source.term(prev)):
            assert follower.merge(prev, source.after(prev, data.draw(st.integers(0, 8)))) <= source.last
        assert [follower.term(i) for i in range(follower.last + 1)] == [
            source.term(i) for i in range(follower.last + 1)
        ]


# ── commitment (5.4.2) and what follows from it (5.4.3)


def test_an_older_terms_entry_is_not_committed_by_counting() -> None:
    """Figure 8: a majority holds it, and it waits for an entry of the leader's own term."""
    lab = idle()
    leader = fill(lab, "n1", 1, 2, term=4)
    role = Leader(leader)
    leader.become(role)
    role.appended("n2", agreed(4, 2))
    assert leader.commit == 0
    leader.log.append(Entry(4, None))
    role.appended("n2", agreed(4, 3))
    assert leader.commit == 3  # and with it all that came before


def test_figure_8_told_to_its_end() -> None:
    """S1 replicates an old entry to a majority and falls; S5 may still win, and nobody was promised anything."""
    lab = Lab("raft", nodes=FIVE, election_timeout="10s", jitter_ppm=0)
    lab.advance(10 * MS)
    for name, terms in {"n1": (1, 2), "n2": (1, 2), "n3": (1, 2), "n4": (1,), "n5": (1, 3)}.items():
        fill(lab, name, *terms, term=4)
    old = lab.node("n1")
    role = Leader(old)
    old.become(role)  # in term 4, its own first entry still at home only
    for peer in ("n2", "n3"):
        role.appended(peer, agreed(4, 2))
    assert (old.commit, old.applied) == (0, 0)
    lab.cut("n1", "n2 n3 n4 n5")
    lab.node("n5").become(Candidate(lab.node("n5"), handed=True))
    lab.advance(2 * S)
    assert lab.node("n5").role.word == "leader"
    assert {lab.node(name).log.term(2) for name in ("n2", "n3", "n4", "n5")} == {3}
    assert lab.node("n2").state == lab.node("n5").state == {"k1": 11, "k2": 32}


def test_what_is_acknowledged_is_in_every_later_leaders_log() -> None:
    """Leader completeness: leaders fall one after the other, and each successor has all that was answered `ok`."""
    for seed in range(20):
        lab = Lab("raft", nodes=FIVE, election_timeout="200ms", seed=f"S{seed}")
        lab.advance(1 * S)
        asked = []
        for number in range(1, 9):
            for node in FIVE:
                asked.append(lab.write(node, 100 * number + int(node[1]), key=f"{node}/{number}"))
            lab.advance(30 * MS)
            fallen = leaders(lab)[-1].split()[0]
            lab.crash(fallen, "lose")
            lab.advance(1 * S)
            leader = lab.node(leaders(lab)[-1].split()[0])
            entries = [leader.log.entry(index).command for index in range(1, leader.log.last + 1)]
            assert all(write.request in entries for write in asked if isinstance(write.reply, Ok)), seed
            lab.boot(fallen)
            lab.advance(200 * MS)


def test_a_long_tail_of_a_deposed_leader_is_replaced_in_a_few_round_trips() -> None:
    """One step back a round trip for each entry would take a minute; the majority must not wait for it either."""
    lab = led()
    lab.cut("n1", "n2 n3")
    for value in range(1, 400):
        lab.write("n1", value, key=f"k{value}")
    lab.advance(5 * S)
    for value in range(1001, 1200):
        lab.write("n2", value, key=f"k{value}")
    lab.advance(1 * S)
    lab.heal("n1", "n2 n3")
    lab.cut("n3", "n1 n2")
    lab.advance(300 * MS)
    assert len({lab.node(name).log.last for name in ("n1", "n2")}) == 1
    written = lab.write("n2", 5000)
    lab.advance(500 * MS)
    assert written.reply == Ok(5000, "n2")
