"""The HOME screen: what may be played, what was won, and one key to begin.

Before the first win there is no plan, no record and nothing to read: the story in two lines, and `↵`.
"""

from __future__ import annotations

import re

from capgame.draw.canvas import Canvas, Span, clip, measure, wrap
from capgame.draw.ending import star_spans
from capgame.draw.keys import draw_keys
from capgame.draw.logo import TAGLINE, draw_logo
from capgame.draw.logo import WIDTH as LOGO_WIDTH
from capgame.draw.look import Look
from capgame.draw.shift import TALL, WIDE, draw_too_small, too_small
from capgame.draw.stations import ROWS, acts_of, draw_stations
from capgame.play.views.home import HomeView
from capgame.values.units import SECOND_US


def draw_home(size: tuple[int, int], home: HomeView, look: Look) -> Canvas:
    """The whole screen on one canvas."""
    canvas = look.canvas(*size)
    if too_small(*size):
        draw_too_small(canvas)
        return canvas
    air = max(0, (canvas.height - TALL) // 4)
    y = _masthead(canvas, home) + air
    draw_stations(canvas, 2, y, canvas.width - 4, home)
    y += ROWS * len(acts_of(home)) + air
    if home.first_run:
        _first_run(canvas, y, home)
    else:
        _panel(canvas, y, home)
    footer = look.canvas(canvas.width, 1)
    draw_keys(footer, look.keys)
    canvas.paste(0, canvas.height - 1, footer)
    return canvas


def _masthead(canvas: Canvas, home: HomeView) -> int:
    """The name, the line the game is about, stars and seed; gives the row where the acts begin."""
    paint, wide = canvas.palette, canvas.width >= WIDE
    draw_logo(canvas, 3, 0)
    stars = [Span(f"★ {home.stars}", paint.text, bold=True), Span(f" of {home.stars_most}", paint.muted)]
    seed = [Span("seed ", paint.muted), Span(home.seed, paint.you, bold=True)]
    canvas.right(canvas.width - 3, 1, *stars)
    canvas.right(canvas.width - 3, 2, *seed)
    x = 3 + LOGO_WIDTH + 3
    if wide:
        for row, line in enumerate(TAGLINE, 1):
            canvas.put(x, row, line, paint.muted)
        return 6
    for row, line in enumerate(wrap(" ".join(TAGLINE), canvas.width - x - 14, 3)):
        canvas.put(x, 1 + row, line, paint.muted)
    return 5


def _first_run(canvas: Canvas, y: int, home: HomeView) -> None:
    """The story, and the key that takes the first shift."""
    paint, width = canvas.palette, canvas.width - 4
    opening, rest = _opening(home.story)
    lines = wrap(f"{opening} {rest}", width - 6, 4)
    apart = canvas.width >= WIDE
    rows = len(lines) + (4 if apart else 5)
    canvas.fill(2, y, width, rows, paint.you_band)
    for row in range(y, y + rows):
        canvas.put(2, row, "▌", paint.you, paint.you_band)
    for row, line in enumerate(lines):
        lead = clip(opening, len(line)) if row == 0 else ""
        canvas.spans(
            5, y + 1 + row, Span(lead, paint.text, bold=True), Span(line[len(lead) :], paint.text), bg=paint.you_band
        )  # fmt: skip
    meta = ("key", "↵")
    row = y + len(lines) + 2
    x = canvas.spans(
        5, row, Span(" ↵ ", paint.background, True, paint.you, meta),
        Span(" take the first shift", paint.text, True, None, meta), bg=paint.you_band,
    )  # fmt: skip
    canvas.spans(x + 6 if apart else 9, row + (not apart), Span(_what_it_takes(home), paint.data), bg=paint.you_band)


def _opening(story: str) -> tuple[str, str]:
    """What stands out, and the rest: a story that begins with a time goes on with who is called."""
    time, _, rest = story.partition(". ")
    return (f"{time}. You are on call.", rest) if re.fullmatch(r"\d\d:\d\d", time) else ("You are on call.", story)


def _what_it_takes(home: HomeView) -> str:
    """How long, and how much there is to learn."""
    verbs = {1: "one move to learn", 2: "two moves to learn"}.get(home.verbs, "")
    seconds = f"{home.duration // SECOND_US} seconds"
    return ", ".join(part for part in (seconds, verbs, "nothing to read first") if part)


def _panel(canvas: Canvas, y: int, home: HomeView) -> None:
    """The chosen level: its story, what it teaches, and the best run or what opens it."""
    paint, width = canvas.palette, canvas.width - 4
    canvas.rule(2, y, width, home.title.upper(), home.place)
    y += 1
    for line in wrap(home.story, width, 3):
        canvas.put(2, y, line, paint.text)
        y += 1
    for row, line in enumerate(wrap(home.teaches, width - 7, 2)):
        canvas.spans(2, y, Span("learn  " if row == 0 else "       ", paint.muted), Span(line, paint.data))
        y += 1
    y += 1 if canvas.height >= TALL else 0
    if home.locked:
        canvas.spans(2, y, Span("○ opens with ", paint.muted), Span(home.locked, paint.text, bold=True))
    else:
        _record(canvas, y, home)


def _record(canvas: Canvas, y: int, home: HomeView) -> None:
    """The best run, in one row or two."""
    paint, best = canvas.palette, home.best
    if best is None:
        canvas.put(2, y, "never played", paint.muted)
        return
    moves = f"{best.moves} move{'' if best.moves == 1 else 's'}" if best.moves else "no moves"
    left = [
        Span("best   ", paint.muted), Span(f"{best.score} ", paint.text, bold=True), *star_spans(canvas, best.stars),
        Span(f"   with {best.offer}, {moves}", paint.muted),
    ]  # fmt: skip
    times = "once" if best.played == 1 else f"{best.played:,} times"
    right = [
        Span("uptime ", paint.muted), Span(f"{best.uptime}", paint.unanswered, bold=True),
        Span("  truth ", paint.muted), Span(f"{best.truth}", paint.wrong, bold=True),
        Span(f"   played {times}", paint.muted),
    ]  # fmt: skip
    canvas.spans(2, y, *left)
    if measure(left) + measure(right) + 6 > canvas.width:
        y += 1
        canvas.spans(9, y, *right)
    else:
        canvas.right(canvas.width - 3, y, *right)
