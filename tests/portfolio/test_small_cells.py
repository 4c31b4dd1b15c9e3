"""What is withheld cannot be worked out from what is shown, also across tables."""

from collections import defaultdict
from fractions import Fraction

import pytest

from lens.portfolio.analysis.analyze import analyze
from lens.portfolio.analysis.small_cells import Cells


def file_of(run_file, flow, *parts):
    """A run file of so many programs of a donor through a kind of body each."""
    records = []
    for donor, kind, local, count in parts:
        for _ in range(count):
            number = len(records)
            bodies = [(kind, "implementing", local, 1)] if kind else []
            money = [flow(amount=str(7**number % 1000 + 1))]
            records.append({"identifier": f"A{number}", "publisher": donor, "bodies": bodies, "flows": money})
    return run_file({"d": records})


def shown(path, name):
    table = analyze(path).table(name)
    names = [one.name for one in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows()]


def solved(path):
    """Which withheld cells follow from everything else, by elimination."""
    inside = analyze(path, audience="internal")
    equations = defaultdict(dict)
    known = []
    for name, key in (("money_by_body", "body"), ("local_share", "local")):
        table = inside.table(name)
        names = [c.name for c in table.columns]
        for cell, row in zip(shown(path, name), table.rows(), strict=True):
            full = dict(zip(names, row, strict=True))
            me = name, full.get("donor", ""), full[key]
            known += [me] if not cell["withheld"] else []
            equations[name, full.get("donor", "")][me] = Fraction(1)
            if full[key] == "not_published":
                equations["both"][me] = Fraction(1 if name == "money_by_body" else -1)
    rows = [{me: x for me, x in one.items() if me not in known} for one in equations.values()]
    found, rows = set(), [row for row in rows if row]
    for me in sorted({me for row in rows for me in row}):
        pivot = next((row for row in rows if me in row), None)
        if pivot is None:
            continue
        for row in rows:
            if row is not pivot and me in row:
                factor = row[me] / pivot[me]
                for other, x in pivot.items():
                    row[other] = row.get(other, 0) - factor * x
                    if not row[other]:
                        del row[other]
        rows = [row for row in rows if row is not pivot] + [pivot]
    for row in rows:
        if len(row) == 1 and len(equations[next(iter(row))[:2]]) > 1:  # of one alone the sum is its own
            found |= set(row)
    return found


@pytest.mark.parametrize(
    "parts",
    [
        # One donor: what is not published is the same cell in both tables.
        [("XA", "", "", 9), ("XA", "media", "yes", 2), ("XA", "ministry", "no", 12)],
        [("XA", "", "", 6), ("XA", "media", "yes", 2), ("XA", "ministry", "no", 12), ("XA", "contractor", "no", 7)],
        # Two donors: the sum of theirs is that of all.
        [("XA", "", "", 6), ("XA", "media", "yes", 2), ("XB", "", "", 9), ("XB", "media", "yes", 7)],
        [("XA", "", "", 3), ("XA", "media", "yes", 9), ("XB", "", "", 9), ("XB", "ministry", "no", 4)],
    ],
)
def test_no_withheld_cell_follows_from_the_two_tables_of_bodies(run_file, flow, parts):
    path = file_of(run_file, flow, *parts)
    hidden = [row for name in ("money_by_body", "local_share") for row in shown(path, name) if row["withheld"]]
    assert hidden
    assert not solved(path)


def test_a_second_row_goes_in_every_sum_with_a_single_withheld_one():
    cells = Cells(5)
    assert list(cells.add([9, 2, 8])) == [0, 1, 2]
    assert list(cells.add([7, 6])) == [3, 4]
    cells.guard([(0, 1, 2), (3, 4), (2, 3)])
    assert [cells.why(at) for at in range(5)] == ["", "fewer than 5", *["with another cell"] * 3]


def test_nothing_is_withheld_inside_the_agency(run_file, flow):
    path = file_of(run_file, flow, ("XA", "media", "yes", 1), ("XA", "", "", 6))
    table = analyze(path, audience="internal").table("money_by_body")
    assert [row[-1] for row in table.rows()] == ["", ""]
