"""BRIEFING: what the level gives, and the plan: which strategy, with which knobs.

Every key changes the plan in the campaign, which remembers it; what is drawn is always the view of that.
"""

from __future__ import annotations

from dataclasses import replace

from textual.binding import Binding

from capgame.draw.briefing import PLAN, STORY, BriefingLook, draw_briefing, in_pages
from capgame.draw.canvas import Canvas, Meta
from capgame.draw.paper import draw_paper
from capgame.play.views.briefing import BriefingView
from capgame.tui.campaign import Campaign
from capgame.tui.messages import GoHome, Play
from capgame.tui.page_screen import PageScreen, Size

Keys = tuple[tuple[str, str], ...]

LAST: Keys = (("p", "paper"), ("i", "hint"), ("w", "watch it left alone"), ("esc", "home"))
LAST_SHORT: Keys = (("p", "paper"), ("i", "hint"), ("w", "watch"), ("esc", "home"))
PAPER: Keys = (("p", "back to the plan"), ("esc", "back"))


class BriefingScreen(PageScreen, inherit_bindings=False):
    """The briefing of the campaign's level. Posts `Play` with the plan, or `GoHome`."""

    BINDINGS = [
        Binding("enter", "start", "start", id="plan.start"),
        *(Binding(str(n), f"offer({n})", f"strategy {n}", id=f"plan.offer{n}") for n in range(1, 10)),
        Binding("up,k", "mark(-1)", "knob before", id="plan.up"),
        Binding("down,j", "mark(1)", "next knob", id="plan.down"),
        Binding("left,h", "turn(-1)", "turn down", id="plan.left"),
        Binding("right,l", "turn(1)", "turn up", id="plan.right"),
        Binding("tab,shift+tab", "page", "story or plan", id="plan.page"),
        Binding("p", "paper", "paper", id="plan.paper"),
        Binding("i", "hint", "hint", id="plan.hint"),
        Binding("w", "watch", "watch it left alone", id="plan.watch"),
        Binding("question_mark", "app.help", "help", id="plan.help"),
        Binding("escape", "back", "home", id="plan.back"),
    ]

    def __init__(self, campaign: Campaign) -> None:
        super().__init__()
        self._campaign = campaign
        self._eyes = BriefingLook()
        self._reading = False  # the paper
        self.brief: BriefingView = campaign.briefing()

    def paint(self, size: Size) -> Canvas:
        """The briefing, or the strategy's paper."""
        look = self.look(self._keys())
        if self._reading:
            return draw_paper(size, self.brief.paper, look)
        return draw_briefing(size, self.brief, look, self._eyes)

    def _keys(self) -> Keys:
        """What is bound just now, and means something."""
        if self._reading:
            return PAPER
        pages = in_pages(*self.size)
        start = (("↵", "start" if pages else "start the shift"),)
        page = (("tab", "story" if self._eyes.page == PLAN else "plan"),) if pages else ()
        many = len(self.brief.offers)
        offers = (("1 2" if many == 2 else f"1–{many}", "strategy"),) if many > 1 else ()
        knobs = (("↑↓ ←→", "knobs"),) if self.brief.knobs else ()
        return (*start, *page, *offers, *knobs, *(LAST_SHORT if pages else LAST))

    # ── the plan

    def _choose(self, offer: str) -> None:
        self._campaign.plan(offer, self._campaign.knobs(offer))
        self._look_again()

    def _set(self, knob: str, value: str) -> None:
        offer = self._campaign.offer
        self._campaign.plan(offer, {**self._campaign.knobs(offer), knob: value})
        self._look_again()

    def _look_again(self) -> None:
        """The plan has changed: show what that comes to."""
        self.brief = self._campaign.briefing()
        self._eyes = replace(self._eyes, page=PLAN, knob=max(0, min(self._eyes.knob, len(self.brief.knobs) - 1)))
        self.repaint()

    # ── keys

    def action_start(self) -> None:
        """Take the shift with this plan."""
        self.post_message(Play(self._campaign.offer))

    def action_watch(self) -> None:
        """See what becomes of it without anybody's help."""
        self.post_message(Play(self._campaign.offer, watch=True))

    def action_offer(self, number: int) -> None:
        """Another strategy."""
        if number <= len(self.brief.offers):
            self._choose(self.brief.offers[number - 1].name)

    def action_mark(self, by: int) -> None:
        """Another knob; where the plan opens none, another strategy."""
        self._eyes = replace(self._eyes, page=PLAN)
        if self.brief.knobs:
            self._eyes = replace(self._eyes, knob=(self._eyes.knob + by) % len(self.brief.knobs))
            self.repaint()
        else:
            self._turn_offer(by)

    def action_turn(self, by: int) -> None:
        """The marked knob's next value; where the plan opens none, another strategy."""
        if not self.brief.knobs:
            self._turn_offer(by)
            return
        knob = self.brief.knobs[self._eyes.knob]
        place = knob.steps.index(knob.value) + by if knob.value in knob.steps else 0
        self._set(knob.name, knob.steps[max(0, min(len(knob.steps) - 1, place))])

    def _turn_offer(self, by: int) -> None:
        cards = self.brief.offers
        self._choose(cards[(cards.index(self.brief.card) + by) % len(cards)].name)

    def action_page(self) -> None:
        """Turn the page, where there are two."""
        self._eyes = replace(self._eyes, page=STORY if self._eyes.page == PLAN else PLAN)
        self.repaint()

    def action_paper(self) -> None:
        """Read about the strategy, or no longer."""
        self._reading = not self._reading
        self.repaint()

    def action_hint(self) -> None:
        """One more hint."""
        self._reading = False
        self._eyes = replace(self._eyes, hints=min(self._eyes.hints + 1, max(1, len(self.brief.hints))))
        self.repaint()

    def action_back(self) -> None:
        """One step back."""
        if self._reading:
            self.action_paper()
        else:
            self.post_message(GoHome())

    def on_hit(self, hit: Meta, clicks: int) -> None:
        """A card is chosen, twice it is played; a value is set; a page is turned to."""
        kind, name = hit
        if kind == "offer":
            self._choose(name)
            if clicks > 1:
                self.action_start()
        elif kind in {"knob", "step"}:
            place, _, value = name.partition(":")
            self._eyes = replace(self._eyes, knob=int(place))
            if value:
                self._set(self.brief.knobs[int(place)].name, value)
            self.repaint()
        elif kind == "page":
            self._eyes = replace(self._eyes, page=int(name))
            self.repaint()
