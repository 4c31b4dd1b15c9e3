"""A contribution register from its file, YAML or a workbook: validated, each entry with its line."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from lens.catalog.country_names import region_of
from lens.errors import InputError, Problem, near
from lens.readers.register.model import TOP, Contribution, Register
from lens.readers.tables.cells import columns_key, is_nothing
from lens.readers.tables.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens.readers.tables.rows import Sheet
    from lens.readers.text import Key, Text

_LISTS = frozenset({"countries", "regions", "inhibitors", "through", "through_names"})
_NEEDED = frozenset({"id", "donor", "kind"})
_FIELDS = tuple(Contribution.__dataclass_fields__)
_BETWEEN = ";"


def from_yaml(text: str, called: str) -> list[tuple[int, Contribution]]:
    """The entries of a register in YAML, each with its line. InputError with every problem at once."""
    from lens.readers.text import parse

    return _checked(parse(text, called))


def is_register(sheet: Sheet) -> bool:
    """Whether a sheet of a workbook is a register: it is called `contributions`."""
    return columns_key(sheet.name) == TOP


def from_sheet(sheet: Sheet, called: str) -> list[tuple[int, Contribution]]:
    """The entries of a register in a workbook: a column for each field, `;` between several values.

    InputError with every problem at once.
    """
    from lens.readers.text import Text

    names: dict[int, str] = {}
    entries: list[dict[str, Any]] = []
    lines: dict[Key, int] = {}
    for row in sheet.rows():
        if not isinstance(row, Row):
            raise InputError(Problem(called, row.line, sheet.name, row.what, row.fix))
        if not names:
            names = _header(row, sheet, called)
        elif entry := dict(_entry(row, names)):
            lines[TOP, len(entries)] = row.line
            entries.append(entry)
    if not names:
        raise InputError(Problem(called, field=sheet.name, what="This sheet is empty.", fix=_columns()))
    return _checked(Text(called, {TOP: entries}, lines))


def _header(row: Row, sheet: Sheet, called: str) -> dict[int, str]:
    known = {columns_key(name): name for name in _FIELDS}
    names = {at: known[key] for at, cell in enumerate(row.cells) if (key := columns_key(cell)) in known}
    problems = [
        Problem(called, row.line, sheet.name, f"There is no column {name}.", _columns())
        for name in sorted(_NEEDED - set(names.values()))
    ]
    for cell in row.cells:
        if cell.strip() and columns_key(cell) not in known:
            what = "A column of the register is not known here."
            hint = near(columns_key(cell), list(known)) or _columns()
            problems.append(Problem(called, row.line, sheet.name, what, hint, cell.strip()[:60]))
    if problems:
        raise InputError(problems)
    return names


def _entry(row: Row, names: dict[int, str]) -> Iterator[tuple[str, Any]]:
    for at, cell in enumerate(row.cells):
        text = cell.strip()
        if at in names and not is_nothing(text):
            parts = [part.strip() for part in text.split(_BETWEEN) if part.strip()]
            yield names[at], parts if names[at] in _LISTS else text


def _columns() -> str:
    return f"Its columns are: {', '.join(_FIELDS)}."


def _checked(text: Text) -> list[tuple[int, Contribution]]:
    from lens.readers.boundary import validate

    register = validate(Register, text)
    times = Counter(one.id for one in register.contributions)
    made: list[tuple[int, Contribution]] = []
    problems: list[Problem] = []
    for number, one in enumerate(register.contributions):
        for field, what, fix in [*_faults(one), *_twice(times[one.id])]:
            path = f"{TOP}[{number + 1}].{field}"
            problems.append(Problem(text.name, text.line((TOP, number, field)), path, what, fix))
        made.append((text.line((TOP, number)), one))
    if problems:
        raise InputError(problems)
    return made


def _twice(times: int) -> Iterator[tuple[str, str, str]]:
    if times > 1:
        yield "id", "Another entry has the same id.", "Give each entry one of its own."


def _faults(one: Contribution) -> Iterator[tuple[str, str, str]]:
    """What does not fit together in an entry: the field, what is wrong, what to do."""
    from lens.catalog import is_country

    if one.amount is None and not one.commitment.strip():
        yield "commitment", "This says neither an amount nor what was committed.", "Write one of the two."
    if (one.amount is None) != (one.currency is None):
        yield "currency", "An amount and its currency go together.", "Write both, or neither."
    if one.start and one.end and one.end < one.start:
        yield "end", "It ends before it starts.", "Look at both days."
    for code in one.countries:
        if not is_country(code):
            yield "countries", f"{code} is no country's code.", "Write its ISO 3166 code of two letters."
    if any(region_of(region) is None for region in one.regions):
        yield "regions", "A region is not known.", "Write the DAC's code or name of it, such as 1030 or Western Africa."
    if one.through_names and len(one.through_names) != len(one.through):
        fix = "Write as many names as kinds, in the same order, or no names."
        yield "through_names", "These are not as many as the kinds of bodies.", fix
