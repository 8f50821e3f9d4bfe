"""The JSON Schema of a level, for editors: made from the declared keys, their shapes and the guide.

An editor with it completes keys and words while a level is written. It knows no names (nodes, offers), so `capgame
lint --fast` has the last word. `levels/level.schema.json` is this, kept in a file for the shipped levels.
"""

from __future__ import annotations

from typing import Any

from capgame.levels.guide import GUIDE
from capgame.levels.schema import LevelKeys

DIALECT = "http://json-schema.org/draft-07/schema#"  # what YAML editors read best
DEFINITIONS = "#/$defs/"


def editor_schema() -> dict[str, Any]:
    """The whole schema."""
    made = LevelKeys.model_json_schema()
    definitions = made.pop("$defs")
    _explain(made, "", definitions)
    plain = _plain({**made, "$defs": definitions})
    return {"$schema": DIALECT, "title": "A level of capgame", **plain}


def _explain(schema: dict[str, Any], path: str, definitions: dict[str, Any]) -> None:
    """Give every key below a mapping the guide's words; pydantic's are the class's, and its defaults are not text."""
    for key, value in schema.get("properties", {}).items():
        below = f"{path}.{key}".removeprefix(".")
        _require(value)
        row = GUIDE[below]
        value["description"] = f"{row.help} — {row.takes}" + (f" (default: {row.default})" if row.default else "")
        for inner, step in ((value, ""), (value.get("items", {}), "[]"), (value.get("additionalProperties"), ".*")):
            if isinstance(inner, dict):
                _explain(_referred(inner, definitions), below + step, definitions)


def _require(value: dict[str, Any]) -> None:
    """A key may be left out, but it is never null; then an editor can say what is wrong below it."""
    if value.pop("default", True) is None:
        (kept,) = [each for each in value.pop("anyOf") if each != {"type": "null"}]
        value.update(kept)


def _referred(schema: dict[str, Any], definitions: dict[str, Any]) -> dict[str, Any]:
    """What a schema refers to, also as one of several."""
    for each in (schema, *schema.get("anyOf", []), *schema.get("allOf", [])):
        if reference := each.get("$ref"):
            found: dict[str, Any] = definitions[reference.removeprefix(DEFINITIONS)]
            return found
    return {}


def _plain(value: Any) -> Any:
    """Without the titles that pydantic makes of names. A key that is called `title` is a mapping, and stays."""
    if isinstance(value, dict):
        return {key: _plain(below) for key, below in value.items() if key != "title" or isinstance(below, dict)}
    return [_plain(each) for each in value] if isinstance(value, list) else value
