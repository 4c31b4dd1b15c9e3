"""A made-up analysis: invented donors, countries that do not exist, and titles that try to do harm."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal as D

from lens.portfolio.tables import Column, Table

HOSTILE = (
    '<script>window.ran=1</script>{{7*7}}<img src=x onerror=window.ran=2>',
    '=HYPERLINK("http://example.invalid","here")',
    "a\u202eb\u2066c",
    "one line\nand another\r\nand\ttabs | [link](x)",
    "long " * 2000,
)


@dataclass(frozen=True)
class Made:
    tables: tuple
    facts: dict = field(default_factory=lambda: {"Inputs": 3, "Records": 12, "Contexts": "XB on 2026-03-01"})
    audience: str = "public"
    as_of: date = date(2026, 11, 15)
    version: str = "0.0"


def table(name, columns, rows, *, title="", small_cells="", help="What it holds."):
    """A table of rows; columns as `name:kind`, with `!` after it where it is internal."""
    made = tuple(
        Column(one.rstrip("!").partition(":")[0], one.rstrip("!").partition(":")[2] or "text", f"What {one.partition(':')[0]} is.", one.endswith("!"))
        for one in columns.split()
    )
    return Table(name, title or name.replace("_", " ").capitalize(), help, made, lambda: iter(rows), small_cells)
