"""Customers at a region's foot: how many ask, whom they ask, and how the last two seconds went for them.

The bar is ok `█`, late `▓`, refused `╱`, wrong `╳`. Nothing that happened gets less than a cell, because one wrong
answer among a thousand right ones is what the player is there to see.
"""

from __future__ import annotations

from capgame.draw.canvas import Canvas, Rect, Span, clip, measure
from capgame.draw.look import Look
from capgame.draw.places import Places
from capgame.play.views.shift import GroupView, ShiftView

_WORDS = ("ok", "late", "refused", "wrong")
_MARKS = ("✓", "~", "–", "≠")


def draw_customers(canvas: Canvas, view: ShiftView, look: Look, where: Places) -> None:
    """Every client group, at the foot of its region."""
    for group in view.groups:
        rect = where.customers.get(group.region)
        if rect is None or rect.width < 1:
            continue
        canvas.mark(rect, ("group", group.name))
        if where.compact:
            _in_two_rows(canvas, rect, group)
        else:
            _in_three_rows(canvas, rect, group, group.region in where.left)
        target = look.targets.get(group.name)
        if target is not None:
            canvas.put(
                rect.x - 1, rect.y, f" {target.key} ", canvas.palette.background, canvas.palette.you, bold=True
            )  # fmt: skip
        _risen_mark(canvas, rect, group, look)


def mix_cells(counts: tuple[int, ...], width: int) -> list[int]:
    """How many of `width` cells each count gets: in proportion, but at least one to whatever happened."""
    total = sum(counts)
    if not total or width <= 0:
        return [0] * len(counts)
    exact = [count * width / total for count in counts]
    cells = [max(int(share), 1 if count else 0) for share, count in zip(exact, counts, strict=True)]
    while sum(cells) < width:
        cells[max(range(len(cells)), key=lambda place: exact[place] - cells[place])] += 1
    while sum(cells) > width:
        cells[max(range(len(cells)), key=lambda place: cells[place])] -= 1
    return cells


def mix_bar(canvas: Canvas, x: int, y: int, width: int, counts: tuple[int, int, int, int]) -> None:
    """The bar of (ok, late, refused, wrong)."""
    paint = canvas.palette
    styles = (
        ("█", paint.ok_fill, None),
        ("▓", paint.unanswered, paint.unanswered_band),
        ("╱", paint.unanswered_ink, paint.unanswered),
        ("╳", paint.wrong_ink, paint.wrong),
    )
    if not sum(counts):
        canvas.put(x, y, "·" * width, paint.dim)
    for cells, (glyph, fg, bg) in zip(mix_cells(counts, width), styles, strict=True):
        x = canvas.put(x, y, glyph * cells, fg, bg if canvas.ink.coloured else None, bold=glyph in "╱╳")


def counts_of(group: GroupView) -> tuple[int, int, int, int]:
    """(ok, late, refused, wrong) of the last two seconds."""
    return group.ok, group.late, group.refused, group.wrong


def pain_of(canvas: Canvas, group: GroupView) -> str:
    """The hue of what the group's road brings back."""
    paint = canvas.palette
    total = sum(counts_of(group)) or 1
    if group.wrong * 10 > total:
        return paint.wrong
    return paint.unanswered if (group.late + group.refused) * 7 > total else paint.ok


def _in_three_rows(canvas: Canvas, rect: Rect, group: GroupView, left: bool) -> None:
    paint = canvas.palette
    asks = [Span("asks ", paint.muted), Span(clip(group.asks, rect.width // 2), paint.text)]
    rate = Span(f"⌂ {group.per_second:g}/s", paint.text, bold=True)
    room = rect.width - measure(asks) - len(rate.text) - (2 if left else 3)
    canvas.spans(rect.x, rect.y, rate, Span(" customers" if room >= 10 else "", paint.muted))
    if room >= 0:
        # On the right side the road comes up at the last column.
        canvas.right(rect.right - (1 if left else 3), rect.y, *asks)
    mix_bar(canvas, rect.x, rect.y + 1, rect.width, counts_of(group))
    numbers = _numbers(canvas, group, rect.width)
    end = canvas.spans(rect.x, rect.y + 2, *numbers)
    if sum(counts_of(group)) and end + 8 <= rect.right:
        canvas.put(end, rect.y + 2, "  in 2 s", paint.dim)


def _in_two_rows(canvas: Canvas, rect: Rect, group: GroupView) -> None:
    end = canvas.put(rect.x, rect.y, f"⌂ {group.per_second:g}", bold=True)
    canvas.right(rect.right - 1, rect.y, *_numbers(canvas, group, rect.right - end - 1))
    mix_bar(canvas, rect.x, rect.y + 1, rect.width, counts_of(group))


def _numbers(canvas: Canvas, group: GroupView, room: int) -> list[Span]:
    """What happened, in numbers and words; in numbers and marks where there is no room for words."""
    paint = canvas.palette
    if not sum(counts_of(group)):
        return [Span(clip("nobody has asked yet", room), paint.muted)]
    hues = (paint.ok, paint.unanswered, paint.unanswered, paint.wrong)
    for apart, wordy in ((2, True), (1, True), (1, False)):
        spans: list[Span] = []
        for count, word, mark, hue in zip(counts_of(group), _WORDS, _MARKS, hues, strict=True):
            if not count:
                continue
            blank = " " * apart if spans else ""
            spans += [Span(f"{blank}{count}", hue, bold=True), Span(f" {word}" if wordy else mark, paint.muted)]
        if measure(spans) <= room:
            return spans
    return []


def _risen_mark(canvas: Canvas, rect: Rect, group: GroupView, look: Look) -> None:
    """A newly charged answer lifts a `≠` off the bar, where the wrong ones are."""
    share = look.risen.get(group.name)
    if share is not None and group.wrong:
        x = rect.right - 1 - mix_cells(counts_of(group), rect.width)[3] // 2
        canvas.put(x, rect.y - round(2 * share), "≠", canvas.palette.wrong, bold=True)
