"""A made-up analysis: invented donors, countries that do not exist, and titles that try to do harm."""

from dataclasses import dataclass, field
from decimal import Decimal

import pytest

from lens.portfolio.analysis.tables import Column, Table

HOSTILE = (
    "<script>window.ran=1</script>{{7*7}}<img src=x onerror=window.ran=2>",
    '=HYPERLINK("http://example.invalid","here")',
    "a\u202eb\u2066c",
    "one line\nand another\r\nand\ttabs | [link](x)",
    "long " * 8000,
)


HEAD = {"as_of": "2026-11-15", "lens": "0.0"}


@dataclass(frozen=True)
class Made:
    tables: tuple
    facts: dict = field(default_factory=lambda: {**HEAD, "contexts": 3, "by": "donor", "rates": "", "fewest": 5})
    audience: str = "public"


def table(name, columns, rows, title=""):
    """A table of rows; columns as `name:kind`, with `!` after it where it is internal."""
    made = []
    for one in columns.split():
        called, _, kind = one.rstrip("!").partition(":")
        made.append(Column(called, kind or "text", f"What {called} is.", one.endswith("!")))
    return Table(name, title or name.replace("_", " ").capitalize(), "What it holds.", tuple(made), lambda: iter(rows))


KINDS = ("commitment", "disbursement")


def money(*rows):
    """Tables of money: rows of donor, kind, currency, sector, place, year and amount."""
    rows = [(*row[:-1], Decimal(row[-1])) for row in rows]
    return (
        table(
            "money_by_year",
            "kind:code currency:code year:year amount:money",
            [(k, c, y, m) for _, k, c, _, _, y, m in rows],
        ),
        table(
            "money_by_country",
            "place_kind:code place:code kind:code currency:code amount:money",
            [("country" if p else "not_published", p, k, c, m) for _, k, c, _, p, _, m in rows],
        ),
        table(
            "money_flows",
            "donor:code kind:code currency:code sector:code amount:money",
            [(d, k, c, s, m) for d, k, c, s, _, _, m in rows],
        ),
    )


def programs(count):
    classes = ("look first", "look", "watch", "published data cannot tell")
    return table(
        "programs",
        "identifier:code donor:code class reasons countries:code title!",
        [
            (f"XA-1-{n:05}", "XA-1", classes[n % 4], "A severe concern", "XB XC", HOSTILE[n % len(HOSTILE)])
            for n in range(count)
        ],
    )


@pytest.fixture
def made():
    return Made(
        (
            table("summary", "what n:count", [("programs", 10), ("records", 12)]),
            table(
                "coverage_by_check", "check:code programs:count percent_judged:percent", [("published.place", 10, 40)]
            ),
            table("faults", "input:code record:count what", [("abc", 3, "It does not end.")]),
            programs(10),
            *money(
                ("XA-1", "disbursement", "USD", "15210", "XB", 2024, "1000000.25"),
                ("XA-1", "disbursement", "USD", "", "", None, "2500000"),
                ("XB-2", "disbursement", "USD", "11220", "XC", 2025, "-3"),
                ("XB-2", "commitment", "EUR", "11220", "XC", 2021, "0.000001"),
            ),
            table("reviewed", "depth programs:count", [("none", 10)]),
        )
    )
