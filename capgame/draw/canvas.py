"""A canvas of cells: text, areas, boxes and braille dots go on, lines of runs come off.

Rules:
1. Nothing is ever drawn outside; every verb clips, so that no painter has to.
2. A cell is one column of the terminal. What would not be (controls, wide and combining characters) becomes `?`,
   whoever wrote it: levels, replays and node names reach the terminal through here only.
3. Words keep the ground they are put on, unless they bring one; what lies below a cell for the mouse (`meta`) stays.
4. Later wins, except between dots: there the higher priority keeps the colour of the cell.
5. Without colour a bright ground is a reversed cell (`Run.reverse`), and runs carry no colours at all.

A repaint at 15 frames a second has to be cheap: rows are plain lists, and every verb writes slices of them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from capgame.draw.ink import BRAILLE, Ink, to_ascii
from capgame.draw.palette import PLAIN, Palette
from capgame.errors import plain

Meta = tuple[str, str]  # what a click on a cell means: ("node", "n1"), ("verb", "route"), ("second", "24")

BOLD, UNDERLINE = 1, 2
_BITS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))  # of a braille cell: row, then column


class Rect(NamedTuple):
    """A rectangle of cells."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column to the right of it."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first row below it."""
        return self.y + self.height


class Span(NamedTuple):
    """Words in one style; a tuple and not a dataclass, because thousands are made a second."""

    text: str
    fg: str | None = None
    bold: bool = False
    bg: str | None = None
    meta: Meta | None = None


class Run(NamedTuple):
    """Neighbouring cells of one line in one style, ready for a terminal. Colours are None without colour."""

    text: str
    fg: str | None
    bg: str | None
    bold: bool = False
    underline: bool = False
    meta: Meta | None = None
    reverse: bool = False


class Canvas:
    """`width` x `height` cells. Under line and ascii ink `palette` is two tones, whatever was asked for."""

    def __init__(self, width: int, height: int, palette: Palette, ink: Ink = Ink.FULL, ground: str | None = None):
        self.width, self.height, self.ink = max(0, width), max(0, height), ink
        self._coloured = ink.coloured  # asked for every run
        self.palette = palette if self._coloured else PLAIN
        self.ground = ground if ground and ink.coloured else self.palette.background
        rows = range(self.height)
        self._chars = [[" "] * self.width for _ in rows]
        self._fg = [[self.palette.text] * self.width for _ in rows]
        self._bg = [[self.ground] * self.width for _ in rows]
        self._attr = [[0] * self.width for _ in rows]
        self._meta: list[list[Meta | None]] = [[None] * self.width for _ in rows]
        self._priority: dict[tuple[int, int], int] = {}

    # -- words

    def put(
        self, x: int, y: int, text: str, fg: str | None = None, bg: str | None = None,
        *, bold: bool = False, underline: bool = False, meta: Meta | None = None,
    ) -> int:  # fmt: skip
        """Write `text` from (x, y) on; gives the column after it, also when some or all of it was clipped."""
        if not (text.isascii() and text.isprintable()):
            text = one_cell_each(text)
        end = x + len(text)
        left, right = max(x, 0), min(end, self.width)
        if left >= right or not 0 <= y < self.height:
            return end
        count = right - left
        self._chars[y][left:right] = text if count == len(text) else text[left - x : right - x]
        self._fg[y][left:right] = [fg or self.palette.text] * count
        self._attr[y][left:right] = [bold * BOLD | underline * UNDERLINE] * count
        if bg is not None:
            self._bg[y][left:right] = [bg] * count
        if meta is not None:
            self._meta[y][left:right] = [meta] * count
        return end

    def spans(self, x: int, y: int, *parts: Span | str, bg: str | None = None) -> int:
        """Write one part after the other; `bg` is the ground of those that bring none."""
        for part in parts:
            if isinstance(part, str):
                part = Span(part)
            x = self.put(x, y, part.text, part.fg, part.bg or bg, bold=part.bold, meta=part.meta)
        return x

    def right(self, x: int, y: int, *parts: Span | str, bg: str | None = None) -> int:
        """Write the parts so that the last cell is column `x`; gives the column of the first."""
        start = x + 1 - measure(parts)
        self.spans(start, y, *parts, bg=bg)
        return start

    # -- areas

    def fill(self, x: int, y: int, width: int, height: int, bg: str, char: str | None = " ") -> None:
        """Ground a rectangle; `char=None` keeps the words that are there."""
        left, right = max(x, 0), min(x + width, self.width)
        count = right - left
        if count <= 0:
            return
        for row in range(max(y, 0), min(y + height, self.height)):
            self._bg[row][left:right] = [bg] * count
            if char is not None:
                self._chars[row][left:right] = [char] * count
                self._attr[row][left:right] = [0] * count

    def soft(self, x: int, y: int, width: int, height: int, colour: str) -> None:
        """An area with half-cell edges; without colour, an outline."""
        if width < 2 or height < 2:
            self.fill(x, y, width, height, colour)
        elif self.ink.coloured:
            self._soft_edged(x, y, width, height, colour)
        else:
            self.fill(x, y, width, height, self.palette.background)
            self.box(x, y, width, height, self.palette.text)

    def _soft_edged(self, x: int, y: int, width: int, height: int, colour: str) -> None:
        self.fill(x + 1, y + 1, width - 2, height - 2, colour)
        self.put(x, y, "▗" + "▄" * (width - 2) + "▖", colour)
        self.put(x, y + height - 1, "▝" + "▀" * (width - 2) + "▘", colour)
        for row in range(y + 1, y + height - 1):
            self.put(x, row, "▐", colour)
            self.put(x + width - 1, row, "▌", colour)

    def box(self, x: int, y: int, width: int, height: int, fg: str) -> None:
        """A rounded outline; its inside is left as it was."""
        if width < 2 or height < 2:
            return
        self.put(x, y, "╭" + "─" * (width - 2) + "╮", fg)
        self.put(x, y + height - 1, "╰" + "─" * (width - 2) + "╯", fg)
        for row in range(y + 1, y + height - 1):
            self.put(x, row, "│", fg)
            self.put(x + width - 1, row, "│", fg)

    def rule(self, x: int, y: int, width: int, title: str, note: str = "") -> None:
        """A section's head: TITLE ──────── note."""
        after = self.put(x, y, title, self.palette.text, bold=True) + 1
        self.put(after, y, "─" * (x + width - after), self.palette.faint)
        if note:
            self.right(x + width - 1, y, Span(f" {note}", self.palette.muted))

    def mark(self, rect: Rect, meta: Meta) -> None:
        """Say what a click anywhere in the rectangle means."""
        left, right = max(rect.x, 0), min(rect.right, self.width)
        if left < right:
            for row in range(max(rect.y, 0), min(rect.bottom, self.height)):
                self._meta[row][left:right] = [meta] * (right - left)

    # -- dots: two columns and four rows of them in a cell

    def dot(self, dot_x: int, dot_y: int, fg: str, priority: int = 0) -> None:
        """One braille dot, in dot coordinates."""
        self.dots(((dot_x >> 1, dot_y >> 2, _BITS[dot_y & 3][dot_x & 1]),), fg, priority)

    def line(
        self, start: tuple[int, int], end: tuple[int, int], fg: str, priority: int = 0,
        gap: tuple[float, float] | None = None, dash: tuple[int, int] | None = None,
    ) -> None:  # fmt: skip
        """A straight dotted line in dot coordinates; `gap` leaves out a share of it, `dash` is (on, off) in dots."""
        self.dots(line_cells(start, end, gap, dash), fg, priority)

    def dots(self, cells: Iterable[tuple[int, int, int]], fg: str, priority: int = 0) -> None:
        """Add dots given as (column, row, bits), wherever no word is in the way."""
        for x, y, bits in cells:
            if not (0 <= y < self.height and 0 <= x < self.width):
                continue
            row = self._chars[y]
            before = row[x]
            known = ord(before) - BRAILLE
            if 0 <= known < 256:
                row[x] = chr(BRAILLE | known | bits)
                if priority < self._priority.get((x, y), 0):
                    continue
            elif before == " ":
                row[x] = chr(BRAILLE | bits)
            else:
                continue
            self._fg[y][x] = fg
            self._attr[y][x] = 0
            self._priority[x, y] = priority

    # -- looking, copying, coming off

    def char(self, x: int, y: int) -> str:
        """The glyph at (x, y); a blank outside."""
        return self._chars[y][x] if 0 <= y < self.height and 0 <= x < self.width else " "

    def paste(self, x: int, y: int, other: Canvas) -> None:
        """Lay another canvas over this one, with all it has."""
        left, right = max(x, 0), min(x + other.width, self.width)
        if left >= right:
            return
        for row in range(max(y, 0), min(y + other.height, self.height)):
            source = row - y
            self._chars[row][left:right] = other._chars[source][left - x : right - x]
            self._fg[row][left:right] = other._fg[source][left - x : right - x]
            self._bg[row][left:right] = other._bg[source][left - x : right - x]
            self._attr[row][left:right] = other._attr[source][left - x : right - x]
            self._meta[row][left:right] = other._meta[source][left - x : right - x]

    def lines(self) -> list[list[Run]]:
        """The whole canvas, a list of runs for every row; the runs of a row fill its width."""
        return [self.line_runs(y) for y in range(self.height)]

    def same_line(self, y: int, other: Canvas) -> bool:
        """Whether a row is cell for cell that of another canvas of this size: much cheaper than to compare runs."""
        return (
            self._chars[y] == other._chars[y]
            and self._fg[y] == other._fg[y]
            and self._bg[y] == other._bg[y]
            and self._attr[y] == other._attr[y]
            and self._meta[y] == other._meta[y]
            and self.ink is other.ink
        )

    def line_runs(self, y: int) -> list[Run]:
        """One row as runs, neighbours of one style merged."""
        if not self.width:
            return []
        text = self._row_text(y)
        styles = zip(self._fg[y], self._bg[y], self._attr[y], self._meta[y], strict=True)
        runs: list[Run] = []
        start, last = 0, next(styles)
        for x, style in enumerate(styles, 1):
            if style == last:
                continue
            # A blank shows its ground only, and goes with whichever neighbour has the same one.
            if style[1] == last[1] and style[3] == last[3] and not (style[2] | last[2]) & UNDERLINE:
                if text[x] == " ":
                    continue
                if text[start:x].isspace():
                    last = style
                    continue
            runs.append(self._run(text[start:x], last))
            start, last = x, style
        runs.append(self._run(text[start:], last))
        return runs

    def text(self) -> str:
        """What is written, without any style: for goldens, logs and pipes."""
        return "\n".join(self._row_text(y).rstrip() for y in range(self.height))

    def meta_at(self, x: int, y: int) -> Meta | None:
        """What a click on (x, y) means."""
        return self._meta[y][x] if 0 <= y < self.height and 0 <= x < self.width else None

    def _row_text(self, y: int) -> str:
        text = "".join(self._chars[y])
        return to_ascii(text) if self.ink is Ink.ASCII else text

    def _run(self, text: str, style: tuple[str, str, int, Meta | None]) -> Run:
        fg, bg, attr, meta = style
        bold, underline = bool(attr & BOLD), bool(attr & UNDERLINE)
        if self._coloured:
            return Run(text, fg, bg, bold, underline, meta)
        return Run(text, None, None, bold, underline, meta, bg != self.palette.background)


def measure(parts: Iterable[Span | str]) -> int:
    """The cells that the parts will take."""
    return sum(len(part if isinstance(part, str) else part.text) for part in parts)


@lru_cache(8192)
def one_cell_each(text: str) -> str:
    """The text with one cell to each character, and nothing that a terminal would obey."""
    return "".join(character if _one_cell(character) else "?" for character in plain(text).replace("\n", " "))


def _one_cell(character: str) -> bool:
    return (
        unicodedata.east_asian_width(character) not in "WF"
        and unicodedata.category(character) not in {"Mn", "Me", "Cn", "Zl", "Zp"}
    )  # fmt: skip


@lru_cache(4096)
def line_cells(
    start: tuple[int, int], end: tuple[int, int],
    gap: tuple[float, float] | None = None, dash: tuple[int, int] | None = None,
) -> tuple[tuple[int, int, int], ...]:  # fmt: skip
    """The cells and bits of a straight line; remembered, because links stand still while messages run."""
    (x0, y0), (x1, y1) = start, end
    steps = max(abs(x1 - x0), abs(y1 - y0)) or 1
    bits: dict[tuple[int, int], int] = {}
    for step in range(steps + 1):
        if gap and gap[0] < step / steps < gap[1]:
            continue
        if dash and step % sum(dash) >= dash[0]:
            continue
        x, y = round(x0 + (x1 - x0) * step / steps), round(y0 + (y1 - y0) * step / steps)
        cell = (x >> 1, y >> 2)
        bits[cell] = bits.get(cell, 0) | _BITS[y & 3][x & 1]
    return tuple((x, y, mask) for (x, y), mask in bits.items())


def wrap(text: str, width: int, most: int = 99) -> list[str]:
    """The text in lines of at most `width` cells; the last of `most` ends in `…` when there was more."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    lines = [clip(line, width) for line in lines]
    if len(lines) > most:
        lines = [*lines[: most - 1], clip(lines[most - 1] + " …", width)] if most > 0 else []
    return lines


def clip(text: str, width: int) -> str:
    """The text, cut to `width` cells."""
    return text if len(text) <= width else text[: max(0, width - 1)] + "…"[: max(0, width)]
