"""Slips go out and come back: every answer arrives, or is named with its place; where people differ, none is chosen."""

import contextlib
import copy
import dataclasses
import io
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest

pytest.importorskip("docx")
pytest.importorskip("openpyxl")
pytest.importorskip("python_calamine")

import docx
import openpyxl
from docx.oxml.ns import qn

from lens.cases import Answer, Answers, Evidence
from lens.cases.answers import Affected
from lens.cli import run
from lens.errors import InputError
from lens.hooks.registry import Registry
from lens.interview import Store, items_of
from lens.interview.typed import ANSWERS, KINDS
from lens.languages.language import language
from lens.office.slips.form import FIELDS, FORM, case_mark, mark_of, slips_of
from lens.office.slips.read import Written, read_slip
from lens.office.slips.understand import choice
from lens.office.slips.write_excel import as_excel
from lens.office.slips.write_word import as_word
from lens.readers.case_files import read_case
from lens.testing.planted import TOKEN, planted

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 15)
REGISTRY = Registry(only_core=True)
QUESTION = "harm.exposes-people"
ROLE = "data_protection_officer"
OPTIONS = ("--as-of", "2026-11-15", "--only-core")


@pytest.fixture
def folder(tmp_path):
    shutil.copy(ROOT / "tests" / "fixtures" / "case" / "program.yaml", tmp_path)
    return tmp_path


def lens(*arguments):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run([str(one) for one in arguments])
    return code, out.getvalue(), err.getvalue()


def slip(folder, form="docx", lang="en", role=ROLE, *more):
    target = folder / f"out-{lang}"
    code, _, err = lens(
        "slips",
        folder,
        "--first-look",
        "--role",
        role,
        "--format",
        form,
        "--lang",
        lang,
        "--output",
        target,
        *OPTIONS,
        *more,
    )
    assert (code, err) == (0, "")
    return target / f"slip-{role.replace('_', '-')}.{form}"


def merge(folder, *slips, more=()):
    code, out, err = lens("slips", "merge", folder, *slips, *OPTIONS, *more)
    return code, out, err


def held(folder):
    file = folder / "answers-slips.yaml"
    return Store(file).answers if file.exists() else Answers()


def rows(document):
    return [row for table in document.tables for row in table.rows]


def tick(cell, number):
    """Tick a box as Word does: the sign that is shown changes."""
    for paragraph in cell._tc.iter(qn("w:p")):
        texts = list(paragraph.iter(qn("w:t")))
        if "".join(one.text for one in texts).startswith(f"\u2610 {number} "):
            texts[0].text = "\u2612"


def fill_word(path, target, question=QUESTION, day="2026-11-10", **fields):
    """Fill in a Word slip for one question: a number ticks a box, a text is written."""
    document = docx.Document(path)
    head, *tables = document.tables
    head.rows[1].cells[1].paragraphs[0].add_run(day)
    for table in tables:
        if f"[{question} " not in table.rows[0].cells[0].text:
            continue
        for row in table.rows[1:]:
            letter, after = row.cells[0].text[:1], row.cells[1]
            given = fields.get(letter) if row.cells[0].text[1:2] == "." else None
            for one in given if isinstance(given, list) else [given]:
                if isinstance(one, int):
                    tick(after, one)
                elif one:
                    after.paragraphs[0].add_run(one)
    document.save(target)
    return target


def fill_excel(path, target, question=QUESTION, day="2026-11-10", lang="en", **fields):
    book = openpyxl.load_workbook(path)
    first = book["Slip"]
    for row in first.iter_rows():
        if str(row[1].value or "").startswith("lens-slip/"):
            first.cell(row[1].row + 1, 2, day)
    sheet, ours, t = book["Questions"], False, language(lang)
    lists = {
        "A": (ANSWERS, "answer"),
        "B": (ANSWERS, "answer"),
        "J": (("yes", "no", "not_known"), "answer"),
        "D": (KINDS, "kind"),
    }
    for row in sheet.iter_rows():
        label = str(row[0].value or "")
        if label.startswith("["):
            ours = f"[{question}" in label
        value = fields.get(label[:1]) if ours and label[1:2] == "." else None
        if isinstance(value, int):
            words, kind = lists[label[0]]
            value = f"{value} {t.word(kind, words[value - 1])}"
        if value:
            row[1].value = value
    book.save(target)
    return target


FILLED = {
    "A": 1,
    "B": 3,
    "E": "2026-11-01",
    "F": "Register: note 4",
    "G": "liaison",
    "H": "adviser",
    "J": 1,
    "K": "women",
    "L": "they fear it",
    "M": "finance sees it differently",
}
WHOLE = Answer(
    question=QUESTION,
    answer="yes",
    follow_ups={"safeguard": "no"},
    by="data protection officer",
    on=date(2026, 11, 10),
    evidence=(
        Evidence(
            kind="media", on=date(2026, 11, 1), ref="Register: note 4", held_elsewhere="liaison", checked_by="adviser"
        ),
    ),
    affected=Affected(asked="yes", who="women", said="they fear it"),
    dissent="finance sees it differently",
)


def choose(path, number):
    """Choose a kind of source from the list of a Word slip, as Word does."""
    document = docx.Document(path)
    for control in document.element.body.iter(qn("w:sdt")):
        drop = control.find(f"{qn('w:sdtPr')}/{qn('w:dropDownList')}")
        if drop is not None:
            properties = control.find(qn("w:sdtPr"))
            properties.remove(properties.find(qn("w:showingPlcHdr")))
            next(control.iter(qn("w:t"))).text = drop[number - 1].get(qn("w:displayText"))
            break
    document.save(path)


# What goes out


def test_each_role_gets_the_questions_it_can_best_answer(folder):
    target = folder / "out"
    code, out, _ = lens("slips", folder, "--first-look", "--output", target, *OPTIONS)
    read = read_case([folder], REGISTRY)
    items = items_of(read.case, REGISTRY, as_of=TODAY, policy=read.policy, depth="first-look")
    wanted = {}
    for item in items:
        wanted.setdefault(item.check.who[0], []).append(item.key)
    found = {
        one.code.role: [(e.check, e.about) for e in one.entries] for one in map(read_slip, sorted(target.iterdir()))
    }
    assert code == 0
    assert found == wanted
    assert all(f"slip-{role.replace('_', '-')}.docx" in out for role in wanted)


def test_all_roles_gives_a_question_to_everybody_who_can_answer(folder):
    target = folder / "out"
    lens("slips", folder, "--first-look", "--all-roles", "--output", target, "--format", "xlsx", *OPTIONS)
    asked = [e.check for one in sorted(target.iterdir()) for e in read_slip(one).entries]
    assert asked.count(QUESTION) == len(REGISTRY.checks[QUESTION].check.who) > 1


def test_what_is_answered_is_asked_again_only_where_that_is_wanted(folder):
    (folder / "answers.yaml").write_text(f"answers:\n  answers:\n    - question: {QUESTION}\n      answer: no\n")
    _, out, _ = lens("slips", folder, "--first-look", "--role", ROLE, "--output", folder / "a", *OPTIONS)
    assert "nothing to ask" in out
    assert read_slip(slip(folder, "docx", "en", ROLE, "--answered")).entries[0].check == QUESTION


@pytest.mark.parametrize("form", ["docx", "xlsx"])
@pytest.mark.parametrize("lang", ["en", "fr", "ar", "zh"])
def test_the_same_case_and_day_give_the_same_bytes(folder, form, lang):
    first = slip(folder, form, lang).read_bytes()
    shutil.rmtree(folder / f"out-{lang}")
    assert slip(folder, form, lang).read_bytes() == first


def test_a_slip_that_may_be_filled_in_is_never_written_over(folder):
    path = slip(folder)
    slip(folder)  # the very same is no loss
    path.write_bytes(b"filled in")
    code, _, err = lens("slips", folder, "--first-look", "--output", path.parent, *OPTIONS)
    assert code == 2
    assert "may have filled it in" in err
    assert path.read_bytes() == b"filled in"
    assert [one.name for one in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_a_slip_holds_the_introduction_the_marking_and_how_to_hold_evidence(folder, form):
    path = slip(folder, form)
    text = all_text(path)
    for part in ("You need not answer", "never names", "For use inside the agency", "Hold it", "lens-slip/1 slip "):
        assert part in text


def unpacked(data):
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return "\n".join(packed.read(one).decode("utf-8", "replace") for one in packed.namelist())


def all_text(path):
    return unpacked(path.read_bytes())


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_an_arabic_slip_runs_from_right_to_left(folder, form):
    text = all_text(slip(folder, form, "ar"))
    if form == "docx":
        assert "<w:bidiVisual/>" in text
        assert "<w:bidi/>" in text
        assert "<w:rtl/>" in text
    else:
        assert text.count('rightToLeft="1"') == 2


def test_nothing_of_the_case_is_on_a_slip_but_what_its_questions_are_about():
    read = read_case([ROOT / "templates" / "example"], REGISTRY)
    hidden = planted(read.case)
    items = items_of(hidden, REGISTRY, as_of=TODAY, policy=read.policy)
    made = slips_of(items, hidden, language(), all_roles=True, roles=())
    assert {one.role for one in made if one.is_outside} == {"people_affected", "local_partner"}
    seen = 0
    for one in made:
        for text in (unpacked(as_word(one, language(), TODAY)), unpacked(as_excel(one, language(), TODAY))):
            # Inside the agency an activity is told by its title; outside by nothing but what it provides.
            seen += text.count(f"({TOKEN})")
            assert TOKEN not in (text if one.is_outside else text.replace(f"({TOKEN})", ""))
    assert seen > 10


def test_letters_and_numbers_on_paper_never_change_their_meaning():
    assert (FORM, "".join(FIELDS)) == (1, "ABCDEFGHJKLM")
    assert list(FIELDS.values()) == [
        "answer",
        "follow-up",
        "reason",
        "kind",
        "on",
        "ref",
        "held_elsewhere",
        "checked_by",
        "asked",
        "who",
        "said",
        "dissent",
    ]
    assert ANSWERS == ("yes", "partly", "no", "not_known", "not_applicable", "known_not_safe_to_record")
    assert KINDS == (
        "community",
        "staff",
        "local_organization",
        "human_rights_monitoring",
        "humanitarian_monitoring",
        "un",
        "government",
        "media",
        "research",
        "partner_report",
        "program_document",
        "published_data",
        "other",
    )


# What comes back


@pytest.mark.parametrize("lang", ["en", "fr", "ar", "zh"])
def test_a_word_slip_comes_back_whole(folder, lang):
    path = fill_word(slip(folder, "docx", lang), folder / "back.docx", **FILLED)
    choose(path, 8)
    code, out, err = merge(folder, path)
    assert (code, err) == (0, "")
    (answer,) = held(folder).answers
    number = read_slip(path).number
    by = language(lang).word("role", ROLE)
    assert answer == dataclasses.replace(WHOLE, by=by, taken_from=f"slip {number}")
    assert f"back.docx: slip {number}" in out


@pytest.mark.parametrize("lang", ["en", "fr", "ar", "zh"])
def test_an_excel_slip_comes_back_whole(folder, lang):
    path = fill_excel(slip(folder, "xlsx", lang), folder / "back.xlsx", lang=lang, D=8, **FILLED)
    assert merge(folder, path)[0] == 0
    (answer,) = held(folder).answers
    by = language(lang).word("role", ROLE)
    assert answer == dataclasses.replace(WHOLE, by=by, taken_from=f"slip {read_slip(path).number}")


def test_days_written_as_days_of_a_spreadsheet_are_days(folder):
    path = fill_excel(slip(folder, "xlsx"), folder / "back.xlsx", day=date(2026, 11, 10), A=3, D=1, E=date(2026, 11, 1))
    assert merge(folder, path)[0] == 0
    (answer,) = held(folder).answers
    assert (answer.on, answer.evidence[0].on) == (date(2026, 11, 10), date(2026, 11, 1))


def test_an_untouched_slip_is_no_answer_and_no_fault(folder):
    path = slip(folder)
    code, out, _ = merge(folder, path)
    assert code == 1  # its day is missing
    assert "0 answers taken; 1 left open" in out
    assert held(folder) == Answers()


def test_taking_the_same_slip_twice_changes_nothing(folder):
    path = fill_word(slip(folder), folder / "back.docx", **FILLED)
    choose(path, 8)
    merge(folder, path)
    before = (folder / "answers-slips.yaml").read_bytes()
    _, out, _ = merge(folder, path, path)
    assert "1 taken before" in out
    assert (folder / "answers-slips.yaml").read_bytes() == before


def test_a_corrected_slip_can_be_taken_in_the_place_of_the_first(folder):
    first = fill_word(slip(folder), folder / "first.docx", A=1)
    second = fill_word(slip(folder), folder / "second.docx", A=3)
    merge(folder, first)
    code, _, _ = merge(folder, second, more=["--afresh"])
    assert code == 0
    assert [one.answer for one in held(folder).all] == ["no"]
    assert "answer: yes" in (folder / "answers-slips.yaml.kept-1").read_text()


# Where people differ


def both(folder, a=1, b=3):
    path = slip(folder)
    return fill_word(path, folder / "a.docx", A=a), fill_word(path, folder / "b.docx", A=b)


def test_answers_that_differ_stand_side_by_side_and_none_is_chosen(folder):
    from lens.api import review

    code, out, _ = merge(folder, *both(folder))
    assert code == 1
    assert f"Answers differ, and nothing was chosen\n  {QUESTION}" in out
    assert [one.answer for one in held(folder).answers] == ["yes"]
    assert [one.answer for one in held(folder).others] == ["no"]
    made = review(folder, depth="first-look", audience="internal", as_of=TODAY, registry=REGISTRY)
    (finding,) = [one for one in made.findings if one.check == QUESTION]
    assert finding.outcome == "disagreement"
    assert [one.answer for one in finding.answers] == ["yes", "no"]


def test_the_order_of_slips_does_not_matter_for_what_a_review_says(folder):
    from lens.api import review

    def found(*slips):
        merge(folder, *slips, more=["--afresh"])
        made = review(folder, depth="first-look", audience="internal", as_of=TODAY, registry=REGISTRY)
        (finding,) = [one for one in made.findings if one.check == QUESTION]
        return finding.state, finding.level, finding.outcome, finding.escalates

    a, b = both(folder)
    assert found(a, b) == found(b, a)


def test_an_answer_of_another_file_is_one_of_those_that_differ(folder):
    by_hand = f"# mine\nanswers:\n  answers:\n    - question: {QUESTION}\n      answer: no\n      by: officer\n"
    path = fill_word(slip(folder), folder / "back.docx", A=1)
    (folder / "answers.yaml").write_text(by_hand)
    code, out, _ = merge(folder, path)
    assert code == 1
    assert "Answers differ" in out
    assert (folder / "answers.yaml").read_text() == by_hand
    assert [one.answer for one in held(folder).others] == ["yes"]


def test_what_differs_is_settled_on_a_file_that_is_taken_back_the_same_way(folder):
    from lens.api import review

    _, out, _ = merge(folder, *both(folder), more=["--settle", "program-manager"])
    assert "to-settle.docx" in out
    settle = folder / "to-settle.docx"
    told = "\n".join(cell.text for row in rows(docx.Document(settle)) for cell in row.cells)
    assert "data protection officer, 2026-11-10: yes" in told
    assert "data protection officer, 2026-11-10: no" in told
    code, out, _ = merge(folder, fill_word(settle, folder / "settled.docx", A=1, C="Tested again."))
    assert code == 0, out
    (answer,) = held(folder).settled
    assert (answer.answer, answer.by, answer.reason) == ("yes", "program manager", "Tested again.")
    assert answer.dissent == "data protection officer, 2026-11-10: no"
    made = review(folder, depth="first-look", audience="internal", as_of=TODAY, registry=REGISTRY)
    (finding,) = [one for one in made.findings if one.check == QUESTION]
    assert (finding.outcome, finding.answer.by, finding.answer.has_dissent) == ("bad", "program manager", True)
    assert "Answers differ" not in out


def test_a_later_answer_that_differs_from_what_was_settled_is_named(folder):
    merge(folder, *both(folder))
    merge(folder, fill_word(folder / "to-settle.docx", folder / "settled.docx", A=1))
    later = fill_word(folder / "out-en" / "slip-data-protection-officer.docx", folder / "c.docx", A=2)
    code, out, _ = merge(folder, later)
    assert code == 1
    assert "was settled before" in out
    assert len(held(folder).all) == 4


def test_a_file_to_settle_that_was_filled_in_is_not_written_over(folder):
    merge(folder, *both(folder))
    fill_word(folder / "to-settle.docx", folder / "to-settle.docx", A=1)
    before = (folder / "to-settle.docx").read_bytes()
    merge(folder, fill_word(folder / "out-en" / "slip-data-protection-officer.docx", folder / "c.docx", A=2))
    assert (folder / "to-settle.docx").read_bytes() == before
    assert (folder / "to-settle-2.docx").exists()


def test_it_can_be_settled_in_excel_and_in_another_language(folder):
    merge(folder, *both(folder), more=["--format", "xlsx", "--lang", "fr"])
    path = fill_excel(folder / "to-settle.xlsx", folder / "settled.xlsx", lang="fr", A=3, C="Vu")
    assert merge(folder, path)[0] == 0
    (answer,) = held(folder).settled
    assert (answer.answer, answer.reason) == ("no", "Vu")


# What people do to slips


def said(folder, path):
    code, out, err = merge(folder, path)
    return code, " ".join((out + err).split())


def unread(folder):
    return "\n".join(one.text for one in docx.Document(folder / "to-settle.docx").paragraphs)


@pytest.mark.parametrize(
    ("fields", "what", "word", "kept"),
    [
        ({"A": [1, 3]}, "More than one answer is ticked.", None, "1 yes / 3 no"),
        ({"A": "yes, but only CANARY"}, "Text stands where an answer is ticked, and none is.", None, "CANARY"),
        ({"A": [1, " but only CANARY"]}, "Text stands beside the answer. It was kept as its reason.", "yes", "CANARY"),
        ({"F": "CANARY"}, "Something is written on it, and no answer is ticked.", None, "CANARY"),
        ({"A": 3, "E": "last CANARY"}, "This is no day", "no", "CANARY"),
        ({"A": 3, "H": "Data protection officer"}, "Who answers cannot check the answer.", "no", "Data protection"),
        ({"A": 5}, "without a reason, so it stays open", "not_applicable", ""),
        ({"A": 3, "B": 1}, "A follow-up is answered that goes with another answer.", "no", ""),
        ({"A": 6, "F": "CANARY"}, "It was not copied.", "known_not_safe_to_record", ""),
        ({"A": 3, "K": "women"}, "Whether people affected were asked is not clear.", "no", ""),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place_and_kept_as_written(folder, fields, what, word, kept):
    path = fill_word(slip(folder), folder / "back.docx", **fields)
    code, out = said(folder, path)
    assert code == 1
    assert what in out
    assert QUESTION in out
    assert "table 2, row" in out
    assert "CANARY" not in out
    assert [one.answer for one in held(folder).answers] == ([word] if word else [])
    if kept:
        assert kept in unread(folder) + (folder / "answers-slips.yaml").read_text()
    else:
        assert (
            not (folder / "answers-slips.yaml").exists() or "CANARY" not in (folder / "answers-slips.yaml").read_text()
        )


@pytest.mark.parametrize(
    ("lines", "ticked", "extra"),
    [
        (["\u2612 1 yes", "\u2610 3 no"], ["yes"], []),
        (["x 1 yes", "3 no"], ["yes"], []),
        (["[x] yes", "[ ] no"], ["yes"], []),
        (["\u2610x 1 yes", "\u2610 3 no"], ["yes"], []),
        (["1 yes"], ["yes"], []),
        (["Yes."], ["yes"], []),
        (["not known"], ["not_known"], []),
        (["no"], ["no"], []),
        (["\u2610 1 yes"], [], []),
        (["1 yes", "3 no"], [], ["yes", "no"]),
        (["\u2612 3 yes"], [], ["\u2612 3 yes"]),
        (["Xenophobia is why"], [], ["Xenophobia is why"]),
        (["nobody knows"], [], ["nobody knows"]),
        (["\u2612 2 partly, in the north"], ["partly"], ["in the north"]),
        (["9 other"], [], ["9 other"]),
        (["\u2612"], [], ["\u2612"]),
        ([], [], []),
    ],
)
def test_boxes_are_read_as_people_tick_them(lines, ticked, extra):
    found = choice(Written(tuple(lines), "here"), ANSWERS, "answer", language())
    assert (found.ticked, found.extra) == (ticked, extra)


def test_deleted_rows_are_named_where_they_mattered(folder):
    document = docx.Document(fill_word(slip(folder), folder / "back.docx", A=1, F="CANARY"))
    for row in rows(document):
        if row.cells[0].text.startswith(("A.", "M.")):
            row._tr.getparent().remove(row._tr)
    document.save(folder / "back.docx")
    code, out = said(folder, folder / "back.docx")
    assert code == 1
    assert "The row of the answer is gone." in out
    assert "CANARY" in unread(folder)


def test_text_between_questions_in_labels_in_comments_and_in_boxes_is_named(folder):
    document = docx.Document(fill_word(slip(folder), folder / "back.docx", A=1, B=3))
    document.add_paragraph("CANARY1 beside")
    for row in rows(document):
        if row.cells[0].text.startswith("E."):
            row.cells[0].paragraphs[0].add_run(" CANARY2 in a label")
        if QUESTION in row.cells[0].text:
            row.cells[0].add_paragraph("CANARY3 below the question")
    document.add_comment(document.paragraphs[0].runs[0], "CANARY4 a comment", author="x")
    document.save(folder / "back.docx")
    code, out = said(folder, folder / "back.docx")
    assert code == 1
    assert out.count("Text stands") == 4
    text = unread(folder)
    assert all(f"CANARY{number}" in text for number in (1, 2, 3, 4))


def test_what_was_deleted_with_changes_tracked_does_not_count_and_what_was_inserted_does(folder):
    path = fill_word(slip(folder), folder / "back.docx", A=1, B=3, F="shown")
    with zipfile.ZipFile(path) as packed:
        parts = {one: packed.read(one) for one in packed.namelist()}
    text = parts["word/document.xml"].decode()
    run = "<w:t>shown</w:t></w:r>"
    inserted = '<w:ins w:id="1" w:author="a"><w:r><w:t xml:space="preserve"> too</w:t></w:r></w:ins>'
    deleted = '<w:del w:id="2" w:author="a"><w:r><w:delText>CANARY</w:delText></w:r></w:del>'
    text = text.replace(run, run + inserted + deleted)
    parts["word/document.xml"] = text.encode()
    with zipfile.ZipFile(path, "w") as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    merge(folder, path)
    assert held(folder).answers[0].evidence[0].ref == "shown too"


def test_a_slip_of_another_case_is_refused_and_the_others_are_taken(folder, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    (other / "program.yaml").write_text((folder / "program.yaml").read_text().replace("Market and clinic", "Other"))
    foreign = fill_word(slip(other), folder / "foreign.docx", A=1)
    own = fill_word(slip(folder), folder / "own.docx", A=3)
    code, out = said(folder, foreign)
    assert (code, "foreign.docx: This slip belongs to another case" in out) == (2, True)
    code, out, _ = merge(folder, foreign, own)
    assert code == 1
    assert [one.answer for one in held(folder).answers] == ["no"]


def changed(path, target, old, new):
    document = docx.Document(path)
    for row in rows(document):
        for cell in {id(one._tc): one for one in row.cells}.values():
            for paragraph in cell.paragraphs:
                for one in paragraph.runs:
                    one.text = one.text.replace(old, new)
    document.save(target)
    return target


@pytest.mark.parametrize(
    ("old", "new", "what", "code"),
    [
        ("lens-slip/1", "lens-slip/9", "written by another version of lens (form 9", 2),
        ("lens-slip/1", "", "no question slip, or its code was taken away", 2),
        (ROLE, "queen", "role in the code of this slip is not known", 2),
        (f" {ROLE} en", f" {ROLE} xx", "no texts in the language", 2),
        (f"[{QUESTION} ", "[harm.gone ", "There is no such question here", 1),
        (f"[{QUESTION} ", f"[{QUESTION} activity:99 ", "not in the program any more", 1),
        (f"[{QUESTION} {mark_of(REGISTRY.checks[QUESTION].check)}]", f"[{QUESTION} 000000]", "reads otherwise now", 1),
    ],
)
def test_an_older_or_damaged_slip_is_named_and_nothing_of_it_is_lost(folder, old, new, what, code):
    path = fill_word(slip(folder), folder / "back.docx", A=1, B=3, F="CANARY")
    found, out = said(folder, changed(path, path, old, new))
    assert (found, what in out) == (code, True), out
    assert "CANARY" not in out
    assert held(folder) == Answers()
    if code == 1:
        assert "CANARY" in unread(folder)


def test_a_question_that_stands_twice_is_read_once_and_named(folder):
    document = docx.Document(fill_word(slip(folder), folder / "back.docx", A=1, B=3))
    document.element.body.append(copy.deepcopy(document.tables[1]._tbl))
    document.save(folder / "back.docx")
    _, out = said(folder, folder / "back.docx")
    assert "stands twice" in out
    assert len(held(folder).answers) == 1


def test_rows_of_an_excel_slip_may_be_moved_and_texts_beside_them_are_named(folder):
    path = fill_excel(slip(folder, "xlsx"), folder / "back.xlsx", A=3)
    book = openpyxl.load_workbook(path)
    book["Questions"]["D9"] = "CANARY beside"
    book["Questions"].insert_rows(1, 3)
    book.create_sheet("Mine")["A1"] = "CANARY on a sheet of their own"
    book.save(path)
    code, out = said(folder, path)
    assert code == 1
    assert "sheet Mine, cell A1" in out
    assert unread(folder).count("CANARY") == 2


@pytest.mark.parametrize(
    "text", ["=1+1", "=cmd|' /C calc'!A1", "@SUM(1)", "<w:p>", "{{ 7*7 }}", "\u202eevil", "a: b\n- c"]
)
def test_whatever_is_written_stays_text(folder, text):
    path = fill_word(slip(folder), folder / "back.docx", A=1, B=3, F=text)
    merge(folder, path, both(folder)[1], more=["--format", "xlsx"])
    assert held(folder).answers[0].evidence[0].ref == " ".join(text.split())
    book = openpyxl.load_workbook(folder / "to-settle.xlsx")
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


# Files that are no slips


def zipped(path, **parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return path


@pytest.mark.parametrize(
    ("name", "raw", "what"),
    [
        ("a.docx", b"", "no Word document"),
        ("a.docx", b"PK\x03\x04broken", "no Word document"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "protected by a password, or in the old form"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "protected by a password, or in the old form"),
        ("a.xlsx", b"not one", "not a workbook"),
        ("a.pdf", b"%PDF", "come back as .docx or .xlsx"),
        ("a.docx", b"x" * 30_000_001, "too large"),
    ],
)
def test_what_is_no_slip_is_named(folder, name, raw, what):
    (folder / name).write_bytes(raw)
    code, out = said(folder, folder / name)
    assert (code, what in out) == (2, True), out
    assert not (folder / "answers-slips.yaml").exists()


BODY = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'


def test_bombs_and_entities_are_refused(folder):
    bomb = zipped(folder / "bomb.docx", word__document_xml="<a>" + " " * 120_000_000)
    with pytest.raises(InputError, match="too large"):
        read_slip(bomb)
    entity = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + BODY.format(
        "<w:p><w:r><w:t>&a;</w:t></w:r></w:p>"
    )
    with pytest.raises(InputError, match="no Word document"):
        read_slip(zipped(folder / "entity.docx", word__document_xml=entity))
    deep = BODY.format("<w:p>" * 5000 + "</w:p>" * 5000)
    with pytest.raises(InputError):
        read_slip(zipped(folder / "deep.docx", word__document_xml=deep))


def test_a_file_that_is_not_there_is_named(folder):
    code, out = said(folder, folder / "none.docx")
    assert (code, "There is no such file" in out) == (2, True)


def test_names_of_files_never_go_into_the_case(folder):
    path = fill_word(slip(folder), folder / "Maria CANARY.docx", A=1, B=3)
    merge(folder, path)
    assert "CANARY" not in (folder / "answers-slips.yaml").read_text()


def test_a_session_that_is_open_is_not_written_beside(folder):
    from lens.interview import Lock

    path = fill_word(slip(folder), folder / "back.docx", A=1)
    with Lock(folder / ".lens" / "interview.lock"):
        code, _, err = merge(folder, path)
    assert (code, "already" in err) == (2, True)


def test_slips_can_be_made_in_python_too(folder):
    read = read_case([folder], REGISTRY)
    items = items_of(read.case, REGISTRY, as_of=TODAY, policy=read.policy)
    made = slips_of(items, read.case, language("fr"), all_roles=True, roles=("finance",))
    assert [one.role for one in made] == ["finance"]
    assert made[0].case == case_mark(read.case)
    assert as_word(made[0], language("fr"), TODAY)[:2] == as_excel(made[0], language("fr"), TODAY)[:2] == b"PK"
