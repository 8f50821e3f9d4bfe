"""The headline tells what is the matter now, whose trouble it is, and what is still possible."""

from __future__ import annotations

import re
from pathlib import Path

from capgame.levels.catalogue import find
from capgame.play.headless import run_level
from capgame.play.session import Session
from capgame.play.views.scene import view
from capgame.play.views.shift import Headline

S = 1_000_000
AUTHORS = str(Path(__file__).parent.parent / "levels" / "deaf-leader.yaml")  # n1, the primary, goes deaf at 15 s


def heads(level: str, offer: str, *instants: float, moves: tuple[str, ...] = ()) -> list[Headline]:
    """The headline at instants of a run, in seconds."""
    seen: list[Headline] = []

    def look(session: Session) -> None:
        seen.append(view(session).headline)

    at = [round(instant * S) for instant in instants]
    probes = [(when, look) for when in at]
    run_level(find(level), strategy=offer, moves=moves, probes=probes, until_us=at[-1])
    return seen


def said(headline: Headline) -> str:
    """Tag and sentence, without the numbers of the moment."""
    return f"{headline.tag}: {re.sub(r'[0-9]+ of [0-9]+ a second', 'N', headline.sentence)}"


def options(headline: Headline) -> list[str]:
    return [suggestion.label for suggestion in headline.suggestions]


# ── one primary


def test_a_room_that_is_cut_off_from_the_writer_is_told_so() -> None:
    """Two copies have no majority to miss: n2 cannot reach n1, and nothing that may be done would help."""
    refused, wrong = heads("two-rooms", "pb-async", 19.5, 20)
    assert said(refused) == "SOUTH IS REFUSED: n2 cannot reach n1, the primary: N."
    assert said(wrong) == "SOUTH READS THE PAST: N are wrong: n2 cannot hear n1, the primary."
    assert options(refused) == ["route south", "promote n2"]


def test_a_crash_is_told_from_a_cut_and_who_could_take_over_is_named() -> None:
    """The operator is offered the node that runs, not the one that is down."""
    out, refused = heads("two-rooms", "pb-async", 46, 50)
    assert said(out) == "N1 IS OUT: n1 is out. Everybody is served."
    assert said(refused) == "NORTH IS REFUSED: n1 does not answer: N. n2 could be promoted."
    assert options(out) == ["route", "promote n2"]


def test_customers_of_a_backup_hear_about_the_primary() -> None:
    """Sent to n2, they read there; their writes go on to a primary that is down."""
    (refused,) = heads("two-rooms", "pb-async", 53, moves=("45.5s route north n2",))
    assert said(refused) == "NORTH IS REFUSED: n1, the primary, is down: N. n2 could be promoted."


def test_two_primaries_that_both_answer_are_worse_than_anything_else() -> None:
    """Every write on one side will be thrown away; they are counted while it can still be stopped."""
    early, late = heads("two-rooms", "pb-async", 22, 28, moves=("19s promote n2",))
    assert early.tag == late.tag == "TWO PRIMARIES"
    assert early.sentence.startswith("n1 and n2 both take writes. When the cut heals, one side’s are thrown away: ")
    counts = [int(re.findall(r"([0-9]+) so far", headline.sentence)[0]) for headline in (early, late)]
    assert 0 < counts[0] < counts[1]


def test_a_group_served_elsewhere_says_where_and_what_became_of_its_home() -> None:
    (served,) = heads("two-rooms", "pb-async", 55, moves=("45.5s promote n2", "46s route north n2"))
    assert said(served) == "NORTH IS SERVED: by n2 in south: 40 ms instead of 2. n1 is still down."
    assert served.mood == "you"


def test_a_one_way_cut_is_told_in_words_and_the_first_who_wait_are_refused() -> None:
    """At 15.9 s nobody has been told no, and two thirds of the last two seconds are overdue."""
    fresh, waiting = heads(AUTHORS, "pb-async", 15.05, 15.9)
    assert said(fresh) == "CUT: n1 hears no other machine. Nobody feels it yet."
    assert waiting.tag == "EAST IS REFUSED"


def test_next_door_is_not_told_as_a_detour() -> None:
    """n2 stands beside n1: "2 ms instead of 2" is no news."""
    (served,) = heads(AUTHORS, "pb-async", 70, moves=("20s fence n1", "21s promote n3", "24s route west n2"))
    assert said(served) == "WEST IS SERVED: by n2 in west. n1 is still down."


def test_writes_that_wait_for_a_backup_name_it() -> None:
    """In step: n1 is up and may write, and waits for who cannot answer."""
    (waits,) = heads("two-rooms", "pb-sync", 21)
    assert said(waits) == "NORTH IS REFUSED: writes at n1 wait for n2: N."
    (waits,) = heads("odd-one-out", "pb-semi", 30.5)
    assert said(waits) == "A IS REFUSED: writes at n1 wait for n2 and n3: N."


def test_a_frozen_primary_is_said_to_be_frozen_at_every_copy() -> None:
    south, north = heads("two-rooms", "pb-async", 38.5, 39, moves=("19s freeze n1",))
    assert said(south) == "SOUTH IS REFUSED: n1, the primary, is frozen: N."
    assert said(north) == "NORTH IS REFUSED: n1 is frozen: N."


def test_what_is_over_is_not_explained_by_what_is_no_more() -> None:
    """n1 has just booted: the last requests to it are counted, but nothing is the matter any more."""
    (over,) = heads("two-rooms", "pb-async", 74)
    assert said(over) == "NORTH IS REFUSED: n1 did not answer in time: N."


# ── a majority


def test_a_deposed_leader_that_answers_nobody_is_no_second_leader() -> None:
    """n1 does not know yet that n3 leads; what it took was promised to no one, and its customers can be rescued."""
    (refused,) = heads("odd-one-out", "raft", 24.5)
    assert said(refused) == "A IS REFUSED: n1 is alone and may not answer: N. Its customers can still reach c."


def test_a_zone_that_is_off_the_map_has_no_way_out() -> None:
    (refused,) = heads("odd-one-out", "raft", 65)
    assert said(refused) == "B IS REFUSED: n2 is alone and may not answer: N."


def test_without_a_leader_every_zone_of_the_majority_is_a_way_out() -> None:
    (refused,) = heads("odd-one-out", "majority", 24.5)
    assert said(refused) == "A IS REFUSED: n1 is alone and may not answer: N. Its customers can still reach b and c."


def test_stale_copies_say_whom_they_cannot_hear_and_where_the_truth_is() -> None:
    """n2 and n3 hear each other, which is a majority of no use to them."""
    (wrong,) = heads("odd-one-out", "pb-async", 26)
    assert said(wrong) == (
        "B READS THE PAST: N are wrong: n2 cannot hear n1, the primary. Its customers can still reach a."
    )


def test_what_is_overdue_is_felt_although_its_customers_still_wait() -> None:
    """A second after the cut nobody has been told no, and half of a waits: the clock stops there, and must say why."""
    (felt,) = heads("odd-one-out", "raft", 60.9, moves=("21.3s route a n2",))  # a was refused at 21 s, too
    assert said(felt) == "A IS REFUSED: n2 is alone and may not answer: N. Its customers can still reach c."
