"""What each screen says, in each ink at each size: `tests/golden/draw/`, plain text, readable as a diff.

After a change that was meant, `ACCEPT_GOLDENS=1 pytest -n0 tests/draw` writes them anew: read the diff, then commit.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from shift_views import VIEWS, first_cut, fork, look, picking

from capgame.draw.ink import Ink
from capgame.draw.look import Look
from capgame.draw.shift import draw_shift
from capgame.play.views.shift import ShiftView

GOLDEN = Path(__file__).parent.parent / "golden" / "draw"
SIZES = ((120, 40), (80, 24))


def check(name: str, view: ShiftView, seen: Look, size: tuple[int, int]) -> None:
    path = GOLDEN / f"{name}-{size[0]}-{seen.ink.value}.txt"
    text = draw_shift(size, view, seen).text() + "\n"
    if os.environ.get("ACCEPT_GOLDENS"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("size", SIZES, ids=["120", "80"])
@pytest.mark.parametrize("ink", list(Ink), ids=[ink.value for ink in Ink])
@pytest.mark.parametrize(("name", "view"), VIEWS.items(), ids=list(VIEWS))
def test_a_shift_looks_as_it_did(name: str, view: Callable[[], ShiftView], ink: Ink, size: tuple[int, int]) -> None:
    """Every view, ink and size has its golden."""
    check(name, view(), look(ink), size)


@pytest.mark.parametrize("size", SIZES, ids=["120", "80"])
def test_picking_a_target_looks_as_it_did(size: tuple[int, int]) -> None:
    """Caps and consequences on the chips, the ghost road, the move spelt out."""
    check("picking", first_cut(), picking(look(Ink.LINE)), size)


@pytest.mark.parametrize("size", SIZES, ids=["120", "80"])
def test_a_focused_node_looks_as_it_did(size: tuple[int, int]) -> None:
    """The inspector in the side panel; at 80 columns in a drawer away from the node."""
    check("focused", fork(), replace(look(Ink.LINE), focus="n4", drawer="inspect"), size)
