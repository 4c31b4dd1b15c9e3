"""HTML and Markdown of a portfolio: what is laid out, in the order in which it is read; what is not known first."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from lens.languages.language import english
from lens.portfolio.report.blocks import Block, ClassShown, block_of, classes_shown
from lens.portfolio.report.drawn import figures_of
from lens.portfolio.report.given import text_of
from lens.portfolio.report.glance import CANNOT_TELL, not_known
from lens.portfolio.report.plain import position
from lens.reports.files import template_text
from lens.reports.pages import sandbox

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Environment

    from lens.portfolio.analysis.tables import Table
    from lens.portfolio.report.figure import Figure
    from lens.portfolio.report.given import Shown

CLASSES = ("look first", "look", CANNOT_TELL, "watch")
"""The classes, in the order in which they are told."""

SECTIONS: Mapping[str, tuple[str, ...]] = {
    "not-known": (
        *("places_given", "coverage_by_check", "missing_by_publisher", "not_asked", "coverage_by_publisher"),
        *("not_read", "faults", "inputs"),
    ),
    "classes": ("programs", "rules", "concerns"),
    "money": (
        *("money_by_kind", "largest_records", "counted_twice", "money_by_year", "money_flows", "money_by_country"),
        *("money_by_sector", "money_by_factor", "money_by_inhibitor", "money_by_harm_path", "money_converted"),
        *("sector_effects", "money_by_body", "local_share", "contributions"),
    ),
    "side-by-side": ("comparability", "donors", "donors_converted", "donors_by_factor"),
    "gaps": ("orphan_risks", "unfunded_inhibitors"),
    "reviewed": ("reviews_matched", "reviewed", "reviewed_money"),
    "exposure": ("exposure", "exposure_listing"),
}
"""The tables of each section; any other comes in a section of its own at the end, so that none is lost."""

_MOST = {"html": 200, "md": 40}
_BY_ENTRY = frozenset({"money_by_factor", "money_by_inhibitor", "money_by_harm_path", "money_converted"})
"""Tables with a row for each entry of a list, kind of money and currency: cut short, they would end in the middle."""
_LONGER = 3
"""So many times as many rows are shown of these."""
_PLACES = {
    "csv": "csv/{name}.csv",
    "parquet": "parquet/{name}.parquet",
    "duckdb": "portfolio.duckdb, table {name}",
    "xlsx": "portfolio.xlsx, sheet {name}",
}


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page; its words are in the template."""

    id: str
    blocks: tuple[Block, ...] = ()
    classes: tuple[ClassShown, ...] = ()
    class_help: str = ""
    """What the column of classes means."""
    figures: tuple[Figure, ...] = ()
    left: tuple[str, ...] = ()
    """Pictures that could not be drawn, and why."""


@dataclass(frozen=True, slots=True)
class PageVariables:
    """What the templates of a portfolio's report are given."""

    title: str
    marking: str
    audience: str
    as_of: str
    version: str
    facts: tuple[tuple[str, str], ...]
    not_known: tuple[str, ...]
    """What comes before everything else."""
    summary: Block | None
    sections: tuple[Section, ...]
    style: str
    language: str = "en"


def page(shown: Shown, name: str) -> str:
    """A page by the name of its template: one HTML file that needs nothing from outside, or Markdown."""
    form = name.rpartition(".")[2]
    variables = prepare(shown, _MOST[form], with_figures=form == "html")
    values = {one.name: getattr(variables, one.name) for one in dataclasses.fields(variables)}
    return _environment(form).get_template(name).render(values)


def prepare(shown: Shown, most: int, *, with_figures: bool) -> PageVariables:
    """Everything a template of the report can use; no table has more than `most` rows, no class either.

    Tables by entry have a few times as many.
    """
    t = english()
    tables = {one.name: one for one in shown.tables}
    summary = tables.pop("summary", None)
    sections = []
    placed = {name for names in SECTIONS.values() for name in names}
    rest = tuple(name for name in tables if name not in placed)
    for section, names in {**SECTIONS, "other": rest}.items():
        blocks: list[Block] = []
        classes: tuple[ClassShown, ...] = ()
        for name in names:
            table = tables.get(name)
            if table is None:
                continue
            if name == "programs" and position(table, "class") is not None:
                classes = classes_shown(table, CLASSES, most, files_of(name, shown.formats), _words(shown))
            else:
                rows = most * _LONGER if name in _BY_ENTRY else most
                blocks.append(block_of(table, rows, files_of(name, shown.formats)))
        figures, left = figures_of(shown, section) if with_figures and blocks else ((), ())
        if blocks or classes:
            told = _class_help(tables["programs"]) if classes else ""
            sections.append(Section(section, tuple(blocks), classes, told, figures, left))
    return PageVariables(
        title="A portfolio through the atrocity prevention lens",
        marking=t.text(f"marking.{shown.audience}"),
        audience=shown.audience,
        as_of=shown.as_of,
        version=shown.version,
        facts=shown.facts,
        not_known=not_known(shown, {one.name: one.block.total for part in sections for one in part.classes}),
        summary=_summary(summary, most, files_of("summary", shown.formats)) if summary else None,
        sections=tuple(sections),
        style=_style(),
    )


def _words(shown: Shown) -> dict[str, str]:
    """Ids of rules and checks in words: sentences of rules, titles of checks."""
    found: dict[str, str] = {}
    for name, id_column, text_column in (("rules", "rule", "sentence"), ("coverage_by_check", "check", "title")):
        table = shown.table(name)
        at, text = position(table, id_column), position(table, text_column)
        if table is not None and at is not None and text is not None:
            titled = name == "coverage_by_check"
            for row in table.rows():
                if said := text_of(row[text]).rstrip("."):
                    found[text_of(row[at])] = f"“{said}”" if titled else said
    return found


def _summary(table: Table, most: int, files: str) -> Block:
    """The summary with what there is; what was looked for, and is none, is told in its text."""
    number, item, meaning = (position(table, name) for name in ("number", "item", "meaning"))
    if number is None or item is None or meaning is None:
        return block_of(table, most, files)
    rows = list(table.rows())
    none = [_looked_for(text_of(row[item]), text_of(row[meaning])) for row in rows if not row[number]]
    told = f"{table.help} Looked for, and none: {'; '.join(none)}." if none else table.help
    kept = [row for row in rows if row[number]]
    return block_of(dataclasses.replace(table, help=told, rows=lambda: iter(kept)), most, files)


def _looked_for(item: str, meaning: str) -> str:
    """What was looked for, in few words."""
    return item if item.startswith("class ") else meaning.partition(":")[0]


def _class_help(programs: Table) -> str:
    return next(column.help for column in programs.columns if column.name == "class")


def files_of(table: str, formats: tuple[str, ...]) -> str:
    """Where all rows of a table are, of what is written along; empty where nowhere."""
    return " and ".join(_PLACES[one].format(name=table) for one in formats if one in _PLACES)


@lru_cache(maxsize=1)
def _style() -> str:
    return template_text("report", "report.css") + template_text("portfolio", "portfolio.css")


@lru_cache(maxsize=2)
def _environment(form: str) -> Environment:
    return sandbox(_load, "html" if form == "html" else "markdown")


def _load(name: str) -> tuple[str, str, None]:
    return template_text("portfolio", name), name, None
