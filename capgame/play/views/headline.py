"""The headline: the worst thing now, whom it costs, in numbers, and what is still possible.

Order of badness: two leaders that both answer, wrong answers, a group that is refused, one that is late, a fault that
nobody feels, and nothing at all. It is derived from the present alone, so it stays until it ends or worse comes.
`blame.py` knows why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from capgame.nemesis.cuts import tell_cut
from capgame.play.views.blame import Present
from capgame.play.views.shift import CutView, GroupView, Headline, NodeView, Suggestion
from capgame.sim.timeline import SECOND_US

if TYPE_CHECKING:
    from capgame.play.session import Session

WINDOW_S = 2  # what GroupView counts
JUST_NOW_US = 800_000  # a group that has been answered for this long is not refused any more, whatever its window says


def headline(
    session: Session, nodes: tuple[NodeView, ...], groups: tuple[GroupView, ...], cuts: tuple[CutView, ...]
) -> Headline:
    """The one thing to read."""
    scene = _Scene(session, nodes, groups, cuts)
    for find in (scene.two_leaders, scene.wrong, scene.refused, scene.late, scene.served_round, scene.fault):
        found = find()
        if found is not None:
            return found
    return scene.calm()


class _Scene:
    """The present, asked one question at a time."""

    def __init__(
        self, session: Session, nodes: tuple[NodeView, ...], groups: tuple[GroupView, ...], cuts: tuple[CutView, ...]
    ) -> None:
        self.session, self.nodes, self.groups, self.cuts = session, nodes, groups, cuts
        self.present = Present(session, nodes)

    # ── trouble, worst first

    def wrong(self) -> Headline | None:
        worst = max(self.groups, key=lambda group: group.wrong)
        if not worst.wrong:
            return None
        why = self.present.why_wrong(worst)
        way_out = self._way_out(worst) if why else ""
        old = f"{' and '.join(worst.asks.split())} answered with what had been overwritten"
        sentence = f"{_of(worst.wrong, worst)} are wrong: {why or old}.{way_out}"
        return self._trouble(f"{worst.name.upper()} READS THE PAST", sentence, worst)

    def two_leaders(self) -> Headline | None:
        # A leader that answers nobody is no harm: what it takes, and cannot commit, was promised to no one.
        leading = [node for node in self.nodes if node.leads and node.state == "ok" and any(node.load[-WINDOW_S:])]
        forked = [node for node in self.nodes if node.forked]
        if len(leading) < 2 or not forked:
            return None
        names = " and ".join(node.name for node in leading)
        lost = max(node.lag for node in forked)
        sentence = f"{names} both take writes. When the cut heals, one side’s are thrown away: {lost} so far."
        tag = {"primary": "TWO PRIMARIES"}.get(leading[0].role, f"TWO {leading[0].role.upper()}S")
        return self._trouble(tag, sentence, None, *(node.name for node in leading))

    def refused(self) -> Headline | None:
        worst = max(self.groups, key=lambda group: group.refused)
        if worst.refused <= worst.ok // 4 or self._is_over(worst):
            return None
        why = self.present.why_refused(worst)
        way_out = self._way_out(worst) if why else ""
        sentence = f"{why or self._nothing_heard(worst)}: {_of(worst.refused, worst)}.{way_out}"
        return self._trouble(f"{worst.name.upper()} IS REFUSED", sentence, worst)

    def late(self) -> Headline | None:
        worst = max(self.groups, key=lambda group: group.late)
        if worst.late <= worst.ok // 4:
            return None
        deadline_ms = max(self.session.level.deadline_us.values()) // 1000
        sentence = f"{_of(worst.late, worst)} come after the deadline of {deadline_ms} ms."
        return self._trouble(f"{worst.name.upper()} IS LATE", sentence, worst)

    # ── no trouble that anybody feels

    def served_round(self) -> Headline | None:
        """A group that is served elsewhere while its home is in trouble: the lesson of the first level, seen."""
        routed = next((group for group in self.groups if group.routed and self._lost(group)), None)
        if routed is None:
            return None
        there = self.session.round_trip_us(routed.name, routed.asks) // 1000
        home = self.session.round_trip_us(routed.name, self.session.clients[routed.name].home[0]) // 1000
        where = self.present.nodes[routed.asks].region
        way = f": {there} ms instead of {home}" if there != home else ""  # next door is no news
        sentence = f"by {routed.asks} in {where}{way}. {self._lost(routed)}."
        return Headline(f"{routed.name.upper()} IS SERVED", "you", sentence, self._suggest(None))

    def fault(self) -> Headline | None:
        stopped = [node.name for node in self.nodes if node.state in ("down", "paused")]
        if stopped:
            sentence = f"{' and '.join(stopped)} {'is' if len(stopped) == 1 else 'are'} out. Everybody is served."
            return Headline(f"{stopped[0].upper()} IS OUT", "trouble", sentence, self._suggest(None, *stopped))
        if self.cuts:
            sentence = f"{tell_cut(self.cuts[0].text)}. Nobody feels it yet."
            return Headline("CUT", "trouble", sentence, self._suggest(None))
        return None

    def calm(self) -> Headline:
        rate = sum(group.per_second for group in self.groups)
        tally = self.session.judge.meters.tally
        if not tally.holds:
            gone = "uptime" if not tally.uptime.kept else "truth" if not tally.truth.kept else ""
            lost = f"The {gone} budget is overspent" if gone else "A contract is broken"
            return Headline("NOT TO BE WON", "trouble", f"{lost}: this shift can teach, and not be won any more.")
        if self.session.now == 0 and not self.session.judge.history.operations:
            return Headline("READY", "calm", f"Nobody has asked yet. {rate:g} requests a second are about to come.")
        leads = next((f"{node.name} is {node.role}. " for node in self.nodes if node.leads), "")
        return Headline("ALL IS WELL", "calm", f"{leads}{rate:g} requests a second, all served.")

    # ── words

    def _trouble(self, tag: str, sentence: str, group: GroupView | None, *names: str) -> Headline:
        return Headline(tag, "trouble", sentence, self._suggest(group, *names))

    def _nothing_heard(self, group: GroupView) -> str:
        """The cause is over, and its last requests are not."""
        return f"{' and '.join(group.asks.split())} did not answer in time"

    def _way_out(self, group: GroupView) -> str:
        """What is still possible: another region that serves, or somebody who could."""
        allow = self.session.level.moves.allow
        open_to = self.present.open_to(group) if "route" in allow else ()
        if open_to:
            return f" Its customers can still reach {' and '.join(open_to)}."
        heirs = self.present.heirs() if "promote" in allow and not any(node.leads for node in self.nodes) else ()
        return f" {' or '.join(heirs)} could be promoted." if heirs else ""

    def _is_over(self, group: GroupView) -> bool:
        """Whether its window still counts refusals that a route, or time, has ended."""
        now = self.session.now
        silent_us = now - self.session.judge.meters.missed_at.get(group.name, 0)
        routed_us = now - self.session.clients[group.name].routed_at
        return silent_us > JUST_NOW_US or (group.routed and routed_us < WINDOW_S * SECOND_US)

    def _lost(self, group: GroupView) -> str:
        """What is wrong with a group's own nodes: "n3 is still alone", or nothing."""
        home = self.session.clients[group.name].home
        down = [name for name in home if self.present.nodes[name].state in ("down", "paused")]
        alone = [name for name in home if name not in down and self.present.is_alone(name)]
        lost, how = (down, "down") if down else (alone, "alone")
        return f"{' and '.join(lost)} {'is' if len(lost) == 1 else 'are'} still {how}" if lost else ""

    def _suggest(self, group: GroupView | None, *names: str) -> tuple[Suggestion, ...]:
        """Up to three verbs that are allowed, affordable and touch what the sentence names: options, not the answer."""
        have = self.session.operator.attention.at(self.session.now).have
        heirs = self.present.heirs(group.asks.split() if group is not None else ())
        up = [name for name in names if self.present.nodes[name].state == "ok"]
        found: list[Suggestion] = []
        for verb in self.session.board.verbs:
            if verb.cost > have or verb.undoes or self.session.level.act > 2:
                continue
            if verb.name == "route" and group is not None:
                found.append(Suggestion(verb.key, f"route {group.name}"))
            elif verb.name == "promote":
                found.extend(Suggestion(verb.key, f"promote {heir}") for heir in heirs[:1])
            elif verb.name in ("fence", "freeze", "transfer") and up:
                found.append(Suggestion(verb.key, f"{verb.name} {up[-1]}"))
            elif verb.name in ("tune", "route") and group is None:
                found.append(Suggestion(verb.key, verb.name))
        return tuple(found[:3])


def _of(count: int, group: GroupView) -> str:
    """How many of a second's operations: the window's counts, halved."""
    total = group.ok + group.late + group.refused + group.wrong
    return f"{-(-count // WINDOW_S)} of {-(-total // WINDOW_S)} a second"
