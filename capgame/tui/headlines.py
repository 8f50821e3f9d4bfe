"""What the headline says when it speaks to the player: a coach's words, a question, why the clock stands still.

It stands in place of the shift's own headline, in blue: blue is you.
"""

from __future__ import annotations

from dataclasses import replace

from capgame.moves.verbs import HOME, Argument
from capgame.play.views.shift import Headline, ShiftView, Suggestion
from capgame.tui.bridge import LiveRun
from capgame.tui.console import Console, Doing
from capgame.tui.picking import Picking

_MOST_CAPS = 5
_QUESTIONS = {
    Argument.GROUP: ("WHOM", "whose customers?"),
    Argument.WAY: ("TO", "which node?"),
    Argument.NODE: ("WHICH", "which node?"),
    Argument.KNOB: ("WHAT", "which knob?"),
    Argument.VALUE: ("TO", "which value?"),
}

SETTLING = Headline(
    "SHIFT OVER",
    "you",
    "everything heals, what is under way comes to rest, and every replica is read. No more load.",
)


def headline(view: ShiftView, run: LiveRun, console: Console, *, coach: bool, settling: bool) -> Headline | None:
    """What to say; None: what the shift itself says."""
    if run.error is not None:
        return Headline("THE STRATEGY BROKE", "trouble", f"{run.error} esc leaves.", (Suggestion("esc", "leave"),))
    if settling:
        return SETTLING
    if console.doing is Doing.LEAVING:
        return _leaving()
    if console.doing is Doing.TYPING and console.refused:
        return Headline("REFUSED", "you", console.note)
    if console.picking is not None:
        return _picking(console.picking, console)
    if coach and view.now == 0:
        return _coach(view)
    if run.paused and view.now == 0:
        return replace(view.headline, suggestions=(Suggestion("space", "start the clock"),))
    return _stopped(view, run) if run.paused else None


def _leaving() -> Headline:
    caps = (Suggestion("↵", "leave"), Suggestion("esc", "stay"))
    return Headline("LEAVE", "you", "the shift is not over, and will not be scored.", caps)


def _coach(view: ShiftView) -> Headline:
    """The first thing that a player ever reads."""
    nodes = sum(len(region.nodes) for region in view.regions)
    sentence = f"{nodes} copies of one database. Keep their customers answered, and right."
    caps = [Suggestion("space", "starts the clock")]
    caps += [Suggestion(verb.key, "when it hurts") for verb in view.verbs[:1]]
    return Headline("YOU ARE ON CALL", "you", sentence, tuple(caps))


def _stopped(view: ShiftView, run: LiveRun) -> Headline:
    """The clock stands: the shift's own words, and how to go on. A page that stopped it is read out."""
    on = Suggestion("space", "go on")
    told = view.headline
    if run.stop is not None and run.stop.kind == "page" and told.mood != "trouble":
        return Headline("PAGE", "trouble", run.stop.say, (*told.suggestions[:2], on))
    return replace(told, suggestions=(*told.suggestions[:2], on))


def _picking(picking: Picking, console: Console) -> Headline:
    verb = picking.verb.name.upper()
    back = Suggestion("esc", "take back")
    if picking.argument is None:
        words = f"this costs {picking.verb.cost} of your attention."
        return Headline(picking.words.upper(), "you", words, (Suggestion("↵", "do it"), back))
    (word, question), facts = _QUESTIONS[picking.argument], ""
    if picking.argument is Argument.WAY:
        facts = f" Times are round trips for {picking.args[-1]}’s customers."
    tag = " ".join((verb, *(arg.upper() for arg in picking.args), word))
    caps = [Suggestion(key, _label(name)) for name, key in picking.keys.items() if _worth_naming(name, console)]
    return Headline(tag, "you", f"{question} The clock waits.{facts}", (*caps[:_MOST_CAPS], back))


def _label(name: str) -> str:
    return "back home" if name == HOME else name


def _worth_naming(name: str, console: Console) -> bool:
    """All but what is down or out of reach: what refuses now may serve in a moment."""
    return name not in console.targets or not console.targets[name].consequence.endswith("✕")
