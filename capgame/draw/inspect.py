"""The inspector: one node, as far as an operator could know it."""

from __future__ import annotations

from capgame.draw.canvas import Canvas, Rect, Span, clip, measure, wrap
from capgame.draw.chips import glyph_of, hue_of, spark
from capgame.draw.copies import differs, end_of, entry
from capgame.play.views.shift import NodeView, ShiftView

INSPECTOR_ROWS = 15
_LABEL = 9


def draw_inspector(canvas: Canvas, rect: Rect, view: ShiftView, name: str) -> None:
    """Role, what it hears, load, its log beside the leader's, and its notes."""
    node = next((node for node in view.nodes if node.name == name), None)
    if node is None:
        return
    x, y, width = rect.x, rect.y, rect.width
    canvas.rule(x, y, width, f"{node.name} {node.region}", "tab next")
    for label, parts in _facts(canvas, view, node):
        y += 1
        _fact(canvas, x, y, width, label, parts)
    y = _logs(canvas, x, y + 2, width, view, node)
    room = rect.bottom - y - 2
    if node.notes and room > 0:
        canvas.rule(x, y + 1, width, "NOTES")
        for line in [line for note in node.notes for line in wrap(note, width)][:room]:
            canvas.put(x, y + 2, line, canvas.palette.data)
            y += 1


def _facts(canvas: Canvas, view: ShiftView, node: NodeView) -> list[tuple[str, list[Span]]]:
    paint = canvas.palette
    busiest = max((count for other in view.nodes for count in other.load), default=0)
    deaf = [other.name for other in view.nodes if other.name != node.name and other.name not in node.hears]
    epoch = f"  {'epoch' if node.epoch_letter == 'e' else 'term'} {node.epoch}"
    facts = [
        ("role", [Span(f"{glyph_of(node)} {node.role}", paint.text, bold=True), Span(epoch, paint.muted)]),
        ("hears", [
            Span(" ".join(node.hears) + (" " if node.hears else ""), paint.ok),
            Span(" ".join([*deaf, "✕"]) if deaf else "", paint.fault),
        ]),
        ("load", [
            Span(spark(node.load, busiest, 8), hue_of(canvas, node)), Span(f"  {node.per_second}/s", paint.muted),
        ]),
    ]  # fmt: skip
    if node.state != "ok":
        facts.append(("state", [Span(node.state, hue_of(canvas, node), bold=True)]))
    if node.meter:
        facts.append(("holds", [Span(node.meter, paint.text)]))
    return facts


def _fact(canvas: Canvas, x: int, y: int, width: int, label: str, parts: list[Span]) -> None:
    canvas.put(x, y, f"{label:<{_LABEL}}"[:_LABEL], canvas.palette.muted)
    while parts and _LABEL + measure(parts) > width:
        last = parts.pop()
        rest = width - _LABEL - measure(parts)
        if rest > 0:
            parts.append(last._replace(text=clip(last.text, rest)))
            break
    canvas.spans(x + _LABEL, y, *parts)


def _logs(canvas: Canvas, x: int, y: int, width: int, view: ShiftView, node: NodeView) -> int:
    """The positions it holds, above those of the leader it should agree with; gives the row after."""
    canvas.rule(x, y, width, "LOG", "newest right")
    leaders = [other for other in view.nodes if other.leads and other.name != node.name]
    leader = max(leaders, key=lambda other: (not other.forked, other.epoch), default=None)
    parted = _parted(node, leader)
    rows = [(node, canvas.palette.wrong if node.forked else canvas.palette.ok)]
    if leader is not None:
        rows.append((leader, canvas.palette.wrong if leader.forked else canvas.palette.ok))
    for shown, hue in rows:
        y += 1
        _fact(canvas, x, y, width, f"  {shown.name}", _positions(canvas, shown, parted, hue, width - _LABEL))
    if parted is not None:
        y += 1
        _fact(canvas, x, y, width, "", [
            Span(f"same to {parted - 1} ", canvas.palette.muted), Span("≠ forked", canvas.palette.wrong),
        ])  # fmt: skip
    return y + 1


def _parted(node: NodeView, leader: NodeView | None) -> int | None:
    if leader is None:
        return None
    return next((at for at in range(node.tail_from, end_of(node)) if differs(node, leader, at)), None)


def _positions(canvas: Canvas, node: NodeView, parted: int | None, hue: str, room: int) -> list[Span]:
    """`417 418 419 420 421 … 427`: the end of its log, in positions."""
    paint, end = canvas.palette, end_of(node)
    first = max(node.tail_from, (parted if parted is not None else end - 5) - 2)
    held = [at for at in range(first, end) if entry(node, at) is not None]
    if not held:
        return [Span("empty" if end == 0 else f"up to {end - 1}", paint.muted)]
    words = [str(at) for at in held]
    while len(words) > 2 and len(" ".join(words)) > room:
        kept = len(words) - (3 if "…" in words else 2)
        words = [*words[:kept], "…", words[-1]]
    common = sum(parted is None or at < parted for at in held[: len(words)])
    after = " ".join(words[common:])
    return [Span(" ".join(words[:common]) + (" " if after else ""), paint.muted), Span(after, hue, bold=True)]
