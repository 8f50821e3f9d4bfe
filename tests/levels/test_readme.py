"""What `levels/README.md` shows an author is true."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from capgame.cli.app import run
from capgame.levels.expect import Expectation
from capgame.levels.load import load_text
from capgame.levels.playtest import load_playtest
from capgame.nemesis.cuts import parse_cut, parse_link, parse_machines
from capgame.play.lint.lint import fast
from capgame.play.lint.rules import RULES
from capgame.play.lint.tryout import try_play

README = (Path(__file__).parents[2] / "levels" / "README.md").read_text(encoding="utf-8")
LEVEL, PLAYTEST = re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)


def section(title: str) -> str:
    return README.split(f"## {title}\n")[1].split("\n## ")[0]


def first_cells(title: str) -> list[str]:
    """The texts in backticks of a table's first column, without YAML's quotes."""
    rows = [line for line in section(title).splitlines() if line.startswith("| `")]
    cells = [re.split(r"(?<!\\) \| ", row)[0].replace("\\|", "|") for row in rows]
    return [text.strip('"') for cell in cells for text in re.findall(r"`([^`]+)`", cell)]


def test_the_example_is_a_level() -> None:
    """It reads without a complaint, and its plays end as they claim."""
    level = load_text(LEVEL, "night-watch.yaml")
    assert fast(level).clean
    for play in level.plays:
        assert try_play(level, play).failed == ()


def test_the_playtest_holds(tmp_path: Path) -> None:
    """Copied as it stands."""
    path = tmp_path / "late.playtest.yaml"
    path.write_text(PLAYTEST, encoding="utf-8")
    playtest = load_playtest(path)
    assert [try_play(playtest.level, play).failed for play in playtest.plays] == [()]


def test_every_cut_can_be_read() -> None:
    """Each in the language of its fault."""
    texts = first_cells("The cut language")
    assert len(texts) >= 14
    for text in texts:
        if text.startswith("crash: "):
            parse_machines(text.removeprefix("crash: "), "crash")
        elif "->" in text:
            parse_link(text)
        else:
            parse_cut(text)


def test_every_claim_can_be_read() -> None:
    """All of the table."""
    texts = first_cells("Claims")
    assert len(texts) >= 12
    for text in texts:
        assert Expectation.parse(text).text == text


def test_every_rule_is_explained() -> None:
    """In the order in which they speak."""
    assert first_cells("What the lint means") == ["schema", *(rule.name for rule in RULES)]


@pytest.mark.parametrize("command", sorted(set(re.findall(r"`(capgame [a-z]+)\b", README))))
def test_every_command_is_there(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """By its help."""
    assert run([*shlex.split(command)[1:], "--help"]) == 0
    assert capsys.readouterr().out.startswith(command)
