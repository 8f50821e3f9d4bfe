"""A shift as it can be seen: the headline says the worst thing now, and the future is not shown."""

from __future__ import annotations

from capgame.errors import plain
from capgame.levels.catalogue import find
from capgame.play.headless import run_level
from capgame.play.session import Session
from capgame.play.setting import choose
from capgame.play.views.preview import Fact, preview
from capgame.play.views.scene import view
from capgame.play.views.shift import ShiftView
from capgame.sim.run import step

S = 1_000_000
LEVEL = find("first-cut")


def seen(*instants: int, strategy: str = "raft", moves: tuple[str, ...] = ()) -> list[ShiftView]:
    """Views of the first cut at these instants."""
    views: list[ShiftView] = []
    probes = [(at, lambda session: views.append(view(session))) for at in instants]
    run_level(LEVEL, strategy=strategy, moves=moves, probes=probes, until_us=instants[-1])
    return views


def test_calm_is_said_to_be_calm() -> None:
    (calm,) = seen(5 * S)
    assert calm.headline.mood == "calm"
    assert calm.headline.sentence == "n1 is leader. 30 requests a second, all served."
    assert calm.score == 1000


def test_a_refused_region_is_the_headline_with_numbers_and_a_way_out() -> None:
    (refused,) = seen(16 * S)
    assert refused.headline.tag == "EU IS REFUSED"
    assert refused.headline.sentence.startswith("n3 is alone and may not answer: ")
    assert refused.headline.sentence.endswith("Its customers can still reach us.")
    assert [suggestion.label for suggestion in refused.headline.suggestions] == ["route eu"]


def test_a_group_that_is_served_elsewhere_is_said_to_be_served() -> None:
    (served,) = seen(20 * S, moves=("15s route eu n1",))
    assert served.headline.tag == "EU IS SERVED"
    assert served.headline.sentence == "by n1 in us: 110 ms instead of 2. n3 is still alone."
    eu = next(group for group in served.groups if group.name == "eu")
    assert (eu.asks, eu.routed, eu.refused) == ("n1", True, 0)


def test_stale_answers_are_worse_than_refused_ones() -> None:
    (wrong,) = seen(25 * S, strategy="pb-async")
    assert wrong.headline.tag == "EU READS THE PAST"
    assert wrong.truth.left_ppm < 0
    assert wrong.truth.gone_in_us is None or wrong.truth.gone_in_us == 0


def test_every_answer_of_a_group_is_in_one_part_of_its_bar() -> None:
    """A wrong one leaves the good part once: taken off it twice, half a bar of lies looked like nothing but lies."""
    session = Session(choose(LEVEL, offer="pb-async"))
    mixed = 0
    for at in range(13 * S, 20 * S, S):
        step(session.advance(at))
        for group in view(session).groups:
            window = session.judge.meters.group_window(group.name, at)
            assert group.ok + group.late + group.refused + group.wrong == window.decided
            mixed += bool(group.ok and group.wrong)
    assert mixed


def test_the_cut_node_campaigns_and_lags() -> None:
    (cut,) = seen(30 * S)
    n3 = next(node for node in cut.nodes if node.name == "n3")
    assert (n3.role, n3.leads, n3.forked) == ("candidate", False, False)
    assert n3.lag < 0
    assert n3.hears == ()
    assert [region.name for region in cut.regions if region.cut_off] == ["eu"]


def test_a_cut_is_drawn_as_a_wall_between_regions_and_has_an_age() -> None:
    (cut,) = seen(15 * S)
    assert [(c.kind, c.sides, c.age_us) for c in cut.cuts] == [("regions", (("eu",), ("us",)), 3 * S)]


def test_the_future_is_not_shown() -> None:
    before, during, after = seen(11 * S, 20 * S, 50 * S)
    assert before.faults == ()
    assert [(span.begins, span.ends) for span in during.faults] == [(12 * S, None)]
    assert [(span.begins, span.ends) for span in after.faults] == [(12 * S, 42 * S)]


def test_budgets_only_drain() -> None:
    views = seen(*range(1 * S, 60 * S, S))
    for name in ("uptime", "truth"):
        left = [getattr(view, name).left_ppm for view in views]
        assert left == sorted(left, reverse=True)
    assert [view.score for view in views] == sorted((view.score for view in views), reverse=True)


def test_the_pager_reads_the_page_two_seconds_after_the_fault() -> None:
    (later,) = seen(15 * S)
    assert [(line.at, line.kind) for line in later.log if line.kind == "fault"] == [(14 * S, "fault")]


def test_a_move_is_marked_when_asked_and_done_when_it_happened() -> None:
    taking, done = seen(15 * S + 100_000, 16 * S, moves=("15s route eu n1",))
    assert [(mark.at, mark.done) for mark in taking.moves] == [(15 * S, False)]
    assert [(mark.at, mark.done) for mark in done.moves] == [(15 * S, True)]
    assert taking.attention.have == 2


def test_facts_about_targets_are_of_the_present() -> None:
    facts: dict[str, Fact | None] = {}

    def look(session: Session) -> None:
        nodes = view(session).nodes
        facts.update({name: preview(session, "route", ("eu", name), nodes) for name in ("n1", "n2", "n3", "home")})

    run_level(LEVEL, strategy="raft", probes=[(16 * S, look)], until_us=16 * S)
    assert facts == {
        "n1": Fact("110 ms ✓", True),
        "n2": Fact("110 ms ✓", True),
        "n3": Fact("refused ╱", False),
        "home": Fact("own region", True),
    }


def test_a_view_is_plain_text() -> None:
    (shift,) = seen(20 * S)
    for text in (shift.title, shift.headline.sentence, *(line.text for line in shift.log)):
        assert plain(text) == text


def test_verbs_that_the_strategy_does_not_know_are_not_offered() -> None:
    """`odd-one-out` allows both; each strategy shows its own, and says why it has not the other."""
    shown = {}
    for offer in ("raft", "pb-async"):
        views: list[ShiftView] = []
        run = run_level(
            find("odd-one-out"),
            strategy=offer,
            moves=["1s transfer n2"],
            probes=[(2 * S, lambda session, views=views: views.append(view(session)))],
            until_us=2 * S,
        )
        shown[offer] = ([verb.verb for verb in views[0].verbs], run.result["moves"][0]["why"])
    assert "transfer" in shown["raft"][0]
    assert "transfer" not in shown["pb-async"][0]
    assert shown["pb-async"][1] == "Primary-backup has no transfer"
