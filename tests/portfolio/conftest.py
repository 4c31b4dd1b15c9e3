"""Run files made from a few made-up rows: everything not said is empty."""

import json
import random
import sqlite3
from importlib import resources

import pytest

from lens.portfolio.runs.flow_class import flow_class
from lens.portfolio.runs.record_money import worked_out

FORM = resources.files("lens.portfolio.runs").joinpath("schema.sql").read_text("utf-8")
DEFAULTS = {
    "publisher": "XA-1",
    "belongs_to": "",
    "standard": "IATI",
    "version": "2.03",
    "title": "",
    "title_digest": 0,
    "text_digest": 0,
    "text_length": 0,
    "hierarchy": "",
    "status": "2",
    "starts": "",
    "ends": "",
    "updated": "",
    "humanitarian": None,
    "set_aside": "",
    "aid_types": "",
    "flow_types": "",
    "finance_types": "",
}
PARTS = {
    "related": ("kind", "ref"),
    "places": ("country", "below", "share"),
    "regions": ("region", "share"),
    "sectors": ("vocabulary", "code", "share"),
    "bodies": ("kind", "role", "local", "number"),
    "flows": ("kind", "year", "currency", "amount", "taken_back", "number", "country", "region", "sector"),
    "exposes": ("what", "number"),
}


def flow(
    kind="commitment", amount="100", year=2020, currency="USD", back="", number=1, country="", region="", sector=""
):
    return (kind, year, currency, amount, back, number, country, region, sector)


def said(check, state="nothing_seen", *, because="", level="", escalates=0, on="", outcome="", values=""):
    return (check, outcome or state, state, because, level, escalates, on, values)


class RunFile:
    """Writes records in any order of units and ids; what is told of them must not depend on it."""

    def __init__(self, path, shuffle=None):
        self.path = path
        self.random = random.Random(shuffle)  # noqa: S311 - chance for a test
        self.shuffle = shuffle is not None

    def write(self, inputs, meta=None):
        """Inputs: digest to a list of records, each a dict of columns and of PARTS."""
        connection = sqlite3.connect(self.path)
        connection.executescript(FORM)
        for key, value in (meta or {}).items():
            connection.execute("insert into meta values (?, ?)", (key, json.dumps(value)))
        todo = [
            (digest, number, record) for digest, records in inputs.items() for number, record in enumerate(records, 1)
        ]
        names = list(inputs)
        if self.shuffle:
            self.random.shuffle(todo)
            self.random.shuffle(names)
        for digest in names:
            row = (digest, f"{digest}.xml", "iati", "done")
            connection.execute("insert into inputs (digest, name, format, state) values (?, ?, ?, ?)", row)
        for digest, number, record in todo:
            self._record(connection, digest, number, record)
        connection.commit()
        connection.close()
        return self.path

    def _record(self, connection, digest, number, record):
        (source,) = connection.execute("select id from inputs where digest = ?", (digest,)).fetchone()
        unit = connection.execute(
            "insert into units (input, first, count) values (?, ?, 1)", (source, number)
        ).lastrowid
        given = {**DEFAULTS, **{name: value for name, value in record.items() if name not in (*PARTS, "findings")}}
        given.setdefault("donor", given["publisher"])
        connection.execute("insert or ignore into publishers (ref) values (?)", (given["publisher"],))
        (publisher,) = connection.execute("select id from publishers where ref = ?", (given["publisher"],)).fetchone()
        columns = {**given, "publisher": publisher, "unit": unit, "number": number}
        row = connection.execute(
            f"insert into records ({', '.join(columns)}) values ({', '.join('?' * len(columns))})",  # noqa: S608
            tuple(columns.values()),
        ).lastrowid
        for part, names in PARTS.items():
            rows = list(record.get(part, ()))
            if self.shuffle:
                self.random.shuffle(rows)
            marks = ", ".join("?" * (len(names) + 1))
            statement = f"insert into {part} values ({marks})"  # noqa: S608 - names of ours
            connection.executemany(statement, [(row, *one) for one in rows])
        self._money(connection, row, {part: list(record.get(part, ())) for part in PARTS}, given)
        for check, outcome, state, because, level, escalates, on, *values in record.get("findings", ()):
            connection.execute(
                'insert or ignore into outcomes ("check", outcome, state, because, level, escalates) '
                "values (?, ?, ?, ?, ?, ?)",
                (check, outcome, state, because, level, escalates),
            )
            (found,) = connection.execute(
                'select id from outcomes where "check" = ? and outcome = ? and state = ? and because = ? and level = ? '
                "and escalates = ?",
                (check, outcome, state, because, level, escalates),
            ).fetchone()
            connection.execute("insert into findings values (?, ?, ?, ?)", (row, found, on, *(values or [""])))

    def _money(self, connection, row, parts, given):
        money, shared = worked_out(
            parts["flows"],
            tuple((country, share) for country, _, share in parts["places"]),
            tuple(parts["regions"]),
            tuple(parts["sectors"]),
            tuple((kind, role, local) for kind, role, local, _ in parts["bodies"]),
        )
        flow = flow_class(given["flow_types"], given["finance_types"])
        for name, rows in (("money", [(*one, flow) for one in money]), ("shared", shared)):
            if self.shuffle:
                self.random.shuffle(rows)
            for one in rows:
                marks = ", ".join("?" * (len(one) + 1))
                connection.execute(f"insert into {name} values ({marks})", (row, *one))  # noqa: S608


@pytest.fixture
def run_file(tmp_path):
    """Call it with inputs (digest to records) and meta; gives the path of the run file."""
    made = []

    def make(inputs, meta=None, shuffle=None):
        made.append(None)
        return RunFile(tmp_path / f"run-{len(made)}.sqlite", shuffle).write(inputs, meta)

    return make


@pytest.fixture(name="said")
def _said():
    return said


@pytest.fixture(name="flow")
def _flow():
    return flow
