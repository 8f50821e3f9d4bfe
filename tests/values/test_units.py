"""Lengths, rates and shares: units are required, and only integers come out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capgame.errors import BadInput
from capgame.values import units

LENGTHS_US = st.integers(0, 1_000 * units.HOUR_US)


@pytest.mark.parametrize(
    ("text", "us"),
    [
        ("250ms", 250_000),
        ("6s", 6_000_000),
        ("1m30s", 90_000_000),
        ("1.204s", 1_204_000),
        ("1h2m3.5s", 3_723_500_000),
        ("0s", 0),
        ("5us", 5),
        (" 2ms ", 2_000),
    ],
)
def test_a_length_of_time_is_whole_microseconds(text: str, us: int) -> None:
    assert units.parse_duration(text) == us
    assert units.parse_instant(text) == us


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("1:30", "write 1m30s"),
        ("0:24.6", "write 24.6s"),
        ("1:00:05", "write 1h5s"),
        ("90", "write 90s"),
        ("2 min", "write 2m"),
        ("400 msecs", "write 400ms"),
        ("6S", "write 6s"),
        ("soon", "write for example"),
        ("", "write for example"),
        ("30s1m", "write for example"),
        ("1.5m30s", "write for example"),
        ("9" * 5_000 + "s", "write for example"),
        ("٣s", "write for example"),
    ],
)
def test_a_length_without_its_unit_is_refused_with_the_right_spelling(text: str, advice: str) -> None:
    with pytest.raises(BadInput) as refused:
        units.parse_duration(text, "deadline")
    (problem,) = refused.value.problems
    assert problem.thing == "deadline"
    assert problem.value == text
    assert problem.advice.startswith(advice)


def test_less_than_a_microsecond_is_refused_not_rounded() -> None:
    with pytest.raises(BadInput, match="whole number of microseconds"):
        units.parse_duration("0.0000001s")


def test_only_a_signed_length_may_be_negative() -> None:
    assert units.parse_duration("-45s", signed=True) == -45_000_000
    assert units.parse_share("-5%", signed=True) == -50_000
    for parse in (units.parse_duration, units.parse_instant, units.parse_share):
        with pytest.raises(BadInput):
            parse("-45s")


@pytest.mark.parametrize(("text", "milli"), [("20/s", 20_000), ("0.5/s", 500), ("0/s", 0), ("0.001/s", 1)])
def test_a_rate_is_operations_per_thousand_seconds(text: str, milli: int) -> None:
    assert units.parse_rate(text) == milli


@pytest.mark.parametrize(("text", "example"), [("20", "20/s"), ("0.5", "0.5/s"), ("20/m", "20/s"), ("-1/s", "20/s")])
def test_a_rate_without_its_unit_is_refused(text: str, example: str) -> None:
    with pytest.raises(BadInput, match=f"write (for example )?{example}"):
        units.parse_rate(text)


@pytest.mark.parametrize(("text", "ppm"), [("70%", 700_000), ("99.5%", 995_000), ("0%", 0), ("100%", 1_000_000)])
def test_a_share_is_parts_per_million(text: str, ppm: int) -> None:
    assert units.parse_share(text) == ppm


@pytest.mark.parametrize(("text", "advice"), [("70", "write 70%"), ("0.7", "write 70%"), ("101%", "part of a whole")])
def test_a_share_without_its_sign_or_beyond_the_whole_is_refused(text: str, advice: str) -> None:
    with pytest.raises(BadInput, match=advice):
        units.parse_share(text)


@pytest.mark.parametrize(
    ("us", "text"),
    [(400_000, "400ms"), (90_000_000, "1m30s"), (1_204_000, "1.204s"), (1_500, "1.5ms"), (0, "0s"), (7, "7us")],
)
def test_lengths_are_shown_short(us: int, text: str) -> None:
    assert units.show_duration(us) == text


@given(st.one_of(LENGTHS_US, LENGTHS_US.map(lambda us: -us)))
def test_a_length_that_was_shown_reads_back(us: int) -> None:
    assert units.parse_duration(units.show_duration(us), signed=True) == us


@given(st.integers(0, 10**11))
def test_a_rate_that_was_shown_reads_back(milli: int) -> None:
    assert units.parse_rate(units.show_rate(milli)) == milli


@given(st.integers(-1_000_000, 1_000_000))
def test_a_share_that_was_shown_reads_back(ppm: int) -> None:
    assert units.parse_share(units.show_share(ppm), signed=True) == ppm


@given(st.text(max_size=20))
def test_any_text_is_parsed_or_refused_politely(text: str) -> None:
    for parse in (units.parse_duration, units.parse_instant, units.parse_rate, units.parse_share):
        try:
            parsed = parse(text)
        except BadInput:
            continue
        assert isinstance(parsed, int)


def test_a_clock_never_runs_ahead() -> None:
    assert units.clock(24_699_999) == "0:24.6"
    assert units.show_seconds(14_299_999) == "14.2 s"
    assert units.clock(90_000_000, tenths=False) == "1:30"
    assert units.clock(0) == "0:00.0"
