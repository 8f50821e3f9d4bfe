"""An operation as Jepsen has it: one invocation, and at most one completion.

Rules:
1. A completion is `ok` (it happened), `fail` (it did not) or `info` (unknown: it may still take effect).
2. Instants tie, so order comes from `called` and `returned`, which count events over the whole run.
3. An operation is recorded as invoked before it can take effect.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Completion(Enum):
    """How an operation ended, as far as its client can know."""

    OK = "ok"
    FAIL = "fail"
    INFO = "info"


@dataclass(slots=True)
class Operation:
    """One client operation, from its first send to what its client learned.

    Instants are virtual microseconds; `called` and `returned` are indices into the run's event order.
    """

    id: int  # unique in a run, in the order of invocation
    process: int  # the Jepsen process: a session, until an `info` retires it
    group: str  # the client group, "eu"
    f: str  # the operation's name: "read", "write"
    key: str  # "k3"
    value: int | None  # what a write writes; what a read returned (0: the initial value)
    at: int  # microseconds, the first send
    called: int
    deadline_us: int = 0
    completion: Completion | None = None
    ended: int | None = None  # microseconds
    returned: int | None = None
    node: str | None = None  # who answered; it explains, and never decides, a verdict
    asked: str | None = None  # whom the last attempt asked
    why: str = ""  # a refusal's reason, in the strategy's words

    @property
    def in_time(self) -> bool:
        """Answered with `ok` within its deadline, measured from its first send."""
        return self.completion is Completion.OK and self.ended is not None and self.ended - self.at <= self.deadline_us
