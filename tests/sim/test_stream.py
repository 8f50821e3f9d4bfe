"""A stream: in order and once, over a link that does everything a link may do."""

from __future__ import annotations

from typing import NamedTuple

from harness import MS, Lab, S
from hypothesis import given, settings
from hypothesis import strategies as st

from capgame.sim.cluster import Cluster
from capgame.sim.machine import Machine
from capgame.sim.node import on
from capgame.strategies.strategy import Strategy

TWO = {"n1": "us", "n2": "eu"}
AWFUL = {"loss_ppm": 300_000, "duplicate_ppm": 300_000, "reorder_ppm": 500_000}


class Said(NamedTuple):
    boot: int  # of the speaker
    number: int


class Parrot(Strategy):
    """Says numbers to its peer, and writes down what it hears."""

    id = title = "parrot"

    def __init__(self, machine: Machine, cluster: Cluster, boot: int) -> None:
        super().__init__(machine, cluster, boot)
        self.heard: list[Said] = []
        self.said = 0
        lives(cluster, self.name).append(self.heard)

    def say(self, times: int = 1) -> None:
        for _ in range(times):
            self.said += 1
            self.stream(self.peers[0]).send(Said(self.boot, self.said))

    @on(Said)
    def hear(self, source: str, said: Said) -> None:
        self.heard.append(said)


def lives(cluster: Cluster, name: str) -> list[list[Said]]:
    """What each incarnation of a node has heard."""
    books: dict[str, list[list[Said]]] = cluster.knobs.setdefault("heard", {})
    return books.setdefault(name, [])


def numbers(lab: Lab, name: str, speaker: int = 1) -> list[list[int]]:
    """The same, of what one incarnation of the other node said, by number."""
    return [[said.number for said in heard if said.boot == speaker] for heard in lives(lab.cluster, name)]


def test_everything_arrives_in_order_and_once_over_an_awful_link() -> None:
    """30% lost, 30% doubled, half of it late: nobody behind the stream can tell."""
    lab = Lab(Parrot, nodes=TWO)
    lab.disturb(**AWFUL)
    for _ in range(50):
        lab.node("n1").say(2)
        lab.node("n2").say(3)
        lab.advance(20 * MS)
    lab.advance(60 * S)
    assert numbers(lab, "n2") == [list(range(1, 101))]
    assert numbers(lab, "n1") == [list(range(1, 151))]


def test_what_was_said_during_a_cut_arrives_after_it() -> None:
    """All of it, though it is more than a window, and within a second or two."""
    lab = Lab(Parrot, nodes=TWO)
    lab.cut("n1", "n2")
    lab.node("n1").say(200)
    lab.advance(10 * S)
    assert numbers(lab, "n2") == [[]]
    lab.heal("n1", "n2")
    lab.advance(2 * S)
    assert numbers(lab, "n2") == [list(range(1, 201))]


def test_a_quiet_link_carries_each_message_once() -> None:
    """Nothing is sent again when every answer comes in time."""
    lab = Lab(Parrot, nodes=TWO)
    for _ in range(40):
        lab.node("n1").say()
        lab.advance(50 * MS)
    lab.advance(1 * S)
    assert lab.timeline.trace.digest
    assert sum(" Segment " in line for line in lab.timeline.trace.kept) == 40


def test_a_restarted_peer_is_told_what_its_former_life_did_not_acknowledge() -> None:
    """And nothing older; its first words come through as well."""
    lab = Lab(Parrot, nodes=TWO)
    lab.node("n1").say(5)
    lab.advance(1 * S)
    lab.crash("n2")
    lab.node("n1").say(5)
    lab.advance(1 * S)
    lab.boot("n2")
    lab.node("n2").say(3)
    lab.advance(2 * S)
    assert numbers(lab, "n2") == [[1, 2, 3, 4, 5], [6, 7, 8, 9, 10]]
    assert numbers(lab, "n1", speaker=2) == [[1, 2, 3]]


def test_a_restarted_sender_begins_anew() -> None:
    """What its former life had not delivered is gone, and nothing of it comes late."""
    lab = Lab(Parrot, nodes=TWO)
    lab.node("n1").say(2)
    lab.advance(1 * S)
    lab.cut("n1", "n2")
    lab.node("n1").say(2)
    lab.crash("n1")
    lab.boot("n1")
    lab.heal("n1", "n2")
    lab.node("n1").say(2)
    lab.advance(2 * S)
    assert lives(lab.cluster, "n2") == [[Said(1, 1), Said(1, 2), Said(2, 1), Said(2, 2)]]


Event = st.tuples(st.sampled_from(["say", "cut", "heal", "pause", "resume", "restart"]), st.integers(0, 400))


def inflict(lab: Lab, event: str, fate: str) -> None:
    """One thing that may happen to n2, or on the way there; asked for twice, it happens once."""
    down = lab.cluster.network.links["n1", "n2"].down
    if event == "say":
        lab.node("n1").say(3)
    elif event == "cut" and not down:
        lab.cut("n1", "n2")
    elif event == "heal" and down:
        lab.heal("n1", "n2")
    elif event == "pause":
        lab.pause("n2")
    elif event == "resume":
        lab.resume("n2")
    elif event == "restart":
        lab.crash("n2", fate)
        lab.boot("n2")


@settings(max_examples=60, deadline=None)
@given(st.lists(Event, max_size=25), st.integers(0, 31), st.sampled_from(["keep", "lose"]))
def test_whatever_happens_each_life_hears_a_gapless_run(events: list[tuple[str, int]], seed: int, fate: str) -> None:
    """n2 is cut off, paused and restarted at random. Each of its incarnations hears consecutive numbers; the next one
    begins no later than where the last one stopped; in the end nothing is missing."""
    lab = Lab(Parrot, nodes=TWO, seed=str(seed))
    lab.disturb(**AWFUL)
    for event, pause_ms in events:
        inflict(lab, event, fate)
        lab.advance(pause_ms * MS)
    for event in ("resume", "heal", "say"):
        inflict(lab, event, fate)
    lab.advance(60 * S)
    reached = 0
    for heard in numbers(lab, "n2"):
        if heard:
            assert heard == list(range(heard[0], heard[-1] + 1))
            assert heard[0] <= reached + 1
            reached = max(reached, heard[-1])
    assert reached == lab.node("n1").said


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 600), max_size=6), st.integers(0, 31))
def test_nothing_a_dead_sender_said_comes_after_what_its_next_life_said(pauses_ms: list[int], seed: int) -> None:
    """n1 is restarted at random: n2 hears each of its lives from the beginning, and never an older one again."""
    lab = Lab(Parrot, nodes=TWO, seed=str(seed))
    lab.disturb(**AWFUL)
    for pause_ms in pauses_ms:
        lab.node("n1").say(4)
        lab.advance(pause_ms * MS)
        lab.crash("n1")
        lab.boot("n1")
    lab.node("n1").say(4)
    lab.advance(60 * S)
    (heard,) = lives(lab.cluster, "n2")
    assert heard == sorted(heard)
    for boot in range(1, len(pauses_ms) + 2):
        spoken = [said.number for said in heard if said.boot == boot]
        assert spoken == list(range(1, len(spoken) + 1))
    assert heard[-1] == Said(len(pauses_ms) + 1, 4)
