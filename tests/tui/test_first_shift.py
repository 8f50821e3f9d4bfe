"""From nothing to the first win: by keys, by mouse, by command, by palette."""

from __future__ import annotations

import asyncio
from pathlib import Path

from players import Player, playing

from capgame.play.keep.save import Progress
from capgame.tui.home_screen import HomeScreen
from capgame.tui.postmortem_screen import PostmortemScreen
from capgame.tui.shift_screen import ShiftScreen

S = 1_000_000


def result_of(player: Player) -> dict[str, object]:
    screen = player.app.screen
    assert isinstance(screen, PostmortemScreen)
    return screen._result


def test_the_first_run_opens_the_shift_stopped_at_the_start(tmp_path: Path) -> None:
    """No home, no briefing: the clock stands at 0:00, and the headline says which two keys there are."""

    async def main() -> None:
        async with playing(tmp_path) as player:
            await player.frames(10)
            assert player.shift.live.session.now == 0
            assert "YOU ARE ON CALL" in player.text
            assert "space  starts the clock" in player.text
            assert "r  when it hurts" in player.text

    asyncio.run(main())


def test_keys_alone_win_with_three_stars(tmp_path: Path) -> None:
    """space, wait for the clock to stop by itself, r e 1, space: three stars, kept in the save."""

    async def main() -> None:
        async with playing(tmp_path) as player:
            await player.press("space")
            stopped = await player.until_it_stops()
            assert 12 * S < stopped <= 14 * S
            await player.press("r")
            assert "ROUTE WHOM" in player.text
            await player.press("e")
            assert "ROUTE EU TO" in player.text
            assert "110 ms ✓" in player.text
            await player.press("1")
            await player.press("space")
            await player.until_it_is_over()
            assert result_of(player)["stars"] == 3
            assert "Both promises kept." in player.text
        assert Progress.load(tmp_path).best("first-cut").stars == 3

    asyncio.run(main())


def test_keys_that_come_at_once_are_taken_in_their_order(tmp_path: Path) -> None:
    """`r e 1` pasted, or typed while the machine is busy, is a move all the same; so is `:route eu n2` and ↵."""

    async def main() -> None:
        async with playing(tmp_path) as player:
            await player.burst("re1")
            await player.burst(":route eu n2\r")
            records = player.shift.live.session.operator.records
            assert [record.move.text for record in records] == ["route eu n1", "route eu n2"]

    asyncio.run(main())


def test_arrows_and_enter_alone_win_too(tmp_path: Path) -> None:
    """The palette begins a move without letters; ↵ takes what is marked, which is what the headline names."""

    async def main() -> None:
        async with playing(tmp_path) as player:
            await player.press("enter")
            await player.until_it_stops()
            await player.press("r", "enter")
            assert ": route eu n1" in player.text
            await player.press("right", "left", "enter", "enter")
            await player.until_it_is_over()
            assert result_of(player)["stars"] == 3

    asyncio.run(main())


def test_the_mouse_alone_wins(tmp_path: Path) -> None:
    """Click the cap that starts the clock, the verb, the customers, the node."""

    async def main() -> None:
        async with playing(tmp_path) as player:
            await player.click("starts the clock")
            assert player.shift.live.running
            await player.until_it_stops()
            await player.click("r  route ◆")
            await player.click("10/s customers")
            assert "ROUTE EU TO" in player.text
            await player.click("n1   leader")
            await player.click("go on")
            await player.until_it_is_over()
            assert result_of(player)["stars"] == 3

    asyncio.run(main())


def test_the_command_line_completes_and_runs(tmp_path: Path) -> None:
    """`:` stops the clock, tab completes legal words, ↵ runs, and the clock goes on."""

    async def main() -> None:
        async with playing(tmp_path) as player:
            await player.press("space")
            await player.frames(20)
            await player.press("colon")
            assert not player.shift.live.running
            await player.press("r", "tab", "e", "tab")
            assert player.shift.line.value == "route eu "
            assert "n1 · n2 · n3 · home" in player.text
            await player.press("n", "1", "enter")
            assert player.shift.live.running
            assert [move.text for move in (r.move for r in player.shift.live.session.operator.records)] == [
                "route eu n1"
            ]
            assert "route eu n1: accepted" in player.text

    asyncio.run(main())


def test_a_refusal_says_why_and_stays_to_be_mended(tmp_path: Path) -> None:
    """A node that is not there: the nearest are named, and the line is still open."""

    async def main() -> None:
        async with playing(tmp_path) as player:
            await player.press("colon", *"route", "space", *"eu", "space", *"n9", "enter")
            assert "n9" in player.text
            assert "REFUSED" in player.text
            assert "there is n1, n2, n3, home" in player.text
            assert player.shift.line.has_class("-open")
            await player.press("escape")
            assert not player.shift.line.has_class("-open")

    asyncio.run(main())


def test_attention_that_is_spent_refuses_with_the_time(tmp_path: Path) -> None:
    """Three moves, then none: the key says when the next can be paid."""

    async def main() -> None:
        async with playing(tmp_path) as player:
            for node in ("n1", "n2", "n3"):
                await player.shift.submit(f"route eu {node}")
            await player.press("r")
            assert "route costs 1 and 0 are left: one more in 20.0 s" in player.text

    asyncio.run(main())


def test_the_palette_lists_the_legal_moves(tmp_path: Path) -> None:
    """ctrl+p stops the shift, shows every whole move, and ↵ runs the chosen one."""

    async def main() -> None:
        async with playing(tmp_path) as player:
            shift = player.shift
            await player.press("space")
            await player.frames(5)
            await player.press("ctrl+p")
            await player.pilot.pause(0.3)
            assert not shift.live.running
            assert "route us n1" in player.text
            await player.press(*"eu", "space", *"n2")
            await player.pilot.pause(0.4)
            await player.press("enter")
            await player.pilot.pause(0.2)
            assert [record.move.text for record in shift.live.session.operator.records] == ["route eu n2"]
            assert player.shift.live.running

    asyncio.run(main())


def test_leaving_a_shift_is_asked_for(tmp_path: Path) -> None:
    """esc asks and holds the clock; esc stays, ↵ leaves for home, and nothing is recorded."""

    async def main() -> None:
        async with playing(tmp_path) as player:
            await player.press("space")
            await player.frames(5)
            await player.press("escape")
            assert not player.shift.live.running
            assert "LEAVE" in player.text
            await player.press("escape")
            assert player.shift.live.running
            await player.press("escape", "enter")
            assert isinstance(player.app.screen, HomeScreen)
            assert "take the first shift" in player.text
            await player.press("enter")
            assert player.shift.live.session.now == 0
        assert Progress.load(tmp_path).played == 0

    asyncio.run(main())


def test_after_a_loss_enter_is_the_way_back_in(tmp_path: Path) -> None:
    """Left alone it is lost; nothing is unlocked, and ↵ plays again."""

    async def main() -> None:
        async with playing(tmp_path) as player:
            await player.press("space")
            await player.until_it_is_over()
            assert result_of(player)["outcome"] == "lost"
            assert "pb-async" not in player.text
            await player.press("enter")
            assert player.shift.live.session.now == 0

    asyncio.run(main())


def test_the_first_win_unlocks_the_lie(tmp_path: Path) -> None:
    """Who has won comes home; the briefing has the other strategy under `2`, and so has the postmortem."""

    async def main() -> None:
        async with playing(tmp_path, won=True) as player:
            assert isinstance(player.app.screen, HomeScreen)
            await player.press("enter")
            assert "pb-async" in player.text
            await player.press("2", "enter")
            assert isinstance(player.app.screen, ShiftScreen)
            assert player.shift.setting.offer.name == "pb-async"
            await player.press("space")
            await player.until_it_is_over()
            assert "STALE READS" in player.text.upper()
            await player.press("1")
            assert player.shift.setting.offer.name == "raft"

    asyncio.run(main())


def test_the_frontier_comes_from_another_process(tmp_path: Path) -> None:
    """Both strategies left alone appear beside the player's own point."""

    async def main() -> None:
        async with playing(tmp_path, won=True, at_once=True) as player:
            await player.press("enter", "space")
            await player.until_it_is_over()
            for _ in range(100):
                await player.pilot.pause(0.1)
                if "same seed" in player.text:
                    break
            assert "left alone, same seed" in player.text

    asyncio.run(main())
