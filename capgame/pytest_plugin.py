"""The pytest plugin: plays are tests.

What is collected:
1. `*.playtest.yaml`, everywhere.
2. The plays inside a level, where the level's file is named on the command line, or lies in one of the folders of the
   ini option `capgame_levels` (`levels`, from the root directory) and says `capgame:` at the beginning of a line.
   A file of somebody else's is at most opened once, and only there.

A play's node id is its file and its name. This module is loaded in every pytest run of every project, so it imports
nothing of ours until it collects a file. `-p no:capgame.pytest_plugin` turns it off.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from capgame.levels.expect import Failed
    from capgame.levels.level import Level, Play
    from capgame.play.lint.tryout import Tryout

PLAYTEST = ".playtest.yaml"
SUFFIX = ".yaml"
FOLDERS = "capgame_levels"
BEGINNING = 10_000  # bytes of a file that are looked at
A_LEVEL = re.compile(rb"^capgame:", re.MULTILINE)


def pytest_addoption(parser: pytest.Parser) -> None:
    """The one option."""
    parser.addini(FOLDERS, "folders of capgame levels whose plays are tests", type="args", default=["levels"])


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A collector for a file of plays, and nothing for any other."""
    if file_path.name.endswith(PLAYTEST):
        return PlaytestFile.from_parent(parent, path=file_path)
    if file_path.suffix == SUFFIX and _is_asked_for(file_path, parent) and _is_level(file_path):
        return LevelFile.from_parent(parent, path=file_path)
    return None


def _is_asked_for(path: Path, parent: pytest.Collector) -> bool:
    if parent.session.isinitpath(path):
        return True
    folders = [parent.config.rootpath / folder for folder in parent.config.getini(FOLDERS)]
    return any(path.is_relative_to(folder) for folder in folders)


def _is_level(path: Path) -> bool:
    with path.open("rb") as file:
        return A_LEVEL.search(file.read(BEGINNING)) is not None


class PlayFile(pytest.File):
    """A file of plays."""

    inside = False  # the plays are the level's own, so that a command can name them

    def plays(self) -> tuple[Level, tuple[Play, ...]]:
        """The level, and the plays of it."""
        raise NotImplementedError  # each kind of file reads its own

    def collect(self) -> Iterator[pytest.Item]:
        """An item a play. A file that is wrong is one error, with everything that is wrong with it."""
        from capgame.errors import BadInput

        try:
            level, plays = self.plays()
        except BadInput as error:
            raise self.CollectError(str(error)) from None
        for play in plays:
            yield PlayItem.from_parent(self, name=play.name, level=level, play=play)


class LevelFile(PlayFile):
    """A level with its own plays."""

    inside = True

    def plays(self) -> tuple[Level, tuple[Play, ...]]:
        """Those that the level has."""
        from capgame.levels.catalogue import find

        level = find(str(self.path))
        return level, level.plays


class PlaytestFile(PlayFile):
    """Plays of a level that is elsewhere."""

    def plays(self) -> tuple[Level, tuple[Play, ...]]:
        """Those of the file."""
        from capgame.levels.playtest import load_playtest

        playtest = load_playtest(self.path)
        return playtest.level, playtest.plays


class PlayFailed(Exception):
    """A play did not end as it claims; the text is the whole report."""


class PlayItem(pytest.Item):
    """One play."""

    parent: PlayFile

    def __init__(self, *, level: Level, play: Play, **rest: Any) -> None:
        super().__init__(**rest)
        self.level, self.play = level, play

    def runtest(self) -> None:
        """Play it, and hold it to its claims."""
        from capgame.play.lint.tryout import try_play

        tried = try_play(self.level, self.play)
        if tried.failed:
            raise PlayFailed(self._report(tried))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What was expected and what came; a traceback only where something of ours broke."""
        if isinstance(excinfo.value, PlayFailed):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where the play is written."""
        line = self.play.where.rsplit(":", 2)[-2:-1]
        return self.path, int(line[0]) - 1 if line else None, f"{self.level.id}: {self.name}"

    def _report(self, tried: Tryout) -> str:
        result = tried.run.result
        ended = f"it was {result['outcome']} with {result['score']} points and {result['stars']} of 3 stars"
        return "\n".join(
            [
                f"{self.play.where}: {self.level.id}, {self.play.name}: {ended}",
                *(f"  {failed}, {_when(failed, tried)}" for failed in tried.failed),
                f"again: {self._again(tried)}",
            ]
        )

    def _again(self, tried: Tryout) -> str:
        """The command that plays it again and judges what was false. It knows no playtests: those in full."""
        from capgame.play.command import rerun, rerun_play

        if self.parent.inside:
            return rerun_play(self.level, self.name)
        claims = [word for failed in tried.failed for word in ("--expect", failed.expected)]
        return f"{rerun(tried.run.result, self.level)} {shlex.join(claims)}"


def _when(failed: Failed, tried: Tryout) -> str:
    """At which instant of the run it was false."""
    from capgame.levels.expect import Expectation
    from capgame.values.units import show_seconds

    at = Expectation.parse(failed.expected).at
    return f"at {show_seconds(tried.run.session.now)}, when all was over" if at is None else f"at {show_seconds(at)}"
