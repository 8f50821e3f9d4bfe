"""What commands print and write: one JSON document, plain tables, files.

Nothing here colours anything, and everything that came from a level or a replay goes through `plain`.
"""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Iterable, Sequence
from pathlib import Path

from capgame.errors import BadInput, Problem, plain

WIDTH = 80


def print_json(document: object) -> None:
    """The one document on standard output. ASCII only, so that no locale can break it."""
    print(json.dumps(document, indent=2, ensure_ascii=True))


def complain(text: str) -> None:
    """A message on standard error, without anything a terminal would obey."""
    print(plain(text), file=sys.stderr)


def print_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table whose last column is wrapped, so that it stays within 80 cells."""
    table = [[plain(cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(row[index]) for row in table) for index in range(len(head) - 1)]
    indent = sum(widths) + 2 * len(widths)
    for row in table:
        first = "".join(f"{cell:<{width}}  " for cell, width in zip(row[:-1], widths, strict=True))
        lines = textwrap.wrap(row[-1], max(20, WIDTH - indent), break_on_hyphens=False) or [""]
        print((first + lines[0]).rstrip())
        for line in lines[1:]:
            print(" " * indent + line)


def read_text(path: str, thing: str, most: int = 1_000_000) -> str:
    """The text of a file that was named on the command line, `-` being standard input; at most `most` bytes."""
    try:
        content = _read_bytes(path, most + 1)
    except OSError as error:
        raise BadInput(Problem(thing, path, "a file that can be read", error.strerror or "")) from None
    if len(content) > most:
        raise BadInput(Problem(thing, path, f"a file of at most {most:,} bytes"))
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadInput(Problem(thing, path, "text in UTF-8", f"byte {error.start} is not")) from None


def _read_bytes(path: str, most: int) -> bytes:
    if path == "-":
        return sys.stdin.buffer.read(most) if sys.stdin else b""
    with Path(path).open("rb") as file:
        return file.read(most)


def write_text(path: str, thing: str, lines: Iterable[str]) -> None:
    """Write lines that end in a newline to a file that was named on the command line."""
    try:
        with Path(path).open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(lines)
    except OSError as error:
        raise BadInput(Problem(thing, path, "a file that can be written", error.strerror or "")) from None
