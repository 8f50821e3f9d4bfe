"""What is wrong with a level, all of it at once, each with its place in the file.

Rules:
1. A reader of one value says what is wrong with it as `BadInput`; `Notes` gives that its key and its place.
2. pydantic gathers what the readers noted, and adds missing keys, unknown keys and wrong shapes.
3. A problem names its key as a path (`faults[0].cut`), the value, what was expected and the nearest valid name.

pydantic's `loc` also holds steps that no file has; walking the tree with it skips those. A missing key points at the
mapping that lacks it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from capgame.errors import BadInput, Problem, nearest
from capgame.levels.quoting import quoted
from capgame.levels.yaml_tree import Mapping, Mark, Node, Scalar, Sequence, place

T = TypeVar("T")
Loc = tuple[int | str, ...]

NOTED = "noted"
KEY = "[key]"  # how pydantic says that it means the key

# The languages within values (cuts, moves) count columns from the beginning of their text.
_COLUMN = re.compile(r" \(column (?P<inside>\d+)\)|column (?P<before>\d+): ")


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem, where it stands (None: where the noted value does), and its path below that value."""

    problem: Problem
    mark: Mark | None = None
    below: str = ""


class Notes:
    """Collects findings about one value, and refuses it in the end if there are any."""

    def __init__(self, below: str = "", found: list[Finding] | None = None) -> None:
        self.below = below
        self.found: list[Finding] = [] if found is None else found

    def within(self, step: str) -> Notes:
        """The same notes, one step further down."""
        return Notes(self.below + step, self.found)

    def note(self, mark: Mark | None, problem: Problem) -> None:
        """One problem more."""
        self.found.append(Finding(problem, mark, self.below))

    def attempt(self, node: Node, read: Callable[[str], T]) -> T | None:
        """What `read` makes of a text, or None with its complaint noted."""
        if not isinstance(node, Scalar):
            self.note(node.mark, not_a_text(node))
            return None
        try:
            return read(str(node))
        except BadInput as error:
            self.blame(node, error.problems)
            return None

    def blame(self, node: Scalar, problems: Iterable[Problem]) -> None:
        """Note the problems of a text, each at the column of the file that it is about."""
        for problem in problems:
            mark = node.mark_at(_offset(problem, node))
            self.note(mark, replace(problem, expected=_COLUMN.sub("", problem.expected)))

    def close(self) -> None:
        """Refuse the value if anything was noted."""
        if self.found:
            raise PydanticCustomError(NOTED, "noted", {"findings": tuple(self.found)})


def _offset(problem: Problem, text: str) -> int:
    """How far into its text a problem is: where it says so, else where its value stands, if only once."""
    if found := _COLUMN.search(problem.expected):
        return int(found["inside"] or found["before"]) - 1
    value = problem.value
    return text.index(value) if value and text.count(value) == 1 else 0


def refuse(problem: Problem) -> PydanticCustomError:
    """The refusal of a value that has been read, at the value's place."""
    return PydanticCustomError(NOTED, "noted", {"findings": (Finding(problem),)})


def problems_of(error: ValidationError, model: type[BaseModel], tree: Mapping, name: str) -> list[tuple[Mark, Problem]]:
    """Every problem that a validation found, each with its place."""
    found: list[tuple[Mark, Problem]] = []
    for detail in error.errors(include_url=False):
        found += _of_detail(detail, model, tree, name)
    return found


def located(mark: Mark, problem: Problem, name: str) -> tuple[Mark, Problem]:
    """A problem that knows its place in the file."""
    return mark, replace(problem, where=place(name, mark))


def _of_detail(
    detail: ErrorDetails, model: type[BaseModel], tree: Mapping, name: str
) -> Iterator[tuple[Mark, Problem]]:
    loc, kind = tuple(step for step in detail["loc"] if step != KEY), detail["type"]
    path = path_of(loc)
    if kind == NOTED:
        for finding in detail["ctx"]["findings"]:
            mark = finding.mark or node_at(tree, loc).mark
            yield located(mark, replace(finding.problem, thing=(path + finding.below).removeprefix(".")), name)
    elif kind == "missing":
        yield located(node_at(tree, loc[:-1]).mark, _missing(model, loc), name)
    elif kind == "extra_forbidden":
        parent = node_at(tree, loc[:-1])
        assert isinstance(parent, Mapping), "only mappings have keys"
        yield located(parent.key_marks[str(loc[-1])], _unknown(model, loc), name)
    else:
        node = node_at(tree, loc)
        yield located(node.mark, Problem(path, _shown(node), _shape(kind), _shape_advice(kind)), name)


def node_at(tree: Node, loc: Loc) -> Node:
    """The node at a path; steps that the file does not have are skipped."""
    at = tree
    for step in loc:
        if isinstance(at, Mapping) and step in at:
            at = at[str(step)]
        elif isinstance(at, Sequence) and isinstance(step, int) and step < len(at):
            at = at[step]
    return at


def path_of(loc: Loc) -> str:
    """A path as messages write it: `faults[0].cut`."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in loc)
    return "".join(steps).removeprefix(".")


def _missing(model: type[BaseModel], loc: Loc) -> Problem:
    key = str(loc[-1])
    field = _keys_at(model, loc[:-1])[key]
    example = field.examples[0] if field.examples else "..."
    thing = path_of(loc[:-1]) or str(model.model_config.get("title"))
    return Problem(thing, "", f"complete: {key} is missing", f"add `{key}: {example}`")


def _unknown(model: type[BaseModel], loc: Loc) -> Problem:
    home = path_of(loc[:-1])
    expected = f"a key of {home or 'a ' + str(model.model_config.get('title'))}"
    return Problem("key", str(loc[-1]), expected, nearest(str(loc[-1]), _keys_at(model, loc[:-1])))


def _keys_at(model: type[BaseModel], loc: Loc) -> dict[str, Any]:
    """The fields, by their keys in the file, of the model that a path leads to."""
    kind: Any = model
    for step in loc:
        kind = _below(kind, step)
    return {field.alias or name: field for name, field in kind.model_fields.items()}


def _below(kind: Any, step: int | str) -> Any:
    """The type one step further down."""
    if get_origin(kind) in (list, dict):
        return _bare(get_args(kind)[-1])
    return _bare(next(field.annotation for name, field in kind.model_fields.items() if step in (name, field.alias)))


def _bare(kind: Any) -> Any:
    """The type itself, of one that is annotated or may be absent."""
    wrapped = hasattr(kind, "__metadata__") or get_origin(kind) is UnionType
    return _bare(get_args(kind)[0]) if wrapped else kind


def not_a_text(node: Mapping | Sequence) -> Problem:
    """A list or a mapping where one text belongs; often a cut that lacks its quotes."""
    if isinstance(node, Sequence) and all(isinstance(item, Scalar) for item in node):
        text = f"[{', '.join(map(str, node))}]"
        return Problem("", text, "a text: YAML reads it as a list", f"quote this: {quoted(text)}")
    return Problem("", _shown(node), "a text", "write one value on this line")


def _shown(node: Node) -> str:
    match node:
        case Scalar():
            return str(node)
        case Sequence():
            return "[...]"
        case Mapping():
            return "{...}"


def _shape(kind: str) -> str:
    return {
        "model_type": "keys with values",
        "dict_type": "keys with values",
        "list_type": "a list",
    }.get(kind, f"valid ({kind})")


def _shape_advice(kind: str) -> str:
    return "write [a, b], or one `- ` a line" if kind == "list_type" else "write {key: value}, or one key a line"
