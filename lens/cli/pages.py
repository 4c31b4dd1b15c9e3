"""Where the documentation explains an id: the generated reference takes its page names and anchors from here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lens.catalog import Item

FOLDER = "docs/reference/generated"
"""The folder of the generated pages in the repository; `make docs` writes them."""

_PAGES = {
    "RF": "factors/{factor}",
    "indicator": "factors/{factor}",
    "INH": "inhibitors",
    "AH": "harm-paths",
    "HRDDP": "harm-paths",
    "DNH": "harm-paths",
    "RAFT": "harm-paths",
    "TOOL": "research",
    "DESIGN": "research",
    "TERM": "glossary",
    "view": "risk-factors",
    "remedy": "remedies",
    "source": "sources",
}
_IN_TABLES = frozenset({"view", "remedy"})
"""Kinds that stand in a table of their page, without an anchor each."""


def anchor(item: str) -> str:
    """The anchor of an id or a list of words."""
    return "id-" + re.sub(r"[^a-z0-9]+", "-", item.lower()).strip("-")


def page_of(item: Item) -> str:
    """The page of an entry of the catalog, below the folder, with its anchor; empty for a kind that has none."""
    factor = item.id.partition(".")[0]
    page = _PAGES.get(item.kind, "").format(factor=factor)
    if not page or item.kind in _IN_TABLES:
        return f"{page}.md" if page else ""
    # An indicator stands in the table of its factor, whose page it is.
    return f"{page}.md#{anchor(factor)}"


def page_of_check(check: str) -> str:
    """The page of a check, below the folder."""
    return f"checks/{check}.md"
