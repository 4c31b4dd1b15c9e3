"""What the columns of a table mean, as data: the layouts that come with lens, and a user's own mapping file.

Both have the same form. A column that a layout does not name is not read; a field that it does not have is not
published, never a no.
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args, get_origin

from lens.cases.fields import Amount, Currency, Form, internal, record
from lens.errors import InputError, Problem
from lens.readers.boundary import class_in, hints_of
from lens.readers.published import Exposed, FlowKind
from lens.readers.tables.cells import DayOrder
from lens.words import PartnerKind, PartnerRole

if TYPE_CHECKING:
    from pathlib import Path

T = TypeVar("T")
TOP = "table"

CountryForm = Literal["any", "own"]
SetAsideWord = Literal["umbrella", "not-for-sums"]


@record
class Value:
    """A code or word, from a column or always the same."""

    column: str = internal(default="", help="The column; its header.")
    always: str = internal(default="", help="The value, where it is the same for every row.")
    values: dict[str, str] = internal(factory=dict, help="What stands in the column, and the value it means.")
    begins: bool = internal(default=False, help="Whether the words of values are only beginnings; the longest counts.")


@record
class Donor:
    """Whose money it is."""

    country: str = internal(
        default="", help="A column with a country, by name or code; its code of two letters counts."
    )
    code: str = internal(default="", help="A column with a code, taken where no country is found.")
    prefix: str = internal(default="", help="What stands before that code.")
    always: str = internal(default="", help="The donor's code, where it is the same for every row.")


@record
class CountryOf:
    """A column that says in which country; the first that names one counts."""

    column: str = internal(help="The column.")
    separator: str = internal(default="", help="What stands between several.")
    form: CountryForm = internal(
        default="any", help="any: codes of two or three letters, DAC codes, names. own: only what values has."
    )
    values: dict[str, str] = internal(
        factory=dict, help="Own codes or names, and the ISO code of two letters each means."
    )


@record
class SectorOf:
    """A column with a sector."""

    column: str = internal(help="The column.")
    otherwise: str = internal(default="", help="The column to take where that one is empty.")
    vocabulary: str = internal(default="DAC", help="DAC, or a word for another list; only the DAC's codes are judged.")
    separator: str = internal(default="", help="What stands between several.")
    names: bool = internal(default=False, help="Whether it holds names: those of the DAC's list are looked up.")
    values: dict[str, str] = internal(factory=dict, help="What stands in the column, and the code it means.")


@record
class MoneyOf:
    """A column with money."""

    column: str = internal(help="The column.")
    kind: FlowKind = internal(default="commitment", help="What the money is.")
    kind_from: Value | None = internal(default=None, help="Where a column says what it is; else kind.")
    currency: Currency | None = internal(default=None, help="Its currency, where it is always the same.")
    currency_column: str = internal(default="", help="The column with its currency.")
    multiplier: Amount = internal(default=Decimal(1), help="What one unit stands for, such as 1000000.")
    or_whole: bool = internal(
        default=False, help="Whether some files of this layout hold whole units: their size decides."
    )
    negative: bool = internal(default=False, help="Whether it is money taken back, written without a sign.")
    year: str = internal(default="", help="The column with its year, if not that of the table.")
    otherwise: tuple[MoneyOf, ...] = internal(default=(), help="What to take where the column is empty.")


@record
class BodyOf:
    """A column with an organization."""

    column: str = internal(help="The column with its name.")
    otherwise: str = internal(default="", help="The column to take where that one is empty.")
    role: PartnerRole = internal(default="other", help="Its part in it.")
    kind: PartnerKind = internal(default="not_known", help="What it is, where that is always the same.")
    kind_from: Value | None = internal(default=None, help="Where a column says what it is; values give the kind.")
    separator: str = internal(default="", help="What stands between several.")


@record
class SetAside:
    """A column that says that a row's money must not be added to that of others."""

    column: str = internal(help="The column.")
    values: dict[str, SetAsideWord] = internal(help="What stands there, and why: umbrella, not-for-sums.")


@record
class Layout:
    """What the columns of a table mean."""

    name: str = internal(help="A short name for it.")
    standard: str = internal(help="What such data is called, as reports write it.")
    recognize: tuple[str, ...] = internal(help="Columns that must all be there; enough to tell it from other tables.")
    unless: tuple[str, ...] = internal(default=(), help="Columns that must not be there.")
    repeats: dict[str, tuple[str, ...]] = internal(
        factory=dict, help="Tables that say the same records again and are left out: what each is, and its columns."
    )
    same: dict[str, tuple[str, ...]] = internal(factory=dict, help="Other headers of a column in other editions.")
    identifier: tuple[str, ...] = internal(help="The columns that identify a row; joined by a dash.")
    program: tuple[str, ...] = internal(
        default=(), help="The columns that rows of one program share; its identifier if left out."
    )
    donor: Donor = internal(factory=Donor, help="Whose money it is.")
    publisher: str = internal(default="", help="Who publishes it, as a short code.")
    title: tuple[str, ...] = internal(help="Columns with the title; the first that has one counts.")
    descriptions: tuple[str, ...] = internal(default=(), help="Columns with text on what it is for.")
    year: str = internal(default="", help="The column with the year of the money.")
    start: tuple[str, ...] = internal(default=(), help="Columns with the first day; the first readable counts.")
    end: tuple[str, ...] = internal(default=(), help="Columns with the last day; the first readable counts.")
    start_year: str = internal(default="", help="The column with the first year, where no first day is found.")
    end_year: str = internal(default="", help="The column with the last year, where no last day is found.")
    updated: str = internal(default="", help="The column with the day the row was last changed.")
    days: DayOrder = internal(default="day_first", help="How days such as 02-01-2010 are written.")
    decimal_comma: bool = internal(default=False, help="Whether amounts have a comma before the decimals.")
    countries: tuple[CountryOf, ...] = internal(default=(), help="Where, in order of trust.")
    regions: tuple[str, ...] = internal(default=(), help="Columns with a region, for rows that name no country.")
    places: tuple[str, ...] = internal(default=(), help="Columns with a place inside the country, in words.")
    sectors: tuple[SectorOf, ...] = internal(default=(), help="What it works on.")
    money: tuple[MoneyOf, ...] = internal(default=(), help="Its money; name no sum twice.")
    bodies: tuple[BodyOf, ...] = internal(default=(), help="Who has a part in it.")
    markers: dict[str, str] = internal(factory=dict, help="Columns with DAC policy markers, and the marker's code.")
    flow_type: Value | None = internal(default=None, help="Flow type, as IATI's code.")
    finance_type: Value | None = internal(default=None, help="Finance type code.")
    aid_type: Value | None = internal(default=None, help="Aid type code.")
    status: Value | None = internal(default=None, help="Activity status, as IATI's code.")
    set_aside: tuple[SetAside, ...] = internal(default=(), help="Which rows' money must not be added to others'.")
    parent: str = internal(default="", help="The column with the identifier of the record it is a part of.")
    exposes: dict[Exposed, tuple[str, ...]] = internal(
        factory=dict, help="Columns that give people or places away: only counted, never read out."
    )
    language: str = internal(default="", help="The language of its texts, as a code of two letters.")

    def columns(self) -> tuple[str, ...]:
        """Every column it names, once, in the order of its fields."""
        return tuple(dict.fromkeys(name for name in _columns(self) if name))


def _columns(layout: Layout) -> list[str]:
    found = [*layout.recognize, *layout.identifier, *layout.program, layout.donor.country, layout.donor.code]
    found += [*layout.title, *layout.descriptions, layout.year, *layout.start, *layout.end, layout.start_year]
    found += [
        layout.end_year,
        layout.updated,
        *(one.column for one in layout.countries),
        *layout.regions,
        *layout.places,
    ]
    for sector in layout.sectors:
        found += [sector.column, sector.otherwise]
    for money in (*layout.money, *(other for one in layout.money for other in one.otherwise)):
        found += [money.column, money.currency_column, money.year, money.kind_from.column if money.kind_from else ""]
    for body in layout.bodies:
        found += [body.column, body.otherwise, body.kind_from.column if body.kind_from else ""]
    found += layout.markers
    found += [one.column for one in (layout.flow_type, layout.finance_type, layout.aid_type, layout.status) if one]
    found += [*(one.column for one in layout.set_aside), layout.parent]
    found += [name for names in layout.exposes.values() for name in names]
    return found


def read_mapping(path: Path) -> Layout:
    """A user's mapping file. InputError with file, line and field for what is unknown, missing or of the wrong form."""
    from lens.readers.boundary import validate
    from lens.readers.text import load_yaml

    text = load_yaml(path)
    if not isinstance(text.data, dict) or set(text.data) != {TOP}:
        what = f"This is not a mapping file: its first word should be `{TOP}:`, and nothing should stand beside it."
        raise InputError(
            Problem(text.name, 1, what=what, fix="The guide on tables in portfolios has one to begin from.")
        )
    made = validate(Layout, text, at=(TOP,))
    needed = [name for name in ("recognize", "identifier", "title") if not getattr(made, name)]
    if needed:
        raise InputError(
            [
                Problem(text.name, text.line((TOP, name)), f"{TOP}.{name}", "This list is empty.", "Name a column.")
                for name in needed
            ]
        )
    return made


@lru_cache(maxsize=1)
def shipped() -> tuple[Layout, ...]:
    """The layouts that come with lens, by name."""
    from lens.readers.text import parse

    folder = resources.files("lens.readers.tables") / "layouts"
    files = sorted((one for one in folder.iterdir() if one.name.endswith(".yaml")), key=lambda one: one.name)
    return tuple(_made(Layout, parse(one.read_text("utf-8"), one.name).data[TOP]) for one in files)


def _made(kind: type[T], data: dict[str, Any]) -> T:
    """A record from plain data that is known to fit: the layouts that come with lens are validated by a test."""
    hints = hints_of(kind)
    return kind(**{name: _value(hints[name], given) for name, given in data.items()})


def _value(hint: Any, given: Any) -> Any:
    if isinstance(given, dict):
        if get_origin(hint) is dict:
            return {key: _value(get_args(hint)[1], value) for key, value in given.items()}
        inner = class_in(hint)
        return _made(inner, given) if inner else given
    if isinstance(given, list):
        return tuple(_value(get_args(hint)[0], one) for one in given)
    if hint is bool:
        return given == "yes"
    args = get_args(hint)
    form = next((one for one in args if isinstance(one, Form)), None)
    return form.value(given) if form else given
