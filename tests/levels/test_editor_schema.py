"""What editors are told about a level is true: what is right passes, mistakes do not, and every key is explained."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from capgame.levels.editor import DEFINITIONS, editor_schema
from capgame.levels.guide import GUIDE, table
from capgame.levels.template import begin

LEVELS = Path(__file__).parents[2] / "levels"
HARBOUR = (Path(__file__).parent / "harbour.yaml").read_text(encoding="utf-8")
SCHEMA = editor_schema()
TYPES = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "boolean": bool}


def wrong(value: Any, schema: dict[str, Any], path: str = "") -> Iterator[str]:
    """The paths at which a value is not as JSON Schema says: those of its words that ours has."""
    if "$ref" in schema:
        yield from wrong(value, SCHEMA["$defs"][schema["$ref"].removeprefix(DEFINITIONS)], path)
    for word, passes in (("anyOf", lambda n: n >= 1), ("oneOf", lambda n: n == 1)):
        if word in schema and not passes(sum(not list(wrong(value, each)) for each in schema[word])):
            yield f"{path}: {word}"
    if "type" in schema and not is_of(value, schema["type"]):
        yield f"{path}: type"
        return
    yield from wrong_scalar(value, schema, path)
    if isinstance(value, dict):
        yield from wrong_keys(value, schema, path)
    for place, each in enumerate(value if isinstance(value, list) else ()):
        yield from wrong(each, schema.get("items", {}), f"{path}[{place}]")


def is_of(value: Any, types: str | list[str]) -> bool:
    names = [types] if isinstance(types, str) else types
    if isinstance(value, bool) or value is None:
        return {True: "boolean", False: "boolean", None: "null"}[value] in names
    return any(isinstance(value, TYPES[name]) for name in names if name not in ("null", "boolean"))


def wrong_scalar(value: Any, schema: dict[str, Any], path: str) -> Iterator[str]:
    checks: dict[str, Callable[[Any], bool]] = {
        "enum": lambda known: value in known,
        "pattern": lambda pattern: re.search(pattern, value) is not None,
        "minimum": lambda low: value >= low,
        "maximum": lambda high: value <= high,
    }
    for word, holds in checks.items():
        if word in schema and not holds(schema[word]):
            yield f"{path}: {word}"


def wrong_keys(value: dict[str, Any], schema: dict[str, Any], path: str) -> Iterator[str]:
    known, others = schema.get("properties", {}), schema.get("additionalProperties", True)
    for key in schema.get("required", ()):
        if key not in value:
            yield f"{path}: {key} is missing"
    for key, below in value.items():
        if key in known or isinstance(others, dict):
            yield from wrong(below, known.get(key, others), f"{path}.{key}")
        elif not others:
            yield f"{path}.{key}: unknown"


def complaints(text: str) -> list[str]:
    return list(wrong(YAML(typ="safe", pure=True).load(text), SCHEMA))


TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(LEVELS.rglob("*.yaml"))}


@pytest.mark.parametrize("text", [*TEXTS.values(), begin("mine"), HARBOUR], ids=[*TEXTS, "template", "harbour"])
def test_levels_pass(text: str) -> None:
    """An editor has nothing to say about what is right."""
    assert complaints(text) == []


@pytest.mark.parametrize(
    ("was", "now", "complaint"),
    [
        ("duration: 1m", "duration: 60", ".duration: type"),
        ("duration: 1m", "duration: 60 s", ".duration: pattern"),
        ("uptime: 93%", "uptim: 93%", ".score.uptim: unknown"),
        ("act: 1", "act: 12", ".act: maximum"),
        ("allow: [route, tune]", "allow: [rout]", ".moves.allow[0]: enum"),
        ("{is: raft, ", "{is: rafd, ", ".strategies.plain: anyOf"),
        ("crash: n2", "crush: n2", ".faults[1]: oneOf"),
        ("keys: fresh", "keys: many", ".workload.keys: anyOf"),
        ("seed: oil\n", "", ": seed is missing"),
    ],
)
def test_mistakes_do_not(was: str, now: str, complaint: str) -> None:
    """Those that need no names of the level."""
    assert was in HARBOUR
    assert complaint in complaints(HARBOUR.replace(was, now))


def explained(schema: dict[str, Any], path: str = "") -> Iterator[str]:
    """The path of every key that is declared, as the guide has it."""
    for key, value in schema.get("properties", {}).items():
        below = f"{path}.{key}".removeprefix(".")
        yield below
        for inner, step in ((value, ""), (value.get("items"), "[]"), (value.get("additionalProperties"), ".*")):
            for each in (inner, *inner.get("anyOf", ())) if isinstance(inner, dict) else ():
                if "$ref" in each:
                    if step == ".*":
                        yield below + step
                    yield from explained(SCHEMA["$defs"][each["$ref"].removeprefix(DEFINITIONS)], below + step)


def test_every_key_is_explained_once() -> None:
    """The guide and the schema have the same keys."""
    assert sorted(explained(SCHEMA)) == sorted(GUIDE)


def test_authors_read_the_same_table() -> None:
    """`levels/README.md` prints the guide."""
    assert "\n".join(table()) in (LEVELS / "README.md").read_text(encoding="utf-8")
