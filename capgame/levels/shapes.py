"""Shapes: what an editor may know about a value of a level, as JSON Schema.

They are for writing, and looser than the readers: names, cuts, moves and claims are texts to an editor. Wherever YAML
would make a number or a switch of what a person types, the shape takes it; the readers see text anyway.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, TypeAlias

from pydantic import WithJsonSchema

from capgame.nemesis.words import COMMON_KEYS, FAULTS, FLAP_KEYS, FaultWord, Option, OptionKind
from capgame.strategies.knob import Choice, Count, Duration, Knob, Switch

Shape: TypeAlias = dict[str, Any]

TEXT: Shape = {"type": "string"}
WORDS: Shape = {"type": ["string", "number", "boolean"]}  # a name may look like a number
LENGTH: Shape = {"type": "string", "pattern": r"^([0-9]+(\.[0-9]+)?(ms|us|h|m|s))+$"}
OFFSET: Shape = {"type": "string", "pattern": r"^[-+]?([0-9]+(\.[0-9]+)?(ms|us|h|m|s))+$"}
SHARE: Shape = {"type": "string", "pattern": r"^[-+]?[0-9]+(\.[0-9]+)?%$"}
RATE: Shape = {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)?/s$"}
NUMBER: Shape = {"type": "number"}
SWITCH: Shape = {"enum": ["on", "off", True, False]}  # YAML 1.1 reads `on` as true


def typed(shape: Shape) -> Any:
    """The shape as a type, for pydantic's `json_schema_input_type`."""
    return Annotated[Any, WithJsonSchema(shape)]


def whole(low: int, high: int) -> Shape:
    """A whole number within bounds."""
    return {"type": "integer", "minimum": low, "maximum": high}


def among(words: Iterable[str]) -> Shape:
    """One of a few words; digits may also come as a number."""
    known = list(words)
    return {"enum": [*known, *(int(word) for word in known if word.isdigit())]}


def either(*shapes: Shape) -> Shape:
    """Any of several."""
    return {"anyOf": list(shapes)}


def steps(each: Shape) -> Shape:
    """A value, or values from instants on: `{0s: 20/s, 30s: 5/s}`."""
    return either(each, {"type": "object", "additionalProperties": each})


def keyed(keys: dict[str, Shape], required: Iterable[str] = ()) -> Shape:
    """A mapping of these keys and no others."""
    return {"type": "object", "properties": keys, "required": list(required), "additionalProperties": False}


# ── what the registries declare


def knob(declared: Knob) -> Shape:
    """A knob's value."""
    return {**_knob_value(declared), "description": f"{declared.help} ({declared.takes}; default {declared.default})"}


def _knob_value(declared: Knob) -> Shape:
    match declared:
        case Choice():
            return among(declared.words)
        case Switch():
            return SWITCH
        case Duration():
            return LENGTH
        case Count():
            return whole(declared.low, declared.high)
        case _:
            return TEXT


def knobs(declared: Iterable[Knob]) -> dict[str, Shape]:
    """Knobs by name. Strategies may share a name and mean different values by it: then any text will do."""
    found: dict[str, Shape] = {}
    for each in declared:
        shape = knob(each)
        found[each.name] = shape if found.get(each.name, shape) == shape else WORDS
    return found


def fault() -> Shape:
    """A fault: when, exactly one fault word with its target, and that word's options."""
    common = {"at": LENGTH, "for": LENGTH, "warn": LENGTH, "say": TEXT}
    assert tuple(common) == COMMON_KEYS, COMMON_KEYS
    return {"type": "object", "oneOf": [_fault(row, common) for row in FAULTS.values()]}


def _fault(row: FaultWord, common: dict[str, Shape]) -> Shape:
    keys = {row.word: {**TEXT, "description": row.help, "examples": [row.example]}, **common}
    keys |= {option.name: _option(option) for option in row.options}
    if row.may_flap:
        keys["flap"] = keyed(dict.fromkeys(FLAP_KEYS, LENGTH), FLAP_KEYS)
    if not row.lasts:
        del keys["for"]
    return keyed(keys, ("at", row.word))


def _option(option: Option) -> Shape:
    shapes = {
        OptionKind.DURATION: LENGTH,
        OptionKind.OFFSET: OFFSET,
        OptionKind.SHARE: SHARE,
        OptionKind.DRIFT: SHARE,
        OptionKind.CHOICE: among(option.choices),
    }
    return {**shapes[option.kind], "description": option.help}
