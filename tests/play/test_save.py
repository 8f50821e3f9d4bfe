"""The save: nothing of a player's progress is ever lost, and nothing about it ends a game."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from capgame.errors import BadInput
from capgame.levels.catalogue import find
from capgame.play.keep import save
from capgame.play.keep.save import FILE, Best, BestRun, Progress, saves_folder


def ending(outcome: str = "won", stars: int = 3, score: int = 861, offer: str = "raft") -> dict[str, Any]:
    """As much of a result as a save reads."""
    moves = [{"result": "done"}, {"result": "refused"}]
    halves = {"uptime": {"points": 770}, "truth": {"points": 1000}}
    level = {"id": "first-cut"}
    return {
        "level": level, "offer": offer, "outcome": outcome, "stars": stars, "score": score, "moves": moves, **halves
    }  # fmt: skip


def test_an_empty_folder_is_a_beginning(tmp_path: Path) -> None:
    """Nothing played, nothing warned of, nothing written."""
    progress = Progress.load(tmp_path / "new")
    assert (progress.played, progress.won_any, progress.warning) == (0, False, "")
    assert progress.best("first-cut") == Best()
    assert not (tmp_path / "new").exists()


def test_the_best_of_each_level_and_offer_is_kept(tmp_path: Path) -> None:
    """A worse run afterwards takes nothing away, and another process reads the same."""
    progress = Progress.load(tmp_path / "saves")
    progress.record(ending("lost", 0, 317))
    progress.record(ending("won", 3, 861))
    progress.record(ending("won", 1, 695))
    progress.record(ending("lost", 0, 12, "pb-async"))
    for seen in (progress, Progress.load(tmp_path / "saves")):
        assert seen.played == 4
        assert seen.won_any
        assert seen.best("first-cut") == Best(played=4, won=2, stars=3, score=861)
        assert seen.best("first-cut", "raft") == Best(played=3, won=2, stars=3, score=861)
        assert seen.best("first-cut", "pb-async") == Best(played=1, won=0, stars=0, score=12)
    assert [path.name for path in (tmp_path / "saves").iterdir()] == [FILE]


def test_the_best_run_is_remembered_whole(tmp_path: Path) -> None:
    """With its strategy, its moves that were done and both halves; a worse one does not take its place."""
    progress = Progress.load(tmp_path)
    assert progress.best_run("first-cut") is None
    progress.record(ending("won", 3, 861))
    progress.record(ending("lost", 0, 12, "pb-async"))
    for seen in (progress, Progress.load(tmp_path)):
        assert seen.best_run("first-cut") == BestRun(861, 3, "raft", 1, 770, 1000)


def test_a_run_that_was_stopped_is_none(tmp_path: Path) -> None:
    progress = Progress.load(tmp_path)
    progress.record(ending("pending", 0, 900))
    assert progress.played == 0


def test_the_first_win_unlocks(tmp_path: Path) -> None:
    """`unlock: first-win` waits for a win of the level; a loss is none."""
    level, progress = find("first-cut"), Progress.load(tmp_path)
    assert progress.unlocked(level, "raft")
    progress.record(ending("lost", 0))
    assert not progress.unlocked(level, "pb-async")
    progress.record(ending())
    assert progress.unlocked(level, "pb-async")


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\x00",
        b"[" * 100_000,
        b'{"levels": []}',
        b'{"levels": {"first-cut": {"won": "many"}}}',
        b'{"levels": {"first-cut": {"won": -1}}}',
        b'{"levels": {"first-cut": {"offers": {"raft": 3}}}}',
        b'{"capgame": "new"}',
        b'{"levels": {"x": {"won": ' + b"9" * 5_000 + b"}}}",
        b" " * (save.BYTES_MAX + 1),
    ],
    ids=range(12),
)
def test_a_damaged_file_is_kept_aside(tmp_path: Path, damage: bytes) -> None:
    """It is never overwritten, whatever it holds; the player is told, and goes on."""
    (tmp_path / FILE).write_bytes(damage)
    progress = Progress.load(tmp_path)
    assert f"{FILE}.damaged" in progress.warning
    assert not progress.won_any
    progress.record(ending())
    assert (tmp_path / f"{FILE}.damaged").read_bytes() == damage
    assert Progress.load(tmp_path).won_any


def test_each_damaged_file_is_kept(tmp_path: Path) -> None:
    """The second one does not take the place of the first."""
    for content in ("one", "two"):
        (tmp_path / FILE).write_text(content)
        Progress.load(tmp_path)
    assert (tmp_path / f"{FILE}.damaged").read_text() == "one"
    assert (tmp_path / f"{FILE}.damaged.2").read_text() == "two"


def test_what_a_newer_game_wrote_stays(tmp_path: Path) -> None:
    """Keys that are not known here, at every depth."""
    theirs = {
        "options": {"ink": "full"},
        "levels": {"first-cut": {"won": 1, "medal": "gold", "offers": {"x": {"y": 1}}}},
    }
    (tmp_path / FILE).write_text(json.dumps(theirs))
    Progress.load(tmp_path).record(ending())
    kept = json.loads((tmp_path / FILE).read_text())
    assert kept["options"] == {"ink": "full"}
    assert kept["levels"]["first-cut"]["medal"] == "gold"
    assert kept["levels"]["first-cut"]["won"] == 2
    assert kept["levels"]["first-cut"]["offers"]["x"] == {"y": 1}


def test_a_newer_form_is_read_and_left_alone(tmp_path: Path) -> None:
    newer = json.dumps({"capgame": 2, "levels": {"first-cut": {"won": 1}}})
    (tmp_path / FILE).write_text(newer)
    progress = Progress.load(tmp_path)
    assert progress.won_any
    assert "newer capgame" in progress.warning
    progress.record(ending())
    assert (tmp_path / FILE).read_text() == newer


def test_two_games_at_once_keep_both_runs(tmp_path: Path) -> None:
    one, other = Progress.load(tmp_path), Progress.load(tmp_path)
    one.record(ending())
    other.record(ending(offer="pb-async"))
    assert Progress.load(tmp_path).played == 2


def test_a_folder_that_cannot_be_written_is_a_warning(tmp_path: Path) -> None:
    """The game goes on, and remembers for as long as it lasts."""
    (tmp_path / "file").write_text("")
    progress = Progress.load(tmp_path / "file" / "saves")
    progress.record(ending())
    assert "not saved" in progress.warning
    assert progress.won_any


def test_a_crash_while_writing_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The new one is whole on the disk before it takes the old one's place."""
    progress = Progress.load(tmp_path)
    progress.record(ending("lost"))
    before = (tmp_path / FILE).read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(save.os, "fsync", full)
    progress.record(ending())
    assert "No space left" in progress.warning
    assert (tmp_path / FILE).read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_where_saves_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--saves`, else $CAPGAME_SAVES, else the checkout's own folder, else the user's data folder."""
    monkeypatch.setenv("CAPGAME_SAVES", str(tmp_path / "named"))
    assert saves_folder(str(tmp_path / "chosen")) == tmp_path / "chosen"
    assert saves_folder() == tmp_path / "named"
    monkeypatch.setenv("CAPGAME_SAVES", "")
    assert saves_folder() == Path(__file__).parents[2] / "saves"
    monkeypatch.setattr(save.resources, "files", lambda _: tmp_path / "site-packages" / "capgame")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert saves_folder().name == "capgame"
    assert not saves_folder().is_relative_to(tmp_path / "site-packages")


def test_a_saves_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BadInput, match="--saves"):
        saves_folder(str(tmp_path / "file"))
