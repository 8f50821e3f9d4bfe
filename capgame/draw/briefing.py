"""The BRIEFING screen, whole: left is given, right is chosen; a smaller canvas has both as pages.

A paper is a page of its own, and a hint lies over the foot of what is given.
"""

from __future__ import annotations

from dataclasses import dataclass

from capgame.draw.canvas import Canvas, Rect, Span, clip, measure, wrap
from capgame.draw.cards import cards_rows, draw_cards
from capgame.draw.cluster import draw_cluster
from capgame.draw.contract import draw_contract, draw_load
from capgame.draw.ending import star_spans
from capgame.draw.good_day import draw_good_day, good_day_rows
from capgame.draw.keys import draw_keys
from capgame.draw.knobs import draw_knobs, knobs_rows
from capgame.draw.look import Look
from capgame.draw.outlook import draw_outlook, outlook_rows
from capgame.draw.shift import TALL, WIDE, draw_too_small, too_small
from capgame.play.views.briefing import BriefingView

STORY, PLAN = 0, 1  # the pages of a small canvas


@dataclass(frozen=True, slots=True)
class BriefingLook:
    """What the player looks at: the page of a small canvas, the marked knob, how many hints were asked for."""

    page: int = STORY
    knob: int = 0
    hints: int = 0


def in_pages(width: int, height: int) -> bool:
    """Whether a canvas is too small for both halves side by side."""
    return width < WIDE or height < TALL


def draw_briefing(size: tuple[int, int], brief: BriefingView, look: Look, eyes: BriefingLook) -> Canvas:
    """The whole screen on one canvas."""
    canvas = look.canvas(*size)
    if too_small(*size):
        draw_too_small(canvas)
        return canvas
    width, bottom = canvas.width, canvas.height - 1
    if in_pages(*size):
        whole = Rect(1, 1, width - 2, bottom - 1)
        if eyes.page == STORY:
            _given(canvas, whole, brief)
        else:
            _chosen(canvas, whole, brief, eyes)
        _hint(canvas, whole, brief, eyes)
    else:
        left = (width - 4) * 29 // 60
        _given(canvas, Rect(1, 2, left, bottom - 2), brief)
        _chosen(canvas, Rect(left + 4, 2, width - left - 5, bottom - 2), brief, eyes)
        _hint(canvas, Rect(1, 2, left, bottom - 3), brief, eyes)
    _title_row(canvas, brief, eyes, pages=in_pages(*size))
    footer = look.canvas(width, 1)
    draw_keys(footer, look.keys)
    canvas.paste(0, bottom, footer)
    return canvas


def _given(canvas: Canvas, rect: Rect, brief: BriefingView) -> None:
    """Story, cluster, load and contract: with air between them, or tight, as it fits."""
    for air, tight in ((1, False), (0, False), (0, True)):
        trial = Canvas(canvas.width, canvas.height, canvas.palette, canvas.ink)
        if _draw_given(trial, rect, brief, air, tight=tight) <= rect.bottom:
            break
    _draw_given(canvas, rect, brief, air, tight=tight)


def _draw_given(canvas: Canvas, rect: Rect, brief: BriefingView, air: int, *, tight: bool) -> int:
    x, width, y = rect.x, rect.width, rect.y
    for line in wrap(brief.story, width - 1, 5):
        canvas.put(x + 1, y, line, canvas.palette.text, bold=True)
        y += 1
    for row, line in enumerate(wrap(brief.teaches, width - 8) if air else ()):
        canvas.spans(x + 1, y, Span("learn  " if row == 0 else "       ", canvas.palette.muted), line)
        y += 1
    for draw in (draw_cluster, draw_load, draw_contract):
        y = draw(canvas, x, y + air, width, brief, tight=tight)
    return y


def _chosen(canvas: Canvas, rect: Rect, brief: BriefingView, eyes: BriefingLook) -> None:
    """Offers, knobs, and what they come to. The bars keep their rows; notes of knobs fold before cards close."""
    canvas.rule(rect.x, rect.y, rect.width, "HOW WILL THE CLUSTER KEEP ITS WORD?", "paper: p")
    air = 1 if rect.height >= 30 else 0
    width, days = rect.width, good_day_rows(brief.good_day)
    free = rect.height - 1 - days - air - (air if brief.knobs else 0)
    free -= (outlook_rows(brief.outlooks) + air) if air else 0  # a small canvas has it only if there is room left
    folded = knobs_rows(brief.knobs, width, eyes.knob)
    knobs = max(folded, min(knobs_rows(brief.knobs, width), free - cards_rows(canvas, brief.offers, width)))
    y = draw_cards(canvas, Rect(rect.x, rect.y + 1, width, max(1, free - knobs)), brief.offers) + air
    if brief.knobs:
        y = draw_knobs(canvas, Rect(rect.x, y, width, knobs), brief.knobs, eyes.knob) + air
    y = draw_good_day(canvas, Rect(rect.x, y, width, max(0, rect.bottom - y)), brief.good_day) + air
    draw_outlook(canvas, Rect(rect.x, y, width, max(0, rect.bottom - y)), brief.outlooks)


def _hint(canvas: Canvas, rect: Rect, brief: BriefingView, eyes: BriefingLook) -> None:
    """The newest hint that was asked for, in a box at the foot."""
    count = min(eyes.hints, len(brief.hints))
    if not eyes.hints:
        return
    paint = canvas.palette
    text = brief.hints[count - 1] if count else "There are no hints for this one."
    head = f"HINT {count} OF {len(brief.hints)}" if count else "HINT"
    lines = wrap(text, rect.width - 4, max(1, rect.height - 2))
    y = rect.bottom - len(lines) - 1
    canvas.fill(rect.x, y, rect.width, len(lines) + 1, paint.you_band)
    for row, words in enumerate((head, *lines), y):
        canvas.put(rect.x, row, "▌", paint.you, paint.you_band)
        canvas.put(rect.x + 2, row, words, paint.text, paint.you_band, bold=row == y)


def _title_row(canvas: Canvas, brief: BriefingView, eyes: BriefingLook, *, pages: bool) -> None:
    paint = canvas.palette
    canvas.fill(0, 0, canvas.width, 1, paint.panel)
    right = [Span(f"seed {brief.seed}", paint.muted)]
    if brief.best is not None:
        right = [*right, Span("   best ", paint.muted), Span(f"{brief.best.score} ", paint.text, True),
                 *star_spans(canvas, brief.best.stars)]  # fmt: skip
    canvas.right(canvas.width - 2, 0, *right, bg=paint.panel)
    room = canvas.width - measure(right) - 4
    x = canvas.put(1, 0, clip(brief.title, max(1, room - 26)), paint.text, paint.panel, bold=True)
    x = canvas.put(x, 0, f"  {brief.place}   ", paint.muted, paint.panel)
    if not pages:
        canvas.put(x, 0, "briefing and plan", paint.muted, paint.panel)
        return
    for place, word in enumerate((" story ", " plan ")):
        here = place == eyes.page
        bg = paint.you if here else paint.panel
        canvas.put(x, 0, word, paint.background if here else paint.muted, bg, bold=here, meta=("page", str(place)))
        x += len(word) + 1
