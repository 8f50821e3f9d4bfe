"""A stream: what one node sends another, in order and each once, over a link that loses, reorders and repeats.

Rules:
1. A session is between two incarnations: a segment names the one that sends it and the one it is meant for. One that
   reaches another incarnation is not taken; the answer says who is there now. So nothing old is ever mistaken for new.
2. Within a session segments are numbered from 1, delivered in that order, and acknowledged cumulatively: "all up to
   here". What came early waits; what came again is only acknowledged again.
3. An acknowledgement says "handled": the handlers have run, and what they wrote and synced is on disk. Handlers of
   what a stream carries are therefore plain functions; a coordinator has only begun when it is acknowledged.
4. What is not acknowledged is sent again, all of it, after a silence that doubles from `RESEND_US` to `RESEND_US_MAX`.
5. When the peer restarts, what it had not acknowledged begins the new session, in its old order. Its new incarnation
   may see what the old one had handled without being able to say so, but misses nothing. When the sender restarts,
   what it had not delivered is gone with it, as with a broken TCP connection.

Theory: sliding window with go-back-N (Cerf & Kahn 1974; RFC 793). Names of incarnations in place of a handshake are
Watson's delta-t idea (1981) made simple: here an incarnation has a number that never comes back.

Known blemish: every segment is acknowledged alone, and a gap is repaired by a timer only (no fast retransmit).
"""

from __future__ import annotations

from collections import deque
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from capgame.sim.node import Node

RESEND_US = 200_000
RESEND_US_MAX = 800_000
WINDOW = 64  # segments under way at once; what is sent beyond that waits


class Segment(NamedTuple):
    """One message of a stream: from an incarnation, to an incarnation, its number in that session."""

    boot: int
    to: int
    number: int
    body: Any


class Taken(NamedTuple):
    """The answer of incarnation `boot` to incarnation `to`: all up to `number` is handled."""

    boot: int
    to: int
    number: int


class Stream:
    """One node's end of a stream, both directions."""

    def __init__(self, node: Node, peer: str) -> None:
        self._node = node
        self._peer = peer
        self._peer_boot = 1  # the newest incarnation heard of; the first is a good guess, and a wrong one is answered
        self._unacknowledged: deque[Any] = deque()
        self._first = 1  # the number of the oldest of them
        self._sent = 0  # the highest number that was sent in this session
        self._resend_us = RESEND_US
        self._timer = self._progress = False
        self._next = 1  # the number that is to be delivered next
        self._early: dict[int, Any] = {}

    # ── sending

    def send(self, message: Any) -> None:
        """Send one message behind all others."""
        self._unacknowledged.append(message)
        self._push()

    def _push(self) -> None:
        """Send what the window has room for."""
        last = self._first + min(len(self._unacknowledged), WINDOW) - 1
        fresh = range(self._sent + 1, last + 1)
        for number, body in zip(fresh, islice(self._unacknowledged, fresh.start - self._first, None), strict=False):
            self._transmit(number, body)
        self._sent = max(self._sent, last)
        self._watch()

    def _transmit(self, number: int, body: Any) -> None:
        self._node.send(self._peer, Segment(self._node.boot, self._peer_boot, number, body))

    def _watch(self) -> None:
        if self._unacknowledged and not self._timer:
            self._timer, self._progress = True, False
            self._node.after(self._resend_us, self._ring)

    def _ring(self, _: None) -> None:
        """Send again what is under way, if nothing of it was acknowledged for a while."""
        self._timer = False
        if self._unacknowledged and not self._progress:
            self._resend_us = min(2 * self._resend_us, RESEND_US_MAX)
            for number, body in enumerate(islice(self._unacknowledged, WINDOW), self._first):
                self._transmit(number, body)
        self._watch()

    def hear(self, answer: Taken) -> None:
        """Forget what the peer has handled, and go on."""
        if answer.to != self._node.boot or answer.boot < self._peer_boot:
            return  # said to, or by, an incarnation that is gone
        self._meet(answer.boot)
        while self._first <= answer.number:
            self._unacknowledged.popleft()
            self._first += 1
            self._resend_us, self._progress = RESEND_US, True
        self._push()

    # ── hearing

    def take(self, segment: Segment) -> None:
        """Deliver what has its turn now, and say up to where that is."""
        if segment.boot < self._peer_boot:
            return  # from an incarnation that is gone
        self._meet(segment.boot)
        if segment.to == self._node.boot:
            if segment.number >= self._next:
                self._early[segment.number] = segment.body
            while self._next in self._early:
                body = self._early.pop(self._next)
                self._next += 1
                self._node.receive((self._peer, 0, body))
        self._node.send(self._peer, Taken(self._node.boot, segment.boot, self._next - 1))

    def _meet(self, boot: int) -> None:
        """Hear of the peer's incarnation: a new one begins a new session, both ways."""
        if boot > self._peer_boot:
            self._peer_boot = boot
            self._first, self._sent = 1, 0
            self._next = 1
            self._early.clear()
            self._push()
