"""What moves between two views: messages stretched until they can be seen, walls that grow, tags that slide in.

Rules:
1. There is no clock in here: the caller says what time it is, in real seconds, and how fast the shift runs.
2. At 1x an 80 ms round trip is over before it is seen, so a flight is shown for at least 350 ms, and links are thinned
   to six flights a second. Votes and lost messages are never thinned. At a quarter speed and below every message is
   where it is.
3. While the shift is paused nothing moves, and nothing is forgotten.
4. When time goes back (another shift, a scrub) all is forgotten.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from capgame.draw.look import Dot, Look
from capgame.play.views.shift import FlightView, ShiftView

FLIGHT_S, APART_S = 0.35, 1 / 6  # shown at least so long; on one link at least so far apart
GROW_S, SLIDE_S, RISE_S = 0.30, 0.15, 0.60
EXACT_SPEED = 0.25


@dataclass(frozen=True, slots=True)
class _Shown:
    flight: FlightView
    began: float
    lasts: float


class Motion:
    """The movements of one screen. `frame` is called with every view that is drawn."""

    def __init__(self) -> None:
        self._forget()

    def _forget(self) -> None:
        self._clock = 0.0  # real seconds during which the shift was running
        self._real: float | None = None
        self._now = -1
        self._shown: list[_Shown] = []
        self._newest: dict[tuple[str, str], float] = {}
        self._cuts: dict[str, float] = {}
        self._wrong: dict[str, int] = {}
        self._risen: dict[str, float] = {}
        self._tag, self._tag_since = "", 0.0

    def frame(self, view: ShiftView, look: Look, real_now: float, speed: float) -> Look:
        """The look with everything that is moving in it; `speed` is 0 while the shift is paused."""
        if view.now < self._now:
            self._forget()
        since, self._now = self._now, view.now
        if self._real is not None and speed > 0:
            self._clock += max(0.0, real_now - self._real)
        self._real = real_now
        if look.reduced_motion:
            return look
        self._watch_flights(view, since, speed)
        return replace(
            look,
            dots=None if 0 < speed <= EXACT_SPEED else self._dots(),
            grown=self._grown(view),
            risen=self._rise(view),
            tag_share=self._slide((look.headline or view.headline).tag, real_now),
        )

    def _watch_flights(self, view: ShiftView, since: int, speed: float) -> None:
        """Begin to show what was sent after the view before, also when it has arrived; at first, what is on its way."""
        self._shown = [shown for shown in self._shown if self._clock < shown.began + shown.lasts]
        for flight in view.flights:
            fresh = flight.sent > since if since >= 0 else flight.arrives >= view.now
            if fresh and self._seen_apart(flight):
                lasts = max(FLIGHT_S, (flight.arrives - flight.sent) / 1e6 / (speed or 1.0))
                self._shown.append(_Shown(flight, self._clock, lasts))

    def _seen_apart(self, flight: FlightView) -> bool:
        """Whether the link has room for one more; votes and the lost always have."""
        if flight.lost or flight.kind == "vote":
            return True
        link = (flight.source, flight.target)
        if link in self._newest and self._clock < self._newest[link] + APART_S:
            return False
        self._newest[link] = self._clock
        return True

    def _dots(self) -> tuple[Dot, ...]:
        return tuple(
            Dot(
                shown.flight.source,
                shown.flight.target,
                shown.flight.kind,
                (self._clock - shown.began) / shown.lasts,
                shown.flight.lost,
            )
            for shown in self._shown
        )

    def _grown(self, view: ShiftView) -> dict[str, float]:
        self._cuts = {cut.text: self._cuts.get(cut.text, self._clock) for cut in view.cuts}
        return {text: min(1.0, (self._clock - since) / GROW_S) for text, since in self._cuts.items()}

    def _rise(self, view: ShiftView) -> dict[str, float]:
        for group in view.groups:
            if group.wrong > self._wrong.get(group.name, 0):
                self._risen[group.name] = self._clock
            self._wrong[group.name] = group.wrong
        self._risen = {name: since for name, since in self._risen.items() if self._clock < since + RISE_S}
        return {name: (self._clock - since) / RISE_S for name, since in self._risen.items()}

    def _slide(self, tag: str, real_now: float) -> float:
        # Not on the shift's clock: a question that stops it must still slide in.
        if tag != self._tag:
            self._tag, self._tag_since = tag, real_now
        return min(1.0, max(0.0, (real_now - self._tag_since) / SLIDE_S))
