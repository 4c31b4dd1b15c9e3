"""An entry as `lens explain` prints it: a title, then lines that begin with what they tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from lens.cli import paint, printable, say
from lens.cli.wrap import folded

if TYPE_CHECKING:
    from lens.catalog import Item

_WIDTH = 96


def title(name: str, text: str = "") -> None:
    """The first line: an id and what it is called."""
    say(paint(printable(f"{name}  {text}".rstrip())))


def text(value: str) -> None:
    """A paragraph."""
    _folded(value)


def line(name: str, value: object) -> None:
    """What is told and its name; a list has a line each. Nothing where there is nothing to tell."""
    if isinstance(value, str) or not isinstance(value, Iterable):
        _folded(f"{name}: {value}" if value else "", then="  ")
        return
    listed = [str(one) for one in value]
    if listed:
        say(f"{name}:")
    for one in listed:
        _folded(one, first="  - ", then="    ")


def table(rows: Iterable[tuple[str, ...]]) -> None:
    """Rows in columns as wide as they need to be; the last column is folded below itself."""
    listed = [tuple(printable(one) for one in row) for row in rows]
    widths = [max(len(one) for one in column) + 2 for column in list(zip(*listed, strict=True))[:-1]]
    indent = " " * sum(widths)
    for *cells, last in listed:
        lead = "".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        _folded(last or " ", first=lead, then=indent)


def _folded(value: str, *, first: str = "", then: str = "") -> None:
    for one in folded(printable(value), max(_WIDTH, len(then) + 30), first=first, then=then):
        say(one)


def source(name: str, more: Mapping[str, Item] | None = None) -> str:
    """A source as people cite it: title, symbol, year, and how well it is known where that is not well.

    `more` holds what packs and plugins list beside the catalog.
    """
    from lens import catalog
    from lens.words import spoken

    found = catalog.items("source").get(name) or (more or {}).get(name)
    if found is None:
        return name
    known = (str(found.more.get(part) or "") for part in ("symbol", "year"))
    status = spoken(found.status) if found.status in ("recalled", "seen_in_part") or found.certainty == "low" else ""
    cited = ", ".join(part for part in (found.name, *known) if part)
    return f"{cited} [{name}{f'; {status}' if status else ''}]"


def named(item: str, more: Mapping[str, Item] | None = None) -> str:
    """An id with its name; `more` as for `source`."""
    from lens import catalog

    found = catalog.find(item) or (more or {}).get(item)
    return f"{item}: {found.name}" if found else item


def role(word: str) -> str:
    """A role with what it is."""
    from lens.words import MEANINGS, spoken

    meaning = MEANINGS["role"].get(word, "")
    return f"{spoken(word)} ({meaning[:1].lower()}{meaning[1:].rstrip('.')})" if meaning else spoken(word)


def page(name: str) -> None:
    """Where the documentation tells more."""
    from lens.cli.pages import FOLDER

    if name:
        line("page", f"{FOLDER}/{name}")
