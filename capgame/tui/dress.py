"""What the game wears: our two themes, the palette of whichever theme is on, and the ink that suits the terminal."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from textual.theme import Theme

from capgame.draw.canvas import Canvas
from capgame.draw.ink import Ink
from capgame.draw.palette import CAP_DAY, CAP_NIGHT, Palette, mixable

NIGHT, DAY = "cap-night", "cap-day"
ASCII_TERMS = frozenset({"dumb", "linux", "vt100", "vt220", "ansi"})


def themes() -> tuple[Theme, Theme]:
    """Ours: by night and by day."""
    return _theme(NIGHT, CAP_NIGHT, dark=True), _theme(DAY, CAP_DAY, dark=False)


def _theme(name: str, colours: Mapping[str, str], *, dark: bool) -> Theme:
    return Theme(
        name=name,
        dark=dark,
        primary=colours["primary"],
        accent=colours["primary"],
        success=colours["success"],
        warning=colours["warning"],
        error=colours["error"],
        foreground=colours["foreground"],
        background=colours["background"],
        surface=colours["surface"],
        panel=colours["panel"],
        variables={"wrong": colours["wrong"]},
    )


def ink_of(
    variables: Mapping[str, str], *, no_color: bool, colours: int, environment: Mapping[str, str] = os.environ
) -> Ink:  # fmt: skip
    """The ink that suits: ascii where glyphs are lacking, lines where colours are. `colours`: how many there are."""
    if environment.get("TERM", "") in ASCII_TERMS or not _speaks_utf8(environment):
        return Ink.ASCII
    if no_color or colours <= 16 or not mixable(variables):
        return Ink.LINE
    return Ink.FULL


def _speaks_utf8(environment: Mapping[str, str]) -> bool:
    """Whether the locale can say our glyphs; one that says nothing is believed to."""
    said = next((environment[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if environment.get(name)), "")
    return not said or "UTF" in said.upper()


@dataclass(frozen=True, slots=True)
class Dress:
    """How everything is painted just now."""

    palette: Palette
    ink: Ink
    reduced_motion: bool = False

    def canvas(self, width: int, height: int) -> Canvas:
        """An empty canvas in this dress."""
        return Canvas(width, height, self.palette, self.ink)
