"""Histories written by hand: every call is one event, a tenth of a second after the one before."""

from __future__ import annotations

from capgame.checkers.register import RegisterReferee
from capgame.checkers.sentence import no_context
from capgame.checkers.verdict import Anomaly
from capgame.history.operation import Completion, Operation
from capgame.history.record import History


class Scripted:
    """A history and its referee, fed side by side."""

    def __init__(self, context=no_context):
        self.history = History()
        self.referee = RegisterReferee(context)
        self.charges: list[Anomaly] = []

    @property
    def now(self) -> int:
        return 100_000 * len(self.history)

    def write(self, value, key="k3", group="us"):
        return self._invoke("write", key, value, group)

    def read(self, key="k3", group="eu"):
        return self._invoke("read", key, None, group)

    def _invoke(self, f, key, value, group):
        number = len(self.history.operations)
        op = Operation(id=number, process=number, group=group, f=f, key=key, value=value, at=self.now, called=-1)
        self.history.invoke(op)
        self.referee.invoke(op)
        return op

    def ok(self, op, value=None, node="n1"):
        return self._complete(op, Completion.OK, value, node)

    def fail(self, op, node="n1"):
        return self._complete(op, Completion.FAIL, None, node)

    def info(self, op):
        return self._complete(op, Completion.INFO, None, None)

    def _complete(self, op, completion, value, node):
        self.history.complete(op, completion, self.now, value, node)
        anomaly = self.referee.complete(op)
        if anomaly:
            self.charges.append(anomaly)
        return anomaly

    def wrote(self, value, key="k3", node="n1", group="us"):
        op = self.write(value, key, group)
        self.ok(op, node=node)
        return op

    def saw(self, value, key="k3", node="n1", group="eu"):
        return self.ok(self.read(key, group), value, node)
