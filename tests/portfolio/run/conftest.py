"""Made-up IATI files for the tests of runs, and what a run holds in a form that two runs can be compared by."""

from __future__ import annotations

import sqlite3
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

WORDS = "the committee meets each season and decides together which wells are repaired first and who keeps the key "
TABLES = ("related", "places", "regions", "sectors", "bodies", "flows", "findings", "exposes", "notes")


def activity(number: int, country: str = "XA", more: str = "") -> str:
    """One activity: schools in one country, through a local organization."""
    return f"""<iati-activity default-currency="USD">
<iati-identifier>XM-1-{number:04d}</iati-identifier>
<reporting-org ref="XM-1" type="10"><narrative>Aid of Xanadia</narrative></reporting-org>
<title><narrative>Schools {number}</narrative></title>
<description><narrative>Schools {number}: {WORDS * 3}</narrative></description>
<participating-org role="4" type="22"><narrative>Water friends</narrative></participating-org>
<activity-status code="2"/><activity-date type="1" iso-date="2025-01-01"/>
<recipient-country code="{country}"/><sector vocabulary="1" code="11220"/>
<transaction><transaction-type code="3"/><transaction-date iso-date="2025-03-01"/>
<value value-date="2025-03-01">{100 + number}</value></transaction>{more}
</iati-activity>
"""


def document(activities: Iterable[str]) -> str:
    """A whole file."""
    return f'<iati-activities version="2.03">\n{"".join(activities)}</iati-activities>\n'


def written(path: Path, numbers: Iterable[int], country: str = "XA") -> Path:
    """A file with one activity for each number."""
    path.write_text(document(activity(number, country) for number in numbers), "utf-8")
    return path


def everything(run: Path) -> dict[str, list[Any]]:
    """Everything that a run file holds of records, in order, without the ids that follow chance."""
    db = sqlite3.connect(run)
    key = "i.digest || ' ' || printf('%09d', r.number)"
    around = "join records r on r.id = t.record join units u on u.id = r.unit join inputs i on i.id = u.input"
    made: dict[str, list[Any]] = {
        "records": db.execute(
            f"select {key} k, r.identifier, r.title, r.text_digest, r.text_length, r.starts, r.donor, p.ref "  # noqa: S608
            "from records r join units u on u.id = r.unit join inputs i on i.id = u.input "
            "join publishers p on p.id = r.publisher order by k"
        ).fetchall(),
        "faults": db.execute(
            "select i.digest, f.record, f.line, f.what, f.fix from faults f join inputs i on i.id = f.input "
            "order by 1, 2, 4"
        ).fetchall(),
        "inputs": db.execute("select digest, format, state from inputs order by 1").fetchall(),
        "units": db.execute(
            "select i.digest, first, count from units u join inputs i on i.id = u.input order by 1, 2"
        ).fetchall(),
    }
    for name in TABLES:
        columns = [row[1] for row in db.execute(f"pragma table_info({name})") if row[1] not in ("record", "outcome")]
        wanted = ", ".join(f't."{column}"' for column in columns)
        if name == "findings":
            wanted += ', o."check", o.outcome, o.state, o.because, o.level, o.escalates'
        extra = "join outcomes o on o.id = t.outcome" if name == "findings" else ""
        made[name] = sorted(db.execute(f"select {key}, {wanted} from {name} t {around} {extra}").fetchall(), key=repr)  # noqa: S608
    db.close()
    return made


@pytest.fixture
def iati() -> SimpleNamespace:
    """What writes made-up files: `activity`, `document`, `written`."""
    return SimpleNamespace(activity=activity, document=document, written=written)


@pytest.fixture
def held() -> Any:
    """Everything that a run file holds, in a form that two runs can be compared by."""
    return everything
