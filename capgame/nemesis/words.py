"""The fault words: what a script may say, declared once; the schema, the help and the pager are drawn from here.

Rules:
1. A fault has one word and its target, `cut: n3 | n1 n2`, the word's own options beside it, and the common keys
   `at`, `for`, `warn` and `say`. All of it is text with units.
2. `say` is what the pager reads when the fault has no sentence of its own; `symptom` is what an early warning reads,
   and a symptom never tells what will happen, nor to whom.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from capgame.nemesis.cuts import tell_cut
from capgame.nemesis.fault import Fault


class Target(Enum):
    """What a fault befalls."""

    CUT = "a cut"
    LINK = "a link"
    MACHINES = "a node, or several"


class OptionKind(Enum):
    """How an option is written, and what it becomes."""

    DURATION = "a length of time"  # microseconds
    OFFSET = "a length of time, perhaps negative"  # microseconds
    SHARE = "a share in percent"  # ppm
    DRIFT = "a share in percent, perhaps negative"  # ppm
    CHOICE = "one of several words"  # the word


@dataclass(frozen=True, slots=True)
class Option:
    """One argument of a fault beside its target."""

    name: str
    kind: OptionKind
    help: str
    choices: tuple[str, ...] = ()
    default: str = ""  # of a choice


@dataclass(frozen=True, slots=True)
class FaultWord:
    """One row of the table."""

    word: str
    target: Target
    help: str
    example: str  # of its target
    say: str  # the pager's sentence, with {target}
    symptom: str  # the warning's sentence
    drawn_as: str  # on the timeline: "cut", "crash", "pause", "link", "clock"
    options: tuple[Option, ...] = ()
    needs_one: bool = False  # it does nothing without any of its options
    may_flap: bool = False
    lasts: bool = True  # it may have a `for`

    def option(self, name: str) -> Option | None:
        """The declared option of that name."""
        return next((option for option in self.options if option.name == name), None)


COMMON_KEYS = ("at", "for", "warn", "say")
FLAP_KEYS = ("down", "every")

FAULTS: dict[str, FaultWord] = {
    row.word: row
    for row in (
        FaultWord(
            "cut",
            Target.CUT,
            "nothing crosses between the sides",
            example="n3 | n1 n2",
            say="The network is cut: {target}.",
            symptom="A line drops packets, then recovers.",
            drawn_as="cut",
            may_flap=True,
        ),
        FaultWord(
            "link",
            Target.LINK,
            "messages on these links come late, twice, out of order or not at all",
            example="n1 <-> n3",
            say="Messages suffer on {target}.",
            symptom="A line grows noisy.",
            drawn_as="link",
            options=(
                Option("delay", OptionKind.DURATION, "added to every message's way; delays add up"),
                Option("loss", OptionKind.SHARE, "messages that never arrive; losses combine"),
                Option("duplicate", OptionKind.SHARE, "messages that arrive twice"),
                Option("reorder", OptionKind.SHARE, "messages that later ones overtake"),
            ),
            needs_one=True,
        ),
        FaultWord(
            "crash",
            Target.MACHINES,
            "the machine is down; what its disk kept is there when it boots",
            example="n1",
            say="{target} is down.",
            symptom="A machine reports errors on its own.",
            drawn_as="crash",
            options=(
                Option(
                    "disk",
                    OptionKind.CHOICE,
                    "what is left of its disk: all, all that was synced, nothing",
                    choices=("keep", "lose", "wipe"),
                    default="keep",
                ),
            ),
        ),
        FaultWord(
            "restart",
            Target.MACHINES,
            "the machine boots around the disk it has; one that runs goes down first",
            example="n1",
            say="{target} boots.",
            symptom="A machine asks for a restart.",
            drawn_as="crash",
            lasts=False,
        ),
        FaultWord(
            "pause",
            Target.MACHINES,
            "the machine stands still and notices nothing; what arrives waits",
            example="leader",
            say="{target} stands still.",
            symptom="A machine answers in fits and starts.",
            drawn_as="pause",
        ),
        FaultWord(
            "clock",
            Target.MACHINES,
            "the machine's clock jumps, or runs fast or slow",
            example="n2",
            say="The clock of {target} is wrong.",
            symptom="A time server disagrees with another.",
            drawn_as="clock",
            options=(
                Option("jump", OptionKind.OFFSET, "the wall clock moves by this at once"),
                Option("drift", OptionKind.DRIFT, "how much faster than time the clock runs"),
            ),
            needs_one=True,
        ),
    )
}


def sentence(fault: Fault, target: str = "") -> str:
    """What the pager reads; `target` is who it turned out to be, where the script asked for `leader` or `halves`."""
    who = target or fault.target
    return fault.say or FAULTS[fault.word].say.format(target=tell_cut(who) if fault.word == "cut" else who)


def label(fault: Fault, target: str = "") -> str:
    """What the timeline reads: `cut n3 | n1 n2`."""
    return f"{fault.word} {target or fault.target}"
