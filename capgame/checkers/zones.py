"""The zones of one register key, kept online.

A value's zone is all that its operations say about when it was the register's value: `first_return`, the first return
of its write or of a read of it, and `last_call`, the last call of any of them. Some operation of v was over before some
operation of u began exactly if `v.first_return < u.last_call`; then v came before u. Two values of which each came
before the other contradict each other, and if every value is written once and no two contradict each other, the key is
linearizable (P. Gibbons and E. Korach, Testing Shared Memories, SIAM J. Computing 26(4), 1997, section 4: forward zones
are disjoint, and no backward zone lies inside a forward one; a zone is forward if first_return < last_call).

Rules:
1. A write that nobody acknowledged and nobody read has no zone: it may never have happened.
2. One that was read did happen, but its end is unknown: only its reads count towards `first_return`.
3. A failed write did not happen.
4. Values enter `order` when they first return, so `order` is sorted by `first_return`, which never changes again; only
   `last_call` grows, and only when a value is read.

So a read of v needs a look only at the values that first returned between v's old `last_call` and the read's call.
Those that do not contradict had an operation open when v first returned, and no stretch is looked at twice for one
value: an accepted read costs O(log n + c) amortized, c being how many operations on the key are open at once.
A charged read may look at every value newer than the last accepted read of v, to find the best proof.
"""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections.abc import Iterator

from capgame.history.operation import Operation
from capgame.values.register import INITIAL

NEVER = sys.maxsize


class Zone:
    """One value of one key. `write` is None for the initial value; `first` and `last` made the two indices."""

    __slots__ = ("failed", "first", "first_return", "last", "last_call", "write")

    def __init__(self, write: Operation | None) -> None:
        self.write = write
        self.failed = False
        self.first: Operation | None = None
        self.last = write
        self.first_return = NEVER
        self.last_call = -1 if write is None else write.called


class Story:
    """All values of one key: what the accepted answers say so far."""

    __slots__ = ("order", "returns", "values")

    def __init__(self) -> None:
        origin = Zone(None)  # written before the first event, by nobody
        origin.first_return = -1
        self.values: dict[int, Zone] = {INITIAL: origin}
        self.order: list[Zone] = [origin]  # values that took effect, by first_return
        self.returns: list[int] = [-1]  # their first_return

    def fits(self, zone: Zone, read: Operation) -> bool:
        """Take a completed read of the value in, unless that makes the story impossible."""
        if zone.first_return == NEVER:
            self.appear(zone, read)  # it came before nothing that has been called so far, so nothing forbids it
        elif self.returns[-1] > zone.last_call < read.called and any(self.newer(zone, read.called)):
            return False
        if read.called > zone.last_call:
            zone.last_call = read.called
            zone.last = read
        return True

    def newer(self, zone: Zone, called: int) -> Iterator[Zone]:
        """Values that forbid a read of this one called at `called`, the last to return first: they were returned
        before that call, and one of their operations was called after this value had been returned.
        """
        index = bisect_left(self.returns, called) - 1
        while self.returns[index] > zone.last_call:
            rival = self.order[index]
            if rival.last_call > zone.first_return:
                yield rival
            index -= 1

    def appear(self, zone: Zone, op: Operation) -> None:
        """The value returned for the first time, by the end of `op`."""
        assert op.returned is not None
        zone.first = op
        zone.first_return = op.returned
        self.order.append(zone)
        self.returns.append(op.returned)

    def refute(self, zone: Zone) -> None:
        """The value's write failed: it never was the register's value, and can forbid nothing."""
        zone.failed = True
        zone.last_call = -1
