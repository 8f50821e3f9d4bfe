"""The picture in README is made by the game itself, and is what the game looks like now.

`ACCEPT_GOLDENS=1 pytest -n0 tests/report/test_picture.py` draws it anew; open it before you commit it.
"""

from __future__ import annotations

import os
from pathlib import Path
from xml.etree import ElementTree

from capgame.draw.canvas import Canvas
from capgame.draw.look import Look
from capgame.draw.palette import CAP_NIGHT, NIGHT
from capgame.draw.shift import draw_shift
from capgame.levels.catalogue import find
from capgame.play.frontier import frontier
from capgame.play.headless import run_level
from capgame.play.views.scene import view
from capgame.report.frontier import frontier_svg
from capgame.report.svg import svg

PICTURE = Path(__file__).parents[2] / "shift.svg"
AT = 19_400_000
LEVEL = find("first-cut")


def drawn() -> str:
    shots = []
    run_level(
        LEVEL,
        moves=["16s route eu n1"],
        until_us=AT,
        probes=[(AT, lambda session: shots.append(view(session)))],
    )
    canvas = draw_shift((120, 40), shots[0], Look())
    return svg(canvas, CAP_NIGHT["foreground"], CAP_NIGHT["background"])


def test_the_picture_in_readme_is_what_the_game_draws() -> None:
    if os.environ.get("ACCEPT_GOLDENS"):
        PICTURE.write_text(drawn(), encoding="utf-8")
    assert PICTURE.read_text(encoding="utf-8") == drawn()


def test_a_picture_is_well_formed_and_asks_the_web_for_nothing() -> None:
    picture = drawn()
    ElementTree.fromstring(picture)
    assert "http" not in picture.replace("http://www.w3.org/2000/svg", "")
    assert "<script" not in picture


def test_the_frontier_names_every_offer() -> None:
    picture = frontier_svg(LEVEL, frontier(LEVEL))
    text = "".join(element.text or "" for element in ElementTree.fromstring(picture).iter())
    assert "raft" in text


def test_what_a_level_says_is_escaped() -> None:
    canvas = Canvas(20, 1, NIGHT)
    canvas.put(0, 0, "<b>&amp;</b>")
    assert "&lt;b&gt;&amp;amp;&lt;/b&gt;" in svg(canvas, "#ffffff", "#000000")
