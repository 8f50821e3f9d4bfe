"""A level that is wrong is refused with everything that is wrong with it, each with its place and what to write.

`tests/golden/level-errors.txt` holds the sabotage (lines with `-` become lines with `+`) and the whole complaint.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from capgame.errors import BadInput
from capgame.levels.load import load_bytes, load_text

HARBOUR = (Path(__file__).parent / "harbour.yaml").read_text(encoding="utf-8")
GOLDEN = Path(__file__).parent.parent / "golden" / "level-errors.txt"


def cases() -> list[tuple[str, str, str]]:
    """What is replaced, by what, and the complaint."""
    found = []
    for case in GOLDEN.read_text(encoding="utf-8").split("\n\n"):
        change, _, complaint = case.partition("----\n")
        was = [line[2:] for line in change.splitlines() if line.startswith("- ")]
        now = [line[2:] for line in change.splitlines() if line.startswith("+ ")]
        found.append(("\n".join(was), "\n".join(now), complaint.strip()))
    return found


def complaint_of(text: str) -> str:
    with pytest.raises(BadInput) as refused:
        load_text(text, "harbour.yaml")
    return str(refused.value)


@pytest.mark.parametrize(("was", "now", "complaint"), cases())
def test_a_sabotaged_level_says_what_where_and_what_instead(was: str, now: str, complaint: str) -> None:
    assert was in HARBOUR, was
    # A line that goes, goes with its end.
    assert complaint_of(HARBOUR.replace(was if now else f"{was}\n", now, 1)) == complaint


def test_all_complaints_come_at_once_in_the_order_of_the_file() -> None:
    wrong = HARBOUR.replace("act: 1", "act: one").replace("n3 | n1 n2", "n9 | n8")
    wrong = wrong.replace("uptime: 93%", "uptime: 93").replace("route eu n1", "rout eu n1").replace("us~eu: 80ms", "")
    places = [line.split(": ")[1] for line in complaint_of(wrong).splitlines()]
    assert places == [
        "act",
        "cluster.rtt",
        "faults[0].cut",
        "faults[0].cut",
        "score.uptime",
        "plays[1].moves[0]",
    ]


def test_a_knob_out_of_range_says_the_range() -> None:
    complaint = complaint_of(HARBOUR.replace("pre-vote: on", "election-timeout: 1h"))
    assert complaint.startswith("harbour.yaml:12:40: strategies.raft.election-timeout: '1h' is not a time from ")


def test_a_play_sets_a_knob_out_of_range_before_it_sets_one_that_no_plan_may() -> None:
    complaint = complaint_of(HARBOUR.replace("{election-timeout: 2s}", "{reads: never}"))
    assert complaint.startswith("harbour.yaml:36:20: plays[1].knobs.reads: 'never' is not one of ")


def test_a_play_that_names_a_strategy_takes_its_first_offer() -> None:
    level = load_text(HARBOUR.replace("strategy: plain", "strategy: raft"))
    assert level.plays[1].strategy == "raft"


def test_strings_of_a_level_cannot_steer_the_terminal() -> None:
    complaint = complaint_of(HARBOUR.replace("seed: oil", 'seed: "\\e[31m\\u202eoil"'))
    assert complaint.startswith("harbour.yaml:17:7: seed: '?[31m?oil' is not a seed")


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", "x.yaml:1:1: file: is not a level: it is empty"),
        (b"# nothing\n", "x.yaml:1:1: file: is not a level: it is empty"),
        (b"- a\n", "x.yaml:1:1: file: is not a level: it has to be keys with values"),
        (b"a: \0", "x.yaml:1:4: character: 'U+0000' is not one that a level may hold"),
        (b"a: b\nc: \xff\xfe", "x.yaml:2:4: text: 'byte 0xff' is not UTF-8"),
        (b"a: b\n---\nc: d\n", "x.yaml:2:1: document: '---' is not the only one of its file"),
        (b"a: " + b"[" * 5000, "x.yaml:1:2001: line: is not at most 2,000 characters long"),
        (b"a: " + b"[" * 1000, "x.yaml:1:20: nesting: is not at most 16 deep"),
        (b"a: &a [x]\nb: [*a, *a]\n", "x.yaml:1:4: anchor: '&a' is not allowed: levels have no anchors"),
        (b"? [a]\n: b\n", "x.yaml:1:3: key: is not one word: it is a list or a mapping"),
        (b'a: "\\UFFFFFFFF"\n', "x.yaml:1:1: file: is not YAML"),
        (b"a: 1\n" * 2_000_000, "x.yaml:1:1: file: is not at most 1,000,000 bytes"),
    ],
)
def test_what_is_hardly_yaml_is_refused_quickly_and_in_words(data: bytes, complaint: str) -> None:
    with pytest.raises(BadInput) as refused:
        load_bytes(data, "x.yaml")
    assert str(refused.value).startswith(complaint)


def test_numbers_of_any_length_are_texts() -> None:
    assert "'999999" in complaint_of(HARBOUR.replace("act: 1", "act: " + "9" * 1500))
