from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest

import lens.reports
from lens.errors import LensError
from lens.languages import language as languages
from lens.languages.english import WORDS as WORDS_OF
from lens.languages.language import fill, language
from lens.reports.files import template_bytes, template_text
from lens.reports.texts import finding_text, value_text
from lens.reviews.model import AnswerView, Value
from lens.words import MEANINGS, TYPES, OpenBecause, Outcome, State

from .conftest import make_checks, make_findings

PACKAGE = Path(lens.reports.__file__).parent
ENGLISH = language()
# No word of these may stand in a text or template: the lens never says that anything is in order.
FORBIDDEN = re.compile(
    r"\b(pass|passes|passed|safe|safely|cleared|low[- ]risk|compliant|compliance|scores?)\b", re.IGNORECASE
)
ALLOWED = r"not safe to record|they call safe|Hold it safely"

# What is asked for by a made-up name: `f"outcome.{word}.name"`. Each stands for the words it can be made with.
WORDS: dict[str, Any] = {
    "outcome": get_args(Outcome),
    "state": get_args(State),
    "because": get_args(OpenBecause),
    "step": MEANINGS["next step"],
    "audience": MEANINGS["audience"],
    "component": MEANINGS["component"],
    "effect": MEANINGS["effect"],
}


TEMPLATES = (
    *(f"{name}.{kind}" for name in ("report", "brief", "risk-section") for kind in ("html", "md")),
    "report.css",
)
DOCUMENTS = ("report.docx", "brief.docx", "actions.docx")


def used_in_templates() -> set[str]:
    sources = [template_text("report", name) for name in TEMPLATES]
    for name in DOCUMENTS:
        with zipfile.ZipFile(io.BytesIO(template_bytes("office", name))) as package:
            sources.append(package.read("word/document.xml").decode())
    sources.append(template_text("office", "document.typ").replace("t.at(", "t("))
    return {one for source in sources for one in re.findall(r'\bt\("([a-z._-]+[a-z])"', source)}


def used_in_code() -> tuple[set[str], list[re.Pattern[str]]]:
    """Ids named in the code as they are, and patterns of those that are put together."""
    exact: set[str] = set()
    made: list[re.Pattern[str]] = []
    places = (
        "reports/**/*.py",
        "cli/ask.py",
        "cli/import_.py",
        "cli/xlsform.py",
        "cli/slips.py",
        "cli/workbook.py",
        "cli/plan.py",
        "cli/compare.py",
        "cli/summary.py",
        "cli/scaffold.py",
        "reviews/summary.py",
        "interview/*.py",
        "office/**/*.py",
    )
    for file in (*(one for place in places for one in sorted(PACKAGE.parent.glob(place))), Path(languages.__file__)):
        for prefix, text in re.findall(r'(f?)"([A-Za-z0-9_.{}\[\]\'() -]+)"', file.read_text()):
            if not prefix:
                exact.add(text)
            elif "." in text:
                parts = re.split(r"\{[^{}]*\}", text)
                made.append(re.compile("[a-z0-9_-]+".join(re.escape(part) for part in parts)))
    return exact, made


def test_every_text_named_in_a_template_is_there() -> None:
    assert {name for name in used_in_templates() if not ENGLISH.has(name)} == set()


@pytest.mark.parametrize(
    "name",
    [
        *(f"outcome.{word}.{part}" for word in WORDS["outcome"] for part in ("name", "text")),
        *(f"state.{word}.text" for word in WORDS["state"]),
        *(f"bucket.{word}" for word in WORDS["state"]),
        *(f"bucket.{word}.text" for word in WORDS["state"]),
        *(f"step.{word}.{part}" for word in WORDS["step"] for part in ("name", "text")),
        *(f"marking.{word}" for word in WORDS["audience"]),
        *(f"component.{word}" for word in WORDS["component"]),
        *(f"cell.{word}" for word in WORDS["effect"]),
        *(f"question.{word}" for word in WORDS["because"]),
        *(f"one.{word}" for word in ("activity", "place", "partner", "actor", "person", "group")),
        *(f"not-asked.{word}" for word in ("stage", "depth", "applies", "deprecated")),
    ],
)
def test_every_word_of_the_lists_has_its_text(name: str) -> None:
    assert ENGLISH.has(name)


def test_every_reason_and_every_way_a_decision_fails_has_its_text() -> None:
    gate = Path(lens.reports.__file__).parents[1] / "reviews" / "gate.py"
    reasons = set(re.findall(r'"((?:next|other|grave|escalating|could|all)-[a-z-]+|disputed)"', gate.read_text()))
    assert len(reasons) >= 15
    assert {one for one in reasons if not (ENGLISH.has(f"reason.{one}") or ENGLISH.has(f"reason.{one}.many"))} == set()
    decisions = gate.with_name("decisions.py").read_text()
    invalid = set(re.findall(r'why\.append\("([a-z-]+)"\)|return \["([a-z-]+)"\]', decisions))
    named = {one or other for one, other in invalid} | {"too-long"}
    assert {one for one in named if not ENGLISH.has(f"invalid.{one}")} == set()


def test_every_text_is_used() -> None:
    exact, made = used_in_code()
    exact |= used_in_templates()
    unused = set()
    for name in ENGLISH.frame:
        base = name.removesuffix(".one").removesuffix(".many")
        if name.startswith("word."):
            _, kind, word = name.split(".")
            if not any(word in MEANINGS[one] for one in WORDS_OF[kind]):
                unused.add(name)
        elif base not in exact and not any(one.fullmatch(base) for one in made):
            unused.add(name)
    # The sections of the page are listed in the template's own list of contents.
    assert {one for one in unused if not one.startswith("section.")} == set()


def test_the_lists_of_words_are_those_of_lens() -> None:
    assert {one for lists in WORDS_OF.values() for one in lists} <= set(TYPES)


def test_no_text_or_template_says_that_anything_is_in_order() -> None:
    sources = {
        "frame.yaml": (PACKAGE.parent / "languages" / "frame.yaml").read_text("utf-8"),
        **{name: template_text("report", name) for name in TEMPLATES},
    }
    found = {
        (name, match[0]) for name, text in sources.items() for match in FORBIDDEN.finditer(re.sub(ALLOWED, "", text))
    }
    assert found == set()


def test_values_are_filled_in_once_and_never_looked_into() -> None:
    assert fill("{a} and {b}", {"a": "{b}", "b": "x"}) == "{b} and x"
    assert fill("{a.__class__} {a!r} {a:>9} {c}", {"a": "x"}) == "{a.__class__} {a!r} {a:>9} {c}"


def test_a_text_that_is_not_there_is_an_error_and_not_blank() -> None:
    with pytest.raises(LensError, match=r'no text "section\.action"'):
        ENGLISH.text("section.action")


@pytest.mark.parametrize(
    ("kind", "exact", "coarse", "expected"),
    [
        ("ref", "activity:1", "activity", "activity 1"),
        ("ref", "", "activity", "an activity"),
        ("ref", "partner:2", "partner", "partner 2 (Northern Border Service)"),
        ("ref", "odd thing", "odd", "odd thing"),
        ("id", "INH5", "INH5", "INH5 (Local capacity to resolve conflicts)"),
        ("id", "local:1", "local:1", "a local inhibitor"),
        ("id", "RF99", "RF99", "RF99"),
        ("word", "women_led_organization", "x", "women led organization"),
        ("day", "2026-03-31", "2026", "2026-03-31"),
        ("day", "", "2026", "2026"),
        ("money", "", "under 100 thousand", "under 100 thousand"),
        ("count", "3", "3", "3"),
        ("word", "", "", "not shown here"),
    ],
)
def test_a_value_is_exact_where_it_may_be_and_else_coarse(kind: Any, exact: str, coarse: str, expected: str) -> None:
    value = Value(name="x", kind=kind, exact=exact, coarse=coarse)
    assert value_text(value, ENGLISH, {"partner:2": "Northern Border Service"}) == expected


def test_a_question_is_told_with_its_answer() -> None:
    found, check = make_findings()[0], make_checks()["risk.attacked"]
    assert finding_text(found, check, ENGLISH) == (
        "“In the last 90 days, have people here been attacked, expelled or marked because of who they are?” was "
        "answered yes. That is a concern."
    )
    withheld = replace(
        found,
        state="open",
        because="withheld_for_safety",
        outcome="withheld_for_safety",
        answer=AnswerView(answer="known_not_safe_to_record"),
    )
    assert finding_text(withheld, check, ENGLISH).endswith(
        "The answer is known, not safe to record. This is held against nobody."
    )


def test_a_computed_check_tells_the_outcome_it_declared() -> None:
    found, check = make_findings()[1], make_checks()["risk.context-dated"]
    assert finding_text(found, check, ENGLISH) == (
        "RF7 (Enabling circumstances or preparatory action) was judged on 2025-01-09, 490 days ago, by a "
        "context owner; place 1 is meant."
    )
    assert "was judged on not shown here" in finding_text(replace(found, values=()), check, ENGLISH)


def test_a_finding_of_a_check_that_is_gone_is_told_by_its_state() -> None:
    assert finding_text(make_findings()[1], None, ENGLISH) == "It is open: too old."
    gone = replace(make_findings()[1], outcome="renamed")
    assert finding_text(gone, make_checks()["risk.context-dated"], ENGLISH) == "It is open: too old."
