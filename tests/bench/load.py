"""The load that every engine carries: five nodes, each making majority writes, one after the other.

A write is a Put to the four others, an Ack from each, and two steps of its coordinator: it goes on at the second Ack
(itself makes three), and once more after a pause. That is ten logical events, however an engine cuts them up. A timeout
stands by for every write, as in any real protocol.

Every engine draws the same delays from the same streams and records the same line for each message sent, hashed once a
virtual second. `Counted` counts the lines, so that no engine wins by doing less.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from capgame.sim.streams import Draw, Streams
from capgame.sim.trace import Trace

SEED = "BENCH"
NAMES = ("n1", "n2", "n3", "n4", "n5")
OTHERS_NEEDED = 2  # besides the writer itself: three of five
WITHIN_US = 50_000
PAUSE_US = 1_000
ONE_WAY_US = 1_000
JITTER_PPM = 100_000
LOW_US = ONE_WAY_US - ONE_WAY_US * JITTER_PPM // 1_000_000
SPAN_US = 2 * (ONE_WAY_US - LOW_US) + 1
WRITE_US = 4_000  # more than any write takes, its pause included
SECOND_US = 1_000_000


class Put(NamedTuple):
    """Store a value, if its version is newer."""

    key: str
    version: int
    value: int


class Ack(NamedTuple):
    """It is stored, or something newer is."""

    version: int


def put_of(turn: int) -> Put:
    """What a coordinator writes in its turn."""
    return Put(f"k{turn % 8}", turn, turn)


class Counted(Trace):
    """A trace that counts the messages it was told of."""

    def __init__(self) -> None:
        super().__init__()
        self.messages = 0

    def second(self, events: int) -> None:
        self.messages += len(self.lines)
        super().second(events)


@dataclass(frozen=True, slots=True)
class Done:
    """What an engine did: its trace, ended, and how many writes have finished."""

    trace: Counted
    writes: int

    @property
    def events(self) -> int:
        """Logical events: every message arrived, and every write woke its coordinator twice."""
        return self.trace.messages + 2 * self.writes


Engine = Callable[[int], Done]  # takes how many writes each node makes


def draws() -> dict[tuple[str, str], Draw]:
    """The delays of each link, as the simulator's network draws them."""
    streams = Streams(SEED)
    return {(a, b): streams.draw(f"net/{a}-{b}") for a in NAMES for b in NAMES if a != b}


def end_of(writes: int) -> int:
    """A virtual instant by which everything is over."""
    return writes * WRITE_US + SECOND_US
