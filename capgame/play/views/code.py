"""What a screen shows of a code: the line to share, or what came of a code that somebody pasted.

The judge of a pasted code is `capgame replay`, in a process of its own: what comes back is its exit code, the result
document, and what it said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from capgame.errors import BadInput
from capgame.levels.level import Level
from capgame.play.command import spoken
from capgame.play.keep.code import encode
from capgame.play.keep.replay import Replay

Result = Mapping[str, Any]

STARS_MOST = 3
MOVES_SHOWN = 6


class Standing(Enum):
    """How it stands with a code; the value is what a screen says."""

    SHARED = "YOURS"
    PLAYING = "PLAYING IT AGAIN"
    VERIFIED = "VERIFIED"
    REFUSED = "NOT VERIFIED"
    NONE = "NOT A RUN"
    UNDECIDED = "NOT JUDGED"


STANDINGS = {0: Standing.VERIFIED, 1: Standing.REFUSED, 2: Standing.NONE, 3: Standing.UNDECIDED}  # by exit code


@dataclass(frozen=True, slots=True)
class CodeView:
    """A page about one code."""

    title: str
    standing: Standing
    sentences: tuple[str, ...]
    facts: tuple[tuple[str, str], ...] = ()  # ("came to", "won, ★★★ 861 of 1000")
    line: str = ""  # to be marked and copied

    @property
    def settled(self) -> bool:
        """Whether nothing more is to come."""
        return self.standing is not Standing.PLAYING


def shared_line(result: Result, level: Level) -> str:
    """What is pasted into a chat: the code, stars, score, seed. All of it may be pasted back. Raises BadInput."""
    return f"{encode(result, level)} {stars(result['stars'])} {result['score']} seed {result['seed'].strip()}"


def shared(result: Result, level: Level, sent: str) -> CodeView:
    """The page of one's own run; `sent` says what became of the clipboard."""
    try:
        line, sentences = shared_line(result, level), (sent,)
    except BadInput as bad:
        line, sentences = "", (str(bad),)
    return CodeView("Share this run", Standing.SHARED, sentences, facts_of(result), line)


def claimed(replay: Replay) -> CodeView:
    """The page of a code that is being played again. What it claims is not yet so."""
    claims = replay.claims
    what = f"{replay.level} with {replay.offer}, seed {replay.seed}"
    says = f"{what}: {claims['outcome']}, {stars(int(claims['stars']))} {claims['score']} of 1000"
    return CodeView("A pasted code", Standing.PLAYING, (f"It claims {says}.",))


def verdict(exit_code: int, result: Result | None, said: str) -> CodeView:
    """The page of a code that was judged: `result` is what came of it, `said` is what was said beside it."""
    standing = STANDINGS.get(exit_code, Standing.UNDECIDED)
    lines = (line.strip() for line in said.splitlines())
    sentences = tuple(line for line in lines if line not in {"", "not verified"})  # the tag says that
    if standing is Standing.VERIFIED:
        sentences = ("Played again here, it came to all that it claims.", *sentences)
    return CodeView("A pasted code", standing, sentences, facts_of(result) if result else ())


def facts_of(result: Result) -> tuple[tuple[str, str], ...]:
    """What was played, and what it came to."""
    done = [spoken(move) for move in result["moves"] if move["result"] == "done"]
    more = [f"and {len(done) - MOVES_SHOWN} more"] if len(done) > MOVES_SHOWN else []
    return (
        ("level", f"{result['level']['title']} ({result['level']['id']})"),
        ("came to", f"{result['outcome']}, {stars(result['stars'])} {result['score']} of 1000"),
        ("halves", f"uptime {result['uptime']['points']}, truth {result['truth']['points']}"),
        ("with", f"{result['offer']}, seed {result['seed']}"),
        ("moves", " · ".join([*done[:MOVES_SHOWN], *more]) or "none"),
    )


def stars(won: int) -> str:
    """`★★☆`."""
    return "★" * won + "☆" * (STARS_MOST - won)
