"""The first sheet: what this is, how to fill it in, what stands where; and what the import must know."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lens.office.workbook import layout

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lens.languages.language import Language

FORM_LABEL = "form of this workbook"
KIND, LANGUAGE, DAY, PARTS, DIGESTS = "kind", "language", "made on", "parts", "state of the files"
_HOW = 8


@dataclass(frozen=True, slots=True)
class Facts:
    """What the import must know of how a workbook was made."""

    kind: str
    """case or restricted."""
    language: str
    as_of: str
    parts: tuple[str, ...]
    """The parts that the case had, also where they were empty."""
    digests: Mapping[str, str]
    """What each part was known by."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """How many rows each sheet had."""
    form: int = layout.FORM


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the guide."""

    kind: str
    """title, marking, head, text, sheet or fact."""
    texts: tuple[str, ...]


def lines(facts: Facts, t: Language) -> list[Line]:
    """The rows of the guide, in a language."""
    is_case = facts.kind == "case"
    marking = t.text("marking.internal" if is_case else "marking.restricted")
    made = [
        Line("title", (t.text("workbook.title" if is_case else "workbook.names.title"),)),
        Line("marking", (marking,)),
        Line("text", ("", t.text("workbook.what" if is_case else "workbook.names.what"))),
        Line("head", (t.text("workbook.how"),)),
    ]
    steps = [f"workbook.how.{number}" for number in range(1, _HOW + 1)] if is_case else ["workbook.names.how"]
    made += [Line("text", (f"{number}.", t.text(name))) for number, name in enumerate(steps, 1)]
    made.append(Line("head", (t.text("workbook.sheets"), "", t.text("workbook.rows"))))
    made += [Line("sheet", (name, what, str(facts.counts.get(name, "")))) for name, what in _sheets(facts)]
    made.append(Line("head", (t.text("workbook.facts"),)))
    return made + [Line("fact", one) for one in _facts(facts)]


def _sheets(facts: Facts) -> Sequence[tuple[str, str]]:
    if facts.kind != "case":
        return [(layout.NAMES, "Who and where the references of the case are.")]
    told = {one.name: one.what for one in layout.FORMS} | {one.name: one.what for one in layout.TABLES}
    told[layout.MORE] = "Evidence after the first piece: of a factor, an inhibitor or an answer."
    told[layout.WORDS] = "What the words of the drop-downs and the numbers of the lists mean."
    found = [(name, told[name]) for name in layout.ORDER[1:]]
    if layout.PUBLISHED in facts.counts:
        found.insert(-1, (layout.PUBLISHED, "What only published data has. Nobody types here."))
    return found


def _facts(facts: Facts) -> Sequence[tuple[str, str]]:
    return [
        (FORM_LABEL, str(facts.form)),
        (KIND, facts.kind),
        (LANGUAGE, facts.language),
        (DAY, facts.as_of),
        (PARTS, "; ".join(facts.parts)),
        (DIGESTS, "; ".join(f"{name} {one}" for name, one in facts.digests.items())),
    ]


def facts_of(rows: Sequence[tuple[int, Sequence[str]]]) -> Facts | None:
    """What a guide says of how its workbook was made; None where it does not say which form it has."""
    said = {row[0].strip(): row[1].strip() for _, row in rows if len(row) > 1 and row[0].strip()}
    form = said.get(FORM_LABEL, "")
    if not form.isdigit():
        return None
    counts = {row[0].strip(): int(row[2]) for _, row in rows if len(row) > 2 and row[2].strip().isdigit()}
    digests = (one.strip().partition(" ") for one in said.get(DIGESTS, "").split(";"))
    return Facts(
        kind=said.get(KIND, "case"),
        language=said.get(LANGUAGE, "en"),
        as_of=said.get(DAY, ""),
        parts=tuple(one.strip() for one in said.get(PARTS, "").split(";") if one.strip()),
        digests={name: mark for name, _, mark in digests if name},
        counts=counts,
        form=int(form),
    )
