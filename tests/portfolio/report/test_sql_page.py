"""The questions of docs/how-to/portfolio-sql.md, asked of a made-up run, give the answers that the page shows."""

import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from lens.portfolio.analysis.analyze import analyze
from lens.portfolio.report import write

duckdb = pytest.importorskip("duckdb")

PAGE = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "portfolio-sql.md"
PAIRS = re.findall(r"```sql\n(.*?)```\n.*?\n((?:\|[^\n]*\|\n)+)", PAGE.read_text("utf-8"), re.DOTALL)
CONTEXTS = [{"country": "XB", "on": "2026-03-01", "factors": [{"id": "RF7", "state": "seen"}], "inhibitors": []}]


@pytest.fixture
def database(run_file, flow, said, tmp_path):
    """Five programs of two donors: courts, police, radio, roads, and one that says neither sector nor place."""
    force = said("published.bodies", "concern", level="moderate", on="AH-3", outcome="force")
    place = said("published.place", "concern", level="high", on="RF7")
    path = run_file(
        {
            "d": [
                {
                    "identifier": "XA-1-courts",
                    "donor": "XA-1",
                    "places": [("XB", 0, "")],
                    "flows": [
                        flow("disbursement", "300000", 2021, sector="15130"),
                        flow("disbursement", "120000", 2022, sector="15130"),
                        flow("disbursement", "50000", 2023, sector="15130"),
                    ],
                    "findings": [said("published.bodies"), place],
                },
                {
                    "identifier": "XA-1-police",
                    "donor": "XA-1",
                    "places": [("XB", 0, "")],
                    "flows": [flow("disbursement", "250000.50", 2022, sector="15210")],
                    "findings": [force, place],
                },
                {
                    "identifier": "XA-2-roads",
                    "donor": "XA-2",
                    "places": [("XC", 0, "")],
                    "flows": [flow("disbursement", "900000", 2022, sector="21020"), flow("commitment", "5", 2022)],
                    "findings": [force],
                },
                {
                    "identifier": "XA-2-radio",
                    "donor": "XA-2",
                    "places": [("XB", 0, "")],
                    "flows": [flow("disbursement", "80000", 2022, sector="15153")],
                    "findings": [said("published.bodies"), place],
                },
                {
                    "identifier": "XA-2-untold",
                    "donor": "XA-2",
                    "flows": [flow("disbursement", "180000", 2023)],
                    "findings": [said("published.bodies", "open", because="not_published")],
                },
            ]
        },
        {"contexts": CONTEXTS},
    )
    write(analyze(path, audience="internal"), tmp_path / "out", ["duckdb"])
    with duckdb.connect(str(tmp_path / "out" / "portfolio.duckdb"), read_only=True) as connection:
        yield connection


def shown(cell):
    if cell is None:
        return ""
    return f"{cell.normalize():,f}" if isinstance(cell, Decimal) else str(cell)


def test_there_are_three_questions_each_with_its_answer():
    assert len(PAIRS) == PAGE.read_text("utf-8").count("```sql") == 3


@pytest.mark.parametrize("number", range(3))
def test_the_answer_is_the_one_on_the_page(database, number):
    query, answer = PAIRS[number]
    found = database.execute(query)
    heads = [one[0] for one in found.description]
    lines = [heads, ["---"] * len(heads), *([shown(cell) for cell in row] for row in found.fetchall())]
    assert [f"| {' | '.join(line)} |".replace("|  |", "| |") for line in lines] == answer.splitlines()


def test_the_columns_that_the_questions_use_say_what_they_mean(database):
    told = dict(database.execute("select column_name, comment from duckdb_columns()").fetchall())
    names = ("could_lower", "not_judged", "class", "reasons", "place_kind", "effect", "bears_on")
    assert [name for name in names if not told[name]] == []


def test_the_way_without_the_program_of_duckdb_works(database, tmp_path, monkeypatch, capsys):
    (line,) = re.findall(r'(?m)^python -c "(.*)"$', PAGE.read_text("utf-8"))
    shutil.copytree(tmp_path / "out", tmp_path / "lens-screening")
    monkeypatch.chdir(tmp_path)

    exec(line, {})  # noqa: S102 - our own page

    assert "programs-of-several" in capsys.readouterr().out
