"""Which way imports go, and what a quick answer may load."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SIMULATED = ("errors", "values", "history", "sim", "checkers", "strategies", "nemesis", "moves", "workloads", "levels")


def test_layer_contracts_hold() -> None:
    """Imports go down only, and trio, Textual and the clock stay where they belong."""
    command = Path(sys.executable).with_name("lint-imports")
    found = subprocess.run([command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr


def test_version_loads_nothing_heavy() -> None:
    """`capgame --version` answers before any of the libraries it is built on is loaded."""
    program = (
        "import sys; from capgame.__main__ import main; code = main(['--version']); "
        "print(sorted({name.split('.')[0] for name in sys.modules})); raise SystemExit(code)"
    )
    found = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    version, modules = found.stdout.splitlines()
    assert version.startswith("capgame 0.")
    loaded = set(ast.literal_eval(modules))
    assert not loaded & {
        "textual",
        "rich",
        "trio",
        "outcome",
        "pydantic",
        "ruamel",
        "pytest",
        "asyncio",
        "platformdirs",
    }


def sources() -> list[Path]:
    return sorted((ROOT / "capgame").rglob("*.py"))


def calls(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def test_trio_is_entered_in_two_places() -> None:
    """`trio.run` stands in `sim/run.py`, a guest run in `tui/bridge.py`, and neither anywhere else."""
    entered = {
        (str(path.relative_to(ROOT / "capgame")), call)
        for path in sources()
        for call in calls(ast.parse(path.read_text(encoding="utf-8")))
        if call in {"trio.run", "trio.lowlevel.start_guest_run"}
    }
    assert entered <= {("sim/run.py", "trio.run"), ("tui/bridge.py", "trio.lowlevel.start_guest_run")}
    assert ("sim/run.py", "trio.run") in entered


@pytest.mark.parametrize("part", SIMULATED)
def test_what_is_simulated_never_asks_for_identity_or_hash(part: str) -> None:
    """`id()` and `hash()` differ from run to run, so nothing that reaches a run's result may call them."""
    place = ROOT / "capgame" / part
    for path in [place.with_suffix(".py")] if not place.is_dir() else sorted(place.rglob("*.py")):
        found = {"id", "hash"} & set(calls(ast.parse(path.read_text(encoding="utf-8"))))
        assert not found, f"{path.relative_to(ROOT)} calls {found}"
