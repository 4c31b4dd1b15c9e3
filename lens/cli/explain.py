"""`lens explain`: what an id or a word means, offline and at once, importing no plugin unless it must."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lens.cli.options import pack_option

if TYPE_CHECKING:
    from lens.checks.applies import Applies


def _known(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Ids for shell completion: the catalog's, the core checks' and the tables'."""
    from lens import catalog
    from lens.checks.raw import raw_checks
    from lens.cli.explain_words import TOPICS

    return [name for name in (*catalog.known_ids(), *raw_checks(), *TOPICS) if name.startswith(incomplete)]


@click.command(
    epilog="""\b
Examples
  lens explain RF7.10
  lens explain INH5
  lens explain harm.reaches-force
  lens explain escalate          a word of the report
  lens explain leverage          what a program can move, and who else must act
  lens explain tools             what research says on aid and other tools
  lens explain "horizontal inequality"   a word of the field"""
)
@click.argument("item", metavar="ID", shell_complete=_known)
@pack_option
def explain(item: str, packs: tuple[str, ...]) -> int:
    """Explain a check, factor, inhibitor or any other id.

    ID is what a report prints: RF7.10, INH5, AH-3, HRDDP-2, 15210, harm.reaches-force, or a word such as escalate.
    """
    from lens import catalog
    from lens.checks.raw import raw_checks
    from lens.cli.explain_words import TOPICS, explain_class, explain_sector, explain_word

    asked = " ".join(item.replace("-", " ").split()).casefold()
    if asked in TOPICS:
        TOPICS[asked]()
    elif item.isdigit() and (item in catalog.dac_codes() or catalog.sector(item)):
        explain_sector(item)
    elif item.casefold() in raw_checks():
        _check(item.casefold())
    elif not any((explain_class(asked), _entries(item), explain_word(item))):
        return _from_plugins(item, packs)
    return 0


def _entries(item: str) -> bool:
    """Explain every entry of the catalog that is called so; whether there is any."""
    from lens import catalog
    from lens.cli import entry, say
    from lens.cli.explain_item import explain_item
    from lens.cli.pages import page_of

    found = catalog.called(item)
    for number, one in enumerate(found):
        if number:
            say()
        explain_item(one)
        entry.page(page_of(one))
    return bool(found)


def _check(name: str) -> None:
    from lens.checks.raw import raw_checks
    from lens.cli import entry
    from lens.cli.explain_check import explain_check
    from lens.cli.pages import page_of_check

    explain_check(name, raw_checks()[name], _of_pack(name.partition(".")[0]))
    entry.page(page_of_check(name))


def _of_pack(pack: str) -> Applies | None:
    """When any check of a core pack applies, as its file has it."""
    from importlib import resources

    from lens.checks.when import form_of
    from lens.readers.text import parse

    file = resources.files("lens.checks").joinpath(pack, "pack.yaml")
    return form_of(parse(file.read_text("utf-8"), f"{pack}/pack.yaml").data.get("applies"))


def _from_plugins(item: str, packs: tuple[str, ...]) -> int:
    """Ask the plugins, since the core does not know; else say what is near."""
    import dataclasses
    import re

    from lens import catalog
    from lens.checks.raw import raw_checks
    from lens.cli import entry
    from lens.cli.explain_check import explain_check
    from lens.cli.explain_item import explain_item
    from lens.cli.options import own_registry
    from lens.errors import LensError, near

    if re.fullmatch(r"\d{1,2}\.\d{1,2}", item):
        raise LensError(f"Write RF{item} for an indicator: the letters tell it from a number.")
    registry = own_registry(packs)
    if item in registry.checks:
        found = registry.checks[item]
        explain_check(item, dataclasses.asdict(found.check), found.of_pack, registry.catalog)
        entry.line("from", found.owner)
        return 0
    if item in registry.catalog:
        explain_item(registry.catalog[item])
        return 0
    known = (*catalog.known_ids(), *raw_checks(), *registry.checks, *registry.catalog)
    hint = near(item, tuple(dict.fromkeys(known))) or "lens checks lists the checks."
    raise LensError(f'Nothing here is called "{item[:60]}". {hint}')
