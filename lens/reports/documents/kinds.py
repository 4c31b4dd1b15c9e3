"""The three documents that exist as Word and PDF, and what is said on each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from lens.languages.language import Language

Kind = Literal["report", "brief", "actions"]

TEXTS = (
    *("brief.dissent.title", "brief.going-on", "brief.not-known", "brief.options", "brief.options.none"),
    *("brief.sought", "brief.withholding", "brief.worrying", "documents.contents", "finding.more"),
    *("matrix.column", "section.actions", "section.actions.none", "section.context", "section.decisions"),
    *("section.decisions.text", "section.empty", "section.findings", "section.glance", "section.legend"),
    *("section.limits", "section.limits-of-review", "section.matrix", "section.matrix.none", "section.matrix.text"),
    *("section.next", "section.next.text", "section.not-asked", "section.not-asked.none", "section.not-checked"),
    *("section.not-checked.none", "section.notes", "section.packs-missing", "section.program", "section.provenance"),
    *("section.unused", "section.why"),
)
"""The texts of the language file that the layout itself says."""


def heading_of(kind: Kind, title: str, language: Language) -> str:
    """What a document is called: in its properties, on its title line, in the list of open windows."""
    names = {"report": "report.title", "brief": "brief.title", "actions": "documents.actions.title"}
    return language.text(names[kind], title=title)


def tag_of(language: Language) -> str:
    """The language as Word, Excel and PDF want it named: with a country where they know it by one."""
    countries = {"en": "en-US", "fr": "fr-FR", "es": "es-ES", "ar": "ar-SA", "zh": "zh-CN", "id": "id-ID"}
    return countries.get(language.code, language.code)


def properties_of(title: str, language: Language, day: date) -> bytes:
    """Title and language of a Word or Excel file. Its only date is the day the review speaks of, at no hour."""
    from xml.sax.saxutils import escape

    from lens.reports.documents.plain import one_line

    stamp = f"{day.isoformat()}T00:00:00Z"
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(one_line(title))}</dc:title><dc:creator>lens</dc:creator>"
        f"<dc:language>{escape(tag_of(language))}</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{stamp}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{stamp}</dcterms:modified></cp:coreProperties>'
    ).encode()
