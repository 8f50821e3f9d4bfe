"""A run is shared as a line, and a line that is pasted is played again."""

from __future__ import annotations

import asyncio
import base64
import time
from pathlib import Path
from typing import Any

import pytest
from players import Player, playing
from textual import events

from capgame.levels.catalogue import find
from capgame.play.headless import run_level
from capgame.play.keep.code import decode, encode
from capgame.play.keep.verify import verify
from capgame.tui import clipboard, judging
from capgame.tui.code_screen import VerdictScreen
from capgame.tui.home_screen import HomeScreen
from capgame.tui.messages import ShiftOver
from capgame.tui.postmortem_screen import PostmortemScreen

FIRST = find("first-cut")


@pytest.fixture(scope="module")
def result() -> dict[str, Any]:
    return run_level(FIRST, moves=["16s route eu n1"]).result


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What went to the terminal beside pictures; there is no desktop, and no tmux."""
    sequences: list[str] = []

    async def no_desktop(*_: object, **__: object) -> None:
        return None

    monkeypatch.delenv("TMUX", raising=False)
    monkeypatch.setattr(clipboard, "_desktop", no_desktop)
    monkeypatch.setattr("textual.drivers.headless_driver.HeadlessDriver.write", lambda _, data: sequences.append(data))
    return sequences


async def finish(player: Player, result: dict[str, Any]) -> None:
    """The end of a shift, without playing it here."""
    player.app.post_message(ShiftOver(result))
    await until(player, lambda: isinstance(player.app.screen, PostmortemScreen))


async def paste(player: Player, text: str) -> None:
    player.app.post_message(events.Paste(text))
    await player.pilot.pause()


async def until(player: Player, so: Any, most_s: float = 20) -> None:
    for _ in range(int(most_s / 0.02)):
        await player.pilot.pause()
        if so():
            return
        await asyncio.sleep(0.02)
    raise AssertionError(player.text)


def settled(player: Player) -> bool:
    return isinstance(player.app.screen, VerdictScreen) and player.app.screen.view.settled


def kept(sequence: str) -> str:
    """What a terminal keeps of an OSC 52."""
    assert sequence.startswith("\x1b]52;c;")
    assert sequence.endswith("\a")
    return base64.b64decode(sequence[7:-1]).decode()


def line_on(text: str) -> str:
    """What a mouse would mark below THE LINE."""
    rows = text.split("THE LINE")[1].splitlines()[1:-1]
    return "\n".join(rows)


def test_y_shares_the_run_as_one_line(tmp_path: Path, result: dict[str, Any], written: list[str]) -> None:
    """Through the terminal, and on the screen; both paste back as the same run."""

    async def main() -> None:
        async with playing(tmp_path, size=(80, 24)) as player:
            await finish(player, result)
            await player.press("y")
            await until(player, lambda: "Sent to the clipboard" in player.text)
            (line,) = [kept(sequence) for sequence in written if sequence.startswith("\x1b]52")]
            assert line.endswith(f" ★★★ {result['score']} seed KIWI")
            assert "\n" not in line
            for text in (line, line_on(player.text)):
                assert verify(decode(text)).result == result
            assert "copied" not in player.text.lower()
            await player.press("escape")
            assert isinstance(player.app.screen, PostmortemScreen)

    asyncio.run(main())


def test_in_tmux_it_is_wrapped(
    tmp_path: Path, result: dict[str, Any], written: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    """So that it reaches the terminal around it."""
    monkeypatch.setenv("TMUX", "/tmp/tmux-1000/default,1,0")

    async def main() -> None:
        async with playing(tmp_path) as player:
            await finish(player, result)
            await player.press("y")
            await until(player, lambda: "Sent to the clipboard" in player.text)
            bare, wrapped = [sequence for sequence in written if "]52;" in sequence]
            assert wrapped == "\x1bPtmux;\x1b" + bare + "\x1b\\"

    asyncio.run(main())


def test_without_a_clipboard_the_line_is_shown(
    tmp_path: Path, result: dict[str, Any], written: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    """Too long for a terminal, and no desktop: all of it is on the page, which scrolls."""
    monkeypatch.setattr(clipboard, "OSC52_MOST", 10)

    async def main() -> None:
        async with playing(tmp_path, size=(80, 24)) as player:
            await finish(player, result)
            await player.press("y")
            await until(player, lambda: "There is no clipboard" in player.text)
            assert not [sequence for sequence in written if "]52;" in sequence]
            assert f"seed {result['seed']}" in line_on(player.text)

    asyncio.run(main())


def test_a_clipboard_that_hangs_is_given_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """Or less; and one that fails is none."""
    monkeypatch.setattr(clipboard, "DESKTOP_S", 0.3)
    assert asyncio.run(clipboard._desktop("import time; time.sleep(60)", "x")) is None
    assert asyncio.run(clipboard._desktop("raise SystemExit(1)", "x")) is None


def test_what_a_clipboard_starts_may_live_on() -> None:
    """X's selections are kept by a process; one that keeps what it was given of ours does not count as hanging."""
    keeps = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(3)'])"
    began = time.monotonic()
    assert asyncio.run(clipboard._desktop(keeps, "x")) == ""
    assert time.monotonic() - began < 2


def test_what_is_pasted_at_home_is_judged(tmp_path: Path, result: dict[str, Any]) -> None:
    """A true one, a forged one, one with a typo, one of other rules; and what is none at all."""
    cases = [
        (f"`{encode(result, FIRST)}`\n", "VERIFIED", "won, ★★★ 861 of 1000"),
        (encode(result | {"score": 999}, FIRST), "NOT VERIFIED", "score: the replay claims 999, the run has 861"),
        (encode(result, FIRST)[:-9], "NOT A RUN", "its checksum does not fit"),
        ("cap7:0000", "NOT JUDGED", "written in form 7"),
    ]

    async def main() -> None:
        async with playing(tmp_path, won=True) as player:
            assert isinstance(player.app.screen, HomeScreen)
            for text, tag, says in cases:
                await paste(player, text)
                await until(player, lambda: settled(player))
                assert f" {tag} " in player.text
                assert says in " ".join(player.text.split())
            await player.press("escape")
            assert isinstance(player.app.screen, HomeScreen)
            said: list[str] = []
            player.app.notify = lambda words, **_: said.append(words)  # type: ignore[method-assign]
            await paste(player, "first-cut")
            await until(player, lambda: said)
            assert said[0].endswith("one begins with cap1:")

    asyncio.run(main())


def test_a_code_that_takes_too_long_is_let_go(result: dict[str, Any]) -> None:
    """Whoever made it chose how long it takes."""
    view = asyncio.run(judging.judge(encode(result, FIRST), 0.01))
    assert "It is not played in 0.01 s" in view.sentences[0]


def test_leaving_before_the_verdict_leaves_nothing_behind(tmp_path: Path, result: dict[str, Any]) -> None:
    """Back, and out of the game, while it is being played again."""

    async def main() -> None:
        async with playing(tmp_path, won=True) as player:
            await paste(player, encode(result, FIRST))
            await player.press("escape")
            assert isinstance(player.app.screen, HomeScreen)
            await paste(player, encode(result, FIRST))
            assert isinstance(player.app.screen, VerdictScreen)

    asyncio.run(main())


def test_a_shift_waits_for_a_verdict_and_goes_on(
    tmp_path: Path, result: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    """From the clipboard, from a paste into the command line, and typed into it."""
    code = encode(result, FIRST)

    async def fetched(_: object) -> str:
        return code

    monkeypatch.setattr(clipboard, "fetch", fetched)

    async def main() -> None:
        async with playing(tmp_path) as player:
            shift = player.shift
            await player.press("ctrl+v")
            await until(player, lambda: settled(player))
            await player.press("escape", "colon")
            assert player.app.focused is shift.line
            for way in ("paste", "key", "typed"):
                if way == "paste":
                    await paste(player, f"\n> {code[:60]}\n> {code[60:]}\n")
                elif way == "key":
                    await player.press("ctrl+v")
                else:
                    shift.line.value = code
                    await player.press("enter")
                await until(player, lambda: settled(player))
                assert "VERIFIED" in player.text
                await player.press("escape")
                assert player.app.screen is shift
            assert shift.console.note == ""

    asyncio.run(main())
