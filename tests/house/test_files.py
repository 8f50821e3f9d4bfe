"""What may not stand in any file, and what every folder says about itself."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

import capgame

ROOT = Path(__file__).parents[2]
# Put together here, so that this file does not find itself.
REGISTRIES = re.compile("python" + r"hosted|pypi\." + r"org|registry\." + "npmjs|dev" + "pi")
MACHINES = re.compile(r"(?<![\w.~])/(?:home|root|work|opt|Users|farm)/\w")
PICTURES = Path("tests/golden/draw")  # where three crosses are a cut link in ascii
UNFINISHED = re.compile("|".join(("TO" + "DO", "FIX" + "ME", r"\bX" + r"XX\b", "not " + "implemented")))


def tracked() -> list[Path]:
    """The files of the project: git's where there is a checkout, else those of an unpacked sdist."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode == 0:
        return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    shipped = [path for part in ("capgame", "levels", "saves", "tests") for path in (ROOT / part).rglob("*")]
    return [path for path in shipped if path.is_file() and "__pycache__" not in path.parts]


def texts() -> list[tuple[Path, str]]:
    found = []
    for path in tracked():
        try:
            found.append((path, path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:  # a picture
            continue
    return found


@pytest.mark.parametrize("pattern", [REGISTRIES, MACHINES, UNFINISHED], ids=["registry", "machine path", "unfinished"])
def test_no_file_holds(pattern: re.Pattern[str]) -> None:
    """No registry's address, no path of somebody's machine, nothing left for later."""
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path, text in texts()
        if PICTURES not in path.relative_to(ROOT).parents
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]
    assert not found, "\n".join(found)


def test_no_lock_file_is_tracked() -> None:
    """A lock file records where its packages came from."""
    assert not [path for path in tracked() if path.name in {"uv.lock", "poetry.lock", "Pipfile.lock", "pdm.lock"}]


def test_every_folder_says_what_belongs_in_it() -> None:
    """A README in each part of the package and in each folder at the top."""
    parts = [path.parent for path in tracked() if path.name == "__init__.py" and path.parent.parent == ROOT / "capgame"]
    folders = [ROOT, *parts, ROOT / "levels", ROOT / "saves" / "reference", ROOT / "tests"]
    assert not [str(folder.relative_to(ROOT)) for folder in folders if not (folder / "README.md").is_file()]


def test_every_part_of_the_package_is_a_package() -> None:
    """Each folder with modules has an `__init__.py`; without one the layer contract would not see it."""
    folders = {path.parent for path in tracked() if path.suffix == ".py" and (ROOT / "capgame") in path.parents}
    assert not [str(folder.relative_to(ROOT)) for folder in folders if not (folder / "__init__.py").is_file()]


def test_the_version_stands_in_one_place() -> None:
    """pyproject.toml reads it from the package."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["dynamic"] == ["version"]
    assert project["tool"]["hatch"]["version"]["path"] == "capgame/__init__.py"
    assert re.fullmatch(r"\d+\.\d+\.\d+", capgame.__version__)
