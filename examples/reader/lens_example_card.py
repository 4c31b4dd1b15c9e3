"""A reader for a card of four lines: a mark, a title, a country, a partner. The partner's name goes into the annex."""

from collections.abc import Callable
from pathlib import Path

import lens
from lens.cases import Annex, Identity, Partner, Place
from lens.hooks import Reader, ReadProgram

MARK = b"PROGRAM CARD\n"


def recognizes(head: bytes) -> bool:
    """By content, never by name."""
    return head.startswith(MARK)


def read(path: Path, activity: str | None) -> ReadProgram:
    """What the card says, and nothing that it does not; what is wrong is said without showing what stands there."""
    lines = path.read_text(encoding="utf-8").splitlines()
    if len(lines) < 4:
        raise lens.InputError(lens.Problem(str(path), what="This card has too few lines.", fix="It needs four."))
    _, title, country, partner = lines[:4]
    program = lens.Program(
        title=title,
        places=(Place(id="place:1", country=country),),
        partners=(Partner(id="partner:1"),),
    )
    return ReadProgram(program, Annex(names={"partner:1": Identity(name=partner)}))


@lens.hookimpl
def lens_readers(register: Callable[[Reader], None]) -> None:
    """One input format."""
    register(Reader("card", recognizes, read))
