"""Packs: checks as data, a folder with `pack.yaml` and further YAML files; found by metadata, never imported."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from lens.cases.fields import public, record
from lens.checks.applies import Applies
from lens.checks.model import Check, Option
from lens.errors import InputError, Problem
from lens.languages.files import is_translation

if TYPE_CHECKING:
    from pathlib import Path

PACK_FILE = "pack.yaml"


@record
class PackFile:
    """What `pack.yaml` and the files beside it may hold."""

    pack: str = public(default="", help="The pack's name: the part of its ids before the dot.")
    title: str = public(default="", help="A few words.")
    owner: str = public(default="", help="Who answers for it.")
    version: str = public(default="", help="The pack's version.")
    license: str = public(default="", help="The license of its texts.")
    applies: Applies | None = public(default=None, help="When any of its checks applies; empty for always.")
    questions: tuple[Check, ...] = public(default=(), help="Checks asked of people.")
    checks: tuple[Check, ...] = public(default=(), help="Computed checks; each needs its function in Python.")


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack as loaded."""

    name: str
    title: str
    owner: str
    version: str
    digest: str
    """The first 16 hex digits of the sha256 over its files, in order of name; translations are no part of it."""
    checks: tuple[Check, ...]
    folder: Path
    """Where it lies; translations of its texts lie there too."""
    files: dict[str, tuple[str, ...]]
    """The ids of the checks of each file, by its name without ending."""
    applies: Applies | None = None


def load_pack(folder: Path, *, called: str = "") -> Pack:
    """Load the pack in a folder.

    `called` is how messages name the folder. Raises InputError with every problem of every file: unreadable YAML,
    unknown keys, an id with another pack's prefix, a question without options.
    """
    from lens.readers.boundary import validate
    from lens.readers.text import parse, read_text

    where = called or folder.name
    files = sorted(one for one in folder.glob("*.yaml") if one.is_file() and not is_translation(one.name))
    if folder / PACK_FILE not in files:
        raise InputError(Problem(where, what=f"There is no {PACK_FILE} in this pack."))
    files.sort(key=lambda one: (one.name != PACK_FILE, one.name))
    digest = sha256()
    head: PackFile | None = None
    checks: list[Check] = []
    held: dict[str, tuple[str, ...]] = {}
    problems: list[Problem] = []
    for file in files:
        name = f"{where}/{file.name}"
        try:
            source = read_text(file, name)
            digest.update(source.encode())
            made = validate(PackFile, parse(source, name))
        except InputError as reason:
            problems.extend(reason.problems)
            continue
        head = head or made
        for check in (*made.questions, *made.checks):
            problems.extend(_wrong(check, name, head.pack, is_question=check in made.questions))
            checks.append(replace(check, options=tuple(map(_whole, check.options))))
        held[file.stem] = tuple(check.id for check in (*made.questions, *made.checks))
    if problems or head is None:
        raise InputError(problems)
    seal = digest.hexdigest()[:16]
    return Pack(head.pack, head.title, head.owner, head.version, seal, tuple(checks), folder, held, head.applies)


def _whole(option: Option) -> Option:
    """An option as the catalog's list of remedies has it, where only its id is given."""
    from lens import catalog

    if option.do or (remedy := catalog.find_remedy(option.id)) is None:
        return option
    return Option(id=option.id, **remedy)


def _wrong(check: Check, file: str, pack: str, *, is_question: bool) -> list[Problem]:
    found = []
    if check.pack != pack:
        found.append(Problem(file, field=check.id, what=f"The ids of this pack begin with {pack}."))
    if not check.options or not check.sources or not check.touches:
        found.append(
            Problem(
                file,
                field=check.id,
                what="Options, sources and touches are needed.",
                fix="Add at least one of each.",
            )
        )
    from lens import catalog

    for option in check.options:
        listed = catalog.find_remedy(option.id) is not None
        if listed == bool(option.do):
            what = "is the catalog's own remedy" if listed else "is no remedy of the catalog and says nothing to do"
            fix = "Give its id alone, or choose another id." if listed else "Write what to do, or correct the id."
            found.append(Problem(file, field=f"{check.id}: options", what=f"{option.id} {what}.", fix=fix))
    if is_question != (check.question is not None):
        found.append(
            Problem(
                file,
                field=check.id,
                what="Under questions, each check has a question; under checks, none has.",
            )
        )
    if not is_question and not check.outcomes:
        found.append(Problem(file, field=check.id, what="A computed check says what its outcomes are."))
    return found
