"""COPIES: the ends of all logs, aligned, so that a fork is seen as two patterns after one stem.

    n1 ♛ 7  ████████████▓▓▓▓▓▓
    n4 ♛ 8  ████████████╳╳╳╳╳╳╳╳╳

Two entries are equal when position and identity are. Logs have no holes, so what is older than a tail is held too,
and counted as agreed: a fork older than every tail is not seen.
"""

from __future__ import annotations

from dataclasses import dataclass

from capgame.draw.canvas import Canvas, Span, clip
from capgame.draw.chips import STATES, hue_of
from capgame.play.views.shift import NodeView

_STEM_SEEN = 6  # entries of the common stem that stay in sight before a fork


@dataclass(frozen=True, slots=True)
class Fork:
    """Where histories part: the first position that two nodes hold differently, and the history that stays."""

    position: int
    stays: str  # the node whose history is taken as the one that survives


def draw_copies(canvas: Canvas, x: int, y: int, width: int, nodes: tuple[NodeView, ...]) -> int:
    """The section, one row a node and a caption where there is a fork; gives the row after it."""
    canvas.rule(x, y, width, "COPIES", "who holds what")
    fork = find_fork(nodes)
    start, scale = _window(nodes, fork, max(1, width - 9))
    by_name = {node.name: node for node in nodes}
    for node in nodes:
        y += 1
        canvas.spans(x, y, *_label(canvas, node))
        canvas.spans(x + 8, y, *_log(canvas, node, by_name, fork, start, scale))
    if fork is not None:
        y += 1
        canvas.spans(x + 8, y, *_caption(canvas, nodes, by_name, fork))
    return y + 1


def copies_rows(nodes: tuple[NodeView, ...]) -> int:
    """How many rows the section takes."""
    return 1 + len(nodes) + (find_fork(nodes) is not None)


def end_of(node: NodeView) -> int:
    """The position after its newest entry."""
    return node.tail_from + len(node.tail)


def entry(node: NodeView, position: int) -> int | None:
    """The identity that a node holds at a position, as far as its tail shows it."""
    place = position - node.tail_from
    return node.tail[place] if 0 <= place < len(node.tail) else None


def find_fork(nodes: tuple[NodeView, ...]) -> Fork | None:
    """The first position at which two tails disagree."""
    first: int | None = None
    for place, node in enumerate(nodes):
        for other in nodes[:place]:
            parted = _parted(node, other)
            if parted is not None and (first is None or parted < first):
                first = parted
    if first is None:
        return None
    stays = max(nodes, key=lambda node: (not node.forked, node.leads, node.epoch, end_of(node)))
    return Fork(first, stays.name)


def differs(node: NodeView, other: NodeView, position: int) -> bool:
    """Whether two nodes hold different entries at a position; not when one of them holds none."""
    mine, theirs = entry(node, position), entry(other, position)
    return mine is not None and theirs is not None and mine != theirs


def _parted(node: NodeView, other: NodeView) -> int | None:
    start, stop = max(node.tail_from, other.tail_from), min(end_of(node), end_of(other))
    ours = node.tail[start - node.tail_from : stop - node.tail_from] if stop > start else ()
    theirs = other.tail[start - other.tail_from : stop - other.tail_from] if stop > start else ()
    if ours == theirs:
        return None
    return next(start + place for place, pair in enumerate(zip(ours, theirs, strict=True)) if pair[0] != pair[1])


def _window(nodes: tuple[NodeView, ...], fork: Fork | None, width: int) -> tuple[int, int]:
    """The first position shown and the entries to a cell: fork and laggards stay in sight."""
    newest = max((end_of(node) for node in nodes), default=0)
    alive = [end_of(node) for node in nodes if node.newest is not None]
    oldest = min([newest - width, *(end - 4 for end in alive)], default=0)
    if fork is not None:
        oldest = min(oldest, fork.position - _STEM_SEEN)
    oldest = max(0, oldest)
    return oldest, max(1, -(-(newest - oldest) // width))


def _label(canvas: Canvas, node: NodeView) -> list[Span]:
    paint = canvas.palette
    mark = STATES.get(node.state) or ("♛" if node.leads else "?" if node.role == "candidate" else " ")
    return [
        Span(f"{clip(node.name, 3):<3}", paint.text, bold=True),
        Span(f"{mark} ", hue_of(canvas, node)),
        Span(clip(f"{node.epoch:<3}", 3) if node.state != "down" else "   ", paint.muted),
    ]


def _log(
    canvas: Canvas, node: NodeView, by_name: dict[str, NodeView], fork: Fork | None, start: int, scale: int
) -> list[Span]:  # fmt: skip
    paint = canvas.palette
    if node.newest is None:
        return []  # it is down, and what its disk holds is not known
    end = end_of(node)
    # A lasting fork is older than the newest entries, so every entry after it belongs to one of the two histories.
    own = fork is not None and _loses(node, by_name[fork.stays], fork)
    stem_to = end if fork is None else min(end, fork.position)
    stem = -(-max(0, stem_to - start) // scale)
    after = -(-max(0, end - start) // scale) - stem
    spans = [Span("█" * stem, paint.dim)]
    if own:
        return [*spans, Span("╳" * after, paint.wrong, bg=paint.wrong_band)]
    return [*spans, Span("▓" * after, paint.ok)]


def _loses(node: NodeView, stays: NodeView, fork: Fork) -> bool:
    return any(differs(node, stays, position) for position in range(fork.position, end_of(node)))


def _caption(
    canvas: Canvas, nodes: tuple[NodeView, ...], by_name: dict[str, NodeView], fork: Fork
) -> list[Span]:  # fmt: skip
    paint, stays = canvas.palette, by_name[fork.stays]
    kept = max(0, end_of(stays) - fork.position)
    dying = max((end_of(node) - fork.position for node in nodes if _loses(node, stays, fork)), default=0)
    return [
        Span(f"same to {fork.position - 1}  ", paint.muted),
        Span(f"▓ {kept}", paint.ok),
        Span(" or ", paint.muted),
        Span(f"╳ {dying}", paint.wrong),
        Span(" dies", paint.muted),
    ]
