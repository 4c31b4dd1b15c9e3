"""Money in its finest cells, and what sectors could bear on."""

from decimal import Decimal

from lens.portfolio.analysis.analyze import analyze


def rows(path, name):
    return list(analyze(path, audience="public").table(name).rows())


def test_cells_are_by_donor_year_place_and_sector(run_file, flow):
    path = run_file(
        {
            "d": [
                {
                    "identifier": "A",
                    "donor": "XB",
                    "places": [("XC", 0, "")],
                    "flows": [flow(year=None, sector="15210")],
                },
                {"identifier": "B", "donor": "XA", "flows": [flow(amount="-7.25", back="-9", country="XC")]},
                {"identifier": "C", "donor": "XA", "flows": [flow(amount="1", country="XC")]},
            ]
        }
    )
    zero = Decimal(0)
    assert rows(path, "money_flows") == [
        ("XA", "commitment", "USD", 2020, "country", "XC", "not_published", "", 2, Decimal("-6.25"), Decimal(-9)),
        ("XB", "commitment", "USD", None, "country", "XC", "dac", "15210", 1, Decimal(100), zero),
    ]


def test_only_sectors_that_occur_and_are_judged_have_effects(run_file, flow):
    path = run_file({"d": [{"identifier": "A", "flows": [flow(sector="15210"), flow(sector="99810")]}]})
    found = rows(path, "sector_effects")
    assert {row[0] for row in found} == {"15210"}
    assert {row[2] for row in found} <= {"lowers", "supports", "harms", "worsens", "erodes"}
    assert ("15210", "lowers", "RF3") in [(row[0], row[2], row[3]) for row in found]
    assert found == sorted(found)
