"""The level format, declared: every key with its type, its default, what it is for and an example.

Only keys that are built are here; another is an unknown key, with the nearest that there is. pydantic walks the tree,
each value's reader refuses it in words (`fields.py`, `offers.py`, `script.py`, `plays.py`), and what no single key can
know is in `checks.py`. `read_level` brings all of it out at once.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, ValidationInfo

from capgame.errors import BadInput, Problem
from capgame.levels.checks import check_across
from capgame.levels.fields import (
    Line,
    Price,
    Prose,
    Seed,
    Share,
    Slo,
    Slug,
    Switch,
    choose,
    count,
    length,
    named,
    names_in,
    one_of,
    parsed,
)
from capgame.levels.findings import Notes, problems_of, refuse
from capgame.levels.level import Offer, RateStep
from capgame.levels.names import Names, names_of
from capgame.levels.offers import read_offers
from capgame.levels.plays import read_claim, read_knobs, read_move, read_offer_name
from capgame.levels.script import read_fault
from capgame.levels.shapes import LENGTH, RATE, TEXT, among, either, fault, keyed, knobs, steps, typed, whole
from capgame.levels.vocabulary import ANOMALIES, CONTRACTS, MODELS, OPERATIONS, UNLOCKS, WORKLOADS
from capgame.levels.yaml_tree import Mapping, Node, Sequence
from capgame.moves.verbs import VERBS
from capgame.nemesis.fault import Fault
from capgame.strategies import STRATEGIES
from capgame.values.units import MINUTE_US, PER_SECOND_MILLI, SECOND_US, parse_instant, parse_rate, show_rate

DURATION_MAX_US = 15 * MINUTE_US
RATE_MAX_MILLI = 2_000 * PER_SECOND_MILLI
NODES_MAX = 15
RETRIES_MAX = 10
KEYS_MAX = 10_000
FRESH = "fresh"
PLAN = "plan"
THIRD_STAR_MIN = 800


# ── Values with a shape of their own ───────────────────────────────────────────────────────────────────────────────


def _read_nodes(text: str) -> tuple[str, ...]:
    nodes = tuple(text.split())
    if not 1 <= len(nodes) <= NODES_MAX:
        raise BadInput(Problem("", text, f"1 to {NODES_MAX} nodes", "write for example n1 n2"))
    return nodes


def _read_clients(node: Node) -> tuple[RateStep, ...]:
    """A rate, or its steps over time; before the first step nobody asks."""
    notes = Notes()
    if isinstance(node, Mapping):
        steps = [_step(at, node, notes.within(f".{at}")) for at in node]
    else:
        steps = [RateStep(0, notes.attempt(node, _rate) or 0)]
    notes.close()
    steps.sort(key=lambda step: step.at)
    return tuple(steps) if steps and steps[0].at == 0 else (RateStep(0, 0), *steps)


def _step(at: str, steps: Mapping, notes: Notes) -> RateStep:
    milli = notes.attempt(steps[at], _rate)
    try:
        return RateStep(parse_instant(at), milli or 0)
    except BadInput as error:
        notes.note(steps.key_marks[at], error.problems[0])
        return RateStep(0, 0)


def _rate(text: str) -> int:
    milli = parse_rate(text)
    if milli > RATE_MAX_MILLI:
        raise BadInput(Problem("", text, f"a rate up to {show_rate(RATE_MAX_MILLI)}", "a shift is simulated, not run"))
    return milli


def _read_keys(text: str) -> int | None:
    if text == FRESH:
        return None
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= KEYS_MAX:
        raise BadInput(Problem("", text, f"a number of keys up to {KEYS_MAX:,}, or {FRESH}", "write for example 8"))
    return int(text)


def _spread_deadline(node: Node) -> Node:
    """One deadline is everybody's: it stands for each operation's own."""
    if isinstance(node, Mapping | Sequence):
        return node
    spread = Mapping()
    spread.mark, spread.key_marks = node.mark, dict.fromkeys(OPERATIONS, node.mark)
    spread.update(dict.fromkeys(OPERATIONS, node))
    return spread


def _read_without(node: Node, info: ValidationInfo) -> tuple[str, ...]:
    """The moves that the lesson takes, or `plan`."""
    names, notes = names_in(info), Notes()
    if isinstance(node, Sequence):
        for place, verb in enumerate(node):
            notes.within(f"[{place}]").attempt(verb, lambda text: choose(text, names.verbs, "a verb that moves allow"))
    elif notes.attempt(node, lambda text: choose(text, (PLAN,), "a list of verbs, or plan")) and not names.planned:
        notes.note(node.mark, Problem("", PLAN, "possible here: no knob is in plan.knobs", "list those that matter"))
    notes.close()
    return tuple(map(str, node)) if isinstance(node, Sequence) else (str(node),)


def _ordered(stars: list[int]) -> tuple[int, int]:
    """Two thresholds: the second star's, and the third's above it."""
    if len(stars) != 2 or not stars[0] < stars[1]:
        shown = ", ".join(map(str, stars))
        raise refuse(Problem("", f"[{shown}]", "two rising scores", "write for example [700, 850]"))
    if stars[1] < THIRD_STAR_MIN:
        raise refuse(Problem("", str(stars[1]), f"at least {THIRD_STAR_MIN} for the third star", "ask for mastery"))
    return stars[0], stars[1]


def _offered_knob(text: str, names: Names) -> str:
    strategies = [strategy for strategy in names.offers.values() if strategy in STRATEGIES]
    known = dict.fromkeys(knob for strategy in strategies for knob in STRATEGIES[strategy].knobs)
    return choose(text, known, "a knob of an offered strategy")


def _live_knob(text: str, names: Names) -> str:
    _offered_knob(text, names)
    strategies = [strategy for strategy in names.offers.values() if strategy in STRATEGIES]
    rows = [knob for strategy in strategies for knob in STRATEGIES[strategy].knobs.values()]
    live = dict.fromkeys(knob.name for knob in rows if knob.live)
    return choose(text, live, "a knob that can be turned while the cluster runs")


def _region(text: str, names: Names) -> str:
    return choose(text, names.regions, "a region of this level")


def _within(text: str, names: Names) -> int:
    """An instant of the shift."""
    at = parse_instant(text)
    if names.duration_us is not None and at >= names.duration_us:
        raise BadInput(Problem("", text, "within the shift", "choose an earlier time"))
    return at


Anomaly = Annotated[str, one_of(ANOMALIES, "a kind of wrong answer")]
Contract = Annotated[str, one_of(CONTRACTS, "a contract")]
VerbName = Annotated[str, one_of(VERBS, "a verb")]
Length = Annotated[int, length(1, DURATION_MAX_US)]

# Their shapes, for editors.
KNOBS = knobs(knob for strategy in STRATEGIES.values() for knob in strategy.knobs.values())
OFFERS = {
    "type": "object",
    "minProperties": 1,
    "additionalProperties": either(
        keyed({"is": among(STRATEGIES), "unlock": among(UNLOCKS), **KNOBS}), {"type": "null"}
    ),
}
DEADLINE = either(LENGTH, keyed(dict.fromkeys(OPERATIONS, LENGTH), OPERATIONS))
WITHOUT = either({"type": "array", "items": among(VERBS)}, among([PLAN]))


# ── The keys ───────────────────────────────────────────────────────────────────────────────────────────────────────


class Keys(BaseModel):
    """A mapping with declared keys, kebab-case in the file; any other key is refused."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, arbitrary_types_allowed=True, alias_generator=lambda name: name.replace("_", "-")
    )


class RegionKeys(Keys):
    """A region: its machines, and how often its customers ask."""

    nodes: Annotated[tuple[str, ...], parsed(_read_nodes)] = Field(examples=["n1 n2"])
    clients: Annotated[
        tuple[RateStep, ...], BeforeValidator(_read_clients, json_schema_input_type=typed(steps(RATE)))
    ] = ()


class ClusterKeys(Keys):
    """Where everything stands, and how far apart."""

    regions: dict[str, RegionKeys] = Field(examples=["{us: {nodes: n1 n2, clients: 20/s}}"])
    rtt: dict[str, Length] = Field(examples=["{inside: 2ms, us~eu: 80ms}"])
    client_rtt: dict[str, Length] = Field(default={})
    jitter: Share = 100_000
    ops: Annotated[str, named(_region)] | None = None


class WorkloadKeys(Keys):
    """What clients ask."""

    kind: Annotated[str, one_of(WORKLOADS, "a workload")] = Field(examples=["register"])
    keys: Annotated[int | None, parsed(_read_keys, either(whole(1, KEYS_MAX), among([FRESH])))] = Field(examples=["8"])
    reads: Share = Field(examples=["70%"])
    retry: Annotated[int, count(0, RETRIES_MAX)] = 0
    identity: Switch = True


class DeadlineKeys(Keys):
    """By when an answer counts, from the first send."""

    read: Length = Field(examples=["100ms"])
    write: Length = Field(examples=["200ms"])


class PageKeys(Keys):
    """A call to the player at a set time."""

    at: Annotated[int, named(_within, LENGTH)] = Field(examples=["10s"])
    say: Line = Field(examples=["eu is slow"])


class MovesKeys(Keys):
    """What an operator may do, and what pays for it."""

    budget: Annotated[int, count(0, 20)] = Field(examples=["3"])
    refill: Annotated[int, length(SECOND_US, DURATION_MAX_US)] = 20 * SECOND_US
    allow: list[VerbName] = Field(examples=["[route]"])
    knobs: list[Annotated[str, named(_live_knob, among(KNOBS))]] = Field(default=[])


class PlanKeys(Keys):
    """What may be set before the shift."""

    knobs: list[Annotated[str, named(_offered_knob, among(KNOBS))]] = Field(default=[])


class ScoreKeys(Keys):
    """The two promises, the prices and the stars."""

    model: Annotated[str, one_of(MODELS, "a consistency model")] = "linearizable"
    uptime: Slo = Field(examples=["93%"])
    truth: Slo = 990_000
    prices: dict[Anomaly, Price] = Field(default={})
    contracts: list[Contract] = Field(default=[])
    stars: Annotated[list[Annotated[int, count(500, 1000)]], AfterValidator(_ordered)] = Field(default=[700, 850])


class PlayKeys(Keys):
    """A run of the level, and a claim about how it ends."""

    name: Line = Field(examples=["idle"])
    strategy: Annotated[str, named(read_offer_name)] = ""
    knobs: Annotated[
        tuple[tuple[str, str], ...], BeforeValidator(read_knobs, json_schema_input_type=typed(keyed(KNOBS)))
    ] = ()
    seed: Seed = ""
    moves: list[Annotated[str, BeforeValidator(read_move, json_schema_input_type=typed(TEXT))]] = Field(default=[])
    expect: list[Annotated[str, named(read_claim)]] = Field(default=[])


class LessonKeys(Keys):
    """What the level cannot be won without."""

    without: Annotated[tuple[str, ...], BeforeValidator(_read_without, json_schema_input_type=typed(WITHOUT))] = Field(
        examples=["[route]"]
    )


class DebriefKeys(Keys):
    """What the postmortem leaves the player with."""

    aha: Prose = ""
    ask: Prose = ""
    sources: list[Prose] = Field(default=[])


class LevelKeys(Keys):
    """A level file."""

    model_config = ConfigDict(title="level")

    capgame: Annotated[str, one_of(("1",), "the format this version reads")] = Field(examples=["1"])
    id: Slug = Field(examples=["first-cut"])
    title: Line = Field(examples=["The First Cut"])
    act: Annotated[int, count(1, 9)] = Field(examples=["1"])
    number: Annotated[int, count(1, 99)] = 1
    teaches: Prose = ""
    story: Prose = ""
    cluster: ClusterKeys = Field(examples=["{regions: ..., rtt: ...}"])
    strategies: Annotated[list[Offer], BeforeValidator(read_offers, json_schema_input_type=typed(OFFERS))] = Field(
        examples=["{raft: {}}"]
    )
    workload: WorkloadKeys = Field(examples=["{kind: register, keys: 8, reads: 70%}"])
    deadline: Annotated[DeadlineKeys, BeforeValidator(_spread_deadline, json_schema_input_type=typed(DEADLINE))] = (
        Field(examples=["400ms"])
    )
    duration: Annotated[int, length(SECOND_US, DURATION_MAX_US)] = Field(examples=["60s"])
    seed: Seed = Field(examples=["KIWI"])
    faults: list[Annotated[Fault, BeforeValidator(read_fault, json_schema_input_type=typed(fault()))]] = Field(
        default=[]
    )
    pages: list[PageKeys] = Field(default=[])
    moves: MovesKeys | None = None
    plan: PlanKeys = PlanKeys()
    score: ScoreKeys = Field(examples=["{uptime: 93%}"])
    plays: list[PlayKeys] = Field(default=[])
    lesson: LessonKeys | None = None
    hints: list[Prose] = Field(default=[])
    debrief: DebriefKeys = DebriefKeys()


def read_level(tree: Mapping, name: str) -> LevelKeys:
    """The level that a tree spells, or BadInput with everything that is wrong with it, in the order of the file."""
    names = names_of(tree)
    found = check_across(tree, names, name)
    level = None
    try:
        level = LevelKeys.model_validate(tree, context=names)
    except ValidationError as error:
        found += problems_of(error, LevelKeys, tree, name)
    if found or level is None:
        found.sort(key=lambda each: (each[0].line, each[0].column))
        raise BadInput(*(problem for _, problem in found))
    return level
