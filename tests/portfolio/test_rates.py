"""A file of rates: what it must look like, and what is said where it does not."""

import os
from decimal import Decimal

import pytest

from lens.errors import InputError
from lens.portfolio.analysis.rates import read_rates


def test_rates_are_read(tmp_path):
    file = tmp_path / "rates.csv"
    file.write_text("\ufeffCurrency, Year,rate,to,note\nUSD,2020,0.875,EUR,x\n\nXAF,2020,0.0015,EUR\n", "utf-8")
    rates = read_rates(file)
    assert (rates.to, rates.table) == ("EUR", {("USD", 2020): Decimal("0.875"), ("XAF", 2020): Decimal("0.0015")})
    assert rates.converted("10.02", "USD", 2020) == "8.77"
    assert rates.converted("10", "EUR", None) == "10"
    assert rates.converted("10", "USD", 2021) is rates.converted("10", "USD", None) is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "currency,year,rate\n",
            "rates.csv, line 1: The column to is missing. The first row must be: currency,year,rate,to.",
        ),
        (
            "curency,year,rate,to\n",
            (
                "rates.csv, line 1: The column currency is missing. The first row must be: currency,year,rate,to. "
                'Did you mean "curency"?'
            ),
        ),
        ("currency,year,rate,to\n", "rates.csv, line 1: There are no rates. Write one row for each currency and year."),
        (
            "currency,year,rate,to\nUSD,20,1,EUR\n",
            'rates.csv, line 2, year: This cannot be read. It says "20". Write a year of four digits, such as 2020.',
        ),
        (
            "currency,year,rate,to\nUSD,2020,0.0,EUR\n",
            "rates.csv, line 2, rate: A rate of nothing. Leave the row out where there is no rate.",
        ),
        (
            "currency,year,rate,to\nUSD,2020,1,EUR\nUSD,2020,2,EUR\n",
            "rates.csv, line 3: This currency and year have another rate above. Keep one.",
        ),
        (
            "currency,year,rate,to\nUSD,2020,1,EUR\nUSD,2021,2,GBP\n",
            "rates.csv, line 3: Rates into two currencies. Keep one currency in the column to.",
        ),
    ],
)
def test_what_is_wrong_is_said(tmp_path, text, message):
    file = tmp_path / "rates.csv"
    file.write_text(text, "utf-8")
    with pytest.raises(InputError) as error:
        read_rates(file)
    assert str(error.value) == message


@pytest.mark.parametrize(
    ("given", "what"),
    [
        (None, "There is no such file"),
        (b"\xff\xfe\x00", "not in UTF-8"),
        (b"currency,year,rate,to\nUSD,2020,1," + b"x" * 140_000, "This is no CSV file"),
    ],
    ids=["not there", "no text", "a cell too long"],
)
def test_a_file_that_cannot_be_read(tmp_path, given, what):
    file = tmp_path / "rates.csv"
    if given:
        file.write_bytes(given)
    with pytest.raises(InputError, match=what):
        read_rates(file)


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "rates.csv")
    with pytest.raises(InputError, match="not a plain file"):
        read_rates(tmp_path / "rates.csv")
