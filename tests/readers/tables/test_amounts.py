"""Amounts as other offices write them: with a comma before the decimals, points or blanks between thousands."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lens.readers.tables.cells import amount, decimal_sign

HEADER = "year;donor_code;crs_id;recipient_code;purpose_code;usd_commitment;usd_disbursement;project_title"


def codes(record):
    return [note.code for note in record.program.published.notes if note.code.startswith("amounts")]


def amounts(found):
    return [[flow.amount for flow in record.flows] for record in found]


@pytest.mark.parametrize(
    ("text", "expected", "sign"),
    [
        ("0,125", "0.125", ","),
        (",5", "0.5", ","),
        ("-2,5", "-2.5", ","),
        ("1234,567891", "1234.567891", ","),
        ("1.234.567,89", "1234567.89", ","),
        ("1 234 567,8", "1234567.8", ","),
        ("1.234.567", "1234567", ","),
        ("(1.234,50)", "-1234.5", ","),
        ("2,125", "2125", ""),
        ("2.125", "2.125", ""),
        ("0.125", "0.125", "."),
        ("1,234,567", "1234567", "."),
        ("1,234.5", "1234.5", "."),
        ("3.27E-02", "0.0327", "."),
        ("12", "12", ""),
        ("\u22122", "-2", ""),
    ],
)
def test_an_amount_that_can_be_read_in_one_way_alone_is_read_so_and_shows_its_sign(text, expected, sign):
    assert amount(text, Decimal(1)) == Decimal(expected)
    assert decimal_sign(text) == sign


def test_a_table_with_decimal_commas_is_read_with_them_throughout_and_that_is_noted(records):
    found = records(f"{HEADER}\n2020;9;A1;XA;12220;2,125;0,25;Wells\n2020;9;A2;XA;12220;1.500;0,001;More wells\n")

    assert amounts(found) == [[2_125_000, 250_000], [1_500_000_000, 1000]]
    assert codes(found[0]) == codes(found[1]) == ["amounts-comma"]


def test_a_comma_between_thousands_stays_one(records):
    found = records(f"{HEADER}\n2020;9;A1;XA;12220;2,125;0.25;Wells\n2020;9;A2;XA;12220;15;12;More wells\n")

    assert amounts(found) == [[2_125_000_000, 250_000], [15_000_000, 12_000_000]]
    assert codes(found[0]) == []


def test_both_signs_in_one_table_are_told_on_every_row(records):
    found = records(f"{HEADER}\n2020;9;A1;XA;12220;2,5;0.25;Wells\n")

    assert amounts(found) == [[2_500_000, 250_000]]
    assert codes(found[0]) == ["amounts-mixed"]
