"""What clients send, what nodes answer, and how a message reads in the trace.

A request has an identity: attempts of one operation share it, so that a server can tell a retry from a new operation.
"""

from __future__ import annotations

from typing import Any, NamedTuple


class Read(NamedTuple):
    """The value of a key."""

    key: str
    identity: int


class Write(NamedTuple):
    """A new value for a key."""

    key: str
    value: int
    identity: int


class Ok(NamedTuple):
    """It happened: the value written or read (0: nothing was ever written), and the node that can vouch for it."""

    value: int
    node: str


class Refused(NamedTuple):
    """It did not happen, and never will; why, in words for the player."""

    why: str


class Unsure(NamedTuple):
    """It may have happened or may still happen; why that is not known."""

    why: str


CLIENT = "c:"  # the endpoint of a region's customers is its name behind this

Request = Read | Write
Reply = Ok | Refused | Unsure

_FORMATS: dict[type, str] = {}


def describe(body: tuple[Any, ...]) -> str:
    """A message as the trace has it: its name and its fields. Messages are NamedTuples, because `%` takes them whole:
    a third of the price of `repr`."""
    kind = type(body)
    wording = _FORMATS.get(kind)
    if wording is None:
        wording = _FORMATS[kind] = " ".join([kind.__name__, *("%s" for _ in body)])
    return wording % body
