"""WRONG ANSWERS and NOT ANSWERED: every cause with its count, its time, its points and a sentence.

    WRONG ANSWERS ─────────────────────── 5 charged, −293 points
    ▸   3 ≠ lost writes               23.4–26.0   −220     by n4
            The first: east12's write k7=v421, acknowledged …
    NOT ANSWERED ─────────────────── 86 of 3,600, −283 points
       29 – refused, west             20.2–23.1   −104     yours

The selected cause shows all it has to say; the others as much as there is room for, in narrow lists nothing. A list
that is still too long scrolls so that the selected cause is whole, and says how many are out of sight.
"""

from __future__ import annotations

from dataclasses import dataclass

from capgame.draw.canvas import Canvas, Rect, Span, clip, measure, wrap
from capgame.play.views.causes import CauseView
from capgame.play.views.postmortem import PostmortemView
from capgame.values.units import show_seconds

ROOMY = 55  # columns (of a screen of 100) from which on times and everybody's sentences are shown
SENTENCE_ROWS_MOST = 6
_INDENT = 8


@dataclass(frozen=True, slots=True)
class Block:
    """A head of a list, or one cause with the rows of its sentence."""

    cause: CauseView | None
    place: int = -1  # among all causes
    title: str = ""
    note: str = ""
    sentence: tuple[str, ...] = ()

    @property
    def rows(self) -> int:
        """How high it is."""
        return 1 + len(self.sentence)


def causes_rows(report: PostmortemView, width: int, selected: int, room: int) -> int:
    """How many rows the lists take, at most `room`."""
    return min(room, sum(block.rows for block in _blocks(report, width, selected, room)))


def draw_causes(canvas: Canvas, rect: Rect, report: PostmortemView, selected: int) -> None:
    """Both lists in the rectangle."""
    blocks = _blocks(report, rect.width, selected, rect.height)
    first = _scroll(blocks, selected, rect.height)
    y = rect.y
    for block in blocks[first:]:
        if y + block.rows > rect.bottom:
            break
        _draw_block(canvas, rect, y, block, block.place == selected)
        y += block.rows
        first += 1
    hidden = sum(block.cause is not None for block in blocks[first:])
    if hidden:
        more = f" {hidden} more ↓ "
        canvas.put(rect.right - len(more), rect.bottom - 1, more, canvas.palette.background, canvas.palette.you)


def _blocks(report: PostmortemView, width: int, selected: int, room: int) -> list[Block]:
    """The blocks with as many sentences as fit."""
    if width >= ROOMY:
        for others in (SENTENCE_ROWS_MOST, 2, 1):
            blocks = _blocks_with(report, width, selected, others)
            if sum(block.rows for block in blocks) <= room:
                return blocks
    return _blocks_with(report, width, selected, 0)


def _blocks_with(report: PostmortemView, width: int, selected: int, others: int) -> list[Block]:
    blocks = [Block(None, title=_title("WRONG ANSWERS", width), note=_charged(report, width))]
    for place, cause in enumerate(report.causes):
        if place == len(report.wrong):
            blocks.append(_unanswered_head(report, width))
        most = SENTENCE_ROWS_MOST if place == selected else others
        blocks.append(Block(cause, place, sentence=tuple(wrap(cause.sentence, max(1, width - _INDENT - 1), most))))
    if not report.unanswered:
        blocks.append(_unanswered_head(report, width))
    return blocks


def _unanswered_head(report: PostmortemView, width: int) -> Block:
    count = sum(cause.count for cause in report.unanswered)
    note = f"{count:,} of {report.offered:,}, −{1000 - report.uptime.points} points" if width >= ROOMY else f"{count:,}"
    return Block(None, title=_title("NOT ANSWERED", width), note=note if count else "none")


def _title(words: str, width: int) -> str:
    return words if width >= ROOMY or not words.startswith("WRONG") else "WRONG"


def _charged(report: PostmortemView, width: int) -> str:
    count = sum(cause.count for cause in report.wrong)
    if not count:
        return "none"
    return f"{count:,} charged, −{1000 - report.truth.points} points" if width >= ROOMY else f"{count:,}"


def _scroll(blocks: list[Block], selected: int, room: int) -> int:
    """The first block that is shown: the lists move up only as far as the selected cause needs."""
    first, last = 0, next((at for at, block in enumerate(blocks) if block.place == selected), 0)
    while first < last and sum(block.rows for block in blocks[first : last + 1]) > room:
        first += 1
    return first


def _draw_block(canvas: Canvas, rect: Rect, y: int, block: Block, here: bool) -> None:
    if block.cause is None:
        canvas.rule(rect.x, y, rect.width, block.title, block.note)
        return
    paint = canvas.palette
    ground = paint.chip if here else None
    if here:
        canvas.fill(rect.x, y, rect.width, block.rows, paint.chip)
    canvas.mark(Rect(rect.x, y, rect.width, block.rows), ("cause", str(block.place)))
    _cause_line(canvas, rect, y, block.cause, here, ground)
    for row, line in enumerate(block.sentence, y + 1):
        canvas.put(rect.x + _INDENT, row, line, paint.text if here else paint.muted, ground)


def _cause_line(canvas: Canvas, rect: Rect, y: int, cause: CauseView, here: bool, ground: str | None) -> None:
    paint, hue = canvas.palette, cause_hue(canvas, cause)
    right = _right_columns(canvas, rect.width, cause)
    before = [
        Span("▸" if here else " ", paint.you, bold=True),
        Span(f"{cause.count:>5,} ", paint.text, bold=True),
        Span(f"{cause.mark} ", hue, bold=True),
    ]
    room = rect.width - measure(before) - measure(right) - 1
    canvas.spans(rect.x, y, *before, Span(clip(cause.what, room), paint.text, bold=True), bg=ground)
    canvas.right(rect.right - 1, y, *right, bg=ground)


def _right_columns(canvas: Canvas, width: int, cause: CauseView) -> list[Span]:
    """When, how many points, and who; in narrow lists only what matters most."""
    paint, hue = canvas.palette, cause_hue(canvas, cause)
    points = f"−{cause.points}" if cause.points else "0"
    if width < ROOMY:
        word = points if cause.charged else cause.word
        return [Span(f"{word} ", hue, bold=True)]
    word_hue = paint.muted if cause.charged else hue
    return [
        Span(_when(cause), paint.muted), Span(f"{points:>7}", hue, bold=True),
        Span(f"{clip(cause.word, 11):>11} ", word_hue, bold=not cause.charged),
    ]  # fmt: skip


def cause_hue(canvas: Canvas, cause: CauseView) -> str:
    """Magenta for what was wrong, amber for what was yours to serve; the rest is nobody's doing."""
    if cause.charged:
        return canvas.palette.wrong
    return canvas.palette.unanswered if cause.word == "yours" else canvas.palette.muted


def _when(cause: CauseView) -> str:
    first, last = (show_seconds(at).removesuffix(" s") for at in (cause.first_us, cause.last_us))
    return first if first == last else f"{first}–{last}"
