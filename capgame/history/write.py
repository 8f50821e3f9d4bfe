"""A history as text: Jepsen's EDN, one map a line, or JSON lines.

Rules:
1. One event, one line, in the order of the events, and the same bytes for the same history.
2. EDN is Jepsen's: `:value` is `[key value]` as its `independent` tests have it, `:time` is in nanoseconds, and lines
   that no client wrote have `:process :nemesis`.
3. JSON lines are ours: instants are microseconds in `at_us`, the key stands alone.
4. `group`, `node` and `error` are extra keys, which Jepsen's readers pass over.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from capgame.history.operation import Completion
from capgame.history.record import Completed, Event, History, Invoked, Note, value_at

NANOSECONDS = 1_000  # in a microsecond

Field = str | int | None


def edn_lines(history: History) -> Iterator[str]:
    """The history as Jepsen EDN, without line ends."""
    for event in history:
        yield _edn_note(event) if isinstance(event, Note) else _edn_operation(event)


def json_lines(history: History) -> Iterator[str]:
    """The history as JSON, one object a line, without line ends."""
    for event in history:
        yield json.dumps(_json_fields(event), separators=(",", ":"))


def _edn_note(note: Note) -> str:
    return _edn_map(
        {
            "process": ":nemesis",
            "type": ":info",
            "f": f":{note.kind}",
            "value": _edn(note.text),
            "time": str(note.at * NANOSECONDS),
            "index": str(note.index),
        }
    )


def _edn_operation(event: Invoked | Completed) -> str:
    op = event.operation
    fields = {
        "process": str(op.process),
        "type": f":{_type(event)}",
        "f": f":{op.f}",
        "value": f"[{_edn(op.key)} {_edn(value_at(event))}]",
        "time": str(event.at * NANOSECONDS),
        "index": str(event.index),
    }
    return _edn_map(fields | {name: _edn(value) for name, value in _extras(event).items()})


def _edn_map(fields: dict[str, str]) -> str:
    return "{" + ", ".join(f":{name} {value}" for name, value in fields.items()) + "}"


def _edn(value: Field) -> str:
    return "nil" if value is None else json.dumps(value)  # EDN's strings take JSON's escapes


def _json_fields(event: Event) -> dict[str, Field]:
    if isinstance(event, Note):
        return {
            "index": event.index,
            "at_us": event.at,
            "process": "nemesis",
            "type": "info",
            "f": event.kind,
            "value": event.text,
        }
    op = event.operation
    return {
        "index": event.index,
        "at_us": event.at,
        "process": op.process,
        "type": _type(event),
        "f": op.f,
        "key": op.key,
        "value": value_at(event),
        **_extras(event),
    }


def _type(event: Invoked | Completed) -> str:
    if isinstance(event, Invoked):
        return "invoke"
    assert event.operation.completion is not None
    return event.operation.completion.value


def _extras(event: Invoked | Completed) -> dict[str, Field]:
    """What is known beyond Jepsen's own keys; absent where there is nothing to say."""
    op = event.operation
    known: dict[str, Field] = {"group": op.group}
    if isinstance(event, Completed):
        known["node"] = op.node
        known["error"] = op.why if op.completion is not Completion.OK else None
    return {name: value for name, value in known.items() if value}
