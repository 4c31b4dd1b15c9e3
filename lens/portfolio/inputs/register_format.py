"""A contribution register as an input of a portfolio, in YAML or as a workbook with a sheet `contributions`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from lens.errors import InputError, Problem
from lens.portfolio.inputs.pieces import Format, Piece
from lens.portfolio.inputs.table_formats import is_workbook
from lens.readers.register.load import from_sheet, from_yaml, is_register
from lens.readers.register.model import TOP
from lens.readers.register.record import read_contribution

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens.portfolio.inputs.pieces import Broken, Source
    from lens.readers.published import PublishedActivity
    from lens.readers.register.model import Contribution
    from lens.readers.tables.rows import Sheet

NAME = "register"
MAX_ENTRIES = 500
"""In a piece."""
MAX_BYTES = 5_000_000
NOTHING_READ = "Nothing of this register was read."

_BEGINNING = re.compile(rb"(?:\xef\xbb\xbf)?(?:[ \t]*(?:#[^\n]*|---[ \t]*)?\r?\n)*" + TOP.encode() + rb"[ \t]*:")


def register_format() -> Format:
    """The format of contribution registers. It is asked before tables are, since some are workbooks."""
    return Format(NAME, recognizes, cut, read)


def recognizes(head: bytes, source: Source) -> bool:
    """Whether an input is a register: its first key, or one of its sheets, is `contributions`."""
    if not is_workbook(head):
        return _BEGINNING.match(head) is not None
    try:
        return any(map(is_register, _sheets(source)))
    except InputError:
        return False


def cut(source: Source) -> Iterator[Piece | Broken]:
    """The pieces of a register. InputError with every entry that is wrong: a register is mended, never half read."""
    try:
        entries = _entries(source)
    except InputError as reason:
        raise InputError([_whole(one) for one in reason.problems]) from None
    for first in range(0, len(entries), MAX_ENTRIES):
        some = tuple(entries[first : first + MAX_ENTRIES])
        yield Piece(first + 1, len(some), some[0][0], some)


def read(piece: Piece, file: str) -> Iterator[PublishedActivity | Broken]:  # noqa: ARG001 - every format takes it
    """The records of a piece."""
    for line, entry in cast("tuple[tuple[int, Contribution], ...]", piece.body):
        yield read_contribution(entry, line)


def _entries(source: Source) -> list[tuple[int, Contribution]]:
    with source.open() as stream:
        content = stream.read(MAX_BYTES + 1)
    if is_workbook(content[:65_536]):
        return [entry for one in _sheets(source) if is_register(one) for entry in from_sheet(one, source.name)]
    if len(content) > MAX_BYTES:
        what = f"This register is larger than {MAX_BYTES // 1_000_000} MB."
        raise InputError(Problem(source.name, what=what, fix="Split it."))
    from lens.readers.text import decoded

    return from_yaml(decoded(content, source.name), source.name)


def _whole(one: Problem) -> Problem:
    """A problem with its field in its words, since a run keeps no more, and with what follows from it.

    What stands in an entry is never a value here: a body's name in the place of its kind would be in public reports.
    """
    field = f"{one.field}: " if one.field else ""
    value = f' It says "{one.value}".' if one.value else ""
    return Problem(one.file, one.line, what=f"{field}{one.what}{value}", fix=f"{one.fix} {NOTHING_READ}".lstrip())


def _sheets(source: Source) -> list[Sheet]:
    from lens.readers.tables.workbook import read_workbook

    return read_workbook(source.local(), source.name)
