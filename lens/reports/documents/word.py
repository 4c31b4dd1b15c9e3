"""DOCX: a Word template is filled once, in a sandbox, and finished so that Word asks nothing when it is opened.

A user's own template is looked for first, by the same name. Its variables are those of the other templates.
"""

from __future__ import annotations

import dataclasses
import io
import re
from typing import TYPE_CHECKING, Any

from lens.errors import LensError, MissingExtraError
from lens.reports.documents.archive import check_template, settled
from lens.reports.documents.direction import set_direction
from lens.reports.documents.fit import shrink
from lens.reports.documents.kinds import Kind, heading_of, properties_of, tag_of
from lens.reports.documents.plain import one_line
from lens.reports.files import template_bytes
from lens.reports.prepare import prepare

if TYPE_CHECKING:
    from pathlib import Path

    from lens.hooks.specs import ReportInput
    from lens.languages.language import Language

_MAX_BYTES = 10_000_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_AROUND = frozenset({"header", "footer", "footnotes", "endnotes"})
# Numbers that Word gives paragraphs; in a loop of a user's template they would be given twice.
_NUMBERED = re.compile(r"\{http://schemas\.microsoft\.com/office/word/20\d\d/wordml\}(paraId|textId)")


def write_docx(given: ReportInput, kind: Kind) -> bytes:
    """The report, the brief or the action plan as a Word file."""
    try:
        from docxtpl import DocxTemplate
    except ImportError:
        raise MissingExtraError("A Word file", "office") from None

    name = f"{kind}.docx"
    own = _own(given.templates, name)
    variables = prepare(given)
    values = {field.name: getattr(variables, field.name) for field in dataclasses.fields(variables)}
    template = DocxTemplate(io.BytesIO(own or template_bytes("office", name)))
    try:
        template.render(values, _environment(given.language), autoescape=True)
    except Exception as reason:
        # A template of the user's can fail in any way; one of ours is not expected to, and shows where.
        if own is None or isinstance(reason, LensError):
            raise
        raise LensError(_said(reason, name, given.templates)) from None
    if own is None and kind == "brief":
        shrink(template.docx, variables)
    _finish(template.docx, given.language)
    made = io.BytesIO()
    template.docx.save(made)
    title = heading_of(kind, variables.title, given.language)
    return settled(made.getvalue(), {"docProps/core.xml": properties_of(title, given.language, given.review.as_of)})


def _own(folder: Path | None, name: str) -> bytes | None:
    """A Word template of the user's own, or None where there is none of that name."""
    if folder is None:
        return None
    if not folder.is_dir():
        raise LensError(f"There is no folder of templates at {folder}.")
    file = folder / name
    if not file.is_file():
        return None
    if file.stat().st_size > _MAX_BYTES:
        raise LensError(f"{name} cannot be used: it is larger than {_MAX_BYTES // 1_000_000} MB.")
    try:
        data = file.read_bytes()
    except OSError as reason:
        raise LensError(f"{file} cannot be read: {reason.strerror or type(reason).__name__}.") from None
    check_template(data, name)
    return data


def _environment(language: Language) -> Any:
    """The sandbox that Word templates are filled in: what it is given is text, and always escaped."""
    from jinja2 import FunctionLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment
    from markupsafe import Markup, escape

    direction = language.direction

    class Environment(ImmutableSandboxedEnvironment):
        def from_string(self, source: Any, *arguments: Any, **named: Any) -> Any:
            if isinstance(source, str) and re.search(r"\{%[-+]?\s*autoescape", source):
                raise LensError("A template may not switch escaping off.")
            return super().from_string(source, *arguments, **named)

    def as_text(value: Any) -> Any:
        # What is marked already is what a macro of the template laid out, and was escaped there.
        if isinstance(value, Markup):
            return value
        # docxtpl puts `{_{` and the like back into braces afterwards; a text that holds it stays as it is.
        return Markup(str(escape(one_line(str(value), direction))).replace("_", "&#95;"))  # noqa: S704 - escaped here

    # A template loads no other: what it names is not found, and that is said.
    nothing = FunctionLoader(lambda _: None)
    made = Environment(loader=nothing, undefined=StrictUndefined, autoescape=True, finalize=as_text)
    for name in ("safe", "urlize", "xmlattr", "tojson"):
        made.filters.pop(name)
    return made


def _said(reason: Exception, name: str, folder: Path | None) -> str:
    """What is wrong with a user's template. The words of the template engine hold no data."""
    from jinja2 import TemplateError

    what = str(reason) if isinstance(reason, TemplateError) else f"it failed ({type(reason).__name__})"
    return f"A template in {folder} cannot be used: {name}: {what}"


def _finish(document: Any, language: Language) -> None:
    """Direction and language, in the text and in the head and foot of each page."""
    parts = [document.element.body]
    # Looked up by what they are: docxtpl puts parts of its own in the place of the heads and feet of pages.
    parts += [
        one.target_part.element
        for one in document.part.rels.values()
        if not one.is_external and one.reltype.rpartition("/")[2] in _AROUND
    ]
    for part in parts:
        for element in part.iter():
            for name in [name for name in element.attrib if _NUMBERED.fullmatch(name)]:
                del element.attrib[name]
        set_direction(part, language.direction)
    for table in document.element.body.iter(f"{_W}tbl"):
        _set_widths(table)
    _set_language(document.styles.element, language)


def _set_widths(table: Any) -> None:
    """Widths for a table whose columns were made in a loop: the first as it says, or half wider than the others."""
    columns = table.findall(f"{_W}tblGrid/{_W}gridCol")
    width = table.find(f"{_W}tblPr/{_W}tblW")
    cells = [row.findall(f"{_W}tc/{_W}tcPr/{_W}tcW") for row in table.findall(f"{_W}tr")]
    is_fixed = width is not None and width.get(f"{_W}type") == "dxa" and len(columns) > 1
    if not is_fixed or not any(one.get(f"{_W}type") == "auto" for row in cells for one in row):
        return
    total = int(width.get(f"{_W}w"))
    said = cells[0][0] if cells and cells[0] else None
    first = int(total * 1.5 / (len(columns) + 0.5))
    if said is not None and said.get(f"{_W}type") == "dxa":
        first = int(said.get(f"{_W}w"))
    rest = (total - first) // (len(columns) - 1)
    for number, column in enumerate(columns):
        column.set(f"{_W}w", str(first if number == 0 else rest))
    for row in cells:
        for number, one in enumerate(row):
            one.set(f"{_W}w", str(first if number == 0 else rest))
            one.set(f"{_W}type", "dxa")


def _set_language(styles: Any, language: Language) -> None:
    """The language of the text, for spelling and for what reads it aloud."""
    which = "bidi" if language.direction == "rtl" else "eastAsia" if language.code[:2] in ("zh", "ja", "ko") else "val"
    for one in styles.iter(f"{_W}lang"):
        one.set(f"{_W}{which}", tag_of(language))
