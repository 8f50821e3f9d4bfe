"""What the player is doing: nothing, picking a target, typing a command, or being asked whether to leave.

No Textual in here: keys come in by name, and what comes out is a move to submit. The screen draws what it finds.
Whatever is under way here keeps the clock waiting, if the player wants that.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from capgame.draw.look import GhostRoad, Target
from capgame.moves.legal import Board
from capgame.moves.verbs import HOME, VERBS, Argument
from capgame.play.views.preview import Fact
from capgame.play.views.shift import ShiftView
from capgame.tui.picking import Picking, verb_at

Preview = Callable[[str, tuple[str, ...]], Fact | None]


class Doing(Enum):
    """One thing at a time."""

    NOTHING = "nothing"
    PICKING = "picking"
    TYPING = "typing"
    LEAVING = "leaving"


@dataclass(slots=True)
class Console:
    """The player's side of one shift."""

    board: Board
    preview: Preview
    doing: Doing = Doing.NOTHING
    picking: Picking | None = None
    note: str = ""
    refused: bool = False  # the note is a refusal
    targets: Mapping[str, Target] = field(default_factory=dict)

    # ── picking

    def pick(self, name: str, view: ShiftView) -> str | None:
        """Begin with a verb; the move, if it is whole already."""
        picking = Picking(VERBS[name], self.board)
        if not picking.whole and not picking.names:
            return None
        hint = next((s.label.split() for s in view.headline.suggestions if s.label.split()[:1] == [name]), [])
        self.clear()
        self._go_on(picking)
        self._mark_the_first_good()
        if hint and self.picking is not None:
            self.picking = self.picking.mark(lambda word: word in hint)
        return self._finished()

    def press(self, key: str, view: ShiftView) -> tuple[bool, str | None]:
        """A key while picking: whether it meant anything, and the move it completed."""
        picking = self.picking
        if picking is None:
            return False, None
        if key in {"left", "up", "shift+tab"} or key in {"right", "down", "tab"}:
            self._go_on(picking.turn(-1 if key in {"left", "up", "shift+tab"} else 1))
            return True, None
        if picking.whole:  # a dear move, asked for once more
            return key == "enter", self._run() if key == "enter" else None
        name = picking.guess if key == "enter" else picking.by_key(key)
        return (False, None) if name is None else (True, self.choose(name, view))

    def choose(self, name: str, view: ShiftView) -> str | None:
        """The next target is this one; the move, if that was the last."""
        picking = self.picking
        if picking is None or name not in picking.names:
            return None
        if picking.argument is Argument.NODE:
            state = next((node.state for node in view.nodes if node.name == name), "")
            picking = Picking(verb_at(picking.verb, state), self.board, picking.args)
        self._go_on(picking.choose(name))
        self._mark_the_first_good()
        return self._finished()

    def _mark_the_first_good(self) -> None:
        """Enter must not spend attention on a target that is no good just now, while another one is."""
        places = {name: target for name, target in self.targets.items() if name != HOME}
        for wanted in (
            {name for name, target in places.items() if target.good},
            {name for name, target in places.items() if not target.consequence.endswith("✕")},  # may serve later
        ):
            if self.picking is not None and wanted:
                self.picking = self.picking.mark(wanted.__contains__)
                return

    def _finished(self) -> str | None:
        if self.picking is not None and self.picking.whole and not self.picking.dear:
            return self._run()
        return None

    def _run(self) -> str | None:
        move = self.picking.words if self.picking else None
        self.clear()
        return move

    def _go_on(self, picking: Picking) -> None:
        self.doing, self.picking = Doing.PICKING, picking
        keys, last = picking.keys, len(picking.args) == len(picking.verb.arguments) - 1
        self.targets = {name: self._target(name, keys[name], last=last) for name in picking.names}

    def _target(self, name: str, key: str, *, last: bool) -> Target:
        assert self.picking is not None
        fact = self.preview(self.picking.verb.name, (*self.picking.args, name)) if last else None
        return Target(key) if fact is None else Target(key, fact.text, fact.good)

    @property
    def ghost(self) -> GhostRoad | None:
        """The road that the marked node would be asked by."""
        picking = self.picking
        if picking is None or picking.argument is not Argument.WAY or picking.guess not in self.board.nodes:
            return None
        fact = self.targets[picking.guess].consequence
        return GhostRoad(picking.args[-1], picking.guess, " ".join(fact.split()[:2]) if "ms" in fact else "")

    # ── typing, leaving, and back to nothing

    def type(self) -> None:
        """Open the command line."""
        self.clear()
        self.doing = Doing.TYPING

    def ask_to_leave(self) -> None:
        """Ask before the shift is given up."""
        self.clear()
        self.doing = Doing.LEAVING

    def back(self) -> bool:
        """One step back; whether there was one."""
        if self.doing is Doing.PICKING and self.picking is not None:
            before = self.picking.back()
            if before is None:
                self.clear()
            else:
                self._go_on(before)
            return True
        was, self.doing = self.doing, Doing.NOTHING
        return was is not Doing.NOTHING

    def clear(self) -> None:
        """Do nothing any more, and say nothing."""
        self.doing, self.picking, self.targets = Doing.NOTHING, None, {}
        self.note, self.refused = "", False

    def say(self, note: str, *, refused: bool = False) -> None:
        """What the console answers."""
        self.note, self.refused = note, refused
