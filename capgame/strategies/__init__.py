"""The protocols, one file each, by the name that levels and commands use."""

from capgame.strategies.majority import Majority
from capgame.strategies.primary_backup import PrimaryBackup
from capgame.strategies.raft import Raft
from capgame.strategies.strategy import Strategy

STRATEGIES: dict[str, type[Strategy]] = {
    "raft": Raft,
    "majority": Majority,
    "primary-backup": PrimaryBackup,
}
