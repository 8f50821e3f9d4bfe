"""Quorums: any two of them share a node."""

from __future__ import annotations

from collections.abc import Sequence


def majority(n: int) -> int:
    """How many of `n` are more than half."""
    return n // 2 + 1


def held_by_majority(positions: Sequence[int]) -> int:
    """The highest position that a majority has reached, given how far each member got.

    Ongaro & Ousterhout 2014, section 5.3: the commit index, before the rule of the current term.
    """
    return sorted(positions, reverse=True)[majority(len(positions)) - 1]
