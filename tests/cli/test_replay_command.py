"""`capgame replay` as a shell sees it: exit codes, one document, and what goes to which stream."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from capgame.levels.catalogue import find

ROOT = Path(__file__).parents[2]


def capgame(*words: str, given: str = "", folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "capgame", *words]
    return subprocess.run(command, cwd=folder, input=given, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A replay that the command itself wrote."""
    path = tmp_path_factory.mktemp("saved") / "mine.capreplay"
    said = capgame("run", "first-cut", "--move", "16s route eu n1", "--save", str(path))
    assert (said.returncode, said.stderr) == (0, "")
    return path.read_text(encoding="ascii")


def test_verified_says_what_was_played(saved: str) -> None:
    said = capgame("replay", "-", given=saved)
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout.startswith("verified: first-cut, raft, seed KIWI, won with ")


def test_json_is_the_result_and_nothing_else(saved: str) -> None:
    """The same document as the run's own, but for its wall time."""
    said = capgame("replay", "-", "--json", "--verify", given=saved)
    assert (said.returncode, said.stderr) == (0, "")
    found = json.loads(said.stdout)
    ran = json.loads(capgame("run", "first-cut", "--play", "reference", "--json").stdout)
    del ran["wall_s"]
    assert found == ran


@pytest.mark.parametrize(
    ("old", "new", "code", "says"),
    [
        ("outcome: won", "outcome: lost", 1, "outcome: the replay claims lost, the run has won"),
        ("move: 16s", "move: 17s", 1, "second 17 is the first that differs"),
        ("rules: 1", "rules: 0", 3, "it cannot be judged here"),
        ("move: 16s", "move: soon", 2, "-:7: move: 'soon' is not a verb"),
        ("seed: KIWI", "seed: \x1b[31m", 2, "-:6: character: 'U+001B'"),
        ("capgame replay 1", "\x1b]0;gone\x07", 2, "-:1: file: "),
    ],
)
def test_what_is_not_verified(saved: str, old: str, new: str, code: int, says: str) -> None:
    """The answer is the exit code; why is on standard error, with nothing a terminal would obey."""
    for json_too in ((), ("--json",)):
        said = capgame("replay", "-", *json_too, given=saved.replace(old, new))
        assert (said.returncode, said.stdout) == (code, "")
        assert says in said.stderr
        assert not {"\x1b", "\x07"} & set(said.stderr)
        assert "Traceback" not in said.stderr


def test_a_level_of_ones_own_is_not_taken_for_the_shipped_one(tmp_path: Path) -> None:
    """Its replay verifies where its file is not, and says whose level it is on standard error."""
    level = tmp_path / "first-cut.yaml"
    level.write_text(find("first-cut").source.replace("deadline: 400ms", "deadline: 900ms"), encoding="utf-8")
    kept = tmp_path / "mine.capreplay"
    assert capgame("run", str(level), "--until", "5s", "--save", str(kept)).returncode == 0
    level.unlink()
    said = capgame("replay", str(kept), "--json")
    assert said.returncode == 0
    assert json.loads(said.stdout)["outcome"] == "pending"
    assert "the replay brought its own" in said.stderr


def test_a_file_names_its_code_and_the_code_verifies(saved: str) -> None:
    """As an argument, on standard input, and with what a chat leaves around it."""
    *said, last = capgame("replay", "-", given=saved).stdout.splitlines()
    code = last.removeprefix("as a code: ")
    for again in (capgame("replay", code), capgame("replay", "-", given=f"> look:\n> `{code[:50]}\n> {code[50:]}`\n")):
        assert (again.returncode, again.stderr) == (0, "")
        assert again.stdout.splitlines() == said


@pytest.mark.parametrize(
    ("code", "exit_code", "says"),
    [
        ("cap1:04XG", 2, "code: is not whole: its checksum does not fit"),
        ("cap9:04XG", 3, "code: written in form 9"),
        ("cap1:", 2, "code: is not whole"),
    ],
)
def test_a_code_that_is_none_says_so(code: str, exit_code: int, says: str) -> None:
    said = capgame("replay", code)
    assert (said.returncode, said.stdout) == (exit_code, "")
    assert said.stderr.startswith(says)


@pytest.mark.parametrize("content", [b"", b"\0" * 100, b"\xff\xfe", b"x" * 10_000_000, None], ids=range(5))
def test_rubbish_is_bad_input(tmp_path: Path, content: bytes | None) -> None:
    """Empty, NULs, no text, ten megabytes, and no file at all."""
    path = tmp_path / "rubbish.capreplay"
    if content is not None:
        path.write_bytes(content)
    said = capgame("replay", str(path))
    assert (said.returncode, said.stdout) == (2, "")
    assert "rubbish.capreplay" in said.stderr
    assert len(said.stderr) < 1_000
