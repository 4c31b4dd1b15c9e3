"""What published data says about an activity beyond the program itself, and what it does not say.

Filled by readers of published data, never typed by hand. A field that the publisher left out is named in
`not_published`; it is never an answer.
"""

from __future__ import annotations

from lens.cases.fields import Amount, Currency, Day, internal, public, record


@record
class Marker:
    """A policy marker, such as gender. Significance 0 means screened and not targeted, not absent."""

    code: str = public(help="The code, without leading zeros.")
    vocabulary: str = public(default="1", help="1 is the DAC list.")
    significance: str | None = public(default=None, help="0 to 4, or empty where not stated.")


@record
class Transactions:
    """The transactions of one type and currency, added up."""

    kind: str = public(help="The IATI transaction type code.")
    currency: Currency | None = public(default=None, help="Empty where neither value nor activity states it.")
    number: int = public(help="How many.")
    total: Amount = public(band="money", help="Their sum; negative values included.")
    first: Day | None = public(default=None, band="day", help="Earliest readable date.")
    last: Day | None = public(default=None, band="day", help="Latest readable date.")
    undated: int = public(default=0, help="How many have no readable date.")


@record
class OtherSector:
    """A sector in a vocabulary other than the DAC's."""

    vocabulary: str = public(help="The vocabulary as published.")
    code: str = internal(default="", help="The code as published.")


@record
class Related:
    """Another published activity this one points to."""

    kind: str = public(help="1 parent, 2 child, 3 sibling, 4 co-funded, 5 third party.")
    ref: str = internal(default="", help="Its identifier.")


@record
class Note:
    """Something about the published data that a reader of the report must know."""

    code: str = public(help="What kind of note.")
    count: int = public(default=1, help="How often.")
    detail: str = internal(default="", help="Which values, where that helps and is not text.")


@record
class Published:
    """What a publisher said, and did not say, about one activity."""

    standard: str = public(help="Such as IATI.")
    version: str = public(default="", help="As written in the file; empty where missing.")
    publisher: str = internal(default="", help="The publisher's reference.")
    updated: str = public(default="", help="Day the record was last changed, as published.")
    languages: tuple[str, ...] = public(default=(), help="Languages of the texts.")
    text_length: int = public(default=0, help="Characters of description that are not boilerplate or the title.")
    humanitarian: bool | None = public(default=None, help="The flag; None where not stated.")
    status: str = public(default="", help="Activity status code.")
    hierarchy: str = public(default="", help="As published.")
    regions: tuple[str, ...] = public(default=(), help="Region codes; never spread over their members.")
    sectors_from: str = public(default="", help="activity, transactions or both.")
    countries_from: str = public(default="", help="activity, transactions or both.")
    points: int = public(default=0, help="How many sub-national points are published.")
    markers: tuple[Marker, ...] = public(default=(), help="Policy markers.")
    other_sectors: tuple[OtherSector, ...] = public(default=(), help="Sectors in other vocabularies.")
    conditions_attached: bool | None = public(default=None, help="What the publisher says; None where it does not.")
    conditions: int = public(default=0, help="How many conditions are listed.")
    results: int = public(default=0, help="How many results.")
    indicators: int = public(default=0, help="How many result indicators.")
    disaggregated_by_sex: int = public(default=0, help="How many indicators have figures by sex.")
    documents: int = public(default=0, help="How many document links.")
    document_kinds: tuple[str, ...] = public(default=(), help="Categories of the documents, such as A01.")
    flow_types: tuple[str, ...] = public(default=(), help="Flow types, such as 10 for official aid.")
    aid_types: tuple[str, ...] = public(default=(), help="Aid types, such as A01 for general budget support.")
    finance_types: tuple[str, ...] = public(default=(), help="Finance types, such as 110 for a grant.")
    transactions: tuple[Transactions, ...] = public(default=(), help="Transactions added up by type and currency.")
    related: tuple[Related, ...] = public(default=(), help="Related activities.")
    not_published: tuple[str, ...] = public(default=(), help="Fields the publisher left out.")
    notes: tuple[Note, ...] = public(default=(), help="Quirks met on reading.")
