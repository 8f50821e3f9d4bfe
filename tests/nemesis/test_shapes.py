"""What a cut looks like on the map."""

from __future__ import annotations

import pytest

from capgame.nemesis.cuts import parse_cut
from capgame.nemesis.shapes import shape
from capgame.nemesis.topology import Topology

FIRST_CUT = Topology({"us": ("n1", "n2"), "eu": ("n3",)}, groups=("us", "eu"))
THREE_COASTS = Topology({"us": ("n1", "n2"), "eu": ("n3", "n4"), "ap": ("n5",)}, groups=("us", "eu"))


@pytest.mark.parametrize(
    ("text", "topology", "kind", "sides"),
    [
        ("n3 | n1 n2", FIRST_CUT, "regions", (("eu",), ("us",))),
        ("us | eu", FIRST_CUT, "regions", (("us",), ("eu",))),
        ("n1 | *", FIRST_CUT, "ring", (("n1",), ("n2", "n3"))),
        ("n1 | n2", FIRST_CUT, "links", (("n1",), ("n2",))),
        ("us | eu ap", THREE_COASTS, "regions", (("us",), ("eu", "ap"))),
        ("us | eu | ap", THREE_COASTS, "regions", (("us",), ("eu",), ("ap",))),
        ("n1 n3 | *", THREE_COASTS, "links", (("n1", "n3"), ("n2", "n4", "n5"))),
        ("n5 | *", THREE_COASTS, "regions", (("ap",), ("us", "eu"))),
        ("n4 -/- [n1 n3]", THREE_COASTS, "links", (("n4",), ("n1", "n3"))),
        ("c:us | n3", THREE_COASTS, "links", (("c:us",), ("n3",))),
        ("* -/> n1", FIRST_CUT, "one-way", (("n2", "n3"), ("n1",))),
        ("[n1 n2] ~n3~ [n4 n5]", THREE_COASTS, "links", ()),
        ("ring(n1 n2 n3 n4 n5)", THREE_COASTS, "links", ()),
    ],
)
def test_the_map_draws_nodes(text: str, topology: Topology, kind: str, sides: tuple[tuple[str, ...], ...]) -> None:
    drawn = shape(parse_cut(text), topology)
    assert (drawn.kind, drawn.sides) == (kind, sides)
