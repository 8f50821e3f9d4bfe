"""Pages: when the player is called, and with which words.

A fault pages 2 s after it begins; a warned one at its warning, and not again; faults of one instant page once; a level
may add pages of its own. Which pages there are is known from the level alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from capgame.levels.level import Level
from capgame.nemesis.words import FAULTS, sentence

NOTICE_US = 2_000_000


@dataclass(frozen=True, slots=True)
class PageCall:
    """The pager rings at an instant; `says` are the lines it reads."""

    at: int
    says: tuple[str, ...]


def pages(level: Level) -> tuple[PageCall, ...]:
    """All pages of a shift, in order."""
    calls: dict[int, list[str]] = {page.at: [page.say] for page in level.pages}
    for fault in level.faults:
        if fault.warn_us is not None:
            calls.setdefault(fault.at - fault.warn_us, []).append(FAULTS[fault.word].symptom)
        else:
            calls.setdefault(fault.at + NOTICE_US, []).append(sentence(fault))
    return tuple(PageCall(at, tuple(says)) for at, says in sorted(calls.items()) if at < level.duration_us)
