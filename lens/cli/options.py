"""Options that several commands share, declared once."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from lens.words import LEVELS

if TYPE_CHECKING:
    from pathlib import Path

    from lens.hooks.registry import Registry

Command = TypeVar("Command", bound=Callable[..., Any])


def named_path(ctx: click.Context, param: click.Parameter, value: str | None) -> Path | None:
    """A file or folder that the user names; LensError where the name is empty."""
    from lens.writing import path_of

    return None if value is None else path_of(value)


def pack_option(command: Command) -> Command:
    """Packs that are not installed, by their folders: `packs`."""
    return click.option("--pack", "packs", multiple=True, metavar="FOLDER", help="Use a pack that is not installed.")(
        command
    )


def plugin_options(command: Command) -> Command:
    """Which plugins and packs are loaded, as a `registry`; and the agency's `policy`, which has a say in it."""
    options = (
        click.option(
            "--policy",
            metavar="FILE",
            envvar="LENS_POLICY",
            help="An agency's lens.toml; else that beside the case.",
        ),
        click.option("--only-core", is_flag=True, help="Load no plugins or packs."),
        click.option("--block", multiple=True, metavar="NAME", help="Leave one plugin or pack out; repeatable."),
        click.option("--allow", multiple=True, metavar="NAME", help="Load only this plugin or pack; repeatable."),
        click.option("--no-python", is_flag=True, help="Load packs of questions, but no plugin that is code."),
        pack_option,
        click.option("--preview", is_flag=True, help="Ask checks too that are still being tried out."),
    )

    @wraps(command)
    def run(
        *args: Any,
        policy: str | None,
        only_core: bool,
        block: tuple[str, ...],
        allow: tuple[str, ...],
        no_python: bool,
        packs: tuple[str, ...],
        preview: bool,
        **kwargs: Any,
    ) -> Any:
        from lens.hooks.installed import Rules
        from lens.hooks.registry import Registry
        from lens.writing import path_of

        rules = Rules(
            only_core=only_core,
            block=frozenset(block),
            allow=frozenset(allow) if allow else None,
            python=not no_python,
            preview=preview,
        )
        registry = Registry(rules, packs=[path_of(one) for one in packs])
        obey(registry, policy)
        return command(*args, registry=registry, policy=policy, **kwargs)

    for option in reversed(options):
        run = option(run)
    return cast("Command", run)


def obey(registry: Registry, policy: str | None) -> None:
    """Have a registry keep to the rules of an agency's policy, if one is named."""
    if policy:
        from lens.hooks.installed import Rules
        from lens.readers.case_files import read_policy
        from lens.writing import path_of

        registry.obey(Rules.of(read_policy(path_of(policy)).plugins), policy)


def own_registry(packs: tuple[str, ...] = ()) -> Registry:
    """What is installed, under the policy that `LENS_POLICY` names: for commands that take no such options."""
    from lens.hooks.registry import Registry
    from lens.writing import path_of

    registry = Registry(packs=[path_of(one) for one in packs])
    obey(registry, os.environ.get("LENS_POLICY"))
    return registry


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
