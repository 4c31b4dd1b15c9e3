"""Donors side by side, gaps, what was reviewed, and cells of few programs."""

from datetime import date
from decimal import Decimal

import pytest

import lens
from lens.errors import InputError
from lens.packs.wording import unwanted
from lens.portfolio.analysis.analyze import analyze
from lens.reviews.model import Matrix, ProgramView, Provenance, Review

D = Decimal


def cells(path, name, *columns, **more):
    table = analyze(path, **{"audience": "internal", **more}).table(name)
    places = [[one.name for one in table.columns].index(column) for column in columns]
    return [tuple(row[place] for place in places) for row in table.rows()]


@pytest.fixture
def two(run_file, flow):
    """One donor commits to grants in two years, another disburses loans in one of them."""
    return run_file(
        {
            "d1": [
                {
                    "identifier": "A",
                    "donor": "XA",
                    "finance_types": "110",
                    "flow_types": "10",
                    "places": [("XA", 0, "")],
                    "sectors": [("DAC", "15210", "")],
                    "flows": [flow(amount="80"), flow(amount="20", year=2021), flow("incoming", "5")],
                }
            ],
            "d2": [
                {
                    "identifier": "B",
                    "donor": "XB",
                    "standard": "T",
                    "finance_types": "421 110",
                    "flow_types": "10",
                    "places": [("XA", 0, "")],
                    "flows": [flow("disbursement", "7", year=2020, currency="EUR")],
                }
            ],
        },
        {
            "contexts": [
                {
                    "country": "XA",
                    "on": "2020-01-01",
                    "factors": [{"id": "RF3.4", "state": "seen"}, {"id": "RF9", "state": "early_signs"}],
                    "inhibitors": [{"id": "INH1", "state": "strained"}, {"id": "INH9", "state": "hollow"}],
                },
                {"country": "XA", "on": "2019-01-01", "factors": [{"id": "RF9", "state": "looked_for_not_seen"}]},
                {"country": "XC", "on": "2020-01-01", "factors": [{"id": "RF7.10", "state": "seen"}]},
            ]
        },
    )


def test_what_makes_donors_not_comparable_comes_first(two):
    assert cells(two, "comparability", "id", "detail", "number", "donors") == [
        ("standards-differ", "IATI", 1, "XA"),
        ("standards-differ", "T", 1, "XB"),
        ("finance-types-differ", "110 grants", 1, "XA"),
        ("finance-types-differ", "110 grants, 421 loans and other debt", 1, "XB"),
        ("judged-differs", "0% of programs", 1, "XB"),
        ("judged-differs", "100% of programs", 1, "XA"),
        ("kinds-differ", "commitment", 1, "XA"),
        ("kinds-differ", "disbursement", 1, "XB"),
        ("received-differs", "", 1, "XB"),
        ("received-differs", "money received is published", 1, "XA"),
        ("years-differ", "2020-2020", 1, "XB"),
        ("years-differ", "2020-2021", 1, "XA"),
        ("currencies-differ", "EUR", 1, "XB"),
        ("currencies-differ", "USD", 1, "XA"),
    ]
    names = [table.name for table in analyze(two).tables]
    assert names.index("comparability") < names.index("donors") < names.index("donors_by_factor")


def test_what_stands_side_by_side_is_called_what_it_is(two):
    for name in ("comparability", "donors", "donors_by_factor"):
        assert "onors" in analyze(two).table(name).title
        assert "ublishers" in analyze(two, by="publisher").table(name).title


def test_one_donor_is_compared_with_nobody(run_file):
    assert cells(run_file({"d1": [{"identifier": "A"}]}), "comparability", "id") == []


def test_what_is_the_same_for_all_and_what_nobody_publishes_is_told_too(run_file, flow):
    told = {"flow_types": "10 20", "flows": [flow(), flow("incoming", "5")]}
    path = run_file({"d1": [{"identifier": "A", "donor": "XA", **told}, {"identifier": "B", "donor": "XB", **told}]})
    assert cells(path, "comparability", "id", "detail", "number") == [
        ("flow-types-differ", "10 official_aid, 20 other_official", 2),
        ("finance-types-not-published", "", 2),
        ("received-differs", "money received is published", 2),
    ]


def test_each_donor_s_money_is_told_apart_by_kind_of_flow(run_file, flow):
    given = [("10", "1"), ("21", "20"), ("30", "300"), ("10 21", "4000"), ("", "50000")]
    records = [
        {"identifier": f"A{at}", "donor": "XA", "flow_types": types, "flows": [flow(amount=amount)]}
        for at, (types, amount) in enumerate(given)
    ]
    columns = ("amount", "official_aid", "other_official", "private_development", "flow_not_known")
    assert cells(run_file({"d1": records}), "donors", *columns) == [(D(54321), D(1), D(20), D(300), D(54000))]


def test_a_year_with_lines_of_nothing_is_no_year_with_money(run_file, flow):
    nothing = flow(amount="0", year=1976)
    given = [("XA", [flow(), nothing]), ("XB", [flow(year=2021)]), ("XC", [nothing])]
    path = run_file({"d1": [{"identifier": who, "donor": who, "flows": flows} for who, flows in given]})
    assert cells(path, "donors", "donor", "first_year", "last_year", "amount") == [
        ("XA", 2020, 2020, D(100)),
        ("XB", 2021, 2021, D(100)),
        ("XC", None, None, D(0)),
    ]
    assert "1976" not in str(list(analyze(path).table("comparability").rows()))


def test_donors_side_by_side(two):
    columns = ("donor", "kind", "programs", "first_year", "last_year", "amount", "percent_not_judged")
    assert cells(two, "donors", *columns) == [
        ("XA", "commitment", 1, 2020, 2021, D(100), 0),
        ("XB", "disbursement", 1, 2020, 2020, D(7), 100),
    ]
    assert cells(two, "donors", "input", "amount", by="input") == [("input 1", D(100)), ("input 2", D(7))]
    shares = cells(two, "donors_by_factor", "donor", "factor", "percent_could_lower", "percent_not_judged")
    assert ("XA", "RF3", 100, 0) in shares
    assert ("XB", "RF3", 0, 100) in shares


def test_orphan_risks_are_what_published_data_does_not_show(two):
    columns = ("scope", "donor", "country", "factor", "state", "as_of", "id", "programs_there", "programs_not_judged")
    assert cells(two, "orphan_risks", *columns) == [
        ("run", "", "XA", "RF9", "early_signs", "2020-01-01", "no-money-in-sectors", 2, 1),
        ("run", "", "XC", "RF7", "seen", "2020-01-01", "no-record", 0, 0),
        ("one", "XB", "XA", "RF3", "seen", "2020-01-01", "cannot-tell", 1, 1),
        ("one", "XA", "XA", "RF9", "early_signs", "2020-01-01", "no-money-in-sectors", 1, 0),
        ("one", "XB", "XA", "RF9", "early_signs", "2020-01-01", "cannot-tell", 1, 1),
    ]
    columns = ("scope", "donor", "country", "inhibitor", "state")
    assert cells(two, "unfunded_inhibitors", *columns) == [("one", "XB", "XA", "INH1", "strained")]
    for name, sentence in cells(two, "orphan_risks", "id", "sentence"):
        if name == "cannot-tell":
            assert sentence == "Cannot be told: no program here has a sector that can be judged."
        else:
            assert sentence.startswith("Published data ") and " shows no " in sentence


def test_where_no_sector_can_be_judged_no_gap_is_told_of_the_whole_run_either(run_file, flow):
    record = {"identifier": "A", "places": [("XA", 0, "")], "flows": [flow()]}
    context = {"country": "XA", "on": "2020-01-01", "factors": [{"id": "RF3", "state": "seen"}]}
    path = run_file({"d1": [record]}, {"contexts": [context]})
    columns = ("scope", "id", "programs_there", "programs_not_judged")
    assert cells(path, "orphan_risks", *columns) == [("run", "cannot-tell", 1, 1), ("one", "cannot-tell", 1, 1)]


def test_where_a_gap_is_of_some_and_not_of_the_whole_run_that_is_told(two):
    said = "Of the whole run: none. "
    assert analyze(two).table("unfunded_inhibitors").help.startswith(said)
    assert said not in analyze(two).table("orphan_risks").help


@pytest.mark.parametrize(
    ("year", "found"),
    [
        (2018, []),
        (None, []),
        (
            2017,
            [
                (
                    "no-money",
                    "Published data of this run shows no money for this country alone since 2018, only records.",
                )
            ],
        ),
    ],
)
def test_money_of_long_ago_does_not_stand_beside_what_is_in_play_today(run_file, flow, year, found):
    record = {"identifier": "A", "places": [("XA", 0, "")], "flows": [flow(year=year, sector="15210")]}
    context = {"country": "XA", "on": "2020-01-01", "factors": [{"id": "RF3.4", "state": "seen"}]}
    path = run_file({"d1": [record]}, {"contexts": [context]})
    assert cells(path, "orphan_risks", "id", "sentence") == found


def test_what_a_register_is_meant_to_support_stands_beside_what_has_no_money(run_file, said):
    meant = said("published.contribution-meant", "addressed", outcome="named", values='{"inhibitors":"INH1, INH5"}')
    guard = said("published.contribution-guarded", "open", because="not_published", outcome="unguarded")
    record = {
        "identifier": "C-1",
        "standard": "contribution register",
        "title": "40 officers",
        "places": [("XA", 0, "")],
        "starts": "2020-02-01",
        "findings": [meant, guard],
    }
    context = {"country": "XA", "on": "2020-01-01", "inhibitors": [{"id": "INH1", "state": "strained"}]}
    path = run_file({"d1": [record]}, {"contexts": [context]})
    columns = ("scope", "inhibitor", "id", "programs_there", "meant_to_support")
    assert cells(path, "unfunded_inhibitors", *columns) == [("run", "INH1", "no-money", 1, 1)]
    assert list(analyze(path).table("contributions").rows()) == [
        ("C-1", "XA-1", "XA", 2020, None, "INH1 INH5", "unguarded")
    ]


def test_without_contexts_no_gap_is_no_good_news(run_file, two):
    said = "No context was given, so that nothing was looked for"
    for name in ("orphan_risks", "unfunded_inhibitors"):
        assert analyze(run_file({"d": []})).table(name).help.startswith(said)
        assert said not in analyze(two).table(name).help


def test_programs_whose_money_is_not_published_are_told_beside_what_is_not_shown(run_file):
    record = {"identifier": "A", "places": [("XA", 0, "")], "sectors": [("DAC", "15210", "")]}
    context = {"country": "XA", "on": "2020-01-01", "factors": [{"id": "RF3.4", "state": "seen"}]}
    path = run_file({"d1": [record]}, {"contexts": [context]})
    columns = ("scope", "factor", "id", "programs_there", "programs_not_judged", "programs_in_sector")
    assert cells(path, "orphan_risks", *columns) == [("run", "RF3", "no-money", 1, 0, 1)]


def review(identifier, depth="full"):
    return Review(
        audience="internal",
        as_of=date(2026, 1, 1),
        depth=depth,
        outcome="recorded",
        program=ProgramView(id=identifier),
        matrix=Matrix(),
        provenance=Provenance(lens_version="1"),
    )


def test_what_was_reviewed_and_what_never_was(two):
    reviews = [review("A", "first-look"), review(" A "), review("A", "first-look"), review("Z"), review("")]
    assert cells(two, "reviews_matched", "item", "number", reviews=reviews) == [
        ("given", 5),
        ("without-identifier", 1),
        ("not-in-run", 1),
        ("programs-reviewed", 1),
        ("not-read", 0),
    ]
    assert cells(two, "reviewed", "by", "value", "depth", "programs", "percent", reviews=reviews)[:9] == [
        ("all", "", "full", 1, 50),
        ("all", "", "first-look", 0, 0),
        ("all", "", "screened only", 1, 50),
        ("donor", "XA", "full", 1, 100),
        ("donor", "XA", "first-look", 0, 0),
        ("donor", "XA", "screened only", 0, 0),
        ("donor", "XB", "full", 0, 0),
        ("donor", "XB", "first-look", 0, 0),
        ("donor", "XB", "screened only", 1, 100),
    ]
    money = cells(two, "reviewed_money", "by", "value", "depth", "kind", "amount", reviews=reviews)
    assert [row for row in money if row[0] == "scrutiny" and row[4]] == [
        ("scrutiny", "high", "full", "commitment", D(100)),
        ("scrutiny", "not judged", "screened only", "disbursement", D(7)),
    ]


@pytest.fixture
def bodies(run_file, flow):
    """Six programs through a ministry, five through media, one through an armed group."""
    kinds = ["ministry"] * 6 + ["media"] * 5 + ["armed_group"]
    return run_file(
        {
            "d1": [
                {
                    "identifier": f"A{number}",
                    "bodies": [(kind, "implementing", "no", 1)],
                    "flows": [flow(amount="10")],
                    "exposes": [("e-mail", 2)] if number < 3 else [("person", 1)],
                }
                for number, kind in enumerate(kinds)
            ]
        }
    )


def test_cells_of_few_programs_are_withheld_with_a_second_one(bodies):
    columns = ("body", "programs", "amount", "percent", "withheld")
    assert cells(bodies, "money_by_body", *columns, audience="public") == [
        ("armed_group", None, None, None, "fewer than 5"),
        ("media", None, None, None, "with another cell"),
        ("ministry", 6, D(60), 50, ""),
    ]
    assert cells(bodies, "money_by_body", *columns)[0] == ("armed_group", 1, D(10), 8, "")
    assert analyze(bodies).table("money_by_body").small_cells == "programs"


def test_a_single_cell_of_few_programs_does_not_say_whose_the_total_is(run_file, flow):
    record = {"identifier": "A", "bodies": [("armed_group", "recipient", "yes", 1)], "flows": [flow()]}
    path = run_file({"d1": [record]})
    assert cells(path, "money_by_body", "body", "amount", audience="public") == [("withheld", None)]
    assert cells(path, "local_share", "local", "amount", audience="public") == [("withheld", None)]
    assert cells(path, "local_share", "local", "amount") == [("local", D(100))]


WITHHELD = "fewer than 5, none, or with another cell"


def portfolio(flow, **donors):
    """So many programs of each donor; their identifiers are the donor's with a number."""
    return [
        {"identifier": f"{donor}{at}", "donor": donor, "places": [(donor, 0, "")], "flows": [flow()]}
        for donor, count in donors.items()
        for at in range(count)
    ]


def test_of_a_single_review_only_that_there_is_one_is_told_in_public(run_file, flow):
    records = [*portfolio(flow, XA=9, XB=9, XC=1, XD=2), {"identifier": "N", "flows": [flow("disbursement")]}]
    path, reviews = run_file({"d": records}), [review("XA3")]
    public = {"audience": "public", "reviews": reviews}
    assert cells(path, "reviewed", "by", "value", "depth", "programs", **public) == [
        ("all", "", "full", 1),
        ("all", "", "first-look", 0),
        ("all", "", "screened only", 21),
    ]
    # Not even of which kind its money is.
    money = cells(path, "reviewed_money", "by", "kind", "amount", "withheld", **public)
    assert set(money) == {("all", kind, None, WITHHELD) for kind in ("commitment", "disbursement")}
    assert ("donor", "XA", "full", 1) in cells(path, "reviewed", "by", "value", "depth", "programs", reviews=reviews)


@pytest.mark.parametrize(
    ("donors", "reviewed", "told"),
    [
        # Where few were reviewed and where none was cannot be told apart, however small the others are.
        ({"XA": 9, "XB": 9, "XC": 1, "XD": 9}, {"XA": 6, "XB": 1}, {"XA"}),
        # All but one could be subtracted from all together.
        ({"XA": 9, "XB": 9, "XC": 9}, {"XA": 5, "XB": 6, "XC": 1}, {"XB"}),
        # So could all but some that were nearly all reviewed.
        ({"XA": 9, "XB": 2, "XC": 1, "XD": 14}, {"XA": 8, "XB": 2, "XC": 1, "XD": 7}, {"XA"}),
        # A withheld one alone, with nothing else to go with it.
        ({"XA": 9}, {"XA": 4}, set()),
    ],
)
def test_which_few_programs_were_reviewed_cannot_be_worked_out_in_public(run_file, flow, donors, reviewed, told):
    path = run_file({"d": portfolio(flow, **donors)})
    public = {
        "audience": "public",
        "reviews": [review(f"{donor}{at}") for donor, count in reviewed.items() for at in range(count)],
    }
    for by in ("donor", "country"):
        found = cells(path, "reviewed", "by", "value", "programs", "withheld", **public)
        assert {row[1] for row in found if row[0] == by and row[2] is not None} == told
        assert {row[3] for row in found if row[0] == by and row[2] is None} <= {WITHHELD}
        money = cells(path, "reviewed_money", "by", "value", "amount", **public)
        assert {row[1] for row in money if row[0] == by and row[2] is not None} == told


def test_where_nothing_was_reviewed_that_is_told_once(two):
    assert cells(two, "reviewed", "by", "depth", "programs") == [
        ("all", "full", 0),
        ("all", "first-look", 0),
        ("all", "screened only", 2),
    ]
    assert {row[0] for row in cells(two, "reviewed_money", "by")} == {"all"}


def test_exposure_is_counted_and_listed_only_on_request(bodies):
    assert cells(bodies, "exposure", "publisher", "what", "programs", "records", "number", audience="public") == [
        ("XA-1", "e-mail", None, None, None),
        ("XA-1", "person", 9, 9, 9),
    ]
    assert cells(bodies, "exposure", "what", "number") == [("e-mail", 6), ("person", 9)]
    with pytest.raises(KeyError):
        analyze(bodies).table("exposure_listing")
    listed = list(analyze(bodies, self_check=True).table("exposure_listing").rows())
    assert listed[0] == ("A0", "XA-1", "e-mail", 2)
    assert len(listed) == 12


@pytest.mark.parametrize("run", ["two", "bodies"])
def test_every_column_and_table_says_what_it_holds(run, request):
    tables = analyze(request.getfixturevalue(run), self_check=True, audience="internal").tables
    assert len({table.name for table in tables}) == len(tables)
    for table in tables:
        assert table.title and table.help
        assert unwanted(" ".join([table.title, table.help, *(column.help for column in table.columns)])) == []
        names = [column.name for column in table.columns]
        assert len(set(names)) == len(names)
        assert all(name.isidentifier() and column.help for name, column in zip(names, table.columns, strict=True))
        for row in table.rows():
            assert len(row) == len(names)
            assert unwanted(" ".join(cell for cell in row if isinstance(cell, str))) == []


@pytest.mark.parametrize("text", [None, "no database", ""])
def test_what_is_no_run_file(tmp_path, text):
    path = tmp_path / "run.sqlite"
    if text is not None:
        path.write_text(text, "utf-8")
    with pytest.raises(InputError, match="not a run file"):
        analyze(path)


def test_an_empty_run(run_file):
    analysis = analyze(run_file({}))
    assert [row[:2] for row in analysis.table("programs").rows()] == []
    assert all(isinstance(list(table.rows()), list) for table in analysis.tables)


def test_what_was_given_of_the_places_is_told_with_how_many_programs_it_spoke_for(run_file, said):
    def place(state, because=""):
        return {"places": [("XA", 0, "")], "findings": [said("published.place", state, because=because)]}

    records = [
        {"identifier": "A", **place("concern")},
        {"identifier": "B", **place("open", "not_known")},
        {"identifier": "C", **place("open", "stale")},
        {"identifier": "D", **place("open", "not_asked")},
    ]
    factors = [
        {"id": "RF7.5", "state": "seen", "on": "2020-02-01", "by": "Planted role"},
        {"id": "RF2", "state": "looked_for_not_seen"},
    ]
    contexts = [
        {"country": "XC", "on": "2020-01-01", "factors": [{"id": "RF7.10", "state": "seen"}]},
        {"country": "XA", "on": "2020-03-01", "factors": factors, "inhibitors": [{"id": "INH5", "state": "strained"}]},
    ]
    path = run_file({"d": records}, {"contexts": contexts})
    columns = ("country", "as_of", "about", "state", "programs")
    assert cells(path, "places_given", *columns, audience="public") == [
        ("XA", "2020-03-01", "RF7.5", "seen", 2),
        ("XA", "2020-03-01", "INH5", "strained", 2),
        ("XC", "2020-01-01", "", "", 0),
    ]
    assert "Planted" not in str([list(one.rows()) for one in analyze(path).tables])
    assert cells(path, "places_given", *columns, "judged_on", "role") == [
        ("XA", "2020-03-01", "RF7.5", "seen", 2, "2020-02-01", "Planted role"),
        ("XA", "2020-03-01", "RF2", "looked_for_not_seen", 2, "2020-03-01", ""),
        ("XA", "2020-03-01", "INH5", "strained", 2, "2020-03-01", ""),
        ("XC", "2020-01-01", "RF7.10", "seen", 0, "2020-01-01", ""),
    ]


def test_a_gap_says_which_indicators_of_its_factor_were_judged(run_file):
    states = [("RF7.10", "seen"), ("RF7.5", "seen"), ("RF7.2", "early_signs"), ("RF3", "seen")]
    context = {"country": "XA", "on": "2020-01-01", "factors": [{"id": one, "state": state} for one, state in states]}
    path = run_file({"d": []}, {"contexts": [context]})
    columns = ("factor", "state", "indicators")
    assert cells(path, "orphan_risks", *columns) == [("RF3", "seen", ""), ("RF7", "seen", "RF7.5 RF7.10")]


def test_a_run_keeps_the_day_and_the_role_of_each_judgment(tmp_path):
    pytest.importorskip("lxml", reason="needs the extra portfolio")
    (tmp_path / "a.xml").write_text(
        '<iati-activities version="2.03"><iati-activity><iati-identifier>XM-1-A</iati-identifier>'
        '<reporting-org ref="XM-1" type="10"/><activity-status code="2"/><recipient-country code="XA"/>'
        '<activity-date type="1" iso-date="2026-01-01"/></iati-activity></iati-activities>'
    )
    (tmp_path / "context.yaml").write_text(
        "context:\n  country: XA\n  on: 2026-06-01\n  owner: adviser\n"
        "  factors:\n  - {id: RF7.5, state: seen, on: 2026-05-01, by: monitor}\n  - {id: RF2, state: seen}\n"
    )
    path = lens.screen(
        tmp_path / "a.xml", output=tmp_path / "out", contexts=[tmp_path / "context.yaml"], as_of="2026-06-30"
    )
    assert cells(path, "places_given", "about", "programs", "judged_on", "role") == [
        ("RF7.5", 1, "2026-05-01", "monitor"),
        ("RF2", 1, "2026-06-01", "adviser"),
    ]
