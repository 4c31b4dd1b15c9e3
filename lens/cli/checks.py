"""`lens checks`: every check, by component, with what it asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lens.cli.options import plugin_options
from lens.words import COMPONENTS

if TYPE_CHECKING:
    from lens.hooks.registry import Registry


@click.command(epilog="Example: lens checks --component harm")
@click.option("--component", type=click.Choice(COMPONENTS), help="Only one component.")
@click.option("--first-look", is_flag=True, help="Only the checks of the first look.")
@plugin_options
def checks(component: str | None, first_look: bool, registry: Registry, policy: str | None) -> int:
    """List the checks, or those of one component."""
    from lens.cli import paint, printable, say

    shown = ""
    for name, one in registry.checks.items():
        check = one.check
        if (component and check.component != component) or (first_look and check.depth != "first-look"):
            continue
        if check.component != shown:
            shown = check.component
            say(paint(f"\n{shown}"))
        kind = "asked" if check.question else "computed"
        asks = check.question.ask if check.question else check.title
        say(printable(f"  {name:<32} {kind:<9} {asks}"))
    say("\nlens explain ID says why, how it is judged and what can be done.")
    if registry.faults:
        say(f"{len(registry.faults)} things did not load. See: lens plugins", err=True)
        return 3
    return 0
