from __future__ import annotations

import gzip
import io
import os
import socket
import zipfile

import pytest

from lens.errors import InputError
from lens.readers.iati import read_activities, read_activity, stream

START = "<iati-activities><iati-activity><iati-identifier>XA-1</iati-identifier></iati-activity>\n"


def zipped():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.xml", START)
    return packed.getvalue()


BAD = {
    "empty": (b"", "empty"),
    "white space": (b" \n ", "not XML"),
    "json": (b'{"result":[],"duration":3.357}', "JSON"),
    "web page": (b"<!DOCTYPE html><html></html>", "web page"),
    "web page without doctype": (b"<html><body/></html>", "web page"),
    "text": (b"Dear colleague", "not XML"),
    "binary": (bytes(range(256)), "not XML"),
    "zip": (zipped(), "packed file (zip)"),
    "bzip2": (b"BZh91AY", "packed file (bzip2)"),
    "utf-32": (START.encode("utf-32"), "UTF-32"),
    "organisation file": (b"<iati-organisations/>", "organisation file"),
    "organisation file in an answer": (b"<n:iati-organisations xmlns:n='u'/>", "organisation file"),
    "other xml": (b"<kml/>", "not an IATI file"),
    "no activity": (b"<iati-activities/>", "no IATI activity"),
    "empty answer": (b"<result><ok/></result>", "no IATI activity"),
    "doctype": (b"<!DOCTYPE a [<!ENTITY e 'x'>]>" + START.encode() + b"</iati-activities>", "DOCTYPE"),
    "external doctype": (b"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", "DOCTYPE"),
    "doctype in an encoding we do not look into": (
        ('<?xml version="1.0" encoding="IBM037"?><!DOCTYPE a []>' + START + "</iati-activities>").encode("cp037"),
        "",
    ),
    "endless prolog": (b"<!--" + b"x" * 2_000_000, "first megabyte"),
    "damaged gzip": (gzip.compress(START.encode())[:-12], "packed file is damaged"),
    "gzip of nothing": (gzip.compress(b""), "empty"),
    "no gzip": (b"\x1f\x8b\x08\x00rubbish", "packed file is damaged"),
    "depth": (b"<iati-activities>" + b"<a>" * 5000, "nested too deeply"),
    "depth inside an activity": (b"<iati-activities><iati-activity>" + b"<a>" * 100_000, "nested too deeply"),
    "text of 11 MB": (
        b"<iati-activities><iati-activity><title>" + b"x" * 11_000_000,
        "nested too deeply or holds too much text",
    ),
    "unknown encoding": (b'<?xml version="1.0" encoding="foo"?><a/>', "encoding"),
}


@pytest.mark.parametrize(("content", "what"), BAD.values(), ids=BAD.keys())
def test_bad_files_get_one_error_that_names_the_file_and_says_what_to_do(write, content, what):
    path = write(content)

    with pytest.raises(InputError) as caught:
        list(read_activities(path))

    (problem,) = caught.value.problems
    assert problem.file == str(path)
    assert what in problem.what
    assert problem.fix
    assert problem.value == ""


BROKEN = {
    "cut off": ("<iati-activity><title>We", "cut off", 2),
    "wrong closing tag": ("<iati-activity></title>", "closing tag", 2),
    "undeclared entity": ("<iati-activity><title>a&nbsp;b</title></iati-activity></iati-activities>", "entity", 2),
    "attribute twice": ('\n<iati-activity a="1" a="2"/>', "same attribute twice", 3),
    "control character": ("<iati-activity>\x01</iati-activity>", "character that XML does not allow", 2),
    "something after the end": ("</iati-activities>more", "after the end", 2),
    "no quotation marks": ("<iati-activity a=1/>", "quotation marks", 2),
}


@pytest.mark.parametrize(("rest", "what", "line"), BROKEN.values(), ids=BROKEN.keys())
def test_a_file_that_breaks_gives_what_stands_before_and_then_says_where(write, rest, what, line):
    found = []

    with pytest.raises(InputError) as caught:
        found.extend(activity.identifier for activity in read_activities(write(START + rest)))

    (problem,) = caught.value.problems
    assert found == ["XA-1"]
    assert what in problem.what
    assert problem.line == line


@pytest.mark.parametrize("rest", [rest for rest, _, _ in BROKEN.values()], ids=BROKEN.keys())
def test_the_activity_before_the_break_can_still_be_reviewed_with_the_problem(write, rest):
    found = read_activity(write(START + rest), "XA-1")

    assert found.problems[-1].what
    assert "file-broken" in {note.code for note in found.program.published.notes}


def test_wrong_bytes_for_the_stated_encoding_are_named(write):
    content = (
        b'<?xml version="1.0" encoding="UTF-8"?>'
        + START.encode()
        + "<iati-activity>é</iati-activity>".encode("latin-1")
    )

    with pytest.raises(InputError, match="not in the encoding"):
        list(read_activities(write(content)))


def test_an_undeclared_prefix_does_not_lose_the_activities(write):
    path = write(
        START + "<iati-activity><u:x/><iati-identifier>XA-2</iati-identifier></iati-activity></iati-activities>"
    )
    found = []

    with pytest.raises(InputError, match="prefix"):
        found.extend(activity.identifier for activity in read_activities(path))

    assert found == ["XA-1", "XA-2"]


@pytest.mark.parametrize("part", ["<a>x</a>", '<a b="" c="" d=""/>', f"<a>{'x' * 5000}</a>"])
def test_an_activity_that_never_ends_is_refused_before_it_fills_the_memory(write, monkeypatch, part):
    monkeypatch.setattr(stream, "MAX_ACTIVITY_BYTES", 1_000_000)
    monkeypatch.setattr(stream, "MAX_ACTIVITY_MARKS", 20_000)

    with pytest.raises(InputError, match="larger than"):
        list(read_activities(write("<iati-activities><iati-activity>" + part * 20_000)))
    with pytest.raises(InputError, match="larger than"):
        list(read_activities(write("<iati-activities>" + part * 20_000)))


def test_a_packed_file_may_unpack_only_so_far(write, monkeypatch):
    from lens.readers.iati import source

    monkeypatch.setattr(source, "MAX_UNPACKED", 200_000)
    path = write(gzip.compress((START + "<x/>" * 100_000 + "</iati-activities>").encode()))

    with pytest.raises(InputError, match="unpacks to more than"):
        list(read_activities(path))


def test_a_missing_file_names_its_neighbors(write):
    path = write(START, "activities-xa.xml")

    with pytest.raises(InputError, match=r"no such file.*activities-xa\.xml"):
        list(read_activities(path.with_name("activties-xa.xml")))


@pytest.mark.parametrize("kind", ["folder", "pipe", "socket", "device", "nul in name", "long name", "loop"])
def test_what_is_no_plain_file_is_not_opened(tmp_path, kind):
    path = tmp_path / "x"
    server = None
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        server = socket.socket(socket.AF_UNIX)
        server.bind(str(path))
    elif kind == "device":
        path = tmp_path / "device"
        path.symlink_to("/dev/zero")
    elif kind == "nul in name":
        path = tmp_path / "a\0b"
    elif kind == "long name":
        path = tmp_path / ("x" * 5000)
    else:
        path.symlink_to(path)

    try:
        with pytest.raises(InputError):
            list(read_activities(path))
    finally:
        if server is not None:
            server.close()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_nobody_may_read_is_named(write):
    path = write(START)
    path.chmod(0)

    with pytest.raises(InputError, match="cannot be read"):
        list(read_activities(path))


def test_no_message_holds_text_of_the_file(write):
    token = "Zephyrine"
    for rest in (f"<{token}>", f"<a {token}='1' {token}='2'/>", f"&{token};", f"<{token}:a/>", f"<a>{token}</b>"):
        with pytest.raises(InputError) as caught:
            list(read_activities(write(START + f"<iati-activity>{rest}")))
        assert token not in str(caught.value)
