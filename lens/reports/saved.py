"""The review as JSON: the form that machines read, that is kept, and from which a report can be made again."""

from __future__ import annotations

import dataclasses
import json
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from lens.errors import InputError, Problem, near
from lens.reports import inert
from lens.reviews.model import SCHEMA_VERSION

if TYPE_CHECKING:
    from pathlib import Path

    from lens.hooks.specs import ReportInput
    from lens.reviews.model import Review

SCHEMA_NAME = f"lens-review-{SCHEMA_VERSION}.schema.json"
_MAX_BYTES = 100_000_000
"""What a review may weigh: one of a thousand activities weighs twelve million bytes."""

_HEAD = ("$schema", "schema")


def write_json(given: ReportInput) -> str:
    """A review as JSON, its fields in the order they are declared in.

    What an audience may not see is empty here, as it is in the review. pydantic is not needed to write.
    """
    data = {"$schema": SCHEMA_NAME, "schema": SCHEMA_VERSION, **plain(given.review)}
    return inert.json(json.dumps(data, ensure_ascii=False, indent=1)) + "\n"


@lru_cache(maxsize=64)
def _names(kind: type[object]) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(cast("type[Any]", kind)))


def plain(value: Any) -> Any:
    """A value of the model as what JSON has: days as year-month-day, amounts as text, so that no digit is lost."""
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    return {name: plain(getattr(value, name)) for name in _names(value.__class__)}


def review_schema() -> dict[str, Any]:
    """The JSON Schema of a saved review."""
    from lens.readers.boundary import adapter
    from lens.reviews.model import Review

    made = adapter(Review).json_schema(mode="serialization")
    fields = {
        "$schema": {"const": SCHEMA_NAME, "description": "The name of this schema."},
        "schema": {"const": SCHEMA_VERSION, "description": "The version of this form."},
        **made["properties"],
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_NAME,
        **made,
        "properties": fields,
        "required": [*_HEAD, *made.get("required", ())],
    }


def read_review(path: Path) -> Review:
    """A review that was saved as JSON. InputError with every problem where it is none, or of another version."""
    from lens.readers.boundary import validate
    from lens.readers.text import load_yaml
    from lens.reviews.model import Review

    text = load_yaml(path, limit=_MAX_BYTES)
    data = text.data
    if not isinstance(data, dict) or "schema" not in data or "outcome" not in data:
        raise InputError(
            Problem(text.name, what="This is not a saved review.", fix="Name the review.json that `lens review` wrote.")
        )
    version = str(data["schema"])
    if version != SCHEMA_VERSION:
        raise InputError(
            Problem(
                text.name,
                text.line(("schema",)),
                "schema",
                "This review was saved in another form than this lens reads.",
                near(version, (SCHEMA_VERSION,)) or "Review the case again.",
            )
        )
    return validate(Review, dataclasses.replace(text, data={name: data[name] for name in data if name not in _HEAD}))
