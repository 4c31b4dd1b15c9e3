"""What was taken, as the files of a case: whole or not at all, and never over somebody's newer work."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lens.cases.files import PARTS, text_of
from lens.errors import InputError, LensError
from lens.office.workbook.write import digest
from lens.readers.case_files import ENDINGS
from lens.writing import put_files

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from lens.cases import Annex, Case

ANNEX = "restricted"


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the files of a case, by name."""

    written: tuple[str, ...]
    same: tuple[str, ...]
    """Parts that the folder holds as they are."""
    kept: tuple[tuple[str, str], ...]
    """Files that were there, and what they are called now."""
    newer: tuple[str, ...]
    """Parts that had been changed since the workbook was made, and were replaced on request."""


@dataclass(frozen=True, slots=True)
class _There:
    """A part that a folder has already."""

    files: tuple[str, ...]
    """Answers may stand in several."""
    value: Any
    """None where it cannot be read."""
    alone: bool = True
    """Whether nothing else is in its files."""


def put_case(case: Case, folder: Path, made_from: Mapping[str, str], *, replace: bool) -> Written:
    """Write the parts of a case into a folder, a file each.

    A file that holds what the workbook was made from is replaced; one that says something else only with `replace`.
    Either way the earlier file stays beside it, under another name. LensError where nothing can be written.
    """
    there = _there(folder)
    parts = {name: part for name in PARTS if (part := getattr(case, name)) is not None}
    if "decisions" not in there and parts["decisions"] == type(parts["decisions"])():
        del parts["decisions"]
    _elsewhere(folder, there, parts)
    return _put(folder, parts, there, made_from, replace=replace)


def put_annex(annex: Annex, folder: Path, *, replace: bool) -> Written:
    """Write the annex of a case into a folder, readable by its owner only; see put_case."""
    path = folder / f"{ANNEX}.yaml"
    there = {ANNEX: _There((path.name,), _annex(path))} if os.path.lexists(path) else {}
    for name in (f"{ANNEX}.yml", f"{ANNEX}.json"):
        if os.path.lexists(folder / name):
            raise LensError(f"There is a {name} in {_shown(folder)} already. Name another folder with --folder.")
    return _put(folder, {ANNEX: annex}, there, {}, replace=replace, closed=True)


def _put(
    folder: Path,
    parts: Mapping[str, Any],
    there: Mapping[str, _There],
    made_from: Mapping[str, str],
    *,
    replace: bool,
    closed: bool = False,
) -> Written:
    same = [name for name in parts if name in there and there[name].value == parts[name]]
    old = [name for name in parts if name in there and name not in same]
    newer = [
        name for name in old if there[name].value is None or digest(name, there[name].value) != made_from.get(name)
    ]
    if newer and not replace:
        files = ", ".join(file for name in newer for file in there[name].files)
        raise LensError(
            f"{_shown(folder)} holds work that this workbook was not made from: {files}. Nothing was written. "
            "Name another folder with --folder, or replace it with --replace, which keeps the earlier files beside."
        )
    kept = {file: _free(folder, file) for name in old for file in there[name].files}
    texts: dict[str, bytes] = {beside: _bytes(folder / file) for file, beside in kept.items()}
    for name, part in parts.items():
        if name not in same:
            text = text_of("names", part.names) if name == ANNEX else text_of(name, part)
            texts[f"{name}.yaml"] = text.encode()
    if texts:
        put_files(folder, texts, option="--folder", closed=closed)
    for file in kept:
        if file not in texts:  # its part has moved into a file of our name, and it stays beside under another
            (folder / file).unlink()
    written = tuple(f"{name}.yaml" for name in parts if name not in same)
    return Written(written, tuple(same), tuple(kept.items()), tuple(newer))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as reason:
        raise LensError(f"{_shown(path)} is there and cannot be read: {reason.strerror}.") from None


def _free(folder: Path, name: str) -> str:
    """A name for an earlier file that nothing has, and that is not read as a part of a case."""
    number = 1
    while os.path.lexists(folder / (beside := f"{name}.before" + (f"-{number}" if number > 1 else ""))):
        number += 1
    return beside


def _there(folder: Path) -> dict[str, _There]:
    """The parts of a case that a folder holds, and in which files."""
    from lens.cases import Answers, Context, Decisions, Program
    from lens.readers.boundary import validate
    from lens.readers.text import load_yaml

    kinds: dict[str, type[Any]] = {"program": Program, "context": Context, "answers": Answers, "decisions": Decisions}
    found: dict[str, list[tuple[str, Any, bool]]] = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.name.startswith(".") or path.suffix.lower() not in ENDINGS or path.stem.lower() == ANNEX:
            continue
        try:
            text = load_yaml(path)
            held = [name for name in kinds if isinstance(text.data, dict) and name in text.data]
        except InputError:
            held, text = ([path.stem] if path.stem in kinds else []), None
        for name in held:
            value = None
            if text is not None:
                with suppress(InputError):
                    value = validate(kinds[name], text, at=(name,))
            found.setdefault(name, []).append((path.name, value, len(held) == 1))
    return {name: _one_of(name, held) for name, held in found.items()}


def _one_of(name: str, held: Sequence[tuple[str, Any, bool]]) -> _There:
    """A part that may stand in several files, as one."""
    from lens.cases import Answers

    values = [value for _, value, _ in held]
    value = values[0] if len(values) == 1 else None
    if name == "answers" and None not in values:
        lists = ("answers", "others", "settled")
        value = Answers(**{one: tuple(a for each in values for a in getattr(each, one)) for one in lists})
    return _There(tuple(file for file, _, _ in held), value, all(alone for _, _, alone in held))


def _annex(path: Path) -> Any:
    from lens.cases import Annex
    from lens.readers.boundary import validate
    from lens.readers.text import load_yaml

    try:
        return validate(Annex, load_yaml(path))
    except InputError:
        return None


def _elsewhere(folder: Path, there: Mapping[str, _There], parts: Mapping[str, Any]) -> None:
    """Refuse to write a part out of a file that holds others too."""
    for name, part in parts.items():
        if name in there and not there[name].alone and there[name].value != part:
            raise LensError(
                f"In {_shown(folder)} the {name} is in {' and '.join(there[name].files)}, with other parts. Nothing "
                "was written. Name another folder with --folder, or split that file."
            )


def _shown(path: Path) -> str:
    from lens.cli import printable

    return printable(str(path))
