"""A running session as a screen may see it: one frozen ShiftView, built from nothing but what has happened.

Rules:
1. The future is not shown: a fault appears when it begins, or as a warning once its warning has been given.
2. Lag is measured along the history of the highest leader. Entries that another node holds beside it are a fork: those
   of the side with the older epoch will be thrown away.
"""

from __future__ import annotations

from capgame.nemesis.script import Active
from capgame.nemesis.words import FAULTS, label
from capgame.play.score import Budget
from capgame.play.session import Session
from capgame.play.views.headline import headline
from capgame.play.views.shift import (
    AttentionView,
    BudgetView,
    CutView,
    FaultSpan,
    FlightView,
    GroupView,
    KnobView,
    MoveMark,
    NodeView,
    RegionView,
    SecondView,
    ShiftView,
    VerbView,
)
from capgame.sim.timeline import SECOND_US
from capgame.strategies.strategy import Snapshot

LATELY_US = 300_000  # a message that arrived so long ago is no longer told of: a screen has shown it by then
SAMPLES = 8  # seconds of load that a chip shows


def view(session: Session) -> ShiftView:
    """The whole shift at this instant."""
    level, now, tally = session.level, session.now, session.judge.meters.tally
    nodes, groups, cuts = _nodes(session), _groups(session), _cuts(session)
    return ShiftView(
        level=level.id,
        title=level.title,
        place=f"{level.act}·{level.number}",
        strategy=session.setting.offer.name,
        seed=session.setting.seed,
        now=now,
        duration=session.duration,
        outcome=tally.outcome(session.over).value,
        uptime=_uptime(session, tally.uptime),
        truth=_truth(session, tally.truth),
        score=tally.score,
        stars=tally.stars,
        attention=_attention(session),
        regions=_regions(session, cuts),
        nodes=nodes,
        groups=groups,
        cuts=cuts,
        flights=_flights(session),
        links=tuple(pair for pair in session.cluster.network.links if pair[0] < pair[1] and _between_nodes(pair)),
        headline=headline(session, nodes, groups, cuts),
        log=tuple(reversed(session.log.lines)),
        seconds=_seconds(session),
        faults=_faults(session),
        moves=tuple(MoveMark(r.at, r.move.text, r.done) for r in session.operator.records if not r.refused),
        verbs=_verbs(session),
        knobs=_knobs(session),
    )


# ── budgets


def _uptime(session: Session, budget: Budget) -> BudgetView:
    left = f"{max(0, int(budget.left))} unserved left"
    return _budget("UPTIME", budget, left, session.judge.meters.uptime_gone_in_us(session.now))


def _truth(session: Session, budget: Budget) -> BudgetView:
    kind, price = "wrong answers", session.judge.cheapest_price
    if "stale-read" in session.judge.prices:
        kind, price = "stale reads", session.judge.prices["stale-read"]
    left = f"{max(0, int(budget.left))} truth left"
    if price:
        left += f" = {budget.affords(price)} {kind}"
    return _budget("TRUTH", budget, left, session.judge.meters.truth_gone_in_us(session.now))


def _budget(name: str, budget: Budget, left: str, gone_in_us: int | None) -> BudgetView:
    return BudgetView(name, budget.value_ppm, budget.slo_ppm, budget.left_ppm, budget.points, left, gone_in_us)


def _attention(session: Session) -> AttentionView:
    purse = session.operator.attention
    return AttentionView(purse.at(session.now).have, purse.most, purse.refill_in(session.now))


# ── the map


def _regions(session: Session, cuts: tuple[CutView, ...]) -> tuple[RegionView, ...]:
    """A region is called cut off when it stands on a side of a wall that is not the main one."""
    walls = [cut.sides for cut in cuts if cut.kind == "regions" and not cut.open]
    off = {name for sides in walls for side in sides if side != _main_side(session, sides) for name in side}
    return tuple(RegionView(region.name, region.nodes, region.name in off) for region in session.level.cluster.regions)


def _main_side(session: Session, sides: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    """The side with most nodes; of equal ones that of the leader."""
    places = session.cluster.geography.nodes
    home = places[session.leader_named()]
    return max(sides, key=lambda side: (sum(region in side for region in places.values()), home in side))


def _nodes(session: Session) -> tuple[NodeView, ...]:
    seen = session.snapshots()
    reference = _reference(seen)
    return tuple(_node(session, name, seen.get(name), reference) for name in session.cluster.members)


def _reference(seen: dict[str, Snapshot]) -> Snapshot | None:
    """The history that counts: that of the leader with the highest epoch, else the longest of the newest."""
    return max(seen.values(), key=lambda s: (s.leads, s.epoch, s.log_from + len(s.log_tail)), default=None)


def _node(session: Session, name: str, seen: Snapshot | None, reference: Snapshot | None) -> NodeView:
    machine, letter = session.cluster.machines[name], session.setting.strategy.epoch_letter
    load = tuple(session.judge.served_by.get((name, second), 0) for second in _last_seconds(session.now))
    if seen is None:
        return NodeView(name, machine.region, "", False, 0, letter, None, 0, state="down", load=load)
    lag, forked = _lag(seen, reference or seen)
    return NodeView(
        name=name,
        region=machine.region,
        role=seen.role,
        leads=seen.leads,
        epoch=seen.epoch,
        epoch_letter=letter,
        newest=seen.newest,
        lag=lag,
        state=_state(session, name),
        forked=forked,
        meter=seen.meter,
        per_second=load[-2] if session.now >= SECOND_US else load[-1],
        load=load,
        tail_from=seen.log_from,
        tail=seen.log_tail,
        hears=tuple(peer for peer in session.cluster.members if peer != name and _hears(session, name, peer)),
        notes=seen.notes,
    )


def _last_seconds(now: int) -> range:
    second = now // SECOND_US
    return range(second - SAMPLES + 1, second + 1)


def _state(session: Session, name: str) -> str:
    machine = session.cluster.machines[name]
    if machine.paused:
        return "paused"
    return "fenced" if machine.fenced else "frozen" if machine.frozen else "ok"


def _hears(session: Session, name: str, peer: str) -> bool:
    link = session.cluster.network.links[peer, name]
    return not link.down and session.cluster.machines[peer].up


def _lag(seen: Snapshot, reference: Snapshot) -> tuple[int, bool]:
    """How far behind the reference (negative), or how many entries of its own beside it (positive) and forked."""
    ends, full = seen.log_from + len(seen.log_tail), reference.log_from + len(reference.log_tail)
    stem = min(ends, full)
    while stem > max(seen.log_from, reference.log_from) and not _same(seen, reference, stem - 1):
        stem -= 1
    if ends > stem and full > stem:
        return ends - stem, True
    return min(0, ends - full), False


def _same(one: Snapshot, other: Snapshot, position: int) -> bool:
    return one.log_tail[position - one.log_from] == other.log_tail[position - other.log_from]


def _groups(session: Session) -> tuple[GroupView, ...]:
    return tuple(_group(session, group) for group in session.clients)


def _group(session: Session, name: str) -> GroupView:
    clients = session.clients[name]
    lately = session.judge.meters.group_window(name, session.now)
    steps = next(region.clients for region in session.level.cluster.regions if region.name == name)
    milli = [step.milli for step in steps if step.at <= session.now][-1]
    return GroupView(
        name=name,
        region=name,
        per_second=milli / 1000,
        asks=clients.route or " ".join(clients.home),
        routed=clients.route is not None,
        ok=lately.ok,
        late=lately.late,
        refused=lately.refused,
        wrong=lately.wrong,
    )


def _cuts(session: Session) -> tuple[CutView, ...]:
    return tuple(_cut(active, session.now) for active in session.nemesis.active if active.shape is not None)


def _cut(active: Active, now: int) -> CutView:
    assert active.shape is not None, "only cuts have a shape"
    links = tuple(pair for pair in active.pairs if _between_nodes(pair))
    flapping = active.fault.flap is not None
    return CutView(
        active.target, active.shape.kind, active.shape.sides, links, now - active.began, flapping, not active.closed
    )


def _between_nodes(pair: tuple[str, str]) -> bool:
    return not any(":" in end or end == "ops" for end in pair)


def _flights(session: Session) -> tuple[FlightView, ...]:
    kinds = session.setting.strategy.flights
    return tuple(
        FlightView(source, target, kinds.get(type(body), "ack" if call_id < 0 else "data"), sent, arrives, lost)
        for source, target, sent, arrives, lost, call_id, body in session.flights
        if arrives >= session.now - LATELY_US
    )


# ── time


def _seconds(session: Session) -> tuple[SecondView, ...]:
    rows = session.judge.meters.seconds(session.now // SECOND_US + 1)
    return tuple(
        SecondView(r.offered, max(0, r.in_time - r.wrong), r.late, max(0, r.missed - r.late), r.wrong) for r in rows
    )


def _faults(session: Session) -> tuple[FaultSpan, ...]:
    begun = [
        FaultSpan(label(a.fault, a.target), FAULTS[a.fault.word].drawn_as, a.began, a.ended)
        for a in session.nemesis.begun
    ]
    warned = [
        FaultSpan(f"{fault.word}?", "warning", fault.at, None if fault.for_us is None else fault.at + fault.for_us)
        for fault in session.level.faults
        if fault.warn_us is not None and fault.at - fault.warn_us <= session.now < fault.at
    ]
    return (*begun, *warned)


# ── what can be done


def _verbs(session: Session) -> tuple[VerbView, ...]:
    have = session.operator.attention.at(session.now).have
    return tuple(
        VerbView(verb.name, verb.key, verb.cost, verb.takes_us, verb.cost <= have, verb.help)
        for verb in session.board.verbs
    )


def _knobs(session: Session) -> tuple[KnobView, ...]:
    declared, live = session.setting.strategy.knobs, session.level.moves.knobs
    present = session.cluster.knobs
    shown = (name for name, knob in declared.items() if knob.live)
    return tuple(KnobView(name, declared[name].show(present[name]), name in live) for name in shown)
