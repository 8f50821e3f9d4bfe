"""The frontier: uptime against truth of every run, in points, so that neglecting either can be seen to sink it.

    ↑  ● quorum     ⢘ ⠈⢳⡀       ⠈⠳⢄⡀          the promise is the middle: half the points, a budget just spent
    t               ⢘   ⠙ ◉ you    ⠙⠲⢤★★★     the win is the tinted quadrant
    r ⠂⠂⠂⠂⠂⠂⠐⠐⠐⠐⠐⠐ ⠂⠐⢸won ★⠂⠂⠂⠂⠂★★⠂⠂⠂⠂⠂⠂     curves join what has the score of two stars, and of three
       uptime →          95% promised    100%

Names keep clear of points, of each other and of the rim: a name that finds no room beside its point is left out.
Runs that share a cell share a name. Nothing in here is about a screen: any canvas will do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from capgame.draw.canvas import Canvas, Rect, Span, clip
from capgame.draw.ink import Ink
from capgame.draw.palette import NIGHT, mix
from capgame.play.views.postmortem import FrontierPoint, PointKind

FULL = 1000  # points of a half that lost nothing
PROMISE = 500  # points of a half whose budget is just spent
LEAST_WIDTH, LEAST_HEIGHT = 16, 4
MARKS = {PointKind.ALONE: "●", PointKind.EARLIER: "·", PointKind.YOU: "◉"}

Points = Sequence[FrontierPoint]
Cell = tuple[int, int]


class Plot:
    """A canvas area with points on both axes, and the cells that are already spoken for."""

    def __init__(self, canvas: Canvas, area: Rect) -> None:
        self.canvas, self.area = canvas, area
        self.taken: set[Cell] = set()

    def dot(self, uptime: float, truth: float) -> tuple[int, int]:
        """Where a run is, in braille dots."""
        across, down = 2 * self.area.width - 1, 4 * self.area.height - 1
        x = min(across, max(0, round(uptime * across / FULL)))
        y = min(down, max(0, round((FULL - truth) * down / FULL)))
        return 2 * self.area.x + x, 4 * self.area.y + y

    def cell(self, uptime: float, truth: float) -> Cell:
        """Where a run is, in cells."""
        x, y = self.dot(uptime, truth)
        return x >> 1, y >> 2

    def free(self, x: int, y: int, length: int) -> bool:
        """Whether that many cells are inside, and nobody's."""
        area = self.area
        inside = area.x <= x and x + length <= area.right and area.y <= y < area.bottom
        return inside and not any((column, y) in self.taken for column in range(x, x + length))

    def write(self, x: int, y: int, text: str, fg: str, *, bold: bool = False) -> None:
        """Put a word down, and keep its cells and one beside it."""
        self.canvas.put(x, y, text, fg, bold=bold)
        self.taken.update((column, y) for column in range(x - 1, x + len(text) + 1))

    def offer(self, x: int, y: int, text: str, fg: str, *, bold: bool = False) -> bool:
        """The same, if there is room."""
        room = self.free(x, y, len(text))
        if room:
            self.write(x, y, text, fg, bold=bold)
        return room


def draw_frontier(
    canvas: Canvas, rect: Rect, points: Points, stars_at: tuple[int, int],
    promised: tuple[str, str] = ("", ""),
) -> None:  # fmt: skip
    """The plot with its axes. `promised` is what uptime and truth were promised to be, as text ("95%")."""
    if rect.width < LEAST_WIDTH or rect.height < LEAST_HEIGHT:
        return
    area = Rect(rect.x + 2, rect.y, rect.width - 2, rect.height - 1)
    plot = Plot(canvas, area)
    _ground(plot)
    _axes(plot, promised)
    for stars, score in zip(("★★", "★★★"), stars_at, strict=True):
        _curve(plot, score)
        _star_label(plot, stars, score)
    _runs(plot, points, promised[1])


def frontier_text(width: int, height: int, points: Points, stars_at: tuple[int, int], ink: Ink = Ink.LINE) -> str:
    """The plot as plain text, for reports."""
    canvas = Canvas(width, height, NIGHT, ink)
    draw_frontier(canvas, Rect(0, 0, width, height), points, stars_at)
    return canvas.text()


# -- the ground: areas, axes, promises, curves


def _ground(plot: Plot) -> None:
    canvas, area, paint = plot.canvas, plot.area, plot.canvas.palette
    middle, level = plot.cell(PROMISE, PROMISE)
    canvas.fill(area.x, area.y, area.width, area.height, paint.area)
    if canvas.ink.coloured:
        won = mix(paint.background, paint.ok, 0.16)
        canvas.fill(middle, area.y, area.right - middle, level - area.y + 1, won)
    for share in range(0, FULL + 1, 24):
        canvas.dot(*plot.dot(share, PROMISE), paint.dim)
        canvas.dot(*plot.dot(PROMISE, share), paint.dim)


def _axes(plot: Plot, promised: tuple[str, str]) -> None:
    canvas, area, paint = plot.canvas, plot.area, plot.canvas.palette
    middle, _ = plot.cell(PROMISE, PROMISE)
    canvas.put(area.x - 2, area.y, "↑", paint.muted)
    for row, letter in enumerate("truth"[: max(0, area.height - 1)], area.y + 1):
        canvas.put(area.x - 2, row, letter, paint.wrong)
    end = canvas.put(area.x, area.bottom, "uptime →", paint.unanswered)
    label = f"{promised[0]} promised" if promised[0] else ""
    if len(label) > area.right - middle - 4:
        label = promised[0]
    canvas.put(max(end + 1, middle - 2), area.bottom, label, paint.muted)
    canvas.right(area.right - 1, area.bottom, Span("100%", paint.muted))


def _curve(plot: Plot, score: int) -> None:
    """Where the harmonic mean is `score`: 2 / (1/u + 1/t)."""
    across, down = 2 * plot.area.width, 4 * plot.area.height
    for part in range(across + 1):
        uptime = FULL * part / across
        if (truth := _partner(uptime, score)) is not None:
            plot.canvas.dot(*plot.dot(uptime, truth), plot.canvas.palette.muted, 1)
    for part in range(down + 1):
        truth = FULL * part / down
        if (other := _partner(truth, score)) is not None:
            plot.canvas.dot(*plot.dot(other, truth), plot.canvas.palette.muted, 1)


def _partner(points: float, score: int) -> float | None:
    """What the other half must have; None where even everything would not do."""
    if 2 * points <= score:
        return None
    other = score * points / (2 * points - score)
    return other if other <= FULL else None


def _star_label(plot: Plot, stars: str, score: int) -> None:
    least = _partner(FULL, score)
    if least is not None:
        _, row = plot.cell(FULL, least)
        plot.offer(plot.area.right - len(stars), row, stars, plot.canvas.palette.text)


# -- the runs


def _runs(plot: Plot, points: Points, truth_promised: str) -> None:
    paint = plot.canvas.palette
    cells: dict[Cell, list[FrontierPoint]] = {}
    for point in sorted(points, key=lambda point: point.kind is not PointKind.YOU):  # yours is named first
        cells.setdefault(plot.cell(point.uptime, point.truth), []).append(point)
    for (x, y), here in cells.items():
        hue = paint.you if here[0].kind is PointKind.YOU else paint.data
        plot.write(x, y, MARKS[here[0].kind], hue, bold=True)
    for (x, y), here in cells.items():
        _name(plot, x, y, here)
    middle, level = plot.cell(PROMISE, PROMISE)
    any(plot.offer(middle + 1, row, "won ★", paint.text) for row in (level, level - 1, plot.area.y))
    if truth_promised:
        plot.offer(plot.area.x, level, f"{truth_promised} promised", paint.muted)


def _name(plot: Plot, x: int, y: int, here: Points) -> None:
    mine = here[0].kind is PointKind.YOU
    text = clip(", ".join(point.name for point in here), plot.area.width // 2)
    hue = plot.canvas.palette.you if mine else plot.canvas.palette.muted
    for column, row in _spots(x, y, len(text)):
        if plot.offer(column, row, text, hue, bold=mine):
            if row == y:  # no curve between a point and its name
                plot.canvas.put(x + 1 if column > x else x - 1, y, " ")
            return


def _spots(x: int, y: int, length: int) -> Iterator[Cell]:
    """Where a name may stand, best first: right of its point, left, below, above, and further away."""
    yield x + 2, y
    yield x - 1 - length, y
    for away in (1, -1, 2, -2):
        yield x + 1, y + away
        yield x - length // 2, y + away
        yield x - length, y + away
