"""Majority: what a majority can do, what a minority cannot, and the story of one write in full."""

from __future__ import annotations

import os

from harness import GOLDEN, MS, Lab, S
from hypothesis import given, settings
from hypothesis import strategies as st

from capgame.sim.live import LiveTimeline
from capgame.sim.requests import Ok, Refused, Unsure
from capgame.sim.stepped import SteppedTimeline
from capgame.strategies.majority import Put, Told
from capgame.values.version import NEVER, Version

FIRST = Version(1, "n2")


def lab(**knobs: str) -> Lab:
    """n1 and n2 in us, 2 ms apart; n3 in eu, 80 ms away."""
    return Lab("majority", **knobs)


def told(cluster: Lab, node: str, key: str = "k0") -> tuple[Version, int]:
    """What a replica has of a key."""
    version, value = cluster.node(node).stored(key)
    return version, value


# ── what it does


def test_whoever_is_asked_answers_and_nobody_leads() -> None:
    """Each node coordinates for its own customers, and finds what another one wrote."""
    cluster = lab()
    for value, node in enumerate(("n1", "n2", "n3"), 1):
        asked = cluster.write(node, value)
        cluster.advance(1 * S)
        assert asked.reply == Ok(value, node)
    seen = [cluster.read(node) for node in ("n1", "n2", "n3")]
    cluster.advance(1 * S)
    assert [one.reply for one in seen] == [Ok(3, "n1"), Ok(3, "n2"), Ok(3, "n3")]
    assert not cluster.cluster.reigns
    assert cluster.roles() == {"n1": "replica 3", "n2": "replica 3", "n3": "replica 3"}


def test_it_goes_as_far_as_the_nearest_majority_and_twice() -> None:
    """In us two round trips of 2 ms and two disks; in eu two of 80 ms."""
    cluster = lab()
    near, far = cluster.write("n1", 1, key="k1"), cluster.write("n3", 2, key="k2")
    cluster.advance(1 * S)
    assert near.replied - near.at < 15 * MS
    assert 150 * MS < far.replied - far.at < 200 * MS


def test_a_read_without_write_back_goes_once() -> None:
    """Half the way, and half the promise."""
    cluster = lab(write_back="off")
    seen = cluster.read("n3")
    cluster.advance(1 * S)
    assert 70 * MS < seen.replied - seen.at < 100 * MS


def test_a_reader_repairs_what_it_read() -> None:
    """One node alone has the write; once a reader has answered with it, a majority has."""
    for way, after in (("on", {"n1": 0, "n2": 7, "n3": 7}), ("off", {"n1": 0, "n2": 7, "n3": 0})):
        cluster = lab(write_back=way)
        cluster.advance(10 * MS)
        cluster.node("n2").put("n2", _put(7))
        cluster.cut("n1", "n2 n3")
        seen = cluster.read("n3")
        cluster.advance(1 * S)
        assert seen.reply == Ok(7, "n3")
        assert {name: told(cluster, name)[1] for name in after} == after


def test_versions_decide_and_names_break_ties() -> None:
    """Two wrote at once with the same number: the greater name wins at every replica, in whatever order they come."""
    cluster = lab()
    one, other = cluster.write("n1", 1), cluster.write("n2", 2)
    cluster.advance(1 * S)
    assert (one.reply, other.reply) == (Ok(1, "n1"), Ok(2, "n2"))
    newest = {told(cluster, name) for name in ("n1", "n2", "n3")}
    assert newest == {(Version(1, "n2"), 2)}


def test_two_writes_through_one_node_take_two_versions() -> None:
    """Both asked before either had stored: the second one looks again."""
    cluster = lab()
    for value in (1, 2):
        cluster.write("n1", value)
    cluster.advance(1 * S)
    assert told(cluster, "n3")[0] == Version(2, "n1")


def test_a_duplicated_write_is_stored_once() -> None:
    """The network brings it twice; the node that began it does not begin again."""
    cluster = lab()
    cluster.cluster.network.disturb([("c:us", "n1")], {"duplicate_ppm": 1_000_000})
    asked = cluster.write("n1", 7)
    cluster.advance(1 * S)
    assert asked.reply == Ok(7, "n1")
    assert told(cluster, "n1") == (Version(1, "n1"), 7)


def test_a_write_that_was_refused_may_be_tried_again() -> None:
    """Nobody was told of the first attempt, so the second begins like any other, and is not left without an answer."""
    cluster = lab(timeout="300ms")
    cluster.cut("n1", "n2 n3")
    first = cluster.write("n1", 7)
    cluster.advance(1 * S)
    assert isinstance(first.reply, Refused)
    cluster.heal("n1", "n2 n3")
    again = cluster.write("n1", 7)
    cluster.advance(1 * S)
    assert again.reply == Ok(7, "n1")


# ── what it cannot do


def test_the_side_without_a_majority_refuses_and_the_other_does_not_notice() -> None:
    """No election, no timeout of anybody else: the majority goes on within the second."""
    cluster = lab(timeout="300ms")
    cluster.cut("n1", "n2 n3")
    alone, seen, write = cluster.write("n1", 7), cluster.read("n1"), cluster.write("n2", 8)
    cluster.advance(1 * S)
    assert alone.reply == seen.reply == Refused("n1 cannot reach a majority")
    assert write.reply == Ok(8, "n2")
    assert told(cluster, "n1") == (NEVER, 0)


def test_a_write_that_lost_its_majority_half_way_is_unsure() -> None:
    """It was told the newest version, and then nobody could hear of its own: that may yet come to light."""
    cluster = lab(timeout="300ms")
    asked = cluster.write("n3", 7)
    cluster.advance(100 * MS)  # one round trip done, the second under way
    cluster.cut("n3", "n1 n2")
    cluster.advance(1 * S)
    assert asked.reply == Unsure("n3 lost its majority")
    assert told(cluster, "n3") == (Version(1, "n3"), 7)
    cluster.heal("n3", "n1 n2")
    seen = cluster.read("n3")
    cluster.advance(1 * S)
    assert isinstance(seen.reply, Ok)


def test_a_restarted_node_remembers_what_it_acknowledged() -> None:
    """What was on disk when it said so is there after a power cut."""
    cluster = lab()
    asked = cluster.write("n1", 7)
    cluster.advance(20 * MS)
    assert asked.reply == Ok(7, "n1")
    for node in ("n1", "n2"):
        cluster.crash(node, "lose")
        cluster.boot(node)
    cluster.advance(10 * MS)
    assert told(cluster, "n1") == told(cluster, "n2") == (Version(1, "n1"), 7)


def test_a_retry_through_another_node_may_be_stored_twice() -> None:
    """The known blemish: the second node cannot tell that it is one operation."""
    cluster = lab()
    for node in ("n1", "n2"):
        cluster.write(node, 7, identity=1)
        cluster.advance(1 * S)
    assert told(cluster, "n3") == (Version(2, "n2"), 7)


# ── laws


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from(("n1", "n2", "n3"))), max_size=12), st.randoms())
def test_whatever_the_order_of_arrival_replicas_agree(versions: list[tuple[int, str]], shuffled: object) -> None:
    """Storing is a join: commutative, associative, and twice is once."""
    puts = [_put(10 * number + int(name[1]), Version(number, name)) for number, name in versions]
    again = [*puts, *puts]
    shuffled.shuffle(again)  # type: ignore[attr-defined]  # hypothesis's own Random
    cluster = lab()
    cluster.advance(10 * MS)
    for put in puts:
        cluster.node("n1").put("n2", put)
    for put in again:
        cluster.node("n2").put("n1", put)
    assert told(cluster, "n1") == told(cluster, "n2")


# ── the whole story


def story(cluster: Lab) -> None:
    """A write, a cut, both sides ask, a restart under way, a heal: put in the diary."""
    beats: list[tuple[int, object, tuple[object, ...]]] = [
        (1 * S, cluster.write, ("n1", 1)),
        (2 * S, cluster.cut, ("n1", "n2 n3")),
        (2_100 * MS, cluster.write, ("n1", 2)),
        (2_200 * MS, cluster.read, ("n1",)),
        (2_300 * MS, cluster.write, ("n3", 3)),
        (3 * S, cluster.read, ("n2",)),
        (4 * S, cluster.heal, ("n1", "n2 n3")),
        (4_100 * MS, cluster.read, ("n1",)),
        (5 * S, cluster.crash, ("n2", "lose")),
        (5_100 * MS, cluster.write, ("n1", 4)),
        (5_110 * MS, cluster.write, ("n3", 5)),
        (6 * S, cluster.boot, ("n2",)),
        (6_100 * MS, cluster.read, ("n2",)),
    ]
    for at, verb, arguments in beats:
        cluster.later(at, verb, *arguments)  # type: ignore[arg-type]  # verbs of several signatures, as written
    cluster.play(8 * S)


def test_stepped_and_live_tell_the_same_story() -> None:
    """The digest covers every message; the kernels cannot be told apart by it."""
    runs = [Lab("majority", kernel=kernel) for kernel in (SteppedTimeline, LiveTimeline)]
    for cluster in runs:
        story(cluster)
    assert runs[0].timeline.trace.digest == runs[1].timeline.trace.digest


def test_the_story_is_as_recorded() -> None:
    """Customers and what happened to nodes, a line each. `CAPGAME_GOLDEN=accept` writes it anew: read the diff."""
    cluster = Lab("majority", jitter_ppm=0)
    story(cluster)
    golden = GOLDEN / "majority-story.txt"
    if os.environ.get("CAPGAME_GOLDEN") == "accept":
        golden.write_text(cluster.transcript(), encoding="utf-8")
    assert cluster.transcript() == golden.read_text(encoding="utf-8")


def _put(value: int, version: Version = FIRST) -> Put:
    return Put("k0", Told(version, value))
