"""A portfolio's tables as something to read or to work on: HTML, Markdown, XLSX, Parquet, DuckDB."""
