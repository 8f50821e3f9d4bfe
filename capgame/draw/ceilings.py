"""The ceiling bar: who could be served, zoomed to where it differs; a torn edge says that the axis is broken.

    ▞▞████████████████████████████╱╱╱╱╱╱╱╱╱▒▒▒▒▒▒░░░░
    █ served 97.6   ╱ yours to win 1.3 up to CP 98.9   ▒ hindsight 0.6 one history 99.5   ░ the theorem’s 0.5 AP 100

Nothing that is there gets less than a cell.
"""

from __future__ import annotations

from typing import NamedTuple

from capgame.draw.canvas import Canvas, Span, measure
from capgame.draw.customers import mix_cells
from capgame.play.views.postmortem import CeilingPart

WHOLE_PPM = 1_000_000
TORN = "▞▞"
DIFFERS = 0.4  # of the bar is for what was not served


class Style(NamedTuple):
    """How a part is drawn and named."""

    glyph: str
    words: str
    brief: str
    ceiling: str  # the name of where it reaches


STYLES = {
    "served": Style("█", "served", "served", ""),
    "yours": Style("╱", "yours to win", "yours", "up to CP"),
    "hindsight": Style("▒", "hindsight", "hindsight", "one history"),
    "theorem": Style("░", "the theorem’s", "theorem", "AP"),
    "nobody": Style("·", "nobody’s", "nobody", ""),
}


def draw_ceilings(
    canvas: Canvas, x: int, y: int, width: int, parts: tuple[CeilingPart, ...], rows: int = 1
) -> None:  # fmt: skip
    """The bar in `rows` rows, and its legend in the next."""
    left = bar_begins(parts)
    amounts = tuple(max(0, part.share_ppm - (left if part.word == "served" else 0)) for part in parts)
    cells = mix_cells(amounts, width)
    for row in range(y, y + rows):
        column = x
        for part, count in zip(parts, cells, strict=True):
            fg, bg = _hues(canvas, part.word)
            column = canvas.put(column, row, STYLES[part.word].glyph * count, fg, bg)
        if left and cells[0] > len(TORN):
            _tear(canvas, x, row)
    _legend(canvas, x, y + rows, width, parts)


def bar_begins(parts: tuple[CeilingPart, ...]) -> int:
    """The share at the bar's left end, in whole percent where that is fine enough, else in tenths; ppm."""
    served = parts[0].share_ppm
    differs = WHOLE_PPM - served
    if not differs:
        return 0
    step = 10_000 if differs >= 5_000 else 1_000
    left = int(served - differs * (1 - DIFFERS) / DIFFERS) // step * step
    return left if left > 100_000 else 0  # a bar that hides less than a tenth need not be torn


def range_note(parts: tuple[CeilingPart, ...]) -> str:
    """What the bar shows: "94 to 100% of what was offered"."""
    left = bar_begins(parts)
    return f"{_decimal(left // 1_000)} to 100% of what was offered" if left else "of what was offered"


def _tear(canvas: Canvas, x: int, y: int) -> None:
    paint = canvas.palette
    if canvas.ink.coloured:
        canvas.put(x, y, TORN, paint.background, paint.ok_fill)
    else:
        canvas.put(x, y, TORN, paint.text)


def _hues(canvas: Canvas, word: str) -> tuple[str, str | None]:
    paint = canvas.palette
    if not canvas.ink.coloured:
        return paint.text, paint.unanswered if word == "yours" else None
    return {
        "served": (paint.ok_fill, None),
        "yours": (paint.unanswered_ink, paint.unanswered),
        "hindsight": (paint.muted, paint.dim),
        "theorem": (paint.dim, paint.faint),
    }.get(word, (paint.dim, None))


def _legend(canvas: Canvas, x: int, y: int, width: int, parts: tuple[CeilingPart, ...]) -> None:
    """In full where it fits; without the names of the ceilings, and then in brief, where it does not."""
    shown = [part for part in parts if part.share_ppm or part.word == "served"]
    ways = ((4, False, True), (3, False, False), (2, True, False))
    choices = [(apart, [_entry(canvas, part, brief=b, named=n) for part in shown]) for apart, b, n in ways]
    fits = (one for one in choices if sum(measure(entry) + one[0] for entry in one[1]) - one[0] <= width)
    apart, entries = next(fits, choices[-1])
    for entry in entries:
        x = canvas.spans(x, y, *entry) + apart


def _entry(canvas: Canvas, part: CeilingPart, *, brief: bool, named: bool) -> list[Span]:
    paint, style = canvas.palette, STYLES[part.word]
    hue = {"served": paint.ok, "yours": paint.unanswered}.get(part.word, paint.text)
    mark = paint.ok_fill if part.word == "served" else hue if part.word == "yours" else paint.muted
    entry = [
        Span(f"{style.glyph} ", mark, bold=part.word == "yours"),
        Span(f"{style.brief if brief else style.words} ", paint.muted),
        Span(_width(part), hue, bold=True),
    ]
    if named and style.ceiling:
        entry.append(Span(f" {style.ceiling} {_decimal(part.reach_ppm // 1_000)}", paint.muted))
    return entry


def _width(part: CeilingPart) -> str:
    """A part in percent. It goes from one rounded height to the next, so that what is shown adds up to 100."""
    tenths = part.reach_ppm // 1_000 - (part.reach_ppm - part.share_ppm) // 1_000
    return "<0.1" if part.share_ppm and not tenths else _decimal(tenths)


def _decimal(tenths: int) -> str:
    return f"{tenths / 10:.1f}".removesuffix(".0")
