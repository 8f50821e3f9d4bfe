"""The cut language: which links a fault is about, and the only place that reads it.

    us | eu ap                 sides; nothing crosses between any two      n4 -/- [n1 n3]        the same, of two
    n1 | *                     n1 from all other nodes                     n1 -/> n2             one way only
    [n1 n2] ~n3~ [n4 n5]       a bridge: n3 still hears both sides         * -/> n1              nothing gets in
    ring(n1 n2 n3 n4 n5)       each sees its two neighbours only           halves, majority      drawn when it begins
    n1 <-> n2, us -> eu        single links, for faults that spoil links and do not cut them

Theory: a cut is a small tree, and everything else is a function of it. `halves`, `majority`, `leader` and `primary`
are questions; `resolve.choose` answers them once, when the fault begins, and leaves a tree without questions.
Brackets only group, and `-/-` is `|` of two sides, so neither is in the tree.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NoReturn

from capgame.nemesis.tokens import Reader, Token
from capgame.nemesis.topology import TARGETS

ALL = "*"


@dataclass(frozen=True, slots=True)
class Name:
    """A node, a region, `c:group`, `ops`, `leader`, `primary` or `*`, and where in the text it stands (from 1)."""

    text: str
    column: int = field(default=0, compare=False)


Side = tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Sides:
    """Nothing crosses between any two of the sides. As a link fault: both directions."""

    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class OneWay:
    """Nothing gets from the source to the target; the way back is free."""

    source: Side
    target: Side


@dataclass(frozen=True, slots=True)
class Bridge:
    """Nothing crosses between left and right; the middle hears both."""

    left: Side
    middle: Side
    right: Side


@dataclass(frozen=True, slots=True)
class Ring:
    """Each node sees its two neighbours, and nobody else of the ring."""

    nodes: Side


@dataclass(frozen=True, slots=True)
class Halves:
    """A drawn half of the nodes, rounded down, from the rest."""


@dataclass(frozen=True, slots=True)
class Majority:
    """A drawn minority, (n-1)/2 rounded down, from the rest."""


Cut = Sides | OneWay | Bridge | Ring | Halves | Majority

RING_LEAST = 4  # of three nodes each has the other two as neighbours, so a ring of three cuts nothing


def parse_cut(text: str, thing: str = "cut") -> Cut:
    """Read a cut; a text that is none is refused with the column at fault."""
    reader = Reader(text, thing, "a cut")
    cut = _special(reader) or _plain(reader)
    reader.end()
    return cut


def parse_link(text: str, thing: str = "link") -> Sides | OneWay:
    """Read `A <-> B` or `A -> B`, of a fault that spoils links."""
    reader = Reader(text, thing, "a link")
    source = _side(reader)
    arrow = reader.take("<->", "->", "-/-", "-/>", "|")
    if arrow is None or arrow.text not in ("<->", "->"):
        column = (arrow or reader.peek()).column
        reader.refuse(column, "a link has <-> or -> here", "write n1 <-> n2, or n1 -> n2 for one direction")
    target = _side(reader)
    reader.end()
    return Sides((source, target)) if arrow.text == "<->" else OneWay(source, target)


def parse_machines(text: str, thing: str) -> Side:
    """Read the names of machines, of a fault that befalls machines: `n1`, `[n1 n2]`, `us`, `leader`."""
    reader = Reader(text, thing, "a node, or several")
    side = _side(reader)
    reader.end()
    return side


def show_cut(cut: Cut) -> str:
    """A cut as a person would write it."""
    match cut:
        case Sides(sides):
            return " | ".join(_show(side) for side in sides)
        case OneWay(source, target):
            return f"{_show(source)} -/> {_show(target)}"
        case Bridge(left, middle, right):
            return f"{_show(left)} ~{_show(middle)}~ {_show(right)}"
        case Ring(nodes):
            return f"ring({_show(nodes)})"
        case Halves():
            return "halves"
        case Majority():
            return "majority"


def tell_cut(text: str) -> str:
    """A cut as the player reads it: who hears whom, where marks would have to be learned first."""
    match parse_cut(text):
        case OneWay(source, target) if source == (Name(ALL),):
            return f"{_show(target)} {_hear(target)} no other machine"
        case OneWay(source, target) if target == (Name(ALL),):
            return f"no other machine hears {_show(source)}"
        case OneWay(source, target):
            return f"{_show(target)} {_hear(target)} nothing of {_show(source)}"
        case Bridge(left, middle, right):
            return f"only {_show(middle)} {_hear(middle)} both {_show(left)} and {_show(right)}"
        case _:
            return text


def show_link(link: Sides | OneWay) -> str:
    """A link as a person would write it."""
    if isinstance(link, OneWay):
        return f"{_show(link.source)} -> {_show(link.target)}"
    return " <-> ".join(_show(side) for side in link.sides)


def sides_of(cut: Cut) -> tuple[Side, ...]:
    """The sides that a cut names, in the order of its text; a bridge's middle is one, a ring's nodes are one each."""
    match cut:
        case Sides(sides):
            return sides
        case OneWay(source, target):
            return (source, target)
        case Bridge(left, middle, right):
            return (left, middle, right)
        case Ring(nodes):
            return tuple((node,) for node in nodes)
        case Halves() | Majority():
            return ()


def asks(cut: Cut) -> bool:
    """Does the cut leave something to be chosen when it begins?"""
    if isinstance(cut, Halves | Majority):
        return True
    return any(name.text in TARGETS for side in sides_of(cut) for name in side)


def _special(reader: Reader) -> Cut | None:
    if reader.take("halves"):
        return Halves()
    if reader.take("majority"):
        return Majority()
    return _ring(reader) if reader.take("ring") else None


def _ring(reader: Reader) -> Ring:
    opening = reader.take("(", "[")
    if opening is None:
        reader.refuse(reader.peek().column, "a ring has ( here", "write ring(n1 n2 n3 n4 n5)")
    nodes = _names(reader)
    if not reader.take(")" if opening.text == "(" else "]"):
        reader.refuse(opening.column, f"this {opening.text} is never closed", "write ring(n1 n2 n3 n4 n5)")
    if len(nodes) < RING_LEAST:
        reader.refuse(opening.column, f"a ring of {len(nodes)} cuts nothing", f"name {RING_LEAST} nodes or more")
    return Ring(tuple(nodes))


def _plain(reader: Reader) -> Cut:
    first = _side(reader)
    mark = reader.take("|", "-/-", "-/>", "~")
    if mark is None:
        _no_mark(reader)
    if mark.text == "~":
        return _bridge(reader, first, mark)
    sides = [first, _side(reader)]
    if mark.text == "-/>":
        return OneWay(*sides)
    while mark.text == "|" and reader.take("|"):
        sides.append(_side(reader))
    return Sides(tuple(sides))


def _no_mark(reader: Reader) -> NoReturn:
    token = reader.peek()
    if token.text in ("->", "<->"):
        meant = "-/>" if token.text == "->" else "-/-"
        reader.refuse(token.column, f"{token.text} is for faults of links", f"a cut is written with {meant}")
    reader.refuse(token.column, "a cut has a second side", "write for example n3 | n1 n2, or n1 | *")


def _bridge(reader: Reader, left: Side, mark: Token) -> Bridge:
    middle = _side(reader)
    if not reader.take("~"):
        reader.refuse(mark.column, "this ~ has no second one", "write [n1 n2] ~n3~ [n4 n5]")
    return Bridge(left, middle, _side(reader))


def _side(reader: Reader) -> Side:
    """One side: names, some of them perhaps in brackets."""
    names: list[Name] = []
    start = reader.peek()
    while True:
        names += _names(reader)
        bracket = reader.take("[")
        if bracket is None:
            break
        names += _bracketed(reader, bracket)
    if reader.peek().text in ("]", ")"):
        reader.refuse(reader.peek().column, f"this {reader.peek().text} was never opened", "write [n1 n2]")
    if not names:
        reader.refuse(start.column, "a side is empty", "name its nodes or regions, as in n3 | n1 n2")
    return tuple(names)


def _bracketed(reader: Reader, bracket: Token) -> list[Name]:
    names = _names(reader)
    if not reader.take("]"):
        reader.refuse(bracket.column, "this [ is never closed", "write [n1 n2]")
    if not names:
        reader.refuse(bracket.column, "these brackets are empty", "write [n1 n2]")
    return names


def _names(reader: Reader) -> list[Name]:
    names = []
    while token := reader.name():
        names.append(Name(token.text, token.column))
    return names


def _show(side: Side) -> str:
    return " ".join(name.text for name in side)


def _hear(side: Side) -> str:
    return "hears" if len(side) == 1 else "hear"
