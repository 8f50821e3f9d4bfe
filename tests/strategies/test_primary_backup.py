"""Primary-backup: what each setting keeps, and how each of them fails."""

from __future__ import annotations

import os

import pytest
from harness import GOLDEN, MS, Lab, S
from hypothesis import given, settings
from hypothesis import strategies as st

from capgame.errors import BadInput
from capgame.sim.live import LiveTimeline
from capgame.sim.requests import Ok, Refused, Unsure
from capgame.sim.stepped import SteppedTimeline
from capgame.strategies.strategy import Snapshot

BATCH_AND_MORE = 150


def lab(**knobs: str) -> Lab:
    """n1 and n2 in us, 2 ms apart; n3 in eu, 80 ms away. n1 is primary."""
    made = Lab("primary-backup", **knobs)
    made.advance(1 * S)
    return made


# ── when is a write acknowledged?


def test_async_acknowledges_before_any_backup_has_it() -> None:
    """The answer takes the client's round trip and the primary's disk, and no more."""
    cluster = lab()
    asked = cluster.write("n1", 7)
    cluster.advance(5 * MS)
    assert asked.reply == Ok(7, "n1")
    assert cluster.settled() == {"n1": 7, "n2": 7, "n3": 0}


def test_async_failover_loses_exactly_what_was_not_shipped() -> None:
    """What n1 acknowledged during the cut is gone; what came before it is kept."""
    cluster = lab()
    kept = [cluster.write("n1", value, key=f"f{value}") for value in (1, 2, 3)]
    cluster.advance(1 * S)
    cluster.cut("n1", "n2 n3")
    lost = [cluster.write("n1", value, key=f"f{value}") for value in (4, 5)]
    cluster.advance(1 * S)
    assert cluster.operate("promote", "n2") is None
    cluster.advance(1 * S)
    cluster.heal("n1", "n2 n3")
    cluster.advance(1 * S)
    assert all(isinstance(asked.reply, Ok) for asked in kept + lost)
    assert [cluster.settled(f"f{value}")["n1"] for value in (1, 2, 3, 4, 5)] == [1, 2, 3, 0, 0]


def test_semi_sync_waits_for_the_nearest_backup() -> None:
    """One backup's disk is enough, so a cut to the others does not matter."""
    cluster = lab(replication="semi-sync")
    cluster.cut("n3", "n1 n2")
    asked = cluster.write("n1", 7)
    cluster.advance(3 * MS)
    assert asked.reply is None
    cluster.advance(5 * MS)
    assert asked.reply == Ok(7, "n1")
    assert cluster.settled()["n2"] == 7


def test_semi_sync_may_ask_for_more_backups_than_one() -> None:
    """`acks: 2` waits for the other continent; more backups than there are means all."""
    for acks in ("2", "9"):
        cluster = lab(replication="semi-sync", acks=acks)
        asked = cluster.write("n1", 7)
        cluster.advance(50 * MS)
        assert asked.reply is None
        cluster.advance(50 * MS)
        assert asked.reply == Ok(7, "n1")


def test_sync_waits_for_every_backup() -> None:
    """Once it is acknowledged, everybody has it."""
    cluster = lab(replication="sync")
    asked = cluster.write("n1", 7)
    cluster.advance(70 * MS)
    assert asked.reply is None
    cluster.advance(30 * MS)
    assert asked.reply == Ok(7, "n1")
    assert cluster.settled() == {"n1": 7, "n2": 7, "n3": 7}


def test_sync_stops_writing_when_a_backup_is_down_and_goes_on_when_it_is_back() -> None:
    """The write waits, is not shown meanwhile, and is acknowledged when the backup has caught up."""
    cluster = lab(replication="sync")
    cluster.crash("n2")
    asked = cluster.write("n1", 7)
    cluster.advance(5 * S)
    seen = cluster.read("n1")
    cluster.advance(5 * MS)
    assert (asked.reply, seen.reply) == (None, Ok(0, "n1"))
    cluster.boot("n2")
    cluster.advance(1 * S)
    assert asked.reply == Ok(7, "n1")


def test_turning_sync_off_frees_what_waits() -> None:
    """`tune replication async` is how an operator gets writes back."""
    cluster = lab(replication="sync")
    cluster.crash("n2")
    asked = cluster.write("n1", 7)
    cluster.advance(1 * S)
    cluster.tune("replication", "async")
    cluster.advance(1 * S)
    assert asked.reply == Ok(7, "n1")


def test_an_acknowledged_write_survives_the_primarys_power_cut() -> None:
    """It was on disk before it was acknowledged, and so was the office: n1 is primary again by itself."""
    cluster = lab()
    asked = cluster.write("n1", 7)
    cluster.advance(5 * MS)
    assert asked.reply == Ok(7, "n1")
    cluster.crash("n1", "lose")
    cluster.boot("n1")
    cluster.advance(1 * S)
    assert cluster.settled() == {"n1": 7, "n2": 7, "n3": 7}
    assert cluster.roles()["n1"] == "primary 1"


# ── who is primary?


def test_promoting_without_a_fence_splits() -> None:
    """Both sides accept writes until the heal; then the newer epoch's history is everybody's."""
    cluster = lab()
    cluster.cut("n1", "n2 n3")
    cluster.operate("promote", "n2")
    cluster.advance(1 * S)
    old, new = cluster.write("n1", 7), cluster.write("n3", 8)
    cluster.advance(1 * S)
    assert (old.reply, new.reply) == (Ok(7, "n1"), Ok(8, "n2"))
    assert cluster.roles() == {"n1": "primary 1", "n2": "primary 2", "n3": "backup 2"}
    cluster.heal("n1", "n2 n3")
    cluster.advance(1 * S)
    assert cluster.roles() == {"n1": "backup 2", "n2": "primary 2", "n3": "backup 2"}
    assert cluster.settled() == {"n1": 8, "n2": 8, "n3": 8}


def test_promoting_behind_a_fence_does_not_split() -> None:
    """The old primary refuses, writes and reads alike, and one can see why."""
    cluster = lab()
    cluster.cut("n1", "n2 n3")
    cluster.fence("n1")
    cluster.operate("promote", "n2")
    cluster.advance(1 * S)
    old, seen, new = cluster.write("n1", 7), cluster.read("n1"), cluster.write("n3", 8)
    cluster.advance(1 * S)
    assert old.reply == seen.reply == Refused("n1 is fenced")
    assert new.reply == Ok(8, "n2")
    shown: Snapshot = cluster.node("n1").view()
    assert not shown.leads
    assert "epoch 1 is revoked: it acknowledges and ships nothing" in shown.notes


def test_a_fence_catches_writes_that_wait() -> None:
    """A write that backups had not confirmed when the fence fell is not acknowledged, whatever they say later."""
    cluster = lab(replication="sync")
    cluster.cut("n3", "n1 n2")
    asked = cluster.write("n1", 7)
    cluster.advance(50 * MS)
    cluster.fence("n1")
    cluster.heal("n3", "n1 n2")
    cluster.advance(1 * S)
    assert isinstance(asked.reply, Unsure)


def test_a_fenced_primary_ships_nothing() -> None:
    """Its customers are refused, and its backups hear no more of it; unfenced, it goes on where it was."""
    cluster = lab()
    cluster.cut("n3", "n1 n2")
    cluster.write("n1", 7)
    cluster.advance(1 * S)
    cluster.fence("n1")
    cluster.heal("n3", "n1 n2")
    cluster.advance(2 * S)
    assert cluster.settled() == {"n1": 7, "n2": 7, "n3": 0}
    cluster.fence("n1", on=False)
    cluster.advance(1 * S)
    assert cluster.settled() == {"n1": 7, "n2": 7, "n3": 7}


def test_a_fenced_old_primary_learns_of_the_new_one() -> None:
    """It throws its tail away and copies, and still serves nobody."""
    cluster = lab()
    cluster.cut("n1", "n2 n3")
    cluster.write("n1", 7)
    cluster.advance(1 * S)
    cluster.fence("n1")
    cluster.operate("promote", "n2")
    cluster.advance(1 * S)
    cluster.heal("n1", "n2 n3")
    cluster.advance(1 * S)
    assert cluster.roles()["n1"] == "backup 2"
    assert cluster.settled() == {"n1": 0, "n2": 0, "n3": 0}
    seen = cluster.read("n1")
    cluster.advance(1 * S)
    assert seen.reply == Refused("n1 is fenced")


def test_a_write_that_waits_when_its_primary_is_deposed_is_never_acknowledged() -> None:
    """Not even if a backup's confirmation is on its way."""
    cluster = lab(replication="sync")
    cluster.cut("n3", "n1 n2")
    asked = cluster.write("n1", 7)
    cluster.advance(1 * S)
    cluster.operate("promote", "n3")
    cluster.heal("n3", "n1 n2")
    cluster.advance(5 * S)
    assert not isinstance(asked.reply, Ok)
    assert cluster.settled() == {"n1": 0, "n2": 0, "n3": 0}


def test_what_a_backup_held_in_an_older_epoch_does_not_count() -> None:
    """n3's word that it has four entries comes late: n1 was deposed and promoted again since, and has four others."""
    cluster = lab(replication="semi-sync")
    network = cluster.cluster.network
    network.disturb([("n3", "n1")], {"delay_us": 5 * S})
    cluster.cut("n2", "n1 n3")
    for value in (1, 2, 3):
        cluster.write("n1", value)
        cluster.advance(100 * MS)
    cluster.operate("promote", "n2")
    cluster.heal("n2", "n1 n3")
    cluster.advance(1 * S)
    cluster.operate("promote", "n1")
    network.cut([("n1", "n2"), ("n1", "n3")])
    asked = cluster.write("n1", 7)
    cluster.advance(5 * S)
    assert cluster.node("n1").view().log_tail == (1, 2, 3, 3)
    assert asked.reply is None


def test_an_old_primary_hears_of_its_end_from_a_backup_too() -> None:
    """n1 and n2 cannot talk, but n3 can with both: it tells n1."""
    cluster = lab()
    cluster.cut("n1", "n2")
    cluster.operate("promote", "n2")
    cluster.advance(1 * S)
    assert cluster.roles() == {"n1": "backup 2", "n2": "primary 2", "n3": "backup 2"}


def test_who_may_be_promoted() -> None:
    """A refusal says why; the primary of an epoch that is over may be promoted again."""
    cluster = lab()
    cluster.crash("n2")
    assert cluster.operate("promote", "n2") == "n2 is down"
    cluster.boot("n2")
    cluster.advance(1 * S)
    cluster.fence("n2")
    assert cluster.operate("promote", "n2") == "n2 is fenced"
    cluster.fence("n2", on=False)
    cluster.pause("n2")
    assert cluster.operate("promote", "n2") == "n2 is paused"
    cluster.resume("n2")
    assert cluster.operate("promote", "n1") == "n1 is the primary already"
    cluster.cut("n1", "n2 n3")
    assert cluster.operate("promote", "n2") is None
    assert cluster.operate("promote", "n1") is None
    cluster.advance(1 * S)
    cluster.heal("n1", "n2 n3")
    cluster.advance(1 * S)
    assert {role.split()[0] for role in cluster.roles().values()} == {"primary", "backup"}
    assert cluster.roles()["n1"].startswith("primary")


def test_a_level_may_name_the_first_primary() -> None:
    """Without a name it is the first node."""
    assert lab(primary="n3").roles() == {"n1": "backup 1", "n2": "backup 1", "n3": "primary 1"}
    assert lab().roles()["n1"] == "primary 1"


# ── who answers?


def test_backups_hand_on_and_say_unsure_when_nothing_comes_back() -> None:
    """The primary's silence may mean that it was done."""
    cluster = lab()
    asked = cluster.write("n3", 7)
    cluster.advance(1 * S)
    assert asked.reply == Ok(7, "n1")
    cluster.cut("n3", "n1 n2")
    asked = cluster.write("n3", 8)
    cluster.advance(1 * S)
    assert asked.reply == Unsure("n1 is out of reach")


def test_what_was_handed_on_is_not_handed_on_again() -> None:
    """n3 was cut off and takes n1 for the primary; n1 is not any more, and says so."""
    cluster = lab()
    cluster.cut("n3", "n2")
    cluster.pause("n1")
    cluster.operate("promote", "n2")
    cluster.advance(1 * S)
    cluster.resume("n1")
    asked = cluster.write("n3", 7)
    cluster.advance(1 * S)
    assert asked.reply == Refused("n1 is not the primary")


def test_nearest_reads_go_stale_during_a_cut() -> None:
    """The copy answers at once, and from before the cut; asked through the primary, nobody answers."""
    stale, silent = lab(reads="nearest"), lab(reads="primary")
    for cluster in (stale, silent):
        cluster.write("n1", 1)
        cluster.advance(1 * S)
        cluster.cut("n3", "n1 n2")
        cluster.write("n1", 2)
        cluster.advance(1 * S)
    here, there = stale.read("n3"), silent.read("n3")
    stale.advance(5 * MS)
    silent.advance(1 * S)
    assert here.reply == Ok(1, "n3")
    assert there.reply == Unsure("n1 is out of reach")


# ── coming back


@pytest.mark.parametrize("fate", ["keep", "lose", "wipe"])
def test_a_restarted_backup_catches_up(fate: str) -> None:
    """Whatever its disk kept, and though it missed more than one message holds."""
    cluster = lab()
    for value in range(1, BATCH_AND_MORE):
        if value == 50:
            cluster.crash("n2", fate)
        cluster.write("n1", value, key=f"k{value % 8}")
        cluster.advance(10 * MS)
    cluster.boot("n2")
    cluster.advance(1 * S)
    assert [cluster.settled(f"k{key}")["n2"] for key in range(8)] == [
        cluster.settled(f"k{key}")["n1"] for key in range(8)
    ]


def test_a_wiped_backup_is_no_copy_any_more() -> None:
    """n2 had the write, was wiped, and fell again just after it had said so: it must have it again to count."""
    cluster = Lab("primary-backup", replication="sync", jitter_ppm=0)
    cluster.cut("n3", "n1 n2")
    cluster.advance(950 * MS)
    asked = cluster.write("n1", 7)
    cluster.advance(40 * MS)
    cluster.crash("n2", "wipe")
    cluster.boot("n2")
    cluster.advance(12_500)  # a beat at 1 s, 1 ms each way, and not the third
    cluster.crash("n2")
    cluster.heal("n3", "n1 n2")
    cluster.advance(1 * S)
    assert cluster.settled() == {"n1": 0, "n3": 7}
    assert asked.reply is None
    cluster.boot("n2")
    cluster.advance(1 * S)
    assert asked.reply == Ok(7, "n1")


def test_a_wiped_primary_does_not_pretend() -> None:
    """It has forgotten that it was one; until somebody is promoted there is none."""
    cluster = lab()
    cluster.write("n1", 7)
    cluster.advance(1 * S)
    cluster.crash("n1", "wipe")
    cluster.boot("n1")
    cluster.advance(1 * S)
    assert cluster.roles() == {"n1": "backup 0", "n2": "backup 1", "n3": "backup 1"}
    asked = cluster.write("n1", 8)
    cluster.advance(1 * S)
    assert asked.reply == Refused("n1 knows no primary")
    assert cluster.operate("promote", "n2") is None
    cluster.advance(1 * S)
    assert cluster.settled() == {"n1": 7, "n2": 7, "n3": 7}


def test_a_primary_that_was_down_during_its_end_comes_back_as_a_backup() -> None:
    """It believes its disk until it hears better; then what it alone held is thrown away."""
    cluster = lab()
    cluster.cut("n1", "n2 n3")
    cluster.write("n1", 7)
    cluster.advance(1 * S)
    cluster.crash("n1")
    cluster.heal("n1", "n2 n3")
    cluster.operate("promote", "n3")
    cluster.write("n3", 8)
    cluster.advance(1 * S)
    cluster.boot("n1")
    cluster.advance(1 * S)
    assert cluster.roles() == {"n1": "backup 2", "n2": "backup 2", "n3": "primary 2"}
    assert cluster.settled() == {"n1": 8, "n2": 8, "n3": 8}


def test_long_histories_that_parted_find_the_parting_in_one_step() -> None:
    """Hundreds of entries on each side: after the heal a second is enough, and the tails are equal again."""
    cluster = lab()
    cluster.cut("n1", "n2 n3")
    cluster.operate("promote", "n2")
    cluster.advance(1 * S)
    for value in range(1, 401):
        cluster.write("n1", 2 * value)
        cluster.write("n2", 2 * value + 1)
        cluster.advance(10 * MS)
    assert cluster.node("n1").view().log_tail[-1] != cluster.node("n2").view().log_tail[-1]
    cluster.heal("n1", "n2 n3")
    cluster.advance(1 * S)
    assert cluster.settled() == {"n1": 801, "n2": 801, "n3": 801}
    tails = {cluster.node(name).view().log_tail for name in cluster.cluster.members}
    assert len(tails) == 1
    assert "threw away 400 entries that its primary did not have" in cluster.node("n1").view().notes


# ── retries


def test_a_retry_with_an_identity_is_applied_once() -> None:
    """An old write that is sent again, here across a failover, does not undo a newer one."""
    cluster = lab()
    cluster.write("n1", 1, identity=11)
    cluster.advance(1 * S)
    cluster.write("n1", 2, identity=12)
    cluster.advance(1 * S)
    cluster.operate("promote", "n2")
    cluster.advance(1 * S)
    again = cluster.write("n3", 1, identity=11)
    cluster.advance(1 * S)
    assert again.reply == Ok(1, "n2")
    assert cluster.settled() == {"n1": 2, "n2": 2, "n3": 2}


def test_links_that_lose_and_reorder_change_nothing_in_the_end() -> None:
    """30% lost, doubled, late: every copy ends up the same, with every acknowledged write."""
    cluster = lab(replication="semi-sync")
    cluster.disturb(loss_ppm=300_000, duplicate_ppm=300_000, reorder_ppm=500_000)
    asked = []
    for value in range(1, BATCH_AND_MORE):
        asked.append(cluster.write("n1", value, key=f"f{value}"))
        cluster.advance(20 * MS)
    cluster.advance(5 * S)
    assert all(isinstance(write.reply, Ok) for write in asked)
    assert all(set(cluster.settled(f"f{value}").values()) == {value} for value in range(1, BATCH_AND_MORE))


# ── laws

NODES = ("n1", "n2", "n3")
Event = st.tuples(
    st.sampled_from(["write", "write", "cut", "crash", "lose", "pause", "promote"]),
    st.sampled_from(NODES),
    st.integers(1, 300),
)


def inflict(cluster: Lab, event: str, node: str) -> None:
    """Something happens to a node; if it is in that trouble already, it gets out of it."""
    machine = cluster.cluster.machines[node]
    others = " ".join(name for name in NODES if name != node)
    if event == "cut":
        alone = cluster.cluster.network.links[node, others.split()[0]].down
        (cluster.heal if alone else cluster.cut)(node, others)
    elif event == "pause" and machine.node is not None:
        (cluster.resume if machine.paused else cluster.pause)(node)
    elif event in ("crash", "lose"):
        if machine.node is None:
            cluster.boot(node)
        else:
            cluster.crash(node, "lose" if event == "lose" else "keep")
    elif event == "promote":
        cluster.operate("promote", node)


def calm(cluster: Lab) -> None:
    """The end of all faults, and time to settle."""
    for link in cluster.cluster.network.links.values():
        link.down = 0
    for name, machine in cluster.cluster.machines.items():
        cluster.resume(name)
        if machine.node is None:
            cluster.boot(name)
    cluster.advance(5 * S)


@settings(max_examples=80, deadline=None)
@given(st.lists(Event, max_size=40), st.integers(0, 31))
def test_sync_never_loses_an_acknowledged_write_whoever_is_promoted(
    events: list[tuple[str, str, int]], seed: int
) -> None:
    """Cuts, crashes, pauses and promotions, none of them fenced: every copy has it, so every primary has."""
    cluster = Lab("primary-backup", replication="sync", seed=str(seed))
    asked = []
    for number, (event, node, wait_ms) in enumerate(events, 1):
        if event == "write":
            asked.append(cluster.write(node, number, key=f"f{number}"))
        inflict(cluster, event, node)
        cluster.advance(wait_ms * MS)
    calm(cluster)
    for write in asked:
        kept = cluster.settled(write.request.key)
        assert len(set(kept.values())) == 1
        assert not isinstance(write.reply, Ok) or kept["n1"] == write.reply.value


@settings(max_examples=80, deadline=None)
@given(st.lists(Event, max_size=40), st.integers(0, 31), st.sampled_from(["async", "semi-sync"]))
def test_without_failover_nothing_that_is_acknowledged_is_lost(
    events: list[tuple[str, str, int]], seed: int, replication: str
) -> None:
    """One primary, its disk, and everything but a wipe: even async keeps its word."""
    cluster = Lab("primary-backup", replication=replication, seed=str(seed))
    asked = []
    for number, (event, node, wait_ms) in enumerate(events, 1):
        if event == "write":
            asked.append(cluster.write(node, number, key=f"f{number}"))
        elif event != "promote":
            inflict(cluster, event, node)
        cluster.advance(wait_ms * MS)
    calm(cluster)
    for write in asked:
        kept = cluster.settled(write.request.key)
        assert len(set(kept.values())) == 1
        assert not isinstance(write.reply, Ok) or kept["n1"] == write.reply.value


# ── the whole story


def failover(cluster: Lab) -> None:
    """A cut, a failover without a fence, a fork, a heal, a restart: put in the diary."""
    beats: list[tuple[int, object, tuple[object, ...]]] = [
        (1 * S, cluster.write, ("n1", 1)),
        (2 * S, cluster.cut, ("n1", "n2 n3")),
        (2_500 * MS, cluster.write, ("n1", 2)),
        (3 * S, cluster.write, ("n3", 3)),
        (4 * S, cluster.operate, ("promote", "n2")),
        (5 * S, cluster.write, ("n1", 4)),
        (5_200 * MS, cluster.write, ("n3", 5)),
        (6 * S, cluster.read, ("n1",)),
        (6_200 * MS, cluster.read, ("n3",)),
        (7 * S, cluster.heal, ("n1", "n2 n3")),
        (8 * S, cluster.read, ("n1",)),
        (8_500 * MS, cluster.crash, ("n2", "lose")),
        (8_600 * MS, cluster.write, ("n1", 6)),
        (9 * S, cluster.boot, ("n2",)),
        (10 * S, cluster.read, ("n3",)),
    ]
    for at, verb, arguments in beats:
        cluster.later(at, verb, *arguments)  # type: ignore[arg-type]  # verbs of several signatures, as written
    cluster.play(11 * S)


def test_stepped_and_live_tell_the_same_story() -> None:
    """The digest covers every message; the kernels cannot be told apart by it."""
    runs = [Lab("primary-backup", kernel=kernel) for kernel in (SteppedTimeline, LiveTimeline)]
    for cluster in runs:
        failover(cluster)
    assert runs[0].timeline.trace.digest == runs[1].timeline.trace.digest
    assert runs[0].settled() == runs[1].settled() == {"n1": 5, "n2": 5, "n3": 5}


def test_the_story_of_a_failover_is_as_recorded() -> None:
    """Customers and notes, a line each. `CAPGAME_GOLDEN=accept` writes it anew: read the diff."""
    cluster = Lab("primary-backup", jitter_ppm=0)
    failover(cluster)
    golden = GOLDEN / "primary-backup-failover.txt"
    if os.environ.get("CAPGAME_GOLDEN") == "accept":
        golden.write_text(cluster.transcript(), encoding="utf-8")
    assert cluster.transcript() == golden.read_text(encoding="utf-8")


def test_knobs_say_what_they_take() -> None:
    """What is not among the words is refused with them."""
    with pytest.raises(BadInput, match="async, semi-sync, sync"):
        Lab("primary-backup", replication="maybe")
