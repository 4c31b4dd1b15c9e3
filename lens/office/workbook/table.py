"""A table of one's own (a logframe, a list of activities) as a program, by a small mapping or by its headings.

What is not understood is left out and named, column by column and cell by cell; nothing is guessed.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from lens.cases.fields import Count, public, record
from lens.errors import InputError, Problem, near
from lens.office.sheets import ENDINGS, Sheet, read_sheets
from lens.office.workbook import cells, layout
from lens.office.workbook.gather import Book, PartData, column_number, plain, put, value_of
from lens.office.workbook.marks import marks
from lens.office.workbook.values import validated_table
from lens.readers.boundary import spell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from lens.cases import Annex, Case
    from lens.office.workbook.layout import Column

Dates = Literal["year-month-day", "day-month-year", "month-day-year"]
_HEAD_ROWS = 40
_GROUPS = 2
"""How many rows above a heading may hold what groups its columns."""
_TAG = "#"
_SAY = "Say in a mapping file which column is what, and name it with --map; the documentation has one."
_MAX_BYTES = 30_000_000


@record
class TableMap:
    """What a mapping file says: which column is what, and how values are to be read."""

    sheet: str = public(default="", help="The sheet; the one whose headings fit best if left out.")
    header: Count | None = public(default=None, help="The row of the headings; found if left out.")
    columns: dict[str, str] = public(factory=dict, help="For each heading a field, such as activities.title.")
    fixed: dict[str, str] = public(factory=dict, help="Fields that are the same for every row.")
    values: dict[str, dict[str, str]] = public(factory=dict, help="For a field, what the table's words stand for.")
    only: dict[str, str] = public(factory=dict, help="Only rows that have this value under this heading.")
    dates: Dates = public(default="year-month-day", help="How days are written, where they are texts.")
    decimal: Literal["none", "point", "comma"] = public(
        default="none", help="The sign before parts of one, where thousands have a sign too."
    )


IGNORED = "ignore"
"""What a mapping writes for a column that is left out on purpose."""

_TABLES = (
    "activities",
    "places",
    "partners",
    "sectors",
    "budgets",
    "provisions",
    "effects",
    "no effects",
    "harm looks",
    "milestones",
)
_ALWAYS = frozenset({"program", "activities", "sectors", "places"})
"""Tables whose fixed values hold for every row; those of others, only where the row says anything of them."""
_NAMED: Mapping[str, str] = {"partners.name": "partner", "places.name": "place"}
"""Fields whose texts are names: they go into the annex, and a number stands for them."""

_BY_HEADING: Mapping[str, str] = {
    "activity": "activities.title",
    "activities": "activities.title",
    "activity title": "activities.title",
    "activity name": "activities.title",
    "name of activity": "activities.title",
    "title": "activities.title",
    "project": "activities.title",
    "project title": "activities.title",
    "project name": "activities.title",
    "projecttitle": "activities.title",
    "#activity": "activities.title",
    "#activity+name": "activities.title",
    "description": "activities.description",
    "activity description": "activities.description",
    "project description": "activities.description",
    "summary": "activities.description",
    "short description": "activities.description",
    "shortdescription": "activities.description",
    "#description": "activities.description",
    "start": "activities.start",
    "start date": "activities.start",
    "planned start": "activities.start",
    "planned start date": "activities.start",
    "#date+start": "activities.start",
    "end": "activities.end",
    "end date": "activities.end",
    "planned end": "activities.end",
    "planned end date": "activities.end",
    "completion date": "activities.end",
    "#date+end": "activities.end",
    "sector code": "sectors.code",
    "dac sector": "sectors.code",
    "dac code": "sectors.code",
    "purpose code": "sectors.code",
    "crs code": "sectors.code",
    "purposecode": "sectors.code",
    "budget": "budgets.amount",
    "amount": "budgets.amount",
    "planned budget": "budgets.amount",
    "total budget": "budgets.amount",
    "#value+budget": "budgets.amount",
    "currency": "budgets.currency",
    "#currency": "budgets.currency",
    "partner": "partners.name",
    "implementing partner": "partners.name",
    "implementing organization": "partners.name",
    "implementing organisation": "partners.name",
    "organization": "partners.name",
    "organisation": "partners.name",
    "#org": "partners.name",
    "#org+name": "partners.name",
    "partner kind": "partners.kind",
    "partner type": "partners.kind",
    "location": "places.name",
    "locations": "places.name",
    "place": "places.name",
    "district": "places.name",
    "#adm1": "places.name",
    "#adm1+name": "places.name",
    "#loc": "places.name",
    "country code": "places.country",
    "#country+code": "places.country",
    "indicator of failure": "effects.sign_of_failure",
}


@dataclass(slots=True)
class _Heading:
    """Where the headings stand, and what each column is called."""

    sheet: Sheet
    row: int
    names: dict[int, list[str]]
    """For each column the names it goes by: its own, and with the group above it."""


@dataclass(frozen=True, slots=True)
class TableTaken:
    """What a table of one's own held."""

    case: Case
    annex: Annex | None
    mapped: tuple[tuple[str, str], ...]
    """Each column that was understood, and as what."""
    unknown: tuple[str, ...]
    """Columns that were not understood."""
    left: tuple[str, ...]
    """Cells and rows that did not arrive, and why."""
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Target:
    """A field that a column is for."""

    table: str
    column: Column | None
    """None for a name, which goes into the annex."""
    name: str


@dataclass(slots=True)
class _Work:
    """A table while it is taken."""

    book: Book
    map: TableMap
    heading: _Heading
    columns: dict[int, _Target]
    fixed: list[tuple[_Target, str]]
    part: PartData = field(default_factory=PartData)
    refs: dict[tuple[str, str], str] = field(default_factory=dict)
    names: dict[str, dict[str, str]] = field(default_factory=dict)


def read_map(path: Path) -> TableMap:
    """Read a mapping file. InputError says where and what is wrong with it."""
    from lens.readers.boundary import validate
    from lens.readers.text import load_yaml

    text = load_yaml(path)
    made = validate(TableMap, text)
    problems = [
        Problem(text.name, text.line((part, one)), f"{part}.{one[:40]}", *reason)
        for part, held in (("columns", made.columns), ("fixed", made.fixed), ("values", made.values))
        for one in held
        if (reason := _no_field(held[one] if part == "columns" else one))
    ]
    if problems:
        raise InputError(problems)
    return made


def _no_field(name: Any) -> tuple[str, str] | None:
    if name in ("", IGNORED) or _target(str(name)) is not None:
        return None
    return f'There is no field "{str(name)[:60]}".', near(str(name), fields()) or f"Fields: {', '.join(fields())}."


def fields() -> list[str]:
    """Every field that a column can be mapped to."""
    made = [f"program.{spell(one.key)}" for one in layout.FORMS[0].columns]
    for table in layout.TABLES:
        if table.name in _TABLES:
            made += [f"{table.name.replace(' ', '_')}.{spell(one.key)}" for one in table.columns]
    return [*made, *_NAMED]


def _target(name: str) -> _Target | None:
    if name in _NAMED:
        return _Target(name.partition(".")[0], None, name)
    head, _, tail = name.partition(".")
    head = head.replace("_", " ")
    forms = {one.name: one.columns for one in layout.TABLES if one.name in _TABLES}
    columns = {**forms, "program": layout.FORMS[0].columns}.get(head, ())
    found = next((one for one in columns if spell(one.key) == tail or plain(one.label) == tail), None)
    return _Target(head, found, f"{head.replace(' ', '_')}.{spell(found.key)}") if found else None


def read_own_table(path: Path, mapping: TableMap | None = None) -> TableTaken:
    """Read a table of one's own as a program: each row is an activity.

    Raises InputError where it cannot be read at all, or where nothing of it is understood.
    """
    called = path.name
    sheets = _sheets(path, called)
    made = mapping or TableMap()
    heading = _heading(sheets, made, called)
    columns, unknown, ignored = _columns(heading, made, called)
    fixed = [(target, value) for name, value in made.fixed.items() if (target := _target(name)) is not None]
    book = Book(called, sheets, marks(path) if path.suffix.lower() in ENDINGS else {})
    work = _Work(book, made, heading, columns, fixed)
    _take(work, unknown, ignored)
    case, annex = validated_table(book, work.part, work.names)
    for one in book.formulas:
        book.notes.append(f"{one}: it is a formula; what it last showed was taken")
    shown = tuple((heading.names[number][0], target.name) for number, target in sorted(columns.items()))
    return TableTaken(case, annex, shown, tuple(unknown.values()), tuple(book.left), tuple(book.notes))


def _sheets(path: Path, called: str) -> dict[str, Sheet]:
    if path.suffix.lower() != ".csv":
        return read_sheets(path, called, whole=True)
    from lens.readers.text import read_text

    text = read_text(path, called, limit=_MAX_BYTES)
    first = text.partition("\n")[0]
    sign = max(",;\t", key=first.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign))
    except csv.Error as reason:
        raise InputError(Problem(called, what=f"This is not a table: {reason}.", fix="Save it as CSV again.")) from None
    rows = tuple((number, tuple(line)) for number, line in enumerate(lines, 1) if any(one.strip() for one in line))
    return {"table": Sheet("table", rows)}


def _heading(sheets: Mapping[str, Sheet], made: TableMap, called: str) -> _Heading:
    """The sheet and the row of the headings: as the mapping says, or where most are known."""
    wanted = {plain(one) for one in (*made.columns, *made.only)}
    chosen = list(sheets.values())
    if made.sheet:
        chosen = [one for one in chosen if plain(one.name) == plain(made.sheet)]
        if not chosen:
            hint = near(made.sheet, list(sheets)) or f"It has: {', '.join(list(sheets)[:20])}."
            raise InputError(Problem(called, what=f'There is no sheet "{made.sheet[:60]}".', fix=hint))
    best: tuple[int, _Heading] | None = None
    for sheet in chosen:
        numbers = [made.header] if made.header else [number for number, _ in sheet.rows[:_HEAD_ROWS]]
        for number in numbers:
            names = _names(sheet, number)
            hits = sum(any(_is_wanted(plain(one), wanted) for one in held) for held in names.values())
            if hits and (best is None or hits > best[0]):
                best = (hits, _Heading(sheet, number, names))
    if best is None and made.columns:
        there = [text.strip() for sheet in chosen for _, texts in sheet.rows[:_HEAD_ROWS] for text in texts if text]
        raise InputError([_no_heading(called, one, there) for one in made.columns])
    if best is None:
        raise InputError(
            Problem(
                called,
                what="No heading of this table is understood.",
                fix=_SAY,
            )
        )
    return best[1]


def _by_heading(name: str) -> str | None:
    """The field that a heading is known to stand for."""
    return _BY_HEADING.get(re.sub(r"[._]+", " ", name)) or _BY_HEADING.get(name) or (name if _target(name) else None)


def _no_heading(called: str, name: str, there: list[str]) -> Problem:
    hint = near(name, there[:500]) or f"The headings read: {', '.join(there)[:400]}."
    return Problem(called, what=f'No heading here reads "{name[:60]}".', fix=hint)


def _is_wanted(name: str, wanted: set[str]) -> bool:
    return name in wanted if wanted else _by_heading(name) is not None


def _names(sheet: Sheet, row: int) -> dict[int, list[str]]:
    """What each column goes by if its heading stands in a row; merged cells count for all that they cover."""
    held = {number: texts for number, texts in sheet.rows if row - _GROUPS <= number <= row}
    spread: dict[tuple[int, int], str] = {
        (number, column): text.strip()
        for number, texts in held.items()
        for column, text in enumerate(texts, 1)
        if text.strip()
    }
    down: set[tuple[int, int]] = set()
    for span in sheet.merged:
        match = re.fullmatch(r"([A-Z]+)(\d+):([A-Z]+)(\d+)", span)
        if match is None or int(match[2]) not in held:
            continue
        text = spread.get((int(match[2]), column_number(match[1])), "")
        for number in range(int(match[2]), min(int(match[4]), row) + 1):
            for column in range(column_number(match[1]), column_number(match[3]) + 1):
                if text:
                    spread[number, column] = text
                    down.add((number, column))
    names: dict[int, list[str]] = {}
    for (number, column), text in sorted(spread.items()):
        if number == row:
            above = spread.get((row - 1, column), "")
            grouped = above and above != text and (row - 1, column) in down
            names[column] = [text, f"{above} {text}"] if grouped else [text]
    return names


def _columns(
    heading: _Heading, made: TableMap, called: str
) -> tuple[dict[int, _Target], dict[int, str], frozenset[int]]:
    """Which column is for which field, which are not understood, and which are left out on purpose."""
    by_map = {plain(one): target for one, target in made.columns.items()}
    columns: dict[int, _Target] = {}
    unknown: dict[int, str] = {}
    ignored: set[int] = set()
    seen: set[str] = set()
    for number, names in heading.names.items():
        known = [plain(one) for one in reversed(names)]
        if made.columns:
            named = next((one for one in known if one in by_map), None)
            seen.update(() if named is None else (named,))
            target = by_map[named] if named is not None else None
        else:
            target = next((found for one in known if (found := _by_heading(one))), None)
        if target in ("", IGNORED):
            ignored.add(number)
        elif target is None or target in {one.name for one in columns.values()}:
            unknown[number] = names[0]
        elif (field_ := _target(target)) is not None:
            columns[number] = field_
    if not made.columns and "activities.title" not in {one.name for one in columns.values()}:
        read = ", ".join(one[0] for one in heading.names.values())[:400]
        raise InputError(
            Problem(
                called,
                heading.row,
                f'sheet "{heading.sheet.name}"',
                "No heading here is known to say what an activity is called.",
                f"{_SAY} The headings read: {read}.",
            )
        )
    lacking = [one for one in made.columns if plain(one) not in seen]
    if lacking:
        there = [one for names in heading.names.values() for one in names]
        raise InputError([_no_heading(called, one, there) for one in lacking])
    return columns, unknown, frozenset(ignored)


def _take(work: _Work, unknown: Mapping[int, str], ignored: frozenset[int]) -> None:
    """Go through the rows; each is an activity, or goes on with the one above where its title is merged."""
    book, heading = work.book, work.heading
    sheet = heading.sheet
    titled = next((number for number, one in work.columns.items() if one.name == "activities.title"), None)
    only = _only(work)
    span = _spans(sheet, titled)
    stray: dict[int, list[tuple[int, int]]] = {}
    skipped = 0
    for number, texts in sheet.rows:
        if number <= heading.row or _is_tags(texts):
            continue
        said = {column: text for column, text in enumerate(texts, 1) if text.strip()}
        if any(said.get(column, "").strip() != value for column, value in only):
            skipped += 1
            continue
        for column in said:
            if column not in work.columns and column not in ignored and column not in unknown:
                stray.setdefault(column, []).append((number, column))
        if not said.keys() & work.columns.keys():
            continue
        follows = number in span
        if titled is not None and titled not in said and not follows:
            book.left_out(sheet.name, "a row without a title", [(number, column) for column in said])
            continue
        _row(work, number, said, follows=follows)
    for column, places in stray.items():
        book.left_out(sheet.name, f"column {column} has no heading", places)
    if skipped:
        book.notes.append(f'{skipped} rows are not what "only" asks for.')
    others = [one.name for one in book.sheets.values() if one.name != sheet.name and one.rows]
    if others:
        book.notes.append(f'Only the sheet "{sheet.name}" was read, not: {", ".join(others[:20])}.')


def _only(work: _Work) -> list[tuple[int, str]]:
    found = []
    for name, value in work.map.only.items():
        names = work.heading.names.items()
        column = next((number for number, held in names if plain(name) in {plain(one) for one in held}), None)
        if column is None:
            raise InputError(Problem(work.book.called, what=f'No heading here reads "{name[:60]}" (under "only").'))
        found.append((column, value.strip()))
    return found


def _spans(sheet: Sheet, column: int | None) -> set[int]:
    """Rows that a merged title reaches down to."""
    found: set[int] = set()
    for span in sheet.merged:
        match = re.fullmatch(r"([A-Z]+)(\d+):([A-Z]+)(\d+)", span)
        if match and column is not None and column_number(match[1]) <= column <= column_number(match[3]):
            found.update(range(int(match[2]) + 1, int(match[4]) + 1))
    return found


def _is_tags(texts: Sequence[str]) -> bool:
    """Whether a row holds HXL tags, which stand below the headings."""
    said = [one.strip() for one in texts if one.strip()]
    return bool(said) and all(one.startswith(_TAG) for one in said)


def _row(work: _Work, number: int, said: Mapping[int, str], *, follows: bool) -> None:
    """Take one row: its activity, and what belongs to it."""
    book, sheet = work.book, work.heading.sheet.name
    records: dict[str, tuple[dict[str, Any], dict[Any, int]]] = {}
    names: dict[str, list[tuple[str, int]]] = {}
    for column, target in work.columns.items():
        text, spot = _cell(work, number, column, said.get(column, ""), target)
        if not text:
            continue
        if target.column is None:
            split = (one.strip() for one in re.split("[;\n]", text))
            names.setdefault(target.table, []).extend((one, spot) for one in split if one)
            continue
        _set(work, records, target, text, spot)
    if not records and not names:
        return
    for target, text in work.fixed:
        if target.column is not None and target.table in {*records, *names, *_ALWAYS}:
            spot = book.spot(sheet, number, 1, f"fixed: {target.name}")
            _set(work, records, target, text, spot)
    _keep(work, number, records, names, follows=follows)


def _cell(work: _Work, row: int, column: int, text: str, target: _Target) -> tuple[str, int]:
    from lens.office.workbook.gather import cell

    made, spot = cell(work.book, work.heading.sheet.name, row, column, text, work.heading.names[column][0])
    made = made.strip() if target.column is None or target.column.kind != "text" else made
    words = {plain(one): value for one, value in work.map.values.get(target.name, {}).items()}
    return words.get(plain(made), made), spot


def _set(
    work: _Work,
    records: dict[str, tuple[dict[str, Any], dict[Any, int]]],
    target: _Target,
    text: str,
    spot: int,
) -> None:
    column = target.column
    assert column is not None  # noqa: S101 - names have gone another way
    told = _told(text, column, work.map)
    value = value_of(work.book, column, told, spot)
    if target.table == "sectors" and column.key == ("code",):
        for one in re.split(r"[;,|\n]", told):
            code = re.match(r"\s*(\d{5}|\d{3})(?!\d)", one)
            data, lines = records.setdefault(f"sectors {len(records)}", ({}, {}))
            data["code"], lines["code",] = (code[1] if code else one.strip()), spot
        return
    if value is not None:
        data, lines = records.setdefault(target.table, ({}, {}))
        if target.table == "program" and work.part.data.get(str(column.key[0]), value) != value:
            work.book.wrong(spot, "Another row says something else of the program.", "The first is taken.")
            return
        put(data, column.key, value)
        lines[column.key] = spot


def _told(text: str, column: Column, made: TableMap) -> str:
    """A day or a number as files write it, where the mapping says how the table writes them."""
    if column.kind == "day" and made.dates != "year-month-day":
        found = re.fullmatch(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{4})\.?", text.strip())
        if found:
            day, month = (found[1], found[2]) if made.dates == "day-month-year" else (found[2], found[1])
            return f"{found[3]}-{int(month):02d}-{int(day):02d}"
    if column.kind in ("amount", "count") and made.decimal != "none":
        thousands, point = (",", ".") if made.decimal == "point" else (".", ",")
        plain_text = re.sub(r"[\s\u00a0\u202f'’]", "", text)
        part = rf"({re.escape(point)}\d+)?"
        if re.fullmatch(rf"-?\d{{1,3}}({re.escape(thousands)}\d{{3}})*{part}|-?\d+{part}", plain_text):
            return plain_text.replace(thousands, "").replace(point, ".")
    return text


def _keep(
    work: _Work,
    row: int,
    records: Mapping[str, tuple[dict[str, Any], dict[Any, int]]],
    names: Mapping[str, Sequence[tuple[str, int]]],
    *,
    follows: bool,
) -> None:
    part = work.part
    activities = part.data.setdefault("activities", [])
    first = work.book.spot(work.heading.sheet.name, row, 1)
    if not (follows and activities):
        activities.append({"id": f"activity:{len(activities) + 1}"})
        part.lines["activities", len(activities) - 1] = first
    at: tuple[Any, ...] = ("activities", len(activities) - 1)
    activity = activities[-1]
    for name, (data, lines) in records.items():
        if name in ("activities", "program"):
            where = at if name == "activities" else ()
            holder = activity if name == "activities" else part.data
            for key, value in data.items():
                if holder.setdefault(key, value) != value:
                    work.book.wrong(
                        lines[key,], "The row above says something else of the same.", "The first is taken."
                    )
            part.lines.update({(*where, *key): spot for key, spot in lines.items()})
        elif name not in ("places", "partners"):
            _listed(part, activity, at, name.split(" ")[0] if name.startswith("sectors") else name, data, lines)
    for table in ("places", "partners"):
        for text, spot in names.get(table, ()) or (((("", first)),) if table in records else ()):
            ref = _ref(work, table, text, spot, *records.get(table, ({}, {})))
            if ref not in activity.setdefault(table, []):
                activity[table].append(ref)


def _listed(
    part: PartData, activity: dict[str, Any], at: tuple[Any, ...], name: str, data: dict[str, Any], lines: Any
) -> None:
    table = next(one for one in layout.TABLES if one.name == name)
    holder, where = (activity, at) if table.owner else (part.data, ())
    if not table.owner:
        data["activity"] = activity["id"]
    listed = holder.setdefault(table.path[-1], [])
    place = (*where, table.path[-1], len(listed))
    listed.append(data)
    part.lines[place] = next(iter(lines.values()), 0)
    part.lines.update({(*place, *key): spot for key, spot in lines.items()})


def _ref(work: _Work, table: str, name: str, spot: int, data: dict[str, Any], lines: dict[Any, int]) -> str:
    """The number of a place or partner: the same for the same name and the same values."""
    said = tuple(sorted((key, str(value)) for key, value in data.items()))
    known = (table, plain(name) or repr(said))
    if known in work.refs:
        held = next(one for one in work.part.data[table] if one["id"] == work.refs[known])
        for key, value in data.items():
            if held.setdefault(key, value) != value:
                work.book.wrong(lines[key,], "A row above says something else of the same.", "The first is taken.")
        return work.refs[known]
    listed = work.part.data.setdefault(table, [])
    ref = f"{'place' if table == 'places' else 'partner'}:{len(listed) + 1}"
    work.refs[known] = ref
    listed.append({**data, "id": ref})
    at = (table, len(listed) - 1)
    work.part.lines[at] = spot
    work.part.lines.update({(*at, *key): one for key, one in lines.items()})
    if name:
        work.names[ref] = {"name": cells.as_read(name)}
    return ref
