"""`capgame new`: a level to begin with, and what to do next."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path

from capgame.cli.arguments import Argument
from capgame.errors import BadInput, Problem
from capgame.levels.catalogue import PLAYTEST, SUFFIX
from capgame.levels.fields import read_slug
from capgame.levels.template import begin

ARGUMENTS = (Argument("PATH", "the file to write; its name, kebab-case, becomes the level's id"),)
EXAMPLES = ("capgame new my-level.yaml", "capgame new levels/2-majorities/two-clocks.yaml")


def act(options: argparse.Namespace) -> int:
    """Write it, and name the next steps."""
    path = Path(options.path)
    _write(path, begin(_name(options.path)))
    shown = shlex.quote(str(path))
    print(f"{path} is a level. Next:")
    print(f"  capgame schema > {shlex.quote(str(path.parent / 'level.schema.json'))}    # for your editor")
    print(f"  capgame lint {shown} --watch    # while you write")
    print(f"  capgame play {shown}")
    return 0


def _name(path: str) -> str:
    if not path.endswith(SUFFIX) or path.endswith(PLAYTEST):
        raise BadInput(Problem("PATH", path, f"a path that ends in {SUFFIX}", "write for example my-level.yaml"))
    try:
        return read_slug(Path(path).stem)
    except BadInput:
        advice = "use small letters, digits and dashes: my-level.yaml"
        raise BadInput(Problem("PATH", path, "named as a level's id", advice)) from None


def _write(path: Path, text: str) -> None:
    """Never over a file that is there, nor through a link to one."""
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise BadInput(Problem("PATH", str(path), "a new file", "it is there already: choose another name")) from None
    except (OSError, ValueError) as error:
        why = str(getattr(error, "strerror", None) or error).lower()
        raise BadInput(Problem("PATH", str(path), f"a file that can be written: {why}")) from None
