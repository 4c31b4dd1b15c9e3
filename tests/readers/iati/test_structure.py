from __future__ import annotations

import gzip

import pytest

from lens.readers.iati import looks_like_iati, read_activities

ACTIVITY = (
    "<iati-activity><iati-identifier>XA-1-{}</iati-identifier>"
    "<title><narrative>Wélls</narrative></title></iati-activity>"
)
FILE = f'<iati-activities version="2.03">{ACTIVITY.format("A")}{ACTIVITY.format("B")}</iati-activities>'
DECLARED = '<?xml version="1.0" encoding="{}"?>' + FILE


@pytest.mark.parametrize(
    "content",
    [
        FILE.encode(),
        DECLARED.format("UTF-8").encode(),
        b"\xef\xbb\xbf" + FILE.encode(),
        b"\n \r\n" + DECLARED.format("UTF-8").encode(),
        b"\xef\xbb\xbf\n" + DECLARED.format("UTF-8").encode(),
        DECLARED.format("ISO-8859-1").encode("latin-1"),
        DECLARED.format("windows-1252").encode("cp1252"),
        DECLARED.format("UTF-16").encode("utf-16"),
        FILE.encode("utf-16"),
        FILE.replace("><", ">\r\n<").encode(),
        FILE.replace("><", ">\r<").encode(),
        f"<!-- made up --><?made up?>{FILE}<!-- end -->".encode(),
        FILE.replace("<", "<n:").replace("<n:/", "</n:").replace("s version", 's xmlns:n="urn:n" version').encode(),
        FILE.replace("s version", 's xmlns="urn:n" version').encode(),
        f"<result><ok>1</ok>{FILE}</result>".encode(),
        f"<query><iati-activities>{ACTIVITY.format('A')}</iati-activities>{ACTIVITY.format('B')}</query>".encode(),
        gzip.compress(FILE.encode()),
        gzip.compress(FILE.encode()[:60]) + gzip.compress(FILE.encode()[60:]),
    ],
)
def test_every_honest_encoding_and_wrapper_is_read_and_recognized(write, content):
    path = write(content, "any.name")

    assert [(one.identifier, one.program.title) for one in read_activities(path)] == [
        ("XA-1-A", "Wélls"),
        ("XA-1-B", "Wélls"),
    ]
    assert looks_like_iati(content[:4096])


def test_one_activity_as_root_is_read(write):
    assert [one.identifier for one in read_activities(write(ACTIVITY.format("A")))] == ["XA-1-A"]


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"<result><projects/></result>",
        b'{"iati-activities": []}',
        b"<html><body>iati-activities</body></html>",
        b"<!DOCTYPE html><html>",
        b"<activities>",
        b"<!-- <iati-activities> --><other/>",
        b"<!-- <iati-activities>",
        b"\x1f\x8bnot packed",
        b"\x00\x01\x02",
        "<iati-activities>".encode("utf-32"),
        b"title: iati-activities",
    ],
)
def test_other_files_are_not_taken_for_iati(head):
    assert not looks_like_iati(head)


@pytest.mark.parametrize(
    "head", [b"<iati-organisations>", b"<!DOCTYPE iati-activities [<!ENTITY a 'b'>]><iati-activities>"]
)
def test_iati_that_is_refused_later_is_recognized_so_that_the_refusal_can_say_why(head):
    assert looks_like_iati(head)


def test_real_lines_are_kept_below_a_late_declaration_and_far_down(write):
    text = "\n\n<?xml version='1.0'?>\n<iati-activities>" + "\n" * 70_000 + ACTIVITY.format("A") + "</iati-activities>"

    assert [one.line for one in read_activities(write(text))] == [70_004]


def test_foreign_elements_are_passed_over(one):
    found = one('<u:title xmlns:u="urn:u">Not this</u:title><title><narrative>This</narrative></title>')

    assert found.program.title == "This"


def test_an_activity_inside_another_is_none_of_its_own(write):
    outer = f"<iati-activity><iati-identifier>XA-1</iati-identifier>{ACTIVITY.format('X')}</iati-activity>"
    text = f"<iati-activities>{outer}</iati-activities>"

    assert [one.identifier for one in read_activities(write(text))] == ["XA-1"]


def test_mixed_versions_in_one_file_are_read_each_by_what_is_there(write):
    text = """<iati-activities>
      <iati-activity version="1.03"><title>Wells</title></iati-activity>
      <iati-activity version="1.03"><title><narrative>Taps</narrative></title></iati-activity>
    </iati-activities>"""

    assert [one.program.title for one in read_activities(write(text))] == ["Wells", "Taps"]
