"""Primary-backup: who is primary, and what becomes of who was."""

from __future__ import annotations

from harness import MS, Lab, S

from capgame.sim.requests import Ok, Refused, Unsure
from capgame.strategies.strategy import Snapshot


def lab(**knobs: str) -> Lab:
    """n1 and n2 in us, 2 ms apart; n3 in eu, 80 ms away. n1 is primary."""
    made = Lab("primary-backup", **knobs)
    made.advance(1 * S)
    return made


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
