"""What is in a code, as bytes: a run, and what is claimed of it.

    level · hash · offer · seed · knobs · moves · where it was stopped · ending, stars, score · digest · level's text

Rules:
1. A number takes seven bits a byte, the lowest first; all of its bytes but the last have the eighth bit.
2. A text is twice its length and its bytes, or, where it was written before, twice its place and one: moves repeat.
3. A code claims less than a file: the ending, stars and score, and the digest of the whole run, which all else
   follows from. The text of the level is there only where it is not a shipped one.
4. Who made these bytes may have meant anything: whatever does not fit is `Unfit`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from capgame.errors import BadInput
from capgame.levels.level import Level
from capgame.moves.parse import parse_timed
from capgame.play.keep.replay import MOVES_MAX, Replay, check_value, knobs_of, stopped_us
from capgame.values.units import show_duration

OUTCOMES = ("won", "lost", "pending")
STARS = 4  # none to three
HASH_BYTES = 8
NUMBER_BYTES_MAX = 9
NUMBER_MAX = 1 << 62


class Unfit(Exception):
    """These bytes are no run."""


# ── writing


def write_body(result: Mapping[str, Any], level: Level) -> bytes:
    """The bytes of a run: its result is what is claimed."""
    texts = _Texts()
    knobs, moves, stop = knobs_of(result, level), result["moves"], stopped_us(result)
    what = texts.write(level.id) + bytes.fromhex(level.hash) + texts.write(result["offer"])
    how = texts.write(result["seed"].strip()) + number(len(knobs))
    how += b"".join(texts.write(name) + texts.write(value) for name, value in knobs.items())
    how += number(len(moves)) + _moves(moves, texts) + number(0 if stop is None else stop + 1)
    ending = OUTCOMES.index(result["outcome"]) * STARS + result["stars"]
    came = bytes([ending]) + number(result["score"]) + bytes.fromhex(result["digest"])
    return what + how + came + (b"" if level.shipped else level.source.encode())


def _moves(moves: list[Mapping[str, Any]], texts: _Texts) -> bytes:
    """Each with the time that has passed since the one before."""
    before = [0, *(move["at_us"] for move in moves)]
    timed = zip(moves, before, strict=False)
    return b"".join(number(move["at_us"] - earlier) + texts.write(move["text"]) for move, earlier in timed)


def number(value: int) -> bytes:
    """A number, as rule 1 has it."""
    assert 0 <= value <= NUMBER_MAX, value
    groups = []
    while value > 0x7F:
        groups.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*groups, value])


class _Texts:
    """All texts so far, with their places."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    def write(self, text: str) -> bytes:
        """A text, as rule 2 has it."""
        if text in self._places:
            return number(self._places[text] * 2 + 1)
        self._places[text] = len(self._places)
        data = text.encode()
        return number(len(data) * 2) + data


# ── reading


@dataclass(slots=True)
class Reader:
    """Takes one thing after the other off some bytes."""

    data: bytes
    at: int = 0
    texts: list[str] = field(default_factory=list)

    def take(self, count: int) -> bytes:
        """The next bytes."""
        if count > len(self.data) - self.at:
            raise Unfit
        self.at += count
        return self.data[self.at - count : self.at]

    def number(self, most: int = NUMBER_MAX) -> int:
        """A number that is not larger than `most`."""
        value = 0
        for place in range(NUMBER_BYTES_MAX):
            byte = self.take(1)[0]
            value |= (byte & 0x7F) << 7 * place
            if byte <= 0x7F and value <= most:
                return value
        raise Unfit

    def text(self) -> str:
        """A new text, or one that was read before."""
        amount, known = divmod(self.number(), 2)
        if known:
            if amount >= len(self.texts):
                raise Unfit
            return self.texts[amount]
        text = _decoded(self.take(amount))
        if not text.isprintable():
            raise Unfit
        self.texts.append(text)
        return text


def read_body(data: bytes, name: str) -> Replay:
    """The replay in these bytes; `name` is how messages call it. Raises Unfit, and BadInput for a value in it."""
    try:
        return _replay(Reader(data), name)
    except BadInput as bad:
        raise BadInput(*(replace(problem, where=name) for problem in bad.problems)) from None


def _replay(body: Reader, name: str) -> Replay:
    level, level_hash, offer, seed = body.text(), body.take(HASH_BYTES).hex(), body.text(), body.text()
    check_value("level", level)
    check_value("seed", seed)
    knobs = {body.text(): body.text() for _ in range(body.number(MOVES_MAX))}
    moves, stop = _read_moves(body), body.number()
    claims = _read_claims(body)
    return Replay(
        name=name,
        level=level,
        level_hash=level_hash,
        offer=offer,
        seed=seed,
        knobs=knobs,
        moves=moves,
        until_us=stop - 1 if stop else None,
        claims=claims,
        digests=(),
        source=_decoded(body.data[body.at :]) or None,
        whole=False,
    )


def _read_moves(body: Reader) -> tuple[str, ...]:
    at, moves = 0, []
    for _ in range(body.number(MOVES_MAX)):
        at += body.number()
        moves.append(parse_timed(f"{show_duration(at)} {body.text()}").line)
    return tuple(moves)


def _read_claims(body: Reader) -> dict[str, str]:
    outcome, stars = divmod(body.number(len(OUTCOMES) * STARS - 1), STARS)
    claims = {"outcome": OUTCOMES[outcome], "stars": str(stars), "score": str(body.number())}
    return claims | {"digest": body.take(HASH_BYTES).hex()}


def _decoded(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        raise Unfit from None
