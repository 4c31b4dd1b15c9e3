"""Field forms as pyxform, and so KoboToolbox and ODK, takes them in: what they ask, when, in which languages."""

import contextlib
import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from lens import api
from lens.cases import Answer, Answers, Case, Program
from lens.cases.policy import Policy
from lens.cases.program import Activity, Partner, Place, Provision
from lens.checks.applies import Applies
from lens.checks.conditions import Condition
from lens.checks.setting import Setting
from lens.cli import run
from lens.errors import LensError
from lens.hooks.registry import Registry
from lens.languages.english import check_in
from lens.office.forms.asked import form_of, key_of
from lens.office.forms.importing import labels_of
from lens.office.forms.labels import folded
from lens.office.forms.names import CHOICES, PREFER_NOT, Field, Names
from lens.office.forms.relevance import relevant
from lens.office.forms.rows import answer_label, inert
from lens.office.forms.write import sheets_of, workbook_of
from lens.testing.planted import TOKEN, planted

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "templates" / "example"
DAY = date(2026, 11, 15)
LANGUAGES = ("en", "fr", "ar", "zh")
NS = {"x": "http://www.w3.org/2002/xforms", "h": "http://www.w3.org/1999/xhtml"}


@pytest.fixture(scope="module")
def registry():
    return Registry(only_core=True)


@pytest.fixture(scope="module")
def case(registry):
    return api.read_case(EXAMPLE, registry=registry).case


def form(case, registry, **options):
    return form_of(case, registry, as_of=DAY, policy=Policy(), **options)


def sheets(case, registry, langs=("en",), *, titles=False, **options):
    return sheets_of(form(case, registry, **options), [registry.language(one) for one in langs], titles=titles)


def rows(made, sheet="survey"):
    head, *body = made[sheet]
    return [{name: text for name, text in zip(head, line, strict=True) if text} for line in body]


def lens(*arguments):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run([str(one) for one in arguments])
    return code, out.getvalue(), err.getvalue()


@pytest.fixture(scope="module")
def converted(case, registry):
    """The whole form of the example in four languages, as pyxform makes an XForm of it."""
    etree = pytest.importorskip("lxml.etree")
    xls2xform = pytest.importorskip("pyxform.xls2xform")
    warnings = []
    workbook = workbook_of(sheets(case, registry, LANGUAGES))
    made = xls2xform.convert(workbook, warnings=warnings, validate=False, file_type=".xlsx")
    return etree.fromstring(made.xform.encode()), warnings


# What pyxform makes of it


def test_pyxform_takes_it_without_a_warning(converted):
    assert converted[1] == []


def test_every_text_is_there_in_every_language(converted):
    told = {
        one.get("lang"): {
            text.get("id"): [value.text for value in text.iterfind("x:value", NS)]
            for text in one.iterfind("x:text", NS)
        }
        for one in converted[0].iterfind(".//x:translation", NS)
    }
    assert list(told) == ["English (en)", "Français (fr)", "العربية (ar)", "中文 (zh)"]
    assert len({frozenset(one) for one in told.values()}) == 1
    assert [text for one in told.values() for text, values in one.items() if not all(values) or "-" in values] == []
    first = "/data/lens_program/risk__attacked_for_identity:label"
    assert len({one[first][0] for one in told.values()}) == 4


def test_the_first_language_is_the_default(converted):
    (default,) = converted[0].findall(".//x:translation[@default]", NS)
    assert default.get("lang") == "English (en)"


def test_it_reads_nothing_of_device_place_or_clock_and_forces_no_answer(converted):
    marks = {part.lower() for one in converted[0].iter() for part in (str(one.tag), *map(str, one.attrib))}
    marks |= {str(one.get("type")) for one in converted[0].iter()}
    preload = "{http://openrosa.org/javarosa}preload"
    assert [one.get("nodeset") for one in converted[0].iter() if one.get(preload)] == ["/data/meta/instanceID"]
    for word in ("deviceid", "phonenumber", "username", "geopoint", "audit", "background", "required"):
        assert [mark for mark in marks if word in mark] == []
    assert {one.get("type") for one in converted[0].iterfind(".//x:bind", NS)} == {None, "string", "date"}


def test_without_consent_nothing_but_the_end_is_shown(converted):
    binds = {one.get("nodeset"): one.get("relevant", "") for one in converted[0].iterfind(".//x:bind", NS)}
    outer = {name: told.replace(" ", "") for name, told in binds.items() if name.count("/") == 2 and told}
    assert outer.pop("/data/lens_stop") == "/data/lens_consent='no'"
    assert set(outer.values()) == {"/data/lens_consent='yes'"}
    free = {name.removeprefix("/data/") for name in binds if name.count("/") == 2 and name not in outer}
    assert free == {"lens_form", "lens_safety", "lens_consent", "lens_stop"}


# What it asks


def test_it_asks_what_the_plan_says(case, registry):
    plan = api.plan(EXAMPLE, as_of=DAY, registry=registry, policy=EXAMPLE / "lens.toml")
    made = form_of(case, registry, as_of=DAY, policy=api.read_case(EXAMPLE, registry=registry).policy)
    assert {one.check.id for one in made.asks} == {one.check for one in plan.questions}
    assert len(made.asks) == sum(one.times for one in plan.questions)
    assert {one.check.id for one in made.later} == {one.check for one in plan.later}


def test_safety_and_consent_come_first(case, registry):
    made = rows(sheets(case, registry))
    assert [(one["type"], one["name"]) for one in made[:4]] == [
        ("calculate", "lens_form"),
        ("note", "lens_safety"),
        ("select_one lens_yes_no", "lens_consent"),
        ("note", "lens_stop"),
    ]
    assert "no names" in made[1]["label::English (en)"]


def test_role_and_day_are_asked_with_what_they_may_be(case, registry):
    made = {one["name"]: one for one in rows(sheets(case, registry, role="local_partner")) if "name" in one}
    assert made["lens_day"]["constraint"] == ". <= today() and . >= date('2000-01-01')"
    assert made["lens_day"]["constraint_message::English (en)"] == "Write a day that is not in the future."
    assert made["lens_role"]["default"] == "local_partner"
    assert (
        "default"
        not in {one["name"]: one for one in rows(sheets(case, registry, depth="first-look")) if "name" in one}[
            "lens_role"
        ]
    )


def test_follow_ups_are_asked_where_the_answer_is_bad_and_a_reason_where_it_does_not_fit(case, registry):
    made = {one["name"]: one for one in rows(sheets(case, registry, depth="first-look")) if "name" in one}
    question = "harm__weakens_restraint"
    assert (
        made[f"{question}__more__safeguard"]["relevant"] == f"(${{{question}}} = 'yes' or ${{{question}}} = 'partly')"
    )
    assert made[f"{question}__why"]["relevant"] == f"${{{question}}} = 'not_applicable'"
    assert made[f"{question}__why"]["constraint"] == "string-length(.) <= 300"
    assert "Who can answer: local partner, people affected" in made[question]["hint::English (en)"]
    assert made[question]["guidance_hint::English (en)"].startswith("What settles it: What they say themselves")


def test_nobody_has_to_answer_and_nobody_has_to_say_on_a_phone_that_something_is_known(case, registry):
    made = rows(sheets(case, registry), "choices")
    answers = [one["name"] for one in made if one["list_name"] == "lens_answers"]
    assert answers == [*CHOICES, PREFER_NOT]
    assert "known_not_safe_to_record" not in answers
    assert "required" not in sheets(case, registry)["survey"][0]


def test_what_waits_is_asked_last_and_only_after_the_answer_it_waits_for(case, registry):
    made = {one.name: one.relevant for one in form(case, registry).later}
    trigger = "${harm__access_price}"
    assert made["risk__aid_as_enemy"] == f"({trigger} = 'yes' or {trigger} = 'partly')"
    alone = form(case, registry, role="people_affected")
    assert (alone.later, alone.waiting) == ((), 1)


def test_each_activity_and_place_has_its_own_group(case, registry):
    made = rows(sheets(case, registry, ("en", "fr")))
    groups = [one["name"] for one in made if one["type"] == "begin_group"]
    asked = [f"lens_{one.replace(':', '_') or 'program'}" for one in form(case, registry).subjects()]
    assert groups == ["lens_person", *asked, "lens_later"]
    assert asked[0] == "lens_program"
    assert {"lens_activity_1", "lens_place_1", "lens_place_3"} <= set(asked)
    place = next(one for one in made if one.get("name") == "risk__unpunished_violence__place_1")
    assert place["label::English (en)"].startswith("Place 1 (XA): ")


def test_a_form_can_be_for_one_role_one_place_or_what_is_not_answered(case, registry):
    whole = form(case, registry)
    role = form(case, registry, role="people_affected")
    assert {one.check.who[0] for one in role.asks} == {"people_affected"}
    place = form(case, registry, about=("place:2",))
    assert {one.about for one in place.asks} <= {"", "place:2"}
    left = form(case, registry, unanswered=True)
    assert len(left.asks) == sum(case.answer_for(one.check.id, one.about) is None for one in whole.asks)
    assert len({one.id for one in (whole, role, form(case, registry, depth="first-look"))}) == 3


@pytest.mark.parametrize(("about", "said"), [(("place:9",), 'no "place:9"'), (("partner:1",), 'no "partner:1"')])
def test_a_subject_that_is_not_there_is_said(case, registry, about, said):
    with pytest.raises(LensError, match=said):
        form(case, registry, about=about)


def test_a_form_that_nobody_could_fill_in_is_not_made(case, registry, monkeypatch):
    monkeypatch.setattr("lens.office.forms.asked.MAX_FIELDS", 100)
    with pytest.raises(LensError, match="Make it shorter with --about"):
        form(case, registry)


# When it asks


def condition(**fields):
    return Condition(**fields)


WAITS = condition(answer_to="risk.a", answers=("yes", "known_not_safe_to_record"))
HOLDS, FAILS = condition(subjects=("program",)), condition(subjects=("policy",))
UNKNOWN = condition(sectors=("152",))


@pytest.mark.parametrize(
    ("applies", "told"),
    [
        (None, ""),
        (Applies(all=(HOLDS,)), ""),
        (Applies(all=(FAILS,)), None),
        (Applies(all=(UNKNOWN,)), ""),
        (Applies(all=(HOLDS, WAITS)), "${risk__a} = 'yes'"),
        (Applies(any=(FAILS, WAITS)), "${risk__a} = 'yes'"),
        (Applies(any=(UNKNOWN, WAITS)), ""),
        (Applies(all=(FAILS,), any=(WAITS,)), None),
        (Applies(none=(WAITS,)), "not(${risk__a} = 'yes')"),
        (Applies(none=(HOLDS,)), None),
        (Applies(none=(UNKNOWN,)), ""),
        (Applies(all=(condition(answer_to="risk.not-here"),)), None),
        (Applies(all=(condition(answer_to="risk.two", answers=("no",)),)), "(${x} = 'no' or ${y} = 'no')"),
    ],
)
def test_when_a_question_applies_as_a_phone_works_it_out(applies, told):
    case = Case(program=Program())
    setting = Setting(as_of=DAY, stage=None, depth="full", policy=Policy())
    asked = {"risk.a": ("risk__a",), "risk.two": ("x", "y")}
    assert relevant(applies, case, setting, None, lambda name: asked.get(name, ())) == told


def test_an_answer_that_the_case_has_counts_as_given():
    case = Case(program=Program(), answers=Answers(answers=(Answer(question="risk.a", answer="yes"),)))
    setting = Setting(as_of=DAY, stage=None, depth="full", policy=Policy())
    assert relevant(Applies(all=(WAITS,)), case, setting, None, lambda _: ()) == ""


# What it is called, and what it tells


def test_names_lead_back_to_what_they_ask(registry):
    checks = [one.check for one in registry.checks.values() if one.check.question]
    names = Names(checks)
    fields = [
        Field(check.id, about, *part)
        for check in checks
        for about in (None, "activity:1", "place:12", "partner:3")
        for part in (("answer",), ("reason",), *(("follow_up", one.id) for one in check.question.follow_ups))
    ]
    assert len({one.name for one in fields}) == len(fields)
    assert [names.field(one.name) for one in fields] == fields
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", one.name) for one in fields)
    assert names.field("harm__no_such") is None


@pytest.mark.parametrize("code", ["en", "fr", "ar", "es", "id", "zh"])
def test_every_question_and_choice_is_told_apart_by_its_words_alone(registry, code):
    checks = [one.check for one in registry.checks.values() if one.check.question]
    t = registry.language(code)
    labels = labels_of(checks, registry, None)
    asks = [folded(inert(check_in(one, t).question.ask)) for one in checks]
    assert len(set(asks)) == len(asks)
    for check, ask in zip(checks, asks, strict=True):
        assert labels.columns(f"Group/{ask}") == [Field(check.id)]
    for word in (*CHOICES, PREFER_NOT):
        assert labels.answer(answer_label(word)(t).upper()) == word


def test_the_same_form_gives_the_same_bytes(case, registry):
    made = [workbook_of(sheets(case, registry, LANGUAGES)) for _ in range(2)]
    assert made[0] == made[1]


def test_what_a_form_is_called_rests_on_public_facts_alone(case, registry):
    before = form(case, registry)
    program = replace(case.program, id="other", title="other", description="other", reviewer="other")
    after = form(replace(case, program=program), registry)
    assert (before.id, before.version) == (after.id, after.version)
    elsewhere = replace(case, program=replace(case.program, places=(Place(id="place:1", country="XQ"),)))
    assert key_of(elsewhere) != key_of(case) != key_of(case, "kano")
    assert form(case, registry, depth="first-look").version != before.version


def test_nothing_that_is_not_public_is_in_a_form(case, registry):
    told = repr(sheets(planted(case), registry, LANGUAGES))
    assert TOKEN not in told
    assert TOKEN in repr(sheets(planted(case), registry, titles=True))


def test_what_a_program_says_is_no_formula_no_reference_and_no_markup(registry):
    title = '=HYPERLINK("x") ${lens_role} <b>*x*</b> # \u202e[a](b)'
    activity = Activity(id="activity:1", title=title, provides=(Provision(what="vehicles", to="partner:1"),))
    program = Program(activities=(activity,), partners=(Partner(id="partner:1", kind="security_force"),))
    made = sheets(Case(program=program), registry, titles=True)
    told = next(one for one in rows(made) if one.get("name") == "lens_activity_1")["label::English (en)"]
    assert told == 'Activity 1 (=HYPERLINK("x") lens role b x /b \ufffd a (b))'
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(io.BytesIO(workbook_of({**made, "choices": [["list_name"], ["=1+1"]]})))
    assert {cell.data_type for sheet in book for line in sheet for cell in line if cell.value is not None} == {"s"}


# The command


def test_a_form_is_written_and_never_over_another(tmp_path):
    pytest.importorskip("pyxform")
    file = tmp_path / "form.xlsx"
    code, out, err = lens("xlsform", EXAMPLE, "--first-look", "--lang", "en", "--lang", "ar", "--output", file)
    assert code == 0, err
    assert "questions to ask" in out
    before = file.read_bytes()
    code, _, err = lens("xlsform", EXAMPLE, "--output", file)
    assert (code, file.read_bytes()) == (2, before)
    assert "is there already" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--output", "form.xls"], "must end in .xlsx"),
        (["--code", "Not A Code"], "small letters"),
        (["--lang", "xx"], "Available:"),
        (["--role", "chief"], "--role"),
        (["--about", "activity:99"], 'no "activity:99"'),
        (["--output", ""], "empty text"),
    ],
)
def test_a_wrong_request_is_said_and_writes_nothing(arguments, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, _, err = lens("xlsform", EXAMPLE, *arguments)
    assert code == 2
    assert said in err
    assert list(tmp_path.iterdir()) == []
