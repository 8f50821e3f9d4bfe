"""`capgame lint`, `new` and `schema` as a shell sees them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from capgame.cli.app import run
from capgame.levels.catalogue import find
from capgame.levels.template import begin

ROOT = Path(__file__).parents[2]
CAPGAME = [sys.executable, "-m", "capgame"]


@pytest.fixture
def quick(tmp_path: Path) -> Path:
    """A level that is found wanting in a few short runs: half a shift, and nothing in it."""
    text = begin("quick").replace("duration: 60s", "duration: 20s").replace("for: 32s", "for: 4s")
    path = tmp_path / "quick.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_new_level_is_clean(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It can be won, and two workers find so as well as one."""
    path = str(tmp_path / "my-level.yaml")
    assert run(["new", path]) == 0
    assert f"capgame lint {path}" in capsys.readouterr().out
    assert run(["lint", path, "--jobs", "2"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith(f"my-level ({path}): clean, 20 runs\n")
    assert said.err == ""


def test_findings_are_one_document(quick: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 1; each finding says the rule, the place, what was tried, what happened, and how to see it again."""
    assert run(["lint", str(quick), "--json", "--jobs", "1"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert list(document) == ["format", "clean", "levels"]
    assert (document["format"], document["clean"]) == ("capgame-lint-1", False)
    (level,) = document["levels"]
    assert list(level) == ["level", "path", "clean", "rules", "runs", "findings", "notes"]
    assert (level["level"], level["path"], level["clean"]) == ("quick", str(quick), False)
    assert level["rules"][0] == "schema"
    rules = {finding["rule"] for finding in level["findings"]}
    assert rules <= set(level["rules"])
    assert {"left-alone", "plays"} <= rules
    for finding in level["findings"]:
        assert list(finding) == ["rule", "where", "tried", "happened", "again"]
        assert finding["again"].startswith("capgame run ")
        assert all(finding.values())


def test_findings_can_be_read_and_pasted(quick: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line a rule; prose stays within 80 cells, places and commands are whole."""
    assert run(["lint", str(quick), "--jobs", "1"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "  schema      ok" in lines
    assert [line for line in lines if line.startswith("  left-alone  FOUND")]
    assert [line for line in lines if line.strip().startswith(f"{quick}:")]
    long = [line for line in lines if len(line) > 80]
    assert all(line.strip().startswith(("capgame run ", str(quick), "quick (")) for line in long)


def test_the_schema_alone_takes_no_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All mistakes of all files of a folder, each with its place; playtests are no levels."""
    (tmp_path / "one.yaml").write_text(begin("one"), encoding="utf-8")
    (tmp_path / "two.yaml").write_text(begin("two").replace("act: 1", "act: one"), encoding="utf-8")
    (tmp_path / "three.yaml").write_text(begin("four"), encoding="utf-8")
    (tmp_path / "not.playtest.yaml").write_text("level: one\n", encoding="utf-8")
    assert run(["lint", "--fast", "--json", str(tmp_path)]) == 1
    levels = json.loads(capsys.readouterr().out)["levels"]
    assert [level["clean"] for level in levels] == [True, False, False]
    assert [level["runs"] for level in levels] == [0, 0, 0]
    places = [finding["where"] for level in levels for finding in level["findings"]]
    assert places == [f"{tmp_path / 'three.yaml'}:1:1", f"{tmp_path / 'two.yaml'}:7:6"]


def test_the_shipped_levels_have_no_schema_findings(capsys: pytest.CaptureFixture[str]) -> None:
    """No path means all of them; an id will do as well."""
    assert run(["lint", "--fast"]) == 0
    assert run(["lint", "--fast", "first-cut"]) == 0
    assert "first-cut" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [["none.yaml"], ["no-such-level"], ["some.playtest.yaml"], ["--jobs", "0"], ["--jobs", "many"], ["--watch", "-"]],
)
def test_what_cannot_be_read_is_no_finding(
    words: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit 2, nothing on standard output."""
    monkeypatch.chdir(tmp_path)
    assert run(["lint", *words]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert words[-1] in said.err


def test_an_empty_folder_has_no_levels(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing found is not the same as clean."""
    assert run(["lint", str(tmp_path)]) == 2
    assert "no file in it ends in .yaml" in capsys.readouterr().err


def test_one_document_does_not_go_on(capsys: pytest.CaptureFixture[str]) -> None:
    """`--json` and `--watch` exclude each other."""
    assert run(["lint", "--json", "--watch"]) == 2
    assert "--watch" in capsys.readouterr().err


def test_watching_sees_a_change_and_ends_with_130(tmp_path: Path) -> None:
    """A file is told about again when it changes, and when it comes to be."""
    path = tmp_path / "mine.yaml"
    path.write_text(begin("mine"), encoding="utf-8")
    command = [*CAPGAME, "lint", "--fast", "--watch", str(tmp_path)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment) as shell:
        assert shell.stdout is not None
        assert shell.stderr is not None
        try:
            assert shell.stdout.readline().startswith("mine (")
            assert shell.stdout.readline() == "  schema      ok\n"
            path.write_text(begin("mine").replace("act: 1", "act: one"), encoding="utf-8")
            assert "1 finding" in shell.stdout.readline()
            time.sleep(0.1)
            shell.send_signal(signal.SIGINT)
            assert shell.wait(timeout=10) == 130
            assert shell.stderr.read() == "interrupted\n"
        finally:
            shell.kill()


def test_new_writes_over_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Not over a file, nor where no file can be, nor under a name that no level has."""
    path = tmp_path / "mine.yaml"
    path.write_text("mine", encoding="utf-8")
    for name in (str(path), str(tmp_path / "no" / "where.yaml"), str(tmp_path / "My Level.yaml"), "level"):
        assert run(["new", name]) == 2
        assert name[-30:] in capsys.readouterr().err  # a long path loses its middle
    assert path.read_text(encoding="utf-8") == "mine"


def test_the_template_is_a_level_of_its_own() -> None:
    """Its id and title are the author's, its schema is beside it."""
    assert begin("two-clocks").splitlines()[4:6] == ["id: two-clocks", "title: Two clocks"]
    assert begin("two-clocks") != find("first-cut").source


def test_schema_is_the_committed_file(capsys: pytest.CaptureFixture[str]) -> None:
    """`capgame schema > levels/level.schema.json` after every change of the schema."""
    assert run(["schema"]) == 0
    assert capsys.readouterr().out == (ROOT / "levels" / "level.schema.json").read_text(encoding="utf-8")
