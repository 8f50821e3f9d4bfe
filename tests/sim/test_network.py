"""Links: what arrives, when, and what faults do to it."""

from __future__ import annotations

from typing import Any

from small import MS, S, drive, timeline

from capgame.sim.network import Network
from capgame.sim.stepped import SteppedTimeline
from capgame.sim.timeline import FAULT, TIMER, Timeline

ONE_WAY = 10 * MS


class Door:
    """Counts what arrives, and when."""

    def __init__(self, line: Timeline) -> None:
        self.line = line
        self.heard: list[tuple[int, Any]] = []

    def arrive(self, envelope: tuple[str, int, Any]) -> None:
        self.heard.append((self.line.now, envelope[2]))


def road(jitter_ppm: int = 0, seed: str = "KIWI") -> tuple[Timeline, Network, Door]:
    """One direction from n1 to n2, and one from n1 to n3."""
    line = timeline(SteppedTimeline, seed)
    network, door = Network(line, jitter_ppm), Door(line)
    network.connect("n1", "n2", ONE_WAY)
    network.connect("n1", "n3", ONE_WAY)
    network.attach("n2", door)
    return line, network, door


def send(line: Timeline, network: Network, at: int, body: Any, to: str = "n2") -> None:
    line.at(at, TIMER, line.world, lambda _: network.links["n1", to].carry(0, body, str(body)), None)


def test_a_link_must_be_up_at_departure_and_at_arrival() -> None:
    """A cut loses what departs under it, and what is on its way when it begins; only what is between them passes."""
    line, network, door = road()
    for at in (1 * MS, 5 * MS, 25 * MS, 45 * MS):
        send(line, network, at, at)
    line.at(12 * MS, FAULT, line.world, network.cut, [("n1", "n2")])  # the second is on its way
    line.at(40 * MS, FAULT, line.world, network.heal, [("n1", "n2")])
    drive(line, S)
    assert [body for _, body in door.heard] == [1 * MS, 45 * MS]


def test_a_short_cut_passes_under_a_message() -> None:
    """Up when it departs and up when it arrives is all that it needs."""
    line, network, door = road()
    send(line, network, 0, "early")
    line.at(2 * MS, FAULT, line.world, network.cut, [("n1", "n2")])
    line.at(3 * MS, FAULT, line.world, network.heal, [("n1", "n2")])
    drive(line, S)
    assert door.heard == [(ONE_WAY, "early")]


def test_a_link_is_down_while_any_fault_downs_it() -> None:
    """Two cuts overlap: the first that heals does not raise it."""
    line, network, door = road()
    pair = [("n1", "n2")]
    network.cut(pair)
    network.cut(pair)
    network.heal(pair)
    send(line, network, 1 * MS, "under one")
    drive(line, S)
    assert door.heard == []


def test_jitter_stays_within_its_bounds() -> None:
    """A tenth either way, never more."""
    line, network, door = road(jitter_ppm=100_000)
    for number in range(2_000):
        send(line, network, 0, number)
    drive(line, S)
    times = [at for at, _ in door.heard]
    assert min(times) >= 9 * MS
    assert max(times) <= 11 * MS
    assert max(times) - min(times) > 1_900  # microseconds: the whole width is used


def test_delays_add_and_losses_combine() -> None:
    """Two faults of 50% loss leave a quarter; calming one gives back the other alone."""
    line, network, door = road()
    half = {"loss_ppm": 500_000, "delay_us": 5 * MS}
    network.disturb([("n1", "n2")], half)
    network.disturb([("n1", "n2")], half)
    link = network.links["n1", "n2"]
    assert (link.loss_ppm, link.delay_us) == (750_000, 10 * MS)
    network.calm([("n1", "n2")], half)
    assert (link.loss_ppm, link.delay_us) == (500_000, 5 * MS)
    network.calm([("n1", "n2")], half)
    assert not link.troubled
    del line, door


def test_loss_duplicates_and_reordering_happen_as_often_as_asked() -> None:
    """Over 4,000 messages, a millisecond apart."""
    line, network, door = road()
    network.disturb([("n1", "n2")], {"loss_ppm": 200_000, "duplicate_ppm": 300_000, "reorder_ppm": 400_000})
    for number in range(4_000):
        send(line, network, number * MS, number)
    drive(line, 10 * S)
    bodies = [body for _, body in door.heard]
    assert 3_080 < len(set(bodies)) < 3_320
    assert 860 < len(bodies) - len(set(bodies)) < 1_060
    assert bodies != sorted(bodies)


def test_trouble_on_one_link_does_not_shift_another() -> None:
    """Messages of n1 to n3 arrive at the same instants, whatever happens between n1 and n2."""

    def arrivals(trouble: bool) -> list[tuple[int, Any]]:
        line, network, _ = road(jitter_ppm=100_000)
        other = Door(line)
        network.attach("n3", other)
        if trouble:
            network.disturb([("n1", "n2")], {"loss_ppm": 500_000, "reorder_ppm": 500_000})
        for number in range(100):
            send(line, network, number * MS, number)
            send(line, network, number * MS, number, to="n3")
        drive(line, S)
        return other.heard

    assert arrivals(trouble=True) == arrivals(trouble=False)
