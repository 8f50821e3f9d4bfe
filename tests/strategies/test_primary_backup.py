"""Primary-backup: what each setting keeps, and how each of them fails."""

from __future__ import annotations

import pytest
from harness import MS, Lab, S

from capgame.sim.requests import Ok, Refused, Unsure

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


def test_a_primary_that_crashes_at_the_very_start_comes_back_as_one() -> None:
    """Who is primary was written down before anything could happen; else nobody would be, for the rest of the shift."""
    cluster = Lab("primary-backup")
    cluster.crash("n1")
    cluster.boot("n1")
    cluster.advance(1 * S)
    asked = cluster.write("n2", 7)
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
