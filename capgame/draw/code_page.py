"""The page of a code: how it stands, what it is of, and the line to mark and copy. What is too long scrolls.

A pasted code
  VERIFIED  Played again here, it came to all that it claims.
level    The First Cut (first-cut)
came to  won, ★★★ 861 of 1000
"""

from __future__ import annotations

from capgame.draw.canvas import Canvas, Span, wrap
from capgame.draw.keys import draw_keys
from capgame.draw.look import Look
from capgame.draw.shift import draw_too_small, too_small
from capgame.play.views.code import CodeView, Standing

LEFT, LABEL = 3, 9
HUES = {Standing.VERIFIED: "ok", Standing.REFUSED: "wrong", Standing.SHARED: "you", Standing.PLAYING: "you"}
ROWS_MOST = 2_000


def draw_code_page(size: tuple[int, int], view: CodeView, look: Look, top: int = 0) -> Canvas:
    """The page from row `top` on; the footer is the look's."""
    canvas = look.canvas(*size)
    if too_small(*size):
        draw_too_small(canvas)
        return canvas
    most = code_scroll_most(size, view, look)
    canvas.paste(0, 2 - max(0, min(top, most)), _page(canvas.width, view, look))
    canvas.fill(0, 0, canvas.width, 2, canvas.palette.background)
    canvas.fill(0, 0, canvas.width, 1, canvas.palette.panel)
    canvas.put(1, 0, view.title, canvas.palette.text, canvas.palette.panel, bold=True)
    if most:
        canvas.right(canvas.width - 2, 0, Span("↑↓ more", canvas.palette.you, bold=True), bg=canvas.palette.panel)
    footer = look.canvas(canvas.width, 1)
    draw_keys(footer, look.keys)
    canvas.paste(0, canvas.height - 1, footer)
    return canvas


def code_scroll_most(size: tuple[int, int], view: CodeView, look: Look) -> int:
    """The last row from which the page may be shown."""
    return max(0, _page(size[0], view, look).height - (size[1] - 3))


def _page(width: int, view: CodeView, look: Look) -> Canvas:
    """All of it, as high as it needs to be."""
    page = look.canvas(width, ROWS_MOST)
    y = _sentences(page, 0, view) + 1
    for label, value in view.facts:
        page.put(LEFT, y, label, page.palette.muted)
        for line in wrap(value, width - 2 * LEFT - LABEL):
            page.put(LEFT + LABEL, y, line, page.palette.text)
            y += 1
    if view.line:
        y = _line(page, y + 1, view.line)
    cut = look.canvas(width, min(y, ROWS_MOST))
    cut.paste(0, 0, page)
    return cut


def _sentences(page: Canvas, y: int, view: CodeView) -> int:
    """The tag, and after it what is to be said."""
    paint = page.palette
    hue = getattr(paint, HUES.get(view.standing, "muted"))
    x = page.put(LEFT, y, f" {view.standing.value} ", paint.background, hue, bold=True) + 2
    for sentence in view.sentences:
        for line in wrap(sentence, page.width - x - LEFT):
            page.put(x, y, line, paint.text)
            y += 1
    return max(y, 1)


def _line(page: Canvas, y: int, line: str) -> int:
    """The line in rows, with nothing beside it that a marking mouse would catch."""
    page.rule(1, y, page.width - 2, "THE LINE")
    room = page.width - 2 * LEFT
    for begins in range(0, len(line), room):
        y += 1
        page.put(LEFT, y, line[begins : begins + room], page.palette.text)
    return y + 1
