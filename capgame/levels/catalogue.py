"""Which levels there are, and which one a LEVEL argument means.

Rules:
1. Shipped levels are looked for beside the checkout first: an editable install copies them, and the copies go stale.
2. A level's file is named for its id, `1-copies/first-cut.yaml`; a level in an extra folder hides a shipped one.
3. Levels are listed by act, then by their `number` in the act, then by id.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

from capgame.errors import BadInput, Problem, nearest, plain
from capgame.levels.level import Level
from capgame.levels.load import load_bytes, load_file
from capgame.levels.yaml_tree import BYTES_MAX

SUFFIX = ".yaml"
PLAYTEST = ".playtest.yaml"  # plays for any level, and no level
STDIN = "-"


def find(text: str, folders: Sequence[Path] = ()) -> Level:
    """The level that a LEVEL argument means: an id, a path that ends in .yaml, or `-` for standard input."""
    if text == STDIN:
        return load_bytes(sys.stdin.buffer.read(BYTES_MAX + 1), "stdin")
    if text.endswith(SUFFIX):
        return load_file(Path(text), _is_shipped(Path(text)))
    files = _files(folders)
    if text not in files:
        advice = f"{nearest(text, files)}; a file ends in {SUFFIX}"
        raise BadInput(Problem("level", text, "the id of a level", advice))
    return load_named(text, files[text])


def every(folders: Sequence[Path] = ()) -> tuple[Level, ...]:
    """All levels in the order of the campaign. Levels that cannot be read are refused together."""
    levels: list[Level] = []
    problems: list[Problem] = []
    for name, path in _files(folders).items():
        try:
            levels.append(load_named(name, path))
        except BadInput as error:
            problems += error.problems
    if problems:
        raise BadInput(*problems)
    return tuple(sorted(levels, key=lambda level: (level.act, level.number, level.id)))


def load_named(name: str, path: Path) -> Level:
    """The level in a file that is named for it. Raises BadInput."""
    level = load_file(path, _is_shipped(path))
    if level.id != name:
        problem = Problem("id", level.id, f"the name of its file, {plain(name)}", "give both one name", f"{path}:1:1")
        raise BadInput(problem)
    return level


def shipped_folder() -> Path:
    """Where the shipped levels are: at the top of the checkout, else in the package's data."""
    package = Path(str(resources.files("capgame")))
    top = package.parent
    beside = top / "levels"
    # In site-packages a folder of that name would be a stranger's; only a checkout has our pyproject.toml as well.
    return beside if beside.is_dir() and (top / "pyproject.toml").is_file() else package / "_data" / "levels"


def _files(folders: Sequence[Path]) -> dict[str, Path]:
    """Every level's file by its id; the first folder that has it wins."""
    for folder in folders:
        if not folder.is_dir():
            raise BadInput(Problem("--levels", str(folder), "a folder", "name the folder that has the .yaml files"))
    files: dict[str, Path] = {}
    for folder in (*folders, shipped_folder()):
        for path in sorted(folder.rglob(f"*{SUFFIX}")):
            if not path.name.endswith(PLAYTEST):
                files.setdefault(path.stem, path)
    return files


def _is_shipped(path: Path) -> bool:
    try:
        return path.resolve().is_relative_to(shipped_folder().resolve())
    except (OSError, ValueError):
        return False  # opening it will say what is wrong with it
