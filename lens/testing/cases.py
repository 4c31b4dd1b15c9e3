"""Made-up cases from a few lines of YAML, and tables of how a computed check comes out on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lens.checks.setting import Setting
from lens.errors import InputError, Problem
from lens.readers.text import Text, load_yaml, parse

if TYPE_CHECKING:
    from lens.cases import Case

AS_OF = "2026-06-01"
"""The day of every review of the kit, unless another is named: no test of a pack hangs on today."""

_PARTS = ("program", "context", "answers", "decisions", "escalations", "published", "policy")
_ROW = (*_PARTS, "when", "found", "values", "screening")


def case(given: str | Mapping[str, Any] = "") -> Case:
    """A case from YAML with any of `program`, `context`, `answers` and `escalations`; what is left out is empty.

    `published: yes` stands for a program that was read from published data. Raises InputError that says which line
    and why, as for a file that somebody hands in.
    """
    return _case(parse(given, "case") if isinstance(given, str) else Text("case", given))


def _case(text: Text) -> Case:
    from lens.cases import Answers, Case, Context, Decisions, Program
    from lens.readers.boundary import validate

    data = _mapping(text)
    unknown = [name for name in data if name not in _ROW]
    if unknown:
        known = ", ".join(_PARTS)
        raise InputError(Problem(text.name, text.line((unknown[0],)), unknown[0], f"A case has {known}."))

    def made(kind: type[Any], value: Any) -> Any:
        return validate(kind, Text(text.name, value, text.lines))

    program = data.get("program") or {}
    if data.get("published") == "yes":
        program = {**_mapping(Text(text.name, program, text.lines)), "published": {"standard": "IATI"}}
    return Case(
        program=made(Program, program),
        context=made(Context, data["context"]) if "context" in data else None,
        answers=made(Answers, {"answers": data["answers"]}) if "answers" in data else None,
        decisions=made(Decisions, {"escalations": data.get("escalations") or []}),
    )


def _mapping(text: Text) -> dict[str, Any]:
    """What a text holds, if it is a mapping; nothing is an empty one."""
    data = {} if text.data is None else text.data
    if not isinstance(data, Mapping):
        what = "This should be a mapping: lines of the form `name: value`."
        raise InputError(Problem(text.name, text.line(()), what=what, fix=f"A case has {', '.join(_PARTS)}."))
    return dict(data)


def setting(policy: Mapping[str, Any] | None = None, *, as_of: str = AS_OF, screening: bool = False) -> Setting:
    """The setting of a full review, or of a screening, on a day, under a policy as `lens.toml` has it."""
    from datetime import date

    from lens.cases.policy import Policy
    from lens.readers.boundary import validate

    made = validate(Policy, Text("policy", dict(policy or {})))
    return Setting(as_of=date.fromisoformat(as_of), stage=None, depth="full", policy=made, screening=screening)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: a case, and how a computed check comes out on it."""

    check: str
    when: str
    case: Case
    setting: Setting
    found: tuple[str, ...]
    """What is found, each as `outcome about on`; what is not said is left out."""
    values: dict[str, str] | None
    """The values of the first finding, where the table names them."""

    def __str__(self) -> str:
        return f"{self.check}: {self.when}"


def row(check: str, given: Mapping[str, Any]) -> Row:
    """One row of a table, as its file has it; with `screening: yes` as thousands are screened."""
    return Row(
        check=check,
        when=str(given.get("when", "")),
        case=_case(Text(f"{check}, {given.get('when', '')}", given)),
        setting=setting(given.get("policy"), screening=given.get("screening") == "yes"),
        found=tuple(given.get("found") or ()),
        values=dict(given["values"]) if given.get("values") else None,
    )


def rows(path: Path | str) -> list[Row]:
    """The rows of a file that holds tables by the id of their check. Raises InputError for what cannot be read."""
    text = load_yaml(Path(path))
    data = text.data or {}
    tables: list[tuple[str, Any]] = list(data.items()) if isinstance(data, dict) else [("", None)]
    for check, table in tables:
        if not isinstance(table, list) or not all(isinstance(one, dict) for one in table):
            what = "A file of tables has ids of checks, and under each a list of rows."
            raise InputError(Problem(text.name, text.line((check,)), check, what, "A row has when, found and a case."))
    return [row(check, one) for check, table in tables for one in table]
