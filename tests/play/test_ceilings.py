"""What the theorem allowed: by hand, by law, and against trying everything."""

from __future__ import annotations

from itertools import combinations, pairwise, permutations, product
from time import process_time

import pytest
from timelines import MS, S, Shift, random_shift

from capgame.play.ceilings import Asked, Ceilings, Class, ceilings
from capgame.play.reach import Reach, Segment

N3 = ("n1", "n2", "n3")
FAR = {("us", "us"): 1 * MS, ("eu", "eu"): 1 * MS, ("us", "eu"): 40 * MS, ("eu", "us"): 40 * MS}
HOME = {"n1": "us", "n2": "us", "n3": "eu"}


def links(*cut: tuple[str, str]) -> dict[tuple[str, str], int]:
    """The first level's links, one way: 80 ms between the continents, 110 ms for customers who cross."""
    up = {(a, b): FAR[HOME[a], HOME[b]] for a in N3 for b in N3 if a != b}
    for group in ("us", "eu"):
        for node in N3:
            up[f"c:{group}", node] = up[node, f"c:{group}"] = 1 * MS if HOME[node] == group else 55 * MS
    return {(a, b): us for (a, b), us in up.items() if (a, b) not in cut and (b, a) not in cut}


def first_cut(*more: tuple[str, str]) -> list[Segment]:
    """n3 is alone from 12 s to 42 s."""
    cut = links(("n3", "n1"), ("n3", "n2"), *more)
    return [Segment(0, 12 * S, N3, links()), Segment(12 * S, 42 * S, N3, cut), Segment(42 * S, 60 * S, N3, links())]


def everybody(deadline_us: int = 400 * MS) -> list[Asked]:
    """Ten a second: two us operations for one of eu's, and a write now and then."""
    return [
        Asked(n * 100 * MS, "eu" if n % 3 == 0 else "us", "write" if n % 10 == 0 else "read", deadline_us)
        for n in range(600)
    ]


def counts(found: Ceilings) -> tuple[int | None, int, int]:
    return found.majority, found.one_history, found.any_replica


def test_in_the_first_cut_everybody_could_be_served() -> None:
    """eu's replica is alone, but its customers still reach us in 110 ms."""
    found = ceilings(first_cut(), everybody(), N3)
    assert counts(found) == (600, 600, 600)
    assert set(found.classes) == {Class.YOURS}


def test_a_deadline_too_short_for_the_ocean_makes_it_the_theorems() -> None:
    """100 ms: eu's 100 operations in the cut, and only n3 near enough. Before and after, its writes need us as well:
    82 ms by way of n3, and in time."""
    found = ceilings(first_cut(), everybody(100 * MS), N3)
    assert counts(found) == (500, 500, 600)
    lost = [asked.group for asked, by in zip(everybody(100 * MS), found.classes, strict=True) if by is Class.THEOREM]
    assert lost == ["eu"] * 100


def test_a_whole_region_cut_off_is_the_theorems() -> None:
    found = ceilings(first_cut(("c:eu", "n1"), ("c:eu", "n2"), ("c:us", "n3")), everybody(), N3)
    assert counts(found) == (500, 500, 600)


def test_who_reaches_nobody_is_nobodys() -> None:
    away = [Segment(0, 60 * S, N3, links(("c:eu", "n1"), ("c:eu", "n2"), ("c:eu", "n3")))]
    found = ceilings(away, everybody(), N3)
    assert counts(found) == (400, 400, 400)
    assert found.classes.count(Class.NOBODY) == 200


def test_a_write_adds_its_quorums_round_trip() -> None:
    """eu by way of n3: 2 ms for a read, and 80 ms more for a write that us must also have; n1 by itself is 110 ms."""
    asked = [Asked(0, "eu", f, deadline * MS) for f, deadline in (("read", 2), ("write", 81), ("write", 82))]
    found = ceilings([Segment(0, S, N3, links())], asked, N3)
    assert found.classes == (Class.YOURS, Class.HINDSIGHT, Class.YOURS)


def test_two_nodes_have_no_majority_line() -> None:
    pair = {key: us for key, us in links().items() if "n2" not in key}
    found = ceilings([Segment(0, 60 * S, ("n1", "n3"), pair)], everybody(), ("n1", "n3"))
    assert counts(found) == (None, 600, 600)
    assert found.share(found.majority) is None
    assert set(found.classes) == {Class.HINDSIGHT}
    assert found.bar(590) == (("served", 590), ("yours", 0), ("hindsight", 10), ("theorem", 0), ("nobody", 0))


def test_one_node_is_its_own_majority() -> None:
    alone = [Segment(0, 60 * S, ("n1",), {key: us for key, us in links().items() if not {"n2", "n3"} & set(key)})]
    assert counts(ceilings(alone, everybody(), ("n1",))) == (600, 600, 600)


def test_a_crashed_node_keeps_its_copy_and_a_wiped_one_does_not() -> None:
    """n2 and n3 crash, n1 serves on and crashes, n3 comes back: stale, so n1's history waits for n1."""
    alone = [Asked(at * S, "us", "write", 400 * MS) for at in (1, 11, 12, 13, 21, 31)]
    scenes = (N3, ("n1",), ("n3",), ("n1", "n3"))
    lives = [Segment(n * 10 * S, n * 10 * S + 10 * S, live, links()) for n, live in enumerate(scenes)]
    found = ceilings(lives, alone, N3)
    assert counts(found) == (2, 5, 6)
    assert found.classes[-2:] == (Class.THEOREM, Class.YOURS)
    wiped = [*lives[:2], Segment(20 * S, 30 * S, ("n3",), links(), ("n1",)), lives[3]]
    assert counts(ceilings(wiped, alone, N3)) == (2, 4, 6), "serving on n1 alone (4) was as good as waiting (3)"


def test_hindsight_may_wait_for_the_better_side() -> None:
    """Now one write at n1, later five at n3, and nobody else: the best side of each segment would say six."""
    near = {("c:us", "n1"): MS, ("n1", "c:us"): MS, ("c:eu", "n3"): MS, ("n3", "c:eu"): MS}
    pieces = [Segment(0, 10 * S, ("n1",), near), Segment(10 * S, 20 * S, ("n3",), near)]
    asked = [Asked(0, "us", "write", S), *[Asked(10 * S + n, "eu", "write", S) for n in range(5)]]
    found = ceilings(pieces, asked, N3)
    assert counts(found) == (0, 5, 6)
    assert found.classes == (Class.THEOREM, *[Class.HINDSIGHT] * 5)


def test_reads_leave_no_copy_behind() -> None:
    near = {("c:us", "n1"): MS, ("n1", "c:us"): MS, ("c:eu", "n3"): MS, ("n3", "c:eu"): MS}
    pieces = [Segment(0, 10 * S, ("n1",), near), Segment(10 * S, 20 * S, ("n3",), near)]
    asked = [Asked(0, "us", "read", S), Asked(10 * S, "eu", "write", S)]
    assert counts(ceilings(pieces, asked, N3)) == (0, 2, 2)


def test_a_copy_spreads_one_way_and_speaks_for_the_rest() -> None:
    """n1 serves alone while its writes still stream to n3, which cannot say so. n1 crashes; n3 has them all."""
    stream = {("c:us", "n1"): MS, ("n1", "c:us"): MS, ("n1", "n3"): MS, ("c:us", "n3"): MS, ("n3", "c:us"): MS}
    pieces = [Segment(0, 10 * S, ("n1", "n3"), stream), Segment(10 * S, 20 * S, ("n3",), stream)]
    asked = [Asked(at * S, "us", "write", S) for at in (1, 11)]
    assert counts(ceilings(pieces, asked, N3)) == (0, 2, 2)


def test_clients_never_relay() -> None:
    """us reaches n1 and n3, which do not reach each other; that makes no majority of them."""
    up = {(a, b): MS for node in N3 for a, b in (("c:us", node), (node, "c:us"))}
    found = ceilings([Segment(0, 10 * S, N3, up)], [Asked(0, "us", "read", S)], N3)
    assert counts(found) == (0, 1, 1)


def test_a_way_around_counts_with_its_length() -> None:
    """n1 to n3 by n2: 1 + 40 ms there, and straight back."""
    reach = Reach(Segment(0, S, N3, {pair: us for pair, us in links().items() if pair != ("n1", "n3")}))
    assert (reach.round_trip_us("n1", "n3"), reach.client_trip_us("us", "n3")) == (81 * MS, 82 * MS)
    assert Reach(Segment(0, S, N3, links(("n1", "n2"), ("n1", "n3")))).round_trip_us("n1", "n3") is None


def test_a_majority_whose_disks_all_forgot_serves_nothing() -> None:
    """n1 and n2 serve while n3 is down; both are wiped. n3 never knew, so whatever is left is an older history."""
    asked = [Asked(at * S, "us", "write", 400 * MS) for at in (1, 11)]
    before = Segment(0, 10 * S, ("n1", "n2"), links())
    after = Segment(10 * S, 20 * S, N3, links(), ("n1", "n2"))
    assert counts(ceilings([before, after], asked, N3)) == (1, 1, 2)


def test_the_bar_adds_up_and_has_no_negative_part() -> None:
    found = Ceilings(100, majority=60, one_history=70, any_replica=90, classes=())
    assert dict(found.bar(50)) == {"served": 50, "yours": 10, "hindsight": 10, "theorem": 20, "nobody": 10}
    assert dict(found.bar(75)) == {"served": 75, "yours": 0, "hindsight": 0, "theorem": 15, "nobody": 10}
    assert [found.share(height) for height in (60, 70, 90)] == [0.6, 0.7, 0.9]
    assert Ceilings(0, 0, 0, 0, ()).share(0) == 1.0


@pytest.mark.parametrize("block", range(4))
def test_majority_is_below_one_history_is_below_any_replica(block: int) -> None:
    """400 random timelines in all; and no served operation of a lower line is missing from a higher one."""
    for seed in range(block * 100, block * 100 + 100):
        shift = random_shift(seed)
        found = ceilings(shift.segments, shift.asked, shift.voters)
        assert (found.majority or 0) <= found.one_history <= found.any_replica <= found.offered, seed
        assert (found.majority is None) == (len(shift.voters) == 2), seed
        assert sum(count for _, count in found.bar(0)) == found.offered == len(found.classes), seed
        lower = found.classes.count(Class.YOURS) + found.classes.count(Class.HINDSIGHT)
        assert lower >= found.one_history, (seed, "hindsight's own choice serves these, and a majority perhaps more")


def test_the_programme_finds_what_trying_everything_finds() -> None:
    for seed in range(1_000, 1_120):
        shift = random_shift(seed, nodes=(2, 4), segments=(1, 5), asks=25)
        assert ceilings(shift.segments, shift.asked, shift.voters).one_history == most_by_trying(shift), seed


def test_a_long_flapping_shift_is_measured_in_a_moment() -> None:
    flaps = [
        Segment(n * S // 4, (n + 1) * S // 4, N3, links(("n3", "n1"), ("n3", "n2")) if n % 2 else links())
        for n in range(480)
    ]
    begun = process_time()
    found = ceilings(flaps, [Asked(n * 33 * MS, "eu", "write", 400 * MS) for n in range(3600)], N3)
    assert counts(found) == (3600, 3600, 3600)
    assert process_time() - begun < 0.5


def most_by_trying(shift: Shift) -> int:
    """The most that one history serves, by trying every choice, with a version number on every disk."""
    choices = [[None, *(side for size in (1, 2, 3, 4) for side in _sides(piece, size))] for piece in shift.segments]
    return max(_play(shift, plan) for plan in product(*choices))


def _play(shift: Shift, plan: tuple[tuple[str, ...] | None, ...]) -> int:
    """Serve as planned; a side without the newest version may not, and the plan is worth nothing."""
    newest, disk, served = 1, dict.fromkeys(shift.voters, 1), 0
    for piece, side in zip(shift.segments, plan, strict=True):
        disk |= dict.fromkeys(piece.wiped, 0)
        _ship(piece, disk)
        if side is None:
            continue
        if newest not in [disk[node] for node in side]:
            return 0
        mine = [one for one in shift.asked if piece.begins <= one.at < piece.ends and _near(piece, side, one)]
        served += len(mine)
        if any(one.f == "write" for one in mine):
            newest += 1
            disk |= dict.fromkeys(side, newest)
            _ship(piece, disk)
    return served


def _ship(piece: Segment, disk: dict[str, int]) -> None:
    """Whoever receives something newer keeps it, until nothing moves."""
    moved = True
    while moved:
        moved = False
        for a, b in piece.one_way_us:
            if a in piece.live and b in piece.live and disk[a] > disk[b]:
                disk[b], moved = disk[a], True


def _sides(piece: Segment, size: int) -> list[tuple[str, ...]]:
    """Largest sets of that size whose members all reach each other."""
    return [
        side
        for side in combinations(sorted(piece.live), size)
        if all(_talk(piece, a, b) for a in side for b in side)
        and not any(_talk(piece, side[0], c) for c in piece.live if c not in side)
    ]


def _talk(piece: Segment, a: str, b: str) -> bool:
    return _way(piece, a, b) is not None and _way(piece, b, a) is not None


def _near(piece: Segment, side: tuple[str, ...], one: Asked) -> bool:
    client = f"c:{one.group}"
    trips = [(_way(piece, client, node), _way(piece, node, client)) for node in side]
    return any(there is not None and back is not None and there + back <= one.deadline_us for there, back in trips)


def _way(piece: Segment, a: str, b: str) -> int | None:
    """The shortest of all simple paths, by writing them all down."""
    if a == b:
        return 0
    between = [node for node in piece.live if node not in (a, b)]
    paths = [(a, *relays, b) for size in range(len(between) + 1) for relays in permutations(between, size)]
    hops = [tuple(pairwise(path)) for path in paths]
    return min((sum(piece.one_way_us[hop] for hop in way) for way in hops if _up(piece, way)), default=None)


def _up(piece: Segment, way: tuple[tuple[str, str], ...]) -> bool:
    return all(hop in piece.one_way_us for hop in way)
