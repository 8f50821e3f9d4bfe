"""The pytest plugin: what is collected, what a failure says, and that it costs other projects nothing."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from capgame.levels.template import begin

pytest_plugins = ["pytester"]
ROOT = Path(__file__).parents[2]
PLUGIN = ("-p", "capgame.pytest_plugin", "-p", "no:cacheprovider")
SHORT = [("duration: 60s", "duration: 20s"), ("for: 32s", "for: 4s"), ("13s route", "12s route")]

PLAYTEST = """\
level: mine.yaml
plays:
  - {name: calm, expect: [truth is 100%]}
  - name: wishful
    moves: [12s route south n1]
    expect: [stars is 0, "11s served(south, 2s) >= 99%", truth is 100%]
"""


def short_level() -> str:
    """A level that takes a moment; two of its plays are false in it."""
    text = begin("mine")
    for was, now in SHORT:
        assert was in text
        text = text.replace(was, now)
    return text


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """Somebody's project, with a level and a playtest."""
    pytester.makefile(".yaml", mine=short_level())
    pytester.makefile(".playtest.yaml", mine=PLAYTEST)
    return pytester


def test_playtests_are_collected_everywhere(project: pytest.Pytester) -> None:
    """A play's name is its node id; levels that nobody asked for are left alone."""
    found = project.runpytest_inprocess(*PLUGIN, "--collect-only", "-q")
    found.stdout.fnmatch_lines(["mine.playtest.yaml::calm", "mine.playtest.yaml::wishful", "2 tests collected*"])


@pytest.mark.parametrize(
    "asked", [("mine.yaml",), ("-o", "capgame_levels=."), ("nights/levels", "-o", "capgame_levels=nights")]
)
def test_levels_are_collected_where_they_are_asked_for(project: pytest.Pytester, asked: tuple[str, ...]) -> None:
    """Named, or in a folder that is configured; other YAML is nobody's business."""
    folder = project.mkdir("nights") / "levels"
    folder.mkdir()
    (folder / "mine.yaml").write_text(short_level(), encoding="utf-8")
    (project.path / "compose.yaml").write_text("services: {}\n", encoding="utf-8")
    found = project.runpytest_inprocess(*PLUGIN, "--collect-only", "-q", *asked)
    assert found.ret == 0
    for play in ("idle", "tempting", "reference"):
        found.stdout.fnmatch_lines([f"*mine.yaml::{play}"])
    assert "compose" not in found.stdout.str()


def test_a_folder_of_levels_needs_no_configuration(project: pytest.Pytester) -> None:
    """`levels` at the top is where they are."""
    levels = project.mkdir("levels")
    (levels / "mine.yaml").write_text(short_level(), encoding="utf-8")
    found = project.runpytest_inprocess(*PLUGIN, "--collect-only", "-q", "levels")
    found.stdout.fnmatch_lines(["levels/mine.yaml::reference", "3 tests collected*"])


def test_a_failure_says_expected_got_when_and_how_to_see_it(project: pytest.Pytester) -> None:
    """And nothing else: no traceback of ours."""
    found = project.runpytest_inprocess(*PLUGIN, "mine.playtest.yaml")
    found.assert_outcomes(passed=1, failed=1)
    found.stdout.fnmatch_lines(
        [
            "*mine.playtest.yaml:4:5: mine, wishful: it was won with *",
            "  expected stars is 0, got *, at 2?.? s, when all was over",
            "  expected 11s served(south, 2s) >= 99%, got *, at 11.0 s",
            "again: capgame run *mine.yaml --move '12s route south n1' --expect 'stars is 0' --expect '11s served*",
        ]
    )
    found.stdout.no_fnmatch_line("*Traceback*")
    assert "truth is 100%" not in found.stdout.str()


def test_a_levels_own_play_is_named_by_its_command(project: pytest.Pytester) -> None:
    """`--play`."""
    found = project.runpytest_inprocess(*PLUGIN, "mine.yaml::idle")
    found.assert_outcomes(failed=1)
    found.stdout.fnmatch_lines(["  expected outcome is lost, got won, *", "again: capgame run *mine.yaml --play idle"])


def test_a_broken_file_is_one_error_with_every_place(project: pytest.Pytester) -> None:
    """The others are collected."""
    project.makefile(".playtest.yaml", broken="level: mine.yaml\nplays: [{name: a, moves: [soon], seed: U}]\n")
    found = project.runpytest_inprocess(*PLUGIN, "--continue-on-collection-errors")
    found.assert_outcomes(errors=1, passed=1, failed=1)
    found.stdout.fnmatch_lines(["*broken.playtest.yaml:2:*moves*", "*broken.playtest.yaml:2:*seed*"])
    found.stdout.no_fnmatch_line("*Traceback*")


def test_other_projects_pay_nothing(tmp_path: Path) -> None:
    """A run that collects no play imports the plugin, and nothing of ours beside it."""
    (tmp_path / "test_theirs.py").write_text("def test_theirs():\n    pass\n", encoding="utf-8")
    (tmp_path / "theirs.yaml").write_text("capgame: 1\n", encoding="utf-8")
    (tmp_path / "conftest.py").write_text(
        "import sys\n\n\ndef pytest_sessionfinish():\n"
        "    print([name for name in sys.modules if name.partition('.')[0] in ('capgame', 'pydantic', 'trio')])\n",
        encoding="utf-8",
    )
    command = [sys.executable, "-m", "pytest", *PLUGIN, "-q", "-s"]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    found = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr
    loaded = next(line for line in found.stdout.splitlines() if "[" in line and "capgame" in line)
    assert ast.literal_eval(loaded[loaded.index("[") :]) == ["capgame", "capgame.pytest_plugin"]
