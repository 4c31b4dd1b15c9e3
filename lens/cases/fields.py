"""How the fields of the model are declared: how sensitive each is, and what form its text must have.

A field says who may see it by the function that declares it. A field declared in any other way counts as
restricted, so that forgetting hides and never shows.
"""

from __future__ import annotations

import dataclasses
import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic_core import CoreSchema

Sensitivity = Literal["public", "shared", "internal", "restricted"]
SENSITIVITIES: tuple[Sensitivity, ...] = ("public", "shared", "internal", "restricted")
"""Narrowest first: everyone; a partner about its own activities; the agency; the annex."""

T = TypeVar("T")


def _declare(sensitivity: Sensitivity, default: Any, factory: Any, text: str, band: str) -> Any:
    metadata = {"sensitivity": sensitivity, "help": text, "band": band}
    if factory is not None:
        return dataclasses.field(default_factory=factory, metadata=metadata)
    return dataclasses.field(default=default, metadata=metadata)


def public(*, default: Any = dataclasses.MISSING, factory: Any = None, help: str = "", band: str = "") -> Any:  # noqa: A002 - reads as what it is at the point of use
    """Declare a field that every audience may see; with `band` (`money`, `day`) only coarsely in public."""
    return _declare("public", default, factory, help, band)


def shared(*, default: Any = dataclasses.MISSING, factory: Any = None, help: str = "") -> Any:  # noqa: A002 - see public
    """Declare a field that a partner may see of its own activities."""
    return _declare("shared", default, factory, help, "")


def internal(*, default: Any = dataclasses.MISSING, factory: Any = None, help: str = "") -> Any:  # noqa: A002 - see public
    """Declare a field for the agency only: free text, evidence references, judgements about actors."""
    return _declare("internal", default, factory, help, "")


def restricted(*, default: Any = dataclasses.MISSING, factory: Any = None, help: str = "") -> Any:  # noqa: A002 - see public
    """Declare a field that can identify a person or an exact place."""
    return _declare("restricted", default, factory, help, "")


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(public, shared, internal, restricted))
def record(cls: type[T]) -> type[T]:
    """Make a class of the model: frozen, slotted, keyword-only; files may not carry keys it does not know.

    Its `repr` shows public fields only, because logs and tracebacks print it. Equality and hash are by value, like
    those that `dataclass` would generate: shared here, they halve what making a hundred classes costs at start-up.
    """
    made = dataclasses.dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)(cls)
    made.__repr__ = _shown  # type: ignore[method-assign] # shared by every class of the model
    made.__eq__ = _equal  # type: ignore[method-assign] # likewise
    made.__hash__ = _hashed  # type: ignore[method-assign] # likewise
    made.__pydantic_config__ = {"extra": "forbid"}  # type: ignore[attr-defined] # pydantic's name for it; read at the file boundary only
    return made


def _shown(self: Any) -> str:
    held = (one for one in dataclasses.fields(self) if sensitivity_of(one) == "public")
    return f"{type(self).__name__}({', '.join(f'{one.name}={getattr(self, one.name)!r}' for one in held)})"


def _values(self: Any) -> tuple[Any, ...]:
    return tuple(getattr(self, name) for name in self.__dataclass_fields__)


def _equal(self: Any, other: object) -> bool:
    return _values(self) == _values(other) if type(other) is type(self) else NotImplemented


def _hashed(self: Any) -> int:
    return hash(_values(self))


def sensitivity_of(field: dataclasses.Field[Any]) -> Sensitivity:
    """How sensitive a field is; restricted unless it says otherwise."""
    found: Sensitivity = field.metadata.get("sensitivity", "restricted")
    return found


class Form:
    """A stated form for a text field: a pattern, what it is called, and how to read it into a value.

    pydantic finds the two dunder methods on `Annotated` metadata, so the model itself never imports pydantic.
    """

    __slots__ = ("example", "name", "pattern", "read")

    def __init__(self, name: str, pattern: str, example: str, read: Callable[[str], Any] | None = None) -> None:
        self.name = name
        self.pattern = re.compile(pattern, re.ASCII)  # other digits look alike and are none
        self.example = example
        self.read = read

    def value(self, given: object) -> Any:
        """Read a text of this form; ValueError says what form it must have."""
        text = str(given).strip()
        if isinstance(given, date | Decimal) and self.read is not None:
            return given
        if not self.pattern.fullmatch(text):
            raise ValueError(f"{self.name} must look like {self.example}.")
        return self.read(text) if self.read else text

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        from pydantic_core import core_schema

        return core_schema.no_info_plain_validator_function(self.value)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        # Editors hand over a number for `amount: 10` or `code: 15210`; here both are read as text.
        is_digits = any(self.pattern.fullmatch(sample) for sample in ("1", "100", "2026"))
        return {"type": ["string", "number"] if is_digits else "string", "pattern": f"^({self.pattern.pattern})$"}


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValueError("There is no such day. Write year-month-day, such as 2026-03-31.") from None
    if not 1900 <= day.year <= 2100:
        raise ValueError("The year must lie between 1900 and 2100.")
    return day


def _amount(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:  # pragma: no cover - the pattern admits only what Decimal reads
        raise ValueError("An amount is written in digits.") from None


DAY = Form("A date", r"\d{4}-\d{2}-\d{2}", "2026-03-31", _day)
Day = Annotated[date, DAY]
Amount = Annotated[
    Decimal,
    Form("An amount", r"-?\d{1,15}(\.\d{1,6})?", "250000 or 250000.50, without thousands signs", _amount),
]
Share = Annotated[Decimal, Form("A share", r"\d{1,3}(\.\d{1,6})?", "40 or 12.5 (a percentage)", _amount)]
Count = Annotated[int, Form("A number", r"\d{1,9}", "1200", int)]
Days = Annotated[int, Form("A number of days", r"\d{1,4}", "90", int)]
WebAddress = Annotated[
    str,
    Form(
        "A web address", r"(https?://[A-Za-z0-9.-]+(:\d{1,5})?(/[A-Za-z0-9._~/-]*)?)?", "https://docs.example.org/lens"
    ),
]
Currency = Annotated[str, Form("A currency", r"[A-Z]{3}", "USD")]
Country = Annotated[str, Form("A country", r"[A-Z]{2}", "XA (two capital letters, ISO 3166)")]
SectorCode = Annotated[str, Form("A sector", r"\d{3}|\d{5}", "15210 or 152 (a DAC code)")]
PlaceRef = Annotated[str, Form("A place", r"place:[0-9]{1,4}", "place:1")]
PartnerRef = Annotated[str, Form("A partner", r"partner:[0-9]{1,4}", "partner:1")]
ActivityRef = Annotated[str, Form("An activity", r"activity:[0-9]{1,4}", "activity:1")]
GroupRef = Annotated[str, Form("A group", r"group:[a-z]", "group:a (a letter, never a name)")]
ActorRef = Annotated[str, Form("An actor", r"actor:[0-9]{1,4}", "actor:1")]
AnyRef = Annotated[
    str,
    Form("A reference", r"(place|partner|activity|actor|person):[0-9]{1,4}|group:[a-z]", "partner:2 or group:a"),
]
AboutRef = Annotated[
    str, Form("A reference", r"(place|partner|activity):[0-9]{1,4}", "activity:1, place:2 or partner:3")
]
FactorId = Annotated[
    str,
    Form(
        "A risk factor or indicator",
        r"RF([1-9]|1[0-4])(\.([1-9][0-9]?|[a-z]))?",
        "RF7 or RF7.10 (with the letters RF)",
    ),
]
InhibitorId = Annotated[
    str, Form("An inhibitor", r"INH([1-9]|1[0-5])|local:[0-9]{1,3}", "INH5, or local:1 for one of your own")
]
OnId = Annotated[
    str,
    Form(
        "A risk factor or inhibitor",
        r"RF([1-9]|1[0-4])(\.([1-9][0-9]?|[a-z]))?|INH([1-9]|1[0-5])|local:[0-9]{1,3}",
        "RF7.10, INH5 or local:1",
    ),
]
HarmId = Annotated[str, Form("A harm path", r"AH-([1-9]|1[0-2])", "AH-3")]
CheckId = Annotated[str, Form("A check", r"[a-z][a-z0-9-]*\.[a-z0-9][a-z0-9-]*", "harm.reaches-force")]
FollowUpId = Annotated[str, Form("A follow-up", r"[a-z0-9]+(-[a-z0-9]+)*", "due-diligence-both-ways")]
Fingerprint = Annotated[
    str,
    Form(
        "A finding",
        r"[a-z][a-z0-9-]*\.[a-z0-9][a-z0-9-]*/[a-z0-9:-]+/[A-Za-z0-9.:-]+",
        "harm.reaches-force/activity:1/RF5 (the report prints it beside each finding)",
    ),
]
