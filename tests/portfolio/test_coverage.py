"""What could be judged, counted by hand."""

from decimal import Decimal

import pytest

from lens.portfolio.analysis.analyze import analyze
from lens.portfolio.analysis.shares import percent, percent_said
from lens.portfolio.report import write


def rows(path, name, **more):
    return list(analyze(path, **more).table(name).rows())


def cells(path, name, *columns):
    table = analyze(path).table(name)
    places = [[one.name for one in table.columns].index(column) for column in columns]
    return [tuple(row[place] for place in places) for row in table.rows()]


@pytest.fixture
def three(run_file, said):
    """A program of two records, one of one, and one of another publisher that a check was not run on."""
    return run_file(
        {
            "d1": [
                {"identifier": "A", "findings": [said("a.x", "concern", level="high", on="RF7"), said("a.y")]},
                {
                    "identifier": "A2",
                    "related": [("1", "A")],
                    "findings": [said("a.x", "open", because="not_published"), said("a.y", "error")],
                },
                {
                    "identifier": "B",
                    "findings": [said("a.x", "open", because="not_asked"), said("a.y", "not_applicable")],
                },
                {"identifier": "C", "publisher": "XB-1", "findings": [said("a.x")]},
            ]
        }
    )


def test_coverage_by_check(three):
    assert rows(three, "coverage_by_check") == [
        ("a.x", "", 3, 2, 67, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 4, 2, 50),
        ("a.y", "", 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 4, 1, 50),
    ]


def test_programs_that_a_check_asks_nothing_of_are_not_in_its_base(run_file, said):
    records = [{"identifier": f"A{number}", "findings": [said("a.x")]} for number in range(98)]
    records += [{"identifier": f"C{number}", "findings": [said("a.register")]} for number in range(2)]
    columns = ("check", "programs", "judged", "percent_judged", "no_result", "percent_records_judged")
    assert cells(run_file({"d1": records}), "coverage_by_check", *columns) == [
        ("a.register", 100, 2, 100, 98, 100),
        ("a.x", 100, 98, 100, 2, 100),
    ]


def test_coverage_by_publisher(three):
    columns = ("publisher", "check", "programs", "judged", "percent_judged", "error", "no_result", "records")
    assert cells(three, "coverage_by_publisher", *columns) == [
        ("XA-1", "a.x", 2, 1, 50, 0, 0, 3),
        ("XA-1", "a.y", 2, 0, 0, 1, 0, 3),
        ("XB-1", "a.x", 1, 1, 100, 0, 0, 1),
        ("XB-1", "a.y", 1, 0, None, 0, 1, 1),
    ]


def test_a_concern_on_several_records_is_told_once_in_its_gravest_form(run_file, said):
    path = run_file(
        {
            "d1": [
                {"identifier": "A", "findings": [said("a.x", "concern", level="moderate", on="RF7", outcome="some")]},
                {
                    "identifier": "A2",
                    "related": [("1", "A")],
                    "findings": [
                        said("a.x", "concern", level="high", on="RF7", outcome="much"),
                        said("a.x", "concern", level="moderate", on="RF7", outcome="some"),
                    ],
                },
            ]
        }
    )
    assert cells(path, "concerns", "check", "about", "outcome", "level", "programs", "records") == [
        ("a.x", "RF7", "much", "high", 1, 2)
    ]
    assert cells(path, "programs", "identifier", "class", "reasons", "records") == [
        ("A", "look", "high-concern: a.x on RF7; moderate-concern: a.x on RF7", 2)
    ]


def test_reasons_name_the_factors_and_kinds_that_a_check_tells_at_once(run_file, said):
    place = said("published.place", "concern", level="moderate", values='{"count":2,"factors":"RF7.10, RF9.1"}')
    bodies = said(
        "published.bodies",
        "concern",
        level="high",
        on="AH-3",
        outcome="force",
        values='{"kinds":"armed_group, Planted name"}',
    )
    path = run_file({"d1": [{"identifier": "A", "findings": [place, bodies]}]})
    assert cells(path, "programs", "class", "reasons") == [
        ("look first", "force-where-risk: published.bodies on AH-3 (armed_group), published.place on RF7.10, RF9.1")
    ]


def test_a_text_that_several_programs_share_is_not_judged(run_file, said):
    finding = said("a.text", "concern", level="high", on="AH-2")
    records = [{"identifier": name, "text_digest": 7, "findings": [finding, said("a.x")]} for name in ("A", "B")]
    records.append({"identifier": "C", "text_digest": 8, "findings": [finding]})
    path = run_file({"d1": records}, meta={"text_checks": ["a.text"]})
    columns = ("check", "judged", "concern", "open_not_published")
    assert cells(path, "coverage_by_check", *columns) == [("a.text", 1, 1, 2), ("a.x", 2, 0, 0)]
    assert cells(path, "programs", "identifier", "class", "shared_text") == [
        ("C", "look", 0),
        ("A", "watch", 1),
        ("B", "watch", 1),
    ]


def test_copies_are_counted_and_not_judged(run_file, said):
    old = {"identifier": "A", "updated": "2019", "findings": [said("a.x", "concern", level="high")]}
    new = {"identifier": "A", "updated": "2020", "findings": [said("a.x")]}
    path = run_file({"d1": [old, new]})
    assert cells(path, "coverage_by_check", "check", "programs", "concern", "nothing_seen", "records") == [
        ("a.x", 1, 0, 1, 1)
    ]
    assert cells(path, "programs", "identifier", "class", "records", "copies") == [("A", "watch", 1, 1)]
    assert dict(cells(path, "summary", "item", "number"))["copies"] == 1


def test_titles_and_file_names_are_for_the_agency(run_file):
    path = run_file({"d1": [{"identifier": "A", "title": "Planted title"}]})
    for name, at, planted in (("programs", 1, "Planted title"), ("inputs", -1, "d1.xml")):
        assert [row[at] for row in rows(path, name, audience="internal")] == [planted]
        assert planted not in str(rows(path, name))


def test_what_was_not_read_and_not_asked_is_told(run_file):
    aside = [["notes.txt", "It is text.", "Leave it out.", 0], ["b.xml", "It is cut short.", "Get it again.", 1]]
    path = run_file(
        {}, {"aside": aside, "not_asked": [["harm.example", "needs"]], "titles": {"harm.example": "Who asks?"}}
    )
    assert rows(path, "not_read") == [
        ("It is cut short.", "Get it again.", "yes"),
        ("It is text.", "Leave it out.", "no"),
    ]
    assert rows(path, "not_asked") == [("harm.example", "Who asks?", "needs")]


def test_what_each_publisher_leaves_out_is_counted_for_it_to_mend(run_file, said):
    def left_out(check):
        return said(f"published.{check}", "open", because="not_published")

    path = run_file(
        {
            "d1": [
                {"identifier": "A", "publisher": "XB", "findings": [left_out("sector"), left_out("bodies")]},
                {"identifier": "B", "publisher": "XB", "findings": [said("published.sector"), left_out("bodies")]},
                {
                    "identifier": "C",
                    "publisher": "XB",
                    "findings": [said("published.place", "open", because="not_asked")],
                },
                {"identifier": "D", "publisher": "XA", "findings": [left_out("place"), left_out("text")]},
                {"identifier": "D2", "publisher": "XA", "related": [("1", "D")], "findings": [said("published.text")]},
            ]
        }
    )
    assert rows(path, "missing_by_publisher") == [
        ("XA", 1, 1, 0, 0, 1, 100, 0, 0, 1, 100),
        ("XB", 3, 3, 1, 33, 0, 0, 2, 67, 0, 0),
    ]
    names = [table.name for table in analyze(path).tables]
    assert names.index("coverage_by_check") < names.index("missing_by_publisher") < names.index("programs")


def test_how_many_programs_of_a_publisher_name_a_local_body_is_not_told_in_public(run_file, said):
    path = run_file({"d1": [{"identifier": "A", "findings": [said("published.local", "addressed")]}]})
    columns = ("judged", "percent_judged", "concern", "nothing_seen", "addressed", "open_not_published")
    assert cells(path, "coverage_by_publisher", *columns) == [(1, 100, None, None, None, 0)]
    table = analyze(path, audience="internal").table("coverage_by_publisher")
    assert next(iter(table.rows()))[5:8] == (0, 0, 1)


EXPOSES = ("published.exposes", "concern")


@pytest.mark.parametrize(("few", "checks"), [(5, ["published.place"]), (2, ["published.exposes", "published.place"])])
def test_which_records_give_something_away_is_not_told_in_public(run_file, said, few, checks):
    gives = [
        said(*EXPOSES, level="moderate", on="AH-9"),
        said("published.place", "concern", level="moderate", on="RF7"),
    ]
    path = run_file({"d1": [{"identifier": "A", "findings": gives}, {"identifier": "B", "findings": gives}]})
    told = {one.name: [str(row) for row in one.rows()] for one in analyze(path, fewest=few).tables}
    for name in ("programs", "coverage_by_publisher"):
        assert not any("published.exposes" in row for row in told[name])
    for name in ("coverage_by_check", "concerns"):
        assert [row.split("'")[1] for row in told[name]] == checks
    assert all("moderate-concern: published.place on RF7'" in row for row in told["programs"])


def test_the_same_programs_in_two_forms_of_data_are_told(run_file):
    def record(identifier, standard, title, donor):
        return {"identifier": identifier, "standard": standard, "title_digest": title, "donor": donor}

    path = run_file(
        {
            "d1": [record("1", "AidData AIMS", 7, "XA"), record("2", "AidData AIMS", 8, "XA")],
            "d2": [record("X-1", "IATI", 7, "XB"), record("X-2", "IATI", 9, "XA"), record("X-3", "IATI", 9, "XB")],
        }
    )
    found = dict(cells(path, "summary", "item", "number"))
    assert (found["same-titles"], found["several-forms"]) == (2, 1)


@pytest.mark.parametrize(
    ("part", "whole", "share", "said"),
    [
        (0, 6007, 0, "0%"),
        (1, 6007, 1, "under 1%"),
        (6006, 6007, 99, "over 99%"),
        (6007, 6007, 100, "100%"),
        (1, 100, 1, "1%"),
        (99, 100, 99, "99%"),
        (Decimal("0.7"), Decimal(100), 1, "under 1%"),
        (1, 3, 33, "33%"),
    ],
)
def test_nearly_nothing_and_nearly_all_are_told_as_such(part, whole, share, said):
    found = percent(part, whole)
    assert (found, str(found), percent_said(found)) == (share, str(share), said)


def test_a_share_of_nothing_says_nothing():
    assert percent(0, 0) is None


def test_a_page_says_over_99_percent_and_a_file_says_99(run_file, said, tmp_path):
    pytest.importorskip("duckdb", reason="needs the extra portfolio")
    states = ["error", *["nothing_seen"] * 299]
    path = run_file({"d1": [{"identifier": f"A{at}", "findings": [said("a.x", one)]} for at, one in enumerate(states)]})
    write(analyze(path), tmp_path, ["md", "csv", "json", "xlsx", "parquet", "duckdb"])
    assert "| over 99% |" in (tmp_path / "portfolio.md").read_text("utf-8")
    assert ",300,299,99," in (tmp_path / "csv/coverage_by_check.csv").read_text("utf-8")
    assert '"percent_judged": 99,' in (tmp_path / "portfolio.json").read_text("utf-8")
