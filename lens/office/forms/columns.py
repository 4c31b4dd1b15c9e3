"""What the columns of an export are: questions of ours, what servers and devices add, or neither."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lens.office.forms.names import CONSENT, DAY, FORM, NOTES, ROLE, Field, Names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lens.office.forms.labels import Labels
    from lens.office.forms.tables import Table

UUIDS = ("meta/rootuuid", "_uuid", "meta/instanceid", "meta-instanceid", "instanceid", "key", "_submission__uuid")
"""Columns that tell a submission from others, best first: the first stays the same when one is edited later."""

VALIDATION = ("_validation_status", "_submission__validation_status", "reviewstate")

_ABOUT_PEOPLE = re.compile(
    r"(_?(start|end|today|username|email|phone_?number|device_?id|subscriber_?id|sim_?serial|simid|imei|audit|"
    r"background[-_]audio|geolocation|location|submitted_by|submission_time|tags|notes|attachments|duration)"
    r"|.*_(latitude|longitude|altitude|precision|geolocation)|.*_url"
    r"|_submission__(submitted_by|submission_time|notes|tags)"
    r"|submissiondate|submitterid|submittername|instancename|edits)"
)
"""Who, with which device, where and when: it is never read, only named as left out."""

_TECHNICAL = re.compile(
    r"(_id|_uuid|uuid|_index|_parent_index|_parent_table_name|_status|_?_version_?_?|_version|formversion|"
    r"_validation_status|_submission__\w+|_submission_meta/\w+|(meta|formhub)[/.:-]\w+|instanceid|key|parent_key|"
    r"_xform_id_string|_xform_id|_bamboo_dataset_id|_media_all_received|_formhub_uuid|_supplementaldetails\b.*|"
    r"attachmentspresent|attachmentsexpected|reviewstate|_rootuuid|rootuuid)"
)

_MAX_HEADER = 2_000
_HEAD_ROWS = 20


@dataclass(slots=True)
class Columns:
    """What each column of one table is, counted from 0."""

    table: Table
    row: int = 0
    """The row of the header; what stands above it is none of ours."""
    own: dict[str, list[int]] = field(default_factory=dict)
    """Columns of the form that are no questions: consent, role, day, the form itself."""
    fields: dict[Field, list[int]] = field(default_factory=dict)
    uuids: list[int] = field(default_factory=list)
    """Columns that tell submissions apart, best first; a server fills the best only for some."""
    validation: int | None = None
    dropped: list[str] = field(default_factory=list)
    """Columns on people, devices, places and times."""
    not_understood: list[str] = field(default_factory=list)

    @property
    def is_ours(self) -> bool:
        """Whether anything here is of a form that lens makes."""
        return bool(self.fields) or FORM in self.own or CONSENT in self.own

    def body(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The rows below the header, each with its number; a row of HXL tags is none."""
        for number, cells in self.table.rows:
            if number > self.row and not all(one.startswith("#") for one in cells if one):
                yield number, cells


def columns_of(table: Table, names: Names, labels: Labels) -> Columns:
    """What the columns of a table are; the header is the row, of the first twenty, that says most of it."""
    best = Columns(table)
    for number, cells in table.rows[:_HEAD_ROWS]:
        made = _read(table, number, cells, names, labels)
        if not best.row or _weight(made) > _weight(best):
            best = made
    return best


def _weight(one: Columns) -> int:
    return len(one.fields) * 2 + len(one.own) * 2 + len(one.dropped) + bool(one.uuids)


def _read(table: Table, row: int, cells: Sequence[str], names: Names, labels: Labels) -> Columns:
    made = Columns(table, row)
    uuids: dict[str, int] = {}
    last: Field | None = None
    for place, header in enumerate(cells):
        if not header:
            continue
        low = header.strip().lower()[:_MAX_HEADER]
        means = named(header, names) or _labelled(header, labels, last)
        if isinstance(means, Field):
            made.fields.setdefault(means, []).append(place)
            last = means if means.part == "answer" else last
        elif means is not None:
            made.own.setdefault(means, []).append(place)
        elif _ABOUT_PEOPLE.fullmatch(low) or _ABOUT_PEOPLE.fullmatch(last_part(low)):
            made.dropped.append(header)
        elif low in UUIDS:
            uuids.setdefault(low, place)
        elif low in VALIDATION:
            made.validation = place
        elif not _TECHNICAL.fullmatch(low):
            made.not_understood.append(header)
    made.uuids = [uuids[one] for one in UUIDS if one in uuids]
    return made


def last_part(header: str) -> str:
    """A header without the groups before it, as most exports set them apart."""
    return re.split(r"[/.:]", header)[-1]


def named(header: str, names: Names) -> str | Field | None:
    """What a header names, whatever groups stand before it and however they are set apart."""
    text = header.strip()[-_MAX_HEADER:]
    starts = (0, *(one.end() for one in re.finditer(r"[^A-Za-z0-9]", text)))
    for start in starts:
        name = text[start:]
        if name in (FORM, CONSENT, DAY, ROLE, *NOTES):
            return name
        if (found := names.field(name)) is not None:
            return found
    return None


def _labelled(header: str, labels: Labels, last: Field | None) -> str | Field | None:
    """What a header says in words; of several questions with one text, the one whose column stands before."""
    found = labels.columns(header)
    if len(found) == 1 and not (isinstance(found[0], Field) and found[0].part != "answer"):
        return found[0]
    of_last = [
        Field(one.check, last.about, one.part, one.follow_up)
        for one in found
        if isinstance(one, Field) and last is not None and one.check == last.check and one.about in (None, last.about)
    ]
    return of_last[0] if of_last else None
