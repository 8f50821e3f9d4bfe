"""Whatever the bytes, out comes a level or bad input: never another exception, and never after long."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from capgame.errors import BadInput
from capgame.levels.load import load_bytes

HARBOUR = (Path(__file__).parent / "harbour.yaml").read_bytes()

# What YAML, cuts, claims and hostile people are made of.
PIECES = (
    *("a: ", "b: ", "- ", "{", "}", "[", "]", ", ", ": ", "? ", "| ", "> ", "&a ", "*a", "!t ", "!!str ", "<<: "),
    *("'", '"', "\\", "\\x", "\\UFFFFFFFF", "\n", "\n  ", "  ", "\t", "\x07", "\u2028", "\ufeff", "é", "#", "@", "`"),
    *("%YAML 1.2\n", "---", "...", "|", "-/>", "n1", "ring(", "12s", "1:30", "on", "is", "9", "99999999999", "%", "/s"),
    *("capgame: 1\n", "faults:\n  - ", "cluster: ", "~", "="),
)

LINES = HARBOUR.splitlines(keepends=True)


def loads_or_is_refused(data: bytes) -> None:
    with suppress(BadInput):
        load_bytes(data, "x.yaml")


@given(st.binary(max_size=200))
def test_any_bytes(data: bytes) -> None:
    loads_or_is_refused(data)


@given(st.lists(st.sampled_from(PIECES), max_size=24))
@example(['"', "\\UFFFFFFFF", '"'])
def test_any_pieces_of_yaml(pieces: list[str]) -> None:
    loads_or_is_refused("".join(pieces).encode())


@settings(max_examples=150)
@given(st.integers(0, len(HARBOUR) - 1), st.sampled_from(PIECES), st.integers(0, 12))
def test_a_level_with_one_piece_written_over(at: int, piece: str, gone: int) -> None:
    loads_or_is_refused(HARBOUR[:at] + piece.encode() + HARBOUR[at + gone :])


@settings(max_examples=100)
@given(
    st.lists(st.sampled_from(range(len(LINES))), max_size=4), st.sampled_from(("{}", "[]", "[a]", "{a: b}", "", "9"))
)
def test_a_level_with_values_of_the_wrong_shape(places: list[int], shape: str) -> None:
    lines = list(LINES)
    for place in places:
        key, colon, _ = lines[place].partition(b":")
        lines[place] = key + colon + b" " + shape.encode() + b"\n"
    loads_or_is_refused(b"".join(lines))


@settings(max_examples=100)
@given(st.integers(0, 60), st.sampled_from(("{}", "[]", "[[]]", "{a: {b: c}}", "''", "[{}]")))
def test_a_level_with_one_inner_value_of_the_wrong_shape(which: int, shape: str) -> None:
    parts = HARBOUR.split(b": ")
    which %= len(parts) - 1
    value, comma, rest = parts[which + 1].partition(b",")
    after = comma + rest if comma else b"\n" + value.partition(b"\n")[2]
    loads_or_is_refused(b": ".join([*parts[: which + 1], shape.encode() + after, *parts[which + 2 :]]))
