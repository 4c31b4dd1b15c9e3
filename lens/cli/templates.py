"""`lens templates`: copies of the core's templates, for an agency to put its own letterhead on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lens.cli.options import named_path

if TYPE_CHECKING:
    from pathlib import Path

TEMPLATES: dict[str, tuple[str, str]] = {
    "report.docx": ("office", "the report in Word"),
    "brief.docx": ("office", "the decision brief in Word"),
    "actions.docx": ("office", "the action plan in Word"),
    "report.html": ("report", "the report for a browser"),
    "report.css": ("report", "the style of the pages for a browser"),
    "report.md": ("report", "the report in Markdown"),
    "brief.html": ("report", "the decision brief for a browser"),
    "brief.md": ("report", "the decision brief in Markdown"),
    "risk-section.html": ("report", "the risk section for a browser"),
    "risk-section.md": ("report", "the risk section in Markdown"),
}
"""The templates that a user can replace: where each lies, and what it is."""


@click.command(
    epilog="""\b
Examples
  lens templates                             which there are
  lens templates report.docx --folder house  a copy, to change in Word
  lens review my-program --templates house --format docx

A file that is there already is never changed."""
)
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option(
    "--folder", metavar="FOLDER", default=".", callback=named_path, help="Where to copy to; this folder if left out."
)
def templates(names: tuple[str, ...], folder: Path) -> int:
    """List the report templates, or copy some to change.

    NAME is a template such as report.docx. Without a name they are listed.
    """
    from lens.cli import printable, say
    from lens.errors import LensError, near
    from lens.reports.files import template_bytes
    from lens.writing import write_new

    if not names:
        width = max(len(name) for name in TEMPLATES)
        for name, (_, what) in TEMPLATES.items():
            say(f"{name.ljust(width)}  {what}")
        return 0
    for name in names:
        if name not in TEMPLATES:
            known = tuple(TEMPLATES)
            hint = near(name, known)
            raise LensError(f'There is no template "{name[:40]}". {hint} Known: {", ".join(known)}.'.replace("  ", " "))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as reason:
        why = reason.strerror or type(reason).__name__
        raise LensError(f"{folder} cannot be made: {why}. Name another folder with --folder.") from None
    for name in dict.fromkeys(names):
        write_new(folder / name, template_bytes(TEMPLATES[name][0], name))
        say(f"Wrote {printable(str(folder / name))}")
    return 0
