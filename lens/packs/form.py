"""The form of a pack: what `pack.yaml` and the YAML files beside it may hold."""

from __future__ import annotations

from typing import Annotated

from lens.cases.fields import Form, public, record
from lens.checks.applies import Applies
from lens.checks.model import Check
from lens.words import EffortWord, Role, Tendency, TextStatus

PACK_FILE = "pack.yaml"

PackName = Annotated[str, Form("A pack", r"([a-z][a-z0-9]*(-[a-z0-9]+)*)?", "land-rights")]
OwnId = Annotated[str, Form("An id of a pack", r"[a-z][a-z0-9-]*\.[a-z0-9][a-z0-9-]*", "land-rights.short-name")]
Year = Annotated[str, Form("A year", r"(\d{4}([-/;,] ?\d{2,4})*)?", "2012, or 2016; 2018, or nothing")]
Version = Annotated[str, Form("A version", r"(\d{1,6}(\.\d{1,6}){0,3}([a-z]{1,6}\d{0,6})?)?", "0.1.0")]
Certainty = Annotated[str, Form("A certainty", r"(high|medium|low)?", "high, medium or low")]


@record
class Source:
    """Where something comes from that the catalog of the core does not list."""

    id: OwnId = public(help="<pack>.<slug>.")
    title: str = public(help="Its title, as one would look it up.")
    symbol: str = public(default="", help="Document symbol, ISBN, DOI; empty where it has none.")
    year: Year = public(default="", help="The year; empty where it is not known.")
    publisher: str = public(default="", help="Who published it.")
    what: str = public(help="What this pack takes from it, in one sentence.")
    status: TextStatus = public(help="Whether whoever wrote the pack has seen it.")
    certainty: Certainty = public(default="", help="How sure it is that it exists and says so.")


@record
class Remedy:
    """Something to do that several checks of the pack share: they name its id alone."""

    id: OwnId = public(help="<pack>.<slug>.")
    do: str = public(help="What to do, as one sentence that begins with a verb.")
    effort: EffortWord = public(help="Rough effort.")
    who: Role = public(help="Who does it.")


@record
class Entry:
    """An entry that the pack adds to the catalog: something of its field that its checks touch."""

    id: OwnId = public(help="<pack>.<slug>.")
    name: str = public(help="What it is called.")
    text: str = public(help="What it is, in the pack's own words.")
    status: TextStatus = public(help="Whether the text was held against where it comes from.")
    origin: str = public(default="", help="Whose it is: a standard, a body, our own.")
    sources: tuple[str, ...] = public(help="Source ids.")
    certainty: Certainty = public(default="", help="How sure.")
    tendency: Tendency = public(default="mixed", help="How fast a judgement of it goes stale.")
    relates: tuple[str, ...] = public(default=(), help="Ids of the core that it belongs to.")


@record
class PackFile:
    """What one YAML file of a pack may hold. The first six stand in `pack.yaml` alone."""

    pack: PackName = public(default="", help="The pack's name: the part of its ids before the dot.")
    title: str = public(default="", help="A few words.")
    owner: str = public(default="", help="Who answers for it.")
    version: Version = public(default="", help="The pack's version.")
    license: str = public(default="", help="The license of its texts.")
    applies: Applies | None = public(default=None, help="When any of its checks applies; empty for always.")
    questions: tuple[Check, ...] = public(default=(), help="Checks asked of people.")
    checks: tuple[Check, ...] = public(default=(), help="Computed checks; each needs its function in Python.")
    sources: tuple[Source, ...] = public(default=(), help="Sources that the core does not list.")
    remedies: tuple[Remedy, ...] = public(default=(), help="What several checks propose to do.")
    entries: tuple[Entry, ...] = public(default=(), help="Entries that the pack adds to the catalog.")


HEAD = ("pack", "title", "owner", "version", "license", "applies")
"""What stands in `pack.yaml` alone."""
