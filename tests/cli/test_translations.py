"""Texts go out to translators as a table and come back, row by row; what cannot be taken is named."""

import csv
import io
import zipfile

import pytest

from lens.cli import COMMANDS, run
from lens.cli.help import texts
from lens.languages.files import Entry, TranslationFile, digest, written
from lens.languages.language import english, language


@pytest.fixture
def table(tmp_path):
    """The whole table of a language nobody has begun."""
    path = tmp_path / "xx.csv"
    assert run(["translations", "export", "xx", "--output", str(path)]) == 0
    return path


def rows_of(path):
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


def write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as stream:
        made = csv.DictWriter(stream, list(rows[0]))
        made.writeheader()
        made.writerows(rows)


def filled(rows, **texts):
    """The rows with translations, by id and field joined with `__`."""
    for row in rows:
        if (says := texts.get(f"{row['id']}__{row['field']}")) is not None:
            row["translation"] = says
    return rows


def test_out_and_in_and_told(table, tmp_path, capsys):
    rows = rows_of(table)
    assert len(rows) > 1000
    assert {row["state"] for row in rows} == {"missing"}
    names = {"section.actions__text": "Que faire", "harm.reaches-force__title": "Forces"}
    write(table, filled(rows, **names))
    home = tmp_path / "own"
    assert run(["translations", "import", "xx", str(table), "--into", str(home)]) == 0
    assert "2 taken, 0 as they were" in capsys.readouterr().out
    assert language("xx", home).text("section.actions") == "Que faire"
    again = tmp_path / "again.csv"
    export = ["translations", "export", "xx", "--translations", str(home), "--output", str(again)]
    assert run([*export, "--only", "all"]) == 0
    assert sum(row["state"] == "current" for row in rows_of(again)) == 2
    again.unlink()
    assert run([*export, "--only", "todo"]) == 0
    assert len(rows_of(again)) == len(rows) - 2
    capsys.readouterr()
    assert run(["translations", "import", "xx", str(table), "--into", str(home)]) == 0
    assert "0 taken, 2 as they were" in capsys.readouterr().out


def test_a_workbook_goes_out_and_in(tmp_path, capsys):
    openpyxl = pytest.importorskip("openpyxl")
    path = tmp_path / "xx.xlsx"
    assert run(["translations", "export", "xx", "--first-look", "--output", str(path)]) == 0
    book = openpyxl.load_workbook(path)
    sheet = book.active
    for line in sheet.iter_rows(min_row=2):
        if line[1].value == "section.actions":
            line[4].value = "Que faire"
        if line[1].value == "section.why":
            line[4].value = "=1+1"
    book.save(path)
    assert run(["translations", "import", "xx", str(path), "--into", str(tmp_path / "own")]) == 0
    assert language("xx", tmp_path / "own").text("section.actions") == "Que faire"


def test_a_bad_row_does_not_keep_the_others_out(table, tmp_path, capsys):
    rows = filled(rows_of(table), **{"section.actions__text": "Que faire", "head.day__text": "En date de {jour}"})
    rows.append({**rows[0], "id": "no.such-text", "translation": "x"})
    write(table, rows)
    assert run(["translations", "import", "xx", str(table), "--into", str(tmp_path / "own")]) == 1
    out = capsys.readouterr().out
    assert "1 taken" in out
    assert "2 not taken" in out
    assert "it must keep {day}" in out
    assert "There is no such text" in out
    assert language("xx", tmp_path / "own").text("section.actions") == "Que faire"


def test_english_that_changed_meanwhile_is_kept_as_stale_and_said(table, tmp_path, capsys):
    rows = filled(rows_of(table), **{"section.actions__text": "Que faire"})
    for row in rows:
        row["of"] = "000000000000" if row["id"] == "section.actions" else row["of"]
    write(table, rows)
    home = tmp_path / "own"
    assert run(["translations", "import", "xx", str(table), "--into", str(home)]) == 0
    assert "1 made from an older English text" in capsys.readouterr().out
    assert language("xx", home).text("section.actions") == english().text("section.actions")


def test_what_is_gone_in_english_is_taken_out_and_said(table, tmp_path, capsys):
    home = tmp_path / "own"
    write(table, filled(rows_of(table), **{"section.actions__text": "Que faire"}))
    run(["translations", "import", "xx", str(table), "--into", str(home)])
    file = home / "languages" / "frame.xx.yaml"
    file.write_text(file.read_text("utf-8") + "  gone.text:\n    text:\n      of: x\n      says: y\n", "utf-8")
    capsys.readouterr()
    assert run(["translations", "import", "xx", str(table), "--into", str(home)]) == 0
    assert "1 left out" in capsys.readouterr().out
    assert "gone.text" not in file.read_text("utf-8")


def test_a_signature_ends_when_a_text_changes(table, tmp_path, capsys):
    home = tmp_path / "own"
    write(table, filled(rows_of(table), **{"section.actions__text": "Que faire"}))
    run(["translations", "import", "xx", str(table), "--into", str(home)])
    file = home / "languages" / "frame.xx.yaml"
    file.write_text(file.read_text("utf-8").replace("by: ''", "by: A").replace("'on': ''", "'on': 2026-01-01"), "utf-8")
    assert language("xx", home).is_signed
    run(["translations", "coverage", "--translations", str(home)])
    assert "signed by A" in capsys.readouterr().out
    write(table, filled(rows_of(table), **{"section.actions__text": "Que faut-il faire"}))
    run(["translations", "import", "xx", str(table), "--into", str(home)])
    assert not language("xx", home).is_signed


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("t.csv", b"", "empty"),
        ("t.csv", b"a,b,c\n1,2,3\n", "lacks file, id"),
        ("t.csv", b"\xff\xfe\x00", "UTF-8"),
        ("t.xlsx", b"not a zip", "not a workbook"),
        ("none.csv", None, "no such file"),
        ("none.xlsx", None, "no such file"),
    ],
)
def test_a_table_that_is_none_is_refused_in_one_message(tmp_path, capsys, name, content, says):
    if name.endswith("xlsx"):
        pytest.importorskip("openpyxl")
    if content is not None:
        (tmp_path / name).write_bytes(content)
    assert run(["translations", "import", "xx", str(tmp_path / name), "--into", str(tmp_path / "own")]) == 2
    err = capsys.readouterr().err
    assert says in err.lower() or says in err
    assert not (tmp_path / "own").exists()


def test_a_workbook_that_unpacks_without_end_is_refused(tmp_path, capsys):
    pytest.importorskip("openpyxl")
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 300_000_001)
    assert run(["translations", "import", "xx", str(path), "--into", str(tmp_path / "own")]) == 2
    assert "too large to be one of ours" in capsys.readouterr().err


def test_no_cell_is_a_formula(table):
    for row in rows_of(table):
        assert not any(value.startswith(("=", "+", "-", "@")) for value in row.values())


@pytest.mark.parametrize("code", ["en", "../x", "Français", ""])
def test_a_code_that_is_none_is_refused(code, capsys):
    assert run(["translations", "export", code]) == 2
    assert "by its code" in capsys.readouterr().err


def test_a_file_that_is_there_is_not_written_over(table, capsys):
    assert run(["translations", "export", "xx", "--output", str(table)]) == 2
    assert "is there already" in capsys.readouterr().err


def test_the_help_is_told_in_the_language_of_the_environment(tmp_path, capsys, monkeypatch):
    folder = tmp_path / "languages"
    folder.mkdir()
    entries = {
        ("help.plan", "text.1"): "Ce qui sera demandé.",
        ("help.plan", "--depth"): "15 questions, ou toutes.",
        ("help", "text.1"): "Examiner des programmes d'aide.",
    }
    english_of = {(item, field): text for item, field, text in texts()}
    made = {key: Entry(says, digest(english_of[key])) for key, says in entries.items()}
    (folder / "help.xx.yaml").write_text(written(TranslationFile(made)), "utf-8")
    monkeypatch.setenv("LENS_LANG", "xx")
    monkeypatch.setenv("LENS_TRANSLATIONS", str(tmp_path))
    assert run(["--help"]) == 0
    told = capsys.readouterr().out
    assert "Examiner des programmes d'aide." in told
    assert "Ce qui sera demandé." in told
    assert run(["plan", "--help"]) == 0
    told = capsys.readouterr().out
    assert "15 questions, ou toutes." in told
    assert "lens plan my-program/ --list" in told  # examples stay as they are typed
    monkeypatch.setenv("LENS_LANG", "yy")
    assert run(["plan", "--help"]) == 0


def test_every_text_of_the_help_has_its_own_key():
    keys = [(item, field) for item, field, _ in texts()]
    assert len(keys) == len(set(keys))
    assert {item.split(".")[1] for item, _ in keys if "." in item} == set(COMMANDS)
