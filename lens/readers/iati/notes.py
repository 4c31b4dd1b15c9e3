"""Every kind of note that readers of published data make, with its meaning, and the sheet they are kept on."""

from __future__ import annotations

import re
from functools import lru_cache

from lens.cases.published import Note

MEANINGS: dict[str, str] = {
    "activity-repeated": "The file has several activities with this identifier; the newest is read.",
    "amounts-comma": "Amounts are read with a comma before the decimals, as some of them show.",
    "amounts-mixed": "The table has decimal commas and decimal points; 1,234 is read as a thousand and more.",
    "amounts-whole": "Amounts are read as whole units and not as millions, as their size shows.",
    "budget-original-left-out": "An original budget was left out for a revised one of the same period.",
    "column-doubled": "A column that is read stands twice in the header; the first is read.",
    "condition-contradicts": "It says that no conditions are attached, and lists some.",
    "condition-not-listed": "It says that conditions are attached, and lists none.",
    "country-as-iso3": "A country is coded with three letters; read as the country they stand for.",
    "country-as-region": "A country is coded with a number that stands for no country; kept as a region.",
    "country-by-name": "A country has its name where its code should be, or no code; read as the country of that name.",
    "country-code-na": "A country is written NA, which is Namibia's code and also stands for nothing; not read.",
    "country-name-unknown": "A country is named in a way that is in no list; kept as a place without a country.",
    "country-unknown": "A country code is not known; kept as a place without a country.",
    "country-user-assigned": "A country code is none of a country (XA to XZ); taken as it is.",
    "country-without-code": "A country has no code; kept as a place without a country.",
    "currency-missing": "An amount has no currency, and the activity states none.",
    "currency-unreadable": "A currency is not a code of three letters.",
    "date-empty": "An activity date has neither attribute nor text.",
    "date-end-before-start": "The activity ends before it starts.",
    "date-from-year": "Only the year of a first or last day is published; its first or last day was taken.",
    "date-unreadable": "A date cannot be read.",
    "description-equals-title": "The description is the title again; it counts as no text.",
    "description-placeholder": "The description is a stand-in such as N/A; it counts as no text.",
    "description-shared": "The description stands word for word on other activities; it counts as no text.",
    "encoding-assumed": "The file is not in UTF-8 and does not say in what; read as Windows-1252.",
    "entity-residue": "A text holds entities that were escaped twice; read as the characters meant.",
    "file-broken": "The file cannot be read to its end; what stands after the break was not seen.",
    "flag-unreadable": "A humanitarian or conditions flag is neither yes nor no.",
    "html-in-text": "A text holds HTML tags; they were taken out.",
    "humanitarian-from-transactions": "The humanitarian flag comes from transactions only.",
    "identifier-foreign": "The identifier does not start with the reference of the reporting organization.",
    "identifier-missing": "There is no identifier.",
    "identifier-rounded": "The identifier was shortened as a number and stands for several; it was left out.",
    "identifier-spaces": "The identifier holds white space.",
    "location-country-taken": "A location names no country; the only country of the activity was taken.",
    "location-empty": "A location has no name, point, code or description.",
    "location-names-country": "A location is named as a country is; it does not count as a place inside one.",
    "locations-left-out": "There are more locations than are read.",
    "marker-odd": "A policy marker's code is no code; it was left out.",
    "marker-significance-odd": "A policy marker's significance is none of 0 to 4; read as not stated.",
    "marker-without-code": "A policy marker has no code; it was left out.",
    "marker-without-significance": "A policy marker has no significance.",
    "mojibake": "A text was damaged when its encoding was changed; nothing was guessed.",
    "organization-empty": "A body has neither reference, name nor type; it was left out.",
    "organization-like-force": "A body published as civil is named like a force; its kind is not known.",
    "organization-placeholder": "A body is named with a stand-in such as redacted; its kind is not known.",
    "organization-role-unknown": "A body's role is missing or not known.",
    "organization-type-unknown": "A body's type is not known.",
    "organizations-left-out": "There are more bodies than are read.",
    "planned-disbursements": "There are planned disbursements; they are not counted as budget.",
    "point-approximate": "A point is stated to be approximate.",
    "point-unreadable": "A point cannot be read or lies outside the globe.",
    "prefix-undeclared": "It uses a prefix that the file does not declare; read as a foreign part.",
    "quote-odd": "A quote in the row has no other to pair with; it was read to the end of its line.",
    "record-date-unreadable": "The day the record was last changed cannot be read.",
    "region-odd": "A region's code is no code; it was left out.",
    "region-unknown": "A region is named in a way that is in no list; it was left out.",
    "related-left-out": "There are more related activities than are read.",
    "reporting-unnamed": "The reporting organization has no name.",
    "required-missing": "Elements that every version of the standard requires are missing.",
    "row-short": "The row has fewer cells than the header; those that are missing count as empty.",
    "secondary-reporter": "It is published by somebody other than those who run it.",
    "sector-by-name": "A sector has its name where its code should be, or its code as a decimal; read as that sector.",
    "sector-odd": "A sector's code has not the form of a DAC code.",
    "sector-unknown": "A sector's code is not in the DAC list; kept as it is.",
    "sector-withdrawn": "A sector's code was withdrawn from the DAC list.",
    "sector-without-code": "A sector has no code.",
    "sectors-left-out": "There are more sectors of other vocabularies than are read.",
    "share-unreadable": "A percentage cannot be read or is not between 0 and 100.",
    "shares-missing": "Several countries, regions or sectors, and not every one has a percentage.",
    "shares-not-100": "Percentages of countries and regions, or of sectors, do not add up to 100.",
    "status-unknown": "The activity's status is not known.",
    "title-placeholder": "The title is a stand-in such as N/A; it counts as no text.",
    "total-too-large": "Transactions add up to more than can be believed; their sum was left out.",
    "transaction-date-from-value": "A transaction has no date of its own; the date of its value was taken.",
    "transaction-not-split": "A transaction names several places or sectors without shares; its money is not split.",
    "transaction-type-unknown": "A transaction's type is missing or not known.",
    "transaction-year-only": "Of a transaction's date only the year can be told; its money is in that year's.",
    "transactions-undated": "A transaction has no date that can be read.",
    "transactions-without-currency": "A transaction has no currency, and the activity states none.",
    "type-odd": "A flow, aid or finance type is no code; it was left out.",
    "value-unlisted": "A value is not in the table of the layout that says what it means; it was left out.",
    "value-unreadable": "An amount is empty or cannot be read; it was left out.",
    "values-several": "A transaction has several values; the first is read.",
    "version-missing": "Neither the file nor the activity says which version of the standard it follows.",
    "version-unknown": "The version it says it follows was never published.",
    "year-unreadable": "A year cannot be read; its money has none.",
}
"""Code and meaning of every note. A note's detail holds codes or field names, never text or names."""

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,19}")
MAX_DETAILS = 5


class Notes:
    """The notes on one activity while it is read: counted by code, with a few codes as detail."""

    __slots__ = ("_counts", "_details")

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._details: dict[str, list[str]] = {}

    def add(self, code: str, detail: str = "", *, count: int = 1) -> None:
        """Count a note. A detail that does not look like a code is dropped, so that no text slips in."""
        if count:
            self._counts[code] = self._counts.get(code, 0) + count
        if detail and _CODE.fullmatch(detail):
            kept = self._details.setdefault(code, [])
            if detail not in kept and len(kept) < MAX_DETAILS:
                kept.append(detail)

    def done(self) -> tuple[Note, ...]:
        """Return the notes in order of code."""
        details = self._details
        return tuple(
            [
                _note(code, count, ", ".join(sorted(details[code])) if code in details else "")
                for code, count in sorted(self._counts.items())
            ]
        )


@lru_cache(maxsize=4096)
def _note(code: str, count: int, detail: str) -> Note:
    """Return a note; one that was made before is the same again, since most notes are like many others."""
    return Note(code=code, count=count, detail=detail)
