"""From files and folders to a case: which file is what, and all that is wrong with them at once."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from lens.errors import InputError, Problem, near
from lens.readers.text import Text, load_yaml, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from lens.cases import Annex, Case
    from lens.cases.policy import Policy
    from lens.hooks.registry import Registry
    from lens.hooks.specs import ReadProgram
    from lens.readers.consistency import Part
    from lens.readers.text import Key

PARTS: dict[str, str] = {
    "program": "the program: places, partners, activities",
    "context": "the judgement of its places",
    "answers": "people's answers",
    "decisions": "dispositions and escalations",
}
"""What a case file may hold, by its top key, and what each is."""

ANSWERS = "answers"
ANNEX = "restricted"
POLICY_FILE = "lens.toml"
ENDINGS = (".yaml", ".yml", ".json")


@dataclass(frozen=True, slots=True)
class Read:
    """A case as read, with what its reader has to say about how it was read."""

    case: Case
    policy: Policy
    files: tuple[tuple[str, str], ...]
    """What was read: kind and sha256 of each file, without its name; the annex is never digested."""
    notes: tuple[str, ...]
    """Ids of things to be told: `annex-not-read`, `annex-open-to-others` …"""
    faults: tuple[str, ...] = ()
    """What of a published file could not be read."""


def read_case(
    paths: Sequence[Path],
    registry: Registry,
    *,
    with_annex: bool = False,
    policy: Path | None = None,
    activity: str | None = None,
) -> Read:
    """Read a case from files, folders, or one published file.

    `with_annex` opens `restricted.yaml`; otherwise it stays closed. `policy` names a `lens.toml`; left out, one that
    lies beside the case is taken. `activity` names one activity of a published file.
    Raises InputError with every problem of every file.
    """
    problems: list[Problem] = []
    files = _spread(paths, problems)
    annex_files = [file for file in files if _is_annex(file)]
    published = [file for file in files if file.suffix.lower() not in ENDINGS]
    if len(published) > 1:
        problems.append(
            Problem(
                str(published[1]),
                what="This is a second published file.",
                fix="Review one activity of one file at a time.",
            )
        )
    parts = _parts([file for file in files if file not in annex_files and file not in published], problems)
    notes: list[str] = []
    faults: tuple[str, ...] = ()
    annex = _annex(annex_files, with_annex, notes, problems)
    policy_file = policy or _beside(paths, notes)
    agency = agency_policy(policy_file, registry, problems)
    values = _values(parts)
    if published and not problems:
        found = _published(published[0], activity, values, registry)
        values["program"] = found.program
        annex = found.annex if with_annex and annex is None else annex
        notes.extend(found.notes)
        faults = found.faults
    elif activity is not None and not published:
        problems.append(Problem(what="--activity names an activity of a published file, and none was given."))
    if not problems and "program" not in values:
        listed = ", ".join(str(path) for path in paths)
        problems.append(
            Problem(
                listed,
                what="There is no program here.",
                fix="Begin one with `lens new program`, or name a published file.",
            )
        )
    if not problems:
        problems.extend(_consistency(parts, values))
    if problems or agency is None:
        raise InputError(sorted(problems))
    from lens.cases import Case, Decisions

    case = Case(
        program=values["program"],
        context=values.get("context"),
        answers=values.get("answers"),
        decisions=values.get("decisions") or Decisions(),
        annex=annex,
    )
    return Read(case, agency, _digests([*files, *((policy_file,) if policy_file else ())]), tuple(notes), faults)


def _spread(paths: Sequence[Path], problems: list[Problem]) -> list[Path]:
    """The files that paths stand for; a folder stands for the case files in it."""
    files: list[Path] = []
    for path in paths:
        try:
            mode = path.stat().st_mode
        except (OSError, ValueError):
            try:
                read_text(path, str(path))
            except InputError as reason:
                problems.extend(reason.problems)
            continue
        if stat.S_ISREG(mode):
            files.append(path)
            continue
        if not stat.S_ISDIR(mode):
            problems.append(Problem(str(path), what="This is not a plain file.", fix="Name a file or a folder."))
            continue
        before = len(problems)
        found = _in_folder(path, problems)
        if not found and len(problems) == before:
            problems.append(
                Problem(
                    str(path),
                    what="This folder holds no case files.",
                    fix="Begin one there with `lens new program`.",
                )
            )
        files.extend(found)
    # One file may be named twice, in a folder and alone, or through a link.
    return list({os.path.realpath(file): file for file in reversed(files)}.values())[::-1]


def _in_folder(folder: Path, problems: list[Problem]) -> list[Path]:
    """The case files of a folder, in order of name; what looks like one and cannot be read is a problem.

    Hidden files are not the user's: editors and file systems put them there.
    """
    try:
        there = sorted(one for one in folder.iterdir() if not one.name.startswith("."))
    except OSError as reason:
        problems.append(Problem(str(folder), what=f"The folder cannot be read: {reason.strerror}."))
        return []
    found = []
    for one in there:
        if one.suffix.lower() in ENDINGS:
            if one.is_file():
                found.append(one)
                continue
            what = "This link leads nowhere." if one.is_symlink() else "This is not a plain file."
            problems.append(Problem(str(one), what=what, fix="Take it out of the folder, or put the file itself here."))
        elif one.suffix.lower() == ".txt" and one.with_suffix("").suffix.lower() in ENDINGS:
            what = "This file ends in .txt, so it would not be read."
            problems.append(Problem(str(one), what=what, fix=f"Rename it to {one.stem}."))
    return found


def _is_annex(file: Path) -> bool:
    """Whether a file is the restricted annex: by its name alone, because it is not opened to find out."""
    return file.suffix.lower() in ENDINGS and file.stem.lower() == ANNEX


def _parts(files: list[Path], problems: list[Problem]) -> list[tuple[str, Part]]:
    """The parts that files hold, by name. Answers may stand in several files: people answer apart from each other."""
    from lens.readers.boundary import validate
    from lens.readers.consistency import Part

    parts: list[tuple[str, Part]] = []
    for file in files:
        try:
            text = load_yaml(file)
            names = _names(text)
        except InputError as reason:
            problems.extend(reason.problems)
            continue
        for name in names:
            other = next((part.text.name for known, part in parts if known == name), None)
            if other is not None and name != ANSWERS:
                what = f"This is given in {other} as well."
                problems.append(Problem(text.name, text.line((name,)), name, what, "Keep one of the two."))
                continue
            value = None
            try:
                value = validate(_kind(name), text, at=(name,))
            except InputError as reason:
                problems.extend(reason.problems)
            parts.append((name, Part(value, text, (name,))))
    return parts


def _values(parts: list[tuple[str, Part]]) -> dict[str, Any]:
    """What the parts of a case hold; answers of several files are one."""
    values = {name: part.value for name, part in parts}
    given = [part.value for name, part in parts if name == ANSWERS and part.value is not None]
    if len(given) > 1:
        from lens.cases import Answers

        lists = ("answers", "others", "settled")
        values[ANSWERS] = Answers(**{name: tuple(a for one in given for a in getattr(one, name)) for name in lists})
    return values


def _names(text: Text) -> list[str]:
    """The parts that a file holds, by its top keys."""
    if not isinstance(text.data, dict) or not text.data:
        raise InputError(
            Problem(
                text.name,
                what="This file holds no case.",
                fix=f"Its first word should be one of: {', '.join(PARTS)}. `lens new program` writes an example.",
            )
        )
    if {"schema", "outcome", "findings"} <= text.data.keys():
        raise InputError(
            Problem(
                text.name,
                what="This is a saved review, not a part of a case.",
                fix="`lens report` makes reports of it. Take it out of the folder of the case.",
            )
        )
    unknown = [key for key in text.data if key not in PARTS]
    if unknown:
        raise InputError(
            [
                Problem(
                    text.name,
                    text.line((key,)),
                    key[:60],
                    "This name is not known at the top of a case file.",
                    near(key, tuple(PARTS)) or f"Known there: {', '.join(PARTS)}.",
                )
                for key in unknown
            ]
        )
    return list(text.data)


def _kind(name: str) -> type[Any]:
    from lens.cases import Answers, Context, Decisions, Program

    return {"program": Program, "context": Context, "answers": Answers, "decisions": Decisions}[name]


def _annex(files: list[Path], wanted: bool, notes: list[str], problems: list[Problem]) -> Annex | None:
    if not files:
        return None
    if len(files) > 1:
        problems.append(
            Problem(str(files[1]), what=f"There is a second restricted annex: {files[0]}.", fix="Name one of the two.")
        )
        return None
    if any(file.stat().st_mode & 0o077 for file in files):
        notes.append("annex-open-to-others")
    if not wanted:
        notes.append("annex-not-read")
        return None
    from lens.cases import Annex
    from lens.readers.boundary import validate

    try:
        return validate(Annex, load_yaml(files[0]))
    except InputError as reason:
        problems.extend(reason.problems)
        return None


def _beside(paths: Sequence[Path], notes: list[str]) -> Path | None:
    """The `lens.toml` that lies in the folder of a case, if there is one; a second one is told of."""
    folders = [path if path.is_dir() else path.parent for path in paths]
    # What is there and no plain file is taken as well: reading it says what is wrong with it.
    found = {
        os.path.realpath(folder / POLICY_FILE): folder / POLICY_FILE
        for folder in folders
        if os.path.lexists(folder / POLICY_FILE)
    }
    if len(found) > 1:
        notes.append("second-policy")
    return next(iter(found.values()), None)


def agency_policy(path: Path | None, registry: Registry, problems: list[Problem]) -> Policy | None:
    """The policy of an agency, which the registry obeys from then on; what is wrong with it goes to `problems`."""
    from lens.cases.policy import Policy

    if path is None:
        return Policy()
    try:
        policy = read_policy(path)
    except InputError as reason:
        problems.extend(reason.problems)
        return None
    from lens.hooks.installed import Rules

    registry.obey(Rules.of(policy.plugins), str(path))
    problems.extend(_checks_named(policy, str(path), registry))
    return policy


def _checks_named(policy: Policy, file: str, registry: Registry) -> Iterator[Problem]:
    """Levels and checks switched off that name a check there is not, or one twice.

    A check of a pack that is not here, blocked or broken is no mistake in the file; the review says so.
    """
    for table, does in (("levels", "moved"), ("off", "switched off")):
        seen: set[str] = set()
        for number, one in enumerate(getattr(policy, table), 1):
            field = f"{table}[{number}].check"
            checks = registry.checks
            if one.check in seen:
                yield Problem(file, field=field, what=f"{one.check} is {does} twice.", fix="Keep one.")
            elif one.check not in checks and one.check.partition(".")[0] in {name.partition(".")[0] for name in checks}:
                hint = near(one.check, tuple(checks)) or "`lens checks` lists them."
                yield Problem(file, field=field, what=f"There is no check {one.check}.", fix=hint)
            seen.add(one.check)


def read_policy(path: Path) -> Policy:
    """Read an agency's `lens.toml`; InputError says where and what is wrong with it."""
    import tomllib

    from lens.cases.policy import Policy
    from lens.readers.boundary import validate

    source = read_text(path, str(path))
    try:
        data = _texts(tomllib.loads(source, parse_float=str))
    except (ValueError, RecursionError) as reason:
        # Python says the line in words only; numbers too long to read come without one.
        line = re.search(r"at line (\d+)", str(reason))
        raise InputError(
            Problem(
                str(path),
                int(line[1]) if line else 0,
                what="This cannot be read as TOML.",
                fix='Look for a missing quote or bracket: name = "text", and [table] or [[table]] alone on a line.',
            )
        ) from None
    return validate(Policy, Text(str(path), data, _toml_lines(source)))


def _toml_lines(source: str) -> dict[Key, int]:
    """The lines that tables and names of a TOML file begin on, which its reader does not keep.

    None where a text runs over several lines: what stands in it could be taken for a name.
    """
    lines: dict[Key, int] = {}
    if '"""' in source or "'''" in source:
        return lines
    table: Key = ()
    entries: dict[Key, int] = {}
    for number, line in enumerate(source.splitlines(), 1):
        if found := re.match(r"\s*(\[\[?)\s*([\w.-]+)\s*\]", line):
            table = tuple(found[2].split("."))
            if found[1] == "[[":
                entries[table] = entries.get(table, -1) + 1
                table = (*table, entries[table])
            lines.setdefault(table, number)
        elif found := re.match(r"\s*([\w-]+)\s*=", line):
            lines.setdefault((*table, found[1]), number)
    return lines


def _texts(data: Any) -> Any:
    """TOML's typed values as text, so that one set of rules reads all files."""
    if isinstance(data, dict):
        return {key: _texts(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_texts(value) for value in data]
    if isinstance(data, bool):
        return "yes" if data else "no"
    return str(data)


def _published(path: Path, activity: str | None, values: dict[str, Any], registry: Registry) -> ReadProgram:
    if values.get("program") is not None:
        raise InputError(Problem(str(path), what="A program is given in YAML as well.", fix="Name one or the other."))
    try:
        with path.open("rb") as stream:
            head = stream.read(4096)
    except OSError as reason:
        raise InputError(Problem(str(path), what=f"The file cannot be read: {reason.strerror}.")) from None
    for reader in registry.readers:
        if registry.does(reader.name, "recognizing a file", partial(reader.recognizes, head)):
            return registry.reads(reader, path, activity)
    raise InputError(
        Problem(
            str(path),
            what=_looks_like(head),
            fix="lens reads cases in .yaml, .yml or .json files, and published IATI activities in XML.",
        )
    )


_MARKS = (
    (b"PK", "This is a packed file (zip) or an office document."),
    (b"%PDF", "This is a PDF."),
    (b"\xd0\xcf\x11\xe0", "This is an office document."),
    (b"\x1f\x8b", "This is a packed file (gzip), and no published activities are in it."),
    (b"{", "This is JSON. If it holds a case, its name must end in .json."),
    (b"[", "This is JSON, and a list. It holds no case and no published activities."),
    (b"<!doctype html", "This is a web page. It may be an error page or a login page."),
    (b"<html", "This is a web page. It may be an error page or a login page."),
    (b"<", "This is XML or something like it, but not a file of IATI activities."),
)


def _looks_like(head: bytes) -> str:
    """What a file is that no reader knows, by how it begins."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if not start:
        return "This file is empty."
    for mark, what in _MARKS:
        if start.startswith(mark.lower()):
            return what
    if any(start.startswith(f"{name}:".encode()) for name in PARTS):
        return "This looks like a case. Its name must end in .yaml."
    return "This is not a kind of file that lens knows."


def _consistency(parts: list[tuple[str, Part]], values: dict[str, Any]) -> list[Problem]:
    from lens.readers.consistency import Part, problems_of

    known = [part for _, part in parts if part.value is not None]
    if not any(name == "program" for name, _ in parts):
        # A published program is the reader's own work; it is here for what the other files refer to.
        known.append(Part(replace(values["program"]), Text("published file", {})))
    return problems_of(known)


def _digests(files: Sequence[Path]) -> tuple[tuple[str, str], ...]:
    import hashlib

    found = []
    for file in files:
        if _is_annex(file):
            continue
        digest = hashlib.sha256()
        with file.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
        found.append((file.suffix.lower().lstrip(".") or "file", digest.hexdigest()))
    return tuple(found)
