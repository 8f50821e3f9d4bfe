"""The result of a run: the document that `run --json` prints, a replay claims, and plays expect on.

Keys are snake_case in a fixed order, instants and lengths are integer microseconds (`_us`), shares are numbers from 0
to 1. Every number is exact or rounded once, here.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from capgame.play.ceilings import Asked, Ceilings, ceilings
from capgame.play.judge import Charge
from capgame.play.meters import Second
from capgame.play.operator import Record
from capgame.play.reach import Segment
from capgame.play.refusals import Cause, causes
from capgame.play.score import Budget, number
from capgame.play.session import Session

FORMAT = "capgame-result-1"
RULES = 1  # the version of everything that decides a score; a change makes older replays undecidable
PPM = 1_000_000


def result(session: Session) -> dict[str, Any]:
    """The document of a run as it stands; `outcome` is `pending` until it has been judged."""
    setting, judge, tally = session.setting, session.judge, session.judge.meters.tally
    operations = judge.history.operations
    judge.meters.look(session.now)  # or a stopped run would cost less than the screen that stopped it had shown
    limits = _ceilings(session)
    trace = session.timeline.trace
    return {
        "format": FORMAT,
        "rules": RULES,
        "level": {"id": session.level.id, "hash": session.level.hash, "title": session.level.title},
        "seed": setting.seed,
        "offer": setting.offer.name,
        "strategy": setting.strategy.id,
        "knobs": {name: setting.strategy.knobs[name].show(value) for name, value in setting.knobs.items()},
        "moves": [_move(record) for record in session.operator.records],
        "outcome": tally.outcome(session.over).value,
        "stars": tally.stars if session.over else 0,
        "score": tally.score,
        "products": [],
        "uptime": _uptime(tally.uptime, judge.meters.totals(), limits),
        "truth": _truth(tally.truth, judge.answered),
        "contracts": {name: "kept" if kept else "broken" for name, kept in tally.contracts.items()},
        "counts": dict(sorted(Counter(str(charge.anomaly.kind) for charge in judge.charges).items())),
        "anomalies": [_anomaly(charge) for charge in sorted(judge.charges, key=_order)],
        "refusals": [_refusal(cause) for cause in causes(operations, limits.classes)],
        "timeline": [_row(second) for second in judge.meters.seconds()],
        "digest": trace.digest,
        "history_digest": trace.history_digest,
        "digests": list(trace.digests),
        "events": session.timeline.events,
        "virtual_s": session.now / PPM,
    }


def _move(record: Record) -> dict[str, Any]:
    fate = "refused" if record.refused else "done" if record.done else "pending"
    return {"at_us": record.at, "text": record.move.text, "result": fate, "why": record.why}


def _refusal(cause: Cause) -> dict[str, Any]:
    return {
        "cause": cause.cause,
        "group": cause.group,
        "count": cause.count,
        "first_us": cause.first_us,
        "last_us": cause.last_us,
        "ceiling": cause.ceiling.value,
        "sentence": cause.sentence,
    }


def _uptime(budget: Budget, totals: Second, limits: Ceilings) -> dict[str, Any]:
    return {
        "value": totals.in_time / totals.offered if totals.offered else 1.0,
        **_budget(budget),
        "offered": totals.offered,
        "in_time": totals.in_time,
        "late": totals.late,
        "refused": totals.refused,
        "unanswered": totals.unanswered,
        "ceilings": {
            "majority": limits.share(limits.majority),
            "one_history": limits.share(limits.one_history),
            "any_replica": limits.share(limits.any_replica),
        },
    }


def _truth(budget: Budget, answered: int) -> dict[str, Any]:
    return {
        "value": budget.value_ppm / PPM,
        **_budget(budget),
        "answered": answered,
        "charged": number(budget.spent),
    }


def _budget(budget: Budget) -> dict[str, Any]:
    return {
        "slo": budget.slo_ppm / PPM,
        "points": budget.points,
        "spent": number(budget.spent),
        "budget": number(budget.size),
    }


def _anomaly(charge: Charge) -> dict[str, Any]:
    anomaly = charge.anomaly
    return {
        "kind": str(anomaly.kind),
        "at_us": anomaly.at,
        "price": number(charge.price),
        "operations": list(anomaly.operations),
        "nodes": list(anomaly.nodes),
        "sentence": anomaly.sentence,
    }


def _order(charge: Charge) -> tuple[int, int]:
    return charge.anomaly.at, charge.anomaly.operations[0]


def _row(second: Second) -> dict[str, int]:
    return {
        "second": second.second,
        "offered": second.offered,
        "in_time": second.in_time,
        "late": second.late,
        "refused": second.refused,
        "unanswered": second.unanswered,
        "wrong": second.wrong,
    }


# ── what the theorem allowed


def _ceilings(session: Session) -> Ceilings:
    asked = [Asked(op.at, op.group, op.f, op.deadline_us) for op in session.judge.history.operations]
    return ceilings(_segments(session), asked, session.cluster.members)


def _segments(session: Session) -> list[Segment]:
    """The resolved script, cut at every change of what is reachable."""
    links, members = session.cluster.network.links, session.cluster.members
    changes = [change for change in session.nemesis.changes if change.at < session.duration]
    segments = []
    for index, change in enumerate(changes):
        ends = changes[index + 1].at if index + 1 < len(changes) else session.duration
        live = tuple(name for name in members if name not in change.stopped)
        up = {pair: link.fastest_us for pair, link in links.items() if pair not in change.down}
        segments.append(Segment(change.at, ends, live, up, change.wiped))
    return segments
