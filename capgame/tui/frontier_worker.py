"""The frontier in a process of its own, remembered for as long as the game is open."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable
from contextlib import redirect_stderr
from typing import TYPE_CHECKING, Any

from capgame.errors import CapgameError
from capgame.levels.level import Level

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor


class FrontierWorker:
    """One process, started when it is first needed. Without it the game goes on, and the plot stays empty."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], dict[str, Any]] = {}
        self._pool: ProcessPoolExecutor | None = None

    async def __call__(self, level: Level, seed: str) -> dict[str, Any] | None:
        """Every offer of the level left alone on this seed; None if it could not be had."""
        key = (level.hash, seed)
        if key not in self._known:
            try:
                self._known[key] = await self._ask(level, seed)
            except (RuntimeError, OSError, CapgameError):  # a broken pool is a RuntimeError
                return None
        return self._known[key]

    def _ask(self, level: Level, seed: str) -> Awaitable[dict[str, Any]]:
        import multiprocessing  # here, all three: the first frame does not wait for them
        from concurrent.futures import ProcessPoolExecutor

        from capgame.play.frontier import in_process

        loop = asyncio.get_running_loop()
        # Processes are started in here, and want a standard error with a number: Textual's has none.
        with redirect_stderr(sys.__stderr__):
            if self._pool is None:
                # Not forked: this process has threads of trio's and a terminal.
                self._pool = ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))
            return loop.run_in_executor(self._pool, in_process, level.source, level.path, seed)

    def stop(self) -> None:
        """Wait for nobody."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None
