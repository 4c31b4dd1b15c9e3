"""A portfolio's tables as something to read or to work on: HTML, Markdown, CSV, JSON, XLSX, Parquet, DuckDB."""

from lens.portfolio.report.databases import SQL_TYPES
from lens.portfolio.report.write import FORMATS, write

__all__ = ["FORMATS", "SQL_TYPES", "write"]
