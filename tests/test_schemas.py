"""The committed schemas equal what the code makes, and accept what the readers accept."""

import json
from pathlib import Path

import jsonschema
import pytest

from lens.cli.schema import NAMES
from lens.languages.files import is_translation
from lens.readers.schema import schema_of, schema_text
from lens.readers.text import load_yaml

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "templates" / "example"


@pytest.mark.parametrize("name", NAMES)
def test_the_committed_schema_is_fresh(name):
    committed = (ROOT / "schemas" / f"{name}.schema.json").read_text("utf-8")
    assert committed == schema_text(name), "run `make schemas` and commit"


def test_no_schema_is_left_over():
    assert sorted(path.name for path in (ROOT / "schemas").iterdir()) == sorted(f"{name}.schema.json" for name in NAMES)


@pytest.mark.parametrize("name", ["program", "context", "answers", "decisions", "restricted"])
def test_the_example_fits_its_schema(name):
    jsonschema.validate(load_yaml(EXAMPLE / f"{name}.yaml").data, schema_of(name))


@pytest.mark.parametrize(
    "pack",
    [one for one in sorted((ROOT / "lens" / "checks").glob("*/*.yaml")) if not is_translation(one.name)],
    ids=lambda path: "/".join(path.parts[-2:]),
)
def test_the_core_packs_fit_the_schema_of_packs(pack):
    jsonschema.validate(load_yaml(pack).data, schema_of("pack"))


def test_a_line_that_nobody_filled_in_fits():
    jsonschema.validate({"program": {"title": None, "places": None, "stage": None}}, schema_of("program"))


@pytest.mark.parametrize(
    ("part", "wrong"),
    [
        ("program", {"program": {"titel": "x"}}),
        ("program", {"program": {"places": [{"id": "somewhere"}]}}),
        ("context", {"context": {"factors": [{"id": "7.10", "state": "seen"}]}}),
        ("answers", {"answers": {"answers": [{"question": "harm.x", "answer": "maybe"}]}}),
        ("answers", {}),
    ],
)
def test_a_schema_refuses_what_the_reader_refuses(part, wrong):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, schema_of(part))


def test_a_review_fits_its_schema():
    import lens

    made = lens.review(EXAMPLE, as_of="2026-11-15", audience="internal")
    jsonschema.validate(json.loads(lens.render(made, "json")), schema_of("review"))


@pytest.mark.parametrize("name", NAMES)
def test_every_field_has_its_help(name):
    def silent(body, at):
        for key, value in body.get("properties", {}).items():
            if key != "$schema" and "$ref" not in value and not value.get("description"):
                yield f"{at}.{key}"

    made = schema_of(name)
    found = [one for part, body in made.get("$defs", {}).items() for one in silent(body, part)]
    assert found == []
