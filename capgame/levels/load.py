"""From a file, a text or standard input to a `Level`: read, checked, in integers, with every default filled in.

Parsed levels are kept by the hash of their bytes: reading one takes some 20 ms, and the game asks often.
"""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from dataclasses import asdict, replace
from pathlib import Path

from capgame.errors import BadInput, Problem
from capgame.levels.checks import INSIDE
from capgame.levels.level import Cluster, Debrief, Level, MoveRules, Page, Play, Region, ScoreRules, WorkloadSpec
from capgame.levels.schema import ClusterKeys, LevelKeys, MovesKeys, PlayKeys, ScoreKeys, WorkloadKeys, read_level
from capgame.levels.yaml_tree import BYTES_MAX, Mapping, Sequence, place, read_yaml
from capgame.values.units import SECOND_US, WHOLE_PPM

KEPT_MAX = 64

# What does not change a run: prose, hints, plays and what the lint claims by them, and where the level comes from.
PROSE = {"title", "teaches", "story", "hints", "debrief"}
UNHASHED = PROSE | {"plays", "without", "act", "number", "hash", "source", "path", "shipped"}
SAY = "say"

_kept: OrderedDict[tuple[str, str], Level] = OrderedDict()


def load_file(path: Path, shipped: bool = False) -> Level:
    """The level in a file. Raises BadInput with everything that is wrong with it."""
    return load_bytes(read_file(path, "level", "capgame levels lists those there are"), str(path), shipped)


def read_file(path: Path, thing: str, advice: str = "") -> bytes:
    """The bytes of a file, at most one more than may be. Raises BadInput."""
    try:
        with path.open("rb") as file:
            return file.read(BYTES_MAX + 1)  # the cap refuses the rest without reading it
    except (OSError, ValueError) as error:  # a path with a NUL is a ValueError
        why = str(getattr(error, "strerror", None) or error).lower()
        raise BadInput(Problem(thing, str(path), f"a file that can be read: {why}", advice)) from None


def load_text(text: str, name: str = "level") -> Level:
    """The level that a text spells; `name` is how messages call it."""
    return load_bytes(text.encode("utf-8", "surrogatepass"), name)


def load_bytes(data: bytes, name: str, shipped: bool = False) -> Level:
    """The level that a file's bytes spell."""
    key = (hashlib.sha256(data).hexdigest(), name)
    if key not in _kept:
        tree = read_yaml(data, name)
        _kept[key] = _level(read_level(tree, name), tree, data.decode("utf-8-sig"), name)
        if len(_kept) > KEPT_MAX:
            _kept.popitem(last=False)
    return replace(_kept[key], shipped=shipped)


def hash_of(level: Level) -> str:
    """What two levels share when they play alike: a translation keeps it, another rate or fault does not."""
    kept = {key: value for key, value in asdict(level).items() if key not in UNHASHED}
    for spoken in (*kept["faults"], *kept["pages"]):
        spoken.pop(SAY)
    text = json.dumps(_keyed(kept), sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def plays_of(plays: list[PlayKeys], tree: Mapping, name: str) -> tuple[Play, ...]:
    """The plays of a file, each with its place there; `tree` is the file's."""
    nodes = tree.get("plays")
    marks = [node.mark for node in nodes] if isinstance(nodes, Sequence) else []
    return tuple(
        Play(
            name=play.name,
            strategy=play.strategy,
            knobs=play.knobs,
            seed=play.seed,
            moves=tuple(play.moves),
            expect=tuple(play.expect),
            where=place(name, mark),
        )
        for play, mark in zip(plays, marks, strict=True)
    )


def _keyed(value: object) -> object:
    """The value with text for keys: JSON has no pairs of regions as keys."""
    if isinstance(value, dict):
        return {"~".join(key) if isinstance(key, tuple) else str(key): _keyed(below) for key, below in value.items()}
    if isinstance(value, list | tuple):
        return [_keyed(below) for below in value]
    return value


def _level(keys: LevelKeys, tree: Mapping, source: str, name: str) -> Level:
    level = Level(
        id=keys.id,
        title=keys.title,
        act=keys.act,
        number=keys.number,
        cluster=_cluster(keys.cluster),
        offers=tuple(keys.strategies),
        workload=_workload(keys.workload),
        deadline_us={"read": keys.deadline.read, "write": keys.deadline.write},
        duration_us=keys.duration,
        seed=keys.seed,
        faults=tuple(keys.faults),
        moves=_moves(keys.moves),
        score=_score(keys.score),
        teaches=keys.teaches,
        story=keys.story,
        pages=tuple(Page(page.at, page.say) for page in keys.pages),
        plan_knobs=tuple(keys.plan.knobs),
        plays=plays_of(keys.plays, tree, name),
        without=keys.lesson.without if keys.lesson else (),
        hints=tuple(keys.hints),
        debrief=Debrief(keys.debrief.aha, keys.debrief.ask, tuple(keys.debrief.sources)),
        source=source,
        path=name,
    )
    return replace(level, hash=hash_of(level))


def _cluster(keys: ClusterKeys) -> Cluster:
    regions = tuple(Region(name, region.nodes, region.clients) for name, region in keys.regions.items())
    names = tuple(keys.regions)
    rtt_us = _table(keys.rtt, names)
    return Cluster(regions, rtt_us, {**rtt_us, **_table(keys.client_rtt, names)}, keys.jitter, keys.ops)


def _table(pairs: dict[str, int], regions: tuple[str, ...]) -> dict[tuple[str, str], int]:
    """Round trips by ordered pair of regions: what is said of `us~eu` holds both ways."""
    table = {}
    for pair, us in pairs.items():
        if pair == INSIDE:
            table.update({(region, region): us for region in regions})
        else:
            one, other = pair.split("~")
            table[one, other] = table[other, one] = us
    return table


def _workload(keys: WorkloadKeys) -> WorkloadSpec:
    shares = (("read", keys.reads), ("write", WHOLE_PPM - keys.reads))
    return WorkloadSpec(keys.kind, keys.keys, shares, keys.retry, keys.identity)


def _moves(keys: MovesKeys | None) -> MoveRules:
    if keys is None:
        return MoveRules(0, 20 * SECOND_US, ())
    return MoveRules(keys.budget, keys.refill, tuple(keys.allow), tuple(keys.knobs))


def _score(keys: ScoreKeys) -> ScoreRules:
    second, third = keys.stars
    prices = tuple(sorted(keys.prices.items()))
    return ScoreRules(keys.model, keys.uptime, keys.truth, prices, (), tuple(keys.contracts), (second, third))
