"""The help of commands in the user's language, where `LENS_LANG` names one. Examples stay as they are typed."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_AS_IT_IS = "\b"
"""How click marks a paragraph whose lines it keeps."""


def chosen() -> str:
    """The language of the help; English where none is chosen."""
    import os

    return os.environ.get("LENS_LANG", "") or "en"


def in_words(name: str, command: click.Command, say: Callable[[str, str, str], str]) -> None:
    """Put the help of a command, its options and its subcommands in a language.

    `say` gives a text for its id, its field and the English.
    """
    item = f"help.{name}" if name else "help"
    paragraphs = re.split(r"\n\s*\n", inspect.cleandoc(command.help or ""))
    command.help = "\n\n".join(
        one if _AS_IT_IS in one or not one.strip() else say(item, f"text.{number}", one)
        for number, one in enumerate(paragraphs, 1)
    )
    for option in command.params:
        if isinstance(option, click.Option) and option.help:
            option.help = say(item, max(option.opts, key=len), option.help)
    if isinstance(command, click.Group) and name:
        for under, one in command.commands.items():
            in_words(f"{name}.{under}", one, say)


def texts() -> Iterator[tuple[str, str, str]]:
    """Every text of the help in English: id, field, text."""
    from lens.cli import COMMANDS, group, load

    heard: list[tuple[str, str, str]] = []

    def listen(item: str, field: str, text: str) -> str:
        heard.append((item, field, text))
        return text

    in_words("", group, listen)
    for name, (_, target) in COMMANDS.items():
        in_words(name, load(target), listen)
    # The line in the table of commands is the first of a command's own help.
    yield from heard
