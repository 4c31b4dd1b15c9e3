"""One `iati-activity` element as a Program, its annex, and what was met on the way.

Structure is read by what is there, never by the version number. `contact-info` is never looked into.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from lens.cases.annex import Annex, Identity
from lens.cases.program import Activity, Program
from lens.cases.published import Published
from lens.errors import Problem
from lens.readers.iati.absent import left_out
from lens.readers.iati.geography import Geography
from lens.readers.iati.money import read_budgets
from lens.readers.iati.notes import Notes
from lens.readers.iati.partners import Bodies
from lens.readers.iati.sectors import Sectors
from lens.readers.iati.statements import (
    read_conditions,
    read_dates,
    read_markers,
    read_related,
    read_results,
    read_status,
)
from lens.readers.iati.texts import XML_LANG, language, name_of, read_texts
from lens.readers.iati.transactions import Ledger
from lens.readers.iati.values import currency, day, flag, identifier, plain
from lens.readers.iati.vocab import STAGES, VERSIONS
from lens.readers.published import PublishedActivity

if TYPE_CHECKING:
    from lxml.etree import _Element

REQUIRED = (
    "reporting-org",
    "iati-identifier",
    "title",
    "description",
    "participating-org",
    "activity-status",
)


class _Parts:
    """The children of an activity by tag; foreign ones have a namespace in theirs and are never asked for."""

    __slots__ = ("_found",)

    def __init__(self, activity: _Element) -> None:
        self._found: dict[str, list[_Element]] = {}
        for child in activity:
            self._found.setdefault(child.tag, []).append(child)

    def all(self, tag: str) -> list[_Element]:
        return self._found.get(tag, [])

    def first(self, tag: str) -> _Element | None:
        found = self._found.get(tag)
        return found[0] if found else None

    def __contains__(self, tag: str) -> bool:
        return tag in self._found


def identifier_of(activity: _Element) -> str:
    """Return the identifier of an activity element, white space made single spaces; empty if it has none."""
    return identifier(activity.findtext("iati-identifier"))


def default_language(activity: _Element) -> str:
    """Return the language of texts that name none: the activity's, else the file's; empty if neither says."""
    return language(activity.get(XML_LANG) or _inherited(activity, XML_LANG))


def line_of(activity: _Element, before: int = 0) -> int:
    """Return the line an activity begins on; 0 where unknown. `before` is how many lines stand before its document."""
    line = cast("int | None", activity.sourceline)
    return line + before if line else 0


def last_updated(activity: _Element) -> str:
    """When the record was last changed, as written."""
    return (activity.get("last-updated-datetime") or "").strip()


def read_element(activity: _Element, file: str, before: int = 0, met: tuple[str, ...] = ()) -> PublishedActivity:
    """Read one activity element. What cannot be read is a note; nothing in an activity stops the reading.

    `before` is how many lines of the file stand before the document the element is in; `met` are notes that were
    made on the way to it.
    """
    notes = Notes()
    for code in met:
        notes.add(code)
    names: dict[str, Identity] = {}
    parts = _Parts(activity)
    default = default_language(activity)
    money = currency(activity.get("default-currency") or _inherited(activity, "default-currency"))
    publisher = parts.first("reporting-org")

    texts = read_texts(parts.all("title"), parts.all("description"), default, notes)
    start, end = read_dates(parts.all("activity-date"), notes)
    bodies = Bodies(default, notes)
    bodies.take_part(parts.all("participating-org"), publisher)
    ledger = Ledger(money, bodies, notes)
    ledger.read(parts.all("transaction"))
    for planned in parts.all("planned-disbursement"):
        notes.add("planned-disbursements")
        if (receiver := planned.find("receiver-org")) is not None:
            bodies.receive(receiver)
    partners = bodies.done(names)
    sectors = _sectors(parts, ledger, notes)
    geography = _geography(parts, ledger, default, notes, names)
    budgets = read_budgets(parts.all("budget"), money, notes)
    humanitarian = _humanitarian(activity, ledger, notes)
    places = geography.done()
    found = identifier_of(activity)
    status = read_status(parts.all("activity-status"), notes)

    program = Program(
        id=found,
        title=texts.title,
        description=texts.description,
        stage=STAGES.get(status),
        flags=("humanitarian",) if humanitarian else (),
        start=start,
        end=end,
        places=places,
        sectors=sectors.done(),
        budgets=budgets,
        partners=partners,
        activities=(
            Activity(
                id="activity:1",
                title=texts.title,
                description=texts.description,
                places=tuple(place.id for place in places),
                partners=tuple(partner.id for partner in partners),
                start=start,
                end=end,
            ),
        ),
    )
    attached, conditions = read_conditions(parts.all("conditions"), notes)
    results, indicators, by_sex = read_results(parts.all("result"))
    published = Published(
        standard="IATI",
        version=_version(activity, notes),
        publisher=_publisher(publisher, found, default, notes),
        updated=_updated(activity, notes),
        languages=tuple(sorted({*texts.languages, *filter(None, (default,))})),
        text_length=texts.length,
        humanitarian=humanitarian,
        status=status,
        hierarchy=plain(activity.get("hierarchy")),
        regions=geography.regions(),
        sectors_from=sectors.said_by(),
        countries_from=geography.said_by(),
        points=geography.points,
        markers=read_markers(parts.all("policy-marker"), notes),
        other_sectors=sectors.others(),
        conditions_attached=attached,
        conditions=conditions,
        results=results,
        indicators=indicators,
        disaggregated_by_sex=by_sex,
        documents=len(parts.all("document-link")),
        transactions=ledger.done(),
        related=read_related(parts.all("related-activity"), notes),
    )
    problems = _check_identifier(activity, found, file, before, notes)
    for tag in REQUIRED:
        if tag not in parts:
            notes.add("required-missing", tag)
    published = replace(published, not_published=left_out(program, published), notes=notes.done())
    return PublishedActivity(
        identifier=found,
        program=replace(program, published=published),
        annex=Annex(names=names),
        line=line_of(activity, before),
        problems=problems,
    )


def _inherited(activity: _Element, attribute: str) -> str | None:
    return next((found for above in activity.iterancestors() if (found := above.get(attribute))), None)


def _sectors(parts: _Parts, ledger: Ledger, notes: Notes) -> Sectors:
    sectors = Sectors(notes)
    sectors.of_activity(parts.all("sector"))
    sectors.of_transactions(ledger.sectors.values())
    return sectors


def _geography(parts: _Parts, ledger: Ledger, default: str, notes: Notes, names: dict[str, Identity]) -> Geography:
    geography = Geography(default, notes, names)
    geography.of_activity(parts.all("recipient-country"), parts.all("recipient-region"))
    geography.of_transactions(ledger.countries, ledger.regions)
    geography.locations(parts.all("location"))
    return geography


def _humanitarian(activity: _Element, ledger: Ledger, notes: Notes) -> bool | None:
    """Return the flag of the activity or of any of its transactions; None where neither has one."""
    given = activity.get("humanitarian")
    own = flag(given)
    if own is None and given is not None and given.strip():
        notes.add("flag-unreadable")
    if ledger.humanitarian and not own:
        notes.add("humanitarian-from-transactions")
        return True
    return ledger.humanitarian if own is None else own


def _version(activity: _Element, notes: Notes) -> str:
    """Return the version as written on the activity, under a prefix or not, else on what is around it."""
    given = activity.get("version") or next(
        (str(value) for name, value in activity.attrib.items() if str(name).endswith("}version")), None
    )
    version = plain(given or _inherited(activity, "version"))
    if not version:
        notes.add("version-missing")
    elif version not in VERSIONS:
        notes.add("version-unknown", version)
    return version


def _publisher(element: _Element | None, found: str, default: str, notes: Notes) -> str:
    """Return the publisher's reference."""
    if element is None:
        return ""
    ref = identifier(element.get("ref"))
    if not name_of(element, default):
        notes.add("reporting-unnamed")
    if flag(element.get("secondary-reporter")):
        notes.add("secondary-reporter")
    if ref and found and not found.casefold().startswith(ref.casefold()):
        notes.add("identifier-foreign")
    return ref


def _updated(activity: _Element, notes: Notes) -> str:
    given = last_updated(activity)
    found = day(given)
    if given and found is None:
        notes.add("record-date-unreadable")
    return found.isoformat() if found else ""


def _check_identifier(activity: _Element, found: str, file: str, before: int, notes: Notes) -> tuple[Problem, ...]:
    if not found:
        notes.add("identifier-missing")
        what = "This activity has no identifier."
        fix = "Ask the publisher for one; without it, the activity cannot be told from others."
        return (Problem(file, line_of(activity, before), "iati-identifier", what, fix),)
    written = activity.findtext("iati-identifier") or ""
    if written.split() != [written]:
        notes.add("identifier-spaces")
    return ()
