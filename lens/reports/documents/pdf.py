"""PDF, laid out by Typst, which pip installs whole: tagged, in the page's direction, with every letter embedded."""

from __future__ import annotations

import json
import tempfile
from dataclasses import fields, replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lens.errors import LensError, MissingExtraError
from lens.reports.documents.fonts import Letters, letters_for
from lens.reports.documents.kinds import TEXTS, Kind, heading_of
from lens.reports.documents.plain import one_line, plain
from lens.reports.files import template_text
from lens.reports.prepare import prepare
from lens.reports.variables import Banner, ReportVariables

if TYPE_CHECKING:
    from lens.hooks.specs import ReportInput

_LAYOUT = "document.typ"
_LEFT_OUT = frozenset({"t", "language", "review", "style", "paragraphs"})


def write_pdf(given: ReportInput, kind: Kind) -> bytes:
    """The report, the brief on one page, or the action plan across the page."""
    try:
        import fontTools  # noqa: F401 - only whether it is there
        import typst
    except ImportError:
        raise MissingExtraError("A PDF", "pdf") from None

    variables = prepare(given)
    values = _values(given, variables, kind)
    own_words = "".join(values["texts"].values())
    letters = letters_for(_texts(values), own_words, given.language.code, given.templates)
    if letters.missing:
        variables = replace(variables, banners=(*variables.banners, _missing_signs(letters, given)))
        values = _shown(_values(given, variables, kind), letters.missing)
    values["fonts"] = list(letters.families)
    with tempfile.TemporaryDirectory() as folder:
        # It may read nothing but what is in this folder, which is the layout alone.
        layout = Path(folder) / _LAYOUT
        layout.write_text(template_text("office", _LAYOUT), "utf-8")
        try:
            return typst.compile(
                str(layout),
                root=folder,
                format="pdf",
                font_paths=list(letters.folders),
                ignore_system_fonts=not letters.from_machine,
                sys_inputs={"data": json.dumps(values, ensure_ascii=False)},
                package_path=folder,
                package_cache_path=folder,
                # A form for archives and one for screen readers. Both refuse a sign that has no letter.
                pdf_standards=["a-2a", "ua-1"],
                timestamp=datetime.combine(given.review.as_of, time(), UTC),
            )
        except typst.TypstError as reason:
            raise LensError(f"The PDF cannot be made: {reason.message}") from None


def _values(given: ReportInput, variables: ReportVariables, kind: Kind) -> dict[str, Any]:
    """All that the layout is given: texts and nothing else."""
    t = given.language
    told = {one.name: getattr(variables, one.name) for one in fields(variables) if one.name not in _LEFT_OUT}
    values: dict[str, Any] = plain(told, t.direction)
    return {
        **values,
        "kind": kind,
        "heading": one_line(heading_of(kind, variables.title, t), t.direction),
        "foot": one_line(variables.title, t.direction),
        "texts": {name: one_line(t.text(name), t.direction) for name in TEXTS},
        "language": t.code.partition("-")[0],
        "direction": t.direction,
        "day": [given.review.as_of.year, given.review.as_of.month, given.review.as_of.day],
    }


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for one in inner for text in _texts(one)]


def _missing_signs(letters: Letters, given: ReportInput) -> Banner:
    t = given.language
    example = _number(min(letters.missing))
    text = t.text("documents.missing-signs.text", count=len(letters.missing), example=example)
    return Banner("incomplete", "✕", t.text("documents.missing-signs.title"), text)


def _number(sign: str) -> str:
    return f"[U+{ord(sign):04X}]"


def _shown(value: Any, missing: frozenset[str]) -> Any:
    """The same with each sign that no font has as its number: told, and no box that could stand for anything."""
    if isinstance(value, str):
        return value.translate({ord(sign): _number(sign) for sign in missing})
    if isinstance(value, dict):
        return {key: _shown(one, missing) for key, one in value.items()}
    return [_shown(one, missing) for one in value] if isinstance(value, list) else value
