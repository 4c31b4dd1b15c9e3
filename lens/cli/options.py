"""Options that several commands share, declared once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from lens.words import LEVELS

Command = TypeVar("Command", bound=Callable[..., Any])


def plugin_options(command: Command) -> Command:
    """Which plugins and packs are loaded: `only_core`, `block`."""
    block = click.option("--block", multiple=True, metavar="NAME", help="Leave one plugin or pack out; repeatable.")
    return click.option("--only-core", is_flag=True, help="Load no plugins or packs.")(block(command))


def report_options(command: Command) -> Command:
    """What is written, where and in which language: `formats`, `output`, `fail_on`, `lang`, `templates`."""
    shared = (
        click.option(
            "--format",
            "formats",
            multiple=True,
            metavar="NAME",
            help="html, json, csv, brief and others; repeatable.",
        ),
        click.option(
            "--output", metavar="FOLDER", help="Where to write; lens-report if left out; - prints one format."
        ),
        click.option(
            "--fail-on",
            type=click.Choice(LEVELS),
            default="high",
            show_default=True,
            help="From which level on to exit with 1.",
        ),
        click.option("--lang", default="en", show_default=True, help="Language of the report."),
        click.option("--templates", metavar="FOLDER", help="Your own report templates."),
    )
    for option in reversed(shared):
        command = option(command)
    return command
