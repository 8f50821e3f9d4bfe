"""A level file becomes plain frozen data in integers, with a hash of what decides a run, and is found by its name."""

from __future__ import annotations

import io
import sys
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from capgame.errors import BadInput
from capgame.levels import catalogue
from capgame.levels.expect import Expectation
from capgame.levels.level import Level, RateStep
from capgame.levels.load import load_file, load_text

HARBOUR = (Path(__file__).parent / "harbour.yaml").read_text(encoding="utf-8")


@pytest.fixture
def first_cut() -> Level:
    return catalogue.find("first-cut")


def test_the_first_cut_is_the_level_that_the_rules_print(first_cut: Level) -> None:
    cluster = first_cut.cluster
    assert (first_cut.id, first_cut.title, first_cut.act, first_cut.number) == ("first-cut", "The First Cut", 1, 1)
    assert [(region.name, region.nodes) for region in cluster.regions] == [("us", ("n1", "n2")), ("eu", ("n3",))]
    assert [region.clients for region in cluster.regions] == [(RateStep(0, 20_000),), (RateStep(0, 10_000),)]
    assert cluster.rtt_us == {("us", "us"): 2000, ("eu", "eu"): 2000, ("us", "eu"): 80_000, ("eu", "us"): 80_000}
    assert cluster.client_rtt_us["eu", "us"] == cluster.client_rtt_us["us", "eu"] == 110_000
    assert cluster.client_rtt_us["eu", "eu"] == 2000, "what is not said is as in rtt"
    assert [(offer.name, offer.strategy) for offer in first_cut.offers] == [
        ("raft", "raft"),
        ("pb-async", "primary-backup"),
    ]
    assert first_cut.offers[1].unlock == "first-win"
    assert first_cut.workload.shares == (("read", 700_000), ("write", 300_000))
    assert first_cut.deadline_us == {"read": 400_000, "write": 400_000}
    assert (first_cut.duration_us, first_cut.seed) == (60_000_000, "KIWI")
    (fault,) = first_cut.faults
    assert (fault.at, fault.for_us, fault.word, fault.target) == (12_000_000, 30_000_000, "cut", "n3 | n1 n2")
    assert (first_cut.moves.budget, first_cut.moves.allow) == (3, ("route",))
    assert (first_cut.score.uptime_ppm, first_cut.score.truth_ppm) == (930_000, 990_000)
    assert first_cut.without == ("route",)
    assert first_cut.debrief.aha
    assert first_cut.debrief.sources
    assert first_cut.shipped


def test_every_shipped_level_is_named_for_its_id_and_claims_what_can_be_judged() -> None:
    levels = catalogue.every()
    assert "first-cut" in [level.id for level in levels]
    for level in levels:
        assert level.plays, level.id
        for play in level.plays:
            assert [Expectation.parse(text) for text in play.expect], f"{play.where}: claims nothing"


def test_a_level_is_plain_data_in_whole_numbers() -> None:
    """What travels to a worker process or into a replay has no places of a file in it, and nothing rounds."""
    assert strange(load_text(HARBOUR)) == []


def strange(value: object, path: str = "level") -> list[str]:
    if is_dataclass(value):
        inner = [(field.name, getattr(value, field.name)) for field in fields(value)]
    elif type(value) is dict:
        inner = [(str(part), part) for pair in value.items() for part in pair]
    elif type(value) is tuple:
        inner = [(str(place), part) for place, part in enumerate(value)]
    else:
        return [] if type(value) in (str, int, bool, type(None)) else [f"{path}: {type(value)}"]
    return [found for name, part in inner for found in strange(part, f"{path}.{name}")]


def test_defaults_are_filled_in() -> None:
    level = load_text(HARBOUR)
    assert level.score.truth_ppm == 990_000
    assert level.score.stars == (700, 850)
    assert level.score.model == "linearizable"
    assert level.cluster.jitter_ppm == 100_000
    assert level.moves.refill_us == 20_000_000
    assert level.cluster.regions[1].clients == (RateStep(0, 1000), RateStep(30_000_000, 5000))
    assert level.workload.keys is None


def test_without_moves_nothing_is_allowed() -> None:
    lines = [line for line in HARBOUR.splitlines() if not line.startswith(("moves:", "    moves:", "lesson:"))]
    assert load_text("\n".join(lines)).moves.allow == ()


def test_the_source_travels_and_reads_back_to_the_same_level(first_cut: Level) -> None:
    again = load_text(first_cut.source)
    assert again.hash == first_cut.hash
    assert not again.shipped


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("title: Harbour", "title: Hafen\nstory: Nebel.\nhints: [Warte.]\ndebrief: {aha: Ach.}"),
        ("say: Look at eu.", "say: Sieh nach eu."),
        ("name: idle, expect: [outcome is lost,", "name: idle, seed: 7, expect: ["),
        ("reads: 70%, retry: 1", "retry: 1, reads: 70.0%"),
        ("seed: oil", "number: 3\nseed: oil"),
    ],
)
def test_a_translation_keeps_the_hash(was: str, now: str) -> None:
    assert was in HARBOUR
    assert load_text(HARBOUR.replace(was, now)).hash == load_text(HARBOUR).hash


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("clients: 20/s", "clients: 21/s"),
        ("at: 12s", "at: 13s"),
        ("pre-vote: on", "pre-vote: off"),
        ("uptime: 93%", "uptime: 92%"),
        ("budget: 3", "budget: 4"),
        ("seed: oil", "seed: gas"),
    ],
)
def test_what_decides_a_run_changes_the_hash(was: str, now: str) -> None:
    assert load_text(HARBOUR.replace(was, now)).hash != load_text(HARBOUR).hash


def test_a_level_in_a_folder_of_ones_own_is_found_and_listed(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "harbour.yaml").write_text(HARBOUR)
    (tmp_path / "harbour.playtest.yaml").write_text("- name: not a level\n")
    assert catalogue.find("harbour", (tmp_path,)).title == "Harbour"
    assert [level.id for level in catalogue.every((tmp_path,)) if not level.shipped] == ["harbour"]


def test_a_file_that_is_not_named_for_its_level_is_refused(tmp_path: Path) -> None:
    (tmp_path / "port.yaml").write_text(HARBOUR)
    with pytest.raises(BadInput, match="id: 'harbour' is not the name of its file, port"):
        catalogue.find("port", (tmp_path,))


def test_an_unknown_id_names_the_nearest() -> None:
    with pytest.raises(BadInput, match=r"level: 'first-cat' is not the id of a level — did you mean first-cut"):
        catalogue.find("first-cat")


@pytest.mark.parametrize("name", ["missing.yaml", "\0.yaml", "."])
def test_a_path_that_cannot_be_read_is_bad_input(name: str, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is not"):
        load_file(tmp_path / name)


def test_a_huge_file_is_refused_after_its_first_megabyte(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    path.write_bytes(b"a: b\n" * 2_000_000)
    with pytest.raises(BadInput, match="at most 1,000,000 bytes"):
        catalogue.find(str(path))


def test_a_level_comes_through_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(HARBOUR.encode())))
    assert catalogue.find("-").id == "harbour"
