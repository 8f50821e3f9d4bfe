"""Advice for values that YAML reads as something else: it shows the line's value in quotes.

Cut texts begin with `*` and `[` or hold `|` and `~`, and sentences hold `: `. YAML has meanings of its own for all
of these, and its complaint names the meaning, not the missing pair of quotes.
"""

from __future__ import annotations

import re

# A value, as a person sees it: alone on its line, or in braces up to `, key:` or the closing brace, or an item.
ALONE = re.compile(r"^ *(?:- +)*(?P<key>[\w.~-]+): +(?P<value>[^\s'\"{].*?) *(?: #.*)?$")
BRACED = re.compile(r"(?P<key>[\w.~-]+): +(?P<value>[^\s'\"{].*?)(?= *(?:, *[\w.~-]+: |\}|$))")
ITEM = re.compile(r"^ *(?:- +)+(?P<value>[^\s'\"{-].*?) *$")
MISREAD = re.compile(r"^[*&!\[\]{}%@`|>?]|[|~\[]|-/|->|: ")


def quote_this(line: str, column: int) -> str:
    """`quote this: cut: "* -/> n1"`, for the value at or before the column (from 1), or nothing if none is to blame."""
    braced = [found for found in BRACED.finditer(line) if found.start() < column]
    if found := ALONE.match(line) or (braced[-1] if braced else None):
        return _advice(f"{found['key']}: ", found["value"])
    item = ITEM.match(line)
    return _advice("- ", item["value"]) if item else ""


def _advice(head: str, value: str) -> str:
    return f"quote this: {head}{quoted(value)}" if MISREAD.search(value) else ""


def quoted(value: str) -> str:
    """The value between double quotes, as YAML writes it."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
