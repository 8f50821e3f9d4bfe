"""A strategy under fire: a small level, a random script of faults, customers, and what the judge says of it.

Everything is the game's own: the session, its clients, its nemesis and its referee. Only the level is made up here, so
that a run takes a tenth of a second and a strategy need not be in the registry.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from capgame.levels.level import Cluster, Level, MoveRules, Offer, RateStep, Region, ScoreRules, WorkloadSpec
from capgame.nemesis.fault import Fault
from capgame.nemesis.swarm import Climate, swarm
from capgame.nemesis.topology import Topology
from capgame.play.judge import Charge
from capgame.play.session import Session
from capgame.play.setting import Setting, topology
from capgame.sim.run import run
from capgame.sim.streams import Streams
from capgame.strategies.strategy import Strategy

SECOND = 1_000_000
THREE = {"us": ("n1", "n2"), "eu": ("n3",)}
FIVE = {"us": ("n1", "n2"), "eu": ("n3", "n4"), "ap": ("n5",)}


@dataclass(frozen=True, slots=True)
class Ground:
    """Where it happens. Times in microseconds; `milli` are operations per 1,000 seconds and region."""

    regions: dict[str, tuple[str, ...]] = field(default_factory=lambda: THREE)
    near_us: int = 2_000
    far_us: int = 30_000
    duration_us: int = 30 * SECOND
    milli: int = 12_000
    keys: int = 2
    reads_ppm: int = 500_000
    retry: int = 1
    deadline_us: int = 400_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one run."""

    seed: str
    faults: tuple[Fault, ...]
    charges: list[Charge]
    elections: int  # leaders taken office
    answered: int
    digest: str

    def __str__(self) -> str:
        """Enough to see it again, and the first thing that was wrong."""
        said = [charge.anomaly.sentence for charge in self.charges[:3]]
        script = [f"{fault.at} {fault.word} {fault.target} for {fault.for_us}" for fault in self.faults]
        return "\n".join([f"seed {self.seed}, {self.elections} elections, {self.answered} answered", *said, *script])


def climate(ground: Ground, **other: object) -> Climate:
    """Faults from the second second on; the last ones may outlast the shift."""
    return Climate(SECOND, ground.duration_us - 2 * SECOND, **other)  # type: ignore[arg-type]


def under_fire(
    strategy: type[Strategy],
    seed: str,
    ground: Ground,
    *,
    weather: Climate | None = None,
    faults: Sequence[Fault] | None = None,
    knobs: dict[str, str] | None = None,
    moves: Sequence[tuple[int, str]] = (),
    kernel: str = "stepped",
) -> Outcome:
    """One run, settled and judged. `knobs` are as a person writes them; moves are asked for at their instants."""
    places = Topology(ground.regions, tuple(ground.regions))
    draw = Streams(seed).draw("swarm")
    script = tuple(swarm(places, weather or climate(ground), draw) if faults is None else faults)
    session = Session(_setting(strategy, seed, ground, script, knobs or {}), kernel=kernel)

    async def main() -> None:
        for at, move in moves:
            await session.advance(at)
            session.submit(move)
        await session.advance(session.duration)
        await session.settle()

    async def hosted() -> None:
        try:
            await main()
        finally:
            session.close()

    run(session.timeline, hosted)
    judge = session.judge
    elections = len(session.cluster.reigns)
    return Outcome(seed, script, judge.charges, elections, judge.answered, session.timeline.trace.digest)


def _setting(
    strategy: type[Strategy], seed: str, ground: Ground, script: tuple[Fault, ...], knobs: dict[str, str]
) -> Setting:
    values = {name: knob.parse(knobs.get(name, knob.default)) for name, knob in strategy.knobs.items()}
    level = _level(strategy, seed, ground, script)
    setting = Setting(level, level.offers[0], strategy, values, seed)
    assert topology(level).regions == ground.regions
    return setting


def _level(strategy: type[Strategy], seed: str, ground: Ground, script: tuple[Fault, ...]) -> Level:
    names = tuple(ground.regions)
    distances = {(a, b): ground.near_us if a == b else ground.far_us for a in names for b in names}
    regions = tuple(Region(name, nodes, (RateStep(0, ground.milli),)) for name, nodes in ground.regions.items())
    deadlines = {"read": ground.deadline_us, "write": ground.deadline_us}
    shares = (("read", ground.reads_ppm), ("write", SECOND - ground.reads_ppm))
    return Level(
        id="fire",
        title="Under fire",
        act=1,
        number=1,
        cluster=Cluster(regions, distances, distances),
        offers=(Offer(strategy.id, strategy.id),),
        workload=WorkloadSpec("register", ground.keys, shares, retry=ground.retry),
        deadline_us=deadlines,
        duration_us=ground.duration_us,
        seed=seed,
        faults=script,
        moves=MoveRules(
            20, SECOND, ("route", "promote", "fence", "unfence", "transfer", "tune"), knobs=tuple(strategy.knobs)
        ),
        score=ScoreRules("linearizable", 900_000, 1_000_000),
    )
