"""Which sheet holds what: every field of the model has its column, derived from the model itself.

A field that is added to the model appears in the workbook by itself; a new list of records needs a table here, and a
test says so.
"""

from __future__ import annotations

import dataclasses
import types
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal, Union, get_args, get_origin

from lens.cases import fields
from lens.cases.annex import Identity
from lens.cases.answers import Answer
from lens.cases.context import (
    Actor,
    Context,
    Event,
    Evidence,
    FactorJudgement,
    Group,
    InhibitorJudgement,
)
from lens.cases.decisions import Disposition, Escalation
from lens.cases.fields import sensitivity_of
from lens.cases.program import (
    Activity,
    Budget,
    Effect,
    FactorPlan,
    HarmLook,
    InhibitorPlan,
    Milestone,
    NoEffect,
    Partner,
    Place,
    Program,
    Provision,
    Sector,
    Served,
)
from lens.readers.boundary import hints_of
from lens.words import spoken

if TYPE_CHECKING:
    from lens.readers.text import Key

FORM = 1
"""The form of the workbook. It rises when a sheet or column is renamed or means something else."""

OTHERS, SETTLED = "other answers", "settled answers"
GUIDE, WORDS, PUBLISHED, MORE, NAMES = "guide", "words", "published", "more evidence", "names"

Kind = Literal["text", "day", "amount", "count", "share", "word", "form"]

NUMBER, OWNER, REFERENCE = "no.", "activity", "reference"
"""Columns that are not fields: a row's own number, whose row it is, and the reference behind a name."""
SHOWN = ("what is asked", "what is meant", "who can best answer", "when it is asked")
"""Columns of the answers that are told and not read back."""
FOLLOW_UP, FOLLOWED = "follow-up {}", "answer to follow-up {}"
OF_SHEET, OF_NUMBER = "sheet", "row no."
"""Whose further evidence a row is."""
PATH, VALUE = "field", "value"
"""The columns of what only published data has."""
COUNTRIES = "countries"
TITLE_ROW, HEAD_ROW = 1, 2


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table, or one line of a form."""

    key: Key
    label: str
    kind: Kind
    help: str
    is_list: bool = False
    needed: bool = False
    """Whether a row must have it; in a part that may be left out, once anything of that part is filled in."""
    default: object = None
    """What an empty cell stands for."""
    is_public: bool = False
    """Whether its values may be said again in a message."""
    words: tuple[str, ...] = ()
    choices: str = ""
    """The table whose references it takes, or the list of the catalog: `places`, `risk factors` …"""


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: the records of one list of the model, a row each."""

    name: str
    part: str
    path: tuple[str, ...]
    kind: type[Any]
    what: str
    owner: str = ""
    """`activity` where each row belongs to one; `program` where it may belong to the program as well."""
    numbered: bool = False
    """Whether other rows refer to a row by its number."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """Its columns that are fields, in their order."""
        return columns_of(self.kind)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet with a line for each field: what there is only one of."""

    name: str
    part: str
    kind: type[Any]
    what: str

    @property
    def columns(self) -> tuple[Column, ...]:
        """Its fields, in their order."""
        return columns_of(self.kind)


_ACTIVITY, _EITHER = "activity", "program"

FORMS: tuple[Sheet, ...] = (
    Sheet("program", "program", Program, "What it is, who answers for it, when it runs."),
    Sheet("context", "context", Context, "Who judged the places, on which day."),
)

TABLES: tuple[Table, ...] = (
    Table("places", "program", ("places",), Place, "Where the program works, by number. No names, no exact places."),
    Table("partners", "program", ("partners",), Partner, "Bodies with a part in the program, by kind. No names."),
    Table("activities", "program", ("activities",), Activity, "What the program does."),
    Table("sectors", "program", ("sectors",), Sector, "DAC sectors of the program or of an activity.", _EITHER),
    Table("budgets", "program", ("budgets",), Budget, "Money of the program or of an activity.", _EITHER),
    Table("people served", "program", ("serves",), Served, "People the program serves."),
    Table(
        "provisions",
        "program",
        ("activities", "provides"),
        Provision,
        "What an activity provides, to whom and through whom.",
        _ACTIVITY,
    ),
    Table(
        "effects",
        "program",
        ("activities", "effects"),
        Effect,
        "What an activity is meant to do, or could do, to a risk factor or inhibitor; the safeguard beside it.",
        _ACTIVITY,
    ),
    Table(
        "no effects",
        "program",
        ("activities", "no_effect"),
        NoEffect,
        "What an activity does not touch, with the reason.",
        _ACTIVITY,
    ),
    Table(
        "harm looks",
        "program",
        ("activities", "harm_paths"),
        HarmLook,
        "How each harm path was looked at; the safeguard beside it.",
        _ACTIVITY,
    ),
    Table("milestones", "program", ("milestones",), Milestone, "What happens on which day."),
    Table("left to others", "program", ("unanswered_factors",), FactorPlan, "Risk factors that no activity answers."),
    Table("inhibitor plans", "program", ("inhibitors",), InhibitorPlan, "What was decided about each inhibitor."),
    Table(
        "factors",
        "context",
        ("factors",),
        FactorJudgement,
        "Risk factors and indicators: what is seen, where, by whom.",
        numbered=True,
    ),
    Table(
        "inhibitors",
        "context",
        ("inhibitors",),
        InhibitorJudgement,
        "What restrains violence here, and how it fares.",
        numbered=True,
    ),
    Table("actors", "context", ("actors",), Actor, "Who could do harm or hold others back, by role. No persons."),
    Table("groups", "context", ("groups",), Group, "Groups by label only, such as group:a. No names."),
    Table("calendar", "context", ("calendar",), Event, "Expected events that can raise tension."),
    Table(
        "answers",
        "answers",
        ("answers",),
        Answer,
        "The questions that apply. Fill in the white cells; gray cells are ours.",
        numbered=True,
    ),
    Table(
        OTHERS,
        "answers",
        ("others",),
        Answer,
        "What others answered to the same. Where they differ, a question is open until it is settled.",
        numbered=True,
    ),
    Table(
        SETTLED,
        "answers",
        ("settled",),
        Answer,
        "What a named role settles where answers differ. Gray cells are ours.",
        numbered=True,
    ),
    Table("dispositions", "decisions", ("dispositions",), Disposition, "What was decided about findings, until when."),
    Table("escalations", "decisions", ("escalations",), Escalation, "Where escalating signs were sent."),
)
"""Every table, in an order in which what is referred to comes before what refers to it."""

ORDER: tuple[str, ...] = (
    GUIDE,
    "program",
    *(one.name for one in TABLES if one.part == "program"),
    "context",
    *(one.name for one in TABLES if one.part == "context"),
    *(one.name for one in TABLES if one.part == "answers"),
    MORE,
    "dispositions",
    "escalations",
    WORDS,
)
"""The sheets as they stand in the workbook; `published` comes before `words` where a case has it."""

EVIDENCED: dict[str, str] = {one.name: one.part for one in TABLES if one.numbered}
"""Tables whose rows can rest on evidence: the first piece beside the row, more on a sheet of their own."""

_LABELS: dict[tuple[type[Any], str], str] = {
    (Answer, "question"): "question id",
    (Effect, "on"): "on (factor or inhibitor)",
    (NoEffect, "on"): "on (factors or inhibitors)",
    (FactorPlan, "on"): "on (factor)",
    (InhibitorPlan, "on"): "on (inhibitor)",
    (HarmLook, "paths"): "harm paths",
}
_ROLES = frozenset({"by", "owner", "checked_by", "reviewer", "held_elsewhere", "who_else", "role", "approvers"})
_REFERS: tuple[tuple[Any, str], ...] = (
    (fields.PlaceRef, "places"),
    (fields.PartnerRef, "partners"),
    (fields.ActivityRef, "activities"),
    (fields.GroupRef, "groups"),
    (fields.ActorRef, "actors"),
    (fields.FactorId, "risk factors"),
    (fields.InhibitorId, "inhibitors"),
    (fields.OnId, "risk factors and inhibitors"),
    (fields.HarmId, "harm paths"),
    (fields.Country, COUNTRIES),
)
_KINDS: tuple[tuple[Any, Kind], ...] = (
    (fields.Day, "day"),
    (fields.Amount, "amount"),
    (fields.Count, "count"),
    (fields.Share, "share"),
)


_COLUMNS: dict[type[Any], tuple[Column, ...]] = {}


def columns_of(kind: type[Any]) -> tuple[Column, ...]:
    """The columns of a class of the model: its plain fields, and those of the records in it there is one of."""
    if kind not in _COLUMNS:
        _COLUMNS[kind] = tuple(_columns(kind, (), "", is_public=True))
    return _COLUMNS[kind]


def _columns(kind: type[Any], at: Key, before: str, *, is_public: bool) -> list[Column]:
    made: list[Column] = []
    for one in dataclasses.fields(kind):
        hint, is_list = _inner(hints_of(kind)[one.name])
        is_open = is_public and sensitivity_of(one) == "public"
        label = f"{before}{_LABELS.get((kind, one.name)) or _label(one.name, hint)}"
        if hint is Evidence and is_list:
            made += _columns(Evidence, (*at, one.name, 0), "evidence: ", is_public=is_open)
        elif dataclasses.is_dataclass(hint):
            if not is_list and one.name != "published" and isinstance(hint, type):
                made += _columns(hint, (*at, one.name), f"{before}{spoken(one.name)}: ", is_public=is_open)
        elif get_origin(hint) is not dict:
            made.append(_column(kind, one, hint, label, (*at, one.name), is_list=is_list, is_public=is_open))
    return made


def _column(
    holder: type[Any],
    one: dataclasses.Field[Any],
    hint: Any,
    label: str,
    key: Key,
    *,
    is_list: bool,
    is_public: bool,
) -> Column:
    words = get_args(hint) if get_origin(hint) is Literal else ()
    needed = one.default is dataclasses.MISSING and one.default_factory is dataclasses.MISSING
    default = None if needed else one.default
    of_form: Kind = "form" if get_origin(hint) is Annotated else "text"
    kind: Kind = "word" if words else next((name for form, name in _KINDS if hint == form), of_form)
    defines = one.name == "id" and holder in (Place, Partner, Activity, Actor, Group)
    choices = "" if defines else next((name for form, name in _REFERS if hint == form), "")
    return Column(
        key,
        label,
        kind,
        str(one.metadata.get("help", "")),
        is_list=is_list,
        needed=needed,
        default=default,
        is_public=is_public,
        words=words,
        choices=choices,
    )


def _label(name: str, hint: Any) -> str:
    if hint == fields.Day:
        return f"{spoken(name)} (day)"
    return f"{spoken(name)} (role)" if name in _ROLES and hint is str else spoken(name)


def _inner(hint: Any) -> tuple[Any, bool]:
    """What a type holds, without `None`, and whether it holds several."""
    if get_origin(hint) in (Union, types.UnionType):
        hint = next(one for one in get_args(hint) if one is not type(None))
    if get_origin(hint) is tuple:
        return get_args(hint)[0], True
    return hint, False


def evidence_columns() -> tuple[Column, ...]:
    """The columns of one piece of evidence."""
    return columns_of(Evidence)


def name_columns() -> tuple[Column, ...]:
    """The columns of the annex."""
    return columns_of(Identity)


def is_answers(table: Table) -> bool:
    """Whether the rows of a table are answers."""
    return table.kind is Answer


def is_input(table: Table, column: Column) -> bool:
    """Whether a cell that is filled in makes a row count: which question it is, an answer's row says of itself."""
    return table.kind is not Answer or column.key not in (("question",), ("about",))
