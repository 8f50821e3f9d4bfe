"""A pasted code is judged by `capgame replay`, in a process of its own.

Whoever made the code chose what is simulated, so it gets neither this process, which draws frames, nor all the time it
wants. The contract is the command's: an exit code, one document on standard output, and what there is to say beside it.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import capgame
from capgame.errors import CapgameError
from capgame.play.keep.code import decode
from capgame.play.views.code import CodeView, claimed, verdict
from capgame.tui.process import run_python

LIMIT_S = 20.0  # a shift of a shipped level takes less than one
STDIN = "-"
COMMAND = ("-m", "capgame", "replay", STDIN, "--json")
UNDECIDED = 3


def at_first(text: str) -> CodeView:
    """What can be said without playing it: what it claims, or that it is no code."""
    try:
        return claimed(decode(text))
    except CapgameError as error:
        return verdict(error.exit_code, None, str(error))


async def judge(text: str, limit_s: float = LIMIT_S) -> CodeView:
    """The verdict on the code in a text."""
    try:
        ended = await run_python(COMMAND, text, limit_s, environment=_environment())
    except OSError as error:
        return verdict(UNDECIDED, None, f"It could not be played here: {error.strerror or error}.")
    if ended is None:
        return verdict(UNDECIDED, None, f"It is not played in {limit_s:g} s. capgame replay CODE takes its time.")
    result = json.loads(ended.answer) if ended.code == 0 else None
    return verdict(ended.code, result, _unnamed(ended.said.decode("utf-8", "replace")))


def _environment() -> dict[str, str]:
    """Ours, with this capgame as the one that is found: the folder one happens to stand in may hold another."""
    here = str(Path(capgame.__file__).parents[1])
    path = os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": os.pathsep.join([here, path] if path else [here]), "PYTHONIOENCODING": "utf-8"}


def _unnamed(said: str) -> str:
    """Without the name of what was read: there is only one code on the page."""
    return re.sub(rf"(?m)^{STDIN}: ", "", said)
