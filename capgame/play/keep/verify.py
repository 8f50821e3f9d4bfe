"""Verifying a replay: play it again, and compare everything it claims with what comes of it. Nothing is believed.

A digest covers the run from its start, so the first second that differs is where the two runs part; what is claimed
in numbers is compared beside it. A replay that differs in anything is not verified, and every difference is named.
A code has no seconds and claims less; its digest is of the whole run all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from capgame.errors import NotVerified, plain, shorten
from capgame.levels.catalogue import find
from capgame.levels.level import Level
from capgame.levels.load import load_text
from capgame.play.headless import run_level
from capgame.play.keep.replay import Replay, claims_of

SHOWN_MAX = 8
DIGESTS = ("history_digest", "digest")


@dataclass(frozen=True, slots=True)
class Verification:
    """A replay that came out as it claims."""

    level: Level  # `shipped` is false where the replay brought a level of its own, whatever that calls itself
    result: dict[str, Any]


def verify(replay: Replay) -> Verification:
    """Play it again. Raises NotVerified with what differs, and BadInput for what cannot be played at all."""
    level = level_of(replay)
    if level.hash != replay.level_hash:
        why = f"level {level.id} is not the one that was played: its hash is {level.hash}"
        raise NotVerified(plain(f"{replay.name}: {why}, and the replay is of {replay.level_hash}"))
    run = run_level(
        level,
        strategy=replay.offer,
        knobs=replay.knobs,
        seed=replay.seed,
        moves=replay.moves,
        until_us=replay.until_us,
    )
    differences = list(_differences(replay, run.result))
    if differences:
        more = len(differences) - SHOWN_MAX
        rest = [f"and {more} more"] if more > 0 else []
        said = "\n  ".join([f"{replay.name}: not verified", *differences[:SHOWN_MAX], *rest])
        raise NotVerified(plain(said))
    return Verification(level, run.result)


def level_of(replay: Replay) -> Level:
    """The level that was played: the one that travels along, else the shipped one. Raises BadInput or NotVerified."""
    if replay.source is None:
        return find(replay.level)
    level = load_text(replay.source, f"{replay.name} (its level)")
    if level.id != replay.level:
        raise NotVerified(plain(f"{replay.name}: it claims level {replay.level}, and brings level {level.id}"))
    return level


def _differences(replay: Replay, result: Mapping[str, Any]) -> Iterator[str]:
    """What a person reads of everything that differs, where the runs part first."""
    parted = _parted(replay.digests, result["digests"]) if replay.whole else None
    if parted is not None:
        yield parted
    yield from _moves_apart(replay.moves, result["moves"])
    claims = claims_of(result)
    for key in dict.fromkeys((*replay.claims, *(claims if replay.whole else ()))):
        claimed, is_ = replay.claims.get(key, "nothing"), claims.get(key, "nothing")
        if claimed != is_ and not (parted and key in DIGESTS):  # where seconds differ, their sums say nothing new
            yield f"{key}: the replay claims {shorten(claimed)}, the run has {is_}"


def _moves_apart(claimed: tuple[str, ...], made: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The first move that was not made: one behind the stop of a run leaves no other mark."""
    for move in claimed[len(made) :][:1]:
        yield f"move: the replay claims {shorten(move)}, the run has nothing"


def _parted(claimed: tuple[str, ...], digests: list[str]) -> str | None:
    """The first second whose digests differ."""
    for second, (one, other) in enumerate(zip(claimed, digests, strict=False), 1):
        if one != other:
            return f"second {second} is the first that differs: the replay claims {one}, the run has {other}"
    if len(claimed) != len(digests):
        return f"seconds: the replay claims {len(claimed)}, the run has {len(digests)}"
    return None
