"""From home through the plan into the shift, and back in after a loss."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

from players import Player, a_win, playing

from capgame.draw.ink import Ink
from capgame.levels.catalogue import every, find
from capgame.play.headless import run_level
from capgame.play.keep.save import Progress
from capgame.tui.briefing_screen import BriefingScreen
from capgame.tui.home_screen import HomeScreen
from capgame.tui.messages import ShiftOver
from capgame.tui.options import Options
from capgame.tui.postmortem_screen import PostmortemScreen
from capgame.tui.shift_screen import ShiftScreen

S = 1_000_000


def screen_of(player: Player) -> type:
    return type(player.app.screen)


async def finish(player: Player, **changed: Any) -> None:
    """The shift ends as it does when it is left alone, but for what is changed; without being played here."""
    setting = player.shift.setting
    result = run_level(setting.level, strategy=setting.offer.name).result
    player.app.post_message(ShiftOver(result | changed))
    await player.pilot.pause()


def test_home_plan_shift_and_every_step_back(tmp_path: Path) -> None:
    """↵ ↵ from home is the shift, stopped at 0:00; esc goes back home from the plan."""

    async def main() -> None:
        async with playing(tmp_path, won=True) as player:
            await player.press("enter")
            assert screen_of(player) is BriefingScreen
            for words in ("HOW WILL THE CLUSTER KEEP ITS WORD?", "1 in 14 may go unanswered", "GOOD DAY", "CLUSTER"):
                assert words in player.text, words
            await player.press("escape")
            assert screen_of(player) is HomeScreen
            await player.press("enter", "enter")
            assert player.shift.live.session.now == 0
            assert not player.shift.live.running

    asyncio.run(main())


def test_a_level_that_is_named_is_briefed_first(tmp_path: Path) -> None:
    """With the strategy and seed that were asked for; on the first run the shift is on at once."""

    async def main() -> None:
        async with playing(tmp_path / "a", won=True, at_once=True, offer="pb-async", seed="MANGO") as player:
            assert "[pb-async]" in player.text
            assert "seed MANGO" in player.text
            await player.press("enter")
            setting = player.shift.setting
            assert (setting.offer.name, setting.seed) == ("pb-async", "MANGO")
        async with playing(tmp_path / "b", at_once=True) as player:
            assert screen_of(player) is ShiftScreen

    asyncio.run(main())


def test_after_a_loss_enter_twice_is_the_whole_way_back_in(tmp_path: Path) -> None:
    """Postmortem, plan as it was, shift; `a` skips the plan."""

    async def main() -> None:
        async with playing(tmp_path, won=True) as player:
            await player.press("enter", "2", "enter")
            await finish(player, outcome="lost", stars=0)
            assert screen_of(player) is PostmortemScreen
            await player.press("enter")
            assert "[pb-async]" in player.text
            await player.press("enter")
            assert player.shift.setting.offer.name == "pb-async"
            assert player.shift.live.session.now == 0
            await finish(player, outcome="lost", stars=0)
            await player.press("a")
            assert player.shift.setting.offer.name == "pb-async"

    asyncio.run(main())


def test_after_a_win_enter_goes_on_to_the_next_level(tmp_path: Path) -> None:
    """And so does `n`, whatever the outcome; `p` is the plan once more."""

    async def main() -> None:
        async with playing(tmp_path, won=True) as player:
            await player.press("enter", "enter")
            await finish(player, outcome="won", stars=2)
            assert "next level" in player.text
            await player.press("p")
            assert "The First Cut" in player.text
            await player.press("enter")
            await finish(player, outcome="won", stars=2)
            await player.press("enter")
            assert screen_of(player) is BriefingScreen
            assert "Two Rooms" in player.text
            await player.press("enter")
            assert player.shift.setting.level.id == "two-rooms"
            await finish(player, outcome="lost", stars=0)
            assert "next level" not in player.text  # act II is not open yet
            await player.press("n")
            assert screen_of(player) is PostmortemScreen

    asyncio.run(main())


def test_levels_are_chosen_at_home(tmp_path: Path) -> None:
    """← → go through all of them, ↑ ↓ through acts; what is not open says what opens it and cannot be played."""

    async def main() -> None:
        async with playing(tmp_path, won=True) as player:
            await player.press("right")
            assert "TWO ROOMS" in player.text
            await player.press("right")
            assert "ODD ONE OUT" in player.text
            assert "opens with 2 wins in act I" in player.text
            await player.press("enter")
            assert screen_of(player) is HomeScreen
            await player.press("up")
            assert "THE FIRST CUT" in player.text
            await player.press("down", "left", "enter")
            assert "Two Rooms  1·2" in player.text
        progress = Progress.load(tmp_path)
        progress.record(a_win() | {"level": {"id": "two-rooms"}})
        async with playing(tmp_path) as player:
            await player.press("down", "enter")
            assert "Odd One Out  2·1" in player.text

    asyncio.run(main())


def test_the_mouse_chooses_level_offer_and_page(tmp_path: Path) -> None:
    """A station once and again, a card, and twice to play it."""

    async def main() -> None:
        async with playing(tmp_path, won=True, size=(80, 24)) as player:
            await player.click("○")
            assert "TWO ROOMS" in player.text
            await player.click("◉")
            assert screen_of(player) is BriefingScreen
            assert "THE CONTRACT" in player.text
            await player.click(" plan ")
            await player.click("pb-sync")
            assert "[pb-sync]" in player.text
            await player.click("[pb-sync]", times=2)
            assert player.shift.setting.offer.name == "pb-sync"

    asyncio.run(main())


def test_at_80x24_tab_turns_the_page(tmp_path: Path) -> None:
    """Story and plan; ↵ starts from either; at 120x40 both are there."""

    async def main() -> None:
        async with playing(tmp_path, won=True, size=(80, 24)) as player:
            await player.press("enter")
            assert "THE CONTRACT" in player.text
            assert "GOOD DAY" not in player.text
            await player.press("tab")
            assert "GOOD DAY" in player.text
            assert "THE CONTRACT" not in player.text
            assert "esc home" in player.text
            await player.pilot.resize_terminal(120, 40)
            assert "THE CONTRACT" in player.text
            assert "GOOD DAY" in player.text
            await player.pilot.resize_terminal(30, 10)
            await player.pilot.resize_terminal(80, 24)
            await player.press("tab", "enter")
            assert screen_of(player) is ShiftScreen

    asyncio.run(main())


def test_paper_and_hints(tmp_path: Path) -> None:
    """`p` is a page of its own, `i` gives one hint after the other and stops at the last."""

    async def main() -> None:
        async with playing(tmp_path, won=True) as player:
            await player.press("enter", "p")
            assert "Ongaro's dissertation 2014" in player.text
            assert "election-timeout" in player.text
            await player.press("escape")
            assert screen_of(player) is BriefingScreen
            assert "THE CONTRACT" in player.text
            for number in (1, 2, 3, 3):
                await player.press("i")
                assert f"HINT {number} OF 3" in player.text

    asyncio.run(main())


def test_knobs_are_turned_and_the_plan_is_remembered(tmp_path: Path) -> None:
    """↑↓ choose, ←→ turn, the ends hold; the shift runs with them, and a later briefing still has them."""
    level = replace(find("first-cut"), plan_knobs=("reads", "election-timeout", "replication"))

    async def main() -> None:
        async with playing(tmp_path, won=True, level=level) as player:
            await player.press("enter")
            assert "[index]" in player.text
            await player.press("right", "right", "right", "right", "down", "left", "left")
            assert "[local]" in player.text
            assert "[500ms]" in player.text
            await player.press("enter")
            assert player.shift.setting.knobs["reads"] == "local"
            assert player.shift.setting.knobs["election-timeout"] == S // 2
            await player.press("escape", "enter", "enter")
            assert "[local]" in player.text
            await player.press("2")
            assert "[async]" in player.text
            await player.press("1")
            assert "[local]" in player.text
            await player.click(" lease ")
            assert "[lease]" in player.text

    asyncio.run(main())


def test_watching_is_fast_marked_powerless_and_not_kept(tmp_path: Path) -> None:
    """`w`: four times the speed, no stop at pages, no move, and afterwards the save is as it was."""

    async def main() -> None:
        async with playing(tmp_path, won=True) as player:
            await player.press("enter", "w")
            shift = player.shift
            assert shift.live.running
            await player.frames(30)
            assert shift.live.session.now > 7 * S
            for words in ("Watching The First Cut", "left alone", "4×", "nothing is kept"):
                assert words in player.text, words
            await player.press("r", "colon")
            await shift.submit("route eu n1")
            assert not shift.live.session.operator.records
            assert await player.until_it_stops() == shift.live.session.duration
            assert "you can" not in player.text
            for _ in range(50):
                await player.frames(1)
                await player.pilot.pause()
                if screen_of(player) is PostmortemScreen:
                    break
            assert "new best" not in player.text
            await player.press("enter", "w", "escape")
            assert screen_of(player) is BriefingScreen
        assert Progress.load(tmp_path).best("first-cut").played == 1

    asyncio.run(main())


def test_every_level_and_ink_is_briefed(tmp_path: Path) -> None:
    """Whatever is shipped; ascii is ascii."""

    async def main() -> None:
        for ink in Ink:
            async with playing(tmp_path, won=True, options=Options(ink=ink, reduced_motion=True)) as player:
                for level in every():
                    player.app.campaign.choose(level.id)
                    await player.press("enter")
                    assert screen_of(player) is BriefingScreen
                    assert level.title in player.text
                    assert ink is not Ink.ASCII or player.text.isascii()
                    await player.press("escape")

    asyncio.run(main())
