"""HELP: what the marks mean and what the keys do, over whatever is on. Any key closes it."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding

from capgame.draw.canvas import Canvas, Span, wrap
from capgame.draw.keys import draw_keys
from capgame.tui.dress import Dress
from capgame.tui.game_screen import GameScreen
from capgame.tui.painting import Painting

# (mark, the palette's name for its colour, what it means)
MARKS = (
    ("♛", "ok", "leader or primary: it may take writes"),
    ("○", "muted", "follower or backup"),
    ("◇", "unanswered", "candidate: asks the others to make it leader"),
    ("✕ ‖ ⊘ □", "fault", "down · paused · fenced · frozen"),
    ("t4 e7", "muted", "term, epoch: counts leaders; the higher wins"),
    ("v88 -17", "unanswered", "newest version held; how far behind"),
    ("● • ◆", "data", "data, acknowledgement, vote, on their way"),
    ("╱╲", "fault", "a cut: no message between replicas passes"),
    ("┏━▸", "ok", "the customers’ road: a network of its own"),
    ("█ ▓ ╱ ╳", "text", "answered · late · refused · wrong"),
    ("≠", "wrong", "an answer that cannot be true: charged"),
    ("◆ ◇", "you", "attention: pays for moves, comes back"),
)
KEYS = (
    ("space", "start and stop the clock"),
    ("- +", "slower and faster: ¼ to 4"),
    (".", "to the next event"),
    ("r t z f p x", "a move, then the keys of its targets"),
    ("↵ esc", "take what is marked · one step back"),
    (":", "type a move; tab completes it"),
    ("ctrl+p", "find a move, or a theme"),
    ("tab", "next node"),
    ("i g", "look into it · pager (narrow screens)"),
    ("mouse", "a verb, then a target; click a node"),
    ("1 2", "strategy, at home and in the postmortem"),
    ("ctrl+q", "quit"),
)
STOPS = "The clock stops by itself when the pager rings, when a group falls under half served, and while you choose."
MOTION = "Messages are shown for at least 350 ms and thinned; at ¼ and step by step each is where it is."


class HelpScreen(GameScreen, inherit_bindings=False):
    """Two lists side by side."""

    BINDINGS = [Binding("escape,enter,space,q,question_mark", "close", "close", id="help.close")]

    def __init__(self) -> None:
        super().__init__()
        self._page = Painting("page")

    def compose(self) -> ComposeResult:
        """One page."""
        yield self._page

    def on_resize(self, event: events.Resize) -> None:
        """Lay out again."""
        self._page.forget()
        self._page.place(0, 0, event.size.width, event.size.height)
        self._page.show(draw_help(event.size.width, event.size.height, self.game.dress))

    def action_close(self) -> None:
        """Back to where one was."""
        self.dismiss()


def draw_help(width: int, height: int, dress: Dress) -> Canvas:
    """The page."""
    canvas = dress.canvas(width, height)
    paint, half = canvas.palette, width // 2
    canvas.fill(0, 0, width, 1, paint.panel)
    canvas.put(1, 0, "Legend and keys", paint.text, bold=True)
    canvas.rule(1, 2, half - 2, "WHAT YOU SEE")
    canvas.rule(half + 1, 2, width - half - 2, "WHAT YOU CAN DO")
    for row, (mark, hue, words) in enumerate(MARKS):
        canvas.spans(1, 4 + row, Span(f"{mark:<8} ", getattr(paint, hue), True), Span(words, paint.data))
    for row, (key, words) in enumerate(KEYS):
        canvas.spans(half + 1, 4 + row, Span(f"{key:<11} ", paint.you, True), Span(words, paint.data))
    for row, sentence in enumerate((STOPS, MOTION)):
        for line_number, line in enumerate(wrap(sentence, width - 2, 2)):
            canvas.put(1, 5 + len(MARKS) + 2 * row + line_number, line, paint.muted)
    footer = dress.canvas(width, 1)
    draw_keys(footer, (("esc", "back"),))
    canvas.paste(0, height - 1, footer)
    return canvas
