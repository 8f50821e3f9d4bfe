"""A widget that shows a canvas: it paints on cells, keeps one strip a line, and refreshes the lines that changed.

Theory: a terminal is slower than any painter, and Textual sends a dirty line again from the widget's left edge. So the
cells of a line are compared with the old ones, and a line that reads the same is not dirty. Every segment carries a
style (one without crashes under NO_COLOR), and where a click means something, the meaning is the style's `hit`.
"""

from __future__ import annotations

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from capgame.draw.canvas import Canvas, Meta, Run


class Painting(Widget):
    """A rectangle of cells. `show(canvas)` replaces what is there."""

    DEFAULT_CSS = "Painting { position: absolute; }"
    ALLOW_SELECT = False

    def __init__(self, id: str) -> None:  # noqa: A002 (Textual's own name)
        super().__init__(id=id)
        self._shown: Canvas | None = None
        self._strips: list[Strip] = []

    def place(self, x: int, y: int, width: int, height: int) -> None:
        """Stand at a rectangle of the screen."""
        self.styles.offset = (x, y)
        self.styles.width = width
        self.styles.height = height

    def show(self, canvas: Canvas) -> None:
        """Show a canvas; lines that read as before are left alone."""
        width, before = canvas.width, self._shown
        if before is not None and (before.width, before.height) != (width, canvas.height):
            before = None
        if before is None:
            self._strips = [Strip([])] * canvas.height
        changed = [y for y in range(canvas.height) if before is None or not canvas.same_line(y, before)]
        for y in changed:
            self._strips[y] = Strip([Segment(run.text, _style(run)) for run in canvas.line_runs(y)], width)
        self._shown = canvas
        if before is None:
            self.refresh()
        elif changed:
            self.refresh(*(Region(0, y, width, 1) for y in changed))

    def forget(self) -> None:
        """Take nothing for granted: the next canvas is shown whole."""
        self._shown = None

    def render_lines(self, crop: Region) -> list[Strip]:
        """See Widget: straight from what was painted.

        Textual asks every widget in every frame, and would look for borders, padding and filters; there are none, and
        without colour a canvas has none to filter out.
        """
        lines = [self.render_line(y) for y in range(crop.y, crop.bottom)]
        if crop.x == 0 and all(line.cell_length == crop.width for line in lines):
            return lines
        return [line.crop_extend(crop.x, crop.right, Style()) for line in lines]

    def render_line(self, y: int) -> Strip:
        """See Widget: one line, as it was last shown."""
        if y < len(self._strips):
            return self._strips[y]
        return Strip.blank(self.size.width, Style())


def hit_of(style: Style) -> Meta | None:
    """What a click on a cell of this style means."""
    hit: Meta | None = style.meta.get("hit")
    return hit


def _style(run: Run) -> Style:
    return _style_of(run.fg, run.bg, run.bold, run.underline, run.reverse, run.meta)


@lru_cache(4096)
def _style_of(
    fg: str | None, bg: str | None, bold: bool, underline: bool, reverse: bool, hit: Meta | None
) -> Style:  # fmt: skip
    meta = {"hit": hit} if hit is not None else None
    return Style(color=fg, bgcolor=bg, bold=bold, underline=underline, reverse=reverse, meta=meta)
