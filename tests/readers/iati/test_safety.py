"""Whatever the bytes, the reader answers with activities or an InputError, in flat memory, the same each time."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lens.errors import InputError, MissingExtraError
from lens.readers.iati import looks_like_iati, read_activities, read_activity

GOOD = b"""<iati-activities version="2.03"><iati-activity xml:lang="en" default-currency="USD">
<iati-identifier>XA-1</iati-identifier><title><narrative>Wells</narrative></title>
<participating-org role="4" type="10"><narrative>Xan Police</narrative></participating-org>
<recipient-country code="XA" percentage="100"/><location><point><pos>1.5 2.5</pos></point></location>
<sector vocabulary="1" code="14030" percentage="100"/><activity-date type="1" iso-date="2020-01-01"/>
<transaction><transaction-type code="3"/><transaction-date iso-date="2020-01-01"/><value>5.5</value></transaction>
</iati-activity></iati-activities>"""


def read_bytes(content):
    with TemporaryDirectory() as folder:
        path = Path(folder, "x")
        path.write_bytes(content)
        try:
            return list(read_activities(path))
        except InputError as error:
            assert all(problem.what and problem.file for problem in error.problems)
            return []


@given(st.binary(max_size=400))
@example(b"<?xml ")
@example(b"\xff\xfe<\x00")
def test_any_bytes(content):
    read_bytes(content)
    looks_like_iati(content)


@settings(max_examples=300)
@given(st.integers(0, len(GOOD)), st.integers(0, 40), st.binary(max_size=30))
def test_a_good_file_with_a_piece_replaced(at, cut, put):
    read_bytes(GOOD[:at] + put + GOOD[at + cut :])


VALUES = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="<>&\"'"), max_size=20
) | st.sampled_from(
    [
        "",
        " ",
        "1",
        "-1",
        "1e400",
        "1e-400",
        "99999999999999999",
        "0",
        "2020-01-01",
        "0000-00-00",
        "XA",
        "AFG",
        "NaN",
        "100%",
        "١٢٣",
    ]
)
# fmt: off
TAGS = [
    "title", "description", "activity-status", "activity-date", "participating-org", "recipient-country",
    "recipient-region", "location", "sector", "policy-marker", "budget", "transaction", "planned-disbursement",
    "conditions", "result", "related-activity", "reporting-org",
]
INNER = [
    "narrative", "value", "transaction-type", "transaction-date", "receiver-org", "sector", "recipient-country",
    "point", "pos", "indicator",
]
ATTRIBUTES = [
    "code", "type", "role", "ref", "percentage", "vocabulary", "iso-date", "currency", "significance", "attached",
    "humanitarian", "country",
]
# fmt: on


@st.composite
def elements(draw, depth=2):
    tag = draw(st.sampled_from(TAGS if depth == 2 else INNER))
    given = draw(st.dictionaries(st.sampled_from(ATTRIBUTES), VALUES, max_size=3))
    inside = draw(VALUES) + "".join(draw(st.lists(elements(depth=depth - 1), max_size=3)) if depth else [])
    attributes = " ".join(f"{name}='{value}'" for name, value in given.items())
    return f"<{tag} {attributes}>{inside}</{tag}>"


@settings(max_examples=120, deadline=None)
@given(st.lists(elements(), max_size=8))
def test_any_values_in_known_places_satisfy_the_forms_of_the_model(parts):
    import dataclasses
    import json

    from pydantic import TypeAdapter

    from lens.cases.program import Program

    (found,) = read_bytes(
        f"<iati-activities><iati-activity>{''.join(parts)}</iati-activity></iati-activities>".encode()
    )

    written = json.dumps(dataclasses.asdict(found.program), default=str)
    TypeAdapter(Program).validate_json(written)


PEAK = """
import sys, resource
from pathlib import Path
from lens.readers.iati import read_activities
count = sum(1 for _ in read_activities(Path(sys.argv[1])))
print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def peak(path):
    done = subprocess.run([sys.executable, "-c", PEAK, str(path)], capture_output=True, text=True, check=True)
    count, size = done.stdout.split()
    return int(count), int(size)


def test_memory_does_not_grow_with_the_file(tmp_path):
    body = GOOD.split(b"\n", 1)[1].removesuffix(b"</iati-activities>")
    start = GOOD.split(b"\n", 1)[0] + b"\n"
    sizes = {}
    for times in (200, 20_000):
        path = tmp_path / f"{times}.xml"
        one = start.split(b"><", 1)[1]
        path.write_bytes(start.split(b"><", 1)[0] + b">" + (b"<" + one + body) * times + b"</iati-activities>")
        count, sizes[times] = peak(path)
        assert count == times

    assert sizes[20_000] < sizes[200] * 1.2


def test_junk_beside_activities_does_not_stay_in_memory(tmp_path):
    sizes = {}
    for times in (50, 5_000):
        path = tmp_path / f"{times}.xml"
        path.write_bytes(
            b"<result>" + (b"<w>" + b"<j/>" * 100 + b"<iati-activity/></w>" + b"<j/>" * 100) * times + b"</result>"
        )
        _, sizes[times] = peak(path)

    assert sizes[5_000] < sizes[50] * 1.2


def test_nothing_reads_the_machine_or_the_network(write):
    secret = write("Quillfeather", "secret")
    for doctype in (
        f'<!DOCTYPE a [<!ENTITY e SYSTEM "{secret.as_uri()}">]>',
        f'<!DOCTYPE a SYSTEM "{secret.as_uri()}">',
    ):
        path = write(f"{doctype}<iati-activities><iati-activity><title>&e;</title></iati-activity></iati-activities>")
        with pytest.raises(InputError) as caught:
            list(read_activities(path))
        assert "Quillfeather" not in str(caught.value)


def test_an_include_is_only_a_foreign_element(one, write):
    secret = write("Quillfeather", "secret")
    found = one(f'<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="{secret.as_uri()}" parse="text"/>')

    assert "Quillfeather" not in str(asdict(found))


def test_reading_twice_gives_the_same(write):
    path = write(GOOD)

    assert repr(list(read_activities(path))) == repr(list(read_activities(path)))


@pytest.mark.parametrize("hashing", ["0", "1", "7"])
def test_the_order_of_sets_decides_nothing(write, hashing):
    code = """
import sys
from pathlib import Path
from lens.readers.iati import read_activity
print(read_activity(Path(sys.argv[1]), None))
"""
    done = subprocess.run(
        [sys.executable, "-c", code, str(write(GOOD))],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": hashing, "PYTHONPATH": ":".join(filter(None, sys.path))},
    )

    assert done.stdout.strip() == str(read_activity(write(GOOD), None))


def test_reading_imports_no_pydantic_and_importing_no_lxml(write):
    code = """
import sys
from pathlib import Path
import lens.readers.iati as iati
assert "lxml" not in sys.modules
assert len(list(iati.read_activities(Path(sys.argv[1])))) == 1
iati.read_activity(Path(sys.argv[1]), "XA-1")
assert not {"pydantic", "yaml", "jinja2"} & set(sys.modules), sys.modules.keys()
"""
    subprocess.run([sys.executable, "-c", code, str(write(GOOD))], check=True)


def test_a_missing_lxml_is_named_with_the_command_that_installs_it(write, monkeypatch):
    monkeypatch.setitem(sys.modules, "lxml", None)

    with pytest.raises(MissingExtraError, match=r"atrocity-lens\[iati\]"):
        list(read_activities(write(GOOD)))
