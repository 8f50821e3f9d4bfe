"""Results of shifts that never ran, made by hand, and the screens that are drawn of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import Any

from capgame.draw.canvas import Canvas
from capgame.draw.help import draw_help
from capgame.draw.home import draw_home
from capgame.draw.ink import Ink
from capgame.draw.look import Look
from capgame.draw.postmortem import draw_postmortem
from capgame.levels.level import (
    Cluster,
    Debrief,
    Level,
    MoveRules,
    Offer,
    RateStep,
    Region,
    ScoreRules,
    WorkloadSpec,
)
from capgame.nemesis.fault import Fault
from capgame.play.score import points, score
from capgame.play.views.home import HomeView, Record, home_view
from capgame.play.views.postmortem import PostmortemView, postmortem_view

S = 1_000_000
OFFERED, UPTIME, TRUTH = 1_800, Decimal(126), Decimal(18)  # asked in all, and the two budgets: 93% and 99%

LEVEL = Level(
    id="small-cut",
    title="A Small Cut",
    act=1,
    number=1,
    cluster=Cluster(
        (Region("us", ("n1", "n2"), (RateStep(0, 20_000),)), Region("eu", ("n3",), (RateStep(0, 10_000),))), {}, {}
    ),
    offers=(Offer("raft", "raft"), Offer("pb-async", "primary-backup", unlock="first-win")),
    workload=WorkloadSpec("register", 8, (("read", 700_000), ("write", 300_000))),
    deadline_us={"read": 400_000, "write": 400_000},
    duration_us=60 * S,
    seed="KIWI",
    faults=(Fault(12 * S, "cut", "n3 | n1 n2", 30 * S),),
    moves=MoveRules(3, 20 * S, ("route",)),
    score=ScoreRules("linearizable", 930_000, 990_000, contracts=("no-lost-writes",)),
    teaches="When the network is cut, someone waits or someone is wrong.",
    story="02:13. The fibre is down. Europe still has customers, and they can still see both continents.",
    debrief=Debrief(
        "The theorem cuts replicas apart, not always customers. n3 alone could only wait or be wrong; its customers "
        "had another way, and nobody had to choose.",
        "Which of your own customers could reach a healthy region, if the one they ask had nobody to agree with?",
        ("Gilbert and Lynch 2002: Brewer's conjecture", "Kleppmann 2015"),
    ),
)


def refusal(cause: str, count: int, first: float, last: float, ceiling: str, sentence: str) -> dict[str, Any]:
    spans = {"first_us": round(first * S), "last_us": round(last * S)}
    return {"cause": cause, "group": "eu", "count": count, **spans, "ceiling": ceiling, "sentence": sentence}


def anomaly(kind: str, at: float, price: int, node: str, sentence: str) -> dict[str, Any]:
    return {
        "kind": kind, "at_us": round(at * S), "price": price, "operations": [7], "nodes": [node], "sentence": sentence,
    }  # fmt: skip


def result(
    *, offer: str = "raft", refusals: tuple[dict[str, Any], ...] = (), anomalies: tuple[dict[str, Any], ...] = (),
    moves: tuple[str, ...] = (), ceilings: tuple[float | None, ...] = (1.0, 1.0, 1.0), **changed: Any,
) -> dict[str, Any]:  # fmt: skip
    """A result document whose sums and points are right."""
    fates = Counter[str]()
    for cause in refusals:
        fates[cause["cause"].split(":")[0]] += cause["count"]
    missed, spent = Decimal(sum(fates.values())), Decimal(sum(one["price"] for one in anomalies))
    lost = missed > UPTIME or spent > TRUTH
    whole = score(missed, UPTIME, spent, TRUTH)
    shown = min(whole, 499) if lost else whole
    served = OFFERED - int(missed)
    return {
        "level": {"id": LEVEL.id, "hash": "", "title": LEVEL.title},
        "seed": "KIWI", "offer": offer, "strategy": offer, "knobs": {},
        "moves": [{"at_us": 16 * S, "text": text, "result": "done", "why": ""} for text in moves],
        "outcome": "lost" if lost else "won",
        "stars": 0 if lost else 1 + (shown >= 700) + (shown >= 850),
        "score": shown,
        "uptime": {
            "value": served / OFFERED, "slo": 0.93, "points": points(missed, UPTIME), "spent": int(missed),
            "budget": int(UPTIME), "offered": OFFERED, "in_time": served, "late": fates["late"],
            "refused": fates["refused"], "unanswered": fates["unanswered"],
            "ceilings": dict(zip(("majority", "one_history", "any_replica"), ceilings, strict=True)),
        },
        "truth": {
            "value": max(0.0, 1 - float(spent) / OFFERED), "slo": 0.99, "points": points(spent, TRUTH),
            "spent": int(spent), "budget": int(TRUTH), "answered": served, "charged": int(spent),
        },
        "contracts": {"no-lost-writes": "broken" if any(a["kind"] == "lost-write" for a in anomalies) else "kept"},
        "counts": dict(Counter(one["kind"] for one in anomalies)),
        "anomalies": list(anomalies), "refusals": list(refusals),
        "timeline": [second(number, refusals, anomalies) for number in range(60)],
        "virtual_s": 60.0,
    } | changed  # fmt: skip


def second(number: int, refusals: tuple[dict[str, Any], ...], anomalies: tuple[dict[str, Any], ...]) -> dict[str, int]:
    hit = any(cause["first_us"] // S <= number <= cause["last_us"] // S for cause in refusals)
    wrong = sum(one["at_us"] // S == number for one in anomalies)
    refused = 9 if hit else 0
    return {
        "second": number, "offered": 30, "in_time": 30 - refused, "late": 0, "refused": refused, "unanswered": 0,
        "wrong": wrong,
    }  # fmt: skip


def won() -> dict[str, Any]:
    """Routed in time: three stars, and a few requests that nobody could have served."""
    return result(
        refusals=(
            refusal("refused: no leader", 21, 12.1, 15.9, "yours", "reads and writes had no leader in reach."),
            refusal("late", 9, 42.0, 43.4, "hindsight", "half of the answers took 460 ms or more, not 400."),
            refusal("unanswered", 4, 12.0, 12.3, "theorem", "writes heard nothing from n3."),
        ),
        moves=("route eu n1",),
        ceilings=(0.9928, 0.9978, 1.0),
    )  # fmt: skip


def lost_by_uptime() -> dict[str, Any]:
    """Nobody did anything: the truth is whole, and eu waited for thirty seconds."""
    return result(
        refusals=(
            refusal("refused: no leader", 268, 13.4, 41.9, "yours", "requests were refused: n3 hears no leader."),
            refusal("unanswered", 13, 12.1, 12.7, "nobody", "writes stayed unknown: n1 is out of reach."),
        ),
        ceilings=(0.9928, None, 0.9928),
    )  # fmt: skip


def lost_by_truth() -> dict[str, Any]:
    """The lie: everybody was answered, and 24 reads were stale; a write is gone, too."""
    stale = tuple(
        anomaly("stale-read", 13 + number, 2, "n3",
                f"eu{number} read k3=v57 at {13 + number}.0 s from n3, although v60 had been acknowledged at 12.8 s by "
                "n1; n3 had been cut off since 12.0 s")
        for number in range(24)
    )  # fmt: skip
    gone = anomaly("lost-write", 60, 8, "n1", "us2's write k1=v90, acknowledged at 41.8 s by n1, was gone at the end")
    refused = refusal("refused: no primary in reach", 90, 12.1, 41.9, "yours", "writes had no primary in reach.")
    return result(offer="pb-async", anomalies=(*stale, gone), refusals=(refused,))


def frontier() -> dict[str, Any]:
    """Both offers left alone on the same seed, as `frontier --json` has them."""
    runs = (lost_by_uptime(), lost_by_truth())
    kept = ("offer", "strategy", "outcome", "score", "stars", "uptime", "truth")
    return {"level": LEVEL.id, "seed": "KIWI", "offers": [{key: run[key] for key in kept} for run in runs]}


def report(of: dict[str, Any], best: int | None = None, unlocked: tuple[str, ...] | None = None) -> PostmortemView:
    return postmortem_view(of, LEVEL, frontier(), best, unlocked)


CAMPAIGN = (
    LEVEL,
    replace(LEVEL, id="two-halls", title="Two Halls and a Cable", number=2),
    replace(LEVEL, id="the-odd-one", title="The Odd One", act=2),
)


def home(*, first: bool = False) -> HomeView:
    records = {} if first else {LEVEL.id: Record(861, 3, "raft", 1, 756, 1000, 4)}
    return home_view(CAMPAIGN, records, chosen=LEVEL.id)


POSTMORTEM_KEYS = (("↑↓", "cause"), ("a", "again"), ("esc", "home"))
HOME_KEYS = (("↵", "play"), ("←→", "choose"), ("?", "help"), ("q", "quit"))
HELP_KEYS = (
    ("space", "pause"), ("- +", "slower, faster"), (".", "to the next event"), ("tab", "next node"), ("i", "inspect"),
    ("g", "pager"), (":", "type a move"), ("ctrl+p", "palette"), ("r", "route"), ("?", "this page"),
    ("esc", "one step back"), ("q", "quit"),
)  # fmt: skip


def picture(name: str, size: tuple[int, int], ink: Ink) -> Canvas:
    """One of SCREENS."""
    if name == "home" or name == "first_run":
        return draw_home(size, home(first=name == "first_run"), Look(ink=ink, keys=HOME_KEYS))
    if name == "help":
        return draw_help(size, HELP_KEYS, Look(ink=ink, keys=(("esc", "back"),)))
    return draw_postmortem(size, REPORTS[name](), Look(ink=ink, keys=POSTMORTEM_KEYS))


REPORTS = {
    "won": lambda: report(won()),
    "lost_by_uptime": lambda: report(lost_by_uptime(), unlocked=("raft",)),
    "lost_by_truth": lambda: report(lost_by_truth(), best=861),
}
SCREENS = (*REPORTS, "home", "first_run", "help")
