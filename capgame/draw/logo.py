"""The name of the game, cut in two."""

from __future__ import annotations

from capgame.draw.canvas import Canvas
from capgame.draw.ink import Ink

TAGLINE = ("When the network is cut, someone waits", "or someone is wrong. You choose who.")
ROWS, WIDTH = 4, 30
_LETTERS = ("█▀▀ ▄▀█ █▀█ █▀▀ ▄▀█ █▀▄▀█ █▀▀", "█▄▄ █▀█ █▀▀ █▄█ █▀█ █ ▀ █ ██▄")
_SPELLED = ("", "C A P     G A M E")  # half blocks have no shape in ascii
_CUT = "╲╱╲╱"
_CUT_AT, _CUT_AT_SPELLED = 12, 7  # through the G's shoulder


def draw_logo(canvas: Canvas, x: int, y: int) -> None:
    """Two rows of letters, and the cut that goes one row beyond them above and below."""
    paint = canvas.palette
    spelled = canvas.ink is Ink.ASCII
    for row, letters in enumerate(_SPELLED if spelled else _LETTERS, y + 1):
        canvas.put(x, row, letters, paint.text, bold=True)
    cut = x + (_CUT_AT_SPELLED if spelled else _CUT_AT)
    for row, piece in enumerate(_CUT, y):
        canvas.put(cut, row, piece, paint.fault, paint.background, bold=True)
