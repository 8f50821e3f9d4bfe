"""Seeds: what sounds alike is alike, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capgame.errors import BadInput
from capgame.values import seed


def test_letters_that_are_misheard_are_one() -> None:
    assert seed.canonical("KIWI") == seed.canonical("kiwi") == seed.canonical("KlW1") == "K1W1"
    assert seed.canonical("MOSS7") == "M0SS7"


@pytest.mark.parametrize("text", ["", "   ", "TOOLONG", "UUU", "a-b", "é", "kıwi", "ſ", "K\x1b"])
def test_what_is_no_seed_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="seed"):
        seed.canonical(text)


def test_leading_zeros_are_part_of_the_name() -> None:
    assert seed.canonical("07") != seed.canonical("7")


@given(st.text(seed.ALPHABET, min_size=1, max_size=seed.LENGTH_MAX))
def test_a_canonical_seed_is_its_own_canonical_form(text: str) -> None:
    assert seed.canonical(text) == text == seed.canonical(text.lower())


@given(st.integers(0, seed.SEEDS - 1), st.integers(0, seed.SEEDS - 1))
def test_two_numbers_spell_two_seeds(one: int, other: int) -> None:
    assert seed.canonical(seed.spell(one)) == seed.spell(one)
    assert (seed.spell(one) == seed.spell(other)) == (one == other)
