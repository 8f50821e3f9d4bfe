"""What a judge may say: a verdict, and for each impossible answer an anomaly with one plain sentence.

Rules:
1. A verdict is valid, invalid or unknown; unknown is an honest answer and never counts as valid.
2. An anomaly charges one answer (or one lost write, or one key at the end), and each at most once.
3. Prices are the level's business: an anomaly does not know what it costs.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum


class Verdict(Enum):
    """Three outcomes, three names."""

    VALID = "valid"
    INVALID = "invalid"
    UNKNOWN = "unknown"


class Kind(StrEnum):
    """The kinds of wrong answers that a register knows, as levels and results spell them."""

    PHANTOM_READ = "phantom-read"  # a value that nobody had written, or whose write had failed
    STALE_READ = "stale-read"  # a newer write had been acknowledged before the read was asked
    NEW_OLD_INVERSION = "new-old-inversion"  # no acknowledged write proves it stale, but another read does
    LOST_WRITE = "lost-write"  # acknowledged, and gone at the end
    DIVERGED_WRITE = "diverged-write"  # the same, acknowledged after another node was promoted; or replicas disagree


@dataclass(frozen=True, slots=True)
class Anomaly:
    """One wrong answer, when it became impossible, and the sentence that a losing player reads."""

    kind: Kind
    at: int  # microseconds: when it was charged
    key: str
    operations: tuple[int, ...]  # identities: the charged one first, then those that prove it
    nodes: tuple[str, ...]  # who answered them, in that order, each once
    sentence: str


@dataclass(frozen=True, slots=True)
class Result:
    """A judgement of a whole history."""

    verdict: Verdict
    anomalies: tuple[Anomaly, ...] = ()
    why: str = ""  # why it is unknown


def result(anomalies: list[Anomaly]) -> Result:
    """Invalid with these anomalies, valid without any."""
    return Result(Verdict.INVALID if anomalies else Verdict.VALID, tuple(anomalies))
