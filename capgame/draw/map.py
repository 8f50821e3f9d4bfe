"""The map: regions as soft areas, replicas and their links, customers and their pipes, and the walls between."""

from __future__ import annotations

from capgame.draw.canvas import Canvas, Span
from capgame.draw.chips import draw_chips
from capgame.draw.customers import draw_customers
from capgame.draw.look import Look, Target
from capgame.draw.places import Places, places
from capgame.draw.roads import draw_ghost, draw_links, draw_messages, draw_pipes
from capgame.draw.walls import draw_labels, draw_walls
from capgame.play.views.shift import RegionView, ShiftView


def draw_map(canvas: Canvas, view: ShiftView, look: Look) -> None:
    """The whole map, from the ground up."""
    where = map_places(canvas.width, canvas.height, view)
    for region in view.regions:
        canvas.mark(where.regions[region.name], ("region", region.name))
        canvas.soft(*where.regions[region.name], canvas.palette.area)
    draw_links(canvas, view, look, where)
    for region in view.regions:
        # A group is named as its region, and then the cap belongs to the customers.
        named = any(group.name == region.name for group in view.groups)
        _title(canvas, region, where, None if named else look.targets.get(region.name))
    draw_walls(canvas, view, look, where)
    draw_messages(canvas, view, look, where)
    for foot in where.customers.values():
        canvas.fill(*foot, canvas.palette.area)  # no link passes through the customers' words
    draw_pipes(canvas, view, where)
    draw_customers(canvas, view, look, where)
    draw_chips(canvas, view, look, where)
    if look.ghost is not None:
        home = {group.name: group.region for group in view.groups}
        draw_ghost(canvas, look, where, home.get(look.ghost.group, look.ghost.group))
    draw_labels(canvas, view, where)


def map_places(width: int, height: int, view: ShiftView) -> Places:
    """Where a view's regions and nodes stand on a map of this size."""
    return places(width, height, tuple((region.name, region.nodes) for region in view.regions))


def _title(canvas: Canvas, region: RegionView, where: Places, target: Target | None) -> None:
    paint, rect = canvas.palette, where.regions[region.name]
    y = rect.y if where.compact else rect.y + 1
    x = rect.x + 2
    if target is not None:
        x = canvas.put(x - 1, y, f" {target.key} ", paint.background, paint.you, bold=True) + 1
    name = Span(region.name.upper(), paint.fault if region.cut_off else paint.text, bold=True)
    canvas.spans(x, y, name, Span("  cut off" if region.cut_off else "", paint.fault), bg=paint.area)
