"""A case as the text of its files: YAML that reads back as the same case."""

from __future__ import annotations

import dataclasses
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from lens.cases.case import Case

PARTS: tuple[str, ...] = ("program", "context", "answers", "decisions")
"""The parts of a case, each with a file of its own; the annex is never among them."""


def texts_of(case: Case) -> dict[str, str]:
    """The files of a case by name, those parts that it has; names and exact places, its annex, are left out."""
    return {f"{name}.yaml": text_of(name, part) for name in PARTS if (part := getattr(case, name)) is not None}


def text_of(name: str, part: Any) -> str:
    """One part of a case, such as `answers`, as the text of its file; what is left at its default is left out."""
    import yaml

    return yaml.dump(
        {name: data_of(part) or {}}, Dumper=_dumper(), allow_unicode=True, sort_keys=False, width=110, indent=2
    )


def data_of(value: Any) -> Any:
    """A value of the model as mappings, lists and texts, as a file has it; defaults are left out."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, tuple):
        return [data_of(one) for one in value]
    if isinstance(value, dict):
        return {key: data_of(one) for key, one in value.items()}
    if not dataclasses.is_dataclass(value):
        return str(value)
    return {
        one.name: data_of(held)
        for one in dataclasses.fields(value)
        if (held := getattr(value, one.name)) is not None and held != _default(one)
    }


def _default(one: dataclasses.Field[Any]) -> Any:
    return one.default_factory() if one.default_factory is not dataclasses.MISSING else one.default


def _dumper() -> Any:
    """What writes YAML: every value is a text, so only what would be read as nothing needs quotes to stay one."""
    import re

    import yaml

    from lens.readers.text import NOT_GIVEN

    class Texts(yaml.SafeDumper):
        yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}  # type: ignore[misc] # the stubs take it for an instance's

        def ignore_aliases(self, _: Any) -> bool:
            return True  # references are not read back, see lens.readers.text

    nothing = re.compile(rf"(?:{'|'.join(map(re.escape, sorted(NOT_GIVEN)))})$")
    Texts.add_implicit_resolver("tag:yaml.org,2002:null", nothing, None)
    Texts.add_representer(str, _written)
    return Texts


def _written(dumper: Any, text: str) -> Any:
    """A text of several lines as a block, where it reads back the same."""
    plain = all(one.isprintable() or one == "\n" for one in text)
    is_block = "\n" in text and plain and not text.startswith((" ", "\n"))
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if is_block else None)
