"""The words a level may use for what the referee charges and what a shift promises, as far as they are built.

Each is declared once here: the schema offers them, expectations read them, and errors name the nearest.
"""

from __future__ import annotations

from capgame.checkers.verdict import Kind

# What a register's history can hold against a run, under the models below.
ANOMALIES = tuple(kind.value for kind in Kind)

# Promises that no score buys back: a run that breaks one is not won.
CONTRACTS = ("no-lost-writes", "no-split-brain")

MODELS = ("linearizable",)

WORKLOADS = ("register",)

# The operations of a register, each with a deadline of its own.
OPERATIONS = ("read", "write")

UNLOCKS = ("first-win",)
