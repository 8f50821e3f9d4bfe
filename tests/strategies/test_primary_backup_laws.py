"""Primary-backup: what holds whatever happens, and the story of one failover in full."""

from __future__ import annotations

import os

import pytest
from harness import GOLDEN, MS, Lab, S
from hypothesis import given, settings
from hypothesis import strategies as st

from capgame.errors import BadInput
from capgame.sim.live import LiveTimeline
from capgame.sim.requests import Ok
from capgame.sim.stepped import SteppedTimeline

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
