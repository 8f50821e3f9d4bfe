"""The clipboard: asked through the terminal and through the desktop, because neither says whether it listened.

Rules:
1. OSC 52 first: it reaches the machine one sits at, also over ssh. It is never answered, so nothing here was "copied".
2. In tmux it is sent wrapped as well: tmux takes the bare one only if told to, and hands the wrapped one on only if
   told to.
3. Terminals drop or cut long ones, so none is sent that is longer than all are known to take.
4. pyperclip has no time limit, hangs behind stale displays, and its tools write on the terminal. It gets a process of
   its own with a second to live and nowhere to write.
5. Whatever fails, the text is on the screen too.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping
from typing import Any

from textual import events
from textual.app import App

from capgame.tui.process import run_python

OSC52_MOST = 74_994  # characters of base64
DESKTOP_S = 1.0
FETCHED_MOST = 1_000_000

_COPY = "import sys, pyperclip; pyperclip.copy(sys.stdin.buffer.read().decode())"
_PASTE = "import sys, pyperclip; sys.stdout.buffer.write(pyperclip.paste().encode())"


async def send(app: App[Any], text: str) -> bool:
    """Offer the text to every clipboard there may be; whether anything could be sent."""
    through_terminal = _to_terminal(app, text)
    return await _desktop(_COPY, text) is not None or through_terminal


async def paste(app: App[Any]) -> None:
    """Paste, as a terminal would."""
    app.post_message(events.Paste(await fetch(app)))


async def fetch(app: App[Any]) -> str:
    """What is on the desktop's clipboard, or else what was last copied in here."""
    found = await _desktop(_PASTE, answers=True)
    return found[:FETCHED_MOST] if found else app.clipboard


def osc52(text: str) -> str:
    """The sequence that asks a terminal to keep a text."""
    return f"\x1b]52;c;{base64.b64encode(text.encode()).decode()}\a"


def for_tmux(sequence: str) -> str:
    """A sequence that tmux hands on to the terminal around it."""
    return "\x1bPtmux;" + sequence.replace("\x1b", "\x1b\x1b") + "\x1b\\"


def _to_terminal(app: App[Any], text: str, environment: Mapping[str, str] = os.environ) -> bool:
    sequence = osc52(text)
    if len(sequence) > OSC52_MOST:
        return False
    app.copy_to_clipboard(text)
    if environment.get("TMUX") and app._driver is not None:
        app._driver.write(for_tmux(sequence))
    return True


async def _desktop(program: str, given: str = "", *, answers: bool = False) -> str | None:
    """What pyperclip answers; None if it cannot, or takes too long."""
    try:
        ended = await run_python(("-c", program), given, DESKTOP_S, answers=answers)
    except OSError:
        return None
    return None if ended is None or ended.code else ended.answer.decode("utf-8", "replace")
