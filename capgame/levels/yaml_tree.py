"""YAML read as text with places: mappings, sequences and strings, each knowing its line and column.

Rules:
1. Every scalar is a string. `no` stays a name, `1E5` stays two characters and a digit; the schema gives types.
2. Nothing that a level does not need is read: no tags, no anchors or aliases, no merge keys, no tabs, one document.
3. Size, depth and count are capped on the event stream, before any tree exists, so that no input can cost much.
4. Every refusal says where, and shows the quoted form where a missing pair of quotes is to blame.

The tree is made of `str`, `list` and `dict`, so that a validator takes it as it is; the places ride along.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from capgame.errors import BadInput, Problem, shorten
from capgame.levels.quoting import quote_this

BYTES_MAX = 1_000_000
LINE_MAX = 2_000
DEPTH_MAX = 16
NODES_MAX = 20_000

# Controls, and the other ends of lines that YAML knows: they would make our lines and an editor's differ.
UNREADABLE = re.compile(r"[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
README = "levels/README.md has the keys of one"


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a file, both counted from 1."""

    line: int
    column: int


class Scalar(str):
    """A text, and where it begins."""

    mark: Mark
    steady: bool  # written on one line as it reads, so that the n-th character stands n columns further on

    def mark_at(self, offset: int) -> Mark:
        """Where the character at `offset` stands, or the beginning where that cannot be told."""
        return Mark(self.mark.line, self.mark.column + offset) if self.steady else self.mark


class Sequence(list["Node"]):
    """A list, and where it begins."""

    mark: Mark


class Mapping(dict[str, "Node"]):
    """Keys with values, and where it and each of its keys begin."""

    mark: Mark
    key_marks: dict[str, Mark]


Node: TypeAlias = Scalar | Sequence | Mapping


def read_yaml(data: bytes, name: str) -> Mapping:
    """The mapping that a file holds, or BadInput with the place; `name` is how messages call the file."""
    return Reader(_decode(data, name), name).document()


def scalar(text: str, mark: Mark, steady: bool = False) -> Scalar:
    """A scalar with its place."""
    made = Scalar(text)
    made.mark, made.steady = mark, steady
    return made


class Reader:
    """One pass over the events of one text."""

    def __init__(self, text: str, name: str) -> None:
        self._name = name
        self._lines = text.split("\n")
        self._events = self._guarded(text)
        self._nodes = 0

    def document(self) -> Mapping:
        """The one document, which has to be a mapping."""
        event = self._next()
        while not isinstance(event, NodeEvent):
            if isinstance(event, StreamEndEvent):
                self._refuse(Mark(1, 1), "file", "", "a level: it is empty", README)
            event = self._next()
        root = self._node(event, 0)
        self._expect_end()
        if not isinstance(root, Mapping):
            self._refuse(root.mark, "file", "", "a level: it has to be keys with values", "begin with `capgame: 1`")
        return root

    def _expect_end(self) -> None:
        event = self._next()
        while not isinstance(event, StreamEndEvent):
            if isinstance(event, DocumentStartEvent):
                self._refuse(_begin(event), "document", "---", "the only one of its file", "one file, one level")
            event = self._next()

    def _node(self, event: Event, depth: int) -> Node:
        assert isinstance(event, NodeEvent), f"no node begins with {event}"
        self._refuse_extras(event)
        self._count(event, depth)
        match event:
            case ScalarEvent():
                return self._scalar(event)
            case SequenceStartEvent():
                return self._sequence(_begin(event), depth + 1)
            case MappingStartEvent():
                return self._mapping(_begin(event), depth + 1)
        raise AssertionError("aliases are refused above")

    def _scalar(self, event: ScalarEvent) -> Scalar:
        begin, end = event.start_mark, event.end_mark
        quotes = 1 if event.style in ("'", '"') else 0
        as_written = begin.line == end.line and end.column - begin.column == len(event.value) + 2 * quotes
        return scalar(event.value, Mark(begin.line + 1, begin.column + 1 + quotes * as_written), as_written)

    def _sequence(self, mark: Mark, depth: int) -> Sequence:
        made = Sequence()
        made.mark = mark
        while not isinstance(event := self._next(), CollectionEndEvent):
            made.append(self._node(event, depth))
        return made

    def _mapping(self, mark: Mark, depth: int) -> Mapping:
        made = Mapping()
        made.mark, made.key_marks = mark, {}
        while not isinstance(event := self._next(), CollectionEndEvent):
            key = self._key(event, made, depth)
            made.key_marks[key] = key.mark
            made[key] = self._node(self._next(), depth)
        return made

    def _key(self, event: Event, mapping: Mapping, depth: int) -> Scalar:
        key = self._node(event, depth)
        if not isinstance(key, Scalar):
            self._refuse(key.mark, "key", "", "one word: it is a list or a mapping", self._quote(key.mark))
        if key == "<<":
            self._refuse(key.mark, "key", key, "allowed: levels have no merge keys", "write the keys out")
        if key in mapping:
            first = mapping.key_marks[key].line
            self._refuse(key.mark, "key", key, f"new here: line {first} has it already", "keep one of the two")
        return key

    def _refuse_extras(self, event: NodeEvent) -> None:
        """Tags, anchors and aliases: none is needed, and each is somebody's way to hurt a reader."""
        mark = _begin(event)
        if isinstance(event, AliasEvent):
            advice = self._quote(mark) or "write the value out, or quote it"
            self._refuse(mark, "alias", f"*{event.anchor}", "allowed: levels have no aliases", advice)
        if event.anchor is not None:
            advice = self._quote(mark) or "write the value without it, or quote it"
            self._refuse(mark, "anchor", f"&{event.anchor}", "allowed: levels have no anchors", advice)
        if isinstance(event, ScalarEvent | CollectionStartEvent) and event.ctag is not None:
            written = self._line(mark)[mark.column - 1 :].split(" ")[0]
            self._refuse(mark, "tag", written, "allowed: levels have no tags", "write the value without it")

    def _count(self, event: Event, depth: int) -> None:
        self._nodes += 1
        if depth > DEPTH_MAX:
            self._refuse(_begin(event), "nesting", "", f"at most {DEPTH_MAX} deep", "a level needs six")
        if self._nodes > NODES_MAX:
            self._refuse(_begin(event), "file", "", f"at most {NODES_MAX} values", "a level needs some two hundred")

    def _next(self) -> Event:
        return next(self._events)

    def _guarded(self, text: str) -> Iterator[Event]:
        """The parser's events; whatever it raises becomes a refusal with its place."""
        try:
            yield from YAML(typ="safe", pure=True).parse(io.StringIO(text))
        except MarkedYAMLError as error:
            self._refuse_syntax(error)
        except Exception as error:
            # The scanner trips over odd input in ways of its own (`"\\UFFFFFFFF"`: an OverflowError); bad it is.
            self._refuse(Mark(1, 1), "file", "", f"YAML: {shorten(str(error))}", README)

    def _refuse_syntax(self, error: MarkedYAMLError) -> NoReturn:
        at = error.problem_mark or error.context_mark
        mark = Mark(at.line + 1, at.column + 1) if at else Mark(1, 1)
        why = str(error.problem or error.context or "it cannot be read")
        advice = self._quote(mark) or "look for a missing quote, bracket or space before this place"
        self._refuse(mark, "YAML", self._line(mark).strip(), f"readable: {why}", advice)

    def _quote(self, mark: Mark) -> str:
        return quote_this(self._line(mark), mark.column)

    def _line(self, mark: Mark) -> str:
        return self._lines[mark.line - 1] if mark.line <= len(self._lines) else ""

    def _refuse(self, mark: Mark, thing: str, value: str, expected: str, advice: str) -> NoReturn:
        raise BadInput(Problem(thing, value, expected, advice, place(self._name, mark)))


def place(name: str, mark: Mark) -> str:
    """A place as messages write it: `file:line:column`."""
    return f"{name}:{mark.line}:{mark.column}"


def _begin(event: Event) -> Mark:
    return Mark(event.start_mark.line + 1, event.start_mark.column + 1)


def _decode(data: bytes, name: str) -> str:
    """The bytes as text with `\\n` ends of lines; refuses what is too big or holds what no level needs."""
    if len(data) > BYTES_MAX:
        raise BadInput(Problem("file", "", f"at most {BYTES_MAX:,} bytes", "a level needs some 4,000", f"{name}:1:1"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        mark = _mark_of(data[: error.start].decode("utf-8", "replace"))
        bad = f"byte 0x{data[error.start]:02x}"
        raise BadInput(Problem("text", bad, "UTF-8", "save the file as UTF-8", place(name, mark))) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := UNREADABLE.search(text):
        raise BadInput(_unreadable(text, found.start(), name))
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LINE_MAX:
            where = place(name, Mark(number, LINE_MAX + 1))
            raise BadInput(Problem("line", "", f"at most {LINE_MAX:,} characters long", "break it", where))
    return text


def _unreadable(text: str, offset: int, name: str) -> Problem:
    where = place(name, _mark_of(text[:offset]))
    if text[offset] == "\t":
        return Problem("tab", "", "allowed: levels are indented with spaces", "put spaces in its place", where)
    code = f"U+{ord(text[offset]):04X}"
    return Problem("character", code, "one that a level may hold", "take it out", where)


def _mark_of(before: str) -> Mark:
    """The place that follows a text."""
    return Mark(before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
