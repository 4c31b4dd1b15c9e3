"""`lens plugins`: who gives what, and what is broken. It works also beside plugins that do not."""

from __future__ import annotations

import click

from lens.cli.options import plugin_options


@click.command(epilog="Example: lens plugins --only-core")
@plugin_options
def plugins(only_core: bool, block: tuple[str, ...]) -> int:
    """List plugins and packs, also broken ones.

    Exit code 3 where something did not load.
    """
    from lens.cli import paint, printable, say
    from lens.hooks.registry import Registry

    registry = Registry(only_core=only_core, block=block)
    # Each of these collects one kind of thing, and notes what failed.
    _ = (
        registry.checks,
        registry.readers,
        registry.renderers,
        registry.evidence,
        registry.commands,
        registry.catalog,
    )
    packs = {pack.name: pack for pack, _ in registry.packs}
    for source in sorted(registry.sources.values(), key=lambda one: (one.kind != "core", one.kind, one.name)):
        mark = " (blocked)" if source.blocked else ""
        say(paint(printable(f"{source.name} {source.version}  {source.kind}{mark}")))
        if source.kind == "core":
            for pack in packs.values():
                say(f"  pack {pack.name} {pack.version}, {len(pack.checks)} checks, digest {pack.digest}")
        elif source.digest:
            say(f"  digest {source.digest}")
        for kind in sorted({gift.split()[0] for gift in source.gives}):
            names = [gift.split(maxsplit=1)[1] for gift in source.gives if gift.split()[0] == kind]
            listed = ", ".join(names) if len(names) <= 12 else f"{len(names)} in all"
            say(printable(f"  {kind}: {listed}"))
    if not registry.faults:
        return 0
    say(paint("\nDid not load, or was refused:", "red"))
    for fault in registry.faults:
        say(printable(f"  {fault.owner}: {fault.where}: {fault.what}"))
    say("A review goes on without these and says so. --block NAME leaves one out.")
    return 3
