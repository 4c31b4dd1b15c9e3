"""What a plugin can give. Each hook is declared and documented here, and used by the core itself.

A plugin is a module or object named by an entry point of the group `lens`, with functions of these names marked
`lens.hooks.hookimpl`. It takes a `register` function and calls it once for each thing it gives; a plugin that gives
something invalid is told so on the spot. A function may leave out arguments that it does not need.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import pluggy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from lens.cases import Annex, Case, Program
    from lens.catalog import Item
    from lens.checks.model import Check, Run
    from lens.checks.setting import Setting
    from lens.languages.language import Language
    from lens.reviews.model import Review

__all__ = [
    "EvidenceNote",
    "EvidenceSource",
    "ReadProgram",
    "Reader",
    "Renderer",
    "ReportInput",
    "lens_catalog",
    "lens_checks",
    "lens_commands",
    "lens_evidence",
    "lens_readers",
    "lens_renderers",
    "lens_review_finished",
]

hookspec = pluggy.HookspecMarker("lens")
hookimpl = pluggy.HookimplMarker("lens")


@dataclass(frozen=True, slots=True)
class ReadProgram:
    """What a reader made of one file: the program, what identifies it, and what must be told about the reading."""

    program: Program
    annex: Annex
    notes: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    """What of the file could not be read, such as `file-broken`: it makes the review incomplete."""


@dataclass(frozen=True, slots=True)
class Reader:
    """An input format."""

    name: str
    recognizes: Callable[[bytes], bool]
    """Whether the first 4,096 bytes of a file are of this format. By content, never by name."""
    read: Callable[[Path, str | None], ReadProgram]
    """Read the program, or the activity asked for; raise `lens.InputError` for what the user can mend."""


@dataclass(frozen=True, slots=True)
class ReportInput:
    """What a renderer is handed: a finished review, already redacted, and what its sentences are made with."""

    review: Review
    checks: Mapping[str, Check]
    """Every check that is registered, by id. A review that was saved earlier may name others."""
    language: Language
    templates: Path | None = None
    """A folder of the user's own templates, looked in before the core's."""
    catalog: Mapping[str, Item] = field(default_factory=dict)
    """Sources and other entries that packs and plugins give beside the core's, by id."""


@dataclass(frozen=True, slots=True)
class Renderer:
    """An output format. `render` gives the text, or for a format that is none the bytes, of one file `file_name`."""

    name: str
    file_name: str
    render: Callable[[ReportInput], str | bytes]
    for_people: bool = True
    """Whether the texts of checks and catalog are put in the reader's language first; machines get English."""


@dataclass(frozen=True, slots=True)
class EvidenceNote:
    """Something known about a factor or inhibitor of a place. It is shown with its source and never changes a state."""

    about: str
    """RF7, RF7.10, INH5 …"""
    state: str
    on: date | None
    source: str
    """The name of the evidence source."""
    trend: str = "not_known"
    confidence: str = ""
    place: str = ""
    by: str = ""
    kinds: tuple[str, ...] = ()
    """Kinds of evidence it rests on."""
    women_and_men: bool = False
    """Whether it says how it shows for women and men."""


@dataclass(frozen=True, slots=True)
class EvidenceSource:
    """A source of notes on the places of a case."""

    name: str
    gather: Callable[[Case, Setting], Iterable[EvidenceNote]]


class RegisterCheck(Protocol):
    """Take one check, with its function where it is a computed one."""

    def __call__(self, check: Check, run: Run | None = None) -> None: ...


class RegisterCatalog(Protocol):
    """Take a kind of entries and a function that loads them when they are first asked for."""

    def __call__(self, kind: str, load: Callable[[], Iterable[Item]]) -> None: ...


class RegisterCommand(Protocol):
    """Take a subcommand: its name, its one line of help, and where it is, as `module:attribute`."""

    def __call__(self, name: str, help: str, target: str) -> None: ...  # noqa: A002 - plugins write help=


@hookspec
def lens_checks(register: RegisterCheck) -> None:
    """Give checks. Called when a review, or a list of checks, is wanted.

    :param register: `register(check, run)`; the check's id must begin with a prefix that is the plugin's own.

    .. versionadded:: 0.1
    """


@hookspec
def lens_catalog(register: RegisterCatalog) -> None:
    """Give more catalog entries: ids that checks touch and `lens explain` explains.

    :param register: `register(kind, load)`; `load` is called once, when an id is wanted that the core lacks.

    .. versionadded:: 0.1
    """


@hookspec
def lens_readers(register: Callable[[Reader], None]) -> None:
    """Give input formats. Called when a file is to be read that is not a case of our own.

    :param register: `register(reader)`.

    .. versionadded:: 0.1
    """


@hookspec
def lens_evidence(register: Callable[[EvidenceSource], None]) -> None:
    """Give sources of notes about the places of a case. Called once a review.

    :param register: `register(source)`.

    .. versionadded:: 0.1
    """


@hookspec
def lens_renderers(register: Callable[[Renderer], None]) -> None:
    """Give output formats. Called when a report is to be written.

    :param register: `register(renderer)`; a name that the core has cannot be taken.

    .. versionadded:: 0.1
    """


@hookspec
def lens_commands(register: RegisterCommand) -> None:
    """Give subcommands. Called when a command is named that the core lacks, and for `lens plugins`.

    :param register: `register(name, help, target)`; `target` is imported only when the command is run.

    .. versionadded:: 0.1
    """


@hookspec
def lens_review_finished(review: Review) -> None:
    """Be told of a finished review, at the audience of the run. What it raises is reported and changes nothing.

    :param review: the review, redacted.

    .. versionadded:: 0.1
    """
