"""Files of a report, each whole or not at all, and for the agency alone where they are for inside it."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from lens.errors import LensError, MissingExtraError, near
from lens.portfolio.report.given import shown as shown_to
from lens.writing import put_made

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from lens.portfolio.report.given import Given, Shown

FORMATS = ("html", "md", "csv", "json", "xlsx", "parquet", "duckdb")
"""Every format, in the order in which they are named; CSV and Parquet are a file a table, in a folder of their own."""


_NEEDS = {
    "xlsx": ("openpyxl", "A workbook"),
    "parquet": ("duckdb", "A Parquet file"),
    "duckdb": ("duckdb", "A DuckDB file"),
}


def installed(formats: Iterable[str]) -> None:
    """See that the parts of lens that formats need are there. MissingExtraError names the one that is not."""
    for one in formats:
        module, what = _NEEDS.get(one, ("", ""))
        if module and find_spec(module) is None:
            raise MissingExtraError(what, "portfolio")


def write(
    given: Given, folder: Path, formats: Iterable[str] = ("html", "json"), *, option: str = "--output"
) -> tuple[Path, ...]:
    """Write a portfolio's report; gives the files, in order of name.

    LensError where a format is not known, a part of lens that it needs is not installed, or the folder cannot be
    written to; no file of an earlier report is touched then.
    """
    wanted = tuple(dict.fromkeys(formats))
    for one in wanted:
        if one not in FORMATS:
            raise LensError(f'There is no format "{one}" of a portfolio\'s report. {near(one, FORMATS)}'.rstrip())
    shown = shown_to(given, wanted)

    def make(private: Path) -> None:
        for one in FORMATS:
            if one in wanted:
                _MAKERS[one](shown, private)

    return put_made(folder, make, option=option, closed=shown.inside)


def _html(shown: Shown, folder: Path) -> None:
    from lens.portfolio.report.pages import page

    (folder / "portfolio.html").write_text(page(shown, "portfolio.html"), encoding="utf-8", newline="\n")


def _markdown(shown: Shown, folder: Path) -> None:
    from lens.portfolio.report.pages import page

    (folder / "portfolio.md").write_text(page(shown, "portfolio.md"), encoding="utf-8", newline="\n")


def _csv(shown: Shown, folder: Path) -> None:
    from lens.portfolio.report.plain import write_csv

    (folder / "csv").mkdir()
    for table in shown.tables:
        write_csv(table, folder / "csv" / f"{table.name}.csv")


def _json(shown: Shown, folder: Path) -> None:
    from lens.portfolio.report.plain import write_json

    write_json(shown, folder / "portfolio.json")


def _workbook(shown: Shown, folder: Path) -> None:
    from lens.portfolio.report.sheets import write_workbook

    write_workbook(shown, folder / "portfolio.xlsx", folder)


def _parquet(shown: Shown, folder: Path) -> None:
    from lens.portfolio.report.databases import write_parquet

    (folder / "parquet").mkdir()
    write_parquet(shown.tables, folder / "parquet", folder)


def _duckdb(shown: Shown, folder: Path) -> None:
    from lens.portfolio.report.databases import write_duckdb

    write_duckdb(shown, folder / "portfolio.duckdb", folder)


_MAKERS: dict[str, Callable[[Shown, Path], None]] = {
    "html": _html,
    "md": _markdown,
    "csv": _csv,
    "json": _json,
    "xlsx": _workbook,
    "parquet": _parquet,
    "duckdb": _duckdb,
}
