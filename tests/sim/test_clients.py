"""Clients are open loop, their sessions are Jepsen processes, and what they cannot know they do not claim."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from capgame.history.operation import Completion, Operation
from capgame.sim.clients import Arrival, Clients, Counters, Habits
from capgame.sim.cluster import Cluster, Geography
from capgame.sim.node import on
from capgame.sim.requests import Ok, Read, Refused, Reply, Request, Unsure, Write
from capgame.sim.run import step
from capgame.sim.stepped import SteppedTimeline
from capgame.strategies.strategy import Strategy

MS, S = 1_000, 1_000_000
Behaviour = Callable[[str, Request, int], Reply | None]


@dataclass
class Book:
    """Records what clients did."""

    timeline: SteppedTimeline
    operations: list[Operation] = field(default_factory=list)

    def invoke(self, op: Operation) -> None:
        self.operations.append(op)

    def complete(self, op: Operation, completion: Completion, value: int | None, node: str | None, why: str) -> None:
        op.completion, op.ended, op.node, op.why = completion, self.timeline.now, node, why


class OneKey:
    def question(self, arrival: Arrival) -> tuple[str, int | None]:
        return "k", None if arrival.f == "read" else arrival.at


def shop(
    behave: Behaviour, asked: list[Arrival], client_us: int = 2 * MS, **habits: int | bool
) -> tuple[Clients, Book, list[Request]]:
    """Two nodes in one region that answer as `behave` says (None: silence), and what they were asked."""
    timeline = SteppedTimeline("KIWI")
    heard: list[Request] = []

    class Scripted(Strategy):
        @on(Read, Write)
        def ask(self, source: str, request: Request) -> Reply | None:
            heard.append(request)
            return behave(self.name, request, len(heard))

    near, far = {("us", "us"): 2 * MS}, {("us", "us"): client_us}
    geography = Geography({"n1": "us", "n2": "us"}, {"us": "us"}, near, far)
    cluster = Cluster(timeline, geography, Scripted, {})
    book = Book(timeline)
    limits = Habits({"read": 100 * MS, "write": 100 * MS}, {"read": S, "write": S}, **habits)
    clients = Clients(cluster, "us", asked, OneKey(), limits, book, Counters())
    cluster.boot()
    clients.start()
    step(timeline.advance(10 * S))
    return clients, book, heard


def reads(*instants: int) -> list[Arrival]:
    return [Arrival(at, "read", 0) for at in instants]


def test_operations_arrive_on_time_however_slow_the_answers_are() -> None:
    _, book, _ = shop(lambda *_: None, reads(10 * MS, 20 * MS, 30 * MS))
    assert [op.at for op in book.operations] == [10 * MS, 20 * MS, 30 * MS]
    assert len({op.process for op in book.operations}) == 3


def test_a_session_that_is_idle_is_used_again_the_longest_idle_first() -> None:
    _, book, _ = shop(lambda node, *_: Ok(1, node), reads(10 * MS, 11 * MS, 100 * MS, 200 * MS, 300 * MS))
    assert [op.process for op in book.operations] == [1, 2, 1, 2, 1]


def test_sessions_go_round_the_nodes_of_their_region() -> None:
    _, book, _ = shop(lambda node, *_: Ok(1, node), reads(10 * MS, 11 * MS, 12 * MS))
    assert [op.node for op in book.operations] == ["n1", "n2", "n1"]


def test_a_session_moves_on_when_its_node_is_silent() -> None:
    _, book, _ = shop(lambda node, *_: None if node == "n1" else Ok(1, node), reads(10 * MS, 2 * S))
    assert [op.asked for op in book.operations] == ["n1", "n2"]
    assert book.operations[1].completion is Completion.OK


def test_a_read_that_nobody_answers_fails_and_a_write_is_unknown() -> None:
    _, book, _ = shop(lambda *_: None, [Arrival(10 * MS, "read", 0), Arrival(20 * MS, "write", 0)])
    assert [op.completion for op in book.operations] == [Completion.FAIL, Completion.INFO]
    assert [op.ended - op.at for op in book.operations if op.ended] == [S, S]


def test_not_knowing_retires_the_process() -> None:
    _, book, _ = shop(lambda *_: None, [Arrival(10 * MS, "write", 0), Arrival(3 * S, "write", 0)])
    assert book.operations[0].process != book.operations[1].process


def test_a_refusal_is_a_definite_no() -> None:
    _, book, _ = shop(lambda *_: Refused("no"), [Arrival(10 * MS, "write", 0)])
    assert book.operations[0].completion is Completion.FAIL
    assert book.operations[0].why == "no"


def test_a_retry_may_turn_a_refusal_into_an_answer() -> None:
    _, book, heard = shop(lambda node, _, n: Ok(1, node) if n == 2 else Refused("no"), reads(10 * MS), retry=2)
    assert book.operations[0].completion is Completion.OK
    assert len(heard) == 2


def test_a_later_refusal_never_overrides_an_earlier_doubt() -> None:
    write = [Arrival(10 * MS, "write", 0)]
    _, book, _ = shop(lambda _, __, n: Unsure("perhaps") if n == 1 else Refused("no"), write, retry=1)
    assert book.operations[0].completion is Completion.INFO


def test_attempts_share_the_identity_of_their_operation() -> None:
    _, _, heard = shop(lambda *_: Refused("no"), reads(10 * MS), retry=2)
    assert len({request.identity for request in heard}) == 1


def test_attempts_without_identity_look_like_new_operations() -> None:
    _, _, heard = shop(lambda *_: Refused("no"), reads(10 * MS), retry=2, identity=False)
    assert len({request.identity for request in heard}) == 3


def test_an_attempt_that_is_overdue_is_tried_elsewhere() -> None:
    _, book, _ = shop(lambda node, *_: None if node == "n1" else Ok(1, node), reads(10 * MS), retry=1)
    assert book.operations[0].node == "n2"
    assert book.operations[0].ended is not None
    assert book.operations[0].ended < 300 * MS


def test_a_refusal_that_comes_late_does_not_take_the_next_attempt_away() -> None:
    """The first is overdue, the second about to be sent; the no of the first is not yet everybody's."""

    def behave(node: str, request: Request, number: int) -> Reply:
        return Refused("busy") if number == 1 else Ok(1, node)

    _, book, heard = shop(behave, reads(10 * MS), client_us=105 * MS, retry=1)
    assert len(heard) == 2
    assert book.operations[0].completion is Completion.OK


def test_an_answer_after_the_client_gave_up_is_not_heard() -> None:
    clients, book, _ = shop(lambda *_: None, reads(10 * MS))
    clients.arrive(("n1", -1, Ok(1, "n1")))
    assert book.operations[0].completion is Completion.FAIL
    assert clients.open == 0


def test_a_route_sends_every_session_to_one_node_until_it_is_undone() -> None:
    clients, book, _ = shop(lambda node, *_: Ok(1, node), [])
    asked = []
    for node in ("n2", None):
        clients.send_to(node)
        clients._ask(Arrival(0, "read", 0))
        clients._ask(Arrival(0, "read", 0))
        asked.append([op.asked for op in book.operations[-2:]])
    assert asked == [["n2", "n2"], ["n1", "n2"]]
    assert clients.routed_at == 10 * S
