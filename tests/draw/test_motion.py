"""Movements: what was too fast is stretched, what was too much is thinned, and a pause stops everything."""

from __future__ import annotations

from dataclasses import replace

from shift_views import first_cut, flight, fork, look

from capgame.draw.look import Look
from capgame.draw.motion import Motion


def test_a_fast_flight_is_shown_long_enough_to_be_seen() -> None:
    """80 ms are stretched to 350, also when the message has long arrived."""
    motion, view = Motion(), first_cut()
    one = replace(view, flights=(flight(view.now, "n1", "n2", 0.0),))
    gone = replace(view, now=view.now + 200_000, flights=())
    motion.frame(one, look(), 10.0, 1.0)
    half = motion.frame(gone, look(), 10.175, 1.0).dots
    assert half is not None
    assert [round(dot.share, 2) for dot in half] == [0.5]
    assert motion.frame(gone, look(), 10.4, 1.0).dots == ()


def test_links_are_thinned_but_votes_and_the_lost_are_kept() -> None:
    """Five messages at once are one dot; five votes are five."""
    motion, view = Motion(), first_cut()
    crowd = tuple(flight(view.now, "n1", "n2", share / 10) for share in range(5))
    votes = tuple(flight(view.now, "n3", "n2", share / 10, "vote") for share in range(5))
    lost = tuple(flight(view.now, "n2", "n3", share / 10, lost=True) for share in range(5))
    dots = motion.frame(replace(view, flights=crowd + votes + lost), look(), 1.0, 1.0).dots
    assert dots is not None
    assert [sum(dot.source == name for dot in dots) for name in ("n1", "n3", "n2")] == [1, 5, 5]


def test_a_message_that_came_and_went_between_two_views_is_seen_once() -> None:
    """A view may list what has arrived; it is shown, and not again by the next view."""
    motion, view = Motion(), first_cut()
    motion.frame(replace(view, flights=()), look(), 1.0, 1.0)
    later = replace(view, now=view.now + 60_000, flights=(flight(view.now + 10_000, "n1", "n2", 0.0),))
    assert len(motion.frame(later, look(), 1.06, 1.0).dots or ()) == 1
    assert len(motion.frame(replace(later, now=later.now + 60_000), look(), 1.12, 1.0).dots or ()) == 1
    assert motion.frame(replace(later, now=later.now + 500_000), look(), 1.56, 1.0).dots == ()


def test_while_paused_nothing_moves() -> None:
    """Real time goes on, the dots do not."""
    motion, view = Motion(), first_cut()
    before = motion.frame(view, look(), 1.0, 1.0).dots
    assert motion.frame(view, look(), 9.0, 0.0).dots == before


def test_slow_shifts_show_every_message_where_it_is() -> None:
    """At a quarter speed nothing is stretched."""
    assert Motion().frame(first_cut(), look(), 1.0, 0.25).dots is None


def test_a_wall_grows_and_a_tag_slides_in() -> None:
    """Both begin at nothing and are done within a third of a second."""
    motion, view = Motion(), first_cut()
    begin, middle, done = (motion.frame(view, look(), at, 1.0) for at in (1.0, 1.1, 1.5))
    shares = [(seen.grown["n3 | n1 n2"], seen.tag_share) for seen in (begin, middle, done)]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == ((0.0, 0.0), (1.0, 1.0))


def test_a_charged_answer_rises_for_a_moment() -> None:
    """Only the group whose wrong answers grew."""
    motion, view = Motion(), fork()
    calm = replace(view, groups=tuple(replace(group, wrong=0) for group in view.groups))
    motion.frame(calm, look(), 1.0, 1.0)
    assert list(motion.frame(view, look(), 1.1, 1.0).risen) == ["west"]
    assert motion.frame(view, look(), 2.0, 1.0).risen == {}


def test_reduced_motion_leaves_the_look_alone() -> None:
    """No dots, walls at once."""
    still = Look(reduced_motion=True)
    assert Motion().frame(first_cut(), still, 1.0, 1.0) == still
