"""Loading a pack: a folder with `pack.yaml` and further YAML files; found by metadata, never imported."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from lens.checks import CORE_PACKS
from lens.checks.model import Check, Option, Question
from lens.errors import InputError, Problem, near
from lens.languages.files import is_translation
from lens.packs.form import HEAD, PACK_FILE, PackFile

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterator
    from pathlib import Path

    from lens.catalog import Item
    from lens.checks.applies import Applies
    from lens.packs.form import Remedy
    from lens.readers.text import Text

LONGEST_ID = 80
MOST_ORDER = 9_999
MOST_MINUTES = 480
"""A question that takes longer than a working day is none."""

_HOW = "`lens new pack NAME` writes one to fill in."


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack as loaded."""

    name: str
    title: str
    owner: str
    version: str
    license: str
    digest: str
    """The first 16 hex digits of the sha256 over its files, in order of name; translations are no part of it."""
    checks: tuple[Check, ...]
    items: tuple[Item, ...]
    """What it adds to the catalog: sources, remedies, entries."""
    called: str
    """How messages call its folder."""
    folder: Path
    """Where it lies; translations of its texts lie there too."""
    files: dict[str, tuple[str, ...]]
    """The ids of the checks of each file, by its name without ending."""
    lines: dict[str, tuple[str, int]]
    """The file and line that each check, source, remedy and entry begins on."""
    applies: Applies | None = None


def short(name: str) -> str:
    """An id as messages print it: one that is far too long would bury the rest."""
    return name if len(name) <= LONGEST_ID else f"{name[:LONGEST_ID]}…"


@dataclass(slots=True)
class _Draft:
    """What has been read so far, file by file."""

    head: PackFile = field(default_factory=PackFile)
    checks: list[tuple[Check, bool]] = field(default_factory=list)
    """Each check, and whether it stood under `questions`."""
    parts: list[PackFile] = field(default_factory=list)
    files: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lines: dict[str, tuple[str, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def say(self, name: str, field_: str, what: str, fix: str = "") -> None:
        """Note a problem of an item, where it stands."""
        file, line = self.lines.get(name, ("", 0))
        self.problems.append(Problem(file, line, f"{short(name)}{field_ and ': '}{field_}", what, fix))


def load_pack(folder: Path, *, called: str = "", ours: bool = False) -> Pack:
    """Load the pack in a folder.

    `called` is how messages name the folder; `ours` spares a pack of the core what its tests do; see `plain`.
    Raises InputError with every problem of every file: unreadable YAML, unknown keys, an id with another pack's prefix,
    a question without options, a source that nothing lists.
    """
    from lens.packs.plain import plain
    from lens.readers.boundary import validate
    from lens.readers.text import parse, read_text

    where = called or folder.name
    draft = _Draft()
    digest = sha256()
    for file in _files(folder, where, draft):
        name = f"{where}/{file.name}"
        try:
            source = read_text(file, name)
            digest.update(f"{file.name}\0{len(source)}\0{source}".encode())
            text = parse(source, name)
            made = plain(PackFile, text) if ours else validate(PackFile, text)
        except InputError as reason:
            draft.problems.extend(reason.problems)
            continue
        _take(draft, file.stem, made, text)
    if draft.problems:
        raise InputError(draft.problems)
    remedies = {one.id: one for part in draft.parts for one in part.remedies}
    for check, asked in draft.checks:
        _examine(draft, check, remedies, asked=asked)
    items = tuple(_items(draft))
    if draft.problems:
        raise InputError(draft.problems)
    head = draft.head
    return Pack(
        name=head.pack,
        title=head.title,
        owner=head.owner,
        version=head.version,
        license=head.license,
        digest=digest.hexdigest()[:16],
        checks=tuple(filled(check, remedies) for check, _ in draft.checks),
        items=items,
        called=where,
        folder=folder,
        files=draft.files,
        lines=draft.lines,
        applies=head.applies,
    )


def name_in(folder: Path) -> str:
    """What the pack in a folder calls itself. InputError where its `pack.yaml` cannot be read or does not say."""
    from lens.readers.text import load_yaml

    file = folder / PACK_FILE
    if not file.is_file():
        raise InputError(Problem(str(folder), what=f"There is no {PACK_FILE} in this folder.", fix=_HOW))
    data = load_yaml(file).data
    name = data.get("pack") if isinstance(data, dict) else None
    if not isinstance(name, str) or not name:
        raise InputError(Problem(str(file), 1, "pack", "The pack has no name.", "Write: pack: land-rights"))
    return name


def _files(folder: Path, where: str, draft: _Draft) -> list[Path]:
    """The files of a pack, `pack.yaml` first, the others in order of name."""
    if not (folder / PACK_FILE).is_file():
        raise InputError(Problem(where, what=f"There is no {PACK_FILE} in this pack.", fix=_HOW))
    for file in sorted(one for one in folder.iterdir() if _looks_read(one.name)):
        draft.problems.append(
            Problem(f"{where}/{file.name}", what="This is not read.", fix="Let its name end in .yaml.")
        )
    files = [one for one in folder.glob("[!.]*.yaml") if not is_translation(one.name)]
    return sorted(files, key=lambda one: (one.name != PACK_FILE, one.name))


def _looks_read(name: str) -> bool:
    """Whether people would take a file for one of the pack's, though it is not read."""
    return name.lower().endswith((".yml", ".yaml")) and not name.endswith(".yaml") and not name.startswith(".")


def _take(draft: _Draft, stem: str, made: PackFile, text: Text) -> None:
    """Take over what one file holds, noting where each item stands and what stands twice."""
    if f"{stem}.yaml" == PACK_FILE:
        draft.head = made
        if not made.pack:
            draft.problems.append(Problem(text.name, 1, "pack", "The pack has no name.", "Write: pack: land-rights"))
    else:
        draft.problems.extend(
            Problem(text.name, text.line((name,)), name, f"This stands in {PACK_FILE} alone.", "Move it there.")
            for name in HEAD
            if name in (text.data or {})
        )
    for part in ("questions", "checks", "sources", "remedies", "entries"):
        for number, one in enumerate(getattr(made, part)):
            line = text.line((part, number))
            if one.id in draft.lines:
                what, fix = "This id stands twice.", "Choose another."
                draft.problems.append(Problem(text.name, line, short(one.id), what, fix))
            elif one.id.partition(".")[0] != draft.head.pack:
                what = f"The ids of this pack begin with {draft.head.pack}."
                draft.problems.append(Problem(text.name, line, short(one.id), what))
            draft.lines[one.id] = (text.name, line)
    draft.checks += [(check, True) for check in made.questions] + [(check, False) for check in made.checks]
    draft.parts.append(made)
    draft.files[stem] = tuple(check.id for check in (*made.questions, *made.checks))


def _examine(draft: _Draft, check: Check, remedies: dict[str, Remedy], *, asked: bool) -> None:
    """Note what a check lacks that nothing could do without."""
    if asked != (check.question is not None):
        draft.say(check.id, "", "Under questions, each check has a question; under checks, none has.")
    for field_, what, fix in lacks(check, remedies, draft.lines):
        draft.say(check.id, field_, what, fix)


def lacks(check: Check, remedies: Container[str], own: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """What a check lacks that nothing could do without: field, what, what to do.

    `remedies` and `own` are the ids of what its pack or plugin lists beside the core.
    """
    if not check.options or not check.sources or not check.touches:
        yield "", "Options, sources and touches are needed.", "Add at least one of each."
    if not check.who:
        yield "who", "Nobody is named who can best answer.", "Name a role."
    if check.lifecycle == "deprecated" and not check.successor:
        yield "successor", "A deprecated check names the one that takes over.", "Add it."
    if len(check.id) > LONGEST_ID:
        yield "id", f"The id has more than {LONGEST_ID} signs.", "Choose a shorter one."
    if not 0 <= check.order <= MOST_ORDER:
        yield "order", f"The order is a number from 0 to {MOST_ORDER}.", "Write one."
    if check.depth == "first-look" and check.pack not in CORE_PACKS:
        yield "depth", "The first look is the core's: the same questions for everybody.", "Leave it out."
    yield from _question_lacks(check.question) if check.question is not None else _outcomes_lack(check)
    yield from _options_lack(check, remedies)
    cited = (*check.sources, *((check.case.source,) if check.case else ()))
    yield from _listed("sources", cited, own)
    yield from _listed("touches", check.touches, own)


def _question_lacks(question: Question) -> Iterator[tuple[str, str, str]]:
    if not question.ask.strip():
        yield "question.ask", "This is empty.", "Write what is asked."
    if question.good not in ("yes", "no"):
        yield "question.good", "The good answer is yes or no.", "Write one of the two."
    if not 1 <= question.minutes <= MOST_MINUTES:
        yield "question.minutes", f"The minutes are a number from 1 to {MOST_MINUTES}.", "Write one."


def _outcomes_lack(check: Check) -> Iterator[tuple[str, str, str]]:
    if not check.outcomes:
        yield "", "A computed check says what its outcomes are.", "Add at least one."
    if any(one.state == "error" for one in check.outcomes.values()):
        yield "outcomes", "No outcome can be an error: that is for what fails.", "Choose another state."


def _options_lack(check: Check, remedies: Container[str]) -> Iterator[tuple[str, str, str]]:
    for option in check.options:
        listed = option.id in remedies or _core_remedy(option.id)
        if listed and option.do:
            yield "options", f"{option.id[:60]} is a remedy already.", "Give its id alone, or choose another id."
        elif not listed and not option.do:
            fix = "Write what to do, or correct the id."
            yield "options", f"{option.id[:60]} is no remedy and says nothing to do.", fix


def _listed(field_: str, ids: tuple[str, ...], own: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Ids that neither the core nor the pack lists."""
    from lens import catalog

    for one in ids:
        if one in own or catalog.find(one) is not None:
            continue
        known = [*catalog.items("source"), *own] if field_ == "sources" else list(catalog.known_ids())
        hint = near(one, known) or "`lens explain ID` says what an id is."
        yield field_, f"{one[:60]} is listed neither by lens nor by this pack.", hint


def _core_remedy(name: str) -> bool:
    from lens import catalog

    return catalog.find_remedy(name) is not None


def filled(check: Check, remedies: dict[str, Remedy]) -> Check:
    """A check with what shared remedies say to do filled in."""
    return replace(check, options=tuple(_whole(option, remedies) for option in check.options))


def _whole(option: Option, remedies: dict[str, Remedy]) -> Option:
    """An option as the pack's or the catalog's list of remedies has it, where only its id is given."""
    from lens import catalog

    if option.do:
        return option
    if own := remedies.get(option.id):
        return Option(id=own.id, do=own.do, effort=own.effort, who=own.who)
    return Option(id=option.id, **(catalog.find_remedy(option.id) or {}))


def _items(draft: _Draft) -> Iterator[Item]:
    """What the pack adds to the catalog, in the form of the catalog's own entries."""
    from lens.catalog import Item

    for part in draft.parts:
        for one in part.sources:
            more: dict[str, object] = {"symbol": one.symbol, "year": one.year, "publisher": one.publisher}
            more["what"] = one.what
            yield Item(one.id, "source", one.title, one.title, one.status, certainty=one.certainty, more=more)
        for remedy in part.remedies:
            more = {"effort": remedy.effort, "who": remedy.who}
            yield Item(remedy.id, "remedy", remedy.do, remedy.do, "judgement", more=more)
        for entry in part.entries:
            for name, ids in (("sources", entry.sources), ("relates", entry.relates)):
                for field_, what, fix in _listed(name, ids, draft.lines):
                    draft.say(entry.id, field_, what, fix)
            yield Item(
                entry.id,
                "entry",
                entry.name,
                entry.text,
                entry.status,
                entry.origin,
                entry.sources,
                entry.certainty,
                entry.tendency,
                more={"relates": entry.relates},
            )
