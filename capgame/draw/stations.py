"""Levels as stations on the lines of their acts: `●` won, `○` open (dim: not yet), `◉` here."""

from __future__ import annotations

from capgame.draw.canvas import Canvas, Rect, wrap
from capgame.draw.ending import star_spans
from capgame.play.views.home import HomeView, StationView

ACTS = {
    1: ("I", "COPIES", "and who holds one"),
    2: ("II", "MAJORITIES", "and who is in one"),
    3: ("III", "ALWAYS YES", "and merge later"),
    4: ("IV", "NUMBERS", "locks and time"),
    5: ("V", "GRAY", "failures"),
}
ROWS = 4  # of one act


def acts_of(home: HomeView) -> tuple[int, ...]:
    """The acts that have a level, in order."""
    return tuple(sorted({station.act for station in home.stations}))


def draw_stations(canvas: Canvas, x: int, y: int, width: int, home: HomeView) -> None:
    """Every act's line, ROWS rows each."""
    paint = canvas.palette
    left, apart = (24, 19) if width >= 100 else (18, 13)
    for row, act in enumerate(acts_of(home)):
        top = y + row * ROWS
        roman, name, motto = ACTS.get(act, (str(act), f"ACT {act}", ""))
        stations = [station for station in home.stations if station.act == act]
        opened = any(station.open for station in stations)
        canvas.put(x, top, roman, paint.text if opened else paint.muted, bold=opened)
        canvas.put(x + 4, top, name, paint.text if opened else paint.muted, bold=opened)
        canvas.put(x + 4, top + 1, motto if width >= 100 else "", paint.muted)
        for place, station in enumerate(stations):
            at = x + left + place * apart
            last = place + 1 == len(stations)
            room = x + width - at if last else apart - 2
            won, ahead = bool(station.stars), 0 if last else room - 3
            canvas.put(at + 3, top, ("━" if won else "╌") * ahead, paint.muted if won else paint.faint)
            _station(canvas, at, top, room, station, named=width >= 100 or station.here)


def _station(canvas: Canvas, x: int, y: int, width: int, station: StationView, *, named: bool) -> None:
    paint = canvas.palette
    loud = paint.text if station.open else paint.muted
    canvas.mark(Rect(x - 1, y, width, 3), ("level", station.id))
    if station.here:
        canvas.put(x - 1, y, " ◉ ", paint.background, paint.you, bold=True)
    else:
        canvas.put(x, y, "●" if station.stars else "○", paint.ok if station.stars else loud, bold=station.open)
    row = y + 1
    for line in wrap(station.title, width, 2) if named else ():
        canvas.put(x - 1, row, line, paint.you if station.here else loud, bold=station.here)
        row += 1
    if station.stars:
        canvas.spans(x - 1, row, *star_spans(canvas, station.stars))
