"""Node chips: what a replica is, how new its copy is, and how busy it was.

    ♛ n1  primary     glyph, name, and the role's word where it is not the usual one
    e7       v424     epoch or term; newest version and how far off it is, or the strategy's own meter
    ▄▂▁▁▂▄▂▁ 43/s     load

Teal leads, magenta leads a history that will lose, amber campaigns; an outline without fill is down.
"""

from __future__ import annotations

from capgame.draw.canvas import Canvas, Rect, Span, clip
from capgame.draw.look import Look, Target
from capgame.draw.places import Places
from capgame.play.views.shift import NodeView, ShiftView

ROLES = {
    "primary": "♛", "leader": "♛", "backup": "○", "follower": "○", "middle": "○", "candidate": "◇", "witness": "△",
    "holder": "◐", "head": "◂", "tail": "▸",
}  # fmt: skip
STATES = {"down": "✕", "paused": "‖", "fenced": "⊘", "frozen": "□", "slow": "≈"}
USUAL = frozenset({"follower", "backup", "middle", "holder"})  # roles whose glyph is word enough
BLOCKS = "▁▂▃▄▅▆▇█"


def draw_chips(canvas: Canvas, view: ShiftView, look: Look, where: Places) -> None:
    """Every node's chip, with the caps of what may be picked and the marks of what is focused."""
    busiest = max((count for node in view.nodes for count in node.load), default=0)
    for node in view.nodes:
        rect = where.chips.get(node.name)
        if rect is not None:
            _chip(canvas, rect, node, busiest, look)


def glyph_of(node: NodeView) -> str:
    """The one glyph that says what the node is, or what is wrong with it."""
    return STATES.get(node.state) or ROLES.get(node.role, "○")


def hue_of(canvas: Canvas, node: NodeView) -> str:
    """The colour of the node's glyph."""
    paint = canvas.palette
    if node.state == "down":
        return paint.fault
    if node.state != "ok" or node.role == "candidate":
        return paint.unanswered
    if node.leads:
        return paint.wrong if node.forked else paint.ok
    return paint.muted


def spark(load: tuple[int, ...], most: int, width: int) -> str:
    """The load of the last seconds as bars, newest right: its own shape, its peak lower the less of `most` it is."""
    shown = load[-width:] if width > 0 else ()
    peak = max(shown, default=0)
    top = 2 + 3 * peak // most if most else 0
    bars = "".join(BLOCKS[round(count * top / peak) if peak else 0] for count in shown)
    return bars.rjust(max(0, width), "·")


def _ground(canvas: Canvas, node: NodeView) -> str:
    paint = canvas.palette
    if node.state == "down":
        return paint.area
    if node.state in {"paused", "frozen", "fenced"}:
        return paint.chip_silent
    if node.leads:
        return paint.chip_loses if node.forked else paint.chip_leads
    return paint.chip_campaigns if node.role == "candidate" else paint.chip


def _chip(canvas: Canvas, rect: Rect, node: NodeView, busiest: int, look: Look) -> None:
    ground = _ground(canvas, node)
    inside = _body(canvas, rect, node, ground)
    canvas.mark(rect, ("node", node.name))
    _name_line(canvas, inside, node, ground)
    if inside.height >= 2:
        _copy_line(canvas, inside, node, ground)
    if inside.height >= 3:
        _load_line(canvas, inside, node, busiest, ground)
    target = look.targets.get(node.name)
    if target is not None:
        _offer(canvas, rect, inside, target, ground)
    if look.focus == node.name:
        _focus(canvas, rect)


def _body(canvas: Canvas, rect: Rect, node: NodeView, ground: str) -> Rect:
    """Paint the chip's ground; gives the rectangle for its words."""
    x, y, width, height = rect
    if height < 4:
        canvas.fill(x, y, width, height, ground)
        if not canvas.ink.coloured:
            _sides(canvas, rect, "▐", "▌", canvas.palette.text)
        return Rect(x + 1, y, width - 2, height)
    if node.state == "down":
        canvas.fill(x, y, width, height, ground)
        canvas.box(x, y, width, height, canvas.palette.dim)
    else:
        canvas.soft(x, y, width, height, ground)
    return Rect(x + 2, y + 1, width - 4, height - 2)


def _name_line(canvas: Canvas, inside: Rect, node: NodeView, ground: str) -> None:
    paint, hue = canvas.palette, hue_of(canvas, node)
    name_hue = paint.text if node.state == "ok" else paint.muted
    end = canvas.spans(
        inside.x, inside.y, Span(f"{glyph_of(node)} ", hue, bold=True),
        Span(clip(node.name, inside.width - 2), name_hue, bold=True), bg=ground,
    )  # fmt: skip
    word = node.role if node.state == "ok" else node.state
    if inside.height == 1 and node.newest is not None:
        word = f"v{node.newest}"
    if word in USUAL or end + len(word) >= inside.right:
        return
    plain_word = paint.text if node.leads else paint.muted
    canvas.right(inside.right - 1, inside.y, Span(word, plain_word if node.state == "ok" else hue), bg=ground)


def _copy_line(canvas: Canvas, inside: Rect, node: NodeView, ground: str) -> None:
    paint = canvas.palette
    if node.state == "down":
        return  # what it holds is not known
    epoch = f"{node.epoch_letter}{node.epoch}"
    epoch_hue = paint.unanswered if node.role == "candidate" else paint.muted
    end = canvas.put(inside.x, inside.y + 1, clip(epoch, inside.width), epoch_hue, ground)
    room = inside.right - end - 1
    canvas.right(inside.right - 1, inside.y + 1, *_copy(canvas, node, room), bg=ground)


def _copy(canvas: Canvas, node: NodeView, room: int) -> list[Span]:
    paint = canvas.palette
    if node.meter:
        return [Span(clip(node.meter, room), paint.data, bold=True)]
    if node.newest is None:
        return []
    newest = Span(f"v{node.newest}", paint.wrong if node.forked else paint.data, bold=True)
    lag = Span(f" {node.lag:+d}" if node.lag else "", paint.wrong if node.forked else paint.unanswered)
    if len(newest.text) + len(lag.text) <= room:
        return [newest, lag]
    return [newest] if len(newest.text) <= room else []


def _load_line(canvas: Canvas, inside: Rect, node: NodeView, busiest: int, ground: str) -> None:
    paint, y = canvas.palette, inside.y + 2
    rate = f"{node.per_second}/s"
    width = min(8, inside.width - len(rate) - 1)
    if width > 0:
        bars = spark(node.load, busiest, width)
        canvas.put(inside.x, y, bars, hue_of(canvas, node) if node.leads else paint.dim, ground)
    canvas.right(inside.right - 1, y, Span(rate, paint.muted), bg=ground)


def _offer(canvas: Canvas, rect: Rect, inside: Rect, target: Target, ground: str) -> None:
    """The cap of a target, and its consequence in place of the chip's last line."""
    paint = canvas.palette
    canvas.put(rect.x, inside.y, f" {target.key} ", paint.background, paint.you, bold=True)
    if target.consequence and inside.height >= 2:
        row = inside.y + inside.height - 1
        canvas.fill(inside.x, row, inside.width, 1, ground)
        hue = paint.ok if target.good else paint.unanswered
        canvas.put(inside.x, row, clip(target.consequence, inside.width), hue, ground, bold=True)


def _focus(canvas: Canvas, rect: Rect) -> None:
    # Without colour the half blocks are every small chip's edge: whole ones tell the focused chip from the rest.
    left, right = "▐▌" if canvas.ink.coloured else "██"
    _sides(canvas, rect, left, right, canvas.palette.you)


def _sides(canvas: Canvas, rect: Rect, left: str, right: str, fg: str) -> None:
    for row in range(rect.y, rect.bottom):
        canvas.put(rect.x - 1, row, left, fg)
        canvas.put(rect.right, row, right, fg)
