"""The headline: the worst thing now, whom it costs, in numbers, and what is still possible.

Order of badness: wrong answers, two leaders that both take writes, a group that is refused, one that is late, a fault
that nobody feels, and nothing at all. It is derived from the present alone, so it stays until it ends or worse comes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from capgame.play.view import CutView, GroupView, Headline, NodeView, Suggestion
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
    for find in (scene.wrong, scene.two_leaders, scene.refused, scene.late, scene.served_round, scene.fault):
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

    # ── trouble, worst first

    def wrong(self) -> Headline | None:
        worst = max(self.groups, key=lambda group: group.wrong)
        if not worst.wrong:
            return None
        sentence = f"{_of(worst.wrong, worst)} are wrong: {self._why_wrong(worst)}."
        return self._trouble(f"{worst.name.upper()} READS THE PAST", sentence, worst)

    def two_leaders(self) -> Headline | None:
        leading = [node for node in self.nodes if node.leads and node.state == "ok"]
        forked = [node for node in self.nodes if node.forked]
        if len(leading) < 2 or not forked:
            return None
        names = " and ".join(node.name for node in leading)
        lost = max(node.lag for node in forked)
        sentence = f"{names} both take writes. When the cut heals, one side’s are thrown away: {lost} so far."
        return self._trouble(f"TWO {leading[0].role.upper()}S", sentence, None, *(node.name for node in leading))

    def refused(self) -> Headline | None:
        worst = max(self.groups, key=lambda group: group.refused)
        if worst.refused <= worst.ok // 4 or self._is_over(worst):
            return None
        sentence = f"{self._why_refused(worst)}: {_of(worst.refused, worst)}.{self._way_out(worst)}"
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
        """A cut group that is served across regions: the lesson of the first level, seen."""
        routed = next((group for group in self.groups if group.routed and self._is_cut_off(group.region)), None)
        if routed is None:
            return None
        there = self.session.round_trip_us(routed.name, routed.asks) // 1000
        home = self.session.round_trip_us(routed.name, self.session.clients[routed.name].home[0]) // 1000
        alone = " and ".join(self.session.clients[routed.name].home)
        verb = "is" if " and " not in alone else "are"
        sentence = f"by {routed.asks}, across the sea: {there} ms instead of {home}. {alone} {verb} still alone."
        return Headline(f"{routed.name.upper()} IS SERVED", "you", sentence, self._suggest(None))

    def fault(self) -> Headline | None:
        stopped = [node.name for node in self.nodes if node.state in ("down", "paused")]
        if stopped:
            sentence = f"{' and '.join(stopped)} {'is' if len(stopped) == 1 else 'are'} out. Everybody is served."
            return Headline(f"{stopped[0].upper()} IS OUT", "trouble", sentence, self._suggest(None, *stopped))
        if self.cuts:
            return Headline("CUT", "trouble", f"{self.cuts[0].text}. Nobody feels it yet.", self._suggest(None))
        return None

    def calm(self) -> Headline:
        rate = sum(group.per_second for group in self.groups)
        leads = next((f"{node.name} is {node.role}. " for node in self.nodes if node.leads), "")
        return Headline("ALL IS WELL", "calm", f"{leads}{rate:g} requests a second, all served.")

    # ── words

    def _trouble(self, tag: str, sentence: str, group: GroupView | None, *names: str) -> Headline:
        return Headline(tag, "trouble", sentence, self._suggest(group, *names))

    def _why_wrong(self, group: GroupView) -> str:
        asked = group.asks.split()
        cut = [name for name in asked if self._is_alone(name)]
        if cut:
            return f"{' and '.join(cut)} cannot hear what the others have written"
        return f"{' and '.join(asked)} answered with what had been overwritten"

    def _why_refused(self, group: GroupView) -> str:
        asked = group.asks.split()
        alone = [name for name in asked if self._is_alone(name)]
        down = [node.name for node in self.nodes if node.name in asked and node.state in ("down", "paused")]
        if down:
            return f"{' and '.join(down)} {'does' if len(down) == 1 else 'do'} not answer"
        if alone:
            return f"{' and '.join(alone)} {'is' if len(alone) == 1 else 'are'} alone and may not answer"
        if not self.session.setting.strategy.leaderless and not any(node.leads for node in self.nodes):
            return "nobody leads"
        return f"{' and '.join(asked)} may not answer"

    def _way_out(self, group: GroupView) -> str:
        """Whether the group's clients still reach a region where somebody leads."""
        if "route" not in self.session.level.moves.allow:
            return ""
        serving = [node for node in self.nodes if node.leads or self.session.setting.strategy.leaderless]
        regions = sorted({node.region for node in serving if node.state == "ok" and not self._is_alone(node.name)})
        open_to = [name for name in regions if name != group.region and self.session.reaches(group.name, name)]
        return f" Its customers can still reach {' and '.join(open_to)}." if open_to else ""

    def _is_over(self, group: GroupView) -> bool:
        """Whether its window still counts refusals that a route, or time, has ended."""
        now = self.session.now
        silent_us = now - self.session.judge.missed_at.get(group.name, 0)
        routed_us = now - self.session.clients[group.name].routed_at
        return silent_us > JUST_NOW_US or (group.routed and routed_us < WINDOW_S * SECOND_US)

    def _is_alone(self, name: str) -> bool:
        """Whether a node hears less than a majority, itself included."""
        node = next(node for node in self.nodes if node.name == name)
        return 2 * (len(node.hears) + 1) <= len(self.nodes)

    def _is_cut_off(self, region: str) -> bool:
        return any(self._is_alone(node.name) for node in self.nodes if node.region == region)

    def _suggest(self, group: GroupView | None, *names: str) -> tuple[Suggestion, ...]:
        """Up to three verbs that are allowed, affordable and touch what the sentence names: options, not the answer."""
        have = self.session.operator.attention.at(self.session.now).have
        found = []
        for verb in self.session.board.verbs:
            if verb.cost > have or verb.undoes or self.session.level.act > 2:
                continue
            if verb.name == "route" and group is not None:
                found.append(Suggestion(verb.key, f"route {group.name}"))
            elif verb.name in ("fence", "promote", "freeze", "transfer") and names:
                found.append(Suggestion(verb.key, f"{verb.name} {names[-1]}"))
            elif verb.name in ("tune", "route") and group is None:
                found.append(Suggestion(verb.key, verb.name))
        return tuple(found[:3])


def _of(count: int, group: GroupView) -> str:
    """How many of a second's operations: the window's counts, halved."""
    total = group.ok + group.late + group.refused + group.wrong
    return f"{-(-count // WINDOW_S)} of {-(-total // WINDOW_S)} a second"
