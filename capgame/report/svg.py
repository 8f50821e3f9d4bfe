"""A canvas as a self-contained SVG: no font is fetched, no script runs, and every cell stands where it stood.

Blocks, hatches, braille dots and box-drawing are drawn as shapes, because fonts disagree about them; other text is
set cell by cell in whatever monospaced font the reader has.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from capgame.draw.canvas import Canvas, Run

WIDTH, HEIGHT = 10, 20  # of a cell
FONT = "DejaVu Sans Mono, Menlo, Consolas, monospace"
SIZE = 16
BASELINE = 15
SQUARE = 'stroke-linecap="square" shape-rendering="crispEdges"'

# Filled parts of a cell, in eighths: left, top, right, bottom.
BLOCKS = {
    "█": (0, 0, 8, 8), "▀": (0, 0, 8, 4), "▄": (0, 4, 8, 8), "▌": (0, 0, 4, 8), "▐": (4, 0, 8, 8), "▗": (4, 4, 8, 8),
    "▖": (0, 4, 4, 8), "▝": (4, 0, 8, 4), "▘": (0, 0, 4, 4), "▕": (7, 0, 8, 8),
    **{glyph: (0, 8 - n, 8, 8) for n, glyph in enumerate("▁▂▃▄▅▆▇", 1)},
    **{glyph: (0, 0, n, 8) for n, glyph in enumerate("▏▎▍▌▋▊▉", 1)},
}  # fmt: skip
SHADES = {"░": "0.28", "▒": "0.52", "▓": "0.76"}
DIAGONALS = {"╱": "/", "╲": "\\", "╳": "/\\"}
# Arms from the middle of the cell: up, down, left, right; capitals are heavy.
BOXES = {
    "─": "lr", "│": "ud", "╭": "rd", "╮": "ld", "╰": "ru", "╯": "lu", "┌": "rd", "┐": "ld", "└": "ru", "┘": "lu",
    "├": "udr", "┤": "udl", "┬": "lrd", "┴": "lru", "┼": "udlr", "━": "LR", "┃": "UD", "┏": "RD", "┓": "LD",
    "┗": "RU", "┛": "LU", "┣": "UDR", "┫": "UDL", "┻": "LRU", "┳": "LRD", "╋": "LRUD", "╸": "L", "╺": "R", "╹": "U",
    "╻": "D",
}  # fmt: skip
ENDS = {"u": (5, 0), "d": (5, 20), "l": (0, 10), "r": (10, 10)}
BRAILLE = range(0x2800, 0x2900)
DOTS = ((0x01, 0, 0), (0x02, 0, 1), (0x04, 0, 2), (0x40, 0, 3), (0x08, 1, 0), (0x10, 1, 1), (0x20, 1, 2), (0x80, 1, 3))


def svg(canvas: Canvas, foreground: str, background: str) -> str:
    """The whole canvas; the two colours are for cells that have none."""
    width, height = canvas.width * WIDTH, canvas.height * HEIGHT
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-family="{FONT}" font-size="{SIZE}" xml:space="preserve">'
    )
    body = [f'<rect width="{width}" height="{height}" fill="{background}"/>']
    for y, runs in enumerate(canvas.lines()):
        x = 0
        for run in runs:
            body += _run(run, x, y, foreground, background)
            x += len(run.text)
    return "\n".join([head, *body, "</svg>", ""])


def _run(run: Run, x: int, y: int, foreground: str, background: str) -> Iterator[str]:
    fg, bg = run.fg or foreground, run.bg or background
    if run.reverse:
        fg, bg = bg, fg
    left, top = x * WIDTH, y * HEIGHT
    if bg != background:
        yield f'<rect x="{left}" y="{top}" width="{len(run.text) * WIDTH}" height="{HEIGHT}" fill="{bg}"/>'
    words: list[tuple[int, str]] = []
    for column, glyph in enumerate(run.text):
        shape = _shape(glyph, left + column * WIDTH, top, fg)
        if shape:
            yield shape
        elif glyph != " ":
            words.append((left + column * WIDTH, glyph))
    yield from _text(words, top, fg, run)


def _text(words: list[tuple[int, str]], top: int, fg: str, run: Run) -> Iterator[str]:
    """One element for all letters of a run, each with its own place."""
    if words:
        places = " ".join(str(x) for x, _ in words)
        style = ' font-weight="bold"' if run.bold else ""
        style += ' text-decoration="underline"' if run.underline else ""
        letters = escape("".join(glyph for _, glyph in words))
        yield f'<text x="{places}" y="{top + BASELINE}" fill="{fg}"{style}>{letters}</text>'


def _shape(glyph: str, x: int, y: int, fg: str) -> str:
    if glyph in BLOCKS:
        return _block(BLOCKS[glyph], x, y, fg)
    if glyph in SHADES:
        return f'<rect x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" fill="{fg}" opacity="{SHADES[glyph]}"/>'
    if glyph in "▚▞":
        corners = ((0, 0), (4, 4)) if glyph == "▚" else ((4, 0), (0, 4))
        return "".join(_block((a, b, a + 4, b + 4), x, y, fg) for a, b in corners)
    if glyph in DIAGONALS:
        return "".join(_diagonal(way, x, y, fg) for way in DIAGONALS[glyph])
    if glyph in BOXES:
        return "".join(_arm(arm, x, y, fg) for arm in BOXES[glyph])
    if ord(glyph) in BRAILLE:
        lit = [(column, row) for bit, column, row in DOTS if ord(glyph) & bit]
        return "".join(f'<circle cx="{x + 2.5 + 5 * c}" cy="{y + 2.5 + 5 * r}" r="1" fill="{fg}"/>' for c, r in lit)
    return ""


def _block(eighths: tuple[int, int, int, int], x: int, y: int, fg: str) -> str:
    left, top, right, bottom = eighths
    across, down = WIDTH / 8, HEIGHT / 8
    return (
        f'<rect x="{x + left * across:g}" y="{y + top * down:g}" width="{(right - left) * across:g}" '
        f'height="{(bottom - top) * down:g}" fill="{fg}" shape-rendering="crispEdges"/>'
    )


def _diagonal(way: str, x: int, y: int, fg: str) -> str:
    from_y, to_y = (y + HEIGHT, y) if way == "/" else (y, y + HEIGHT)
    return f'<path d="M{x} {from_y}L{x + WIDTH} {to_y}" stroke="{fg}" stroke-width="1.5"/>'


def _arm(arm: str, x: int, y: int, fg: str) -> str:
    across, down = ENDS[arm.lower()]
    width = 3 if arm.isupper() else 1
    return f'<path d="M{x + 5} {y + 10}L{x + across} {y + down}" stroke="{fg}" stroke-width="{width}" {SQUARE}/>'
