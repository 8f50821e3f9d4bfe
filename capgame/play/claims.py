"""What is claimed of a run, judged on it: some claims on its result, some on the world at an instant of it.

The language is `levels/expect.py`'s. Windows end at the instant of the claim, and hold what was decided in them: an
operation is decided when it completes or when its deadline has passed, whichever is first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from capgame.history.operation import Operation
from capgame.levels.expect import Expectation, Failed, Judgement
from capgame.play.session import Session
from capgame.values.units import WHOLE_PPM


class Claims:
    """The claims of one run. Raises BadInput for a text that is none."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._claims = [Expectation.parse(text) for text in texts]
        self._then: dict[int, Judgement] = {}  # claims about an instant that has come, by their place

    def probes(self) -> Iterator[tuple[int, Callable[[Session], None]]]:
        """Instants, and what has to look at the session there."""
        for place, claim in enumerate(self._claims):
            if claim.at is not None:
                yield claim.at, self._look(place, claim)

    def failed(self, result: Mapping[str, object]) -> list[Failed]:
        """The claims that are false, once the run is over."""
        judged = (self._judge(place, claim, result) for place, claim in enumerate(self._claims))
        return [judgement for judgement in judged if isinstance(judgement, Failed)]

    def _look(self, place: int, claim: Expectation) -> Callable[[Session], None]:
        def look(session: Session) -> None:
            self._then[place] = claim.judge_at(World(session))

        return look

    def _judge(self, place: int, claim: Expectation, result: Mapping[str, object]) -> Judgement:
        if claim.at is None:
            return claim.judge(result)
        return self._then.get(place, Failed(claim.text, "a run that ended before"))


@dataclass(frozen=True, slots=True)
class World:
    """A session at its present instant, as far as claims ask."""

    session: Session

    def leader(self) -> str | None:
        """The node that leads with the highest term, if any."""
        leading = [(-view.epoch, name) for name, view in self.session.snapshots().items() if view.leads]
        return min(leading)[1] if leading else None

    def primary(self) -> str | None:
        """The node that is primary in the highest epoch, if any."""
        return self.leader()

    def term(self, node: str) -> int:
        """The node's term or epoch; 0 while it is down."""
        views = self.session.snapshots()
        return views[node].epoch if node in views else 0

    def served(self, group: str, window_us: int) -> int | None:
        """The share (ppm) of what was decided for the group that was served; None where nothing was."""
        decided = [op for op in self._lately(window_us) if op.group == group]
        return WHOLE_PPM * sum(op.in_time for op in decided) // len(decided) if decided else None

    def wrong(self, window_us: int) -> int:
        """How many wrong answers were charged in the window."""
        since = self.session.now - window_us
        return sum(charge.anomaly.at > since for charge in self.session.judge.charges)

    def alive(self, node: str) -> bool:
        """Whether the node runs: neither crashed nor paused."""
        machine = self.session.cluster.machines.get(node)
        return machine is not None and machine.up

    def _lately(self, window_us: int) -> list[Operation]:
        now = self.session.now
        return [op for op in self.session.judge.history.operations if now - window_us < decided(op) <= now]


def decided(op: Operation) -> int:
    """The instant from which on it was known whether the operation is served. Microseconds."""
    due = op.at + op.deadline_us
    return due if op.ended is None else min(op.ended, due)
