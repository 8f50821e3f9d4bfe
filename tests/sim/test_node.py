"""A node: what it hears, whom it counts, and what a crash, a restart and a pause do to it."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest
from small import KERNELS, MS, S, cluster, drive, timeline

from capgame.sim.node import Node, NoQuorum, Role, on
from capgame.sim.timeline import FAULT, TIMER, Timeline

pytestmark = pytest.mark.parametrize("kernel", KERNELS.values(), ids=KERNELS)


class Ask(NamedTuple):
    number: int


class Said(NamedTuple):
    number: int
    boot: int


class Slow(NamedTuple):
    number: int


class Parrot(Node):
    """Answers at once, or a second later; keeps what it heard and learned."""

    def __init__(self, *place: Any) -> None:
        super().__init__(*place)
        self.heard: list[tuple[int, int]] = []
        self.learned: list[object] = []

    @on(Ask)
    def ask(self, source: str, ask: Ask) -> Said:
        self.heard.append((self.now, ask.number))
        return Said(ask.number, self.boot)

    @on(Slow)
    async def slow(self, source: str, ask: Slow) -> Said:
        await self.sleep(S)
        return Said(ask.number, self.boot)

    async def wonder(self, body: Any, need: int, within: int) -> None:
        try:
            to = self.peers if type(body) is Slow else None
            self.learned.append(sorted(await self.quorum(body, need=need, within=within, to=to)))
        except NoQuorum as silence:
            self.learned.append(str(silence))


def node(made: Any, name: str) -> Any:
    return made.machines[name].node


def later(line: Timeline, at: int, action: Any, *arguments: Any) -> None:
    line.at(at, TIMER, line.world, lambda _: action(*arguments), None)


def test_a_quorum_is_this_node_and_the_first_to_answer(kernel: type[Timeline]) -> None:
    """Two of three: itself at once, and one round trip for another."""
    line = timeline(kernel)
    made = cluster(line, Parrot)
    later(line, 10 * MS, lambda: node(made, "n1").spawn(node(made, "n1").wonder, Ask(7), 2, S))
    drive(line, S)
    assert node(made, "n1").learned == [["n1", "n2"]]
    assert [node(made, name).heard for name in ("n1", "n2", "n3")] == [[(10 * MS, 7)], [(11 * MS, 7)], [(11 * MS, 7)]]


def test_a_duplicated_reply_counts_once(kernel: type[Timeline]) -> None:
    """Four of five with two cut off stays short, however often the others' replies arrive."""
    line = timeline(kernel)
    made = cluster(line, Parrot, nodes=5)
    links = list(made.network.links)
    made.network.disturb(links, {"duplicate_ppm": 1_000_000})
    made.network.cut([("n1", "n4"), ("n1", "n5")])
    later(line, 10 * MS, lambda: node(made, "n1").spawn(node(made, "n1").wonder, Ask(7), 4, 200 * MS))
    drive(line, S)
    assert node(made, "n1").learned == ["Ask: 3 of 4 replies within 200 ms (n1, n2, n3 answered)"]


def test_crash_is_silence(kernel: type[Timeline]) -> None:
    """What it sent before still arrives; nothing is sent, answered or gone on with afterwards."""
    line = timeline(kernel)
    made = cluster(line, Parrot)
    later(line, 10 * MS, lambda: node(made, "n1").spawn(node(made, "n1").wonder, Slow(1), 2, 5 * S))
    line.at(10 * MS + 500, FAULT, line.world, made.machines["n1"].crash, "keep")  # its question is on the way
    dead = node(made, "n1")
    drive(line, 4 * S)
    assert dead.learned == []
    assert not dead.owner.tasks
    lines = [text for text in line.trace.kept if "n1>" in text and int(text.split()[0]) > 10 * MS]
    assert lines == []
    assert [text for text in line.trace.kept if text.startswith("1011000 n2>n1")]  # its question was heard and answered


def test_a_new_incarnation_takes_no_old_reply(kernel: type[Timeline]) -> None:
    """A reply to the one before it finds nobody who asked."""
    line = timeline(kernel)
    made = cluster(line, Parrot)
    later(line, 10 * MS, lambda: node(made, "n1").spawn(node(made, "n1").wonder, Slow(1), 2, 5 * S))
    later(line, 100 * MS, made.machines["n1"].crash)
    later(line, 200 * MS, made.machines["n1"].boot)
    later(line, 300 * MS, lambda: node(made, "n1").spawn(node(made, "n1").wonder, Ask(2), 3, 5 * S))
    drive(line, 4 * S)
    assert node(made, "n1").boot == 2
    assert node(made, "n1").learned == [["n1", "n2", "n3"]]


def test_a_message_finds_whoever_is_up_when_it_arrives(kernel: type[Timeline]) -> None:
    """Sent to one incarnation, heard by the next; by nobody between them."""
    line = timeline(kernel)
    made = cluster(line, Parrot, rtt_us=200 * MS)
    for at, number in ((0, 1), (150 * MS, 2)):
        later(line, at, lambda number=number: node(made, "n1").send("n2", Ask(number)))
    later(line, 50 * MS, made.machines["n2"].crash)
    later(line, 120 * MS, made.machines["n2"].boot)
    drive(line, S)
    assert node(made, "n2").heard == [(250 * MS, 2)]


def test_nothing_is_heard_before_main_has_begun(kernel: type[Timeline]) -> None:
    """A message that arrives in the instant of the boot is lost, like all before it."""
    line = timeline(kernel)
    made = cluster(line, Parrot)
    made.machines["n2"].arrive(("n1", 0, Ask(1)))
    drive(line, S)
    assert node(made, "n2").heard == []


def test_a_pause_keeps_all_and_loses_nothing(kernel: type[Timeline]) -> None:
    """Messages wait at the door in their order; timers too."""
    line = timeline(kernel)
    made = cluster(line, Parrot)
    later(line, 10 * MS, made.machines["n2"].pause)
    for number in range(5):
        later(line, (20 + number) * MS, lambda number=number: node(made, "n1").send("n2", Ask(number)))
    later(line, 500 * MS, made.machines["n2"].resume)
    drive(line, S)
    assert node(made, "n2").heard == [(500 * MS, number) for number in range(5)]


def test_a_send_waits_for_the_sync(kernel: type[Timeline]) -> None:
    """An acknowledgement never overtakes what it acknowledges; a crash in between takes it along."""
    line = timeline(kernel)
    made = cluster(line, Parrot)

    def promise(number: int) -> None:
        one = node(made, "n1")
        one.disk["promised"] = number
        one.disk.sync()
        one.send("n2", Ask(number))

    later(line, 10 * MS, promise, 1)
    later(line, 20 * MS, promise, 2)
    later(line, 20 * MS + 500, made.machines["n1"].crash, "lose")
    drive(line, S)
    assert node(made, "n2").heard == [(12 * MS, 1)]
    assert made.machines["n1"].disk["promised"] == 1


class Reigning(Role):
    """Says its name every 10 ms."""

    def __init__(self, owner: Parrot, number: int) -> None:
        super().__init__()
        self.owner, self.number = owner, number

    async def main(self) -> None:
        while True:
            self.owner.learned.append(self.number)
            await self.owner.sleep(10 * MS)


def test_leaving_a_role_ends_all_that_it_began(kernel: type[Timeline]) -> None:
    """Tasks of the old role, those it spawned among them, never go on beside the new one."""
    line = timeline(kernel)
    made = cluster(line, Parrot)
    one = node(made, "n1")

    async def child() -> None:
        while True:
            await one.sleep(MS)
            one.learned.append("child of 1")

    later(line, 5 * MS, one.become, Reigning(one, 1))
    later(line, 6 * MS, one.spawn, child)
    later(line, 16 * MS, one.become, Reigning(one, 2))
    drive(line, 30 * MS)
    before, after = one.learned[: one.learned.index(2)], one.learned[one.learned.index(2) :]
    assert before.count("child of 1") == 9
    assert set(after) == {2}
