"""capgame: a terminal game about CAP, and the map of its code.

You are on call: a strategy keeps a simulated cluster's promises, a script breaks its network, you move.

Where to begin reading:

1. `strategies/raft.py`: a protocol as it reads beside its paper.
2. `sim/node.py`: everything a strategy may touch.
3. `sim/timeline.py`: why the same seed always gives the same run.
4. `play/session.py`: one game of one level, from the level's YAML to the score.

What lives where; imports go down this list only, and what stands in one line never imports its neighbour:

    __main__      the entry point
    cli           the commands: arguments in, text or one JSON document out
    tui  pytest_plugin  report
                  screens | plays as tests | postmortems as text
    draw          map, bars, timeline and frontier as lines of cells, without Textual
    play          one game of one level: session, meters, settle, score, ceilings, replay, saves
    levels        YAML to a Level: schema, catalogue, expectations, errors with a position
    strategies  nemesis  moves  workloads
                  protocols | faults and their scripts | what the operator does | what clients ask
    sim  checkers the world: timeline, kernels, network, machines, clients | the judges and live referees
    history       operations and their record
    values        pure: units, seeds, quorums, logs, versions, registers
    errors        what can go wrong, and how it is said

Levels are data in `levels/` at the top, the replays that prove them winnable are in `saves/reference/`.
"""

__version__ = "0.1.0"
