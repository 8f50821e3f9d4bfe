"""What the shift brings and what was promised: offered load over time, and the contract in people's words."""

from __future__ import annotations

from capgame.draw.canvas import Canvas, Span, clip, measure
from capgame.play.views.briefing import BriefingView, RegionPlan
from capgame.play.views.plan import show_ms
from capgame.values.units import SECOND_US, clock, show_rate, show_share

_NAMES = 9  # columns of the words on the left
_BLOCKS = "▁▂▃▄▅▆▇█"
_TICKS_US = 30 * SECOND_US


def draw_load(canvas: Canvas, x: int, y: int, width: int, brief: BriefingView, *, tight: bool) -> int:
    """What every group will ask, over time, and what is known of the faults; gives the row after it.

    `tight` leaves the axis out.
    """
    paint = canvas.palette
    canvas.rule(x, y, width, "THE SHIFT", clock(brief.duration, tenths=False))
    y += 1
    left, span = x + _NAMES, max(1, width - _NAMES - 7)
    groups = [region for region in brief.regions if region.load]
    most = max((milli for region in groups for _, milli in region.load), default=0)
    for region in groups:
        canvas.put(x + 1, y, clip(region.name, _NAMES - 2), paint.muted)
        bars = "".join(_bar(region, column * brief.duration // span, most) for column in range(span))
        canvas.put(left, y, bars, paint.ok_fill)
        canvas.right(x + width - 1, y, Span(show_rate(region.load[-1][1]), paint.text, bold=True))
        y += 1
    canvas.put(x + 1, y, "known", paint.muted)
    canvas.put(left, y, "·" * span, paint.faint)
    canvas.put(left + 2, y, clip(" nothing is forecast ", span - 4), paint.muted)
    y += 1
    if tight:
        return y
    for at in range(0, brief.duration + 1, _TICKS_US):
        label = clock(at, tenths=False)
        canvas.put(left + min(at * span // brief.duration, span - len(label)), y, label, paint.muted)
    return y + 1


def _bar(region: RegionPlan, at: int, most: int) -> str:
    """The group's rate at an instant, as one glyph; `most` is the highest of all groups."""
    milli = max((step for step in region.load if step[0] <= at), default=(0, 0))[1]
    return _BLOCKS[milli * (len(_BLOCKS) - 1) // most] if milli else "·"


def draw_contract(canvas: Canvas, x: int, y: int, width: int, brief: BriefingView, *, tight: bool) -> int:
    """Both promises, the prices, what may be done; gives the row after it. `tight` leaves the stars out."""
    canvas.rule(x, y, width, "THE CONTRACT")
    left, right = x + _NAMES, x + width
    for word, items, note in _rows(canvas, brief):
        if tight and word == "stars":
            continue
        y += 1
        canvas.put(x + 1, y, word, canvas.palette.muted)
        after = left
        for item in items:
            if after > left and after + measure(item) > right:
                y, after = y + 1, left
            after = canvas.spans(after, y, *item) + 3
        if note and after - 2 + len(note) <= right:
            canvas.right(right - 1, y, Span(note, canvas.palette.muted))
        elif note:
            y += 1
            canvas.put(left, y, note, canvas.palette.muted)
    return y + 1


Item = list[Span]  # what is not broken over two rows


def _rows(canvas: Canvas, brief: BriefingView) -> list[tuple[str, list[Item], str]]:
    """The word on the left, what it stands for, and a note for the right edge."""
    paint, said, purse = canvas.palette, brief.contract, brief.purse
    one = len(said.deadlines) == 1
    in_time = f" in time: {show_ms(said.deadlines[0][1])}" if one else " in time"
    promised = [Span(show_share(said.uptime_ppm), paint.unanswered, True), Span(in_time)]
    right = [Span(show_share(said.truth_ppm), paint.wrong, True), Span(" of answers right")]
    rows = [("answer", [promised], f"{said.unanswered} may go unanswered")]
    if not one:
        rows.append(("by when", [[Span(f"{f} {show_ms(us)}")] for f, us in said.deadlines], ""))
    rows.append(("truth", [right], f"{said.wrong} may be wrong"))
    rows.append(("prices", _prices(canvas, brief), ""))
    if said.never:
        rows.append(("never", [[Span(", ".join(said.never), paint.wrong, True)]], "or the shift is lost"))
    two, three = said.stars_at
    rows.append(("stars", [[Span("★ both kept")], [Span(f"★★ {two}")], [Span(f"★★★ {three}")]], ""))
    verbs = [[Span(f"{verb} "), Span("◆" * cost, paint.you)] for verb, cost in purse.verbs]
    rows.append(("you may", verbs or [[Span("only watch")]], ""))
    every = f" attention, one more every {purse.refill_us // SECOND_US} s" if purse.refill_us else " attention"
    rows.append(("paid by", [[Span("◆" * purse.budget, paint.you), Span(every, paint.muted)]], ""))
    return rows


def _prices(canvas: Canvas, brief: BriefingView) -> list[Item]:
    paint = canvas.palette
    prices = brief.contract.prices or (("wrong answer", "1"),)
    wrong = [[Span(f"{kind} "), Span(price, paint.wrong, True)] for kind, price in prices]
    return [*wrong, [Span("late "), Span("0", paint.unanswered, True)]]
