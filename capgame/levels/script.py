"""The script: the faults of a shift. What a fault may say is declared in `nemesis/words.py` and read there.

Here its complaints, which name keys, get their places in the file.
"""

from __future__ import annotations

from dataclasses import replace

from pydantic import ValidationInfo

from capgame.errors import BadInput, Problem
from capgame.levels.fields import names_in
from capgame.levels.findings import Notes, not_a_text
from capgame.levels.names import Names
from capgame.levels.yaml_tree import Mapping, Node, Scalar
from capgame.nemesis.fault import Fault
from capgame.nemesis.parse import parse_fault
from capgame.nemesis.words import FLAP_KEYS
from capgame.values.units import show_duration

FLAP = "flap"
WHOLE = "fault"  # the thing that a complaint about no key in particular names


def read_fault(node: Node, info: ValidationInfo) -> Fault:
    """One fault of the script."""
    notes = Notes()
    fault = _fault(node, names_in(info), notes)
    notes.close()
    assert fault is not None, "a fault that is none was noted"
    return fault


def _fault(node: Node, names: Names, notes: Notes) -> Fault | None:
    if not isinstance(node, Mapping):
        notes.note(node.mark, Problem("", "", "a fault", "write for example {at: 12s, for: 30s, cut: n3 | n1 n2}"))
        return None
    readable = {key: value for key, value in node.items() if key != FLAP or _flap_reads(value, notes.within(".flap"))}
    try:
        fault = parse_fault(_plain(readable), names.topology)
    except BadInput as error:
        for problem in error.problems:
            _blame(problem, node, notes)
        return None
    if names.duration_us is not None and fault.at >= names.duration_us:
        late = Problem("", str(node["at"]), f"within the shift of {show_duration(names.duration_us)}", "begin earlier")
        notes.within(".at").note(node["at"].mark, late)
    return fault


def _plain(keys: dict[str, Node]) -> dict[str, str | dict[str, str]]:
    """The keys without their places. A list is no text, and its reader says so of a mapping, so it becomes one."""
    return {str(key): str(value) if isinstance(value, Scalar) else _plain_below(value) for key, value in keys.items()}


def _plain_below(node: Node) -> dict[str, str]:
    return {str(key): str(value) for key, value in node.items()} if isinstance(node, Mapping) else {}


def _flap_reads(flap: Node, notes: Notes) -> bool:
    """Is a flap a mapping of texts, or a text? Anything else is noted here, and never gets to its reader."""
    if isinstance(flap, Scalar):
        return True
    if isinstance(flap, Mapping):
        bent = [(key, value) for key, value in flap.items() if not isinstance(value, Scalar)]
        for key, value in bent:
            notes.within(f".{key}").note(value.mark, not_a_text(value))
        return not bent
    notes.note(flap.mark, Problem("", "", f"a mapping of {' and '.join(FLAP_KEYS)}", "write {down: 3s, every: 6s}"))
    return False


def _blame(problem: Problem, fault: Mapping, notes: Notes) -> None:
    """Note a problem at the key, or the text, that it names."""
    if problem.thing == WHOLE:
        notes.note(fault.mark, problem)
        return
    home, key = _find(problem.thing, fault)
    below, value = notes.within(f".{problem.thing}"), home[key]
    if not isinstance(value, Scalar):
        below.note(value.mark, not_a_text(value))
    elif problem.value:
        below.blame(value, [problem])
    else:
        below.note(home.key_marks[key], replace(problem, value=""))


def _find(path: str, fault: Mapping) -> tuple[Mapping, str]:
    """The mapping that holds the key at a path, and the key."""
    flap = fault.get(FLAP)
    inner = path.removeprefix(f"{FLAP}.")
    if inner != path and isinstance(flap, Mapping) and inner in flap:
        return flap, inner
    return fault, path
