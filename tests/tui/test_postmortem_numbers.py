"""What the postmortem shows is what the JSON of the same replay says: read off the screen, number by number.

The screen is text here. What it should say is worked out anew from the document that `capgame replay F --json` prints,
and nothing is asked of the view or of the painter about it.
"""

from __future__ import annotations

import asyncio
import json
import re
from contextlib import redirect_stdout
from dataclasses import dataclass
from fractions import Fraction
from io import StringIO
from math import floor
from pathlib import Path
from typing import Any

import pytest
from players import playing

from capgame.cli.app import run as capgame
from capgame.draw.digits import DIGITS
from capgame.draw.look import Look
from capgame.draw.postmortem import draw_postmortem
from capgame.levels.catalogue import every, find
from capgame.levels.level import Level
from capgame.play.headless import run_level
from capgame.play.keep.replay import write
from capgame.play.views.postmortem import postmortem_view
from capgame.tui.messages import ShiftOver
from capgame.tui.postmortem_screen import PostmortemScreen

MARKS = {"–": "refused", "~": "late", "?": "unanswered"}


@dataclass(frozen=True)
class Case:
    """One run: the screen of its own result, and the document of its replay."""

    level: Level
    result: dict[str, Any]
    document: dict[str, Any]

    def screen(self, width: int, height: int) -> str:
        view = postmortem_view(self.result, self.level, None, None)
        return draw_postmortem((width, height), view, Look()).text()


def plays() -> list[tuple[str, str, tuple[str, ...]]]:
    """Every offer of every level left alone, and every reference."""
    alone = [(level.id, offer.name, ()) for level in every() for offer in level.offers]
    references = [(level.id, play) for level in every() for play in level.plays if play.name == "reference"]
    return [*alone, *((name, play.strategy, play.moves) for name, play in references)]


@pytest.fixture(scope="module", params=plays(), ids=lambda play: f"{play[0]}, {play[1]}, {len(play[2])} moves")
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Case:
    name, offer, moves = request.param
    level = find(name)
    result = run_level(level, strategy=offer, moves=moves).result
    path = tmp_path_factory.mktemp("replay") / "run.capreplay"
    path.write_text(write(result, level), encoding="ascii")
    with redirect_stdout(StringIO()) as printed:
        assert capgame(["replay", str(path), "--json"]) == 0
    return Case(level, result, json.loads(printed.getvalue()))


def number(text: str) -> int:
    return int(text.replace(",", "").replace("−", "-"))


def amount(value: float) -> str:
    """As a budget is counted: 116.7, or 18."""
    return f"{value:,.1f}".removesuffix(".0")


def found(pattern: str, text: str) -> re.Match[str]:
    match = re.search(pattern, text, re.MULTILINE)
    assert match, f"{pattern} is not on\n{text}"
    return match


# ── the ending


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
def test_the_title_names_the_run_its_stars_and_its_score(case: Case, size: tuple[int, int]) -> None:
    document, count = case.document, len(case.document["moves"])
    moves = "no moves" if not count else f"{count} move" if count == 1 else f"{count} moves"
    title = case.screen(*size).splitlines()[0]
    assert f"{document['level']['title']}  {document['offer']} · {moves} · seed {document['seed']}" in title
    assert title.endswith(f"{'★' * document['stars']}{'☆' * (3 - document['stars'])} {document['score']}")


def test_the_large_digits_are_the_score(case: Case) -> None:
    rows = case.screen(120, 40).splitlines()[2:5]
    digits = [DIGITS[digit] for digit in str(case.document["score"])]
    for row, line in enumerate(rows):
        assert line[2:].startswith(" ".join(digit[row] for digit in digits).rstrip())


@pytest.mark.parametrize("half", ["uptime", "truth"])
def test_a_half_shows_its_share_its_promise_its_budget_and_its_points(case: Case, half: str) -> None:
    """A share is cut off, never rounded up; a budget is left or overspent, in whole percent of itself."""
    of = case.document[half]
    shown = found(
        rf"{half.upper()} +([\d.]+)% +promised ([\d.]+)% .*?(?:OVER ([\d,]+)%|(\d+)% left) +(\d+) points$",
        case.screen(120, 40),
    )
    assert 0 <= round(of["value"] * 100, 4) - float(shown[1]) < 0.1
    assert float(shown[2]) == round(of["slo"] * 100, 4)
    left = (Fraction(str(of["budget"])) - Fraction(str(of["spent"]))) / Fraction(str(of["budget"])) * 100
    if shown[3]:
        assert of["spent"] > of["budget"]
        assert number(shown[3]) == floor(100 - left)
    else:
        assert number(shown[4]) == (max(1, floor(left)) if left else 0)
    assert int(shown[5]) == of["points"]


def test_a_small_screen_has_the_same_shares_and_points(case: Case) -> None:
    row = case.screen(80, 24).splitlines()[1]
    for half, shown in zip(("uptime", "truth"), (row[:40], row[40:]), strict=True):
        of = case.document[half]
        share, points = found(rf"{half.upper()} ([\d.]+)% .* (\d+) *$", shown).groups()
        assert 0 <= round(of["value"] * 100, 4) - float(share) < 0.1
        assert int(points) == of["points"]


def test_the_sentence_counts_what_decided(case: Case) -> None:
    """Every number in it is of the document."""
    document = case.document
    text = " ".join(case.screen(120, 40).split())
    uptime, truth = document["uptime"], document["truth"]
    if served := re.search(r"([\d,]+) of ([\d,]+) were not answered in time where ([\d,.]+) could be spared", text):
        assert number(served[1]) == uptime["offered"] - uptime["in_time"]
        assert (number(served[2]), served[3]) == (uptime["offered"], amount(uptime["budget"]))
    if wrong := re.search(r"([\d,]+) answers? w\w+ wrong and costs? ([\d,.]+) where ([\d,.]+) could", text):
        assert number(wrong[1]) == len(document["anomalies"])
        assert (wrong[2], wrong[3]) == (amount(truth["spent"]), amount(truth["budget"]))
    lost = {"uptime": uptime["spent"] > uptime["budget"], "truth": truth["spent"] > truth["budget"]}
    assert (document["outcome"] == "lost") == any(lost.values()) or "broken" in document["contracts"].values()
    assert bool(served) == lost["uptime"]
    assert bool(wrong) == lost["truth"]


# ── the ceilings


def test_the_ceiling_bar_adds_up_to_the_document_s_ceilings(case: Case) -> None:
    """Each part ends where the next ceiling is; all of them are 100%."""
    text, uptime = case.screen(120, 40), case.document["uptime"]
    legend = next(line for line in text.splitlines() if "█ served" in line)
    shares = {}
    for word in ("served", "yours to win", "hindsight", "the theorem’s", "nobody’s"):
        shown = re.search(rf"{word} (<?[\d.]+)", legend)
        shares[word] = 0.0 if shown is None or shown[1].startswith("<") else float(shown[1])
    assert sum(shares.values()) == pytest.approx(100, abs=0.01)
    assert 0 <= round(uptime["in_time"] / uptime["offered"] * 100, 4) - shares["served"] < 0.1
    for name, key in (("up to CP", "majority"), ("one history", "one_history"), ("AP", "any_replica")):
        if shown := re.search(rf"{name} ([\d.]+)", legend):
            assert 0 <= round(uptime["ceilings"][key] * 100, 4) - float(shown[1]) < 0.1


# ── the causes


def test_the_heads_of_both_lists_count_all_and_what_it_cost(case: Case) -> None:
    text, uptime = case.screen(120, 40), case.document["uptime"]
    wrong = found(r"WRONG ANSWERS ─+ (?:none|([\d,]+) charged, −(\d+) points?)", text)
    assert number(wrong[1] or "0") == len(case.document["anomalies"])
    assert number(wrong[2] or "0") == 1000 - case.document["truth"]["points"]
    missed = found(r"NOT ANSWERED ─+ (?:none|([\d,]+) of ([\d,]+), −(\d+) points?)", text)
    assert number(missed[1] or "0") == uptime["offered"] - uptime["in_time"]
    assert number(missed[2] or str(uptime["offered"])) == uptime["offered"]
    assert number(missed[3] or "0") == 1000 - uptime["points"]


def test_every_cause_that_is_listed_is_one_of_the_document_s(case: Case) -> None:
    """Its count, its span, whose it was, who could have served it; and its points are its part of the loss."""
    lines = re.findall(
        r"^ [▸ ] +([\d,]+) ([–~?≠]) (.+?) +([\d.]+)–([\d.]+) +([−\d]+)(?: +(\S.*))?$",
        "\n".join(line[:69].rstrip() for line in case.screen(120, 40).splitlines()), re.MULTILINE,
    )  # fmt: skip
    document, uptime = case.document, case.document["uptime"]
    missed = uptime["offered"] - uptime["in_time"]
    refusals = list(document["refusals"])
    for count, mark, what, first, last, points, word in lines:
        if mark == "≠":
            kind = next(kind for kind in document["counts"] if what.startswith(" ".join(kind.rsplit("-", 1))))
            same = [anomaly for anomaly in document["anomalies"] if anomaly["kind"] == kind]
            assert number(count) == document["counts"][kind] == len(same)
            spans = [anomaly["at_us"] for anomaly in same]
            price = sum(anomaly["price"] for anomaly in document["anomalies"])
            share = sum(anomaly["price"] for anomaly in same) / price if price else 0
            loss = 1000 - document["truth"]["points"]
        else:
            cause = refusals.pop(0)
            assert (number(count), what) == (cause["count"], f"{MARKS[mark]}, {cause['group']}")
            assert word == cause["ceiling"]
            assert cause["cause"].startswith(MARKS[mark])
            spans = [cause["first_us"], cause["last_us"]]
            share, loss = cause["count"] / missed, 1000 - uptime["points"]
        assert (first, last) == tuple(f"{at // 100_000 / 10:.1f}" for at in (min(spans), max(spans)))
        assert abs(-number(points) - share * loss) < 1
    assert len(lines) == len(document["counts"]) + len(document["refusals"]) - len(refusals)
    assert lines or not (document["counts"] or document["refusals"])


def test_what_was_counted_is_the_document_s_count(case: Case) -> None:
    """Where there is room for it; it adds up to what was offered."""
    text, uptime, truth = case.screen(120, 90), case.document["uptime"], case.document["truth"]
    counted = found(r"in time ([\d,]+) +late ([\d,]+) +refused ([\d,]+) +unanswered ([\d,]+)", text)
    counts = [number(count) for count in counted.groups()]
    assert counts == [uptime[key] for key in ("in_time", "late", "refused", "unanswered")]
    assert sum(counts) == uptime["offered"] == number(found(r"COUNTED ─+ ([\d,]+) asked", text)[1])
    assert f"uptime  {amount(uptime['spent'])} unserved, {amount(uptime['budget'])} could be spared" in text
    assert f"truth   {amount(truth['spent'])} spent on wrong answers, {amount(truth['budget'])} could be spared" in text


# ── the same in the game


def test_the_game_shows_the_same_screen(tmp_path: Path) -> None:
    """What was read above is what a player sees."""
    level = find("first-cut")
    result = run_level(level, strategy="pb-async").result

    async def main() -> str:
        async with playing(tmp_path) as player:
            player.app.post_message(ShiftOver(result))
            for _ in range(100):
                await player.pilot.pause()
                if isinstance(player.app.screen, PostmortemScreen):
                    break
            return player.text

    shown = asyncio.run(main()).splitlines()
    drawn = Case(level, result, result).screen(120, 40).splitlines()
    body = slice(1, -2)  # beside the footer, and the offers that are unlocked
    for one, other in zip(shown[body], drawn[body], strict=True):
        assert one[:69].rstrip() == other[:69].rstrip()  # the frontier may have arrived already
