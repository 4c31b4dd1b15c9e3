"""The reader as the core registers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens.hooks.specs import Reader, ReadProgram
from lens.readers.iati.find import read_activity
from lens.readers.iati.prolog import looks_like_iati

if TYPE_CHECKING:
    from pathlib import Path


def read_program(path: Path, identifier: str | None) -> ReadProgram:
    """Read the activity asked for; its notes become ids with counts, such as `iati:country-unknown:2`."""
    found = read_activity(path, identifier)
    published = found.program.published
    notes = published.notes if published else ()
    return ReadProgram(
        program=found.program,
        annex=found.annex,
        notes=tuple(f"iati:{note.code}:{note.count}" for note in notes),
        faults=("file-broken",) if found.problems else (),
    )


READER = Reader("iati", looks_like_iati, read_program)
