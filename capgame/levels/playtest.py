"""Playtests: `*.playtest.yaml` files with plays for a level that is elsewhere.

    level: first-cut            # an id, or a path from this file
    plays:
      - {name: too late, moves: [40s route eu n1], expect: [outcome is lost]}

A play here is what it is in a level, and is held against that level in the same way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ConfigDict, Field, ValidationError

from capgame.errors import BadInput, Problem
from capgame.levels.catalogue import SUFFIX, find
from capgame.levels.checks import play_names
from capgame.levels.findings import located, problems_of
from capgame.levels.level import Level, Play
from capgame.levels.load import plays_of, read_file
from capgame.levels.names import names_of
from capgame.levels.schema import Keys, PlayKeys
from capgame.levels.yaml_tree import Mapping, Scalar, place, read_yaml


class PlaytestKeys(Keys):
    """A playtest file. Its level has been found before its plays can be read."""

    model_config = ConfigDict(title="playtest")

    level: object = Field(examples=["first-cut"])
    plays: list[PlayKeys] = Field(examples=["[{name: idle, expect: [outcome is lost]}]"])


@dataclass(frozen=True, slots=True)
class Playtest:
    """Plays, and the level that they are of."""

    level: Level
    plays: tuple[Play, ...]


def load_playtest(path: Path, folders: Sequence[Path] = ()) -> Playtest:
    """The playtest in a file. Raises BadInput with everything that is wrong with it."""
    name = str(path)
    tree = read_yaml(read_file(path, "playtest"), name)
    level = _level(tree, path, folders)
    names = names_of(read_yaml(level.source.encode(), level.path))
    found = [located(mark, problem, name) for mark, problem in play_names(tree.get("plays"))]
    keys = None
    try:
        keys = PlaytestKeys.model_validate(tree, context=names)
    except ValidationError as error:
        found += problems_of(error, PlaytestKeys, tree, name)
    if found or keys is None:
        found.sort(key=lambda each: (each[0].line, each[0].column))
        raise BadInput(*(problem for _, problem in found))
    return Playtest(level, plays_of(keys.plays, tree, name))


def _level(tree: Mapping, path: Path, folders: Sequence[Path]) -> Level:
    """The level that the plays are of; a path is one from the playtest's own folder."""
    said = tree.get("level")
    if not isinstance(said, Scalar):
        where = place(str(path), said.mark if said is not None else tree.mark)
        raise BadInput(Problem("level", "", "the id of a level, or a path", "add `level: first-cut`", where))
    try:
        return find(str(path.parent / said) if said.endswith(SUFFIX) else str(said), folders)
    except BadInput as error:
        where = place(str(path), said.mark)
        # What is wrong inside the level's file has a place of its own there.
        raise BadInput(*(replace(each, where=each.where or where) for each in error.problems)) from None
