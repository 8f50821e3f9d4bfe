"""What a plan is, and what it comes to: offers as cards, knobs, and how long answers take on a good day.

Rules:
1. A card says how its offer fails by what its own values risk, where they do; else by how its strategy fails.
2. A knob says two things at once: what its value costs on a good day, against the cheapest of its values, and what it
   risks.
3. Nothing is simulated: times come from the level's distances, risks from the declaration of the knob.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from capgame.levels.level import Offer
from capgame.play.setting import Setting, geography
from capgame.sim.cluster import Geography
from capgame.strategies import STRATEGIES
from capgame.strategies.good_day import GoodDay
from capgame.strategies.knob import Knob, NodeName, Risk, Sin, Value
from capgame.values.units import MILLISECOND_US

OPERATIONS = ("read", "write")


@dataclass(frozen=True, slots=True)
class OfferCard:
    """One way to keep the promises."""

    key: str  # "1"
    name: str
    title: str  # the strategy's
    paper: str
    values: str  # what the offer sets: "replication sync, reads nearest"
    promises: str
    fails: tuple[Risk, ...]
    chosen: bool


@dataclass(frozen=True, slots=True)
class PlanKnob:
    """A knob that the plan opens."""

    name: str
    help: str
    steps: tuple[str, ...]
    value: str
    costs: str  # "+80 ms a read", or nothing
    risk: Risk | None


@dataclass(frozen=True, slots=True)
class GoodDayView:
    """What one operation takes one group on a good day."""

    group: str
    f: str
    day: GoodDay
    deadline_us: int


@dataclass(frozen=True, slots=True)
class PaperView:
    """The chosen strategy, as its paper has it and as this level sets it."""

    title: str
    paper: str
    promises: str
    fails: str
    sin: Sin
    knobs: tuple[tuple[str, str, str], ...]  # name, value, what it does


def paper_page(setting: Setting) -> PaperView:
    """What a player may read about the strategy they have chosen."""
    strategy = setting.strategy
    knobs = tuple((knob.name, knob.show(setting.knobs[knob.name]), knob.help) for knob in strategy.knobs.values())
    return PaperView(strategy.title, strategy.paper, strategy.promises, strategy.fails, strategy.sin, knobs)


def offer_cards(setting: Setting, unlocked: Collection[str] | None) -> tuple[OfferCard, ...]:
    """The offers that are unlocked (None: all), and the chosen one in any case."""
    shown = [offer for offer in setting.level.offers if unlocked is None or offer.name in unlocked]
    if setting.offer not in shown:
        shown.append(setting.offer)  # whoever named it on the command line sees it
    return tuple(_card(str(key), offer, setting) for key, offer in enumerate(shown, 1))


def _card(key: str, offer: Offer, setting: Setting) -> OfferCard:
    strategy, chosen = STRATEGIES[offer.strategy], offer is setting.offer
    presets = dict(offer.presets)
    if chosen:  # what the plan has turned is what it is, and what fails
        known = (*presets, *setting.level.plan_knobs)
        presets = {name: knob.show(setting.knobs[name]) for name, knob in strategy.knobs.items() if name in known}
    values = [f"{name} {presets[name]}" for name in strategy.knobs if name in dict(offer.presets)]
    return OfferCard(
        key=key,
        name=offer.name,
        title=strategy.title,
        paper=strategy.paper,
        values=", ".join(values),
        promises=strategy.promises,
        fails=_fails(offer, presets),
        chosen=chosen,
    )


def _fails(offer: Offer, values: Mapping[str, str]) -> tuple[Risk, ...]:
    """What the offer's own values risk; the strategy's failure, where they add nothing to it."""
    strategy = STRATEGIES[offer.strategy]
    risks = [knob.risks.get(values[name]) for name, knob in strategy.knobs.items() if name in values]
    sins = tuple(risk for risk in risks if risk is not None and risk.sin is not Sin.NONE)
    return sins or (Risk(strategy.fails, strategy.sin),)


def plan_knobs(setting: Setting) -> tuple[PlanKnob, ...]:
    """The knobs that the level's plan opens, as far as the chosen strategy has them."""
    return tuple(_knob(setting, name) for name in setting.level.plan_knobs if name in setting.strategy.knobs)


def _knob(setting: Setting, name: str) -> PlanKnob:
    knob, value = setting.strategy.knobs[name], setting.knobs[name]
    steps, text = knob.steps(setting.level.cluster.nodes), knob.show(value)
    return PlanKnob(
        name=name,
        help=knob.help,
        steps=steps if text in steps or not text else (*steps, text),
        value=text,
        costs=_costs(setting, knob),
        risk=knob.risk(value),
    )


def _costs(setting: Setting, knob: Knob) -> str:
    """What the value costs whoever pays most for it, against the cheapest one: `+80 ms a read`."""
    if isinstance(knob, NodeName):
        return ""  # dear for some is cheap for others: the bars show it
    where = geography(setting.level)
    values = [knob.parse(step) for step in knob.steps(setting.level.cluster.nodes)]
    found = []
    for f in OPERATIONS:
        extra = max((_extra_us(setting, where, knob.name, values, group, f) for group in where.groups), default=0)
        if extra >= MILLISECOND_US // 2:
            found.append(f"+{show_ms(extra)} a {f}")
    return ", ".join(found)


def _extra_us(
    setting: Setting, where: Geography, name: str, values: list[Value], group: str, f: str
) -> int:  # fmt: skip
    def takes(knobs: Mapping[str, Value]) -> int:
        return setting.strategy.good_day(where, knobs, group, f).total_us

    return takes(setting.knobs) - min(takes(setting.knobs | {name: value}) for value in values)


def good_day(setting: Setting) -> tuple[GoodDayView, ...]:
    """Every group and operation of the level."""
    where, deadlines = geography(setting.level), setting.level.deadline_us
    return tuple(
        GoodDayView(group, f, setting.strategy.good_day(where, setting.knobs, group, f), deadlines[f])
        for group in where.groups
        for f in OPERATIONS
        if f in deadlines
    )


def show_ms(us: int) -> str:
    """Whole milliseconds: `82 ms`."""
    return f"{(us + MILLISECOND_US // 2) // MILLISECOND_US:,} ms"
