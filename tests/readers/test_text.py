"""The one loader: text stays text, lines are known, and nothing handed in can grow or run."""

import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lens.errors import InputError
from lens.readers.text import MAX_BYTES, load_yaml, parse


def problem(source, *, as_json=False):
    with pytest.raises(InputError) as caught:
        parse(source, "f.yaml", json=as_json)
    return str(caught.value)


def test_scalars_stay_text():
    data = parse("indicator: 3.10\ncountry: NO\ntime: 12:30\nanswer: no\nnumber: 007\n", "f").data
    assert data == {"indicator": "3.10", "country": "NO", "time": "12:30", "answer": "no", "number": "007"}


def test_what_nobody_filled_in_is_left_out():
    assert parse("a:\nb: ~\nc: null\nd: ''\ne: x\n", "f").data == {"d": "", "e": "x"}


def test_every_part_knows_its_line():
    text = parse("a: 1\nlist:\n  - x: 1\n    y: 2\n  -\n    x: 3\n", "f")
    assert [
        text.line(path) for path in [("a",), ("list",), ("list", 0, "y"), ("list", 1, "x"), ("list", 1, "gone")]
    ] == [1, 2, 4, 6, 6]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("a: &x 1", "References (* and &) are not used here."),
        ("b: *x", "References (* and &) are not used here."),
        ("a: !!python/object/apply:os.system [x]", "Tags (words that begin with !)"),
        ("a: !custom x", "Tags (words that begin with !)"),
        ("[" * 100_000, "nested more than 50 levels deep"),
        ("a: " + "{a: " * 60, "nested more than 50 levels deep"),
        ("a: 1\nb: 2\na: 3", "f.yaml, line 3: This key stands twice."),
        ("x:\n  - a: 1\n    a: 2", "f.yaml, line 3: This key stands twice."),
        ("a: 1\n---\nb: 2", "A second document begins here."),
        ("? [a, b]\n: c", "cannot be a key"),
        ("a: b: c", "cannot be read as YAML"),
        ("a:\n\t- b", "This line holds a tab."),
        ("a: \x01", "a character that is not text"),
    ],
)
def test_refused_yaml_says_where_and_why(source, said):
    assert said in problem(source)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('{"a": 1, "a": 2}', "This key stands twice."),
        ("[" * 100_000, "nested more than 50 levels deep"),
        ("[" * 60 + "]" * 60, "nested more than 50 levels deep"),
        ('{"a": 1,}', "This is not valid JSON from here on."),
        ('{"a": 1} x', "This is not valid JSON from here on."),
    ],
)
def test_refused_json_says_where_and_why(source, said):
    assert said in problem(source, as_json=True)


def test_json_has_the_same_values_as_yaml():
    assert parse('{"a": 3.10, "b": [true, null, 12], "c": null}', "f", json=True).data == {
        "a": "3.10",
        "b": ["yes", None, "12"],
    }


def test_a_json_text_that_yaml_cannot_read_is_read():
    assert parse('{"a": "\\ud83d\\ude00"}', "f", json=True).data == {"a": "😀"}


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"a: \xff\xfe", "not in UTF-8"),
        (b"a: \x00b", "not a text file"),
        (b"x" * (MAX_BYTES + 1), "larger than 5 MB"),
    ],
    ids=["latin", "binary", "large"],
)
def test_files_that_are_not_text(tmp_path, raw, said):
    path = tmp_path / "f.yaml"
    path.write_bytes(raw)
    with pytest.raises(InputError, match=said):
        load_yaml(path)


def test_byte_order_marks_are_read(tmp_path):
    path = tmp_path / "f.yaml"
    for encoding in ("utf-8-sig", "utf-16"):
        path.write_text("a: é\n", encoding=encoding)
        assert load_yaml(path).data == {"a": "é"}


def test_a_missing_file_names_its_neighbor(tmp_path):
    (tmp_path / "program.yaml").write_text("x: 1")
    with pytest.raises(InputError, match=r'Did you mean "program.yaml"\?'):
        load_yaml(tmp_path / "progam.yaml")


def test_folders_and_pipes_are_not_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe.yaml")
    for name in (".", "pipe.yaml"):
        with pytest.raises(InputError, match="Name a file instead"):
            load_yaml(tmp_path / name)


@given(st.text(max_size=300))
def test_any_text_gives_data_or_one_kind_of_error(source):
    for as_json in (False, True):
        try:
            parse(source, "f", json=as_json)
        except InputError as reason:
            assert reason.problems


plain = st.recursive(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abcdef", min_size=1, max_size=4), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(plain)
def test_json_round_trip(data):
    assert parse(json.dumps(data), "f", json=True).data == data
