"""Renderers: a finished, redacted review as page, document, risk section, JSON and table. Nothing is decided here."""

from __future__ import annotations

import copy
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from lens.errors import LensError, near
from lens.hooks.specs import Renderer, ReportInput
from lens.reports.translated import in_language
from lens.writing import put_files

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from lens.hooks.registry import Registry
    from lens.languages.language import Language
    from lens.reports.documents.kinds import Kind
    from lens.reviews.model import Review

_OPEN_AUDIENCES = frozenset({"public", "counterpart"})


# What a format needs is imported when it is asked for: a run that writes JSON loads no template engine.
def _page(name: str) -> Callable[[ReportInput], str]:
    def render(given: ReportInput) -> str:
        from lens.reports.pages import page

        return page(given, name)

    return render


def _json(given: ReportInput) -> str:
    from lens.reports.saved import write_json

    return write_json(given)


def _csv(given: ReportInput) -> str:
    from lens.reports.actions_file import write_csv

    return write_csv(given)


def _sarif(given: ReportInput) -> str:
    from lens.reports.sarif import write_sarif

    return write_sarif(given)


def _junit(given: ReportInput) -> str:
    from lens.reports.junit import write_junit

    return write_junit(given)


def _docx(kind: Kind) -> Callable[[ReportInput], bytes]:
    def render(given: ReportInput) -> bytes:
        from lens.reports.documents.word import write_docx

        return write_docx(given, kind)

    return render


def _pdf(kind: Kind) -> Callable[[ReportInput], bytes]:
    def render(given: ReportInput) -> bytes:
        from lens.reports.documents.pdf import write_pdf

        return write_pdf(given, kind)

    return render


def _register(given: ReportInput) -> bytes:
    from lens.reports.documents.register import write_register

    return write_register(given)


RENDERERS: list[Renderer] = [
    Renderer("html", "report.html", _page("report.html")),
    Renderer("markdown", "report.md", _page("report.md")),
    Renderer("json", "review.json", _json, for_people=False),
    Renderer("csv", "actions.csv", _csv),
    Renderer("brief", "brief.html", _page("brief.html")),
    Renderer("brief-markdown", "brief.md", _page("brief.md")),
    Renderer("risk-section", "risk-section.html", _page("risk-section.html")),
    Renderer("risk-section-markdown", "risk-section.md", _page("risk-section.md")),
    Renderer("sarif", "review.sarif", _sarif),
    Renderer("junit", "review.junit.xml", _junit),
    Renderer("docx", "report.docx", _docx("report")),
    Renderer("brief-docx", "brief.docx", _docx("brief")),
    Renderer("actions-docx", "actions.docx", _docx("actions")),
    Renderer("pdf", "report.pdf", _pdf("report")),
    Renderer("brief-pdf", "brief.pdf", _pdf("brief")),
    Renderer("actions-pdf", "actions.pdf", _pdf("actions")),
    Renderer("risk-register", "risk-register.xlsx", _register),
]
"""The core's formats, as they are registered through the hook `lens_renderers`."""

_CORE_NAMES = frozenset(one.name for one in RENDERERS)


def write(
    review: Review,
    folder: Path,
    formats: Sequence[str],
    language: Language,
    registry: Registry,
    templates: Path | None = None,
) -> tuple[Path, ...]:
    """Write a review into a folder, one file for each format; the files written, in that order.

    Every format is made before the first file is written, and each file is
    there whole or not at all. A format of a plugin that fails does not keep the others from being written. LensError
    names what could not be.
    """
    renderers = [_named(name, registry) for name in dict.fromkeys(formats)]
    given = _given(review, language, registry, templates)
    texts: dict[str, bytes] = {}
    failed = []
    for one in renderers:
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}", one.file_name) or one.file_name in texts:
            failed.append(f"{one.name} (its file cannot be called {one.file_name[:80]})")
        elif (text := _made(one, given)) is None:
            failed.append(one.name)
        else:
            texts[one.file_name] = text.encode() if isinstance(text, str) else text
    written = put_files(folder, texts, closed=review.audience not in _OPEN_AUDIENCES, option="--output")
    if failed:
        raise LensError(
            f"Could not be made: {', '.join(failed)}. Written all the same: {', '.join(texts) or 'nothing'}. "
            "`lens plugins` lists who gives a format."
        )
    return written


def render(
    review: Review,
    form: str,
    language: Language,
    registry: Registry,
    templates: Path | None = None,
) -> str | bytes:
    """A review in one format, as `write` would put it into a file: text, or bytes where the format is no text."""
    one = _named(form, registry)
    text = _made(one, _given(review, language, registry, templates))
    if text is None:
        raise LensError(f"Could not be made: {one.name}. `lens plugins` lists who gives a format.")
    return text


def _given(review: Review, language: Language, registry: Registry, templates: Path | None) -> ReportInput:
    checks = {name: one.check for name, one in registry.checks.items()}
    return ReportInput(review, checks, language, templates, registry.catalog)


def _named(name: str, registry: Registry) -> Renderer:
    found = registry.renderers.get(name)
    if found is None:
        known = tuple(registry.renderers)
        raise LensError(f'There is no format "{name[:40]}". {near(name, known)} Known: {", ".join(known)}.')
    return found


def _made(one: Renderer, given: ReportInput) -> str | bytes | None:
    """What a format gives, or None where it is a plugin's and fails in any way."""
    if one.for_people:
        given = in_language(given)
    if one.name in _CORE_NAMES:
        return one.render(given)
    # A copy: what a plugin does to it changes no other report.
    lent = replace(given, review=copy.deepcopy(given.review), checks=dict(given.checks), catalog=dict(given.catalog))
    try:
        made: Any = one.render(lent)
        if isinstance(made, (bytes, bytearray)):
            return bytes(made)
        return str.encode(made).decode() if isinstance(made, str) else None
    except KeyboardInterrupt:
        raise
    except BaseException:  # noqa: BLE001 - a plugin must not take a report down, exit included
        return None
