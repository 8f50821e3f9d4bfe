"""Playtest files: plays of a level that is elsewhere, held against it."""

from __future__ import annotations

from pathlib import Path

import pytest

from capgame.errors import BadInput
from capgame.levels.playtest import load_playtest
from capgame.levels.template import begin

LATE = "  - {name: late, strategy: raft, moves: [41s route eu n1], expect: [outcome is lost]}\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "mine.playtest.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def complaint_of(folder: Path, text: str) -> str:
    path = written(folder, text)
    with pytest.raises(BadInput) as refused:
        load_playtest(path)
    return str(refused.value).replace(str(path), "mine")


def test_plays_are_those_of_a_level_with_their_places(tmp_path: Path) -> None:
    """By id."""
    playtest = load_playtest(written(tmp_path, "level: first-cut\nplays:\n" + LATE))
    (play,) = playtest.plays
    assert (playtest.level.id, play.name, play.moves) == ("first-cut", "late", ("41s route eu n1",))
    assert play.where.endswith("mine.playtest.yaml:3:5")


def test_a_level_beside_it_is_found_from_there(tmp_path: Path) -> None:
    """A path is one from the playtest's own folder."""
    (tmp_path / "own.yaml").write_text(begin("own"), encoding="utf-8")
    playtest = load_playtest(written(tmp_path, "level: own.yaml\nplays: [{name: idle, expect: [stars is 0]}]\n"))
    assert playtest.level.id == "own"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("plays: []\n", "mine:1:1: level: is not the id of a level, or a path — add `level: first-cut`"),
        ("level: frist-cut\nplays: []\n", "mine:1:8: level: 'frist-cut' is not the id of a level — did you mean"),
        ("level: none.yaml\nplays: []\n", "mine:1:8: level: "),
        ("level: [first-cut]\nplays: []\n", "mine:1:8: level: "),
        ("level: first-cut\n", "mine:1:1: playtest: is not complete: plays is missing"),
        ("level: first-cut\nplay: []\n", "mine:2:1: key: 'play' is not a key of a playtest — did you mean plays?"),
        ("level: first-cut\nplays:\n" + LATE + LATE, "mine:4:12: plays: 'late' is not a new name"),
        (
            "level: first-cut\nplays:\n" + LATE.replace("eu n1", "eu n9"),
            "mine:3:55: plays[0].moves[0]: 'n9' is not a NODE|home of route here — there is n1, n2, n3, home",
        ),
        ("level: first-cut\nplays:\n" + LATE.replace("41s", "60s"), "mine:3:42: plays[0].moves[0]: '60s route eu n1'"),
        ("level: first-cut\nplays:\n" + LATE.replace("raft", "rafd"), "mine:3:28: plays[0].strategy: 'rafd'"),
        ("- level\n", "mine:1:1: file: "),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, text: str, complaint: str) -> None:
    """As in a level."""
    assert complaint in complaint_of(tmp_path, text)


def test_what_is_wrong_with_the_level_has_its_place_there(tmp_path: Path) -> None:
    """Not in the playtest."""
    (tmp_path / "own.yaml").write_text(begin("own").replace("act: 1", "act: one"), encoding="utf-8")
    assert "own.yaml:7:6: act: 'one'" in complaint_of(tmp_path, "level: own.yaml\nplays: []\n")
