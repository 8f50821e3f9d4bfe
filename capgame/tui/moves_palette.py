"""The palette, and its moves: every whole move that is legal here, with its price, found by a few of its letters."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider

from capgame.moves.legal import every
from capgame.tui.shift_screen import ShiftScreen


class MovesProvider(Provider):
    """Offers the moves of the shift below the palette."""

    def _moves(self) -> Iterator[tuple[str, str]]:
        if isinstance(self.screen, ShiftScreen):
            for move in every(self.screen.console.board):
                yield move.text, f"{move.row.help} · costs {'◆' * move.row.cost or 'nothing'}"

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for text, help_text in self._moves():
            yield DiscoveryHit(text, partial(self._submit, text), help=help_text)

    async def search(self, query: str) -> Hits:
        """Those that match."""
        matcher = self.matcher(query)
        for text, help_text in self._moves():
            score = matcher.match(text)
            if score > 0:
                yield Hit(score, matcher.highlight(text), partial(self._submit, text), help=help_text)

    async def _submit(self, text: str) -> None:
        if isinstance(self.screen, ShiftScreen):
            await self.screen.submit(text)


class MovesPalette(CommandPalette):
    """Textual's palette, which fell over a page key that came before its list had been laid out (8.2.8)."""

    def _action_command_list(self, action: str) -> None:
        if action.startswith("page") and not self.query_one(CommandList).size.height:
            return
        super()._action_command_list(action)
