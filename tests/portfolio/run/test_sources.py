"""What is found behind what was named, and that it is opened as plain bytes, whatever it is packed in."""

import contextlib
import gzip
import io
import os
import pathlib
import zipfile

import pytest

pytest.importorskip("lxml", reason="needs the extra portfolio")

from lens.errors import InputError
from lens.portfolio.inputs import sources
from lens.portfolio.inputs.sources import Aside, FileSource, find

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
        (one.problem.file.removeprefix(home), one.problem.what)
        if isinstance(one, Aside)
        else one.name.removeprefix(home)
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

    with zipfile.ZipFile(tmp_path / "windows.zip", "w") as made:
        made.writestr("..\\a", TEXT)
        made.writestr("folder\\.b", TEXT)

    assert everything(tmp_path) == [
        "/files.zip: a",
        "/files.zip: b",
        ("/files.zip: folder/.d", "A hidden file was left out."),
        "/files.zip: folder/c",
        "/table.xlsx",
        "/windows.zip: ..\\a",
        ("/windows.zip: folder\\.b", "A hidden file was left out."),
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


def test_what_should_have_been_read_is_told_apart_from_what_was_left_out(tmp_path):
    cut_off, twice, pipe, nothing = (tmp_path / name for name in ("cut.zip", "twice.zip", "pipe", "nothing"))
    cut_off.write_bytes(packed(a=TEXT)[:-30])
    with zipfile.ZipFile(twice, "w") as made, pytest.warns(UserWarning, match="Duplicate name"):
        made.writestr("a", TEXT)
        made.writestr("a", TEXT + b" ")
    os.mkfifo(pipe)
    nothing.mkdir()
    (tmp_path / ".hidden").write_bytes(TEXT)

    asides = [one for one in find([tmp_path, pipe, nothing]) if isinstance(one, Aside)]

    assert [(one.problem.file.removeprefix(f"{tmp_path}/"), one.unread) for one in asides] == [
        (".hidden", False),
        ("cut.zip", True),
        ("pipe", False),
        ("twice.zip: a", True),
        ("pipe", True),
        ("nothing", True),
    ]


def test_a_damaged_member_is_told_in_words(tmp_path):
    path = tmp_path / "a.zip"
    content = bytearray(packed(a=bytes(range(256)) * 40))
    content[40:60] = b"\xff" * 20
    path.write_bytes(bytes(content))
    (source,) = find([path])

    with pytest.raises(InputError, match="The packed file is damaged or ends too early"):
        source.digest()


def test_a_member_that_is_packed_in_an_unknown_way_is_not_said_to_be_locked(tmp_path):
    path = tmp_path / "a.zip"
    content = bytearray(packed(a=TEXT))
    content[8] = content[content.find(b"PK\x01\x02") + 10] = 99
    path.write_bytes(bytes(content))
    (source,) = find([path])

    with pytest.raises(InputError, match="It is packed in a way that cannot be unpacked"):
        source.digest()


def test_the_list_of_a_zip_file_is_read_once_for_all_its_members(tmp_path, monkeypatch):
    path = tmp_path / "a.zip"
    path.write_bytes(packed(**{f"m{number}": TEXT for number in range(50)}))
    opened = []
    real = zipfile.ZipFile
    monkeypatch.setattr(zipfile, "ZipFile", lambda name: opened.append(name) or real(name))

    assert {(one.size > 0, read(one)) for one in find([path])} == {(True, TEXT)}
    assert opened == [str(path)]


def test_a_zip_file_that_was_written_anew_is_read_anew(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(packed(a=TEXT))
    (source,) = find([path])
    assert read(source) == TEXT

    path.write_bytes(packed(a=TEXT * 2))

    assert read(source) == TEXT * 2


def test_a_name_that_is_no_text_can_be_written_down_and_opened(tmp_path):
    path = os.fsencode(tmp_path / "a") + b"\xff.xml"
    with open(path, "wb") as stream:  # noqa: PTH123 - no path has such a name
        stream.write(TEXT)
    (source,) = find([tmp_path])

    assert source.name.encode().endswith(b"/a\\udcff.xml")
    assert read(source) == TEXT


def test_folders_deeper_than_python_calls_are_gone_through(tmp_path):
    deep = tmp_path
    for _ in range(1200):
        deep = deep / "d"
    with contextlib.chdir(tmp_path):
        for _ in range(1200):
            os.mkdir("d")  # noqa: PTH102 - the path as a whole would be long
            os.chdir("d")
        (pathlib.Path("a.xml")).write_bytes(TEXT)

    (source,) = find([tmp_path])

    assert source.name == f"{deep}/a.xml"
    # What pytest cannot take away it trips over in every later session.
    (deep / "a.xml").unlink()
    while deep != tmp_path:
        deep.rmdir()
        deep = deep.parent


def test_what_a_run_writes_is_no_input(tmp_path):
    (tmp_path / "a.xml").write_bytes(TEXT)
    own = tmp_path / "lens-screening"
    own.mkdir()
    (own / "run.sqlite").write_bytes(b"")

    assert [one.name for one in find([tmp_path], besides=own)] == [str(tmp_path / "a.xml")]
    with pytest.raises(InputError, match="would be read as an input"):
        list(find([own], besides=own))
