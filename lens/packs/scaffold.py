"""The files of a new pack, as `lens new pack NAME` writes them: an installable distribution with worked examples."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lens.errors import LensError, near

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_EXAMPLE = "land-rights"
"""What the templates are written for; every form of the name in them becomes that of the new pack."""
_LONGEST = 40


def files_of(name: str, *, python: bool = False) -> dict[str, str]:
    """The files of a new pack by their path; `python` adds a computed check with its function and tables.

    Raises LensError for a name that cannot be a pack's.
    """
    from lens.reports.files import template_text

    _checked(name)
    package = module_of(name)
    places = {
        "pyproject.toml": "pyproject.toml",
        "README.md": "README.md",
        "pack.yaml": f"{package}/pack.yaml",
        "test_pack.py.txt": "tests/test_pack.py",
    }
    if python:
        places |= {
            "computed.yaml": f"{package}/computed.yaml",
            "checks.py.txt": f"{package}/checks.py",
            "cases.yaml": "tests/cases.yaml",
        }
    made = {
        place: _named("\n".join(_chosen(template_text("scaffold", "pack", template), python=python)) + "\n", name)
        for template, place in places.items()
    }
    title = name.replace("-", " ").capitalize()
    made[f"{package}/__init__.py"] = (
        f'"""{title}: a pack of questions for lens. It is data, and lens never imports it."""\n'
    )
    return made


def module_of(name: str) -> str:
    """The folder, and so the package, of a pack."""
    return f"lens_{name.replace('-', '_')}"


def _checked(name: str) -> None:
    from lens.catalog import known_packs
    from lens.checks import CORE_PACKS

    if not _NAME.fullmatch(name) or len(name) > _LONGEST:
        raise LensError(
            f'"{name[:60]}" cannot be the name of a pack. Use small letters, digits and single hyphens, '
            f"such as land-rights, at most {_LONGEST} signs."
        )
    if name in (*CORE_PACKS, "lens"):
        hint = near(f"{name}-sector", ()) or f"Add what it is about, such as {name}-in-cities."
        raise LensError(f"{name} belongs to the core. {hint}")
    whose = next((one.distribution for one in known_packs() if one.name == name), "")
    if whose:
        raise LensError(f"{name} is the pack of {whose}. Add what yours is about, such as {name}-in-cities.")


def _chosen(text: str, *, python: bool) -> Iterator[str]:
    """The lines of a template; those between `##python` and `##` only where the pack has Python."""
    inside = False
    for line in text.splitlines():
        if line in ("##python", "##"):
            inside = line == "##python"
        elif python or not inside:
            yield line


def _named(text: str, name: str) -> str:
    plain = text.replace(_EXAMPLE, name).replace(module_of(_EXAMPLE), module_of(name))
    return plain.replace(_title(_EXAMPLE), _title(name))


def _title(name: str) -> str:
    return name.replace("-", " ").capitalize()
