"""What survives a crash: everything, what was synced, or nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from capgame.sim.disk import Disk

SYNC_US = 1_000
Content = tuple[dict[str, int], list[int]]

STEPS = st.one_of(
    st.tuples(st.just("cell"), st.sampled_from("abc"), st.integers(0, 9)),
    st.tuples(st.just("append"), st.integers(0, 9)),
    st.tuples(st.just("cut"), st.integers(0, 5)),
    st.tuples(st.just("sync")),
    st.tuples(st.just("pass"), st.integers(0, 2_500)),
    st.tuples(st.just("crash"), st.sampled_from(("keep", "lose", "wipe"))),
)


@dataclass
class Machine:
    """A disk, and beside it the plainest account of what it must hold: a copy at every sync."""

    now: int = 0
    cells: dict[str, int] = field(default_factory=dict)
    log: list[int] = field(default_factory=list)
    synced: Content = field(default_factory=lambda: ({}, []))
    syncing: list[tuple[int, Content]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.disk = Disk(lambda: self.now, SYNC_US)

    def copy(self) -> Content:
        return dict(self.cells), list(self.log)

    def cell(self, name: str, value: int) -> None:
        self.disk[name] = self.cells[name] = value

    def append(self, entry: int) -> None:
        self.disk.log("log").append(entry)
        self.log.append(entry)

    def cut(self, length: int) -> None:
        self.disk.log("log").cut(length)
        del self.log[length:]

    def sync(self) -> None:
        self.disk.sync()
        last = self.syncing[-1][0] if self.syncing else 0
        self.syncing.append((max(self.now, last) + SYNC_US, self.copy()))

    def pass_(self, us: int) -> None:
        self.now += us

    def crash(self, fate: str) -> None:
        self.disk.crash(fate)
        for done, content in self.syncing:
            if done <= self.now:
                self.synced = content
        if fate == "lose":
            cells, log = self.synced
            self.cells, self.log = dict(cells), list(log)
        elif fate == "wipe":
            self.cells, self.log = {}, []
        self.synced, self.syncing = self.copy(), []

    def shown(self) -> Content:
        log = self.disk.log("log")
        return {str(name): self.disk[name] for name in self.disk}, list(log.slice(0, len(log)))


@given(st.lists(STEPS, max_size=40))
def test_a_crash_leaves_what_the_last_completed_sync_covered(steps: list[tuple[str, ...]]) -> None:
    """Through any number of writes, cuts, syncs and crashes, the disk holds what the plain account says."""
    machine = Machine()
    for verb, *arguments in steps:
        getattr(machine, "pass_" if verb == "pass" else verb)(*arguments)
        cells, log = machine.shown()
        assert (cells, log) == (machine.cells, machine.log), verb


@given(st.lists(st.sampled_from(("cell", "append", "sync")), max_size=20))
def test_a_sync_takes_its_time_behind_those_before_it(verbs: list[str]) -> None:
    """`busy_until` is one sync later for every sync asked for at one instant."""
    machine = Machine()
    for verb in verbs:
        {"cell": lambda: machine.cell("a", 1), "append": lambda: machine.append(1), "sync": machine.sync}[verb]()
    assert machine.disk.busy_until == verbs.count("sync") * SYNC_US
