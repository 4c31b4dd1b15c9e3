"""What an activity states of itself in codes: dates, status, markers, conditions, results, relations."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from lens.cases.published import Marker, Related
from lens.readers.iati.texts import only_text
from lens.readers.iati.values import day, flag, identifier, plain
from lens.readers.iati.vocab import DAC_MARKERS, DATES, FLOW_WORDS, RELATIONS, STAGES, STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from lxml.etree import _Element

    from lens.readers.iati.notes import Notes
    from lens.readers.published import Exposed

MAX_RELATED = 500
_CONTACTS: dict[str, Exposed] = {"person-name": "person", "email": "e-mail", "telephone": "telephone"}
_SEX = re.compile(
    r"(?<!\w)(?:sex|sexe|sexo|gender|genre|g[e\u00e9]nero|geschlecht|wom[ae]n|m[ae]n|females?|males?|girls?|boys?|femmes?|hommes?"
    r"|filles?|gar[c\u00e7]ons?|mujer(?:es)?|hombres?|ni\u00f1[ao]s?|mulher(?:es)?|homens?|frauen|m\u00e4nner)(?!\w)",
    re.IGNORECASE,
)


def read_dates(elements: Iterable[_Element], notes: Notes) -> tuple[date | None, date | None]:
    """Start and end of the activity: the actual day, else the planned one."""
    found: dict[str, date] = {}
    for element in elements:
        given = element.get("iso-date") or element.text
        if not given or given.isspace():
            notes.add("date-empty")
            continue
        value = day(given)
        if value is None:
            notes.add("date-unreadable")
            continue
        kind = (element.get("type") or "").strip().lower()
        found.setdefault(DATES.get(kind, kind), value)
    start = found.get("start-actual") or found.get("start-planned")
    end = found.get("end-actual") or found.get("end-planned")
    if start and end and end < start:
        notes.add("date-end-before-start")
    return start, end


def read_status(elements: Sequence[_Element], notes: Notes) -> str:
    """Return the activity's status as a code; empty where it is missing or not known."""
    if not elements:
        return ""
    given = (elements[0].get("code") or elements[0].text or "").strip()
    code = given if given in STAGES else STATUSES.get(given.lower(), "")
    if not code:
        notes.add("status-unknown", given)
    return code


def read_markers(elements: Iterable[_Element], notes: Notes) -> tuple[Marker, ...]:
    """Return the policy markers. A significance that is not stated stays None, which is not 0."""
    found: dict[tuple[str, str, str | None], None] = {}
    for element in elements:
        given = (element.get("code") or "").strip()
        if not given:
            notes.add("marker-without-code")
            continue
        code = plain(given)
        if not code:
            notes.add("marker-odd")
            continue
        vocabulary = (element.get("vocabulary") or "").strip()
        code = (code.lstrip("0") or "0") if code.isdecimal() else code
        vocabulary = "1" if vocabulary.upper() in DAC_MARKERS else plain(vocabulary)
        found[code, vocabulary, _significance(element.get("significance"), notes)] = None
    return tuple([_marker(*one) for one in found])


@lru_cache(maxsize=4096)
def _marker(code: str, vocabulary: str, significance: str | None) -> Marker:
    """Return a marker; one that was made before is the same again."""
    return Marker(code=code, vocabulary=vocabulary, significance=significance)


def _significance(given: str | None, notes: Notes) -> str | None:
    text = (given or "").strip()
    if text in ("0", "1", "2", "3", "4"):
        return text
    notes.add("marker-significance-odd" if text else "marker-without-significance")
    return None


def read_conditions(elements: Sequence[_Element], notes: Notes) -> tuple[bool | None, int]:
    """Whether conditions are said to be attached, and how many are listed."""
    if not elements:
        return None, 0
    given = elements[0].get("attached")
    attached = flag(given)
    if attached is None and given is not None and given.strip():
        notes.add("flag-unreadable")
    listed = sum(1 for element in elements for _ in element.iterchildren("condition"))
    if attached is False and listed:
        notes.add("condition-contradicts")
    if attached and not listed:
        notes.add("condition-not-listed")
    return attached, listed


def read_results(elements: Sequence[_Element]) -> tuple[int, int, int]:
    """How many results, indicators, and indicators with figures by sex."""
    indicators = by_sex = 0
    for result in elements:
        for indicator in result.iterchildren("indicator"):
            indicators += 1
            by_sex += any(_SEX.search(one.get("name") or "") for one in indicator.iter("dimension"))
    return len(elements), indicators, by_sex


def read_types(types: Sequence[tuple[str, str]], notes: Notes) -> tuple[str, ...]:
    """Return the codes of flow, aid or finance types in the DAC's lists, given with vocabulary; sorted, each once."""
    if not types:
        return ()
    found: set[str] = set()
    for vocabulary, given in types:
        if vocabulary.strip().upper() not in DAC_MARKERS or not given.strip():
            continue
        if code := plain(given).upper():
            found.add(FLOW_WORDS.get(code, code))
        else:
            notes.add("type-odd")
    return tuple(sorted(found))


def read_document_kinds(elements: Iterable[_Element]) -> tuple[str, ...]:
    """Return the categories of document links, sorted, each once."""
    given = (one.get("code") for element in elements for one in element.iterchildren("category"))
    return tuple(sorted({code for one in given if (code := plain(one).upper())}))


def count_contacts(elements: Iterable[_Element]) -> dict[Exposed, int]:
    """How many persons, e-mail addresses and telephones are published; what they are is not read."""
    found: dict[Exposed, int] = {}
    for contact in elements:
        for child in contact:
            if (kind := _CONTACTS.get(child.tag)) and _holds_text(child):
                found[kind] = found.get(kind, 0) + 1
    return found


def _holds_text(element: _Element) -> bool:
    text = only_text(element)
    return bool(text and not text.isspace()) or any(not str(one).isspace() for one in element.itertext())


def read_related(elements: Sequence[_Element], notes: Notes) -> tuple[Related, ...]:
    """Return the related activities, each once."""
    found: dict[tuple[str, str], None] = {}
    for element in elements:
        kind = (element.get("type") or "").strip().lower()
        found[RELATIONS.get(kind) or plain(kind), identifier(element.get("ref"))] = None
    notes.add("related-left-out", count=max(len(found) - MAX_RELATED, 0))
    return tuple(Related(kind=kind, ref=ref) for kind, ref in list(found)[:MAX_RELATED])
