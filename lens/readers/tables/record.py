"""One row of a table as a published record: what its layout names, and nothing else of it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from lens.cases.annex import Annex
from lens.cases.program import Activity, Program, Sector
from lens.cases.published import Marker, Published, Related
from lens.catalog.country_names import country_of
from lens.errors import Problem
from lens.readers.iati.absent import left_out_of
from lens.readers.iati.notes import Notes
from lens.readers.iati.texts import cleaned, compared, is_placeholder, one_line
from lens.readers.iati.values import identifier
from lens.readers.iati.vocab import STAGES
from lens.readers.published import PublishedActivity
from lens.readers.tables.bodies import LOCAL, partners
from lens.readers.tables.cells import code, day, is_rounded, year
from lens.readers.tables.money import budgets, flows, transactions
from lens.readers.tables.row import Cells, looked_up
from lens.readers.tables.sectors import sectors_of
from lens.readers.tables.where import where

if TYPE_CHECKING:
    from datetime import date

    from lens.readers.published import Exposed
    from lens.readers.tables.row import Frame
    from lens.readers.tables.rows import Row

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}")
_HUMANITARIAN = ("72", "700")
"""Emergency response, and the main sector of humanitarian aid."""


def read_row(row: Row, frame: Frame, file: str) -> PublishedActivity:
    """Read one row. What cannot be read is a note; nothing in a row stops the reading."""
    notes = Notes()
    for note in (*frame.notes, *row.notes):
        notes.add(note)
    if len(row.cells) < frame.width and not frame.sheet:
        notes.add("row-short")
    cells = Cells(frame, row.cells, notes)
    layout = frame.layout
    title, description, length = _texts(cells)
    start, end = _dates(cells)
    place = where(cells)
    names = dict(place.names)
    sectors, others = sectors_of(cells)
    bodies = partners(cells, names)
    money = flows(cells, *place.only(), "" if others else _only(sectors))
    humanitarian = True if any(one.startswith(_HUMANITARIAN) for one in sectors) else None
    status = cells.value(layout.status)
    found = identifier(_joined(cells, layout.identifier))
    parent = code(cells.text(layout.parent))
    program = Program(
        id=found,
        title=title,
        description=description,
        stage=STAGES.get(status),
        flags=("humanitarian",) if humanitarian else (),
        start=start,
        end=end,
        places=place.places,
        sectors=tuple(Sector(code=one) for one in sectors),
        budgets=budgets(money),
        partners=bodies,
        activities=(
            Activity(
                id="activity:1",
                title=title,
                description=description,
                places=tuple(one.id for one in place.places),
                partners=tuple(one.id for one in bodies),
                start=start,
                end=end,
            ),
        ),
    )
    published = Published(
        standard=layout.standard,
        publisher=layout.publisher,
        updated=_updated(cells),
        languages=(layout.language,) if layout.language else (),
        text_length=length,
        humanitarian=humanitarian,
        status=status,
        regions=place.regions,
        sectors_from="activity" if sectors else "",
        countries_from="activity" if place.countries else "",
        markers=_markers(cells),
        other_sectors=others,
        flow_types=_some(cells.value(layout.flow_type)),
        finance_types=_some(cells.value(layout.finance_type)),
        aid_types=_some(cells.value(layout.aid_type)),
        transactions=transactions(money),
        related=(Related(kind="1", ref=parent),) if parent and parent != found else (),
    )
    problems = () if found else (_nameless(row, frame, file, notes),)
    program = replace(
        program, published=replace(published, not_published=left_out_of(program, published), notes=notes.done())
    )
    return PublishedActivity(
        identifier=found,
        program=program,
        annex=Annex(names=names),
        line=row.line,
        problems=problems,
        flows=money,
        donor=_donor(cells),
        belongs_to=_joined(cells, layout.program or layout.identifier),
        set_aside=_set_aside(cells),
        exposes=_exposes(cells, sum(one.kind in LOCAL for one in bodies)),
    )


def _joined(cells: Cells, columns: tuple[str, ...]) -> str:
    """The codes of columns, joined by a dash; empty where one was rounded, since it stands for several."""
    parts = [code(cells.text(name)) for name in columns]
    return "" if any(map(is_rounded, parts)) else "-".join(filter(None, parts))


def _nameless(row: Row, frame: Frame, file: str, notes: Notes) -> Problem:
    notes.add("identifier-missing")
    cells = Cells(frame, row.cells, notes)
    rounded = any(is_rounded(code(cells.text(name))) for name in frame.layout.identifier)
    if rounded:
        notes.add("identifier-rounded")
    where_ = f"{frame.sheet}, {frame.layout.identifier[0]}" if frame.sheet else frame.layout.identifier[0]
    if rounded:
        what = "This row's identifier was shortened as a number, such as 2.02E+09, so that others look the same."
        return Problem(file, row.line, where_, what, "Take the file as published, not one saved by a spreadsheet.")
    what = "This row has no identifier."
    return Problem(file, row.line, where_, what, "Without one, it cannot be told from others.")


def _texts(cells: Cells) -> tuple[str, str, int]:
    """Title, description, and the characters of description that are neither a stand-in nor the title again."""
    layout, notes = cells.frame.layout, cells.notes
    named = [one_line(cleaned(cells.raw(name), notes)) for name in layout.title if cells.text(name)]
    title = next((one for one in named if not is_placeholder(one)), "")
    if named and not title:
        notes.add("title-placeholder")
    told = [cleaned(cells.raw(name), notes) for name in layout.descriptions if cells.text(name)]
    texts = [one for one in told if not is_placeholder(one)]
    notes.add("description-placeholder", count=len(told) - len(texts))
    kept: list[str] = []
    for text in texts:
        if not _said(text, [title, *kept, *(one for one in texts if len(one) > len(text))]):
            kept.append(text)
    if texts and not kept:
        notes.add("description-equals-title")
        return title, texts[0], 0
    return title, "\n".join(kept), sum(map(len, kept))


def _said(text: str, others: list[str]) -> bool:
    """Whether a text is one of the others, or the beginning of one: tables cut titles short, and tell them again."""
    beginning = compared(text).rstrip(".\u2026 ")
    return any(compared(other).startswith(beginning) for other in others if other)


def _dates(cells: Cells) -> tuple[date | None, date | None]:
    from datetime import date

    layout = cells.frame.layout
    start, end = _day(cells, layout.start), _day(cells, layout.end)
    if start is None and (found := year(cells.text(layout.start_year))):
        cells.notes.add("date-from-year")
        start = date(found, 1, 1)
    if end is None and (found := year(cells.text(layout.end_year))):
        cells.notes.add("date-from-year")
        end = date(found, 12, 31)
    if start and end and end < start:
        cells.notes.add("date-end-before-start")
    return start, end


def _day(cells: Cells, columns: tuple[str, ...]) -> date | None:
    for name in columns:
        text = cells.text(name)
        if not text:
            continue
        if found := day(text, cells.frame.layout.days):
            return found
        cells.notes.add("date-unreadable")
    return None


def _updated(cells: Cells) -> str:
    text = cells.text(cells.frame.layout.updated)
    found = day(text, cells.frame.layout.days) if text else None
    if text and found is None:
        cells.notes.add("record-date-unreadable")
    return found.isoformat() if found else ""


def _markers(cells: Cells) -> tuple[Marker, ...]:
    """The policy markers whose cells are filled: 0 says screened and not targeted, a blank says nothing."""
    found = []
    for column, marker in cells.frame.layout.markers.items():
        given = code(cells.text(column))
        if not given:
            continue
        if given in ("0", "1", "2", "3", "4"):
            found.append(Marker(code=marker, significance=given))
        else:
            cells.notes.add("marker-significance-odd", given)
            found.append(Marker(code=marker))
    return tuple(found)


def _donor(cells: Cells) -> str:
    donor = cells.frame.layout.donor
    if donor.always:
        return donor.always
    country = country_of(cells.text(donor.country)) if donor.country else None
    given = code(cells.text(donor.code))
    return country or (donor.prefix + given if _CODE.fullmatch(given) else "")


def _set_aside(cells: Cells) -> str:
    for one in cells.frame.layout.set_aside:
        if found := looked_up(dict(one.values), code(cells.text(one.column))):
            return found
    return ""


def _exposes(cells: Cells, local: int) -> dict[Exposed, int]:
    """How often a row gives people, places or local bodies away, by kind; what it says of them is not kept."""
    found: dict[Exposed, int] = {}
    for kind, columns in sorted(cells.frame.layout.exposes.items()):
        number = sum(len([part for part in cells.parts(name, "|") if part]) for name in columns)
        if number:
            found[kind] = number
    if local:
        found["named-local-body"] = found.get("named-local-body", 0) + local
    return found


def _only(codes: tuple[str, ...]) -> str:
    return codes[0] if len(codes) == 1 else ""


def _some(value: str) -> tuple[str, ...]:
    return (value,) if value and _CODE.fullmatch(value) else ()
