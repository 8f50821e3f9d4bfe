"""The save: which levels were played and won, and the best of each. One small JSON file in a folder.

Rules:
1. A player's progress is never lost. The file is replaced whole or not at all, and one that cannot be read is kept
   beside it as `progress.json.damaged`.
2. What a newer capgame wrote into it, and this one does not know, stays in it.
3. Another capgame may be playing: every record begins with what the file holds now.
4. Saving never ends a game. What goes wrong is in `warning`, for the screen to show.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, TypeAlias

from capgame.errors import BadInput, Problem, plain
from capgame.levels.level import Level

VARIABLE = "CAPGAME_SAVES"
FILE = "progress.json"
FORM = 1  # of the file; a higher one is read and left alone
BYTES_MAX = 4_000_000
COUNTS = ("played", "won", "stars", "score")
IN_A_RUN = ("moves", "uptime", "truth")

Document: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Best:
    """What a level, or one offer of it, has come to so far."""

    played: int = 0
    won: int = 0
    stars: int = 0
    score: int = 0


@dataclass(frozen=True, slots=True)
class BestRun:
    """The run that scored most in a level. `uptime` and `truth` are points."""

    score: int
    stars: int
    offer: str
    moves: int
    uptime: int
    truth: int


class Progress:
    """A player's progress in one folder. `warning` is empty, or says why something is not saved."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.warning = ""
        self._frozen = False  # the file is not ours to replace
        self._document = self._read()

    @classmethod
    def load(cls, folder: Path) -> Progress:
        """The progress that a folder holds; none where there is no file yet."""
        return cls(folder)

    # ── asking

    @property
    def played(self) -> int:
        """How many runs were played to their end."""
        return sum(self.best(level).played for level in self._levels)

    @property
    def won_any(self) -> bool:
        """Whether any level was ever won: this chooses between the first shift and home."""
        return any(self.best(level).won for level in self._levels)

    def best(self, level: str, offer: str = "") -> Best:
        """The best of a level, or of one of its offers."""
        entry = self._levels.get(level, {})
        if offer:
            entry = entry.get("offers", {}).get(offer, {})
        return Best(*(entry.get(name, 0) for name in COUNTS))

    def best_run(self, level: str) -> BestRun | None:
        """The run that scored most, if any was played to its end."""
        run = self._levels.get(level, {}).get("best")
        return None if run is None else BestRun(run["score"], run["stars"], run["offer"], *(run[n] for n in IN_A_RUN))

    def unlocked(self, level: Level, offer: str) -> bool:
        """Whether an offer may be shown: `first-win` waits for the first win of its level."""
        found = next(known for known in level.offers if known.name == offer)
        return found.unlock != "first-win" or self.best(level.id).won > 0

    @property
    def _levels(self) -> dict[str, Any]:
        levels: dict[str, Any] = self._document.setdefault("levels", {})
        return levels

    # ── recording

    def record(self, result: Mapping[str, Any]) -> None:
        """Keep how a run ended; one that was not played to its end is passed over."""
        if result["outcome"] == "pending":
            return
        self.warning = ""
        self._document = self._read()
        level = self._levels.setdefault(result["level"]["id"], {})
        if result["score"] >= level.get("best", {}).get("score", 0):
            level["best"] = _run(result)
        for entry in (level, level.setdefault("offers", {}).setdefault(result["offer"], {})):
            entry["played"] = entry.get("played", 0) + 1
            entry["won"] = entry.get("won", 0) + (result["outcome"] == "won")
            entry["stars"] = max(entry.get("stars", 0), result["stars"])
            entry["score"] = max(entry.get("score", 0), result["score"])
        self._write()

    def _write(self) -> None:
        if self._frozen:
            return
        text = json.dumps({"capgame": FORM, **self._document}, indent=1, ensure_ascii=True) + "\n"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            _replace(self.folder / FILE, text)
        except OSError as error:
            self.warning = plain(f"progress is not saved in {self.folder}: {error.strerror or error}")

    # ── reading

    def _read(self) -> Document:
        """What the file holds. Where it cannot be read there is nothing, and the file is kept aside."""
        try:
            with (self.folder / FILE).open("rb") as file:
                data = file.read(BYTES_MAX + 1)
        except (FileNotFoundError, NotADirectoryError):
            return self._unsaved()
        except OSError as error:
            self._freeze(f"progress cannot be read: {error.strerror or error}; nothing is saved")
            return self._unsaved()
        document = _document(data)
        if document is None:
            self._keep_aside()
            return self._unsaved()
        if document.get("capgame", FORM) > FORM:
            self._freeze("progress was saved by a newer capgame; nothing is saved by this one")
        return document

    def _unsaved(self) -> Document:
        """What this game has seen, where the file has nothing."""
        return getattr(self, "_document", {})

    def _keep_aside(self) -> None:
        path = self.folder / FILE
        kept = _free(path.with_name(f"{FILE}.damaged"))
        try:
            path.rename(kept)
            self.warning = plain(f"progress was damaged: it is kept as {kept}, and you begin anew")
        except OSError as error:
            self._freeze(f"progress is damaged and cannot be moved ({error.strerror or error}); nothing is saved")

    def _freeze(self, why: str) -> None:
        self._frozen = True
        self.warning = plain(f"{self.folder / FILE}: {why}")


def saves_folder(chosen: str | None = None) -> Path:
    """Where saves are: what `--saves` says, else $CAPGAME_SAVES, else beside the checkout, else the user's data folder.

    Raises BadInput where a folder was named that is something else.
    """
    for thing, named in (("--saves", chosen), (f"${VARIABLE}", os.environ.get(VARIABLE))):
        if named:
            folder = Path(named).expanduser()
            if "\0" in named or (folder.exists() and not folder.is_dir()):
                raise BadInput(Problem(thing, named, "a folder", "name a folder; it is made when it is needed"))
            return folder
    top = Path(str(resources.files("capgame"))).parent
    # In site-packages a folder of that name would be a stranger's; only a checkout has our pyproject.toml as well.
    if (top / "saves").is_dir() and (top / "pyproject.toml").is_file():
        return top / "saves"
    from platformdirs import user_data_path  # here: most commands never ask

    return user_data_path("capgame", appauthor=False)


def _document(data: bytes) -> Document | None:
    """What a file's bytes say, if they are a save."""
    if len(data) > BYTES_MAX:
        return None
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return document if _sound(document) else None


def _sound(document: object) -> bool:
    """Whether all that is read from it is of the right kind; what is not known may be anything."""
    if not isinstance(document, dict) or not _is_count(document.get("capgame", FORM)):
        return False
    levels = document.get("levels", {})
    if not isinstance(levels, dict) or not all(_is_entry(level) for level in levels.values()):
        return False
    if not all(_is_run(level["best"]) for level in levels.values() if "best" in level):
        return False
    offers = [level.get("offers", {}) for level in levels.values()]
    return all(isinstance(each, dict) and all(_is_entry(offer) for offer in each.values()) for each in offers)


def _is_entry(entry: object) -> bool:
    return isinstance(entry, dict) and all(_is_count(entry.get(name, 0)) for name in COUNTS)


def _is_run(run: object) -> bool:
    return (
        isinstance(run, dict)
        and isinstance(run.get("offer"), str)
        and all(_is_count(run.get(name)) for name in ("score", "stars", *IN_A_RUN))
    )


def _run(result: Mapping[str, Any]) -> Document:
    """What is kept of the best run."""
    return {
        "score": result["score"],
        "stars": result["stars"],
        "offer": result["offer"],
        "moves": sum(move["result"] == "done" for move in result["moves"]),
        "uptime": result["uptime"]["points"],
        "truth": result["truth"]["points"],
    }


def _is_count(value: object) -> bool:
    return type(value) is int and value >= 0


def _replace(path: Path, text: str) -> None:
    """The file anew: whole on the disk before it takes the old one's place, so that no crash leaves half of it."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _free(path: Path) -> Path:
    """The path, or the first with a number behind it that is free: an earlier damaged file is kept as well."""
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.name}.{number}")
    return free
