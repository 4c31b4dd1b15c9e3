"""The JSON Schemas of the file formats, made from the model and committed under `schemas/`."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from lens.readers.boundary import adapter


def schema_text(name: str) -> str:
    """The schema of a format as JSON text with a newline at the end."""
    return json.dumps(schema_of(name), indent=2, ensure_ascii=False) + "\n"


def schema_of(name: str) -> dict[str, Any]:
    """The schema of a format: one of those that `lens schema` lists."""
    from lens.cases import Annex, Answers, Context, Decisions, Program
    from lens.cases.policy import Policy
    from lens.packs.form import PackFile
    from lens.readers.register.model import Register
    from lens.readers.tables.layout import Layout
    from lens.reports.saved import review_schema
    from lens.reviews.model import Review

    parts: dict[str, type[Any]] = {
        "program": Program,
        "context": Context,
        "answers": Answers,
        "decisions": Decisions,
    }
    others: dict[str, type[Any]] = {"table": Layout}
    whole: dict[str, type[Any]] = {"restricted": Annex, "policy": Policy, "pack": PackFile, "register": Register}
    if name == "review":
        saved = review_schema()
        _describe(saved, saved["$defs"], Review)
        return saved
    if name in whole:
        made = adapter(whole[name]).json_schema()
        _describe(made, made.get("$defs", {}), whole[name])
        return _headed(name, _as_typed(made))
    wanted = parts if name == "case" else {name: {**parts, **others}[name]}
    definitions: dict[str, Any] = {}
    properties: dict[str, Any] = {}
    for key, kind in wanted.items():
        inner = adapter(kind).json_schema(ref_template="#/$defs/{model}")
        own = inner.pop("$defs", {})
        _describe(inner, own, kind)
        definitions.update(own)
        definitions[kind.__name__] = inner
        properties[key] = {"$ref": f"#/$defs/{kind.__name__}"}
    body: dict[str, Any] = {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "$defs": definitions,
    }
    if name != "case":
        # A file may hold several parts; its schema asks for the one it is named after.
        body["required"] = [name]
    return _headed(name, _as_typed(body))


def _as_typed(schema: Any) -> Any:
    """A schema that also fits what editors make of an unquoted value: 60 for a text of digits, true for yes."""
    if isinstance(schema, list):
        return [_as_typed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    if "properties" in schema:
        needed = schema.get("required", ())
        fields = {name: one if name in needed else _or_empty(one) for name, one in schema["properties"].items()}
        schema = {**schema, "properties": fields}
    if schema.get("type") == "integer":
        return {**schema, "type": ["integer", "string"], "pattern": "^[0-9]+$"}
    if schema.get("type") == "boolean":
        rest = {key: value for key, value in schema.items() if key != "type"}
        return {**rest, "enum": [True, False, "yes", "no", "true", "false"]}
    return {key: _as_typed(value) for key, value in schema.items()}


def _headed(name: str, made: dict[str, Any]) -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"lens/{name}.schema.json",
        "title": f"lens: {name}",
        **made,
    }


def _or_empty(schema: dict[str, Any]) -> dict[str, Any]:
    """A field that may be left unfilled: its line stands there and says nothing."""
    if "description" in schema:
        rest = {name: value for name, value in schema.items() if name != "description"}
        return {"anyOf": [rest, {"type": "null"}], "description": schema["description"]}
    return {"anyOf": [schema, {"type": "null"}]}


def _describe(made: dict[str, Any], definitions: dict[str, Any], kind: type[Any]) -> None:
    """Put each field's help where editors show it; pydantic does not see a dataclass field's metadata."""
    from lens.readers.boundary import class_in, hints_of

    seen: set[type[Any]] = set()
    queue = [(kind, made)]
    while queue:
        kind, body = queue.pop(0)
        if kind in seen:
            continue
        seen.add(kind)
        body["description"] = (kind.__doc__ or "").split("\n\n")[0]
        hints = hints_of(kind)
        for field in dataclasses.fields(kind):
            shown = body.get("properties", {}).get(field.name)
            if shown is not None and (text := field.metadata.get("help")):
                shown["description"] = text
            inner = class_in(hints[field.name])
            if inner is not None and inner.__name__ in definitions:
                queue.append((inner, definitions[inner.__name__]))
