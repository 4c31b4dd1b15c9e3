"""A subcommand: `lens handover my-program`. Its module is imported only when it is run, or plugins are listed."""

from collections.abc import Callable
from pathlib import Path

import click

import lens

FIRST = ("decisions.yaml", "context.yaml", "answers.yaml", "program.yaml")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def handover(folder: Path) -> int:
    """Print what a successor has to read first."""
    there = [name for name in FIRST if (folder / name).is_file()]
    click.echo("\n".join(f"Read {folder / name}" for name in there) or f"There is nothing to hand over in {folder}.")
    return 0 if there else 2


@lens.hookimpl
def lens_commands(register: Callable[..., None]) -> None:
    """One subcommand: its name, its line of help, and where it is."""
    register("handover", "Print what a successor has to read first.", "lens_example_handover:handover")
