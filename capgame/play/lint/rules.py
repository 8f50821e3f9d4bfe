"""The rules of a level that teaches (beyond the schema), declared: what each promises, which runs it needs, and how
it judges them.

A rule is silent where another has said the cause already: without a reference that wins there is nothing to delay.
A level without `lesson` opts out of those rules that are about losing (a tutorial may be won by anybody).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from capgame.levels.level import Level, Play
from capgame.play.lint.finding import Finding, of_run
from capgame.play.lint.runs import Outcomes, Trial, trial_of
from capgame.play.lint.tries import (
    LATE_US,
    PLAN,
    REFERENCE,
    SEEDS,
    SOON_US,
    answered_late,
    elsewhere,
    everybody_to_one,
    late,
    left_alone,
    one_move,
    page_of,
    reference,
    timed,
    uses_lesson,
    without_lesson,
)
from capgame.values.units import show_duration, show_seconds

ENOUGH_SEEDS = 8
THIRD = ("stars is 3", "stars >= 3")


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table."""

    name: str
    promise: str
    trials: Callable[[Level], Iterable[Trial]]
    judge: Callable[[Level, Outcomes], Iterable[Finding]]


# ── the reference


def _reference_trials(level: Level) -> Iterable[Trial]:
    play = reference(level)
    return [] if play is None else [trial_of(level, play)]


def _winnable(level: Level, outcomes: Outcomes) -> Iterable[Finding]:
    play = reference(level)
    if play is None:
        yield Finding("winnable", level.path, "the play named reference", "there is none: nothing proves a win")
        return
    outcome = outcomes[trial_of(level, play)]
    if outcome.stars < 3:
        yield of_run(level, "winnable", "the reference play", outcome, where=play.where)
    for at, move in timed(play):
        page = page_of(level, at)
        if page is None:
            happened = "it comes before any page: nobody knows yet that it is needed"
            yield Finding("winnable", play.where, f"reference: {move.line}", happened)
        elif at - page < SOON_US:
            after = f"it comes {show_duration(at - page)} after the page at {show_seconds(page)}"
            happened = f"{after}: nobody answers within {show_duration(SOON_US)}"
            yield Finding("winnable", play.where, f"reference: {move.line}", happened)


def _late_trials(level: Level) -> Iterable[Trial]:
    play = reference(level)
    return [] if play is None or _too_late(level, play) else [*_reference_trials(level), late(level, play)]


def _in_time(level: Level, outcomes: Outcomes) -> Iterable[Finding]:
    play = reference(level)
    if play is None:
        return
    tried = f"the reference, answering {show_duration(LATE_US)} after each page"
    if move := _too_late(level, play):
        yield Finding("in-time", play.where, tried, f"{move} would come after the shift")
    elif outcomes[trial_of(level, play)].won and not outcomes[late(level, play)].won:
        yield of_run(level, "in-time", tried, outcomes[late(level, play)], where=play.where)


def _too_late(level: Level, play: Play) -> str:
    """The first delayed move that the shift is too short for, if any."""
    return next((move.line for move in answered_late(level, play) if (move.at or 0) >= level.duration_us), "")


def _other_seeds(level: Level) -> Iterable[Trial]:
    play = reference(level)
    return [] if play is None else [*_reference_trials(level), *elsewhere(level, play)]


def _robust(level: Level, outcomes: Outcomes) -> Iterable[Finding]:
    play = reference(level)
    if play is None or not outcomes[trial_of(level, play)].won:
        return
    found = [outcomes[one] for one in elsewhere(level, play)]
    won, third = sum(outcome.won for outcome in found), sum(outcome.stars == 3 for outcome in found)
    if min(won, third) < ENOUGH_SEEDS:
        tried = f"the reference on {SEEDS} other seeds: it wins on {won}, with three stars on {third}"
        worst = min(found, key=lambda outcome: outcome.score)
        yield of_run(level, "robust", f"{tried} ({ENOUGH_SEEDS} are asked). The worst", worst, where=play.where)


# ── losing


def _loss_trials(level: Level) -> Iterable[Trial]:
    return left_alone(level) if level.without else []


def _left_alone(level: Level, outcomes: Outcomes) -> Iterable[Finding]:
    for one in _loss_trials(level):
        if outcomes[one].won:
            yield of_run(level, "left-alone", f"{one.offer}, and nobody does anything", outcomes[one])


def _lesson_trials(level: Level) -> Iterable[Trial]:
    play = reference(level)
    return [] if play is None or not level.without else [without_lesson(level, play)]


def _lesson(level: Level, outcomes: Outcomes) -> Iterable[Finding]:
    if not level.without:
        yield Finding("lesson", level.path, "lesson.without", "not said: nothing is held to be lost", note=True)
    for one in _lesson_trials(level):
        play = reference(level)
        assert play is not None, "no reference, no trial"
        what = "its plan" if level.without == PLAN else " and ".join(level.without)
        if one == trial_of(level, play):
            yield Finding("lesson", play.where, f"the reference without {what}", "it has none: it is the same play")
        elif outcomes[one].won:
            yield of_run(level, "lesson", f"the reference without {what}", outcomes[one], where=play.where)


def _trick_trials(level: Level) -> Iterable[Trial]:
    return [*everybody_to_one(level), *one_move(level)] if level.without else []


def _tricks(level: Level, outcomes: Outcomes) -> Iterable[Finding]:
    winning = [one for one in _trick_trials(level) if outcomes[one].won]
    for one in winning:
        if not uses_lesson(level, one):
            yield of_run(level, "tricks", f"{one.offer}: {', '.join(one.moves)}", outcomes[one])
    for offer in level.offers:
        blind = [one for one in winning if one.offer == offer.name and uses_lesson(level, one)]
        if blind:
            nodes = " or ".join(one.moves[0].split()[-1] for one in blind)
            tried = f"{offer.name}: everybody to {nodes} at the start, the lesson's own move before any page"
            yield of_run(level, "tricks", tried, outcomes[blind[0]], note=True)


# ── claims and numbers


def _play_trials(level: Level) -> Iterable[Trial]:
    return [trial_of(level, play) for play in level.plays]


def _plays(level: Level, outcomes: Outcomes) -> Iterable[Finding]:
    for play in level.plays:
        outcome = outcomes[trial_of(level, play)]
        for failed in outcome.failed:
            if failed.expected in play.expect:
                yield of_run(level, "plays", f"{play.name}: {failed}; the run", outcome, where=play.where)


def _star_trials(level: Level) -> Iterable[Trial]:
    return [*left_alone(level), *_play_trials(level)]


def _stars(level: Level, outcomes: Outcomes) -> Iterable[Finding]:
    third = level.score.stars[1]
    for one in left_alone(level):
        if outcomes[one].score >= third:
            yield of_run(level, "stars", f"{one.offer}, left alone", outcomes[one])
    for play in level.plays:
        claimed = play.name == REFERENCE or set(THIRD) & set(play.expect)
        if outcomes[trial_of(level, play)].score >= third and not claimed:
            tried = f"{play.name}, which claims no third star"
            yield of_run(level, "stars", tried, outcomes[trial_of(level, play)], where=play.where)


def _ceilings(level: Level, outcomes: Outcomes) -> Iterable[Finding]:
    for one in left_alone(level):
        limits = outcomes[one].result["uptime"]["ceilings"]
        shares = [share for share in limits.values() if share is not None]
        if shares != sorted(shares):
            tried = "majority <= one-history <= any-replica: " + ", ".join(f"{share:.4f}" for share in shares)
            yield of_run(level, "ceilings", tried, outcomes[one])


RULES = (
    Rule(
        "winnable",
        "the reference play reaches three stars, and each of its moves comes 2 s or more after its page",
        _reference_trials,
        _winnable,
    ),
    Rule("in-time", "it still wins when the first move after each page comes 8 s after it", _late_trials, _in_time),
    Rule("left-alone", "no offer wins when nobody does anything", _loss_trials, _left_alone),
    Rule("lesson", "the reference does not win without what `lesson.without` names", _lesson_trials, _lesson),
    Rule("tricks", "nothing wins without the lesson: everybody to one node, or one move", _trick_trials, _tricks),
    Rule("robust", "the reference reaches three stars on 8 of 10 other seeds", _other_seeds, _robust),
    Rule("stars", "no play reaches the third star that does not claim it", _star_trials, _stars),
    Rule("plays", "every play ends as it claims", _play_trials, _plays),
    Rule("ceilings", "what the theorem allows is in order", left_alone, _ceilings),
)
