"""What postmortem, home and help say, in each ink at each size; see test_goldens.py for how they are renewed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from report_views import SCREENS, picture

from capgame.draw.ink import Ink

GOLDEN = Path(__file__).parent.parent / "golden" / "draw"
SIZES = ((120, 40), (80, 24))


@pytest.mark.parametrize("size", SIZES, ids=["120", "80"])
@pytest.mark.parametrize("ink", list(Ink), ids=[ink.value for ink in Ink])
@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_looks_as_it_did(name: str, ink: Ink, size: tuple[int, int]) -> None:
    """Every screen, ink and size has its golden."""
    path = GOLDEN / f"{name}-{size[0]}-{ink.value}.txt"
    text = picture(name, size, ink).text() + "\n"
    if os.environ.get("ACCEPT_GOLDENS"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
