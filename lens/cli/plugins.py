"""`lens plugins`: who gives what, and what is broken. It works also beside plugins that do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lens.cli.options import plugin_options
from lens.hooks.sound import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens.hooks.registry import Fault, Registry, Source

_SLOW = 0.5
"""Seconds of importing from which on it is told: every review waits for it."""
_LISTED = 12


@click.command(
    epilog="""\b
Examples
  lens plugins
  lens plugins --only-core
  lens plugins --policy lens.toml    what an agency's rules let in"""
)
@plugin_options
def plugins(registry: Registry, policy: str | None) -> int:
    """List plugins and packs, also broken ones.

    For each distribution: its version, what it gives, and the digest of its files. Exit code 3 where something did
    not load.
    """
    from lens.cli import paint, printable, say

    # Each of these collects one kind of thing, and notes what failed.
    _ = (
        registry.checks,
        registry.readers,
        registry.renderers,
        registry.evidence,
        registry.commands,
        registry.catalog,
    )
    faults = list(registry.faults)
    for name, sources in _distributions(registry).items():
        version = next((one.version for one in sources if one.version), "")
        say(paint(printable(f"{name} {version}".rstrip())))
        for source in sources:
            for line in _told(source, registry):
                say(printable(f"  {line}"))
        for fault in _of(sources, name, faults):
            faults.remove(fault)
            say(f"  {paint('fault:', 'red')} {printable(f'{fault.owner}: {fault.where}: {fault.what}')}")
    for fault in faults:
        say(f"{paint('fault:', 'red')} {printable(f'{fault.owner}: {fault.where}: {fault.what}')}")
    if not registry.faults:
        return 0
    say("\nA review goes on without what is at fault and says so. --block NAME leaves one out.")
    return 3


def _distributions(registry: Registry) -> dict[str, list[Source]]:
    """What each distribution gives, the core first, then by name; a pack in a folder stands for itself."""
    found: dict[str, list[Source]] = {}
    for one in sorted(
        registry.sources.values(),
        key=lambda one: (one.kind != "core", one.distribution or one.name, one.kind, one.name),
    ):
        found.setdefault(one.distribution or f"{one.name} (a folder)", []).append(one)
    return found


def _of(sources: list[Source], distribution: str, faults: list[Fault]) -> list[Fault]:
    names = {told(distribution), *(one.name for one in sources)}
    return [one for one in faults if one.owner in names]


def _told(source: Source, registry: Registry) -> Iterator[str]:
    """What is told of a plugin or pack, a line at a time."""
    if source.kind == "core":
        for pack, owner in registry.packs:
            if owner == source.name:
                yield f"pack {pack.name} {pack.version}, {len(pack.checks)} checks, digest {pack.digest}"
    else:
        digest = f", digest {source.digest}" if source.digest else ""
        left_out = f", left out: {source.left_out}" if source.left_out else ""
        yield f"{source.kind} {source.name}{digest}{left_out}"
    if source.kind == "pack" and (bare := [one.id for one in registry.without_code if one.pack == source.name]):
        yield f"  not computed, since its Python is not let in or not installed: {', '.join(bare)}"
    if source.seconds >= _SLOW:
        yield f"  takes {source.seconds:.1f} s to import; every command that needs plugins waits for it"
    gives = [gift.partition(" ") for gift in source.gives]
    for kind in sorted({kind for kind, _, _ in gives}):
        names = [name for one, _, name in gives if one == kind]
        listed = ", ".join(names) if len(names) <= _LISTED else f"{len(names)} in all"
        yield f"  {kind}: {listed}"
