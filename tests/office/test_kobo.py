"""Exports of field forms as they come: what people entered arrives, nothing of who they are, and nothing is chosen."""

import contextlib
import csv
import io
import json
import random
import re
import shutil
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import example, settings
from hypothesis import given as draws
from hypothesis import strategies as st

from lens import api
from lens.cases import Answer
from lens.cases.policy import Policy
from lens.cli import run
from lens.errors import InputError
from lens.hooks.registry import Registry
from lens.office.forms.asked import form_of
from lens.office.forms.importing import imported
from lens.office.forms.kobo import day_of, traced
from lens.office.forms.names import PREFER_NOT, Names
from lens.office.forms.write import sheets_of
from lens.readers.text import load_yaml

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("python_calamine")

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "templates" / "example"
DAY = date(2026, 11, 15)
SECRET = "Canary"
LANGUAGES = ("en", "fr", "ar", "zh")

META = (
    "start",
    "end",
    "deviceid",
    "username",
    "_geolocation",
    "_where_latitude",
    "_id",
    "_uuid",
    "_submission_time",
    "_validation_status",
    "_notes",
    "_status",
    "_submitted_by",
    "__version__",
    "_tags",
    "meta/rootUuid",
    "_index",
)
DROPPED = [
    "start",
    "end",
    "deviceid",
    "username",
    "_geolocation",
    "_where_latitude",
    "_submission_time",
    "_notes",
    "_submitted_by",
    "_tags",
]


@pytest.fixture(scope="module")
def registry():
    return Registry(only_core=True)


@pytest.fixture(scope="module")
def case(registry):
    return api.read_case(EXAMPLE, registry=registry).case


@pytest.fixture(scope="module")
def form(case, registry):
    return Form(case, registry)


@pytest.fixture(scope="module")
def first_look(case, registry):
    return Form(case, registry, depth="first-look")


class Form:
    """A form as a server holds it: its questions with their groups, in several languages."""

    def __init__(self, case, registry, **options):
        made = form_of(case, registry, as_of=DAY, policy=Policy(), **options)
        sheets = sheets_of(made, [registry.language(one) for one in LANGUAGES])
        head, *body = sheets["survey"]
        self.key, self.version = made.key, made.version
        self.questions, groups = [], []
        for line in body:
            row = dict(zip(head, line, strict=True))
            if row["type"] == "begin_group":
                groups.append(row)
            elif row["type"] == "end_group":
                groups.pop()
            else:
                self.questions.append((row, tuple(groups)))
        self.rows = {row["name"]: row for row, _ in self.questions}
        self.choices = {}
        choice_head, *choices = sheets["choices"]
        for line in choices:
            row = dict(zip(choice_head, line, strict=True))
            self.choices.setdefault(row["list_name"], {})[row["name"]] = row

    def filled(self, dice, *, consent="yes", key=None):
        """A submission: every question answered at random or left out, as far as it is asked."""
        given = {"lens_form": f"{key or self.key}.{self.version}", "lens_consent": consent}
        for row, _ in self.questions if consent == "yes" else ():
            kind, name = row["type"], row["name"]
            if name in given or kind == "note" or not self.shown(row["relevant"], given) or dice.random() < 0.2:
                continue
            if name == "lens_day":
                given[name] = f"2026-{dice.randint(1, 10):02}-{dice.randint(1, 28):02}"
            elif kind.startswith("select_one"):
                given[name] = dice.choice(list(self.choices[kind.split()[1]]))
            elif kind == "text":
                given[name] = dice.choice(["It works elsewhere.", "=1+1", 'Nous n’y sommes pas; pas encore, "non"'])
        return given

    @staticmethod
    def shown(relevant, given):
        """Whether an expression of the form holds, worked out as a phone does."""
        told = re.sub(r"\$\{(\w+)\}", lambda one: f"given.get({one[1]!r}, '')", relevant).replace(" = ", " == ")
        return not told or eval(told, {"given": given})  # noqa: S307 - our own form's expression

    def export(self, submissions, *, lang=None, groups="", uuids=None, status=()):
        """The rows of an export, header first: names, or labels in a language; with groups or without."""
        column = None if lang is None else next(one for one in self.questions[0][0] if one.endswith(f"({lang})"))

        def called(row):
            return row["name"] if column is None else row[column] or row["name"]

        def head(row, outer):
            return groups.join((*(called(one) for one in outer), called(row))) if groups else called(row)

        def cell(row, value):
            if column is None or not row["type"].startswith("select_one") or not value:
                return value
            return self.choices[row["type"].split()[1]][value][column]

        made = [[*(head(row, outer) for row, outer in self.questions), *META]]
        for number, given in enumerate(submissions):
            uuid = uuids[number] if uuids else f"00000000-0000-4000-8000-{number:012}"
            meta = {"_uuid": uuid, "_id": str(number), "_index": str(number + 1), "__version__": "v1"}
            meta |= {"_validation_status": status[number] if status else ""}
            meta |= dict.fromkeys(DROPPED, f"{SECRET} {number}")
            values = [cell(row, given.get(row["name"], "")) for row, _ in self.questions]
            made.append([*values, *(meta.get(one, "") for one in META)])
        return made


def as_xlsx(path, **sheets):
    book = openpyxl.Workbook()
    del book[book.sheetnames[0]]
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
            for one in sheet[sheet.max_row]:
                one.data_type = "s" if isinstance(one.value, str) else one.data_type
    book.save(path)
    return path


def as_csv(path, lines, *, sep=";", encoding="utf-8"):
    stream = io.StringIO()
    csv.writer(stream, delimiter=sep, quoting=csv.QUOTE_ALL).writerows(lines)
    path.write_bytes(stream.getvalue().encode(encoding))
    return path


def entered(form, names, submissions):
    """What submissions say, as lens should have it."""
    found = set()
    for number, given in enumerate(submissions):
        source = traced(f"00000000-0000-4000-8000-{number:012}", None, 0)
        for name, value in given.items():
            field = names.field(name)
            if field is None or value == PREFER_NOT:
                continue
            if field.part == "answer":
                found.add((source, field.check, field.about, "answer", value))
                found.add((source, field.check, field.about, "by", given.get("lens_role", "")))
                found.add((source, field.check, field.about, "on", given.get("lens_day", "")))
            else:
                what = field.follow_up or "reason"
                found.add((source, field.check, field.about, what, value))
    return found


def arrived(answers):
    found = set()
    for one in answers:
        key = (one.taken_from, one.question, one.about)
        found |= {(*key, "answer", one.answer), (*key, "by", one.by)}
        found.add((*key, "on", one.on.isoformat() if one.on else ""))
        found |= {(*key, name, word) for name, word in one.follow_ups.items()}
        found |= {(*key, "reason", one.reason)} if one.reason else set()
    return found


def take(paths, case, registry, **options):
    return imported([paths] if isinstance(paths, Path) else paths, case, registry, today=DAY, **options)


def lens(*arguments):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run([str(one) for one in arguments])
    return code, out.getvalue(), err.getvalue()


# What was entered arrives


@settings(max_examples=20)
@draws(
    st.just(False),
    st.integers(0, 10**6),
    st.sampled_from([None, *LANGUAGES]),
    st.sampled_from(["", "/", ".", ":", "-", "__"]),
    st.sampled_from(["xlsx", ";", ",", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
@example(True, 1, "fr", "", "xlsx", "utf-8")
@example(True, 2, "ar", "/", ";", "utf-8-sig")
@example(True, 3, "zh", "", ",", "utf-8")
def test_what_people_entered_is_what_arrives(
    form, first_look, case, registry, tmp_path_factory, whole, seed, lang, groups, kind, encoding
):
    dice = random.Random(seed)  # noqa: S311 - no secret hangs on it
    form = form if whole else first_look
    submissions = [form.filled(dice, consent="yes" if dice.random() < 0.8 else "no") for _ in range(4)]
    lines = form.export(submissions, lang=lang, groups=groups)
    path = tmp_path_factory.mktemp("export") / "export.dat"
    if kind == "xlsx":
        as_xlsx(path, export=lines)
    else:
        as_csv(path, lines, sep=kind, encoding=encoding)
    made = take(path, case, registry)
    names = Names(one.check for one in registry.checks.values())
    consented = [one if one["lens_consent"] == "yes" else {} for one in submissions]
    assert [str(one) for one in made.taken.problems] == []
    assert arrived(made.taken.answers) == entered(form, names, consented)
    assert made.taken.submissions == sum(map(bool, consented))
    assert made.taken.without_consent == 4 - made.taken.submissions
    assert made.taken.dropped == DROPPED
    assert made.taken.not_understood == []
    assert SECRET not in repr([one.__reduce__() for one in made.taken.answers])


def filled(form, count, **answers):
    base = {"lens_form": f"{form.key}.{form.version}", "lens_consent": "yes", "lens_role": "local_partner"}
    return [{**base, "lens_day": f"2026-10-{number + 1:02}", **answers} for number in range(count)]


ASK = "harm__reaches_force"


def test_an_answer_of_a_form_is_stated_and_can_be_traced_to_its_submission_alone(form, case, registry, tmp_path):
    lines = form.export(filled(form, 1, **{ASK: "no"}), uuids=["UUID:4F0C-Canary"])
    made = take(as_xlsx(tmp_path / "e.xlsx", e=lines), case, registry)
    (answer,) = made.answers.others
    assert answer.taken_from == "submission fb1a5d8152dc"
    assert (answer.by, answer.on, answer.answer) == ("local_partner", date(2026, 10, 1), "no")
    ((kind, ref, held),) = [(one.kind, one.ref, one.held_elsewhere) for one in answer.evidence]
    assert (kind, ref, held) == ("local_organization", "", "")


def test_several_people_are_side_by_side_and_nothing_is_chosen(form, case, registry, tmp_path):
    submissions = [*filled(form, 3, **{ASK: "no"}), *filled(form, 1, **{ASK: "yes"})]
    made = take(as_xlsx(tmp_path / "e.xlsx", e=form.export(submissions)), case, registry)
    assert [one.answer for one in made.answers.others] == ["no", "no", "no", "yes"]
    (point,) = made.differ
    assert point.question == "harm.reaches-force"
    assert {"no", "yes"} <= {one.answer for one in point.voices}


def test_who_prefers_not_to_say_has_not_answered_and_contradicts_nobody(form, case, registry, tmp_path):
    question = "harm__sparks_violence"
    submissions = [*filled(form, 1, **{question: PREFER_NOT}), *filled(form, 1, **{question: "not_known"})]
    made = take(as_xlsx(tmp_path / "e.xlsx", e=form.export(submissions)), case, registry)
    assert [one.answer for one in made.answers.others] == ["not_known"]
    assert dict(made.taken.declined) == {("harm.sparks-violence", None): 1}


def test_the_same_submission_counts_once_and_an_edited_one_stands_beside_the_first(form, case, registry, tmp_path):
    first = as_xlsx(tmp_path / "a.xlsx", e=form.export(filled(form, 2, **{ASK: "no"})))
    again = take([first, first], case, registry)
    assert (again.taken.submissions, again.taken.twice, len(again.answers.others)) == (2, 2, 2)
    edited = as_xlsx(tmp_path / "b.xlsx", e=form.export(filled(form, 1, **{ASK: "yes"})))
    both = take([first, edited], case, registry)
    assert [one.answer for one in both.answers.others] == ["no", "no", "yes"]
    assert both.answers.others[0].taken_from == both.answers.others[2].taken_from


def test_what_a_supervisor_has_not_approved_is_left_out(form, case, registry, tmp_path):
    lines = form.export(filled(form, 3, **{ASK: "no"}), status=["Approved", "Not approved", "On hold"])
    made = take(as_csv(tmp_path / "e.csv", lines), case, registry)
    assert (made.taken.submissions, made.taken.rejected) == (2, 1)


def test_without_the_column_of_consent_nothing_is_used(form, case, registry, tmp_path):
    lines = form.export(filled(form, 1, **{ASK: "no"}))
    place = lines[0].index("lens_consent")
    without = [[*line[:place], *line[place + 1 :]] for line in lines]
    with pytest.raises(InputError, match="whether people agreed"):
        take(as_csv(tmp_path / "e.csv", without), case, registry)


@pytest.mark.parametrize("consent", ["no", "", "maybe"])
def test_only_a_yes_is_consent(form, case, registry, tmp_path, consent):
    lines = form.export([{**filled(form, 1, **{ASK: "no"})[0], "lens_consent": consent}])
    made = take(as_csv(tmp_path / "e.csv", lines), case, registry)
    assert (made.taken.without_consent, made.taken.answers) == (1, [])


def test_one_bad_cell_takes_nothing_else_down_and_is_named_without_its_value(form, case, registry, tmp_path):
    bad = {ASK: SECRET, "lens_role": f"{SECRET} chief", "lens_day": f"{SECRET}", "harm__sparks_violence": "no"}
    future = {"lens_day": "2027-01-01"}
    submissions = [{**filled(form, 1)[0], **bad}, {**filled(form, 1, **{ASK: "yes"})[0], **future}]
    made = take(as_xlsx(tmp_path / "e.xlsx", sheet=form.export(submissions)), case, registry)
    told = [str(one) for one in made.taken.problems]
    assert [one.partition(": ")[2].partition(". ")[0] for one in told] == [
        "This is none of the roles of the form",
        "This is not a day as year-month-day",
        "This is no answer that the form offers",
        "This day lies in the future",
    ]
    assert all(re.match(r"e\.xlsx, sheet![A-Z]+[23]: ", one) for one in told)
    assert SECRET not in "".join(told)
    assert [(one.question, one.answer, one.by, one.on) for one in made.answers.others] == [
        ("harm.sparks-violence", "no", "", None),
        ("harm.reaches-force", "yes", "local_partner", None),
    ]
    assert (made.taken.no_role, made.taken.no_day) == (1, 2)


def test_an_answer_about_an_activity_that_is_gone_is_named(form, case, registry, tmp_path):
    head, row = form.export(filled(form, 1, **{ASK: "no"}))
    name = next(one for one in head if "__place_1" in one).replace("place_1", "place_99")
    made = take(as_xlsx(tmp_path / "e.xlsx", e=[[*head, name], [*row, "yes"]]), case, registry)
    assert ["no place:99 any more" in str(one) for one in made.taken.problems] == [True]
    assert [one.answer for one in made.answers.others] == ["no"]


def test_a_part_without_its_question_is_named(form, case, registry, tmp_path):
    more = next(one for one in form.rows if "__more__" in one)
    made = take(as_csv(tmp_path / "e.csv", form.export(filled(form, 1, **{more: "yes"}))), case, registry)
    assert ["not answered in this row" in str(one) for one in made.taken.problems] == [True]
    assert made.taken.answers == []


def test_a_form_of_another_country_is_told_apart(form, case, registry, tmp_path):
    mine, other = filled(form, 1, **{ASK: "no"})[0], {**filled(form, 1, **{ASK: "yes"})[0], "lens_form": "12345678.x"}
    mixed = take(as_csv(tmp_path / "a.csv", form.export([mine, other])), case, registry)
    assert (mixed.taken.submissions, mixed.taken.of_another) == (1, 1)
    with pytest.raises(InputError, match="another case's form"):
        take(as_csv(tmp_path / "b.csv", form.export([other])), case, registry)
    coded = Form(case, registry, code="kano")
    path = as_csv(tmp_path / "c.csv", coded.export(filled(coded, 1, **{ASK: "no"})))
    with pytest.raises(InputError, match="--code"):
        take(path, case, registry)
    assert take(path, case, registry, code="kano").taken.submissions == 1


def test_several_versions_of_one_form_are_read_together(form, case, registry, tmp_path):
    older = {**filled(form, 1, **{ASK: "no"})[0], "lens_form": f"{form.key}.0ld"}
    lines = form.export([older, *filled(form, 1, **{ASK: "no"})], uuids=["a", "b"])
    made = take(as_csv(tmp_path / "e.csv", lines), case, registry)
    assert (made.taken.submissions, len(made.taken.versions)) == (2, 2)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-10-02", date(2026, 10, 2)),
        ("2026-10-02T23:30:00.000+03:00", date(2026, 10, 2)),
        ("2026-10-02 23:30:00", date(2026, 10, 2)),
        ("2026-13-02", None),
        ("02/10/2026", None),
        ("46297", None),
        ("", None),
    ],
)
def test_the_day_is_the_day_where_it_was_written(text, day):
    assert day_of(text) == day


def test_days_and_numbers_that_a_workbook_holds_as_such(form, case, registry, tmp_path):
    head, row = form.export(filled(form, 1, **{ASK: "no"}))
    row[head.index("lens_day")] = datetime(2026, 10, 2, 13, 5)  # noqa: DTZ001 - workbooks know no zones
    made = take(as_xlsx(tmp_path / "e.xlsx", e=[head, row]), case, registry)
    assert [one.on for one in made.answers.others] == [date(2026, 10, 2)]


# Hostile and broken


def test_headers_that_stand_twice(form, case, registry, tmp_path):
    head, row = form.export(filled(form, 1, **{ASK: "no"}))
    same = take(as_csv(tmp_path / "a.csv", [[*head, f"older/{ASK}"], [*row, "no"]]), case, registry)
    assert [one.answer for one in same.answers.others] == ["no"]
    other = take(as_csv(tmp_path / "b.csv", [[*head, f"older/{ASK}"], [*row, "yes"]]), case, registry)
    assert other.answers.others == ()
    assert ["say different things" in str(one) for one in other.taken.problems] == [True]


def test_five_thousand_columns(form, case, registry, tmp_path):
    head, row = form.export(filled(form, 1, **{ASK: "no"}))
    wide = [[*(f"q{n}" for n in range(5000)), *head], [*["x"] * 5000, *row]]
    for path in (as_csv(tmp_path / "e.csv", wide), as_xlsx(tmp_path / "e.xlsx", e=wide)):
        made = take(path, case, registry)
        assert [one.answer for one in made.answers.others] == ["no"]
        assert len(made.taken.not_understood) == 5000


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "<script>x</script>", "x" * 200_000, "{{ 1 }}", "\u202eno"])
def test_what_people_write_stays_text(form, case, registry, tmp_path, text):
    question, reason = ASK, f"{ASK}__why"
    lines = form.export(filled(form, 1, **{question: "not_applicable", reason: text}))
    path = tmp_path / "answers.yaml"
    code, out, err = lens(
        "import", "kobo", as_csv(tmp_path / "e.csv", lines), "--case", EXAMPLE, "--output", path, "--as-of", DAY
    )
    assert code in (0, 1), err
    assert text not in out + err
    (answer,) = load_yaml(path).data["answers"]["others"]
    assert answer["reason"] == text[:32_767]


def test_sheets_in_another_order_titles_above_and_hxl_below(form, case, registry, tmp_path):
    head, row = form.export(filled(form, 1, **{ASK: "no"}))
    lines = [["Program questions"], [], head, ["#meta"] * len(head), row]
    notes = [["Who", "What"], ["Canary", "a note"]]
    made = take(as_xlsx(tmp_path / "e.xlsx", notes=notes, data=lines), case, registry)
    assert [one.answer for one in made.answers.others] == ["no"]
    assert made.taken.not_understood == ["Who", "What", "notes (sheet)"]


def test_signs_in_another_encoding_spoil_their_own_cell_only(form, case, registry, tmp_path):
    question, reason = ASK, "harm__sparks_violence"
    lines = form.export(filled(form, 1, **{question: "no", reason: "oui"}), lang=None)
    raw = as_csv(tmp_path / "e.csv", lines).read_bytes().replace(b'"oui"', '"né"'.encode("latin-1"))
    (tmp_path / "e.csv").write_bytes(raw)
    made = take(tmp_path / "e.csv", case, registry)
    assert [one.answer for one in made.answers.others] == ["no"]
    assert len(made.taken.problems) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "This export is empty"),
        (b"\xef\xbb\xbf\n\n;;;\n", "This export is empty"),
        (b"<!DOCTYPE html><p>Log in", "This is a web page"),
        (b'{"count": 1}', "This is JSON"),
        (b"\xd0\xcf\x11\xe0aaaa", "old form .xls"),
        (b"PK\x03\x04broken", "not a workbook that can be read"),
        (b"%PDF-1.7", "This is a PDF"),
        (b"a;b\n\x00\x01;2\n", "not a table of text"),
        (b"a,b\n1,2\n", "This is an export of another form"),
        (b"lens_consent;lens_form\nyes;x\n", "has no question of this case"),
    ],
)
def test_what_is_no_export_of_ours_is_said(case, registry, tmp_path, content, said):
    path = tmp_path / "export.csv"
    path.write_bytes(content)
    with pytest.raises(InputError) as reason:
        take(path, case, registry)
    assert said in str(reason.value)


def test_a_form_in_place_of_its_export_is_said(case, registry, tmp_path):
    path = as_xlsx(tmp_path / "form.xlsx", survey=[["type", "name"], ["text", "x"]], choices=[["list_name"]])
    with pytest.raises(InputError, match="This is a form, not what people answered"):
        take(path, case, registry)


# The command


@pytest.fixture
def copied(tmp_path):
    return Path(shutil.copytree(EXAMPLE, tmp_path / "case"))


def test_the_case_is_left_alone_and_its_review_takes_what_came_back(form, copied, tmp_path):
    before = {one.name: one.read_bytes() for one in copied.iterdir()}
    question = "harm__sparks_violence"
    submissions = [*filled(form, 2, **{question: "no"}), *filled(form, 1, **{question: "yes"})]
    export = as_csv(tmp_path / "e.csv", form.export(submissions, uuids=["a", "b", "c"]))
    code, out, err = lens("import", "kobo", export, "--case", copied, "--as-of", DAY)
    assert (code, err) == (1, "")
    assert "Read: 3 submissions" in out
    assert "harm.sparks-violence: " in out
    after = {one.name: one.read_bytes() for one in copied.iterdir()}
    assert after.pop("answers-field-form-1.yaml")
    assert after == before
    options = ("--as-of", DAY, "--audience", "internal", "--format=json", "--output", tmp_path)
    code, _, err = lens("review", copied, *options)
    assert code in (0, 1), err
    review = json.loads((tmp_path / "review.json").read_text("utf-8"))
    (found,) = [one for one in review["findings"] if one["check"] == "harm.sparks-violence"]
    assert found["outcome"] == "disagreement"
    code, out, _ = lens("import", "kobo", export, "--case", copied, "--as-of", DAY)
    assert code == 0
    assert "nothing new" in out
    assert not (copied / "answers-field-form-2.yaml").exists()


def test_a_role_settles_a_point_in_the_file_that_an_import_writes(form, copied, tmp_path, registry):
    question = "harm__sparks_violence"
    submissions = [*filled(form, 1, **{question: "no"}), *filled(form, 1, **{question: "yes"})]
    export = as_csv(tmp_path / "e.csv", form.export(submissions, uuids=["a", "b"]))
    lens("import", "kobo", export, "--case", copied, "--as-of", DAY)
    file = copied / "answers-field-form-1.yaml"
    text = re.sub(r"(?m)^  # (?=settled:|- question|  \w+:)", "  ", file.read_text("utf-8"))
    text = text.replace("    answer:\n", "    answer: yes\n").replace("    by:\n", "    by: senior_reviewer\n")
    file.write_text(text, "utf-8")
    made = api.read_case(copied, registry=registry).case
    settled = made.answer_for("harm.sparks-violence")
    assert isinstance(settled, Answer)
    assert (settled.answer, settled.by) == ("yes", "senior_reviewer")


def test_nothing_of_people_or_devices_is_said_or_written(form, copied, tmp_path):
    submissions = filled(form, 2, **{ASK: SECRET, "harm__sparks_violence": "no"})
    export = as_xlsx(tmp_path / "e.xlsx", e=form.export(submissions))
    code, out, err = lens("import", "kobo", export, "--case", copied, "--as-of", DAY)
    assert code == 3
    written = (copied / "answers-field-form-1.yaml").read_text("utf-8")
    assert SECRET not in out + err + written
    assert "_submitted_by" in out
    assert "2 cells could not be read" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing.xlsx", "--case", EXAMPLE], "There is no such file"),
        (["nothing.xlsx"], "with --case"),
        ([".", "--case", EXAMPLE], "This is a folder"),
        (["x.csv", "--case", EXAMPLE, "--output", "x.xlsx"], "must end in .yaml"),
        (["", "--case", EXAMPLE], "empty text"),
    ],
)
def test_a_wrong_request_is_said(arguments, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, _, err = lens("import", "kobo", *arguments)
    assert code == 2
    assert said in err
    assert list(tmp_path.iterdir()) == []
