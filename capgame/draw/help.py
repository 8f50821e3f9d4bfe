"""The HELP page: the legend, the words and the keys. Wide canvases have two columns; what is too long scrolls."""

from __future__ import annotations

from collections.abc import Sequence

from capgame.draw.canvas import Canvas, Span, clip, wrap
from capgame.draw.keys import draw_keys
from capgame.draw.legend import GLYPHS, STRETCHED, WORDS, Entry, Section
from capgame.draw.look import Look
from capgame.draw.shift import WIDE, draw_too_small, too_small

Keys = Sequence[tuple[str, str]]

GLYPH_WIDTH, WORD_WIDTH = 9, 14
GLYPH_COLUMN = 50  # of a wide page


def draw_help(size: tuple[int, int], keys: Keys, look: Look, top: int = 0) -> Canvas:
    """The page from row `top` on. `keys` are all that are bound, in words; the footer is the look's."""
    canvas = look.canvas(*size)
    if too_small(*size):
        draw_too_small(canvas)
        return canvas
    page = _page(canvas.width, keys, look)
    most = scroll_most(size, keys, look)
    canvas.paste(0, 1 - max(0, min(top, most)), page)
    _title_row(canvas, max(0, min(top, most)), most)
    footer = look.canvas(canvas.width, 1)
    draw_keys(footer, look.keys)
    canvas.paste(0, canvas.height - 1, footer)
    return canvas


def scroll_most(size: tuple[int, int], keys: Keys, look: Look) -> int:
    """The last row from which the page may be shown."""
    return max(0, _page(size[0], keys, look).height - (size[1] - 2))


def _title_row(canvas: Canvas, top: int, most: int) -> None:
    paint = canvas.palette
    canvas.fill(0, 0, canvas.width, 1, paint.panel)
    canvas.put(1, 0, "Help", paint.text, paint.panel, bold=True)
    if most:
        more = "↑↓ more" if 0 < top < most else "↓ more" if top < most else "↑ more"
        canvas.right(canvas.width - 2, 0, Span(more, paint.you, bold=True), bg=paint.panel)


def _page(width: int, keys: Keys, look: Look) -> Canvas:
    """All of it, as high as it needs to be."""
    page = look.canvas(width, 200)
    bound = Section("KEYS", tuple(Entry(key, label) for key, label in keys))
    if width >= WIDE:
        left = _sections(page, 1, 1, GLYPH_COLUMN - 2, GLYPHS, GLYPH_WIDTH)
        right = _sections(page, GLYPH_COLUMN + 2, 1, width - GLYPH_COLUMN - 3, WORDS, WORD_WIDTH)
        right = _keys(page, GLYPH_COLUMN + 2, right, width - GLYPH_COLUMN - 3, bound)
        for line in wrap(STRETCHED, GLYPH_COLUMN - 2):
            page.put(1, left, line, page.palette.muted)
            left += 1
        y = max(left, right) - 1
    else:
        y = _keys(page, 1, 1, width - 2, bound)
        y = _sections(page, 1, y, width - 2, GLYPHS, GLYPH_WIDTH)
        y = _sections(page, 1, y, width - 2, WORDS, WORD_WIDTH)
        for line in wrap(STRETCHED, width - 2):
            page.put(1, y, line, page.palette.muted)
            y += 1
    cut = look.canvas(width, y)
    cut.paste(0, 0, page)
    return cut


def _sections(
    page: Canvas, x: int, y: int, width: int, sections: Sequence[Section], sign_width: int
) -> int:  # fmt: skip
    """Sections one below the other; gives the row after the last and a blank one."""
    for section in sections:
        page.rule(x, y, width, section.title)
        y += 1
        for entry in section.entries:
            y = _entry(page, x + 1, y, width - 1, entry, sign_width)
        y += 1
    return y


def _entry(page: Canvas, x: int, y: int, width: int, entry: Entry, sign_width: int) -> int:
    paint = page.palette
    page.put(x, y, clip(entry.sign, sign_width - 1), getattr(paint, entry.hue), bold=True)
    for line in wrap(entry.meaning, max(1, width - sign_width)):
        page.put(x + sign_width, y, line, paint.data)
        y += 1
    return y


def _keys(page: Canvas, x: int, y: int, width: int, section: Section) -> int:
    """Keys in two columns, downwards, each as wide as it has to be: a clipped key would help nobody."""
    page.rule(x, y, width, section.title)
    half = (len(section.entries) + 1) // 2
    right, at = x + width, x + 1
    for entries in (section.entries[:half], section.entries[half:]):
        signs = 1 + max((len(entry.sign) for entry in entries), default=0)
        for row, entry in enumerate(entries, y + 1):
            page.put(at, row, entry.sign, page.palette.you, bold=True)
            page.put(at + signs, row, clip(entry.meaning, right - at - signs), page.palette.data)
        at = max(x + 1 + width // 2, at + signs + 1 + max((len(entry.meaning) for entry in entries), default=0))
    return y + 2 + half
