"""What a frame of SHIFT costs, in a real terminal: `python tests/bench/frames.py`.

The game runs in a pseudo-terminal of its own, as a player would start it, and is measured from outside: the time until
the first shift stands on the screen, and then the processor time, frames and bytes of a running shift and of one that
stands still. A frame is 1/15 s; what it costs is everything, simulation included. Prints one JSON document.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import pty
import select
import signal
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
FPS = 15
FIRST_WORDS = b"CALL"  # of the headline at 0:00
TICKS = os.sysconf("SC_CLK_TCK")


class Game:
    """`capgame` in a terminal of `size`."""

    def __init__(self, size: tuple[int, int], saves: str, *words: str) -> None:
        self.begun = time.perf_counter()
        environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
        environment |= {"CAPGAME_SAVES": saves, "COLUMNS": str(size[0]), "LINES": str(size[1])}
        for name in ("NO_COLOR", "SSH_CONNECTION", "TEXTUAL_ANIMATIONS"):
            environment.pop(name, None)
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
            os.chdir(ROOT)
            os.execve(sys.executable, [sys.executable, "-m", "capgame", *words], environment)

    def read(self, seconds: float, until: bytes = b"") -> bytes:
        """What it writes in some time, or until some words came."""
        end, got = time.perf_counter() + seconds, b""
        while (left := end - time.perf_counter()) > 0:
            ready, _, _ = select.select([self.terminal], [], [], left)
            if ready:
                try:
                    got += os.read(self.terminal, 1 << 16)
                except OSError:
                    break
            if until and until in got:
                break
        return got

    def press(self, keys: bytes) -> None:
        os.write(self.terminal, keys)

    @property
    def cpu_s(self) -> float:
        """Processor time of all its threads so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def end(self, number: int = signal.SIGTERM) -> tuple[int, bytes]:
        """Ask it to go; its status and its last words."""
        os.kill(self.pid, number)
        last = self.read(5)
        _, status = os.waitpid(self.pid, 0)
        os.close(self.terminal)
        return os.waitstatus_to_exitcode(status), last


def first_frame(size: tuple[int, int], times: int) -> dict[str, float]:
    """From the start of the process to the first shift on the screen: real time, and the processor's, of which the
    best says what it takes when nobody else is at work."""
    found, spent = [], []
    for _ in range(times):
        with tempfile.TemporaryDirectory() as saves:
            game = Game(size, saves)
            game.read(20, FIRST_WORDS)
            found.append(time.perf_counter() - game.begun)
            spent.append(game.cpu_s)
            game.end()
    median = sorted(found)[len(found) // 2]
    return {"best_s": round(min(found), 3), "median_s": round(median, 3), "cpu_s": round(min(spent), 3)}


def running(size: tuple[int, int], seconds: float) -> dict[str, float]:
    """A shift in its calm first seconds, then with messages lost at the wall; then standing still."""
    with tempfile.TemporaryDirectory() as saves:
        game = Game(size, saves)
        game.read(20, FIRST_WORDS)
        game.read(0.5)
        before, _ = game.cpu_s, game.press(b" ")
        sent = len(game.read(seconds))
        spent = game.cpu_s - before
        game.press(b" ")
        game.read(0.7)
        before = game.cpu_s
        still = len(game.read(2.0))
        idle = game.cpu_s - before
        game.end()
    frames = seconds * FPS
    return {
        "cpu_ms_a_frame": round(spent / frames * 1000, 2),
        "bytes_a_frame": round(sent / frames),
        "still_cpu_percent": round(idle / 2.0 * 100, 1),
        "still_bytes_a_second": round(still / 2.0),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--times", type=int, default=5)
    options = parser.parse_args()
    print(
        json.dumps(
            {
                "first_frame": first_frame((120, 40), options.times),
                "at_120x40": running((120, 40), options.seconds),
                "at_80x24": running((80, 24), options.seconds),
            },
            indent=2,
        )
    )


if __name__ == "__main__":
    main()
