"""Options that several commands share, declared once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from lens.words import LEVELS

if TYPE_CHECKING:
    from pathlib import Path

Command = TypeVar("Command", bound=Callable[..., Any])


def named_path(ctx: click.Context, param: click.Parameter, value: str | None) -> Path | None:
    """A file or folder that the user names; LensError where the name is empty."""
    from lens.writing import path_of

    return None if value is None else path_of(value)


def plugin_options(command: Command) -> Command:
    """Which plugins and packs are loaded: `only_core`, `block`."""
    block = click.option("--block", multiple=True, metavar="NAME", help="Leave one plugin or pack out; repeatable.")
    return click.option("--only-core", is_flag=True, help="Load no plugins or packs.")(block(command))


def translations_option(command: Command) -> Command:
    """The user's own translations: `translations`."""
    return click.option(
        "--translations",
        callback=named_path,
        metavar="FOLDER",
        envvar="LENS_TRANSLATIONS",
        help="Your own translations, read before those of lens.",
    )(command)


def language_options(command: Command) -> Command:
    """The language of what is said: `lang`, `translations`."""
    lang = click.option(
        "--lang", metavar="CODE", default="en", show_default=True, envvar="LENS_LANG", help="Language, such as fr."
    )
    return lang(translations_option(command))


def report_options(command: Command) -> Command:
    """What is written, where and in which language: `formats`, `output`, `fail_on`, `templates`, and the language."""
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
        language_options,
        click.option("--templates", callback=named_path, metavar="FOLDER", help="Your own report templates."),
    )
    for option in reversed(shared):
        command = option(command)
    return command
