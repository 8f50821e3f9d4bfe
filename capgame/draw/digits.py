"""Digits three cells wide and three rows high, for the one number that is read first."""

from __future__ import annotations

from capgame.draw.canvas import Canvas

ROWS = 3
DIGITS = {
    "0": ("┏━┓", "┃ ┃", "┗━┛"),
    "1": ("╺┓ ", " ┃ ", "╺┻╸"),
    "2": ("╺━┓", "┏━┛", "┗━╸"),
    "3": ("╺━┓", "╺━┫", "╺━┛"),
    "4": ("╻ ╻", "┗━┫", "  ╹"),
    "5": ("┏━╸", "┗━┓", "╺━┛"),
    "6": ("┏━╸", "┣━┓", "┗━┛"),
    "7": ("╺━┓", "  ┃", "  ╹"),
    "8": ("┏━┓", "┣━┫", "┗━┛"),
    "9": ("┏━┓", "┗━┫", "╺━┛"),
}


def draw_digits(canvas: Canvas, x: int, y: int, number: int, fg: str) -> int:
    """The number from (x, y) on; gives the column after it."""
    digits = [DIGITS[digit] for digit in str(max(0, number))]
    for row in range(ROWS):
        canvas.put(x, y + row, " ".join(digit[row] for digit in digits), fg, bold=True)
    return x + 4 * len(digits) - 1
