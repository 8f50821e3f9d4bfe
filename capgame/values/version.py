"""A version: a number, and the node that chose it where two chose the same number.

Lamport 1978: a total order of events that nobody orders by a clock.
"""

from __future__ import annotations

from typing import NamedTuple


class Version(NamedTuple):
    """Ordered by number, then by name."""

    number: int
    node: str

    def next(self, node: str) -> Version:
        """A newer version, chosen by a node."""
        return Version(self.number + 1, node)


NEVER = Version(0, "")
