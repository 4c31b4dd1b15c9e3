"""HTML and Markdown: a template lays out what was prepared. It is rendered once, in a sandbox, and data stays data.

A user's own templates are looked for first, by the same names; they can extend the core's as `core/report.html`.
"""

from __future__ import annotations

import dataclasses
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from lens.errors import LensError
from lens.reports import inert
from lens.reports.files import template_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from jinja2 import Environment

    from lens.hooks.specs import ReportInput

CORE = "core/"
STYLE = "report.css"
_MAX_BYTES = 1_000_000


def page(given: ReportInput, name: str) -> str:
    """A page by the name of its template: one HTML file that needs nothing from outside, or Markdown.

    `report`, the whole report; `brief`, one page for whoever decides; `risk-section`, paragraphs to paste.
    """
    from jinja2 import TemplateError

    from lens.reports.prepare import prepare

    variables = prepare(given, _style(given) if name.endswith(".html") else "")
    values = {field.name: getattr(variables, field.name) for field in dataclasses.fields(variables)}
    try:
        made = environment(given.templates, name, given.language.direction)
        return made.get_template(name).render(values)
    except TemplateError as reason:
        if given.templates is None:
            raise
        raise LensError(_said(reason, given.templates)) from None
    except Exception as reason:
        # A template of the user's can fail in any way; one of ours is not expected to, and shows where.
        if given.templates is None or isinstance(reason, LensError):
            raise
        raise LensError(_said(reason, given.templates)) from None


def _said(reason: Exception, folder: Path) -> str:
    """What is wrong with a user's template: where, and what the template engine says. Its words hold no data."""
    from jinja2 import TemplateError, TemplateSyntaxError

    where = ""
    step = reason.__traceback__
    while step is not None:
        name = step.tb_frame.f_code.co_filename
        if name.endswith((".html", ".md")):
            where = f"{name}, line {step.tb_lineno}"
        step = step.tb_next
    if isinstance(reason, TemplateSyntaxError):
        where = f"{reason.name or 'template'}, line {reason.lineno}"
    what = str(reason) if isinstance(reason, TemplateError) else f"it failed ({type(reason).__name__})"
    return f"A template in {folder} cannot be used: {where or 'report'}: {what}"


def _style(given: ReportInput) -> str:
    """The style sheet, with the marking of the audience for the head of each printed page."""
    css = _user_text(given.templates, STYLE)
    if css is None:
        css = template_text("report", STYLE)
    # An entity is not read in a style sheet, so its end tag is the one thing that may not stand there.
    if "</" in css:
        raise LensError(f"{STYLE} cannot be used: a style sheet may not hold `</`.")
    t = given.language
    words = t.text(f"marking.{given.review.audience}").partition(":")[0].partition(".")[0]
    if given.review.draft:
        words = f"{t.text('banner.draft.title')} · {words}"
    # Every sign as its number, so that no text can end the string.
    content = "".join(one if one.isalnum() and one.isascii() else f"\\{ord(one):06x}" for one in words)
    return f'{css}@page{{@top-right{{content:"{content}"}}}}\n'


def _user_text(folder: Path | None, name: str) -> str | None:
    """A file of the user's own templates, or None where there is none of that name."""
    from lens.readers.text import read_text

    if folder is None:
        return None
    if not folder.is_dir():
        raise LensError(f"There is no folder of templates at {folder}.")
    file = folder / name
    return read_text(file, str(file), limit=_MAX_BYTES) if file.is_file() else None


def environment(folder: Path | None, name: str, direction: str = "ltr") -> Environment:
    """The sandbox that templates are rendered in. The core's is made once; a user's folder is read anew each time."""
    form = "html" if name.endswith(".html") else "markdown"
    return _core_environment(form, direction) if folder is None else _environment(form, direction, folder)


@lru_cache(maxsize=4)
def _core_environment(form: str, direction: str) -> Environment:
    return _environment(form, direction, None)


def _environment(form: str, direction: str, folder: Path | None) -> Environment:
    return sandbox(lambda name: _load(name, folder), form, direction)


def sandbox(load: Callable[[str], tuple[str, str, None] | None], form: str, direction: str = "ltr") -> Environment:
    """A sandbox for templates that `load` finds by name, of the form `html` or `markdown`; all they show is escaped."""
    from jinja2 import FunctionLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    made = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(load),
        undefined=StrictUndefined,
        # Our own rule: always escaped, whatever a file is called. Markdown has its own way of it, in `finalize`.
        autoescape=True,
        finalize=_for_markdown if form != "html" else _for_html if direction == "ltr" else _for_html_from_right,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        # Ours are compiled once for each run; that is slower with a cache on disk, which others could also write to.
        bytecode_cache=None,
    )
    # Nothing that a template is given is markup already, so there is nothing to declare free of danger.
    made.filters.pop("safe")
    made.filters["raw_style"] = _raw_style
    return made


def _load(name: str, folder: Path | None) -> tuple[str, str, None] | None:
    """A template by name: the user's own first, then the core's; `core/…` always means the core's.

    A name is a plain file name: a template reaches no other folder.
    """
    plain = name.removeprefix(CORE)
    if not re.fullmatch(r"[A-Za-z0-9_-]+\.[a-z]+", plain):
        return None
    own = _user_text(folder, name) if plain == name else None
    if own is not None:
        if re.search(r"\{%[-+]?\s*autoescape", own):
            raise LensError(f"{name} cannot be used: a template may not switch escaping off.")
        return own, name, None
    try:
        return template_text("report", plain), f"{CORE}{plain}", None
    except FileNotFoundError:
        return None


def _for_html(value: Any) -> Any:
    """Text without control signs; the environment escapes it after this."""
    return inert.clean(value) if type(value) is str else value


def _for_html_from_right(value: Any) -> Any:
    """The same in a page that reads from right to left, where dates must be held together."""
    return inert.dates_kept(inert.clean(value)) if type(value) is str else value


def _for_markdown(value: Any) -> Any:
    """Text as Markdown that shows it as it is; marked as done, so that it is not escaped as HTML after this."""
    from markupsafe import Markup

    # What is marked already is what a macro of the template laid out, and was escaped there.
    return value if isinstance(value, Markup) else Markup(inert.markdown(str(value)))  # noqa: S704 - escaped here


def _raw_style(text: str) -> Any:
    """The style sheet as it is; it is ours or the user's, never data, and cannot end its element."""
    from markupsafe import Markup

    if "</" in text:
        raise LensError("A style sheet may not hold `</`.")
    return Markup(text)  # noqa: S704 - see above
