"""What the terminal is told of a screening: which file, what is wrong, what to do, and for whom the report is."""

import json
import sqlite3
from contextlib import closing
from importlib import import_module
from pathlib import Path

import pytest

pytest.importorskip("lxml", reason="needs the extra portfolio")

from lens.cli import progress
from lens.cli import run as lens
from lens.cli.told import others

ACTIVITY = """<iati-activities version="2.03"><iati-activity default-currency="EUR">
<iati-identifier>XM-1-A</iati-identifier>
<reporting-org ref="XM-1" type="10"><narrative>Aid of Xanadia</narrative></reporting-org>
<title><narrative>Wells</narrative></title><activity-status code="2"/><recipient-country code="XA"/>
<sector vocabulary="1" code="14030"/></iati-activity></iati-activities>"""
DAY = ("--as-of", "2026-06-30", "--only-core")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a.xml").write_text(ACTIVITY)
    return tmp_path


def said(capsys, *words):
    code = lens(list(words))
    told = capsys.readouterr()
    return code, told.out.splitlines(), told.err.splitlines()


def test_what_cannot_be_read_is_named_with_what_to_do_the_same_once(capsys):
    Path("data").mkdir()
    for name in "abcdef":
        Path("data", f"{name}.dat").write_text(f"Dear {name}")
    Path("data", "register.yaml").write_text("contributions:\n- {id: C-1, donor: XA, kind: polic, source: Here}\n")

    code, out, err = said(capsys, "screen", "a.xml", "data", *DAY)

    assert code == 3
    assert "Could not be read: 7 (records, or rests of files)." in out
    assert err[0].startswith("data/a.dat: This is in none of the forms")
    assert err[0].endswith("name it with --mapping. (And 5 more times.)")
    assert err[1].startswith("data/register.yaml, line 2: ")
    assert not any("b.dat" in line for line in err)


def test_of_a_register_the_field_is_told_and_that_nothing_of_it_was_read(capsys):
    Path("register.yaml").write_text(
        "contributions:\n- {id: C-1, donor: XA, kind: mediation, commitment: Talks, through: [Council of Zed]}\n"
    )

    code, out, err = said(capsys, "screen", "a.xml", "register.yaml", *DAY)

    assert code == 3
    assert "Could not be read: 1 (a record, or the rest of a file)." in out
    (told,) = err
    assert told.startswith(
        "register.yaml, line 2: contributions[1].through[1]: This word is not one of the list. Write one of: "
    )
    assert "Zed" not in told  # what stands in the place of a kind can be a name, and is in public reports too
    assert told.endswith(" Nothing of this register was read.")


def test_documents_beside_data_are_left_out_with_a_word(capsys):
    Path("data").mkdir()
    Path("data", "a.xml").write_text(ACTIVITY)
    for name in ("README", "LICENSE.txt", "guide.PDF", "codebook.docx"):
        Path("data", name).write_text(f"About {name}")
    Path("data", "notes.md").write_text("About, with commas, as a table has them\nand, in, a second line\n")

    code, out, err = said(capsys, "screen", "data", *DAY)

    assert (code, err) == (0, [])
    assert "Left out, as holding no data or the same data again: 5 (not_read in the report has them)." in out
    code, _, err = said(capsys, "screen", "data/README", "data/a.xml", *DAY)
    assert code == 3
    assert err[0].startswith("data/README: This is in none of the forms")


def test_a_table_that_says_the_records_of_another_again_is_left_out_and_no_fault(capsys):
    Path("data").mkdir()
    Path("data", "transactions.csv").write_text("transaction_id,project_id,transaction_value\n1,2,3\n")

    code, out, err = said(capsys, "screen", "a.xml", "data", *DAY)

    assert code == 3  # no table is here whose records it could say again
    assert err[0].startswith("data/transactions.csv: This holds the transactions of the projects of AidData AIMS, ")
    assert err[0].endswith(" Name the table of records; nothing is missing where it is named too.")
    Path("data", "projects.csv").write_text(
        "project_id,is_geocoded,project_title,start_actual_isodate,donors,donors_iso3,recipients,recipients_iso3,"
        "ad_sector_codes,ad_purpose_codes,status,transactions_start_year,total_commitments,total_disbursements\n"
        "2,1,Wells,2005-10-17,One Fund,DEU,Xanadia,XAA,140,14030,Completion,2005,3,\n"
    )
    for _ in range(2):  # it is told again when the run is gone on with
        code, out, err = said(capsys, "screen", "a.xml", "data", *DAY)
        assert (code, err) == (0, [])
        assert out[0] == "2 records of 2 publishers in 2 inputs: 2 programs."
        assert "Left out, as holding no data or the same data again: 1 (not_read in the report has them)." in out


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("\n<!DOCTYPE html><html><body>404</body></html>", "This is a web page and holds no records;"),
        ("<html><p>Please log in</p></html>", "This is a web page and holds no records;"),
        ('[{"iati-identifier": "XM-1"}]', "This is JSON, in which lens reads no published activities."),
        ('{"response": {"docs": []}}', "This is JSON, in which lens reads no published activities."),
        ("Dear all", "This is in none of the forms"),
    ],
)
def test_what_was_saved_for_data_and_is_none_is_called_what_it_is(capsys, text, told):
    Path("download.xml").write_text(text)

    code, _, err = said(capsys, "screen", "a.xml", "download.xml", *DAY)

    assert code == 3
    assert err[0].startswith(f"download.xml: {told}")


def test_only_the_first_kinds_of_what_cannot_be_read_are_told(capsys, monkeypatch):
    monkeypatch.setattr("lens.cli.told.MOST", 1)
    Path("a.pdf").write_text("%PDF-1.4")
    Path("register.yaml").write_text("contributions:\n- {id: C-1, donor: XA, kind: police, source: Here}\n")

    _, _, err = said(capsys, "screen", "a.pdf", "register.yaml", *DAY)

    assert err[0].startswith("a.pdf: ")
    assert err[1:] == ["… and 1 other thing: see faults and not_read in the report."]


def test_a_folder_without_a_file_is_told_and_nothing_is_written(capsys):
    Path("empty").mkdir()

    code, _, err = said(capsys, "screen", "empty", *DAY)

    assert code == 2
    assert any("empty: There is no file in it." in line for line in err)
    assert not Path("lens-screening").exists()


def test_the_folder_that_is_written_to_is_not_read_the_next_time(capsys):
    said(capsys, "screen", ".", *DAY)

    code, out, _ = said(capsys, "screen", ".", *DAY)

    assert code == 0
    assert out[0] == "1 record of 1 publisher in 1 input: 1 program."


def test_what_the_report_needs_is_looked_at_before_a_long_run(capsys, monkeypatch):
    monkeypatch.setattr(import_module("lens.portfolio.report.write"), "find_spec", lambda name: None)
    Path("rates.csv").write_text("currency;year;rate;to\nEUR;2025;1,08;USD\n")
    Path("reviews").mkdir()

    for option, name, told in (
        ("--rates", "none.csv", "none.csv: There is no such file."),
        ("--rates", "rates.csv", "rates.csv, line 1: The columns are separated by semicolons."),
        ("--reviews", "reviews", "reviews: There is no saved review in this folder."),
        ("--format", "duckdb", "Cannot go on: A DuckDB file needs a part that is not installed."),
    ):
        code, _, err = said(capsys, "screen", "a.xml", option, name, *DAY)
        assert (code, any(told in line for line in err)) == (2, True), (told, err)
    assert not Path("lens-screening").exists()


def test_a_file_where_a_folder_is_wanted(capsys):
    assert said(capsys, "screen", "a.xml", "--output", "a.xml", *DAY)[2] == [
        "Cannot go on: a.xml is a file. Name a folder to write to with --output."
    ]
    assert "This is no folder that `lens screen` wrote to." in said(capsys, "portfolio", "report", "a.xml")[2][1]


@pytest.mark.parametrize("name", ["my screening", "my screening/run.sqlite"])
def test_who_asks_for_the_report_of_a_screening_as_of_a_review_is_told_the_command(capsys, name):
    said(capsys, "screen", "a.xml", "--output", "my screening", *DAY)

    code, _, err = said(capsys, "report", name)

    assert code == 2
    assert err[1].strip() == (
        f"{name}: This is a finished screening, not a saved review. Write: lens portfolio report 'my screening'"
    )


def test_a_report_says_for_whom_it_is_and_what_of_an_earlier_one_lies_beside_it(capsys):
    said(capsys, "screen", "a.xml", "--audience", "internal", "--format", "csv", *DAY)

    _, out, _ = said(capsys, "portfolio", "report", "lens-screening/run.sqlite")

    at = out.index("Written for everyone, without titles (--audience internal has them):")
    assert out[at + 1] == "  lens-screening/portfolio.html"
    assert out[at + 2].startswith("Of an earlier report, and left as they were: csv/comparability.csv, ")
    _, out, _ = said(capsys, "portfolio", "report", "lens-screening", "--format", "csv", "--format", "html")
    assert any(line.startswith("  lens-screening/csv/ (3") for line in out)
    assert "earlier report" not in "".join(out)


def test_nothing_is_said_of_files_that_are_no_report(folder):
    Path("csv").mkdir()
    Path("mine.csv").touch()
    Path("portfolio.html").touch()

    assert list(others(folder, [folder / "portfolio.html"])) == []


def test_a_run_that_was_cut_short_says_so_first(capsys):
    said(capsys, "screen", "a.xml", *DAY)
    with closing(sqlite3.connect("lens-screening/run.sqlite")) as db, db:
        db.execute("update meta set value = 'reading' where key = 'state'")

    code, out, _ = said(capsys, "portfolio", "report", "lens-screening", "--format", "html", "--format", "json")

    assert code == 3
    assert out[0].startswith("This run was cut short: what was not reached is in no number.")
    page = Path("lens-screening/portfolio.html").read_text("utf-8")
    first = page.index("The run was cut short: what was not reached is in no number here.")
    assert first < page.index("Nothing is known of the places: no context was given.") < page.index("Where to look")
    assert "cut short" in json.dumps(json.loads(Path("lens-screening/portfolio.json").read_text("utf-8")))


def test_stopped_by_hand(capsys, monkeypatch):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("lens.portfolio.screening.screen", stop)

    assert said(capsys, "screen", "a.xml", *DAY) == (
        130,
        [],
        ["What was done is kept: write the same command again to go on.", "", "Stopped."],
    )


def test_the_line_of_progress_fits_the_terminal(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(progress, "_EVERY_TERMINAL", 0)
    shown = progress.Progress()
    shown._is_terminal = True
    shown.begins(1, 100)
    shown.input("book.xlsx", 100, 4_000_000)
    shown.read(1_000_000)
    shown.done(5)
    shown.read(1_000_000)
    shown.done(5)
    shown.ends()

    untold, told, *blank = capsys.readouterr().err.split("\r")[1:]

    assert {len(untold), len(told), len(blank[0])} == {79}
    assert "s left" in told
    assert "left" not in untold  # a workbook does not say how far it is
    assert blank[1:] == [""]


def on_a_terminal(monkeypatch, at):
    """A progress that is told to people, with the clock in a list."""
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr(progress, "_EVERY_TERMINAL", 0)
    monkeypatch.setattr(progress, "monotonic", lambda: at[0])
    shown = progress.Progress()
    shown._is_terminal = True
    return shown


def test_what_was_kept_from_before_is_told_and_not_taken_for_speed(capsys, monkeypatch):
    at = [0.0]
    shown = on_a_terminal(monkeypatch, at)
    shown.begins(1, 100)
    shown.input("a.xml", 100, 100)
    shown.read(50)
    at[0] = 1.0
    shown.kept(8_817)
    shown.read(10)
    at[0] = 11.0
    shown.done(20)
    shown.groups()

    first, last = (line.strip() for line in capsys.readouterr().err.split("\r")[1:])

    assert first == "8,817 records kept, 20 read, 2 a second, file 1 of 1, about 40 s left"
    assert last == "8,817 records kept from before, 20 read now; putting them together"


def test_a_run_that_is_written_again_says_what_was_kept(capsys, monkeypatch):
    said(capsys, "screen", "a.xml", *DAY)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)

    _, _, err = said(capsys, "screen", "a.xml", *DAY)

    assert "1 records kept from before, 0 read now; putting them together" in " ".join(err)


def test_a_run_of_somebody_else(capsys, monkeypatch):
    Path("run.sqlite").write_text("not to be read by whoever runs this test")
    monkeypatch.setattr("os.access", lambda path, _: Path(path).name != "run.sqlite")

    code, _, err = said(capsys, "portfolio", "report", ".")

    assert code == 2
    assert "You may not read this file." in err[1]


def context(day, state="early_signs"):
    return f"context: {{country: XA, on: {day}, owner: adviser, factors: [{{id: RF7.10, state: {state}}}]}}\n"


@pytest.mark.parametrize(
    ("day", "state", "told"),
    [
        ("2026-05-31", "early_signs", "1. For 1 no context was given, 1 publishes no country or time."),
        (
            "2026-03-31",
            "early_signs",
            "0. For 1 no context was given, 1 publishes no country or time, for 1 the context is too old.",
        ),
        (
            "2026-05-31",
            "looked_for_not_seen",
            "0. For 1 no context was given, 1 publishes no country or time, for 1 what was judged does not tell.",
        ),
    ],
    ids=["known", "too old", "does not tell"],
)
def test_for_how_many_programs_the_places_are_known_and_why_not_for_others(capsys, day, state, told):
    dated = '<activity-date type="1" iso-date="2025-01-01"/><recipient-country code="XA"/>'
    here = ACTIVITY.replace('<recipient-country code="XA"/>', dated)
    Path("a.xml").write_text(here)
    Path("b.xml").write_text(here.replace("XM-1-A", "XM-1-B").replace('code="XA"', 'code="XB"'))
    Path("c.xml").write_text(ACTIVITY.replace("XM-1-A", "XM-1-C").replace('<recipient-country code="XA"/>', ""))
    Path("xa.yaml").write_text(context(day, state))

    _, out, _ = said(capsys, "screen", "a.xml", "b.xml", "c.xml", "--context", "xa.yaml", *DAY)

    assert f"Of 3 programs, what is in play at their places is known for {told}" in out


def test_where_all_places_are_known_or_none_was_asked_of_nothing_else_is_said(capsys):
    dated = '<activity-date type="1" iso-date="2025-01-01"/><recipient-country code="XA"/>'
    Path("a.xml").write_text(ACTIVITY.replace('<recipient-country code="XA"/>', dated))
    Path("xa.yaml").write_text(context("2026-05-31"))

    _, out, _ = said(capsys, "screen", "a.xml", "--context", "xa.yaml", *DAY)
    assert "Of 1 program, what is in play at its places is known for 1." in out
    _, out, _ = said(capsys, "screen", "a.xml", "--again", *DAY)
    assert "Nothing is known of the places: no context was given (--context)." in out


def test_what_came_of_saved_reviews_is_told(capsys):
    said(capsys, "screen", "a.xml", *DAY)
    Path("program.yaml").write_text("program: {id: XM-1-A, title: Wells}")
    for audience in ("internal", "public"):
        said(capsys, "review", "program.yaml", "--audience", audience, "--output", f"reviews/{audience}", "--only-core")

    code, out, err = said(capsys, "portfolio", "report", "lens-screening", "--reviews", "reviews")

    assert (code, err) == (0, [])
    assert (
        "2 saved reviews: 1 program of this run reviewed; 0 of other programs; 1 without an identifier, as made for "
        "the public, and so matched to none."
    ) in out
