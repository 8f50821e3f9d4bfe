"""The operator's console: accepts or refuses a move at once, lets it take its time, then carries it out.

Rules:
1. A move is accepted or refused at `now`; its effect is an entry of the timeline, `takes` later.
2. Attention is taken when a move is accepted, and returned if it is refused at its effect. A refusal says why.
3. Moves of one instant apply in the order they were given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from capgame.errors import BadInput, Problem
from capgame.moves.attention import Attention
from capgame.moves.legal import Board, check
from capgame.moves.move import Move
from capgame.moves.parse import parse_move
from capgame.moves.verbs import HOME
from capgame.play.setting import Setting
from capgame.sim.clients import Clients
from capgame.sim.cluster import Cluster
from capgame.sim.timeline import MOVE
from capgame.strategies.knob import Choice, Knob, Switch, parse_knob
from capgame.values.units import show_duration, show_seconds


@dataclass(frozen=True, slots=True)
class Answer:
    """What the console says to a move at once."""

    accepted: bool
    why: str = ""
    move: Move | None = None


@dataclass(slots=True)
class Record:
    """A move that was asked for: when, and what became of it."""

    at: int
    move: Move
    done: bool = False  # its effect has happened
    refused: bool = False
    why: str = ""


@dataclass(slots=True)
class Operator:
    """Carries out the moves of one run. `announce(text)` hears of each effect."""

    setting: Setting
    cluster: Cluster
    clients: Mapping[str, Clients]
    announce: Callable[[str], None]
    attention: Attention = field(init=False)
    records: list[Record] = field(default_factory=list)
    _epoch: int = 1

    def __post_init__(self) -> None:
        rules = self.setting.level.moves
        self.attention = Attention.full(rules.budget, rules.refill_us)

    def submit(self, text: str) -> Answer:
        """Ask for a move now, as it was typed; what is no legal move is refused with the reason."""
        try:
            move = parse_move(text)
            if move.at is not None:  # it would happen now, whatever it says
                raise BadInput(Problem("move", text, "a move for now, without a time", f"write {move.text}"))
            return self.ask(move)
        except BadInput as bad:
            return Answer(False, str(bad))

    def ask(self, move: Move) -> Answer:
        """Ask for a move now. A refused one costs nothing. Raises BadInput for one that the level does not have."""
        now = self.cluster.timeline.now
        check_move(self.setting, move)
        record = Record(now, move)
        self.records.append(record)
        why = self._refusal(move, now)
        if why:
            record.refused, record.why = True, why
            return Answer(False, why, move)
        self.attention = self.attention.spend(move.row.cost, now)
        self.cluster.timeline.record(f"move {move.text}")
        self.cluster.timeline.at(now + move.row.takes_us, MOVE, self.cluster.timeline.world, self._happen, record)
        return Answer(True, "", move)

    def _refusal(self, move: Move, now: int) -> str:
        cost, there = move.row.cost, self.attention.at(now)
        if not has_verb(self.setting, move.verb):
            return f"{self.setting.strategy.title} has no {move.verb}"
        if now + move.row.takes_us > self.setting.level.duration_us:
            return f"{move.verb} takes {show_duration(move.row.takes_us)}, and the shift ends before that"
        if there.have >= cost:
            return ""
        when = there.affords_at(cost, now)
        wait = f"enough in {show_seconds(when - now)}" if when is not None else "more never comes"
        return f"{move.verb} costs {cost} and {there.have} {'is' if there.have == 1 else 'are'} left: {wait}"

    # ── effects

    def _happen(self, record: Record) -> None:
        why = self._effect(record.move)
        record.done = True
        if why is None:
            self.cluster.timeline.record(f"move done {record.move.text}")
            self.announce(record.move.text)
            return
        record.refused, record.why = True, why
        self.attention = self.attention.give_back(record.move.row.cost, self.cluster.timeline.now)
        self.cluster.timeline.record(f"move refused {record.move.text}")

    def _effect(self, move: Move) -> str | None:
        """Carry it out; the reason, if it cannot be."""
        match move.verb, move.args:
            case "route", (group, node):
                self.clients[group].send_to(None if node == HOME else node)
            case "tune", (knob, text):
                self.cluster.turn(knob, self.setting.strategy.knobs[knob].parse(text))
            case _, (node,):
                return self._at_machine(move.verb, node)
        return None

    def _at_machine(self, verb: str, node: str) -> str | None:
        machine = self.cluster.machines[node]
        if not self.cluster.console_reaches(node):
            return f"the console cannot reach {node}"
        if verb in ("freeze", "thaw"):
            machine.frozen = verb == "freeze"
        elif verb in ("fence", "unfence"):
            machine.fenced = verb == "fence"
        elif not machine.up:
            return f"{node} does not answer"
        else:
            self._epoch += 1
            return self.setting.strategy.operate(self.cluster, verb, node, self._epoch)
        return None


def check_move(setting: Setting, move: Move) -> None:
    """Whether the level has this move at all. Raises BadInput."""
    check(move, board(setting))
    if move.verb == "tune":
        parse_knob(setting.strategy.knobs, move.args[0], move.args[1], setting.level.cluster.nodes)


def has_verb(setting: Setting, verb: str) -> bool:
    """Whether the strategy can do such a thing at all; what an operator does to a machine it always can."""
    return verb not in ("promote", "transfer") or verb in setting.strategy.verbs


def board(setting: Setting) -> Board:
    """The names that are legal in a level's moves."""
    level, strategy = setting.level, setting.strategy
    knobs = {name: _values(strategy.knobs[name]) for name in level.moves.knobs if name in strategy.knobs}
    topology = setting.topology
    return Board(level.moves.allow, topology.groups, topology.nodes, knobs)


def _values(knob: Knob) -> tuple[str, ...]:
    match knob:
        case Choice():
            return knob.words
        case Switch():
            return ("on", "off")
        case _:
            return ()
