from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from lens.readers.iati import values


def notes(found):
    return {note.code: note.count for note in found.program.published.notes}


def transaction(kind, value, on="2020-01-31", currency=""):
    dated = f'<transaction-date iso-date="{on}"/>' if on else ""
    money = f' currency="{currency}"' if currency else ""
    return f'<transaction><transaction-type code="{kind}"/>{dated}<value{money}>{value}</value></transaction>'


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("10", "10"),
        (" -3,802 ", "-3802"),
        ("1,234,567.50", "1234567.50"),
        ("1 000 000", "1000000"),
        ("12,5", "12.5"),
        ("1e-10", "0"),
        ("-1e-10", "0"),
        ("1E3", "1000"),
        ("+7", "7"),
        ("0.1234567", "0.123457"),
        ("999999999999999", "999999999999999"),
        ("1000000000000000", None),
        ("9" * 400, None),
        ("1e999999999", None),
        ("", None),
        ("NaN", None),
        ("Infinity", None),
        ("1_000", None),
        ("١٢", None),
        ("12 EUR", None),
    ],
)
def test_amounts(text, value):
    found = values.number(text)
    assert (None if found is None else f"{found:f}".rstrip(".")) == value or found == Decimal(value or "NaN")
    assert found is None or "E" not in str(found)


def test_budgets_are_planned_money_with_their_period(one):
    found = one(
        '<budget><period-start iso-date="2020-01-01"/><period-end iso-date="2020-12-31"/>'
        '<value currency="usd">5</value></budget>'
        "<budget><value>7</value></budget><budget><value/></budget>",
        'default-currency="EUR"',
    )

    first, second = found.program.budgets
    assert (first.amount, first.currency, first.kind) == (Decimal(5), "USD", "planned")
    assert (first.start, first.end) == (date(2020, 1, 1), date(2020, 12, 31))
    assert (second.amount, second.currency) == (Decimal(7), "EUR")
    assert notes(found)["value-unreadable"] == 1


def test_a_revised_budget_takes_the_place_of_the_original(one):
    period = '<period-start iso-date="2020-01-01"/><period-end iso-date="2020-12-31"/>'
    found = one(f'<budget type="1">{period}<value>5</value></budget><budget type="2">{period}<value>8</value></budget>')

    assert [budget.amount for budget in found.program.budgets] == [Decimal(8)]
    assert notes(found)["budget-original-left-out"] == 1


def test_transactions_are_summed_by_type_and_currency_and_negative_ones_count(one):
    found = one(
        transaction("3", "100", "2020-05-01")
        + transaction("D", "-30.5", "2019-05-01")
        + transaction("2", "7", currency="GBP")
        + transaction("3", "1", currency="GBP"),
        'default-currency="USD"',
    )

    sums = found.program.published.transactions
    assert [(one.kind, one.currency, one.number, one.total) for one in sums] == [
        ("2", "GBP", 1, Decimal(7)),
        ("3", "GBP", 1, Decimal(1)),
        ("3", "USD", 2, Decimal("69.5")),
    ]
    assert (sums[2].first, sums[2].last) == (date(2019, 5, 1), date(2020, 5, 1))


def test_what_is_wrong_with_a_transaction_is_counted(one):
    found = one(
        transaction("3", "5", on="")
        + transaction("3", "")
        + transaction("3", "5", on="2624398.17")
        + transaction("QQ", "5")
        + '<transaction><transaction-type code="3"/><value value-date="2021-01-01">2</value></transaction>'
    )

    assert found.program.published.transactions[0].undated == 2
    assert (
        notes(found).items()
        >= {
            "value-unreadable": 1,
            "transactions-undated": 2,
            "transactions-without-currency": 4,
            "transaction-type-unknown": 1,
            "transaction-date-from-value": 1,
        }.items()
    )


def test_a_sum_that_cannot_be_believed_is_left_out_and_noted(one):
    found = one(transaction("3", "9" * 15) * 2)

    assert found.program.published.transactions == ()
    assert notes(found)["total-too-large"] == 1


def test_planned_disbursements_are_no_budget(one):
    found = one("<planned-disbursement><value>5</value></planned-disbursement>")

    assert found.program.budgets == ()
    assert notes(found)["planned-disbursements"] == 1
