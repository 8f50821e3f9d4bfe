"""A level to begin with: `template.yaml`, under a name of the author's. It lints clean and can be won."""

from __future__ import annotations

import re
from importlib import resources

NAME = "template"
_NAMED = re.compile(r"^(id|title): .*$", re.MULTILINE)


def begin(name: str) -> str:
    """The text of a level with this id; its title is made of the id."""
    names = {"id": name, "title": name.replace("-", " ").capitalize()}
    text = (resources.files("capgame.levels") / f"{NAME}.yaml").read_text(encoding="utf-8")
    return _NAMED.sub(lambda found: f"{found[1]}: {names[found[1]]}", text)
