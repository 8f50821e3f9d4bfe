"""Hand-made views of shifts that never ran, and the looks they are drawn in: what the goldens are pictures of."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from capgame.draw.ink import Ink
from capgame.draw.look import CommandLine, GhostRoad, Look, Target
from capgame.draw.palette import NIGHT
from capgame.play.views.shift import (
    AttentionView,
    BudgetView,
    CutView,
    FaultSpan,
    FlightView,
    GroupView,
    Headline,
    KnobView,
    LogLine,
    MoveMark,
    NodeView,
    RegionView,
    SecondView,
    ShiftView,
    Suggestion,
    VerbView,
)

S = 1_000_000
QUIET, BUSY = (2, 1, 1, 2, 3, 2, 1, 2), (30, 34, 38, 43, 40, 38, 41, 43)


def seconds(*spans: tuple[int, int, int, int, int]) -> tuple[SecondView, ...]:
    """(how many seconds, ok, late, refused, wrong) one after the other."""
    return tuple(
        SecondView(ok + late + refused + wrong, ok, late, refused, wrong)
        for count, ok, late, refused, wrong in spans
        for _ in range(count)
    )


def flight(now: int, source: str, target: str, share: float, kind: str = "data", lost: bool = False) -> FlightView:
    sent = now - round(share * 80_000)
    return FlightView(source, target, kind, sent, sent + 80_000, lost)


def mesh(*names: str) -> tuple[tuple[str, str], ...]:
    return tuple(combinations(names, 2))


def both_ways(*pairs: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(link for a, b in pairs for link in ((a, b), (b, a)))


ROUTE = VerbView("route", "r", 1, 500_000, True, "send a group's customers to a node")


def first_cut() -> ShiftView:
    """The First Cut, 3.4 s into the cut: eu is refused and nobody has done anything yet."""
    now = 23_400_000
    return ShiftView(
        level="first-cut", title="The First Cut", place="1·1", strategy="raft", seed="KIWI",
        now=now, duration=90 * S, outcome="pending",
        uptime=BudgetView("UPTIME", 987_000, 970_000, 570_000, 852, "46 unserved", 4 * S),
        truth=BudgetView("TRUTH", 1_000_000, 995_000, 1_000_000, 1000, "13.5 truth = 6 stale reads"),
        score=852, stars=3, attention=AttentionView(3, 3, None),
        regions=(RegionView("us", ("n1", "n2"), False), RegionView("eu", ("n3",), True)),
        nodes=(
            NodeView("n1", "us", "leader", True, 4, "t", 88, 0, per_second=43, load=BUSY, tail_from=60,
                     tail=tuple(range(60, 88)), hears=("n2",)),
            NodeView("n2", "us", "follower", False, 4, "t", 88, 0, per_second=18, load=QUIET, tail_from=60,
                     tail=tuple(range(60, 88)), hears=("n1",)),
            NodeView("n3", "eu", "candidate", False, 9, "t", 71, -17, per_second=12, load=QUIET, tail_from=60,
                     tail=tuple(range(60, 71)), notes=("asks for votes, 5 times so far", "hears nobody")),
        ),
        groups=(GroupView("us", "us", 20, "n1", False, ok=40), GroupView("eu", "eu", 10, "n3", False, refused=20)),
        cuts=(CutView("n3 | n1 n2", "regions", (("n3",), ("n1", "n2")), both_ways(("n1", "n3"), ("n2", "n3")),
                      3_400_000),),
        flights=(
            flight(now, "n1", "n2", 0.45), flight(now, "n2", "n1", 0.6, "ack"),
            flight(now, "n1", "n3", 0.5, lost=True), flight(now, "n3", "n1", 0.5, "vote", True),
            flight(now, "n3", "n2", 0.2, "vote", True),
        ),
        links=mesh("n1", "n2", "n3"),
        headline=Headline(
            "EU IS REFUSED", "trouble",
            "n3 is alone and may not answer: 10 of 10 a second. Its customers can still reach us.",
            (Suggestion("r", "route eu"),),
        ),
        log=(
            LogLine(21_400_000, "late", "eu: n3 asked for votes and heard nobody."),
            LogLine(20_600_000, "late", "eu: every request is refused. n3 cannot reach a majority."),
            LogLine(20 * S, "fault", "eu’s replica is alone. Its customers can still reach both continents."),
            LogLine(0, "info", "02:13. Your shift begins."),
        ),
        seconds=seconds((20, 30, 0, 0, 0), (4, 20, 0, 10, 0)),
        faults=(FaultSpan("cut n3 | n1 n2", "cut", 20 * S, None),),
        moves=(), verbs=(ROUTE,),
        knobs=(KnobView("reads", "index", False), KnobView("election-timeout", "1s", False),
               KnobView("pre-vote", "on", False)),
    )  # fmt: skip


def routed() -> ShiftView:
    """The same shift, calm: eu's customers ask n1 across the sea, through the wall."""
    view = first_cut()
    now = 31_200_000
    n1, n2, n3 = view.nodes
    longer = tuple(range(60, 132))
    return replace(
        view,
        now=now,
        uptime=replace(view.uptime, value_ppm=991_000, left_ppm=640_000, gone_in_us=None),
        score=871,
        attention=AttentionView(2, 3, 6_200_000),
        nodes=(
            replace(n1, newest=132, tail=longer), replace(n2, newest=132, tail=longer), replace(n3, epoch=14, lag=-61),
        ),
        groups=(GroupView("us", "us", 20, "n1", False, ok=40), GroupView("eu", "eu", 10, "n1", True, ok=20)),
        cuts=(replace(view.cuts[0], age_us=11_200_000),),
        flights=(flight(now, "n1", "n2", 0.5), flight(now, "n1", "n3", 0.5, lost=True)),
        headline=Headline("EU IS SERVED", "calm", "by n1, across the sea: 110 ms instead of 4. n3 is still alone.",
                          (Suggestion("r", "route"),)),
        log=(LogLine(24_500_000, "you", "route eu n1. eu asks n1 now."), *view.log),
        seconds=seconds((20, 30, 0, 0, 0), (4, 20, 0, 10, 0), (8, 30, 0, 0, 0)),
        moves=(MoveMark(24_500_000, "route eu n1", True),),
    )  # fmt: skip


def fork() -> ShiftView:
    """43 Seconds: two primaries in two regions, five nodes, two histories after v418."""
    now = 24_600_000
    stem = tuple(range(407, 419))
    east, west = (*stem, *range(1419, 1425)), (*stem, *range(2419, 2428))
    node = NodeView("n1", "east", "primary", True, 7, "e", 424, 0, per_second=43, load=BUSY, tail_from=407, tail=east,
                    hears=("n2", "n3"))  # fmt: skip
    backup = replace(node, name="n2", role="backup", leads=False, per_second=18, load=QUIET, hears=("n1", "n3"))
    other = replace(node, name="n4", region="west", epoch=8, newest=427, lag=9, forked=True, tail=west,
                    per_second=39, hears=("n5",), notes=("was promoted by the robot at 23.1 s",))  # fmt: skip
    return replace(
        first_cut(),
        level="43-seconds", title="43 Seconds", place="1·4", strategy="primary-backup", now=now,
        uptime=BudgetView("UPTIME", 981_000, 950_000, 620_000, 820, "50 unserved"),
        truth=BudgetView("TRUTH", 989_000, 982_000, 380_000, 690, "6 truth", 9_400_000),
        score=705, stars=2, attention=AttentionView(4, 6, 6_500_000),
        regions=(RegionView("east", ("n1", "n2", "n3"), False), RegionView("west", ("n4", "n5"), True)),
        nodes=(
            node, backup,
            replace(backup, name="n3", newest=423, lag=-1, per_second=12, tail=east[:-1], hears=("n1", "n2")),
            other,
            replace(other, name="n5", role="backup", leads=False, newest=425, lag=7, per_second=14, load=QUIET,
                    tail=west[:-2], hears=("n4",)),
        ),
        groups=(
            GroupView("east", "east", 30, "n1", False, ok=58, late=2),
            GroupView("west", "west", 10, "n4", False, ok=8, refused=2, wrong=10),
        ),
        cuts=(CutView("east | west cloud", "regions", (("east",), ("west", "cloud")),
                      both_ways(*((a, b) for a in ("n1", "n2", "n3") for b in ("n4", "n5"))), 4_600_000),),
        flights=(
            flight(now, "n1", "n2", 0.35), flight(now, "n1", "n3", 0.6), flight(now, "n2", "n1", 0.5, "ack"),
            flight(now, "n4", "n5", 0.4), flight(now, "n5", "n4", 0.7, "ack"), flight(now, "n1", "n4", 0.4, lost=True),
            flight(now, "n1", "n5", 0.22), flight(now, "n4", "n1", 0.4, "ack", True),
        ),
        links=mesh("n1", "n2", "n3", "n4", "n5"),
        headline=Headline(
            "TWO PRIMARIES", "trouble",
            "n1 and n4 both take writes. When the cut heals, one side’s are thrown away: 9 so far.",
            (Suggestion("f", "fence n4"), Suggestion("r", "route west")),
        ),
        log=(
            LogLine(24_200_000, "you", "tune failover scope → region. Takes effect now."),
            LogLine(23_600_000, "wrong", "5 west reads disagree with what east wrote."),
            LogLine(23_100_000, "fault", "The robot promoted n4 to primary, epoch 8."),
            LogLine(20_400_000, "late", "west: writes refused, its primary n1 is out of reach."),
            LogLine(20 * S, "fault", "east cannot see west or the cloud."),
            LogLine(14 * S, "info", "An optical part is being swapped in east."),
        ),
        seconds=seconds((20, 40, 0, 0, 0), (3, 34, 1, 5, 0), (1, 35, 1, 1, 3), (1, 20, 0, 0, 4)),
        faults=(FaultSpan("cut east | west cloud", "cut", 20 * S, None),),
        moves=(MoveMark(24_200_000, "tune scope", True),),
        verbs=(
            VerbView("tune", "t", 1, 0, True, "turn a knob"), ROUTE, VerbView("fence", "f", 2, 0, True, "fence a node"),
            VerbView("promote", "p", 2, 2 * S, False, "make a backup the primary"),
        ),
        knobs=(KnobView("replication", "async", False), KnobView("failover", "auto", True),
               KnobView("scope", "region", True)),
    )  # fmt: skip


def three_regions() -> ShiftView:
    """Three islands of seven nodes: every gutter is a wall, n7 is down and n3 is paused."""
    now = 47_300_000
    plain_node = NodeView("n1", "us", "leader", True, 12, "t", 902, 0, per_second=38, load=BUSY, tail_from=880,
                          tail=tuple(range(880, 903)), hears=("n2", "n3"))  # fmt: skip
    follower = replace(plain_node, name="n2", role="follower", leads=False, per_second=11, load=QUIET)
    names = tuple(f"n{number}" for number in range(1, 8))
    islands = (("n1", "n2", "n3"), ("n4", "n5"), ("n6", "n7"))
    apart = tuple((a, b) for one, two in combinations(islands, 2) for a in one for b in two)
    return replace(
        first_cut(),
        level="long-night", title="The Long Night", place="5·5", now=now,
        uptime=BudgetView("UPTIME", 910_000, 920_000, -400_000, 460, "overspent", None),
        truth=BudgetView("TRUTH", 997_000, 990_000, 710_000, 855, "9 truth"),
        score=598, stars=0, attention=AttentionView(5, 10, 11 * S),
        regions=(RegionView("us", islands[0], True), RegionView("eu", islands[1], True),
                 RegionView("ap", islands[2], True)),
        nodes=(
            plain_node, follower,
            replace(follower, name="n3", state="paused", newest=860, lag=-42, per_second=0, tail_from=850,
                    tail=tuple(range(850, 861))),
            replace(follower, name="n4", region="eu", role="candidate", epoch=13, newest=899, lag=-3,
                    tail=tuple(range(880, 900))),
            replace(follower, name="n5", region="eu", newest=898, lag=-4, tail=tuple(range(880, 899))),
            replace(follower, name="n6", region="ap", newest=871, lag=-31, tail_from=860, tail=tuple(range(860, 872))),
            replace(follower, name="n7", region="ap", state="down", newest=None, lag=0, per_second=0, load=(), tail=()),
        ),
        groups=(
            GroupView("us", "us", 40, "n1 n2", False, ok=76, late=4),
            GroupView("eu", "eu", 30, "n4", False, refused=60),
            GroupView("ap", "ap", 0.5, "n1", True, ok=0, late=1),
        ),
        cuts=(
            CutView("us | eu | ap", "regions", (("us",), ("eu",), ("ap",)), both_ways(*apart), 2_300_000),
        ),
        flights=(flight(now, "n1", "n2", 0.5), flight(now, "n4", "n5", 0.5, "vote"), flight(now, "n6", "n4", 0.5)),
        links=mesh(*names),
        headline=Headline("ALL APART", "trouble", "three islands. us has a majority; eu is refused, 30 a second.",
                          (Suggestion("r", "route eu"),)),
        seconds=seconds((22, 90, 0, 0, 0), (12, 80, 4, 6, 1), (14, 40, 4, 46, 0)),
        faults=(
            FaultSpan("us ~ eu flaps", "cut", 22 * S, 30 * S), FaultSpan("n7 power", "crash", 41 * S, 46 * S),
            FaultSpan("cut us | eu | ap", "cut", 45 * S, None), FaultSpan("ap storm?", "warning", 60 * S, 80 * S),
        ),
        moves=(MoveMark(24 * S, "route eu n4", True), MoveMark(27 * S, "transfer n1", True),
               MoveMark(46 * S, "restart n7", False)),
        verbs=(
            ROUTE, VerbView("tune", "t", 1, 0, True, ""), VerbView("freeze", "z", 1, 0, True, ""),
            VerbView("shed", "s", 1, 0, True, ""), VerbView("fence", "f", 2, 0, True, ""),
            VerbView("promote", "p", 2, 0, True, ""), VerbView("transfer", "x", 1, 0, True, ""),
            VerbView("restart", "b", 2, 0, True, ""), VerbView("force", "u", 3, 0, True, ""),
        ),
    )  # fmt: skip


def one_region() -> ShiftView:
    """One Bad Port: one region on an ellipse; n5 is ringed, n2 and n3 have no link, n4 does not hear n1."""
    now = 41_700_000
    leader = NodeView("n1", "dc", "leader", True, 7, "t", 512, 0, per_second=43, load=BUSY, tail_from=490,
                      tail=tuple(range(490, 513)), hears=("n2", "n3", "n4"))  # fmt: skip
    follower = replace(leader, name="n2", role="follower", leads=False, per_second=18, load=QUIET)
    ring = both_ways(*((a, "n5") for a in ("n1", "n2", "n3", "n4")))
    return replace(
        first_cut(),
        level="one-bad-port", title="One Bad Port", place="5·1", now=now,
        uptime=BudgetView("UPTIME", 951_000, 920_000, 440_000, 640, "30 unserved", 7 * S),
        score=640, stars=1, attention=AttentionView(5, 6, 7 * S),
        regions=(RegionView("dc", ("n1", "n2", "n3", "n4", "n5"), False),),
        nodes=(
            leader, follower, replace(follower, name="n3", newest=498, lag=-14, state="slow"),
            replace(follower, name="n4", role="candidate", epoch=9, newest=505, lag=-7, tail=tuple(range(490, 506))),
            replace(follower, name="n5", newest=480, lag=-32, tail_from=470, tail=tuple(range(470, 481))),
        ),
        groups=(GroupView("dc", "dc", 60, "n1", False, ok=104, late=6, refused=10),),
        cuts=(
            CutView("n5 | *", "ring", (("n5",), ("n1", "n2", "n3", "n4")), ring, 6 * S),
            CutView("n2 <-> n3", "links", (("n2",), ("n3",)), both_ways(("n2", "n3")), 6 * S),
            CutView("n1 -> n4", "one-way", (("n1",), ("n4",)), (("n1", "n4"),), 6 * S),
        ),
        flights=(
            flight(now, "n1", "n2", 0.5), flight(now, "n4", "n1", 0.4, "vote"), flight(now, "n4", "n3", 0.5, "vote"),
        ),
        links=mesh("n1", "n2", "n3", "n4", "n5"),
        headline=Headline(
            "HALF DEAF", "trouble",
            "n4 hears nothing from n1 but is heard: it keeps asking for votes, and term follows term.",
            (Suggestion("t", "tune pre-vote"),),
        ),
        seconds=seconds((33, 60, 0, 0, 0), (9, 54, 2, 4, 0)),
        faults=(FaultSpan("n5 | *", "cut", 33 * S, None),),
        moves=(),
    )  # fmt: skip


def picking(look: Look) -> Look:
    """The look of somebody who pressed `r` in the First Cut and now chooses a node."""
    return replace(
        look,
        paused=True,
        headline=Headline(
            "ROUTE EU TO", "you", "which node? Times are the round trip for eu’s customers. The clock waits for you.",
            (Suggestion("1", "n1"), Suggestion("2", "n2"), Suggestion("esc", "take back")),
        ),
        targets={
            "n1": Target("1", "110 ms ✓"), "n2": Target("2", "190 ms ✓"), "n3": Target("3", "refused ╱", False),
        },
        ghost=GhostRoad("eu", "n1", "110 ms"),
        command=CommandLine("route eu ", "n1", "costs ◆   takes 0.5 s   deadline 400 ms"),
    )  # fmt: skip


def look(ink: Ink = Ink.FULL) -> Look:
    return Look(palette=NIGHT, ink=ink)


VIEWS = {
    "first_cut": first_cut, "routed": routed, "fork": fork, "three_regions": three_regions, "one_region": one_region,
}  # fmt: skip
