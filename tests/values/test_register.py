"""The sequential register."""

from __future__ import annotations

import pytest

from capgame.values import register


def test_a_read_answers_the_last_write_and_changes_nothing():
    state, answer = register.apply(register.INITIAL, "read", None)
    assert (state, answer) == (0, 0)
    state, answer = register.apply(state, "write", 7)
    assert (state, answer) == (7, 7)
    assert register.apply(state, "read", None) == (7, 7)


@pytest.mark.parametrize(("f", "value"), [("write", 0), ("write", None), ("cas", 3)])
def test_what_registers_do_not_have_is_refused(f, value):
    with pytest.raises(ValueError, match="register:"):
        register.apply(0, f, value)
