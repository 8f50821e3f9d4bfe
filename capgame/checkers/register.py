"""The register's referee: linearizability of registers with unique written values, judged live.

A read is charged at its completion if no order of the operations accepted so far, it included, explains it: each
operation takes effect at one instant between its call and its return, and reads return the last write. It is then set
aside, and the story goes on without it. The judgement is that of Gibbons and Korach's zones (`zones.py`), kept online:
O(log n + c) amortized for an operation on a key, c being how many operations on that key are open at once.

Rules:
1. What completed `ok` binds. What is open or `info` may have happened or not. What failed did not happen, and a failed
   read says nothing.
2. A write says nothing that could be wrong, so it is never charged: only what returns knowledge is.
3. One completion, at most one charge. A write that fails after it was read charges the first of its reads (the
   others are set aside with it).
4. Charging is greedy, not minimal: taking one charge back would change later ones.
5. `node` and `at` name and explain, and never decide.
"""

from __future__ import annotations

from capgame.checkers import sentence
from capgame.checkers.verdict import Anomaly, Kind, Result, Verdict, result
from capgame.checkers.zones import NEVER, Story, Zone
from capgame.errors import Undecided
from capgame.history.operation import Completion, Operation
from capgame.history.record import Completed, History, Invoked
from capgame.values.register import READ, WRITE


class RegisterReferee:
    """Fed each invocation and each completion in order; says which completion made the story impossible."""

    def __init__(self, context: sentence.Context = sentence.no_context) -> None:
        self._stories: dict[str, Story] = {}
        self._context = context

    def invoke(self, op: Operation) -> None:
        """An operation may take effect from now on."""
        if op.f != WRITE:
            return
        story = self._story(op.key)
        assert op.value is not None
        if op.value in story.values:
            raise Undecided(f"register: v{op.value} is written to {op.key} a second time, and zones need unique values")
        story.values[op.value] = Zone(op)

    def complete(self, op: Operation) -> Anomaly | None:
        """The charge for this completion, if it leaves no possible story."""
        if op.f == READ:
            return self._read(op) if op.completion is Completion.OK and op.value is not None else None
        assert op.f == WRITE, f"register: {op.f} is neither read nor write"
        return self._write(op)

    def _story(self, key: str) -> Story:
        story = self._stories.get(key)
        if story is None:
            story = self._stories[key] = Story()
        return story

    def _read(self, read: Operation) -> Anomaly | None:
        story = self._story(read.key)
        assert read.value is not None
        zone = story.values.get(read.value)
        if zone is None or zone.failed:
            return self._phantom(read, zone)
        return None if story.fits(zone, read) else self._outdated(read, story, zone)

    def _write(self, write: Operation) -> Anomaly | None:
        story = self._stories[write.key]
        assert write.value is not None
        zone = story.values[write.value]
        if write.completion is Completion.OK and zone.first_return == NEVER:
            story.appear(zone, write)
        elif write.completion is Completion.FAIL:
            story.refute(zone)
            return self._dirty(zone, write) if zone.first_return != NEVER else None
        return None

    def _phantom(self, read: Operation, zone: Zone | None) -> Anomaly:
        """Nobody had written the value, or its write had failed."""
        if zone is None:
            return _charge(Kind.PHANTOM_READ, sentence.unwritten(read, self._context), read)
        assert zone.write is not None
        return _charge(Kind.PHANTOM_READ, sentence.refused(read, zone.write, self._context), read, zone.write)

    def _dirty(self, zone: Zone, write: Operation) -> Anomaly:
        """The write failed only after it had been read."""
        assert zone.first is not None
        assert write.ended is not None
        said = sentence.refused(zone.first, write, self._context)
        return _charge(Kind.PHANTOM_READ, said, zone.first, write, at=write.ended)

    def _outdated(self, read: Operation, story: Story, zone: Zone) -> Anomaly:
        """A newer value forbids this read: by an acknowledged write if there is one, else by another read."""
        rivals = list(story.newer(zone, read.called))
        for rival in rivals:
            write = rival.write
            assert write is not None  # nothing is older than the initial value
            if _acknowledged(write, read.called) and write.called > zone.first_return:
                return _charge(Kind.STALE_READ, sentence.stale(read, write, self._context), read, write)
        return self._inverted(read, rivals[0])

    def _inverted(self, read: Operation, rival: Zone) -> Anomaly:
        """`rival` was returned before the read was asked, and a read of it (or its write) began after the old value."""
        first, last, write = rival.first, rival.last, rival.write
        assert first is not None
        assert last is not None
        assert write is not None
        if last.f == READ and last.returned is not None and last.returned < read.called:
            first = last
        if first.f == READ:
            said = sentence.inverted(read, first, self._context)
        else:  # a write that began too early to prove itself newer, and a read that proves it but was still open
            said = sentence.inverted_by_two(read, first, last, self._context)
        return _charge(Kind.NEW_OLD_INVERSION, said, read, write, first, last)


def check(history: History, context: sentence.Context = sentence.no_context) -> Result:
    """The whole history, judged as it would have been live; unknown where a value was written twice."""
    referee = RegisterReferee(context)
    anomalies: list[Anomaly] = []
    try:
        for event in history:
            if isinstance(event, Invoked):
                referee.invoke(event.operation)
            elif isinstance(event, Completed) and (anomaly := referee.complete(event.operation)):
                anomalies.append(anomaly)
    except Undecided as undecided:
        return Result(Verdict.UNKNOWN, tuple(anomalies), str(undecided))
    return result(anomalies)


def _acknowledged(write: Operation, before: int) -> bool:
    return write.completion is Completion.OK and write.returned is not None and write.returned < before


def _charge(kind: Kind, said: str, charged: Operation, *proof: Operation, at: int | None = None) -> Anomaly:
    """The anomaly of one charged operation; `at` is its end unless something later made it impossible."""
    ended = charged.ended if at is None else at
    assert ended is not None
    involved = dict.fromkeys(op.id for op in (charged, *proof))
    nodes = dict.fromkeys(op.node for op in (charged, *proof) if op.node)
    return Anomaly(kind, ended, charged.key, tuple(involved), tuple(nodes), said)
