"""`lens schema`: the JSON Schema of a file format, for editors and for other programs."""

from __future__ import annotations

import click

NAMES = (
    "program",
    "context",
    "answers",
    "decisions",
    "case",
    "restricted",
    "policy",
    "pack",
    "review",
    "register",
    "table",
)


@click.command(epilog="Example: lens schema program > program.schema.json")
@click.argument("name", type=click.Choice(NAMES))
def schema(name: str) -> int:
    """Print the JSON Schema of a file format."""
    from lens.cli import say
    from lens.readers.schema import schema_text

    say(schema_text(name).encode(), nl=False)
    return 0
