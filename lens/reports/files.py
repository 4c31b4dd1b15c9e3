"""Where the files of the folder `templates` are read from. No other place in lens knows where they lie."""

from __future__ import annotations

from importlib import resources


def template_text(*parts: str) -> str:
    """The text of a file of the core's templates, such as `template_text("report", "report.html")`."""
    return resources.files("lens.templates").joinpath(*parts).read_text("utf-8")


def template_bytes(*parts: str) -> bytes:
    """A file of the core's templates that is no text, such as `template_bytes("office", "report.docx")`."""
    return resources.files("lens.templates").joinpath(*parts).read_bytes()
