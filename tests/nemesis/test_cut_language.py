"""The cut language: every way to write a cut, and where a text that is none goes wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capgame.errors import BadInput
from capgame.nemesis import cuts
from capgame.nemesis.cuts import Bridge, Cut, Halves, Majority, Name, OneWay, Ring, Side, Sides


def side(text: str) -> Side:
    return tuple(Name(name) for name in text.split())


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("us | eu ap", Sides((side("us"), side("eu ap")))),
        ("a|b|c d", Sides((side("a"), side("b"), side("c d")))),
        ("[n1 n2] | [n3 n4 n5]", Sides((side("n1 n2"), side("n3 n4 n5")))),
        ("n1 | *", Sides((side("n1"), side("*")))),
        ("n4 -/- [n1 n3]", Sides((side("n4"), side("n1 n3")))),
        ("n4-/-n1", Sides((side("n4"), side("n1")))),
        ("us-east | eu-west-1", Sides((side("us-east"), side("eu-west-1")))),
        ("n1 -/> n2", OneWay(side("n1"), side("n2"))),
        ("* -/> n1", OneWay(side("*"), side("n1"))),
        ("* c:dc -/> primary", OneWay(side("* c:dc"), side("primary"))),
        ("ops -/- n1", Sides((side("ops"), side("n1")))),
        ("[n1 n2] ~n3~ [n4 n5]", Bridge(side("n1 n2"), side("n3"), side("n4 n5"))),
        ("ring(n1 n2 n3 n4 n5)", Ring(side("n1 n2 n3 n4 n5"))),
        ("halves", Halves()),
        (" majority ", Majority()),
    ],
)
def test_every_shape_can_be_written(text: str, cut: Cut) -> None:
    assert cuts.parse_cut(text) == cut


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("us | eu ap", "us | eu ap"),
        ("* -/> n1", "n1 hears no other machine"),
        ("n1 -/> *", "no other machine hears n1"),
        ("n1 -/> [n2 n3]", "n2 n3 hear nothing of n1"),
        ("n1 n2 ~n3~ n4 n5", "only n3 hears both n1 n2 and n4 n5"),
    ],
)
def test_a_player_need_not_know_the_marks(text: str, told: str) -> None:
    assert cuts.tell_cut(text) == told


@pytest.mark.parametrize(
    ("text", "column", "complaint"),
    [
        ("", 1, "a side is empty"),
        ("n1 |", 5, "a side is empty"),
        ("| n1", 1, "a side is empty"),
        ("n1 | | n2", 6, "a side is empty"),
        ("[n1 n2 | n3", 1, "never closed"),
        ("n1 n2] | n3", 6, "never opened"),
        ("[] | n3", 1, "these brackets are empty"),
        ("[[n1] | n3", 1, "never closed"),
        ("n1 n2", 6, "second side"),
        ("n1, n2 | n3", 3, ", has no meaning"),
        ("n1 & n3", 4, "& has no meaning"),
        ("n1 | n2 -/> n3", 9, "too much"),
        ("n1 -/- n2 -/- n3", 11, "too much"),
        ("n1 -> n2", 4, "for faults of links"),
        ("n1 ~n2 | n3", 4, "no second one"),
        ("ring n1 n2 n3 n4", 6, "a ring has ( here"),
        ("ring(n1 n2 n3 n4", 5, "never closed"),
        ("ring(n1 n2 n3)", 5, "cuts nothing"),
        ("halves | n1", 8, "too much"),
        ("n1 | \x1b[31mn2", 6, "has no meaning"),
    ],
)
def test_a_text_that_is_no_cut_is_refused_at_its_column(text: str, column: int, complaint: str) -> None:
    with pytest.raises(BadInput) as refused:
        cuts.parse_cut(text, "cut")
    (problem,) = refused.value.problems
    assert problem.thing == "cut"
    assert problem.expected.startswith(f"a cut: column {column}: ")
    assert complaint in problem.expected
    assert problem.advice
    assert "\x1b" not in str(problem)


def test_single_links_go_one_way_or_both() -> None:
    assert cuts.parse_link("n1 <-> n3") == Sides((side("n1"), side("n3")))
    assert cuts.parse_link("c1 c2 -> c3 c4") == OneWay(side("c1 c2"), side("c3 c4"))


@pytest.mark.parametrize("text", ["n1", "n1 | n3", "n1 -/> n3", "n1 <-> n3 <-> n4", "n1 <->"])
def test_a_cut_is_not_a_link(text: str) -> None:
    with pytest.raises(BadInput, match="a link: column"):
        cuts.parse_link(text)


def test_machines_are_a_list_of_names() -> None:
    assert cuts.parse_machines("[ap1 aa]", "crash") == cuts.parse_machines("ap1 aa", "crash") == side("ap1 aa")
    with pytest.raises(BadInput, match="a node, or several: column 4"):
        cuts.parse_machines("n1 | n2", "crash")


NAMES = st.sampled_from(["n1", "n2", "us", "us-east", "c:us", "ops", "leader", "*"]).map(Name)
SIDES = st.lists(NAMES, min_size=1, max_size=3).map(tuple)
CUTS = st.one_of(
    st.lists(SIDES, min_size=2, max_size=4).map(tuple).map(Sides),
    st.builds(OneWay, SIDES, SIDES),
    st.builds(Bridge, SIDES, SIDES, SIDES),
    st.lists(NAMES, min_size=cuts.RING_LEAST, max_size=6).map(tuple).map(Ring),
    st.sampled_from([Halves(), Majority()]),
)


@given(CUTS)
def test_a_cut_that_was_shown_reads_back(cut: Cut) -> None:
    assert cuts.parse_cut(cuts.show_cut(cut)) == cut


@given(st.one_of(st.builds(OneWay, SIDES, SIDES), st.tuples(SIDES, SIDES).map(Sides)))
def test_a_link_that_was_shown_reads_back(link: Sides | OneWay) -> None:
    assert cuts.parse_link(cuts.show_link(link)) == link


@given(st.text(max_size=12) | st.text("n1 |[]~*()-/><", max_size=16))
def test_any_text_is_a_cut_or_is_refused(text: str) -> None:
    for parse in (cuts.parse_cut, cuts.parse_link):
        try:
            parse(text)
        except BadInput as refused:
            column = int(refused.problems[0].expected.split("column ")[1].split(":")[0])
        else:
            column = 1
        assert 1 <= column <= len(text) + 1
