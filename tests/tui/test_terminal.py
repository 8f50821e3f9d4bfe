"""The game in a terminal of its own: it comes up, and whatever ends it gives the terminal back."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ALTERNATE_OFF, MOUSE_OFF = b"\x1b[?1049l", b"\x1b[?1000l"


def start(saves: Path, **more: str) -> tuple[int, int]:
    """`capgame` at 80x24; its process and its terminal."""
    environment = {**os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "CAPGAME_SAVES": str(saves), **more}
    pid, terminal = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        os.chdir(ROOT)
        os.execve(sys.executable, [sys.executable, "-m", "capgame"], environment)
    return pid, terminal


def read(terminal: int, seconds: float, until: bytes = b"") -> bytes:
    end, got = time.monotonic() + seconds, b""
    while (left := end - time.monotonic()) > 0:
        if select.select([terminal], [], [], left)[0]:
            try:
                got += os.read(terminal, 1 << 16)
            except OSError:  # the other side is gone
                break
        if until and until in got:
            break
    return got


def ended(pid: int, terminal: int) -> tuple[int, bytes]:
    """Its exit code and its last words."""
    last = read(terminal, 10, ALTERNATE_OFF) + read(terminal, 1)
    _, status = os.waitpid(pid, 0)
    os.close(terminal)
    return os.waitstatus_to_exitcode(status), last


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_gives_the_terminal_back(tmp_path: Path, number: signal.Signals) -> None:
    """In the middle of a running shift: no alternate screen and no mouse reports are left behind."""
    pid, terminal = start(tmp_path)
    assert b"CALL" in read(terminal, 20, b"CALL")
    os.write(terminal, b" ")
    read(terminal, 0.5)
    os.kill(pid, number)
    code, last = ended(pid, terminal)
    assert code == 128 + number
    assert ALTERNATE_OFF in last
    assert MOUSE_OFF in last
    assert b"Traceback" not in last


def test_ctrl_q_quits(tmp_path: Path) -> None:
    pid, terminal = start(tmp_path, NO_COLOR="1")
    assert b"CALL" in read(terminal, 20, b"CALL")
    os.write(terminal, b"\x11")
    code, last = ended(pid, terminal)
    assert code == 0
    assert ALTERNATE_OFF in last
