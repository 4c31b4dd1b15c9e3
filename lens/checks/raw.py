"""The core's checks as plain data, for commands that only show them and must start at once."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from typing import Any


@lru_cache(maxsize=1)
def raw_checks() -> dict[str, dict[str, Any]]:
    """Every core check by id, as its file has it, shared remedies filled in: not validated (a test validates them)."""
    from lens.checks import CORE_PACKS
    from lens.languages.files import is_translation
    from lens.readers.text import parse

    found: dict[str, dict[str, Any]] = {}
    for pack in CORE_PACKS:
        folder = resources.files("lens.checks").joinpath(pack)
        for file in sorted(folder.iterdir(), key=lambda one: one.name):
            if not file.name.endswith(".yaml") or is_translation(file.name):
                continue
            data = parse(file.read_text("utf-8"), file.name).data
            for raw in (*data.get("questions", ()), *data.get("checks", ())):
                found[raw["id"]] = {**raw, "options": [_whole(one) for one in raw["options"]]}
    return found


def _whole(option: dict[str, Any]) -> dict[str, Any]:
    from lens.catalog import find_remedy

    return {**option, **(find_remedy(option["id"]) or {})}
