"""Another Python for a moment: given something, it answers within its time, or it is ended.

A thread talks to it, so that nothing has to be awaited on the way out: a process that is killed lets its thread go.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ended:
    """A process that came to its end."""

    code: int
    answer: bytes = b""
    said: bytes = b""  # on standard error


async def run_python(
    words: Sequence[str], given: str, limit_s: float, *, answers: bool = True,
    environment: Mapping[str, str] | None = None,
) -> Ended | None:  # fmt: skip
    """Run this Python with these words, and `given` on standard input; None if it took too long. Raises OSError.

    Without `answers` it has nowhere to write: what it starts may live on, and would keep a pipe open as long.
    """
    output = subprocess.PIPE if answers else subprocess.DEVNULL
    # -P: not what happens to lie in the folder one stands in.
    process = subprocess.Popen(
        [sys.executable, "-P", *words], env=environment, stdin=subprocess.PIPE, stdout=output, stderr=output
    )
    try:
        return await asyncio.to_thread(_talk, process, given.encode("utf-8", "replace"), limit_s)
    finally:
        process.kill()  # one that has ended does not mind


def _talk(process: subprocess.Popen[bytes], given: bytes, limit_s: float) -> Ended | None:
    with process:
        try:
            answer, said = process.communicate(given, limit_s)
        except subprocess.TimeoutExpired:
            process.kill()
            return None
    return Ended(process.returncode, answer or b"", said or b"")
