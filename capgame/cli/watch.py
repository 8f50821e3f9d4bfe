"""Waits until files change, by looking at their times: it needs nothing installed, and any file system will do."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

EVERY_S = 0.3


def watch(paths: Callable[[], Sequence[str]]) -> Iterator[list[str]]:
    """All the files at first, then, again and again, those that are new or changed. `paths` says which there are."""
    seen: dict[str, tuple[int, int]] = {}
    while True:
        now = {path: _stamp(path) for path in paths()}
        changed = [path for path, stamp in now.items() if stamp != seen.get(path)]
        seen = now
        if changed:
            yield changed
        time.sleep(EVERY_S)


def _stamp(path: str) -> tuple[int, int]:
    """When a file was written and how long it is; an editor may replace it in between, and then it is nothing."""
    try:
        found = Path(path).stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)
