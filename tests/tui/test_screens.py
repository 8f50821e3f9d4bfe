"""Every size, every ink, and whoever presses anything."""

from __future__ import annotations

import asyncio
import random
from pathlib import Path

import pytest
from players import playing

from capgame.draw.ink import Ink
from capgame.tui.home_screen import HomeScreen
from capgame.tui.options import Options

KEYS = (
    "space", "space", "minus", "plus", "full_stop", "tab", "shift+tab", "colon", "i", "g", "r", "e", "u", "1", "2", "3",
    "h", "enter", "escape", "left", "right", "up", "down", "question_mark", "backspace", "a", "t", "z", "f", "x", "p",
    "ctrl+p", "home", "end", "delete", "0", "q", "C", "ctrl+a", "f1", "pageup",
)  # fmt: skip


def test_at_80x24_everything_that_counts_is_there(tmp_path: Path) -> None:
    """Headline, both budgets, customers, playhead, attention; pager and inspector are drawers."""

    async def main() -> None:
        async with playing(tmp_path, size=(80, 24)) as player:
            await player.press("space")
            await player.until_it_stops()
            text = player.text
            assert len(text.splitlines()) == 24
            for words in ("IS REFUSED", "UPTIME", "TRUTH", "⌂ 10", "ATTENTION", "✕ CUT", "┃"):
                assert words in text, words
            assert "PAGER" not in text
            await player.press("g")
            assert "PAGER" in player.text
            await player.press("escape", "tab", "i")
            assert "hears" in player.text
            await player.press("escape")
            assert "hears" not in player.text

    asyncio.run(main())


def test_the_screen_follows_the_terminal(tmp_path: Path) -> None:
    """From 80x24 to 200x60 and back in the middle of a shift; too small says so, and nothing is lost."""

    async def main() -> None:
        async with playing(tmp_path, size=(80, 24)) as player:
            await player.press("space")
            await player.frames(20)
            for width, height in ((200, 60), (120, 40), (100, 24), (80, 40), (79, 24), (20, 5), (1, 1), (120, 40)):
                await player.pilot.resize_terminal(width, height)
                await player.frames(3)
                if width < 80 or height < 24:
                    assert width < 20 or "capgame needs 80x24" in player.text
                else:
                    assert "ATTENTION" in player.text
                    assert ("PAGER" in player.text) == (width >= 100)
            assert player.shift.live.session.now > 1_000_000

    asyncio.run(main())


@pytest.mark.parametrize("ink", list(Ink))
def test_every_ink_draws_every_screen(tmp_path: Path, ink: Ink) -> None:
    """Shift, help, postmortem, home; ascii ink is ascii."""

    async def main() -> None:
        texts = []
        async with playing(tmp_path, options=Options(ink=ink, reduced_motion=True)) as player:
            await player.press("space")
            await player.frames(30)
            texts.append(player.text)
            await player.press("question_mark")
            texts.append(player.text)
            await player.press("escape")
            await player.until_it_is_over()
            texts.append(player.text)
            await player.press("escape")
            assert isinstance(player.app.screen, HomeScreen)
            texts.append(player.text)
        assert ink is not Ink.ASCII or all(text.isascii() for text in texts)
        assert all(len(set(text)) > 20 for text in texts)

    asyncio.run(main())


def test_no_color_is_drawn_in_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With NO_COLOR nothing carries a colour, and nothing crashes."""
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    async def main() -> None:
        async with playing(tmp_path, options=Options()) as player:
            assert player.app.dress.ink is Ink.LINE
            assert "╭──" in player.text

    asyncio.run(main())


def test_another_theme_is_worn_at_once(tmp_path: Path) -> None:
    """Any theme works; one that cannot be mixed gets lines."""

    async def main() -> None:
        async with playing(tmp_path, options=Options()) as player:
            for theme in ("cap-day", "gruvbox", "textual-light", "nord"):
                player.app.theme = theme
                await player.pilot.pause()
                assert player.app.dress.palette.background == player.app.theme_variables["background"]

    asyncio.run(main())


def test_a_covered_shift_waits(tmp_path: Path) -> None:
    """Help lies over it: no time goes by."""

    async def main() -> None:
        async with playing(tmp_path) as player:
            shift = player.shift
            await player.press("space")
            await player.frames(10)
            before = shift.live.session.now
            await player.press("question_mark")
            await player.frames(10)
            assert shift.live.session.now == before
            await player.press("escape")
            await player.frames(10)
            assert shift.live.session.now > before

    asyncio.run(main())


def test_a_step_is_one_event(tmp_path: Path) -> None:
    """`.` stops the clock and goes on by little, every time."""

    async def main() -> None:
        async with playing(tmp_path) as player:
            await player.press("space")
            await player.frames(10)
            seen = []
            for _ in range(5):
                await player.press("full_stop")
                seen.append(player.shift.live.session.now)
            assert not player.shift.live.running
            assert seen == sorted(set(seen))
            assert seen[-1] - seen[0] < 1_000_000

    asyncio.run(main())


async def stays() -> None:
    """Instead of quitting."""


@pytest.mark.parametrize("seed", [1, 2])
def test_a_monkey_breaks_nothing(tmp_path: Path, seed: int) -> None:
    """A few hundred random keys and clicks, with time going by between them. It cannot quit."""

    async def main() -> None:
        dice = random.Random(seed)
        async with playing(tmp_path, won=True) as player:
            player.app.action_quit = stays  # type: ignore[method-assign]
            for _ in range(300):
                if dice.random() < 0.1:
                    await player.pilot.click(offset=(dice.randrange(120), dice.randrange(40)))
                else:
                    # Pilot's own press waits for an idle processor after every key.
                    player.app.simulate_key(dice.choice(KEYS))
                    await asyncio.sleep(0)
                if dice.random() < 0.3:
                    await asyncio.sleep(0.002)
                    await player.clock.tick(dice.randrange(1, 250_000))
            await player.pilot.pause()
            assert player.app.is_running

    asyncio.run(main())
