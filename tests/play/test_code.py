"""Codes: one line, small, hard to break by accident, and believed as little as a file."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capgame.errors import BadInput, NotVerified, Undecided
from capgame.levels.catalogue import every, find
from capgame.levels.level import Level
from capgame.play.headless import run_level
from capgame.play.keep import code as codes
from capgame.play.keep.code import PREFIX, decode, encode, is_code, read
from capgame.play.keep.code_body import number, write_body
from capgame.play.keep.replay import claims_of, write
from capgame.play.keep.verify import verify
from capgame.values.seed import ALPHABET
from capgame.values.units import show_duration

FIRST = find("first-cut")
MOVES = ("16.123456s route eu n1", "30.000001s route us n2", "30.000001s route us home")
KEPT = ("outcome", "stars", "score", "digest")


@pytest.fixture(scope="module")
def result() -> dict[str, Any]:
    """A shift with moves, two of them in one instant."""
    return run_level(FIRST, moves=MOVES).result


@pytest.fixture(scope="module")
def code(result: dict[str, Any]) -> str:
    return encode(result, FIRST)


@pytest.fixture(scope="module")
def blink() -> dict[str, Any]:
    """A run of next to no time, which can be verified again and again."""
    return run_level(FIRST, moves=["10ms route eu n1"], until_us=20_000).result


def spelled(content: bytes, rules: int = 1) -> str:
    """A code around any content, with the checksum that it should have."""
    framed = number(rules) + number(len(content)) + content
    return PREFIX + codes._spell(framed + codes._sum(framed))


def bad(text: str) -> str:
    with pytest.raises(BadInput) as caught:
        decode(text)
    return str(caught.value)


# ── what was really played


def test_a_code_verifies_to_the_whole_result(result: dict[str, Any], code: str) -> None:
    verified = verify(decode(code))
    assert verified.result == result
    assert verified.level.shipped


@pytest.mark.parametrize("level", every(), ids=lambda level: level.id)
def test_a_code_of_every_level_fits_in_a_message(level: Level) -> None:
    """A run with as many moves as the reference has stays below 200 characters."""
    moves = next(play.moves for play in level.plays if play.name == "reference")
    code = encode(run_level(level, moves=moves).result, level)
    assert len(code) < 200
    assert verify(decode(code)).level == level


def test_a_level_of_ones_own_travels_along(code: str) -> None:
    """Whoever pastes it needs no file, and is told that it is no shipped one."""
    own = replace(FIRST, shipped=False, source=FIRST.source.replace("The First Cut", "La Première Coupure"))
    played = run_level(own, until_us=20_000)
    sent = encode(played.result, own)
    assert len(sent) < 3_000
    verified = verify(decode(sent))
    assert not verified.level.shipped
    assert verified.level.title == "La Première Coupure"


def test_a_level_too_large_to_travel_is_refused(blink: dict[str, Any]) -> None:
    """Its replay is a file, then."""
    noise = random.Random(1).randbytes(codes.BYTES_MAX).hex()
    with pytest.raises(BadInput, match="share the replay as a file"):
        encode(blink, replace(FIRST, shipped=False, source=f"# {noise}"))


def test_a_stopped_run_is_verified_up_to_there(blink: dict[str, Any]) -> None:
    replayed = decode(encode(blink, FIRST))
    assert replayed.until_us == 20_000
    assert verify(replayed).result["outcome"] == "pending"


NAMES = st.from_regex(r"[a-z]{1,9}(-[a-z0-9]{1,9})?", fullmatch=True)
TIMES = st.lists(st.tuples(st.integers(0, 3_600_000_000), st.sampled_from(["n1", "n2", "home"])), max_size=40)


@given(
    times=TIMES, seed=st.text(ALPHABET, min_size=1, max_size=5), offer=NAMES, score=st.integers(0, 1000),
    stars=st.integers(0, 3), outcome=st.sampled_from(["won", "lost", "pending"]), at=st.integers(0, 600_000_000),
    digest=st.binary(min_size=8, max_size=8), knobs=st.dictionaries(NAMES, NAMES, max_size=4), shipped=st.booleans(),
)  # fmt: skip
def test_what_is_encoded_decodes(
    times: list[tuple[int, str]], seed: str, offer: str, score: int, stars: int, outcome: str, at: int, digest: bytes,
    knobs: dict[str, str], shipped: bool,
) -> None:  # fmt: skip
    """Every time to the microsecond, moves in their order, knobs of the plan, and a level of one's own."""
    level = replace(FIRST, plan_knobs=tuple(knobs), shipped=shipped)
    moves = [{"at_us": us, "text": f"route eu {node}"} for us, node in sorted(times)]
    document = {
        "rules": 1, "offer": offer, "seed": seed, "knobs": knobs | {"heartbeat": "never said"}, "moves": moves,
        "outcome": outcome, "stars": stars, "score": score, "digest": digest.hex(), "virtual_s": at / 1_000_000,
    }  # fmt: skip
    found = decode(encode(document, level))
    assert (found.level, found.level_hash, found.offer, found.seed) == (level.id, level.hash, offer, seed)
    assert found.moves == tuple(f"{show_duration(move['at_us'])} {move['text']}" for move in moves)
    assert found.knobs == knobs
    assert found.until_us == (at if outcome == "pending" else None)
    assert found.claims == {key: str(document[key]) for key in KEPT}
    assert found.source == (None if shipped else level.source)


# ── what chats and people do to it


@pytest.mark.parametrize(
    "way",
    [
        lambda code: f"  {code}\n",
        lambda code: f"`{code}`",
        lambda code: f"```\n{code}\n```",
        lambda code: f'"{code}"',
        lambda code: f"‘{code}’",
        lambda code: f"{code} ★★★ 861 seed KIWI",
        lambda code: f"look at recap1 and this: {code}, said n3",
        lambda code: code.lower(),
        lambda code: code.replace("0", "O").replace("1", "l").replace("capl:", "Cap1:"),
        lambda code: "\n> ".join(code[at : at + 30] for at in range(0, len(code), 30)),
        lambda code: "\r\n\t".join(code[at : at + 7] for at in range(0, len(code), 7)),
        lambda code: "\u200b".join(code[at : at + 9] for at in range(0, len(code), 9)),
        lambda code: "\\\n".join(code[at : at + 40] for at in range(0, len(code), 40)),
    ],
)
def test_a_code_survives_being_passed_on(code: str, way: Callable[[str], str]) -> None:
    assert decode(way(code)) == decode(code)


def test_every_wrong_letter_and_every_swap_is_noticed(code: str) -> None:
    """Wherever it is, and whatever it was replaced by."""
    letters = code[len(PREFIX) :]
    for at, right in enumerate(letters):
        for wrong in ALPHABET.replace(right, "") + "U":
            assert "checksum does not fit" in bad(PREFIX + letters[:at] + wrong + letters[at + 1 :])
        swapped = letters[:at] + letters[at : at + 2][::-1] + letters[at + 2 :]
        if swapped != letters:
            assert "checksum does not fit" in bad(PREFIX + swapped)


def test_every_lost_end_is_noticed(code: str) -> None:
    for length in range(len(PREFIX), len(code)):
        assert "is a letter wrong, or the end missing?" in bad(code[:length])


@pytest.mark.parametrize("text", ["", " ", "cap", "first-cut", "recap1:00", "http://example.org/cap1/:"])
def test_no_code_at_all_is_said(text: str) -> None:
    assert not is_code(text)
    assert "it begins with cap1:" in bad(text)


def test_older_rules_and_newer_forms_cannot_be_judged(blink: dict[str, Any], code: str) -> None:
    """Whatever their content looks like."""
    for text in (spelled(b"whatever", rules=0), spelled(b"", rules=2), code.replace("cap1:", "cap2:")):
        with pytest.raises(Undecided, match="verify it with the capgame that wrote it"):
            decode(text)


# ── what was changed on purpose


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"score": 1000}, "score: the replay claims 1000, the run has "),
        ({"stars": 3}, "stars: the replay claims 3, the run has 0"),
        ({"outcome": "won"}, "outcome: the replay claims won, the run has lost"),
        ({"digest": "0123456789abcdef"}, "digest: the replay claims 0123456789abcdef, the run has "),
        ({"seed": "MANGO"}, "digest: the replay claims "),
        ({"moves": [{"at_us": 5, "text": "route eu n1"}]}, "digest: the replay claims "),
    ],
)
def test_a_forged_code_is_refused_with_the_truth(change: dict[str, Any], says: str) -> None:
    """Its checksum is right; only playing it again tells."""
    lost = run_level(FIRST).result
    with pytest.raises(NotVerified, match=says):
        verify(decode(encode(lost | change, FIRST)))


def test_another_level_of_the_same_name_is_refused(result: dict[str, Any]) -> None:
    with pytest.raises(NotVerified, match="its hash is"):
        verify(decode(encode(result, replace(FIRST, hash="0" * 16))))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"seed": "FULL"}, "code: seed: 'FULL' is not a seed"),
        ({"moves": [{"at_us": 5, "text": "rout eu n1"}]}, "code: move: 'rout' is not a verb"),
        ({"offer": "paxos"}, "strategy: 'paxos' is not offered by first-cut"),
        ({"offer": "a\x1b[31m"}, "its checksum is right, and its content is none"),
        ({"moves": [{"at_us": 99_000_000, "text": "route eu n1"}]}, "within the shift"),
    ],
)
def test_what_cannot_be_played_is_bad_input(blink: dict[str, Any], change: dict[str, Any], says: str) -> None:
    with pytest.raises(BadInput, match=says):
        verify(decode(encode(blink | change, FIRST)))


def test_a_path_is_no_level(blink: dict[str, Any]) -> None:
    """A code does not choose which files are opened."""
    assert "level: '../first-cut.yaml' is not the id" in bad(encode(blink, replace(FIRST, id="../first-cut.yaml")))


def test_a_bomb_is_not_opened() -> None:
    """A few letters that swell to a gigabyte."""
    packer = zlib.compressobj(9, zlib.DEFLATED, codes._RAW)
    bomb = b"".join(packer.compress(bytes(1_000_000)) for _ in range(50)) + packer.flush()
    assert "its content is none" in bad(spelled(b"\1" + bomb))


# ── anything


@given(st.text() | st.text(ALPHABET).map(PREFIX.__add__) | st.binary().map(spelled))
def test_any_text_is_refused_in_words(text: str) -> None:
    with pytest.raises((BadInput, Undecided)):
        decode(text)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_content_is_refused_or_verified(blink: dict[str, Any], data: st.DataObject) -> None:
    """Bytes of a true run knocked out, doubled and changed, behind a right checksum; its level too."""
    level = replace(FIRST, shipped=data.draw(st.booleans()))
    body = bytearray(write_body(blink, level))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(body) - 1))
        body[at : at + data.draw(st.integers(0, 2))] = data.draw(st.binary(max_size=2))
    said = ""
    try:
        verify(decode(spelled(b"\0" + bytes(body))))
    except (BadInput, Undecided, NotVerified) as error:
        said = str(error)
    assert "\x1b" not in said


# ── beside files


def test_a_file_and_a_code_are_read_alike(result: dict[str, Any], code: str) -> None:
    """Whichever it is; the file claims more."""
    file, line = read(write(result, FIRST), "mine"), read(f"`{code}`\n", "mine")
    assert (file.whole, line.whole) == (True, False)
    assert (file.moves, file.seed, file.knobs) == (line.moves, line.seed, line.knobs)
    assert line.claims == {key: value for key, value in claims_of(result).items() if key in KEPT}


def test_a_level_that_speaks_of_codes_is_still_a_file(blink: dict[str, Any], code: str) -> None:
    own = replace(FIRST, shipped=False, source=f"# {code}\n{FIRST.source}")
    assert read(write(blink, own), "mine").whole
