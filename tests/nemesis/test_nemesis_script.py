"""The nemesis carries out a script: faults hold as long as they say, overlap, and end before others begin."""

from __future__ import annotations

from harness import MS, THREE, Lab, S

from capgame.nemesis.fault import Fault, Flap
from capgame.nemesis.script import Nemesis
from capgame.nemesis.topology import Topology

TOPOLOGY = Topology({"us": ("n1", "n2"), "eu": ("n3",)}, ("us", "eu"))


def staged(*faults: Fault, leader: str = "n1") -> tuple[Lab, Nemesis]:
    lab = Lab("raft", nodes=THREE, leader="n1")
    nemesis = Nemesis(lab.cluster, TOPOLOGY, faults, lambda _: leader)
    nemesis.start()
    return lab, nemesis


def down(lab: Lab) -> set[str]:
    return {f"{a}>{b}" for (a, b), link in lab.cluster.network.links.items() if link.down}


def test_a_cut_holds_for_as_long_as_it_says() -> None:
    lab, _ = staged(Fault(1 * S, "cut", "n3 | n1 n2", for_us=2 * S))
    lab.advance(1 * S - 1)
    assert not down(lab)
    lab.advance(1)
    assert down(lab) == {"n1>n3", "n3>n1", "n2>n3", "n3>n2"}
    lab.advance(2 * S)
    assert not down(lab)


def test_a_link_is_down_while_any_fault_downs_it() -> None:
    lab, _ = staged(Fault(1 * S, "cut", "n3 | n1 n2", for_us=4 * S), Fault(2 * S, "cut", "n1 -/> n3", for_us=1 * S))
    lab.advance(3500 * MS)
    assert "n1>n3" in down(lab)
    lab.advance(2 * S)
    assert not down(lab)


def test_without_for_a_cut_holds_until_settle() -> None:
    lab, nemesis = staged(Fault(1 * S, "cut", "us | eu"))
    lab.advance(60 * S)
    assert "c:us>n3" in down(lab)
    nemesis.end_all()
    assert not down(lab)


def test_a_machine_is_down_while_any_fault_holds_it() -> None:
    lab, _ = staged(Fault(1 * S, "crash", "n2", for_us=4 * S), Fault(2 * S, "crash", "n2", for_us=1 * S))
    lab.advance(3500 * MS)
    assert lab.cluster.machines["n2"].node is None
    lab.advance(2 * S)
    assert lab.cluster.machines["n2"].node is not None


def test_crashed_machines_boot_at_settle() -> None:
    lab, nemesis = staged(Fault(1 * S, "crash", "n2"))
    lab.advance(5 * S)
    nemesis.end_all()
    assert lab.cluster.machines["n2"].node is not None


def test_a_wiped_disk_is_remembered_for_the_ceilings() -> None:
    lab, nemesis = staged(Fault(1 * S, "crash", "n2", options=(("disk", "wipe"),)))
    lab.advance(2 * S)
    assert nemesis.changes[-1].wiped == ("n2",)
    assert nemesis.changes[-1].stopped == ("n2",)


def test_leader_is_asked_for_once_when_the_fault_begins() -> None:
    lab, nemesis = staged(Fault(1 * S, "pause", "leader", for_us=1 * S), leader="n2")
    lab.advance(1500 * MS)
    assert nemesis.active[0].machines == ("n2",)
    assert lab.cluster.machines["n2"].paused
    lab.advance(1 * S)
    assert not lab.cluster.machines["n2"].paused


def test_a_flapping_cut_comes_and_goes_until_its_end() -> None:
    lab, _ = staged(Fault(1 * S, "cut", "n3 | n1 n2", for_us=10 * S, flap=Flap(1 * S, 3 * S)))
    seen = []
    for _ in range(13):
        lab.advance(1 * S)
        seen.append(bool(down(lab)))
    assert seen == [True, False, False, True, False, False, True, False, False, True, False, False, False]


def test_losses_combine_and_delays_add() -> None:
    half = (("loss", 500_000), ("delay", 10 * MS))
    lab, _ = staged(Fault(1 * S, "link", "n1 <-> n3", options=half), Fault(1 * S, "link", "n1 -> n3", options=half))
    lab.advance(2 * S)
    links = lab.cluster.network.links
    assert (links["n1", "n3"].loss_ppm, links["n1", "n3"].delay_us) == (750_000, 20 * MS)
    assert (links["n3", "n1"].loss_ppm, links["n3", "n1"].delay_us) == (500_000, 10 * MS)


def test_halves_are_drawn_when_the_fault_begins_and_the_draw_is_recorded() -> None:
    lab, nemesis = staged(Fault(1 * S, "cut", "halves", for_us=1 * S))
    lab.advance(1500 * MS)
    assert nemesis.active[0].target.count("|") == 1
    assert any("nemesis begins cut" in line and nemesis.active[0].target in line for line in _trace(lab))


def test_a_restart_is_a_crash_and_a_boot() -> None:
    lab, _ = staged(Fault(1 * S, "restart", "n2"))
    lab.advance(1500 * MS)
    assert lab.cluster.machines["n2"].boots == 2


def test_a_restart_boots_a_machine_that_a_crash_holds() -> None:
    """The crash is over with it, although it had no end, or a later one; another machine that it holds stays down."""
    lab, nemesis = staged(Fault(1 * S, "crash", "n1 n2"), Fault(2 * S, "restart", "n2"), Fault(4 * S, "restart", "n1"))
    lab.advance(3 * S)
    assert [name for name, machine in lab.cluster.machines.items() if machine.up] == ["n2", "n3"]
    assert [active.fault.word for active in nemesis.active] == ["crash"]
    lab.advance(2 * S)
    assert all(machine.up for machine in lab.cluster.machines.values())
    assert nemesis.active == []


def test_a_machine_that_boots_while_it_is_paused_stands_still_to_the_end_of_the_pause() -> None:
    lab, _ = staged(Fault(1 * S, "crash", "n2", for_us=2 * S), Fault(2 * S, "pause", "n2", for_us=3 * S))
    machine = lab.cluster.machines["n2"]
    lab.advance(4 * S)
    assert (machine.boots, machine.up) == (2, False)
    lab.advance(2 * S)
    assert machine.up
    assert machine.node is not None
    assert machine.node.ready


def test_what_faults_do_to_a_clock_adds_up() -> None:
    """The end of one leaves the other's."""
    fast = (("drift", 100_000),)
    lab, _ = staged(Fault(0, "clock", "n2", options=fast), Fault(1 * S, "clock", "n2", for_us=1 * S, options=fast))
    lab.advance(3 * S)
    assert lab.cluster.machines["n2"].clock.now == 3_400 * MS


def test_no_clock_stands_still() -> None:
    lab, _ = staged(Fault(0, "clock", "n2", options=(("drift", -1_000_000),)))
    lab.advance(3 * S)
    assert lab.cluster.machines["n2"].clock.now == 30 * MS


def test_a_clock_is_right_again_when_its_fault_ends() -> None:
    wrong = (("drift", 100_000), ("jump", 45 * S))
    lab, _ = staged(Fault(1 * S, "clock", "n2", for_us=10 * S, options=wrong))
    lab.advance(6 * S)
    clock = lab.cluster.machines["n2"].clock
    assert (clock.now, clock.wall) == (6_500 * MS, 51_500 * MS)
    lab.advance(6 * S)
    assert clock.wall - clock.now == 0


def _trace(lab: Lab) -> list[str]:
    return [*lab.timeline.trace.kept, *lab.timeline.trace.lines]
