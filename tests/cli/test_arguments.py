"""Arguments, exit codes, and the manners of a program in a pipe."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from capgame.cli import arguments
from capgame.cli.app import run
from capgame.cli.output import print_table, read_text, write_text
from capgame.cli.parser import parse
from capgame.cli.request import knobs
from capgame.errors import BadInput, CapgameError

ROOT = Path(__file__).parents[2]
CAPGAME = [sys.executable, "-m", "capgame"]


def test_unknown_command_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2, and nothing on standard output."""
    assert run(["fault"]) == 2
    said = capsys.readouterr()
    assert not said.out
    assert said.err == "capgame: 'fault' is not a command — did you mean faults?\n"


def test_unknown_argument_names_the_nearest() -> None:
    """A misspelt option is not taken for a value."""
    with pytest.raises(BadInput, match="did you mean --seed"):
        parse("capgame run", [arguments.LEVEL, arguments.SEED], ["--sed", "7", "first-cut"])


@pytest.mark.parametrize("words", [[], ["first-cut", "--seed"]])
def test_missing_argument_points_at_help(words: list[str]) -> None:
    """argparse's sentence, our next step."""
    with pytest.raises(CapgameError, match="see capgame run --help"):
        parse("capgame run", [arguments.LEVEL, arguments.SEED], words)


@pytest.mark.parametrize("words", [["--seed", ""], ["--seed="], ["--move", ""]])
def test_an_empty_value_is_a_mistake(words: list[str]) -> None:
    """A shell's unset variable does not mean the default."""
    with pytest.raises(BadInput, match="it is empty"):
        parse("capgame run", [arguments.LEVEL, arguments.SEED, arguments.MOVE], ["first-cut", *words])


@pytest.mark.parametrize("pair", ["reads", "=local", "reads=local reads=log"])
def test_knobs_are_pairs(pair: str) -> None:
    """KEY=VALUE, once a key."""
    with pytest.raises(BadInput):
        knobs(pair.split())


def test_no_terminal_no_game() -> None:
    """One line that names `capgame run`, exit 2."""
    for words in ([], ["play", "first-cut"]):
        said = subprocess.run([*CAPGAME, *words], cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, check=False)
        assert said.returncode == 2
        assert not said.stdout
        assert said.stderr.count(b"\n") == 1
        assert b"capgame run" in said.stderr


def test_closed_streams_are_no_terminal() -> None:
    """Python has no stdin at all when a shell closes it."""
    said = subprocess.run(["sh", "-c", f"{sys.executable} -m capgame <&-"], cwd=ROOT, capture_output=True, check=False)
    assert (said.returncode, said.stdout) == (2, b"")


def test_reader_that_goes_away_is_no_error() -> None:
    """`capgame moves | head -0` says nothing on standard error."""
    reader, writer = os.pipe()
    os.close(reader)
    said = subprocess.run([*CAPGAME, "moves"], cwd=ROOT, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert said.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_full_disk_is_no_traceback() -> None:
    """Exit 2, one line."""
    with Path("/dev/full").open("w") as full:
        said = subprocess.run([*CAPGAME, "moves"], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, check=False)
    assert said.returncode == 2
    assert said.stderr.startswith(b"standard output: ")
    assert said.stderr.count(b"\n") == 1


def test_locale_without_glyphs_still_prints() -> None:
    """A help text with a dash prints in ASCII, too."""
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    said = subprocess.run([*CAPGAME, "fault"], cwd=ROOT, env=environment, capture_output=True, check=False)
    assert said.returncode == 2
    assert b"did you mean faults" in said.stderr


@pytest.mark.parametrize("name", ["faults", "moves", "strategies", "levels"])
def test_lists_are_one_document(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`--json` prints one document with the list under the command's name."""
    assert run([name, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[name]


@pytest.mark.parametrize("name", ["faults", "moves", "strategies", "levels"])
def test_lists_fit_eighty_columns(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """As a table for people."""
    assert run([name]) == 0
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 80


@pytest.mark.parametrize("words", [["faults", "cutt"], ["strategies", "rafd"], ["--ink", "ful"]])
def test_unknown_row_names_the_nearest(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2."""
    assert run(words) == 2
    assert "did you mean" in capsys.readouterr().err


def test_table_shows_no_escapes(capsys: pytest.CaptureFixture[str]) -> None:
    """Cells may come from anybody's level."""
    print_table(("a", "b"), [("\x1b[31m", "x")])
    assert "\x1b" not in capsys.readouterr().out


def test_files_that_cannot_be_used_are_named(tmp_path: Path) -> None:
    """Missing, too long, not text, not writable."""
    (tmp_path / "long").write_bytes(b"x" * 11)
    (tmp_path / "binary").write_bytes(b"\xff")
    for name in ("missing", "long", "binary", "."):
        with pytest.raises(BadInput, match="--moves"):
            read_text(str(tmp_path / name), "--moves", 10)
    with pytest.raises(BadInput, match="--save"):
        write_text(str(tmp_path / "no" / "where"), "--save", [])
