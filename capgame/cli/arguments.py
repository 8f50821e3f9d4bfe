"""Arguments as data: each is declared once, and both argparse and `--help` are made from the declaration.

A command's module states `ARGUMENTS`, `EXAMPLES` and `act(options) -> exit code`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument. A name without dashes is positional; one without `value` is a switch."""

    name: str  # "--knob", "LEVEL"
    help: str  # one line of at most 56 characters
    value: str = ""  # what stands for the value in the help: "KEY=VALUE"
    many: bool = False  # may be given again and again, or, a positional one, any number of times
    optional: bool = False  # a positional one that may be left out

    @property
    def positional(self) -> bool:
        """Stands for itself, in its place."""
        return not self.name.startswith("-")

    @property
    def key(self) -> str:
        """The attribute of the options that holds it."""
        return self.name.lstrip("-").replace("-", "_").replace("|", "_or_").lower()

    @property
    def shown(self) -> str:
        """As the help writes it."""
        return f"{self.name} {self.value}".rstrip()


LEVEL = Argument("LEVEL", "a level's id, a .yaml file, or - for standard input")
STRATEGY = Argument("--strategy", "an offer of the level, or a strategy (its first offer)", "S")
KNOB = Argument("--knob", "preset a knob that the level's plan lists; repeatable", "KEY=VALUE", many=True)
SEED = Argument("--seed", "up to five letters and digits (the level's own)", "WORD")
MOVE = Argument("--move", 'a move and its time, "16s route eu n1"; repeatable', "MOVE", many=True)
MOVES = Argument("--moves", "a file of moves, one a line; # begins a comment", "FILE")
PLAY = Argument("--play", "one of the level's own plays, whole", "NAME")
JSON = Argument("--json", "one JSON document on standard output, nothing else")
SAVES = Argument("--saves", "the folder of saves ($CAPGAME_SAVES)", "DIR")
LEVELS = Argument("--levels", "a folder of more levels", "DIR")
INK = Argument("--ink", "full, line or ascii (what suits the terminal)", "INK")
VERSION = Argument("--version", "print the version")
HELP = Argument("--help", "print this")
EVERYWHERE = (VERSION, HELP)
