"""The entry point: `capgame`, or `python -m capgame`."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code is the answer (0 done, 1 no, 2 bad input, 3 undecided, 130 interrupted)."""
    from capgame.cli.app import run  # here, so that importing this module costs nothing

    return run(sys.argv[1:] if arguments is None else list(arguments))


if __name__ == "__main__":
    raise SystemExit(main())
