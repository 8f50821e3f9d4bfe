"""Replays: written, read, and never believed."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from capgame.errors import BadInput, NotVerified, Undecided
from capgame.levels.catalogue import every, find
from capgame.levels.level import Level
from capgame.levels.load import load_text
from capgame.play.headless import Run, run_level
from capgame.play.keep import replay
from capgame.play.keep.replay import BYTES_MAX, SUFFIX, Replay, claims_of, parse, write
from capgame.play.keep.verify import verify
from capgame.play.result import result
from capgame.play.views.scene import view

ROOT = Path(__file__).parents[2]
REFERENCES = ROOT / "saves" / "reference"
MOVES = ("16s route eu n1", "30.000001s route us n2", "30.000001s route us home")


@pytest.fixture(scope="module")
def run() -> Run:
    """A shift with moves, two of them in one instant."""
    return run_level(find("first-cut"), moves=MOVES)


@pytest.fixture(scope="module")
def text(run: Run) -> str:
    return write(run.result, run.setting.level)


def changed(text: str, pattern: str, by: str) -> str:
    """The text with the one line that begins like `pattern` changed."""
    found, count = re.subn(rf"(?m)^{pattern}.*$", by, text)
    assert count == 1, pattern
    return found


# ── what was really played


def test_own_replay_verifies(run: Run, text: str) -> None:
    """Nothing in it differs, and the result is the run's."""
    verified = verify(parse(text, "mine"))
    assert verified.result == run.result
    assert verified.level.shipped


def test_what_is_written_reads_back(run: Run, text: str) -> None:
    """Times to the microsecond, moves in their order, numbers as the result has them."""
    read = parse(text, "mine")
    assert read.moves == MOVES
    assert read.claims == claims_of(run.result)
    assert list(read.digests) == run.result["digests"]
    assert (read.level, read.offer, read.seed) == ("first-cut", "raft", "KIWI")
    assert (read.until_us, read.source) == (None, None)


def test_a_stopped_run_is_verified_up_to_there() -> None:
    level = find("first-cut")
    stopped = run_level(level, moves=["13s route eu n1"], until_us=20_500_001)
    read = parse(write(stopped.result, level), "mine")
    assert read.until_us == 20_500_001
    assert verify(read).result["outcome"] == "pending"


def test_a_run_costs_the_same_whether_a_screen_looks_or_not() -> None:
    """At 13.1 s a deadline has passed since the last thing that happened; the screen counts it, and so must all."""
    stopped = run_level(find("first-cut"), until_us=13_100_000)
    at_once = stopped.result
    view(stopped.session)
    assert result(stopped.session) == at_once
    assert at_once["uptime"]["spent"] == 5


def test_a_move_that_the_run_never_came_to_is_refused() -> None:
    """It would be told as played; nothing of it is in any digest."""
    stopped = run_level(find("first-cut"), until_us=5_000_000)
    text = write(stopped.result, stopped.setting.level).replace("until:", "move: 50s route eu n1\nuntil:")
    with pytest.raises(NotVerified, match="move: the replay claims 50s route eu n1, the run has nothing"):
        verify(parse(text, "mine"))


def test_refused_moves_belong_to_a_replay() -> None:
    """They cost nothing and change nothing, and the result lists them."""
    level = find("first-cut")
    moves = [f"{second}s route us n{1 + second % 2}" for second in range(5, 11)]
    spent = run_level(level, moves=moves)
    assert [move["result"] for move in spent.result["moves"]].count("refused") == 3
    assert verify(parse(write(spent.result, level), "mine")).result == spent.result


@pytest.mark.parametrize("level", every(), ids=lambda level: level.id)
def test_the_reference_replay_verifies(level: Level) -> None:
    """Each shipped level has one that wins three stars; `saves/reference/README.md` says how it is written anew."""
    path = REFERENCES / f"{level.id}{SUFFIX}"
    verified = verify(parse(path.read_text(encoding="ascii"), f"saves/reference/{path.name}"))
    assert verified.result["stars"] == 3
    assert verified.level == level


def test_every_reference_replay_is_of_a_shipped_level() -> None:
    assert {path.stem for path in REFERENCES.glob(f"*{SUFFIX}")} == {level.id for level in every()}


# ── what was changed afterwards


@pytest.mark.parametrize("key", ["score", "stars", "uptime.spent", "uptime.budget", "truth.spent", "truth.charged"])
def test_a_changed_claim_is_named_beside_the_truth(run: Run, text: str, key: str) -> None:
    true = claims_of(run.result)[key]
    with pytest.raises(NotVerified, match=re.escape(f"{key}: the replay claims 999.5, the run has {true}")):
        verify(parse(changed(text, f"{key}: ", f"{key}: 999.5"), "mine"))


def test_a_loss_called_a_win_is_named() -> None:
    lost = run_level(find("first-cut"))
    lie = changed(write(lost.result, lost.setting.level), "outcome: ", "outcome: won")
    with pytest.raises(NotVerified, match="outcome: the replay claims won, the run has lost"):
        verify(parse(lie, "mine"))


def test_a_count_left_out_is_named() -> None:
    """Nothing claimed is not the same as nothing wrong."""
    liar = run_level(find("first-cut"), strategy="pb-async")
    stale = liar.result["counts"]["stale-read"]
    text = re.sub(r"counts\..*\n", "", write(liar.result, liar.setting.level))
    with pytest.raises(NotVerified, match=f"counts.stale-read: the replay claims nothing, the run has {stale}"):
        verify(parse(text, "mine"))


def test_a_changed_move_names_the_second_where_the_runs_part(text: str) -> None:
    """One microsecond, within the 17th second."""
    with pytest.raises(NotVerified, match="second 17 is the first that differs"):
        verify(parse(changed(text, "move: 16s", "move: 16.000001s route eu n1"), "mine"))


def test_a_move_left_out_or_added_is_noticed(text: str) -> None:
    for other in (
        text.replace("move: 16s route eu n1\n", ""),
        text.replace("move: 16s", "move: 3s route eu n2\nmove: 16s"),
    ):
        with pytest.raises(NotVerified, match="is the first that differs"):
            verify(parse(other, "mine"))


def test_moves_of_one_instant_in_another_order_are_noticed(text: str) -> None:
    lines = text.split("\n")
    at = lines.index(f"move: {MOVES[1]}")
    lines[at], lines[at + 1] = lines[at + 1], lines[at]
    with pytest.raises(NotVerified, match="second 31 is the first that differs"):
        verify(parse("\n".join(lines), "mine"))


@pytest.mark.parametrize("second", [1, 33, 60])
def test_a_changed_digest_names_its_second(text: str, second: int) -> None:
    with pytest.raises(NotVerified, match=f"second {second} is the first that differs: the replay claims {'0' * 16}"):
        verify(parse(changed(text, f"second: {second} ", f"second: {second} {'0' * 16}"), "mine"))


@pytest.mark.parametrize("key", ["digest", "history_digest"])
def test_a_changed_sum_is_named(text: str, key: str) -> None:
    with pytest.raises(NotVerified, match=rf"\b{key}: the replay claims {'0' * 16}"):
        verify(parse(changed(text, f"{key}: ", f"{key}: {'0' * 16}"), "mine"))


def test_missing_seconds_are_counted(text: str) -> None:
    cut = re.sub(r"second: (5[1-9]|6.) .*\n", "", text)
    with pytest.raises(NotVerified, match="seconds: the replay claims 50, the run has 6"):
        verify(parse(cut, "mine"))


@pytest.mark.parametrize(("key", "by"), [("seed", "MANGO"), ("offer", "pb-async")])
def test_another_seed_or_offer_is_another_run(text: str, key: str, by: str) -> None:
    with pytest.raises(NotVerified, match="second 1 is the first that differs"):
        verify(parse(changed(text, f"{key}: ", f"{key}: {by}"), "mine"))


def test_another_level_is_refused_by_its_hash(run: Run, text: str) -> None:
    """Also where the level has changed since the shift was played."""
    true = run.result["level"]["hash"]
    with pytest.raises(NotVerified, match=f"level first-cut .* its hash is {true}, and the replay is of {'0' * 16}"):
        verify(parse(changed(text, "level_hash: ", f"level_hash: {'0' * 16}"), "mine"))


# ── levels that travel along


def own(by: tuple[str, str] = ("KIWI", "MANGO")) -> Run:
    """A run of a level that is not shipped, although it calls itself like one."""
    return run_level(load_text(find("first-cut").source.replace(*by), "own.yaml"), moves=["16s route eu n1"])


def test_a_level_of_ones_own_travels_along() -> None:
    """It verifies anywhere, and is not taken for the shipped one of that name."""
    played = own()
    verified = verify(parse(write(played.result, played.setting.level), "mine"))
    assert verified.result == played.result
    assert not verified.level.shipped


def test_a_level_changed_on_its_way_is_refused() -> None:
    """An easier deadline has another hash, and prose has not."""
    played = own()
    text = write(played.result, played.setting.level)
    with pytest.raises(NotVerified, match="is not the one that was played"):
        verify(parse(text.replace("|deadline: 400ms", "|deadline: 900ms"), "mine"))
    assert verify(parse(text.replace("|title: The First Cut", "|title: Der erste Schnitt"), "mine"))


def test_a_level_under_anothers_name_is_refused() -> None:
    played = own()
    text = write(played.result, played.setting.level).replace("level: first-cut", "level: harbour")
    with pytest.raises(NotVerified, match="claims level harbour, and brings level first-cut"):
        verify(parse(text, "mine"))


def test_a_broken_level_is_bad_input() -> None:
    played = own()
    text = write(played.result, played.setting.level).replace("|deadline: 400ms", "|deadline: soon")
    with pytest.raises(BadInput, match=r"mine \(its level\):\d+:\d+: .*soon"):
        verify(parse(text, "mine"))


# ── other versions


@pytest.mark.parametrize("rules", [0, 2, 99999999999999])
def test_other_rules_cannot_be_judged(text: str, rules: int) -> None:
    """Exit 3, whatever else stands in it."""
    other = changed(text, "rules: ", f"rules: {rules}") + "weather: fine\n"
    with pytest.raises(Undecided, match="it cannot be judged here"):
        parse(other, "mine")


def test_another_form_cannot_be_judged() -> None:
    with pytest.raises(Undecided, match="it cannot be judged here"):
        parse("capgame replay 2\nanything", "mine")


# ── rubbish


def bad(text: str) -> str:
    """What is said about a text that is refused."""
    with pytest.raises(BadInput) as refused:
        parse(text, "mine")
    said = str(refused.value)
    assert re.fullmatch(r"[\n\x20-\x7e—…]*", said), "nothing of a replay is printed raw"
    assert len(said) < 4_000
    return said


@pytest.mark.parametrize(
    "rubbish", ["", "\n", "PK\x03\x04", "\x1b[2J\x1b]0;gone\x07", "{}", "capgame: 1\nid: first-cut"]
)
def test_what_is_no_replay_says_how_one_begins(rubbish: str) -> None:
    said = bad(rubbish)
    assert said.startswith("mine:1: file: ")
    assert "begins with `capgame replay 1`" in said


def test_a_truncated_replay_is_refused_wherever_it_ends(text: str) -> None:
    """Between two lines it lacks a key, within one it lacks a value; but seconds are counted only when it is played."""
    end = text.index("second: 1 ")
    for length in range(0, end, 7):
        bad(text[:length])
    assert "is not whole without `digest:`" in bad(text[: text.index("digest: ", text.index("history_digest") + 9)])


def test_ten_megabytes_are_refused_unread() -> None:
    assert f"at most {BYTES_MAX:,} bytes" in bad("capgame replay 1\nrules: 1\n" + "x" * 10_000_000)


def test_a_million_bad_lines_are_refused_in_a_few(text: str) -> None:
    assert bad("capgame replay 1\nrules: 1\n" + "x: y\n" * 700_000).count("\n") == replay.PROBLEMS_MAX - 1


@pytest.mark.parametrize("character", ["\0", "\x1b", "\t", "\x85", "\u202e", "é", "\ud800", "\r"])
def test_strange_characters_are_named_with_their_line(text: str, character: str) -> None:
    said = bad(text.replace("seed: KIWI", f"seed: KI{character}WI"))
    assert said == f"mine:6: character: 'U+{ord(character):04X}' is not printable ASCII — copy the file as it is"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("score: ", "scroe: ", "mine:12: key: 'scroe' is not a key of a replay — did you mean score"),
        ("seed: KIWI", "seed: FULL", "mine:6: seed: 'FULL' is not a seed: U is not in it"),
        ("seed: KIWI", "seed: KIWI\nseed: MANGO", "mine:7: key: 'seed' is not given once"),
        ("move: 16s", "move: 16", "mine:7: move: time: '16' is not a time of the shift with its unit"),
        ("move: 16s", "move:", "mine:7: move: 'route eu n1' is not a move with its time"),
        ("route eu", "rout eu", "mine:7: move: 'rout' is not a verb — did you mean route"),
        ("move: 16s", "knob: reads\nmove: 16s", "mine:7: knob: 'reads' is not NAME=VALUE"),
        ("move: 16s", "until: -3s\nmove: 16s", "mine:7: until: '-3s' is not"),
        ("score: ", "score: 1e", "is not a number"),
        ("score: ", "score: -", "is not a number"),
        ("outcome: won", "outcome: glory", "mine:10: outcome: 'glory' is not won, lost or pending"),
        ("level: first-cut", "level: ../../secret.yaml", "mine:3: level: '../../secret.yaml' is not the id of a level"),
        ("level: first-cut", "level: -", "mine:3: level: '-' is not the id of a level"),
        ("second: 2 ", "second: 3 ", "is not second 2 and its digest"),
        ("second: 2 ", "second: 2 x", "is not second 2 and its digest"),
        ("rules: 1", "rules: one", "mine:2: rules: 'one' is not the version of the rules"),
        ("score: ", "a line without\nscore: ", "mine:12: line: 'a line without' is not `key: value`"),
    ],
)
def test_bad_lines_are_refused_with_their_number(text: str, old: str, new: str, says: str) -> None:
    assert says in bad(text.replace(old, new, 1))


def test_other_ends_of_lines_do_no_harm(text: str) -> None:
    """A replay may have come through a mail, and its level too."""
    played = own()
    for sent in (text, write(played.result, played.setting.level)):
        assert verify(parse(sent.replace("\n", "\r\n"), "mine"))


def test_everything_wrong_comes_out_at_once(text: str) -> None:
    said = bad(text.replace("outcome: won", "outcome: glory").replace("seed: KIWI", "sead: KIWI"))
    assert [line.split(": ")[:2] for line in said.split("\n")] == [["mine:6", "key"], ["mine:10", "outcome"]]


@pytest.mark.parametrize(
    ("change", "thing"),
    [
        ({"offer": "paxos"}, "strategy: 'paxos'"),
        ({"level": "no-such-level"}, "level: 'no-such-level'"),
        ({"knobs": {"reads": "local"}}, "knob: 'reads'"),
        ({"moves": ("16s route mars n1",)}, "move: 'mars'"),
        ({"moves": ("999s route eu n1",)}, "within the shift"),
    ],
)
def test_what_the_level_does_not_have_is_bad_input(text: str, change: dict[str, object], thing: str) -> None:
    """Nothing is simulated for it."""
    replayed: Replay = replace(parse(text, "mine"), **change)
    with pytest.raises(BadInput, match=re.escape(thing)):
        verify(replayed)


def test_no_text_ever_ends_in_a_traceback(text: str) -> None:
    """Bytes knocked out and doubled, all over it."""
    for at in range(0, text.index("second: 3 "), 11):
        for other in (text[:at] + text[at + 1 :], text[:at] + text[at] + text[at:], text[:at] + "\n" + text[at:]):
            with suppress(BadInput, Undecided):
                parse(other, "mine")
