"""A fault as a script states it: when, what, and how it is announced.

The words and their arguments are declared in `words.py`; what a cut's text means is in `cuts.py`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Flap:
    """A cut that comes and goes: `down` out of every `every`, beginning down. Microseconds."""

    down_us: int
    every_us: int


@dataclass(frozen=True, slots=True)
class Fault:
    """One line of a script.

    `word` is a key of `words.FAULTS`; `target` is its subject as written (a cut's text, a node, a link such as
    `n1 <-> n3`); `options` are its arguments, parsed: `{"disk": "lose"}`, `{"loss": 300_000}` (ppm),
    `{"delay": 2_000_000}` (microseconds), `{"factor": 20}`. It holds in [at, at + for); without `for_us`, until settle.
    """

    at: int
    word: str
    target: str
    for_us: int | None = None
    options: tuple[tuple[str, int | str], ...] = ()
    flap: Flap | None = None
    warn_us: int | None = None
    say: str = ""

    def option(self, name: str, default: int | str) -> int | str:
        """The argument of that name, or the default."""
        return dict(self.options).get(name, default)
