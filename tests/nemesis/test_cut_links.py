"""Which links a cut takes down."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from capgame.nemesis.cuts import Halves, Majority, Sides, asks, parse_cut, parse_link, parse_machines, show_cut
from capgame.nemesis.resolve import choose, choose_machines, expand, resolve
from capgame.nemesis.topology import Topology

THREE = Topology({"us": ("n1", "n2"), "eu": ("n3",)}, groups=("us", "eu"))
FIVE = Topology({"us": ("n1", "n2"), "eu": ("n3", "n4"), "ap": ("n5",)}, groups=("us", "eu"), ops="us")


def down(text: str, topology: Topology = FIVE) -> set[tuple[str, str]]:
    return set(resolve(parse_cut(text), topology))


def both(*links: str) -> set[tuple[str, str]]:
    pairs = [link.split("-") for link in links]
    return {(a, b) for a, b in pairs} | {(b, a) for a, b in pairs}


def leader_is(node: str) -> Callable[[str], str]:
    return lambda _: node


def test_a_node_takes_no_clients_along() -> None:
    """The first cut: Europe's customers still see both continents."""
    assert down("n3 | n1 n2", THREE) == both("n3-n1", "n3-n2")


def test_a_region_takes_its_clients_along() -> None:
    assert down("us | eu", THREE) == both("n1-n3", "n2-n3", "c:us-n3", "c:eu-n1", "c:eu-n2")


def test_a_region_takes_the_console_along_where_it_lives() -> None:
    assert down("ap | us") == both("n5-n1", "n5-n2", "n5-c:us", "n5-ops")


def test_every_two_sides_are_cut() -> None:
    assert down("n1 | n3 | n5") == both("n1-n3", "n1-n5", "n3-n5")


def test_a_star_is_all_other_nodes() -> None:
    assert down("n1 | *") == both("n1-n2", "n1-n3", "n1-n4", "n1-n5")
    assert down("* -/> n1") == {(node, "n1") for node in ("n2", "n3", "n4", "n5")}


def test_a_group_is_its_clients_only() -> None:
    assert down("c:us | n3") == both("c:us-n3")
    assert down("ops -/- n1") == both("ops-n1")


def test_one_way_leaves_the_way_back() -> None:
    assert down("n1 -/> n2") == {("n1", "n2")}


def test_a_bridge_hears_both_sides() -> None:
    assert down("[n1 n2] ~n3~ [n4 n5]") == both("n1-n4", "n1-n5", "n2-n4", "n2-n5")


def test_in_a_ring_each_sees_two_neighbours() -> None:
    cut = down("ring(n1 n2 n3 n4 n5)")
    for node in FIVE.nodes:
        assert sum((node, other) not in cut for other in FIVE.nodes if other != node) == 2


def test_links_are_named_like_sides() -> None:
    assert set(resolve(parse_link("n1 <-> n3"), FIVE)) == both("n1-n3")
    assert set(resolve(parse_link("n1 n2 -> n3"), FIVE)) == {("n1", "n3"), ("n2", "n3")}


def test_who_leads_is_asked_when_the_fault_begins() -> None:
    asked = parse_cut("leader | *")
    assert asks(asked)
    chosen = choose(asked, FIVE, leader_is("n4"), lambda: 0.0)
    assert not asks(chosen)
    assert show_cut(chosen) == "n4 | *"
    assert set(resolve(chosen, FIVE)) == down("n4 | *")


def test_a_leader_is_not_cut_from_itself() -> None:
    chosen = choose(parse_cut("primary | n1 n2"), FIVE, leader_is("n1"), lambda: 0.0)
    assert set(resolve(chosen, FIVE)) == both("n1-n2")


def test_machines_come_in_the_clusters_order() -> None:
    assert choose_machines(parse_machines("eu leader", "crash"), FIVE, leader_is("n1")) == ("n1", "n3", "n4")


@st.composite
def topologies(draw: st.DrawFn) -> Topology:
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=4))
    names = [f"r{index}" for index in range(len(sizes))]
    numbers = iter(range(1, 99))
    regions = {name: tuple(f"n{next(numbers)}" for _ in range(size)) for name, size in zip(names, sizes, strict=True)}
    groups = tuple(name for name in names if draw(st.booleans()))
    return Topology(regions, groups, draw(st.sampled_from([None, *names])))


DRAWS = st.lists(st.floats(0, 1, exclude_max=True), min_size=12, max_size=12)


@given(topologies(), DRAWS, st.sampled_from([Halves(), Majority()]))
def test_a_drawn_cut_parts_all_nodes_in_two(topology: Topology, draws: list[float], cut: Halves | Majority) -> None:
    chosen = choose(cut, topology, leader_is("n1"), iter(draws).__next__)
    assert isinstance(chosen, Sides)
    one, rest = expand(chosen, topology)
    count = len(topology.nodes)
    assert len(one) == (count // 2 if isinstance(cut, Halves) else (count - 1) // 2)
    assert sorted((*one, *rest)) == sorted(topology.nodes)
    ends = {end for pair in resolve(chosen, topology) for end in pair}
    assert ends <= set(topology.nodes)


@given(topologies(), st.data())
def test_sides_are_cut_both_ways_and_nowhere_else(topology: Topology, data: st.DataObject) -> None:
    places = data.draw(st.lists(st.integers(0, 2), min_size=len(topology.nodes), max_size=len(topology.nodes)))
    by_side = [[node for node, at in zip(topology.nodes, places, strict=True) if at == side] for side in range(3)]
    sides = [nodes for nodes in by_side if nodes]
    if len(sides) < 2:
        return
    pairs = resolve(parse_cut(" | ".join(" ".join(nodes) for nodes in sides)), topology)
    across = {(a, b) for one, other in combinations(sides, 2) for a in one for b in other}
    assert set(pairs) == across | {(b, a) for a, b in across}
    assert list(pairs) == sorted(pairs)


@given(topologies(), st.sampled_from(["r0 -/> *", "* -/> r0", "n1 -/> *"]))
def test_one_way_and_its_way_back_make_a_whole_cut(topology: Topology, text: str) -> None:
    source, target = text.split(" -/> ")
    there, back = down(text, topology), down(f"{target} -/> {source}", topology)
    assert not there & back
    assert there | back == down(f"{source} | {target}", topology)


@given(topologies())
def test_clients_and_console_are_linked_to_nodes_only(topology: Topology) -> None:
    regions = list(topology.regions)
    if len(regions) < 2:
        return
    for one, other in down(" | ".join(regions), topology):
        assert one in topology.nodes or other in topology.nodes
        assert one != other


def test_what_is_cut_does_not_depend_on_how_it_is_written() -> None:
    same = ["n3 n4 | n1 n2", "[n1 n2] | [n3 n4]", "n2 n1 -/- [n4] n3", "[n3] [n4] -/- n1 n2"]
    assert len({tuple(sorted(down(text))) for text in same}) == 1
