"""What every glyph and every word of the game means, one line each."""

from __future__ import annotations

from typing import NamedTuple


class Entry(NamedTuple):
    """One line of the legend. `hue` names a colour of the palette."""

    sign: str
    meaning: str
    hue: str = "text"


class Section(NamedTuple):
    """A head with its lines."""

    title: str
    entries: tuple[Entry, ...]


GLYPHS = (
    Section(
        "NODES",
        (
            Entry("♛", "leads: takes writes, or means to", "ok"),
            Entry("○", "follows", "muted"),
            Entry("◇", "asks for votes", "unanswered"),
            Entry("✕ ‖", "down · paused", "fault"),
            Entry("⊘ □", "fenced · frozen: your doing", "unanswered"),
            Entry("t4 e7", "term or epoch: the number of a reign", "muted"),
            Entry("v88 -17", "newest version, and how far behind", "data"),
        ),
    ),
    Section(
        "BETWEEN THEM",
        (
            Entry("╱╲", "a cut: nothing crosses", "fault"),
            Entry("● • ◆", "a message: data · answer · vote", "data"),
            Entry("✕", "a message that was lost", "fault"),
            Entry("┏━▸", "the customers’ own road", "ok"),
        ),
    ),
    Section(
        "CUSTOMERS",
        (
            Entry("⌂", "customers: how many, and whom they ask", "text"),
            Entry("█ ✓", "answered in time, and right", "ok"),
            Entry("▓ ~", "late: not served, but it still binds", "unanswered"),
            Entry("╱ –", "refused", "unanswered"),
            Entry("╳ ≠", "wrong: charged to truth", "wrong"),
            Entry("?", "never answered: nobody knows", "unanswered"),
        ),
    ),
    Section(
        "YOU",
        (
            Entry("◆ ◇", "attention you have · have spent", "you"),
            Entry("▲", "a move of yours, under the timeline", "you"),
            Entry("★ ☆", "stars: a win, then two thresholds", "text"),
            Entry("◉ ●", "you, and strategies left alone", "you"),
        ),
    ),
)

WORDS = (
    Section(
        "THE TWO PROMISES",
        (
            Entry("uptime", "answered in time, of all asked: goodput (yield)"),
            Entry("truth", "answers that can be right; a wrong one has its price"),
            Entry("budget", "what a promise can spare; it only drains"),
            Entry("points", "1000 for a whole budget, 500 for one just spent"),
            Entry("score", "their harmonic mean: the weaker half pulls hardest"),
            Entry("deadline", "what is later than this is not served"),
        ),
    ),
    Section(
        "WHAT WAS POSSIBLE",
        (
            Entry("yours", "a majority could have served it (CP)"),
            Entry("hindsight", "one history could have, knowing what would come"),
            Entry("theorem", "only a replica that asks nobody could have (AP)"),
            Entry("nobody", "no live replica was in reach"),
        ),
    ),
    Section(
        "THE FIELD",
        (
            Entry("linearizable", "every read sees the newest acknowledged write"),
            Entry("stale read", "older than what had been acknowledged before it"),
            Entry("lost write", "acknowledged, and gone at the end"),
            Entry("replica", "a node with a copy of everything"),
            Entry("quorum", "how many must agree; a majority is more than half"),
            Entry("leader", "it orders the writes; also called primary"),
            Entry("term, epoch", "the number of a reign: the higher one rules"),
            Entry("election", "a majority votes for a leader of a new term"),
            Entry("commit", "an entry of the log that can no longer be lost"),
            Entry("lease", "a time in which no other leader can be"),
            Entry("fence", "revoke an epoch: its holder is heard no more"),
            Entry("split brain", "two take writes, and one side’s are thrown away"),
            Entry("settle", "after the shift: faults end, every replica is read"),
        ),
    ),
)

STRETCHED = "A message is shown for at least a third of a second, and not every one is; at ¼ speed each is where it is."
