"""Cuts that cannot be meant on a given cluster, and how that is said."""

from __future__ import annotations

import pytest

from capgame.nemesis.check import check_cut, check_machines
from capgame.nemesis.cuts import parse_cut, parse_machines
from capgame.nemesis.topology import Topology

LEVEL = Topology({"us": ("n1", "n2"), "eu": ("n3",)}, groups=("us", "eu"))


def complaints(text: str, topology: Topology = LEVEL) -> list[str]:
    return [str(problem) for problem in check_cut(parse_cut(text), topology, text)]


@pytest.mark.parametrize(
    "text",
    ["n3 | n1 n2", "us | eu", "n1 | *", "halves", "majority", "leader | *", "leader | n1 n2", "c:eu -/> primary",
     "us | n3 c:eu", "* c:us -/> n3"],
)  # fmt: skip
def test_a_cut_that_fits_has_no_complaint(text: str) -> None:
    assert complaints(text) == []


def test_every_unknown_name_is_said_with_its_column_and_the_nearest() -> None:
    first, second = complaints("usa | n1 c:ue")
    assert "'usa'" in first
    assert "column 1" in first
    assert "did you mean us" in first
    assert "'c:ue'" in second
    assert "column 10" in second
    assert "c:eu" in second


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        ("us | n1", "n1 stands there as us"),
        ("n1 | n2 n1", "n1 stands there already"),
        ("* | *", "* stands there already"),
        ("us | n3 c:us", "c:us stands there as us"),
        ("[n1] ~n3~ [n3]", "n3 stands there already"),
    ],
)
def test_nothing_stands_on_two_sides(text: str, beside: str) -> None:
    (complaint,) = complaints(text)
    assert beside in complaint


@pytest.mark.parametrize("text", ["c:us | c:eu", "us eu | *"])
def test_a_cut_that_cuts_nothing_is_a_mistake(text: str) -> None:
    (complaint,) = complaints(text)
    assert "about any link of this cluster" in complaint


def test_rings_and_bridges_need_nodes() -> None:
    assert "'us'" in complaints("ring(us n3 n2 n1)")[0]
    assert "name the nodes that hear both sides" in complaints("[n1] ~*~ [n3]")[0]


def test_what_is_drawn_needs_enough_nodes() -> None:
    lonely = Topology({"us": ("n1",)})
    assert "halves needs 2" in complaints("halves", lonely)[0]
    assert "majority needs 3" in complaints("majority", Topology({"us": ("n1", "n2")}))[0]


def test_only_machines_crash() -> None:
    assert check_machines(parse_machines("n1 eu leader", "crash"), LEVEL, "crash") == []
    problems = check_machines(parse_machines("c:us n8", "crash"), LEVEL, "crash")
    assert [problem.value for problem in problems] == ["c:us", "n8"]
