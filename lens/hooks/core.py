"""The core as a plugin of its own: its checks, lists, readers, evidence, renderers and commands."""

from __future__ import annotations

from functools import lru_cache, partial
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from lens.hooks.specs import EvidenceSource, Reader, Renderer, hookimpl

if TYPE_CHECKING:
    from collections.abc import Callable

    from lens.catalog import Item
    from lens.hooks.specs import RegisterCatalog, RegisterCheck, RegisterCommand
    from lens.packs.load import Pack
    from lens.reviews.model import Review


@lru_cache(maxsize=1)
def packs() -> tuple[Pack, ...]:
    """The core's own packs, through the loader that every pack goes through."""
    from lens.checks import CORE_PACKS
    from lens.packs.load import load_pack

    found = []
    for name in CORE_PACKS:
        with resources.as_file(resources.files("lens.checks") / name) as folder:
            found.append(load_pack(Path(folder), called=name, ours=True))
    return tuple(found)


@hookimpl
def lens_checks(register: RegisterCheck) -> None:
    """The core's computed checks: defined in the packs as data, paired here with their functions."""
    from lens.checks.computed import RUNS

    for pack in packs():
        for check in pack.checks:
            if check.question is None:
                register(check, RUNS[check.id])


@hookimpl
def lens_catalog(register: RegisterCatalog) -> None:
    """The core's lists."""
    from lens import catalog

    for kind in catalog.KINDS:
        register(kind, partial(_entries, kind))


def _entries(kind: str) -> list[Item]:
    from lens import catalog

    return list(catalog.items(kind).values())


@hookimpl
def lens_readers(register: Callable[[Reader], None]) -> None:
    """Published activities."""
    from lens.readers.iati import READER

    register(READER)


@hookimpl
def lens_evidence(register: Callable[[EvidenceSource], None]) -> None:
    """The case's own context."""
    from lens.reviews.evidence import notes_of_context

    register(EvidenceSource("context", notes_of_context))


@hookimpl
def lens_renderers(register: Callable[[Renderer], None]) -> None:
    """HTML, Markdown, JSON and the CSV of actions."""
    from lens.reports import RENDERERS

    for renderer in RENDERERS:
        register(renderer)


@hookimpl
def lens_commands(register: RegisterCommand) -> None:
    """The core's own subcommands, from the table that `lens --help` prints."""
    from lens.cli import COMMANDS

    for name, (line, target) in COMMANDS.items():
        register(name, line, target)


@hookimpl
def lens_review_finished(review: Review) -> None:
    """A last look: a review whose outcome contradicts its findings must not go out unnoticed."""
    from lens.reviews.guard import check

    check(review)
