"""What the shift brings and what was promised: offered load over time, and the contract in people's words."""

from __future__ import annotations

from capgame.draw.canvas import Canvas, Span, clip, measure
from capgame.play.briefing_view import BriefingView, RegionPlan
from capgame.play.plan_view import show_ms
from capgame.values.units import SECOND_US, clock, show_rate, show_share

_NAMES = 9  # columns of the words on the left
_BLOCKS = "▁▂▃▄▅▆▇█"
_TICKS_US = 30 * SECOND_US


def draw_load(canvas: Canvas, x: int, y: int, width: int, brief: BriefingView) -> int:
    """What every group will ask, over time, and what is known of the faults; gives the row after it."""
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
    for at in range(0, brief.duration + 1, _TICKS_US):
        label = clock(at, tenths=False)
        canvas.put(left + min(at * span // brief.duration, span - len(label)), y, label, paint.muted)
    return y + 1


def _bar(region: RegionPlan, at: int, most: int) -> str:
    """The group's rate at an instant, as one glyph; `most` is the highest of all groups."""
    milli = max((step for step in region.load if step[0] <= at), default=(0, 0))[1]
    return _BLOCKS[milli * (len(_BLOCKS) - 1) // most] if milli else "·"


def draw_contract(canvas: Canvas, x: int, y: int, width: int, brief: BriefingView) -> int:
    """Both promises, the prices, what may be done; gives the row after it."""
    canvas.rule(x, y, width, "THE CONTRACT")
    for word, left, right in _rows(canvas, brief):
        y += 1
        canvas.spans(x + 1, y, Span(f"{word:<8}", canvas.palette.muted), *left)
        if right and _NAMES + measure(left) + len(right) + 1 < width:
            canvas.right(x + width - 1, y, Span(right, canvas.palette.muted))
    return y + 1


def _rows(canvas: Canvas, brief: BriefingView) -> list[tuple[str, list[Span], str]]:
    paint, said = canvas.palette, brief.contract
    times = ", ".join(show_ms(us) if f == "answer" else f"{f} {show_ms(us)}" for f, us in said.deadlines)
    rows = [
        ("answer", [Span(show_share(said.uptime_ppm), paint.unanswered, True), Span(f" in time: {times}", paint.text)],
         f"{said.unanswered} may go unanswered"),
        ("truth", [Span(show_share(said.truth_ppm), paint.wrong, True), Span(" of answers right", paint.text)],
         f"{said.wrong} may be wrong"),
        ("prices", _prices(canvas, brief), ""),
    ]  # fmt: skip
    if said.never:
        rows.append(("never", [Span(", ".join(said.never), paint.wrong, True)], "or the shift is lost"))
    two, three = said.stars_at
    rows.append(("stars", [Span(f"★ both kept   ★★ {two}   ★★★ {three}", paint.text)], ""))
    verbs = [part for verb, cost in brief.purse.verbs
             for part in (Span(f"{verb} ", paint.text), Span("◆" * cost + "  ", paint.you))]  # fmt: skip
    rows.append(("you may", verbs or [Span("only watch", paint.text)], ""))
    purse = [Span("◆" * brief.purse.budget, paint.you), Span(" attention", paint.muted)]
    every = f", one more every {brief.purse.refill_us // SECOND_US} s" if brief.purse.refill_us else ""
    rows.append(("paid by", [*purse, Span(every, paint.muted)], ""))
    return rows


def _prices(canvas: Canvas, brief: BriefingView) -> list[Span]:
    paint, spans = canvas.palette, []
    for kind, price in brief.contract.prices:
        spans += [Span(f"{kind} ", paint.text), Span(f"{price}   ", paint.wrong, bold=True)]
    return [*spans, Span("late ", paint.text), Span("0", paint.unanswered, bold=True)]
