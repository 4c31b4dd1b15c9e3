"""From files and folders to a case: which file is what, and all that is wrong with them at once."""

from __future__ import annotations

import stat
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from lens.errors import InputError, Problem, near
from lens.readers.text import Text, load_yaml, read_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from lens.cases import Annex, Case
    from lens.cases.policy import Policy
    from lens.hooks.registry import Registry
    from lens.hooks.specs import ReadProgram
    from lens.readers.consistency import Part

PARTS: dict[str, str] = {
    "program": "the program: places, partners, activities",
    "context": "the judgement of its places",
    "answers": "people's answers",
    "decisions": "dispositions and escalations",
}
"""What a case file may hold, by its top key, and what each is."""

ANNEX_FILE = "restricted.yaml"
POLICY_FILE = "lens.toml"
_ENDINGS = (".yaml", ".yml", ".json")


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
    annex_files = [file for file in files if file.name == ANNEX_FILE]
    published = [file for file in files if file.suffix.lower() not in _ENDINGS]
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
    policy_file = policy or _beside(paths)
    agency = _policy(policy_file, problems)
    values = {name: part.value for name, part in parts.items()}
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
        found = sorted(one for one in path.iterdir() if one.suffix.lower() in _ENDINGS and one.is_file())
        if not found:
            problems.append(
                Problem(
                    str(path),
                    what="This folder holds no case files.",
                    fix="Begin one there with `lens new program`.",
                )
            )
        files.extend(found)
    return list(dict.fromkeys(files))


def _parts(files: list[Path], problems: list[Problem]) -> dict[str, Part]:
    from lens.readers.boundary import validate
    from lens.readers.consistency import Part

    parts: dict[str, Part] = {}
    for file in files:
        try:
            text = load_yaml(file)
            names = _names(text)
        except InputError as reason:
            problems.extend(reason.problems)
            continue
        for name in names:
            if name in parts:
                other = parts[name].text.name
                problems.append(
                    Problem(
                        text.name,
                        text.line((name,)),
                        name,
                        f"This is given in {other} as well.",
                        "Keep one of the two.",
                    )
                )
                continue
            try:
                parts[name] = Part(validate(_kind(name), text, at=(name,)), text, (name,))
            except InputError as reason:
                problems.extend(reason.problems)
                parts.setdefault(name, Part(None, text, (name,)))
    return parts


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


def _beside(paths: Sequence[Path]) -> Path | None:
    """The `lens.toml` that lies in the folder of a case, if there is one."""
    for path in paths:
        folder = path if path.is_dir() else path.parent
        if (folder / POLICY_FILE).is_file():
            return folder / POLICY_FILE
    return None


def _policy(path: Path | None, problems: list[Problem]) -> Policy | None:
    from lens.cases.policy import Policy

    if path is None:
        return Policy()
    try:
        return read_policy(path)
    except InputError as reason:
        problems.extend(reason.problems)
        return None


def read_policy(path: Path) -> Policy:
    """Read an agency's `lens.toml`; InputError says where and what is wrong with it."""
    import tomllib

    from lens.cases.policy import Policy
    from lens.readers.boundary import validate

    source = read_text(path, str(path))
    try:
        data = tomllib.loads(source)
    except (tomllib.TOMLDecodeError, RecursionError) as reason:
        line = getattr(reason, "lineno", 0)
        raise InputError(Problem(str(path), line, what="From here on this cannot be read as TOML.")) from None
    return validate(Policy, Text(str(path), _texts(data)))


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
            what="This is not a kind of file that lens knows.",
            fix="It reads cases in .yaml, .yml or .json files, and published IATI activities.",
        )
    )


def _consistency(parts: dict[str, Part], values: dict[str, Any]) -> list[Problem]:
    from lens.readers.consistency import Part, problems_of

    known = [part for part in parts.values() if part.value is not None]
    if "program" not in parts:
        # A published program is the reader's own work; it is here for what the other files refer to.
        known.append(Part(replace(values["program"]), Text("published file", {})))
    return problems_of(known)


def _digests(files: Sequence[Path]) -> tuple[tuple[str, str], ...]:
    import hashlib

    found = []
    for file in files:
        if file.name == ANNEX_FILE:
            continue
        digest = hashlib.sha256()
        with file.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
        found.append((file.suffix.lower().lstrip(".") or "file", digest.hexdigest()))
    return tuple(found)
