"""Three inks from one painter: full colour, lines without colour, and plain ascii.

A painter always writes the full glyph; under ascii ink the canvas replaces every cell by its twin on the way out.
A twin is one cell, as its glyph is, so that no layout depends on the ink.
"""

from __future__ import annotations

from enum import Enum

BRAILLE = 0x2800  # the empty braille cell; the eight dots are its low byte


class Ink(Enum):
    """How a picture is put on the terminal."""

    FULL = "full"  # tints and soft edges
    LINE = "line"  # outlines, hatches, reversed cells; no colour
    ASCII = "ascii"  # the same, in ascii

    @property
    def coloured(self) -> bool:
        """Whether hues may be used at all."""
        return self is Ink.FULL


# The glyphs that carry a meaning, and the ornaments that need no legend.
TWINS: dict[str, str] = {
    # roles and states
    "♛": "*", "○": "o", "◇": "<", "△": "^", "◐": "o", "◂": "<", "▸": ">",
    "‖": '"', "⊘": "/", "□": ".", "≈": "=", "✕": "x", "⌂": "@", "◎": "@", "◉": "@",
    # messages, answers, money
    "●": "o", "•": ".", "◆": "#", "■": "%", "✓": "v", "≠": "!", "–": "-", "★": "*", "☆": ".",
    # walls and bars
    "╱": "/", "╲": "\\", "╳": "X", "█": "#", "▓": "%", "▒": "%", "░": ":", "▚": "x", "▞": "x",
    "▁": "_", "▂": "_", "▃": ".", "▄": "-", "▅": "=", "▆": "=", "▇": "#", "▀": "-",
    "▏": "|", "▎": "|", "▍": "|", "▌": "|", "▋": "|", "▊": "|", "▉": "#", "▐": "|", "▕": "|",
    # boxes and pipes
    "─": "-", "━": "=", "│": "|", "┃": "|", "╭": "+", "╮": "+", "╰": "+", "╯": "+", "┌": "+", "┐": "+",
    "└": "+", "┘": "+", "├": "+", "┤": "+", "┬": "+", "┴": "+", "┼": "+", "┏": "+", "┓": "+", "┗": "+",
    "┛": "+", "╌": "-", "╍": "=", "┄": "-", "┆": ":", "╎": ":", "╏": ":", "┳": "+", "┻": "+", "╋": "+",
    "┣": "+", "┫": "+", "┠": "+", "┨": "+", "╸": "=", "╺": "=", "╹": "|", "╻": "|",
    # arrows, marks and punctuation
    "▲": "^", "▼": "v", "▴": "^", "▾": "v", "▽": "v", "→": ">", "←": "<", "↑": "^", "↓": "v",
    "↵": "<", "·": ".", "∙": ".", "…": "~", "×": "x", "¼": "q", "½": "h", "’": "'", "‘": "'", "“": '"',
    "”": '"', "—": "-", "≥": ">", "≤": "<", "−": "-", "²": "2", "▗": " ", "▖": " ", "▝": " ", "▘": " ",
}  # fmt: skip


class _Ascii(dict[int, str]):
    """A table for `str.translate` that leaves nothing outside ascii."""

    def __missing__(self, code: int) -> str:
        if code < 0x80:
            return chr(code)
        return "." if BRAILLE < code <= BRAILLE + 0xFF else " " if code == BRAILLE else "?"


_TABLE = _Ascii({ord(glyph): twin for glyph, twin in TWINS.items()})


def to_ascii(text: str) -> str:
    """The same cells, each in ascii."""
    return text if text.isascii() else text.translate(_TABLE)
