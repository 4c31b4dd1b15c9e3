"""The actions as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from lens.reports.inert import cell

if TYPE_CHECKING:
    from lens.hooks.specs import ReportInput

_COLUMNS = ("level", "escalates", "do", "who", "by", "effort", "findings", "checks")
# Excel takes a CSV file without this mark for one in the old encoding of the machine, and breaks every accent.
# Programs that read UTF-8 skip it.
_MARK = "\ufeff"


def write_csv(given: ReportInput) -> str:
    """What to do, most pressing first, one action a row. No cell can be read as a formula."""
    t = given.language
    stream = io.StringIO()
    table = csv.writer(stream, lineterminator="\r\n")
    table.writerow([cell(t.text(f"csv.{name}")) for name in _COLUMNS])
    for one in given.review.actions:
        row = (
            t.word("level", one.level or ""),
            t.text("csv.yes" if one.escalates else "csv.no"),
            one.do,
            t.word("role", one.who),
            one.by.isoformat() if one.by else "",
            t.word("effort", one.effort),
            str(one.findings),
            "; ".join(one.checks),
        )
        table.writerow([cell(value) for value in row])
    return _MARK + stream.getvalue()
