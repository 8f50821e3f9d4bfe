"""One fault of a script: what it becomes, and everything that is wrong with it at once."""

from __future__ import annotations

import pytest

from capgame.errors import BadInput
from capgame.nemesis.cuts import parse_cut, parse_link, parse_machines
from capgame.nemesis.fault import Fault, Flap
from capgame.nemesis.parse import Mapped, parse_fault
from capgame.nemesis.topology import Topology
from capgame.nemesis.words import FAULTS, OptionKind, Target, label, sentence

LEVEL = Topology({"us": ("n1", "n2"), "eu": ("n3",)}, groups=("us", "eu"))


def problems(mapping: Mapped) -> list[tuple[str, str]]:
    with pytest.raises(BadInput) as refused:
        parse_fault(mapping, LEVEL)
    return [(problem.thing, str(problem)) for problem in refused.value.problems]


def test_the_first_cut() -> None:
    fault = parse_fault({"at": "12s", "for": "30s", "cut": "n3 | n1 n2", "say": "eu is alone."}, LEVEL)
    assert fault == Fault(12_000_000, "cut", "n3 | n1 n2", for_us=30_000_000, say="eu is alone.")
    assert sentence(fault) == "eu is alone."
    assert label(fault) == "cut n3 | n1 n2"


@pytest.mark.parametrize(
    ("mapping", "fault"),
    [
        (
            {"at": "10s", "for": "48s", "cut": "us | eu", "flap": {"down": "3s", "every": "6s"}, "warn": "4s"},
            Fault(10_000_000, "cut", "us | eu", 48_000_000, flap=Flap(3_000_000, 6_000_000), warn_us=4_000_000),
        ),
        (
            {"at": "0s", "loss": "30%", "link": "n1 <-> n3", "delay": "2s"},
            Fault(0, "link", "n1 <-> n3", options=(("delay", 2_000_000), ("loss", 300_000))),
        ),
        ({"at": "1s", "crash": "n1"}, Fault(1_000_000, "crash", "n1", options=(("disk", "keep"),))),
        ({"at": "1s", "crash": "eu n1", "disk": "wipe"}, Fault(10**6, "crash", "eu n1", options=(("disk", "wipe"),))),
        ({"at": "1s", "restart": "leader"}, Fault(1_000_000, "restart", "leader")),
        ({"at": "1s", "for": "6s", "pause": "primary"}, Fault(1_000_000, "pause", "primary", 6_000_000)),
        ({"at": "1s", "clock": "n2", "jump": "-4s"}, Fault(1_000_000, "clock", "n2", options=(("jump", -4_000_000),))),
        ({"at": "1s", "clock": "n2", "drift": "5%"}, Fault(1_000_000, "clock", "n2", options=(("drift", 50_000),))),
    ],
)  # fmt: skip
def test_every_word_becomes_a_fault(mapping: Mapped, fault: Fault) -> None:
    assert parse_fault(mapping, LEVEL) == fault


def test_everything_wrong_is_said_at_once_with_its_key() -> None:
    found = problems(
        {"at": "1:30", "fro": "3s", "cut": "n3 | n9", "flap": {"down": "6", "evry": "3s"}, "disk": "keep", "warn": "0s"}
    )
    assert [thing for thing, _ in found] == ["fro", "disk", "at", "cut", "flap.evry", "flap", "warn"]
    told = dict(found)
    assert "write 1m30s" in told["at"]
    assert "did you mean for?" in told["fro"]
    assert "column 6" in told["cut"]
    assert "did you mean every?" in told["flap.evry"]


@pytest.mark.parametrize(
    ("mapping", "thing", "told"),
    [
        ({"at": "1s"}, "fault", "it has no fault word"),
        ({"cut": "n3 | n1"}, "fault", "it has no at"),
        ({"at": "1s", "cutt": "n3 | n1"}, "cutt", "did you mean cut?"),
        ({"at": "1s", "cut": "n3 | n1", "crash": "n1"}, "crash", "only fault word"),
        ({"at": "1s", "link": "n1 <-> n3"}, "link", "add one or more of delay, loss"),
        ({"at": "1s", "clock": "n1"}, "clock", "add one or more of jump, drift"),
        ({"at": "1s", "link": "n1 <-> n3", "loss": "0.3"}, "loss", "write 30%"),
        ({"at": "1s", "crash": "n1", "disk": "lost"}, "disk", "one of keep, lose, wipe"),
        ({"at": "1s", "crash": "n1", "for": "0s"}, "for", "longer than no time"),
        ({"at": "1s", "restart": "n1", "for": "3s"}, "for", "take it out"),
        ({"at": "1s", "crash": "n1", "warn": "2s"}, "warn", "at most `at` before"),
        ({"at": "5s", "crash": "n1", "warn": "2s", "say": "It is n1."}, "say", "take one of them away"),
        ({"at": "1s", "cut": "n3 | n1", "flap": "3s"}, "flap", "write flap: {down: 3s, every: 6s}"),
        ({"at": "1s", "cut": "n3 | n1", "flap": {"down": "6s", "every": "6s"}}, "flap.down", "shorter than every 6s"),
        ({"at": "1s", "crash": "n1", "flap": {"down": "3s", "every": "6s"}}, "flap", "not a key of crash"),
        ({"at": {"x": "1s"}, "crash": "n1"}, "at", "not a text"),
        ({"at": "1s", "cut": {"x": "1s"}}, "cut", "not a text"),
    ],
)
def test_a_bad_fault_names_the_key_and_the_mend(mapping: Mapped, thing: str, told: str) -> None:
    ((named, message),) = problems(mapping)
    assert named == thing
    assert told in message


def test_the_table_is_whole() -> None:
    for word, row in FAULTS.items():
        assert row.word == word
        assert row.help
        assert "{target}" in row.say
        assert "{target}" not in row.symptom
        for option in row.options:
            assert (option.kind is OptionKind.CHOICE) == bool(option.choices)
            assert not option.default or option.default in option.choices


def test_every_example_of_the_table_parses() -> None:
    for row in FAULTS.values():
        match row.target:
            case Target.CUT:
                parse_cut(row.example)
            case Target.LINK:
                parse_link(row.example)
            case Target.MACHINES:
                parse_machines(row.example, row.word)


def test_the_pager_names_who_it_turned_out_to_be() -> None:
    fault = parse_fault({"at": "1s", "pause": "leader"}, LEVEL)
    assert sentence(fault, "n2") == "n2 stands still."
    assert label(fault, "n2") == "pause n2"
