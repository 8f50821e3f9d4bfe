"""The colours a screen may use: five hues, the neutral tints, and the mixtures of both.

Rules:
1. A hue means one thing only, and never comes without a shape.
2. Everything is mixed from nine theme variables, so that any theme of hex colours works.
3. A theme that cannot be mixed (ansi names) gets `PLAIN`: two tones, where a bright background is a reversed cell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

CAP_NIGHT: dict[str, str] = {
    "primary": "#438cff",
    "success": "#6fe0d0",
    "warning": "#f5cd6a",
    "error": "#f8402f",
    "wrong": "#dd45aa",
    "foreground": "#dbe2ea",
    "background": "#0c0f14",
    "surface": "#12171e",
    "panel": "#1a212b",
}
CAP_DAY: dict[str, str] = {
    "primary": "#083079",
    "success": "#087a72",
    "warning": "#866611",
    "error": "#8a0f08",
    "wrong": "#bd1aa8",
    "foreground": "#1b232c",
    "background": "#f6f4ef",
    "surface": "#ecebe4",
    "panel": "#dfddd4",
}

_HEX = re.compile(r"#[0-9a-fA-F]{6}([0-9a-fA-F]{2})?")


@dataclass(frozen=True, slots=True)
class Palette:
    """Every colour of every screen, as `#rrggbb`."""

    background: str
    surface: str  # the strip of moves
    panel: str  # title row and footer
    # neutral, from loud to silent
    text: str
    data: str
    muted: str  # labels
    link: str
    dim: str  # ornament
    faint: str  # tracks and rules
    # the five hues
    ok: str
    unanswered: str
    wrong: str
    fault: str
    you: str
    # areas
    area: str  # a region
    chip: str  # a node
    chip_leads: str
    chip_loses: str  # leads a history that will be thrown away
    chip_campaigns: str
    chip_silent: str  # paused, frozen
    # fills and bands
    ok_fill: str
    unanswered_fill: str
    wrong_fill: str
    unanswered_ink: str  # hatching on the full hue
    wrong_ink: str
    unanswered_band: str
    wrong_band: str
    fault_band: str  # under jagged lines of the timeline
    wall_band: str
    you_band: str

    @classmethod
    def of(cls, theme: Mapping[str, str]) -> Palette:
        """The palette of a theme's variables; `PLAIN` when they are not all hex colours."""
        if not mixable(theme):
            return PLAIN
        ground, ink = theme["background"], theme["foreground"]
        dark = is_dark(ground)
        wrong = theme.get("wrong") or (CAP_NIGHT if dark else CAP_DAY)["wrong"]
        ok, late, fault, you = (theme[name] for name in ("success", "warning", "error", "primary"))
        return cls(
            background=ground, surface=theme["surface"], panel=theme["panel"],
            text=ink, data=mix(ground, ink, 0.78), muted=mix(ground, ink, 0.56 if dark else 0.66),
            link=mix(ground, ink, 0.42), dim=mix(ground, ink, 0.34), faint=mix(ground, ink, 0.16),
            ok=ok, unanswered=late, wrong=wrong, fault=fault, you=you,
            area=mix(ground, ink, 0.055), chip=mix(ground, ink, 0.15), chip_silent=mix(ground, ink, 0.10),
            chip_leads=mix(ground, ok, 0.34), chip_loses=mix(ground, wrong, 0.34),
            chip_campaigns=mix(ground, late, 0.25),
            ok_fill=mix(ground, ok, 0.52), unanswered_fill=mix(ground, late, 0.52), wrong_fill=mix(ground, wrong, 0.52),
            unanswered_ink=mix(ground, late, 0.35), wrong_ink=mix(ground, wrong, 0.35),
            unanswered_band=mix(ground, late, 0.25), wrong_band=mix(ground, wrong, 0.25),
            fault_band=mix(ground, fault, 0.30), wall_band=mix(ground, fault, 0.20), you_band=mix(ground, you, 0.32),
        )  # fmt: skip

    @classmethod
    def two_tone(cls, ink: str, paper: str) -> Palette:
        """All words and shapes in one tone, all grounds in the other: what line and ascii ink are painted with."""
        return cls(**{field.name: paper if field.name in _GROUNDS else ink for field in fields(cls)})


_GROUNDS = frozenset(
    (
        "background", "surface", "panel", "area", "chip", "chip_leads", "chip_loses", "chip_campaigns", "chip_silent",
        "unanswered_band", "wrong_band", "fault_band", "wall_band", "you_band",
    )
)  # fmt: skip


def mixable(theme: Mapping[str, str]) -> bool:
    """Whether every variable that a palette is mixed from is a hex colour."""
    return all(_HEX.fullmatch(theme.get(name, "")) for name in CAP_NIGHT if name != "wrong")


def mix(ground: str, ink: str, share: float) -> str:
    """The colour `share` of the way from `ground` to `ink`."""
    pairs = zip(_channels(ground), _channels(ink), strict=True)
    return "#" + "".join(f"{round(low * (1 - share) + high * share):02x}" for low, high in pairs)


def is_dark(colour: str) -> bool:
    """Whether text on it should be light."""
    red, green, blue = _channels(colour)
    return 299 * red + 587 * green + 114 * blue < 128_000


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


PLAIN = Palette.two_tone("#e8e8e8", "#000000")
NIGHT = Palette.of(CAP_NIGHT)
DAY = Palette.of(CAP_DAY)
