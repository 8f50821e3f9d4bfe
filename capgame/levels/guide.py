"""Every key of a level, with what it takes and what it is for: editors show it, and `levels/README.md` prints it.

A path has `*` where a name of the author's stands, and `[]` for each of a list. A test holds this table and the schema
to the same keys.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """One row. Without a default the key has to be there; "none" is the default of what may be left out."""

    path: str
    takes: str
    help: str
    default: str = ""


GUIDE: dict[str, Key] = {
    key.path: key
    for key in (
        Key("capgame", "`1`", "the format of the file; first, so that everybody knows what it is"),
        Key("id", "a kebab-case name", "its name on the command line, and the name of its file"),
        Key("title", "a line", "its name on the screen"),
        Key("act", "1 to 9", "the act of the campaign that it belongs to"),
        Key("number", "1 to 99", "its place in the act", "1"),
        Key("teaches", "prose", "the one sentence that stays", "none"),
        Key("story", "prose", "the briefing: who calls, and what is at stake", "none"),
        Key("cluster", "keys", "the machines, and the distances between them"),
        Key("cluster.regions", "`{us: ..., eu: ...}`", "the regions; each is also the name of its customers"),
        Key("cluster.regions.*", "keys", "one region"),
        Key("cluster.regions.*.nodes", "`n1 n2`", "its machines, words with blanks between"),
        Key("cluster.regions.*.clients", "`20/s`, `{0s: 1/s, 30s: 5/s}`", "how often its customers ask", "nobody"),
        Key(
            "cluster.rtt",
            "`{inside: 2ms, us~eu: 80ms}`",
            "round trips between machines: inside a region, and for each pair",
        ),
        Key(
            "cluster.client-rtt", "like `rtt`", "round trips of customers, where they are not the machines'", "as `rtt`"
        ),
        Key("cluster.jitter", "a share", "how much a message's way varies", "10%"),
        Key("cluster.ops", "a region", "where the console lives; moves then need a way to their node", "out of band"),
        Key(
            "strategies",
            "`{raft: {pre-vote: on}}`",
            "offers by name, with the knobs they preset; `is` names the strategy, `unlock: first-win` hides one",
        ),
        Key("workload", "keys", "what customers ask"),
        Key("workload.kind", "`register`", "reads and writes of keys"),
        Key(
            "workload.keys",
            "a number, or `fresh`",
            "how many keys; `fresh`: one for every write, where lost writes matter",
        ),
        Key("workload.reads", "a share", "the reads among the operations; the others are writes"),
        Key("workload.retry", "0 to 10", "how often a customer sends again", "0"),
        Key("workload.identity", "on or off", "a retry says that it is one", "on"),
        Key("deadline", "`400ms`, `{read: 100ms, write: 200ms}`", "by when an answer counts, from the first send"),
        Key("duration", "up to 15m", "how long the shift is"),
        Key("seed", "up to 5 letters and digits, no U", "which dice; another seed is another night of the same level"),
        Key(
            "faults",
            "a list",
            "the script: `at`, `for`, a fault word with its target and options, `say`, `warn`",
            "none",
        ),
        Key("pages", "a list", "calls to the player beside those of the faults", "none"),
        Key("pages[].at", "an instant", "when it rings"),
        Key("pages[].say", "a line", "what it reads"),
        Key("moves", "keys", "what the operator may do; without it nothing", "none"),
        Key("moves.budget", "0 to 20", "the attention there is at first, and at most"),
        Key("moves.refill", "a time", "how long until one more has come back", "20s"),
        Key("moves.allow", "a list of verbs", "`capgame moves` lists them, with their prices; undoing comes along"),
        Key("moves.knobs", "a list of knobs", "what `tune` may turn during the shift", "none"),
        Key("plan", "keys", "what may be set before the shift", "none"),
        Key("plan.knobs", "a list of knobs", "they are open in the plan, to `--knob` and to plays", "none"),
        Key("score", "keys", "the promises, the prices and the stars"),
        Key("score.model", "`linearizable`", "what an answer may be", "linearizable"),
        Key("score.uptime", "a share below 100%", "the promise to answer right and in time"),
        Key("score.truth", "a share below 100%", "the promise not to be wrong", "99%"),
        Key("score.prices", "`{stale-read: 2}`", "what a wrong answer costs, in answers not given", "1 each"),
        Key(
            "score.contracts", "a list", "promises that no score buys back: `no-lost-writes`, `no-split-brain`", "none"
        ),
        Key("score.stars", "two scores", "the second star's and the third's; the third at least 800", "[700, 850]"),
        Key("plays", "a list", "runs of the level with their claims; tests and the lint run them", "none"),
        Key("plays[].name", "a line", "the play named `reference` proves the win"),
        Key("plays[].strategy", "an offer", "what it is played with", "the first"),
        Key("plays[].knobs", "`{reads: lease}`", "its plan; only knobs that `plan.knobs` lists", "none"),
        Key("plays[].seed", "a seed", "its night", "the level's"),
        Key("plays[].moves", "`[16s route eu n1]`", "what the operator does", "none"),
        Key("plays[].expect", "a list of claims", "how it ends", "none"),
        Key("lesson", "keys", "what the level cannot be won without; left out, it may be won by anybody", "none"),
        Key("lesson.without", "a list of verbs, or `plan`", "these moves, or any knob of the reference's plan"),
        Key("hints", "a list of prose", "help, one more each time it is asked for", "none"),
        Key("debrief", "keys", "what the postmortem ends with", "none"),
        Key("debrief.aha", "prose", "what one should have seen", "none"),
        Key("debrief.ask", "prose", "a question to take along", "none"),
        Key("debrief.sources", "a list of prose", "the incident, the paper", "none"),
    )
}


def table() -> Iterator[str]:
    """The guide in Markdown."""
    yield "| key | takes | default | what for |"
    yield "|---|---|---|---|"
    for key in GUIDE.values():
        default = key.default or "**required**"
        yield f"| `{key.path}` | {key.takes} | {default} | {key.help} |"
