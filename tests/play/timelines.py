"""Random shifts for the ceilings: a few nodes, faults that begin and end, and people who ask."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from capgame.play.ceilings import Asked
from capgame.play.reach import Segment

MS = 1_000
S = 1_000_000


@dataclass
class Shift:
    """What `ceilings` takes."""

    voters: tuple[str, ...]
    segments: list[Segment] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)


def random_shift(
    seed: int, nodes: tuple[int, int] = (2, 5), segments: tuple[int, int] = (1, 6), asks: int = 60
) -> Shift:
    """Between them: cuts both ways and one way, crashes that keep their disk, wipes, clients cut off, long ways."""
    dice = Random(seed)
    voters = tuple(f"n{number + 1}" for number in range(dice.randint(*nodes)))
    groups = ("eu", "us")[: dice.randint(1, 2)]
    lengths = _lengths(dice, voters, groups)
    shift = Shift(voters)
    for number in range(dice.randint(*segments)):
        begins = number * 10 * S
        live = tuple(node for node in voters if dice.random() < 0.85)
        wiped = tuple(node for node in voters if number and dice.random() < 0.12)
        shift.segments.append(Segment(begins, begins + 10 * S, live, _links(dice, live, lengths), wiped))
    end = shift.segments[-1].ends
    for _ in range(asks):
        f, deadline = dice.choice(("read", "write")), dice.choice((100, 250, 400)) * MS
        shift.asked.append(Asked(dice.randrange(end), dice.choice(groups), f, deadline))
    return shift


def _lengths(dice: Random, nodes: tuple[str, ...], groups: tuple[str, ...]) -> dict[tuple[str, str], int]:
    """One way, each direction its own, so that a way back may be longer."""
    ends = [*nodes, *(f"c:{group}" for group in groups)]
    return {(a, b): dice.choice((1, 20, 45, 90, 140)) * MS for a in ends for b in nodes if a != b} | {
        (b, f"c:{group}"): dice.choice((1, 20, 45, 90)) * MS for group in groups for b in nodes
    }


def _links(dice: Random, live: tuple[str, ...], lengths: dict[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    """What is up: two sides drawn and cut from one another, and then single directions."""
    left = {end for pair in sorted(lengths) for end in pair if dice.random() < 0.5} if dice.random() < 0.7 else set()
    wall = {pair for pair in lengths if (pair[0] in left) != (pair[1] in left)} if dice.random() < 0.8 else set()
    one_way = {pair for pair in sorted(lengths) if dice.random() < 0.15}
    up = {pair: us for pair, us in lengths.items() if pair not in wall and pair not in one_way}
    return {pair: us for pair, us in up.items() if all(end in live or end.startswith("c:") for end in pair)}
