"""`lens workbook` as people meet it: what it writes, what it leaves alone, what it says."""

import contextlib
import io
import stat
from pathlib import Path

import pytest

from lens import api
from lens.cli import run

openpyxl = pytest.importorskip("openpyxl")

EXAMPLE = Path(__file__).resolve().parents[2] / "templates" / "example"
DAY = ("--as-of", "2026-11-15", "--only-core")


def lens(*arguments):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run([str(one) for one in arguments])
    return code, out.getvalue(), err.getvalue()


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "book.xlsx"
    assert lens("workbook", "export", EXAMPLE, "--output", path, *DAY)[0] == 0
    return path


def put(path, sheet, cell, value):
    book = openpyxl.load_workbook(path)
    book[sheet][cell] = value
    book.save(path)


def names(folder):
    return sorted(one.name for one in folder.iterdir())


def test_out_and_back_in_is_the_same_case(book, tmp_path):
    code, out, err = lens("workbook", "import", book, "--folder", tmp_path / "case")
    assert (code, err) == (0, "")
    assert names(tmp_path / "case") == ["answers.yaml", "context.yaml", "decisions.yaml", "program.yaml"]
    assert api.read_case(tmp_path / "case").case == api.read_case(EXAMPLE).case
    assert "  partners: 9\n" in out
    again = tmp_path / "again.xlsx"
    lens("workbook", "export", tmp_path / "case", "--output", again, *DAY)
    assert again.read_bytes() == book.read_bytes()


@pytest.mark.parametrize(("depth", "questions"), [("first-look", 15), ("full", 152)])
def test_a_new_one_asks_the_questions_of_its_depth(depth, questions, tmp_path):
    path = tmp_path / "new.xlsx"
    code, out, _ = lens("workbook", "new", "--depth", depth, "--output", path, *DAY)
    assert code == 0
    sheet = openpyxl.load_workbook(path)["answers"]
    assert sum(bool(row[1].value) for row in sheet.iter_rows(min_row=3)) == questions
    assert f"with {questions} questions to answer" in out


def test_a_new_one_that_is_filled_in_becomes_a_case_that_can_be_reviewed(tmp_path):
    path = tmp_path / "new.xlsx"
    lens("workbook", "new", "--output", path, *DAY)
    put(path, "program", "B4", "Wells")
    put(path, "places", "A3", "place:1")
    put(path, "places", "B3", "XA")
    put(path, "answers", "D3", "not known")
    assert lens("workbook", "import", path, "--folder", tmp_path / "case")[0] == 0
    case = api.read_case(tmp_path / "case").case
    assert (case.program.title, case.context, len(case.answers.answers)) == ("Wells", None, 1)
    assert lens("review", tmp_path / "case", "--output", tmp_path / "out")[0] == 1


def test_an_export_never_writes_over_a_file(book, tmp_path):
    before = book.read_bytes()
    code, _, err = lens("workbook", "export", EXAMPLE, "--output", book, *DAY)
    assert code == 2
    assert "is there already" in err
    assert book.read_bytes() == before


def test_what_the_workbook_was_made_from_is_replaced_and_stays_beside(book, tmp_path):
    folder = tmp_path / "case"
    lens("workbook", "import", book, "--folder", folder)
    earlier = (folder / "program.yaml").read_bytes()
    put(book, "program", "B4", "Another title")
    code, out, _ = lens("workbook", "import", book, "--folder", folder)
    assert code == 0
    assert "The earlier program.yaml is kept as program.yaml.before" in out
    assert (folder / "program.yaml.before").read_bytes() == earlier
    assert api.read_case(folder).case.program.title == "Another title"


def test_newer_work_is_never_written_over_unless_it_is_asked_for(book, tmp_path):
    folder = tmp_path / "case"
    lens("workbook", "import", book, "--folder", folder)
    path = folder / "program.yaml"
    path.write_text(path.read_text().replace("title: Safe streets", "title: Newer streets"))
    newer = path.read_bytes()
    put(book, "program", "B4", "Another title")
    put(book, "context", "B5", "another role")
    code, _, err = lens("workbook", "import", book, "--folder", folder)
    assert code == 2
    assert "holds work that this workbook was not made from: program.yaml." in err
    assert path.read_bytes() == newer
    assert not list(folder.glob("*.before*"))
    code, out, _ = lens("workbook", "import", book, "--folder", folder, "--replace")
    assert code == 0
    assert "The program had been changed since the workbook was made: compare the two." in out
    assert (folder / "program.yaml.before").read_bytes() == newer
    assert names(folder) == [
        "answers.yaml",
        "context.yaml",
        "context.yaml.before",
        "decisions.yaml",
        "program.yaml",
        "program.yaml.before",
    ]


def test_a_part_that_another_file_holds_is_not_written_a_second_time(book, tmp_path):
    (tmp_path / "case.yaml").write_text("program: {title: Wells}\ncontext: {}\n")
    code, _, err = lens("workbook", "import", book, "--folder", tmp_path, "--replace")
    assert code == 2
    assert "the program is in case.yaml, with other parts." in err
    assert names(tmp_path) == ["book.xlsx", "case.yaml"]


def test_answers_of_several_files_come_back_as_one_and_the_files_stay_beside(tmp_path):
    folder = tmp_path / "case"
    folder.mkdir()
    (folder / "program.yaml").write_text("program: {title: Wells}\n")
    for name, said in (("mine", "yes"), ("theirs", "no")):
        text = f"answers: {{others: [{{question: harm.reaches-force, answer: {said}, by: {name}}}]}}\n"
        (folder / f"{name}.yaml").write_text(text)
    case = api.read_case(folder).case
    assert lens("workbook", "export", folder, "--output", tmp_path / "book.xlsx", *DAY)[0] == 0
    code, _, _ = lens("workbook", "import", tmp_path / "book.xlsx", "--folder", folder)
    assert (code, names(folder)) == (0, ["mine.yaml", "program.yaml", "theirs.yaml"])
    put(tmp_path / "book.xlsx", "program", "B5", "They are deep.")
    settled = openpyxl.load_workbook(tmp_path / "book.xlsx")["settled answers"]
    heads = {one.value: one.column_letter for one in settled[2]}
    assert settled[f"{heads['question id *']}3"].value == "harm.reaches-force"
    put(tmp_path / "book.xlsx", "settled answers", f"{heads['answer *']}3", "yes")
    code, _, err = lens("workbook", "import", tmp_path / "book.xlsx", "--folder", folder)
    assert (code, err) == (0, "")
    assert names(folder) == [
        "answers.yaml",
        "mine.yaml.before",
        "program.yaml",
        "program.yaml.before",
        "theirs.yaml.before",
    ]
    again = api.read_case(folder).case.answers
    assert again.others == case.answers.others
    assert [(one.question, one.answer) for one in again.settled] == [("harm.reaches-force", "yes")]


def test_nothing_is_written_where_anything_is_wrong(book, tmp_path):
    put(book, "places", "B3", "Xanadia")
    code, _, err = lens("workbook", "import", book, "--folder", tmp_path / "case")
    assert code == 2
    assert 'book.xlsx, sheet "places", cell B3 (country)' in err
    assert not (tmp_path / "case").exists()


def test_what_does_not_arrive_is_named_and_ends_in_1(book, tmp_path):
    put(book, "places", "H4", "CANARY")
    code, out, err = lens("workbook", "import", book, "--folder", tmp_path / "case")
    assert code == 1
    assert 'Not taken (1):\n  sheet "places", without a heading: H4\n' in out
    assert "CANARY" not in out + err


def test_names_have_a_workbook_of_their_own_that_only_its_owner_can_read(tmp_path):
    path = tmp_path / "names.xlsx"
    code, out, _ = lens("workbook", "export", EXAMPLE, "--names", "--output", path, *DAY)
    assert code == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["guide", "names"]
    assert "Restricted" in book["guide"]["A2"].value
    code, out, err = lens("workbook", "import", path, "--folder", tmp_path / "case")
    assert (code, err) == (0, "")
    assert names(tmp_path / "case") == ["restricted.yaml"]
    assert stat.S_IMODE((tmp_path / "case" / "restricted.yaml").stat().st_mode) == 0o600
    assert "Ostmere" not in out
    (tmp_path / "case" / "program.yaml").write_text("program: {title: Wells}")
    made = api.read_case(tmp_path / "case", with_annex=True).case.annex
    assert made == api.read_case(EXAMPLE, with_annex=True).case.annex


def test_a_workbook_in_another_language_comes_back_the_same(tmp_path):
    path = tmp_path / "book.xlsx"
    code, _, err = lens("workbook", "export", EXAMPLE, "--lang", "fr", "--output", path, *DAY)
    assert code == 0, err
    code, _, err = lens("workbook", "import", path, "--folder", tmp_path / "case", "--only-core")
    assert (code, err) == (0, "")
    assert api.read_case(tmp_path / "case").case == api.read_case(EXAMPLE).case


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("nothing.xlsx", None, "There is no such file"),
        ("book.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "protected by a password"),
        ("book.xlsx", b"not a workbook", "This is not a workbook that can be read."),
        ("book.doc", b"x", "This is not a workbook by its name."),
        ("table.csv", b"a,b\n1,2\n", "No heading of this table is understood."),
    ],
)
def test_what_is_no_workbook_is_refused_in_plain_words(name, content, said, tmp_path):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    code, _, err = lens("workbook", "import", tmp_path / name, "--folder", tmp_path / "case")
    assert code == 2
    assert said in err
    assert not (tmp_path / "case").exists()
