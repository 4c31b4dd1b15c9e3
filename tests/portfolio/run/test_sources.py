"""What is found behind what was named, and that it is opened as plain bytes, whatever it is packed in."""

import gzip
import io
import os
import zipfile

import pytest

pytest.importorskip("lxml", reason="needs the extra portfolio")

from lens.errors import InputError, Problem
from lens.portfolio import sources
from lens.portfolio.sources import FileSource, find

TEXT = b"<iati-activities/>"


def packed(**files):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as box:
        for name, content in files.items():
            box.writestr(name.replace("__", "/"), content)
    return made.getvalue()


def everything(*paths):
    """Names of what was found relative to the first path, and for what was left out the reason."""
    home = str(paths[0])
    return [
        (one.file.removeprefix(home), one.what) if isinstance(one, Problem) else one.name.removeprefix(home)
        for one in find(paths)
    ]


def read(source):
    with source.open() as stream:
        return stream.read()


def test_a_folder_is_gone_through_in_order_of_name(tmp_path):
    (tmp_path / "b").mkdir()
    for name in ("z.xml", "a.xml", "b/m.csv", ".hidden"):
        (tmp_path / name).write_bytes(TEXT)
    (tmp_path / "link").symlink_to("a.xml")
    os.mkfifo(tmp_path / "pipe")

    assert everything(tmp_path) == [
        ("/.hidden", "A hidden file was left out."),
        "/a.xml",
        "/b/m.csv",
        ("/link", "A link in a folder was left out."),
        ("/pipe", "This is no plain file, and was left out."),
        "/z.xml",
    ]


def test_the_members_of_a_zip_file_are_inputs_and_a_workbook_is_one(tmp_path):
    (tmp_path / "files.zip").write_bytes(packed(b=TEXT, a=TEXT, folder__c=TEXT, **{"folder__.d": TEXT}))
    (tmp_path / "table.xlsx").write_bytes(packed(**{"[Content_Types].xml": b"", "xl__workbook.xml": b""}))

    assert everything(tmp_path) == [
        "/files.zip: a",
        "/files.zip: b",
        ("/files.zip: folder/.d", "A hidden file was left out."),
        "/files.zip: folder/c",
        "/table.xlsx",
    ]


def test_whatever_it_is_packed_in_its_bytes_and_its_digest_are_the_same(tmp_path):
    plain, packed_ = tmp_path / "a.xml", tmp_path / "a.xml.gz"
    plain.write_bytes(TEXT)
    packed_.write_bytes(gzip.compress(TEXT))
    box = tmp_path / "box.zip"
    box.write_bytes(packed(a=TEXT, b=gzip.compress(TEXT)))
    four = [FileSource(str(plain)), FileSource(str(packed_)), FileSource(str(box), "a"), FileSource(str(box), "b")]

    assert [read(one) for one in four] == [TEXT] * 4
    assert len({one.digest() for one in four}) == 1
    for one in four:
        with open(one.local(), "rb") as stream:  # noqa: PTH123 - a path as text
            assert stream.read() == TEXT


def test_what_was_named_and_is_not_there_is_told_at_once(tmp_path):
    with pytest.raises(InputError) as wrong:
        list(find([tmp_path / "none.xml", tmp_path / "neither.xml"]))

    assert [problem.what for problem in wrong.value.problems] == ["There is no such file or folder."] * 2


@pytest.mark.parametrize(
    "content",
    [gzip.compress(TEXT * 9000)[:-20], gzip.compress(TEXT)[:12], b"\x1f\x8b\x08\x00nothing of the kind"],
    ids=["cut off", "cut off early", "no gzip at all"],
)
def test_a_broken_packing_is_told_in_words(tmp_path, content):
    path = tmp_path / "a.xml.gz"
    path.write_bytes(content)

    with pytest.raises(InputError, match="The packed file is damaged or ends too early"):
        FileSource(str(path)).digest()


def test_a_broken_zip_file_is_left_out_with_the_reason(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(packed(a=TEXT)[:-30])

    assert everything(path) == [("", "The packed file is damaged or ends too early.")]


def test_what_unpacks_to_too_much_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "MAX_UNPACKED", 5_000_000)
    path = tmp_path / "bomb.gz"
    path.write_bytes(gzip.compress(b"0" * 9_000_000))

    with pytest.raises(InputError, match="unpacks to more than"):
        FileSource(str(path)).digest()


def test_a_member_with_a_path_for_a_name_lands_nowhere(tmp_path):
    box = tmp_path / "box.zip"
    with zipfile.ZipFile(box, "w") as made:
        made.writestr("../../evil.xml", TEXT)
    (source,) = find([box])

    assert read(source) == TEXT
    assert str(tmp_path) not in source.local()
    assert not (tmp_path.parent / "evil.xml").exists()
