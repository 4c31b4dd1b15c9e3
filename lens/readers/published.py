"""One record of published data, whatever it was read from: an IATI activity, a row of a table, a contribution.

What readers of published data give, one record at a time; the portfolio puts the records of one program together.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from decimal import Decimal

    from lens.cases.annex import Annex
    from lens.cases.program import Program
    from lens.errors import Problem

FlowKind = Literal["planned", "commitment", "disbursement", "expenditure", "incoming", "other"]
"""What a sum of money is. Commitments and what was paid out are never added to each other."""

Exposed = Literal["point", "exact-point", "named-place", "person", "e-mail", "telephone", "named-local-body"]
"""What a record gives away of places and people: kinds only, never the thing itself."""


@dataclass(frozen=True, slots=True)
class Flow:
    """The money of one record of one kind, year and currency, and what the money's own lines say it is for.

    Countries, regions and sectors are filled only where the money's own lines (a transaction, a row) name them. Where
    they are empty, what the whole record says holds, with its shares.
    """

    kind: FlowKind
    amount: Decimal
    """Net: what was taken back is subtracted."""
    currency: str = ""
    """ISO 4217; empty where it is not stated."""
    year: int | None = None
    number: int = 1
    """How many lines stand behind it."""
    taken_back: Decimal | None = None
    """The negative lines alone, as a negative sum; None where there are none."""
    country: str = ""
    region: str = ""
    sector: str = ""


@dataclass(frozen=True, slots=True)
class PublishedActivity:
    """One published record: the program made of it, the names behind its references, where it stands."""

    identifier: str
    """As published, white space made single spaces; may be empty, and may occur more than once."""
    program: Program
    annex: Annex
    line: int
    """The line or row it begins on, from 1; 0 where unknown."""
    problems: tuple[Problem, ...] = ()
    flows: tuple[Flow, ...] = ()
    """In order of kind, year, currency, country, region, sector."""
    donor: str = ""
    """Whose money it is, as a short code: a publisher's reference, a country's code. Never a local body's name."""
    belongs_to: str = ""
    """The program that this record is a part of, where the data itself says so; records of one donor that share it are
    one program. Empty where only identifiers and related activities can tell."""
    set_aside: str = ""
    """Why its money must not be added to that of others: `umbrella`, `not-for-sums`; empty where it may."""
    exposes: dict[Exposed, int] = field(default_factory=dict)
    """What it gives away of places and people: how often, by kind."""
