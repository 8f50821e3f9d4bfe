"""Every command explains itself on one screen."""

from __future__ import annotations

import pytest

from capgame.cli.app import COMMANDS, run


@pytest.mark.parametrize("words", [[], *([name] for name in COMMANDS)], ids=["capgame", *COMMANDS])
def test_help_fits_a_screen_and_ends_with_two_examples(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """At most 24 lines of 80 cells, the last two being examples."""
    assert run([*words, "--help"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) <= 24
    assert max(map(len, lines)) <= 80
    assert lines[-3] == "examples:"
    assert all(line.startswith("  capgame") for line in lines[-2:])


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_knows_the_version(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`--version` works wherever `--help` does."""
    assert run([name, "--version"]) == 0
    assert capsys.readouterr().out.startswith("capgame ")
