from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from lens.errors import InputError
from lens.reports.saved import SCHEMA_NAME, plain, read_review, review_schema, write_json

from .conftest import filled_everywhere, given_for, make_review

if TYPE_CHECKING:
    from pathlib import Path

    from lens.reviews.model import Review


def saved(review: Review, folder: Path) -> Path:
    file = folder / "review.json"
    file.write_text(write_json(given_for(review)), "utf-8")
    return file


def test_a_saved_review_reads_back_as_it_was(any_audience: Review, tmp_path: Path) -> None:
    assert read_review(saved(any_audience, tmp_path)) == any_audience


def test_hostile_text_reads_back_as_it_was(tmp_path: Path) -> None:
    review = filled_everywhere('<script>alert(1)</script> & ]]> {{ 7*7 }} \u202egnp.exe \u2028 \u0085 é " \\ `')
    text = write_json(given_for(review))
    assert not set("<>&\u202e\u2028\u0085") & set(text)
    assert read_review(saved(review, tmp_path)) == review


def test_the_head_names_the_schema_and_the_audience(review: Review) -> None:
    data = json.loads(write_json(given_for(review)))
    assert list(data)[:4] == ["$schema", "schema", "audience", "partner"]
    assert (data["$schema"], data["schema"], data["audience"]) == (SCHEMA_NAME, "1", "restricted")
    assert data["as_of"] == "2026-05-14"
    assert data["program"]["money"][0]["amount"] == "4200000.50"
    assert data["actions"][2]["level"] is None


def test_the_same_review_gives_the_same_bytes() -> None:
    assert write_json(given_for(make_review())) == write_json(given_for(make_review()))


def test_a_saved_review_fits_its_schema(any_audience: Review) -> None:
    data = json.loads(write_json(given_for(any_audience)))
    schema = review_schema()
    assert problems(data, schema, schema) == []
    assert problems({**data, "extra": 1}, schema, schema) == ["/: unknown extra"]


def problems(value: Any, schema: dict[str, Any], root: dict[str, Any], where: str = "/") -> list[str]:
    """What is wrong with a value under the part of JSON Schema that pydantic writes for our model."""
    if "$ref" in schema:
        return problems(value, root["$defs"][schema["$ref"].rpartition("/")[2]], root, where)
    if "anyOf" in schema:
        tried = [problems(value, one, root, where) for one in schema["anyOf"]]
        return [] if any(not one for one in tried) else tried[0]
    if "const" in schema:
        return [] if value == schema["const"] else [f"{where}: not {schema['const']}"]
    if "enum" in schema:
        return [] if value in schema["enum"] else [f"{where}: not in the list"]
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    is_kind = {
        "string": isinstance(value, str),
        "integer": type(value) is int,
        "boolean": type(value) is bool,
        "null": value is None,
        "array": isinstance(value, list),
        "object": isinstance(value, dict),
        "number": type(value) is int,
    }
    if kinds and not any(is_kind[kind] for kind in kinds):
        return [f"{where}: not {kinds}"]
    found = []
    if isinstance(value, list):
        found = [one for n, item in enumerate(value) for one in problems(item, schema["items"], root, f"{where}{n}/")]
    elif isinstance(value, dict) and "properties" in schema:
        found = [f"{where}: {name} missing" for name in schema.get("required", ()) if name not in value]
        for name, item in value.items():
            if name in schema["properties"]:
                found += problems(item, schema["properties"][name], root, f"{where}{name}/")
            elif schema.get("additionalProperties") is False:
                found.append(f"{where}: unknown {name}")
    return found


def changed(folder: Path, **changes: Any) -> Path:
    data = json.loads(write_json(given_for(make_review())))
    file = folder / "changed.json"
    file.write_text(json.dumps({**data, **changes}), "utf-8")
    return file


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"outcome": "fine"}, r"outcome: This word is not one of the list"),
        ({"schema": "2"}, r"another form than this lens reads"),
        ({"incomplete": "perhaps"}, r"incomplete: "),
        ({"more": 1}, r"more: This name is not known here"),
        ({"as_of": "2026-02-31"}, r"no such day"),
    ],
)
def test_a_review_that_was_changed_by_hand_is_refused_kindly(
    changes: dict[str, Any], expected: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=expected):
        read_review(changed(tmp_path, **changes))


@pytest.mark.parametrize("text", ["[]", "{}", '{"outcome": "revise"}', "nothing", '{"a": 1, "a": 2}', "{"])
def test_what_is_no_review_is_refused(text: str, tmp_path: Path) -> None:
    file = tmp_path / "review.json"
    file.write_text(text)
    with pytest.raises(InputError):
        read_review(file)


def test_numbers_yes_and_no_and_nothing_keep_their_kind(tmp_path: Path) -> None:
    review = make_review(draft=True, incomplete=False, stage=None, next=None)
    review = replace(review, program=replace(review.program, text_length=None))
    back = read_review(saved(review, tmp_path))
    assert (back.draft, back.incomplete, back.stage, back.next, back.program.text_length) == (
        True,
        False,
        None,
        None,
        None,
    )
    assert type(back.matrix.cells) is int
    assert plain(back) == plain(review)
