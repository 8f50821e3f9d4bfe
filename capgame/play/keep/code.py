"""Replays as codes: one line that survives a chat, to paste instead of a file.

    cap1:04XG04K6D5S76X1DCDTQ9FP0GQ94CBR16G474RB6EG44PJAQ94003068T03HCWKFENT6A835EMG6WC800FEGCSBEJEJHZEF14CB51C2P

    rules · length · how it is packed · what was played and what came of it (`code_body.py`) · checksum

Rules:
1. Crockford's base32, as in seeds: what looks alike is alike, case does not matter, and there is nothing in it that a
   chat takes for italics, an e-mail for the end of a line, or a double click for the end of a word.
2. A code knows its own length. So what stands before and behind it does no harm, nor does anything inside it that is
   no letter of it: white space, quotes, backticks, a mail's `>`.
3. The checksum is against typos and lost ends. Against liars there is only `verify.py`, which plays it again.
4. Codes are read for good, but written anew each time: two packers may spell one run in two ways.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Mapping
from typing import Any, NoReturn

from capgame.errors import BadInput, Problem, Undecided
from capgame.levels.level import Level
from capgame.levels.yaml_tree import BYTES_MAX as LEVEL_BYTES_MAX
from capgame.play.keep.code_body import Reader, Unfit, number, read_body, write_body
from capgame.play.keep.replay import ELSEWHERE, MAGIC, Replay, parse
from capgame.play.result import RULES
from capgame.values.seed import ALIKE, ALPHABET

FORMAT = "1"
PREFIX = f"cap{FORMAT}:"
BYTES_MAX = 60_000  # a run of a shipped level needs some 70, a level of one's own 1,500
TEXT_MAX = 300_000  # characters that are looked at

_BEGINS = re.compile(r"(?<![0-9a-z])cap([0-9]{1,9}):", re.IGNORECASE)
_STRANGE = re.compile(f"[^{ALPHABET}]")
_BASE32HEX = "0123456789ABCDEFGHIJKLMNOPQRSTUV"
_TO_OURS, _TO_HEX = str.maketrans(_BASE32HEX, ALPHABET), str.maketrans(ALPHABET, _BASE32HEX)

_PLAIN, _DEFLATED = b"\0", b"\1"
_RAW = -15  # deflate without zlib's own header and checksum
_SUM_BYTES = 4


def encode(result: Mapping[str, Any], level: Level) -> str:
    """The code of a run. Raises BadInput where the level that has to travel along is too large."""
    content = _packed(write_body(result, level))
    if len(content) > BYTES_MAX:
        advice = "share the replay as a file: capgame run LEVEL --save F"
        raise BadInput(Problem("code", level.id, "a level small enough to travel in it", advice))
    framed = number(result["rules"]) + number(len(content)) + content
    return PREFIX + _spell(framed + _sum(framed))


def is_code(text: str) -> bool:
    """Whether there is a code somewhere in a text, whole or not."""
    return _BEGINS.search(text) is not None


def decode(text: str, name: str = "code") -> Replay:
    """The replay that the first code in a text spells; `name` is how messages call it.

    Raises BadInput for what is no code, and Undecided where another version of capgame wrote it.
    """
    rules, content = _unframed(_letters(text, name), name)
    if rules != RULES:
        raise Undecided(f"{name}: played by rules {rules}, the rules here are {RULES}; {ELSEWHERE}")
    try:
        return read_body(_unpacked(content), name)
    except Unfit:
        advice = "a code is made by capgame only"
        raise BadInput(Problem(name, "", "of a run: its checksum is right, and its content is none", advice)) from None


def read(text: str, name: str) -> Replay:
    """The replay in a text, whichever form it has. Raises as `decode` and `parse` do."""
    return decode(text, name) if is_code(text) and not text.startswith(MAGIC) else parse(text, name)


# ── letters


def _spell(data: bytes) -> str:
    return base64.b32hexencode(data).decode("ascii").rstrip("=").translate(_TO_OURS)


def _bytes(letters: str) -> bytes:
    """All whole bytes that the letters spell."""
    padded = letters + "0" * (-len(letters) % 8)
    return base64.b32hexdecode(padded.translate(_TO_HEX))[: len(letters) * 5 // 8]


def _letters(text: str, name: str) -> str:
    """Everything behind the prefix that may be a letter of the code."""
    begins = _BEGINS.search(text)
    if begins is None:
        advice = f"it begins with {PREFIX}; y at the end of a shift makes one"
        raise BadInput(Problem(name, text.strip(), "the code of a run", advice))
    if begins[1] != FORMAT:
        raise Undecided(f"{name}: written in form {begins[1]}, read here is form {FORMAT}; {ELSEWHERE}")
    found = text[begins.end() : begins.end() + TEXT_MAX].upper().translate(ALIKE)
    return _STRANGE.sub("", found)


# ── frame


def _unframed(letters: str, name: str) -> tuple[int, bytes]:
    """The version of the rules, and the content; what stands behind them is not the code's."""
    frame = Reader(_bytes(letters))
    try:
        rules, content = frame.number(), frame.take(frame.number(BYTES_MAX))
        framed = frame.data[: frame.at]
        checksum = frame.take(_SUM_BYTES)
    except Unfit:
        _refuse_typo(name)
    # The last letter has bits to spare: a typo there would change none of the bytes.
    if checksum != _sum(framed) or not letters.startswith(_spell(framed + checksum)):
        _refuse_typo(name)
    return rules, content


def _sum(data: bytes) -> bytes:
    """CRC-32: it misses no single wrong letter, and no two neighbours that changed places."""
    return zlib.crc32(data).to_bytes(_SUM_BYTES, "big")


def _refuse_typo(name: str) -> NoReturn:
    advice = "is a letter wrong, or the end missing? Copy it once more"
    raise BadInput(Problem(name, "", "whole: its checksum does not fit", advice))


def _packed(body: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, _RAW)
    packed = packer.compress(body) + packer.flush()
    return _DEFLATED + packed if len(packed) < len(body) else _PLAIN + body


def _unpacked(content: bytes) -> bytes:
    how, packed = content[:1], content[1:]
    if how == _PLAIN:
        return packed
    opener = zlib.decompressobj(_RAW)
    try:
        body = opener.decompress(packed, LEVEL_BYTES_MAX + BYTES_MAX)  # a few letters may swell to gigabytes
    except zlib.error:
        raise Unfit from None
    if how != _DEFLATED or not opener.eof or opener.unused_data:
        raise Unfit
    return body
