"""Which records make one program, whatever order they came in."""

import sqlite3

import pytest

from lens.portfolio.programs.grouping import Groups, finish
from lens.portfolio.programs.stems import stem
from lens.portfolio.runs.runfile import opened


def programs(path):
    """Each program as its members: identifiers, with a minus where an older copy was set aside."""
    with opened(path, writing=True) as connection:
        finish(connection)
        rows = connection.execute(
            """select m.program, r.identifier, m.copy from members m join records r on r.id = m.record
               order by m.rank"""
        )
        found = {}
        for program, identifier, copy in rows:
            found.setdefault(program, []).append("-" * copy + identifier)
    return [" ".join(members) for members in found.values()]


def iati(identifier, **more):
    return {"identifier": identifier, **more}


CASES = {
    "nothing in common": ([iati("A"), iati("B")], ["A", "B"]),
    "no identifier": ([iati(""), iati("")], ["", ""]),
    "child names its parent": ([iati("A"), iati("B", related=[("1", "A")])], ["A B"]),
    "parent names its child": ([iati("A", related=[("2", "B")]), iati("B")], ["A B"]),
    "siblings only through their parent": (
        [iati("B", related=[("1", "A"), ("3", "C")]), iati("C", related=[("3", "B")])],
        ["B", "C"],
    ),
    "siblings with their parent": (
        [iati("A"), iati("B", related=[("1", "A")]), iati("C", related=[("1", "A")])],
        ["A B C"],
    ),
    "a parent elsewhere": ([iati("B", related=[("1", "Z")])], ["B"]),
    "another publisher's parent": ([iati("A"), iati("B", publisher="XB-1", related=[("1", "A")])], ["A", "B"]),
    "a circle of parents": ([iati("A", related=[("1", "B")]), iati("B", related=[("1", "A")])], ["A B"]),
    "slices by country with one text": (
        [iati("XA-1-9-AFG-72010", text_digest=7), iati("XA-1-9-YEM-72010", text_digest=7)],
        ["XA-1-9-AFG-72010 XA-1-9-YEM-72010"],
    ),
    "slices with one title": (
        [iati("XA-1-9-AF", title_digest=7), iati("XA-1-9", title_digest=7)],
        ["XA-1-9 XA-1-9-AF"],
    ),
    "one text on many programs": (
        [iati("XA-1-8", text_digest=7), iati("XA-1-9", text_digest=7)],
        ["XA-1-8", "XA-1-9"],
    ),
    "slices with other texts": (
        [iati("XA-1-9-AFG", text_digest=7), iati("XA-1-9-YEM", text_digest=8)],
        ["XA-1-9-AFG", "XA-1-9-YEM"],
    ),
    "slices without text": ([iati("XA-1-9-AFG"), iati("XA-1-9-YEM")], ["XA-1-9-AFG", "XA-1-9-YEM"]),
    "slices of two publishers": (
        [iati("XA-1-9-AFG", text_digest=7), iati("XA-1-9-YEM", text_digest=7, publisher="XB-1")],
        ["XA-1-9-AFG", "XA-1-9-YEM"],
    ),
    "rows of a program": (
        [
            iati("1", standard="T", donor="d", belongs_to="p"),
            iati("2", standard="T", donor="d", belongs_to="p"),
            iati("3", standard="T", donor="e", belongs_to="p"),
        ],
        ["1 2", "3"],
    ),
    "instalments with one identifier are no copies": (
        [iati("1", standard="T", donor="d", belongs_to="p"), iati("1", standard="T", donor="d", belongs_to="p")],
        ["1 1"],
    ),
    "one number of two donors": ([iati("1", standard="T", donor="d"), iati("1", standard="T", donor="e")], ["1", "1"]),
    "the same twice": ([iati("A", updated="2020-01-01"), iati("A", updated="2021-01-01")], ["-A A"]),
    "the same twice, undated": ([iati("A"), iati("A")], ["A -A"]),
}


@pytest.mark.parametrize("shuffle", [None, 1, 2])
@pytest.mark.parametrize("case", CASES)
def test_records_of_one_program(run_file, case, shuffle):
    records, expected = CASES[case]
    assert programs(run_file({"d1": records}, shuffle=shuffle)) == expected


def test_the_newest_of_several_files_is_kept(run_file):
    old, new = iati("A", updated="2019-01-01"), iati("A", updated="2020-01-01", publisher="XB-1")
    path = run_file({"d1": [old], "d0": [new], "d2": [old]})
    assert programs(path) == ["A -A -A"]
    with opened(path) as connection:
        assert connection.execute("select identifier, donor, records, copies from programs").fetchall() == [
            ("A", "XB-1", 1, 2)
        ]


def test_rows_of_a_table_are_copies_only_of_rows_of_another_file(run_file):
    rows = [iati("1", standard="T", donor="d"), iati("1", standard="T", donor="d")]
    assert programs(run_file({"d1": rows, "d2": rows})) == ["1 1 -1 -1"]


def test_finishing_twice_changes_nothing_and_new_units_are_seen(run_file):
    path = run_file({"d1": [iati("A"), iati("B")]})
    assert programs(path) == programs(path) == ["A", "B"]
    connection = sqlite3.connect(path)
    connection.execute("insert into related select id, '1', 'A' from records where identifier = 'B'")
    connection.execute("insert into units (input, first, count) values (1, 99, 0)")
    connection.commit()
    connection.close()
    assert programs(path) == ["A B"]


def test_inputs_are_numbered_by_digest_whatever_becomes_of_them(run_file):
    path = run_file({"d2": [iati("A")]})
    assert programs(path) == ["A"]
    connection = sqlite3.connect(path)
    connection.execute("insert into inputs (digest, name, format, state) values ('d1', 'x', '', 'refused')")
    connection.commit()
    connection.close()
    assert programs(path) == ["A"]
    with opened(path) as found:
        told = found.execute("select digest, n.number from inputs join numbered n on n.input = id order by 1")
        assert told.fetchall() == [("d1", 1), ("d2", 2)]


def test_a_long_chain_is_one_group_in_little_time():
    groups = Groups(200_000)
    for rank in range(200_000, 1, -1):
        groups.join(rank, rank - 1)
    assert {groups.first(rank) for rank in range(1, 200_001)} == {1}


@pytest.mark.parametrize(
    ("identifier", "left"),
    [
        ("SE-0-SE-6-14395A0101-YEM-72010", "SE-0-SE-6-14395A0101"),
        ("SE-0-SE-6-14395A0101-72010-YE", "SE-0-SE-6-14395A0101"),
        ("SE-0-9-998-15170", "SE-0-9"),
        ("SE-0-9:VN", "SE-0-9"),
        ("SE-0-9-AFG-YEM", "SE-0-9-AFG"),
        ("SE-0-9-101", "SE-0-9-101"),
        ("SE-0-9-99999", "SE-0-9-99999"),
        ("SE-0-VN", "SE-0"),
        ("SE-0-9-QQQ", "SE-0-9-QQQ"),
        ("", ""),
    ],
)
def test_the_stem_of_an_identifier(identifier, left):
    assert stem(identifier, "SE") == left


def test_a_stem_never_is_only_the_publisher():
    assert stem("SE-0-VN", "SE-0") == "SE-0-VN"


def test_records_of_one_identifier_and_day_with_other_money_are_both_kept(run_file, flow):
    one = {"identifier": "A", "updated": "2020-01-01", "places": [("XA", 0, "")], "flows": [flow(amount="100")]}
    other = {**one, "places": [("XB", 0, "")], "flows": [flow(amount="77")]}
    path = run_file({"d1": [one], "d2": [other], "d3": [dict(one)]})

    with opened(path, writing=True) as connection:
        finish(connection)
        copies = connection.execute("select sum(copy), count(*) from members").fetchone()
        program = connection.execute("select count(*), sum(twice) from programs").fetchone()
        counted = connection.execute("select amount from treated where treatment = 'counted' order by 1").fetchall()

    assert copies == (1, 3)
    assert program == (1, 1)
    assert counted == [("100",), ("77",)]
