"""`capgame run`, `frontier` and `replay`: what they print, write and answer."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from capgame.cli.app import run

SHORT = ["run", "first-cut", "--until", "14s"]


def document(words: list[str], capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert run(words) == 0
    said = capsys.readouterr()
    assert not said.err
    found: dict[str, Any] = json.loads(said.out)
    return found


def test_plain_output_is_a_page(capsys: pytest.CaptureFixture[str]) -> None:
    """At most 40 lines; lost alone, with the way to see it again."""
    assert run(["run", "first-cut", "--strategy", "raft"]) == 0
    page = capsys.readouterr().out
    assert page.count("\n") <= 40
    assert page.startswith("The First Cut (first-cut) · raft · seed KIWI\nlost")
    assert page.endswith("\ncapgame run first-cut\n")


def test_json_is_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    """Keys are snake_case but for the kinds and the names of contracts and knobs; the sums add up."""
    found = document([*SHORT, "--json"], capsys)
    own = [found, found["level"], found["uptime"], found["truth"], found["timeline"][0], *found["refusals"]]
    assert all(re.fullmatch(r"[a-z][a-z_]*", key) for keys in own for key in keys)
    uptime = found["uptime"]
    assert uptime["offered"] == sum(uptime[name] for name in ("in_time", "late", "refused", "unanswered"))
    assert found["outcome"] == "pending"
    assert isinstance(found["wall_s"], float)


def test_two_runs_differ_in_nothing_but_wall_time(capsys: pytest.CaptureFixture[str]) -> None:
    """Same words, same document."""
    first, second = (document([*SHORT, "--json"], capsys) for _ in range(2))
    del first["wall_s"], second["wall_s"]
    assert first == second


def test_moves_come_from_a_file_as_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One a line, comments apart; together with `--move` in the order of time."""
    script = tmp_path / "moves"
    script.write_text("# by hand\n13s route eu n1  # at last\n")
    found = document([*SHORT, "--moves", str(script), "--move", "12.5s route us n2", "--json"], capsys)
    assert [move["text"] for move in found["moves"]] == ["route us n2", "route eu n1"]


def test_a_failed_claim_says_how_to_see_it_again(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 1; expected, got, command; the document is still the only thing on standard output."""
    assert run([*SHORT, "--json", "--expect", "13s leader is n3", "--expect", "truth is 100%"]) == 1
    said = capsys.readouterr()
    json.loads(said.out)
    assert said.err == "expected 13s leader is n3, got n1\n  capgame run first-cut --until 14s\n"


def test_a_play_is_run_whole(capsys: pytest.CaptureFixture[str]) -> None:
    """With its moves and its claims, and nothing beside it."""
    assert document(["run", "first-cut", "--play", "reference", "--json"], capsys)["stars"] == 3
    assert run(["run", "first-cut", "--play", "reference", "--seed", "7"]) == 2
    assert run(["run", "first-cut", "--play", "referense"]) == 2
    assert "did you mean reference?" in capsys.readouterr().err


def test_everybody_gets_a_seed_of_their_own(capsys: pytest.CaptureFixture[str]) -> None:
    """The same one at every call, whatever the case of the name."""
    seeds = [document([*SHORT, "--seed-per", name, "--json"], capsys)["seed"] for name in ("Ada", "ada ", "Grace")]
    assert seeds[0] == seeds[1] != seeds[2]


def test_history_and_trace_are_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Jepsen's EDN, JSON lines, and the trace as JSON lines."""
    for name in ("h.edn", "h.jsonl"):
        assert run([*SHORT, "--history", str(tmp_path / name)]) == 0
    assert run([*SHORT, "--trace", str(tmp_path / "trace")]) == 0
    assert (tmp_path / "h.edn").read_text().startswith("{:process ")
    for name in ("h.jsonl", "trace"):
        lines = (tmp_path / name).read_text().splitlines()
        assert len(lines) > 500
        assert all(isinstance(json.loads(line), dict) for line in lines)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--strategy", "rafd"], "did you mean raft"),
        (["--knob", "reads=local"], "reads"),
        (["--knob", "reads=sometimes"], "one of log, index, lease, local"),
        (["--knob", "election-timeout=99s"], "election-timeout"),
        (["--seed", "KIWIKIWI"], "seed"),
        (["--seed", "U"], "seed"),
        (["--move", "route eu n1"], "with its time"),
        (["--move", "16s rout eu n1"], "did you mean route"),
        (["--move", "16s route eu"], "route"),
        (["--move", "90s route eu n1"], "within the shift"),
        (["--moves", "missing"], "a file that can be read"),
        (["--until", "1:30"], "1m30s"),
        (["--expect", "stars are nice"], "PATH OP VALUE"),
        (["--history", "run.txt"], ".edn or .jsonl"),
        (["--save", "no/such/folder"], "a file that can be written"),
    ],
)
def test_bad_input_says_what_was_expected(words: list[str], expected: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2, one message on standard error, nothing on standard output, no traceback."""
    assert run([*SHORT, *words] if "--until" not in words else ["run", "first-cut", *words]) == 2
    said = capsys.readouterr()
    assert expected in said.err
    assert "Traceback" not in said.err
    assert not said.out


def test_unknown_level_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 2."""
    assert run(["run", "first-cutt"]) == 2
    assert "did you mean first-cut" in capsys.readouterr().err


def test_frontier_shows_every_offer(capsys: pytest.CaptureFixture[str]) -> None:
    """As a table, and as a document."""
    assert run(["frontier", "first-cut"]) == 0
    assert capsys.readouterr().out.splitlines()[0].split() == ["offer", "outcome", "score", "uptime", "truth"]
    found = document(["frontier", "first-cut", "--json"], capsys)
    assert [point["offer"] for point in found["offers"]] == ["raft", "pb-async"]


def test_a_saved_run_verifies_until_it_is_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """0 as it was saved, 1 with another score, 2 as rubbish."""
    kept = tmp_path / "mine.capreplay"
    assert run(["run", "first-cut", "--move", "16s route eu n1", "--save", str(kept)]) == 0
    assert run(["replay", str(kept)]) == 0
    score = re.search(r"score\W+(\d+)", kept.read_text())
    assert score is not None
    kept.write_text(kept.read_text().replace(score[0], score[0].replace(score[1], "1000")))
    capsys.readouterr()
    assert run(["replay", str(kept)]) == 1
    said = capsys.readouterr().err
    assert "1000" in said
    assert score[1] in said
    kept.write_text("rubbish")
    assert run(["replay", str(kept)]) == 2
