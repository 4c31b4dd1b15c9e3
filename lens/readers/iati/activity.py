"""One `iati-activity` element as a Program, its annex, and what was met on the way.

Structure is read by what is there, never by the version number. What is in `contact-info` is only counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens.cases.annex import Annex, Identity
from lens.cases.program import Activity, Program
from lens.cases.published import Published
from lens.readers.iati.absent import left_out
from lens.readers.iati.geography import Geography
from lens.readers.iati.header import (
    default_language,
    inherited,
    line_of,
    publisher_of,
    read_identifier,
    updated_of,
    version_of,
)
from lens.readers.iati.money import read_budgets
from lens.readers.iati.notes import Notes
from lens.readers.iati.partners import Bodies
from lens.readers.iati.sectors import Sectors
from lens.readers.iati.statements import (
    count_contacts,
    read_conditions,
    read_dates,
    read_document_kinds,
    read_markers,
    read_related,
    read_results,
    read_status,
    read_types,
)
from lens.readers.iati.texts import first_of, read_texts
from lens.readers.iati.transactions import TYPES, Ledger, coded
from lens.readers.iati.values import currency, flag, plain
from lens.readers.iati.vocab import STAGES
from lens.readers.published import PublishedActivity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from lens.readers.published import Exposed

REQUIRED = (
    "reporting-org",
    "iati-identifier",
    "title",
    "description",
    "participating-org",
    "activity-status",
)


_Parts = dict[str, "list[_Element]"]
"""The children of an activity by tag; foreign ones have a namespace in theirs and are never asked for."""


def _parts_of(activity: _Element) -> _Parts:
    found: _Parts = {}
    for child in activity:
        tag = child.tag
        if tag in found:
            found[tag].append(child)
        else:
            found[tag] = [child]
    return found


def read_element(activity: _Element, file: str, before: int = 0, met: tuple[str, ...] = ()) -> PublishedActivity:
    """Read one activity element. What cannot be read is a note; nothing in an activity stops the reading.

    `before` is how many lines of the file stand before the document the element is in; `met` are notes that were
    made on the way to it.
    """
    notes = Notes()
    for code in met:
        notes.add(code)
    names: dict[str, Identity] = {}
    parts = _parts_of(activity)
    default = default_language(activity)
    money = currency(activity.get("default-currency") or inherited(activity, "default-currency"))
    publisher = _first(parts, "reporting-org")

    texts = read_texts(parts.get("title", ()), parts.get("description", ()), default, notes)
    start, end = read_dates(parts.get("activity-date", ()), notes)
    bodies = Bodies(default, notes)
    bodies.take_part(parts.get("participating-org", ()), publisher)
    ledger = Ledger(money, bodies, notes)
    ledger.read(parts.get("transaction", ()))
    _planned_disbursements(parts.get("planned-disbursement", ()), bodies, notes)
    partners = bodies.done(names)
    sectors = _sectors(parts, ledger, notes)
    geography = _geography(parts, ledger, default, notes, names)
    budgets = read_budgets(parts.get("budget", ()), money, notes)
    ledger.flows.budgets(budgets)
    humanitarian = _humanitarian(activity, ledger, notes)
    places = geography.done()
    found, problems = read_identifier(_first(parts, "iati-identifier"), line_of(activity, before), file, notes)
    status = read_status(parts.get("activity-status", ()), notes)
    attached, conditions = read_conditions(parts.get("conditions", ()), notes)
    results, indicators, by_sex = read_results(parts.get("result", ()))
    markers = read_markers(parts.get("policy-marker", ()), notes)
    dac_markers = {marker.code for marker in markers if marker.vocabulary == "1"}
    transactions = ledger.done()
    related = read_related(parts.get("related-activity", ()), notes)
    documents = parts.get("document-link", ())
    version = version_of(activity, notes)
    ref = publisher_of(publisher, found, default, notes)
    updated = updated_of(activity, notes)
    flow_types, aid_types, finance_types = (_types(tag, parts, ledger, notes) for tag in TYPES)
    flows = ledger.flows.done(notes)
    for tag in REQUIRED:
        if tag not in parts:
            notes.add("required-missing", tag)

    published = Published(
        standard="IATI",
        version=version,
        publisher=ref,
        updated=updated,
        languages=tuple(sorted({*texts.languages, default} - {""})),
        text_length=texts.length,
        humanitarian=humanitarian,
        status=status,
        hierarchy=plain(activity.get("hierarchy")),
        regions=geography.regions(),
        sectors_from=sectors.said_by(),
        countries_from=geography.said_by(),
        points=geography.points,
        markers=markers,
        other_sectors=sectors.others(),
        conditions_attached=attached,
        conditions=conditions,
        results=results,
        indicators=indicators,
        disaggregated_by_sex=by_sex,
        documents=len(documents),
        document_kinds=read_document_kinds(documents),
        flow_types=flow_types,
        aid_types=aid_types,
        finance_types=finance_types,
        transactions=transactions,
        related=related,
        not_published=left_out(
            title=texts.title,
            description=texts.description,
            status=status,
            start=start,
            end=end,
            places=any(place.country for place in places),
            subnational=any(place.below_country == "yes" for place in places),
            sectors=sectors.done(),
            organizations=partners,
            implementing=any(partner.role == "implementing" for partner in partners),
            budgets=budgets,
            transactions=transactions,
            markers=markers,
            gender_marker="1" in dac_markers,
            disability_marker="11" in dac_markers,
            conditions=attached is not None or conditions,
            results=results,
            indicators=indicators,
            disaggregated_by_sex=by_sex,
            documents=documents,
            humanitarian=humanitarian is not None,
            related=related,
        ),
        notes=notes.done(),
    )
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
        published=published,
    )
    return PublishedActivity(
        identifier=found,
        program=program,
        annex=Annex(names=names),
        line=line_of(activity, before),
        problems=problems,
        flows=flows,
        donor=ref,
        exposes=_exposes(geography, bodies, parts),
    )


def _first(parts: _Parts, tag: str) -> _Element | None:
    found = parts.get(tag)
    return found[0] if found else None


def _planned_disbursements(elements: Sequence[_Element], bodies: Bodies, notes: Notes) -> None:
    notes.add("planned-disbursements", count=len(elements))
    for planned in elements:
        if (receiver := first_of(planned).get("receiver-org")) is not None:
            bodies.receive(receiver)


def _types(tag: str, parts: _Parts, ledger: Ledger, notes: Notes) -> tuple[str, ...]:
    """Return the codes of flow, aid or finance types: the activity's defaults and those of its transactions."""
    return read_types([*map(coded, parts.get(f"default-{tag}", ())), *ledger.types[tag]], notes)


def _exposes(geography: Geography, bodies: Bodies, parts: _Parts) -> dict[Exposed, int]:
    found: dict[Exposed, int] = {
        "point": geography.points - geography.exact,
        "exact-point": geography.exact,
        "named-place": geography.named,
        **count_contacts(parts.get("contact-info", ())),
        "named-local-body": bodies.named_local,
    }
    return {kind: number for kind, number in found.items() if number}


def _sectors(parts: _Parts, ledger: Ledger, notes: Notes) -> Sectors:
    sectors = Sectors(notes)
    sectors.of_activity(parts.get("sector", ()))
    sectors.of_transactions(ledger.sectors.values())
    return sectors


def _geography(parts: _Parts, ledger: Ledger, default: str, notes: Notes, names: dict[str, Identity]) -> Geography:
    geography = Geography(default, notes, names)
    geography.of_activity(parts.get("recipient-country", ()), parts.get("recipient-region", ()))
    geography.of_transactions(ledger.countries, ledger.regions)
    geography.locations(parts.get("location", ()))
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
