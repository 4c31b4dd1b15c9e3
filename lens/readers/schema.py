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
    """The schema of a format: program, context, answers, decisions, case, restricted, policy, pack or review."""
    from lens.cases import Annex, Answers, Context, Decisions, Program
    from lens.cases.policy import Policy
    from lens.hooks.packs import PackFile
    from lens.reviews.model import Review

    parts: dict[str, type[Any]] = {
        "program": Program,
        "context": Context,
        "answers": Answers,
        "decisions": Decisions,
    }
    whole: dict[str, type[Any]] = {"restricted": Annex, "policy": Policy, "pack": PackFile, "review": Review}
    if name in whole:
        kind = whole[name]
        made = adapter(kind).json_schema(mode="serialization" if name == "review" else "validation")
        _describe(made, made.get("$defs", {}), [kind])
        if name == "review":
            made["properties"] = {"$schema": {"type": "string"}, **made["properties"]}
        return _headed(name, made)
    wanted = parts if name == "case" else {name: parts[name]}
    definitions: dict[str, Any] = {}
    properties: dict[str, Any] = {}
    for key, kind in wanted.items():
        inner = adapter(kind).json_schema(ref_template="#/$defs/{model}")
        own = inner.pop("$defs", {})
        _describe(inner, own, [kind])
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
    return _headed(name, body)


def _headed(name: str, made: dict[str, Any]) -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"lens/{name}.schema.json",
        "title": f"lens: {name}",
        **made,
    }


def _describe(made: dict[str, Any], definitions: dict[str, Any], kinds: list[type[Any]]) -> None:
    """Put each field's help where editors show it; pydantic does not see a dataclass field's metadata."""
    from lens.readers.boundary import class_in, hints_of

    seen: set[type[Any]] = set()
    queue = [(kind, made) for kind in kinds]
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
