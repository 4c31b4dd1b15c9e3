"""The HTML reports as a reader meets them in Chromium: `make browser`. Tests run on every page of conftest."""

from __future__ import annotations

import itertools
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from .conftest import HOSTILE, PAGES, PORTFOLIOS

if TYPE_CHECKING:
    from collections.abc import Iterable

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

Seen = dict[str, Any]

SCHEMES = ("light", "dark")


def test_axe_finds_nothing_against_wcag_2_2_aa(seen: Seen) -> None:
    assert set(seen["axe"]) == {"light", "dark", "narrow"}
    for way, result in seen["axe"].items():
        assert result["violations"] == [], way
        assert {"color-contrast", "target-size", "document-title", "html-has-lang"} <= set(result["ran"]), way


def test_dark_is_dark(seen: Seen) -> None:
    assert {scheme: _light(seen["ground"][scheme]) for scheme in SCHEMES} == {"light": True, "dark": False}


def test_nothing_is_fetched_and_nothing_complains(seen: Seen) -> None:
    requests = seen["heard"]["requests"]
    assert requests
    assert [url for url in requests if not url.startswith("file:///")] == []
    assert len({Path(url).name for url in requests} & {"report.html", "portfolio.html"}) == len(set(requests)) == 1
    assert seen["heard"]["complaints"] == []


def test_the_text_is_the_same_without_javascript(seen: Seen) -> None:
    with_script, without = seen["text"].splitlines(), seen["textWithoutScript"].splitlines()
    assert len(with_script) > 100
    assert [pair for pair in itertools.zip_longest(with_script, without) if pair[0] != pair[1]] == []


def test_a_narrow_window_never_scrolls_sideways(seen: Seen) -> None:
    for way, width in seen["width"].items():
        assert width["window"] == 380, way
        assert width["page"] <= 380, way
        assert width["scrolled"] == 0, way
        assert width["cut"] == [], way


@pytest.mark.parametrize("scheme", SCHEMES)
def test_tab_reaches_everything_in_order_and_shows_where_it_is(seen: Seen, scheme: str) -> None:
    meant, stops = seen["keyboard"][scheme]["meant"], seen["keyboard"][scheme]["stops"]
    assert stops[0]["name"].startswith("a #report")
    assert [stop["name"] for stop in stops] == meant
    assert [stop["index"] for stop in stops] == list(range(len(meant)))
    assert any(one.startswith("summary") for one in meant)
    assert _names(stop for stop in stops if stop["outline"] < 2) == []
    assert _names(stop for stop in stops if stop["contrast"] < 3) == []
    assert _names(stop for stop in stops if not stop["onScreen"]) == []
    assert _names(stop for stop in stops if not stop["uncovered"]) == []


def test_enter_skips_to_the_report_and_opens_details(seen: Seen) -> None:
    assert seen["entered"] == {"skipped": "report", "opens": True}


def test_the_page_has_one_title_a_language_and_headings_in_order(seen: Seen) -> None:
    structure = seen["structure"]
    assert structure["lang"] == "en"
    assert structure["title"].strip()
    assert len(structure["h1"]) == 1
    headings = structure["headings"]
    assert headings[0][0] == 1
    assert [words for _, words in headings if not words.strip()] == []
    assert [(one, two) for one, two in itertools.pairwise(headings) if two[0] > one[0] + 1] == []


def test_every_table_has_a_caption(seen: Seen) -> None:
    captions = seen["structure"]["captions"]
    assert captions
    assert all(captions)


def test_it_prints(seen: Seen, printed: dict[str, Path], name: str) -> None:
    assert printed[name].read_bytes().startswith(b"%PDF-")
    assert printed[name].stat().st_size > 20_000
    assert len(seen["print"]["closed"]) > 20


def test_what_is_closed_on_screen_is_on_paper(seen: Seen, printed: dict[str, Path], name: str) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not on the PATH (apt-get install poppler-utils), so the PDF's text was not read.")
    command = ["pdftotext", "-raw", str(printed[name]), "-"]
    paper = _packed(subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout)
    closed = seen["print"]["closed"]
    # The first words of each; where a line or a page ends does not matter.
    assert [words for words in closed if _packed(words)[:40] not in paper] == []


@pytest.mark.parametrize("review", PAGES)
def test_ten_seconds_tell_the_outcome_the_unknown_the_worry_and_who_acts(looked: dict[str, Seen], review: str) -> None:
    glance = looked[review]["glance"]
    assert glance["scrolled"] == 0
    assert glance["outcome"]["words"] in {"Escalate", "Revise", "Find out", "Decide", "Recorded"}
    assert _unseen([glance["outcome"]]) == []
    assert list(glance["panels"]) == ["What is not known", "What is worrying", "Who must act"]
    for title, lines in glance["panels"].items():
        # The title, and everything counted under it, or else the one sentence that says there is nothing.
        needed = [line for line in lines if line["counted"]] or lines[1:2]
        assert needed, title
        assert _unseen([lines[0], *needed]) == [], title


@pytest.mark.parametrize("portfolio", PORTFOLIOS)
def test_ten_seconds_tell_what_is_not_known_of_a_portfolio(looked: dict[str, Seen], portfolio: str) -> None:
    panels = looked[portfolio]["glance"]["panels"]
    assert list(panels) == ["What is not known", "Where to look", "How to read it"]
    assert _unseen([line for lines in panels.values() for line in lines]) == []


def test_nothing_runs(seen: Seen) -> None:
    assert seen["running"] == {"ran": None, "elements": [], "handlers": []}
    assert seen["heard"]["dialogs"] == []


def test_a_hostile_title_is_shown_as_it_was_written(looked: dict[str, Seen]) -> None:
    structure = looked["hostile"]["structure"]
    assert structure["h1"] == [HOSTILE]
    assert structure["title"].startswith(HOSTILE)
    # The heading, and the activity of the same name wherever it is spoken of.
    assert looked["hostile"]["text"].count(HOSTILE) > 2


def _names(stops: Iterable[Seen]) -> list[str]:
    return [stop["name"] for stop in stops]


def _unseen(lines: list[Seen]) -> list[str]:
    """Lines that are not whole within the first 900 pixels."""
    return [line["words"] for line in lines if not (line["seen"] and line["top"] >= 0 and line["bottom"] <= 900)]


def _packed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _light(color: str) -> bool:
    return sum(int(part) for part in re.findall(r"\d+", color)[:3]) > 3 * 128
