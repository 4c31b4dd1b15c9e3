"""`lens xlsform`: the questions of a case as a field form for KoboToolbox or ODK."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from lens.cli.options import named_path, plugin_options, translations_option
from lens.words import Role, Stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens.hooks.registry import Registry
    from lens.languages.language import Language
    from lens.office.forms.asked import FieldForm

DEFAULT = "field-form.xlsx"
_LONG = 25


@click.command(
    epilog="""\b
Examples
  lens xlsform my-program/
  lens xlsform my-program/ --first-look --lang en --lang fr --output first-look.xlsx
  lens xlsform my-program/ --role local_partner --lang ar
  lens import kobo export.xlsx --case my-program/"""
)
@click.argument("case", nargs=-1, required=True, type=click.Path(path_type=str))
@click.option(
    "--lang",
    "langs",
    multiple=True,
    metavar="CODE",
    default=("en",),
    show_default=True,
    envvar="LENS_LANG",
    help="A language of the form, such as fr; repeatable. The first is shown first.",
)
@click.option("--role", type=click.Choice(get_args(Role)), metavar="ROLE", help="Only what this role can best answer.")
@click.option("--first-look", is_flag=True, help="Only the 15 questions of the first look.")
@click.option("--about", multiple=True, metavar="REF", help="Of activities and places only this one; repeatable.")
@click.option("--unanswered", is_flag=True, help="Only what the case has no answer to yet.")
@click.option("--code", metavar="WORD", default="", help="A word to tell forms of one country apart; no name.")
@click.option("--titles", is_flag=True, help="Call activities by their titles, not by number and kind.")
@click.option("--output", callback=named_path, metavar="FILE", help=f"Where to write it; {DEFAULT} if left out.")
@click.option("--activity", metavar="ID", help="One activity of a published IATI file, by its identifier.")
@click.option("--stage", type=click.Choice(get_args(Stage)), help="The program's stage, if not in its file.")
@click.option("--as-of", metavar="DATE", help="The day the form speaks of; today if left out.")
@translations_option
@plugin_options
def xlsform(
    case: tuple[str, ...],
    langs: tuple[str, ...],
    role: Role | None,
    first_look: bool,
    about: tuple[str, ...],
    unanswered: bool,
    code: str,
    titles: bool,
    output: Path | None,
    activity: str | None,
    stage: Stage | None,
    as_of: str | None,
    translations: Path | None,
    policy: str | None,
    registry: Registry,
) -> int:
    """Write the questions of a case as a form for KoboToolbox or ODK.

    CASE is what `lens review` takes. The form asks for consent first, for roles and never for names, forces no
    answer, and reads neither the device nor the place. It is your own working file: look at it before you deploy it.
    """
    from lens import api
    from lens.cli import printable, say
    from lens.cli.help import chosen
    from lens.office.forms.asked import form_of
    from lens.office.forms.write import examined, sheets_of, workbook_of
    from lens.writing import write_new

    path = output or Path(DEFAULT)
    if path.suffix.lower() != ".xlsx":
        raise click.UsageError("--output must end in .xlsx.")
    if code and not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,30}", code):
        raise click.UsageError("--code is made of small letters, digits and hyphens.")
    languages = [registry.language(one, translations) for one in dict.fromkeys(langs)]
    read = api.read_case(*case, activity=activity, policy=policy, registry=registry)
    form = form_of(
        read.case,
        registry,
        as_of=api.day(as_of),
        policy=read.policy,
        depth="first-look" if first_look else "full",
        stage=stage,
        role=role,
        about=about,
        unanswered=unanswered,
        code=code,
    )
    workbook = workbook_of(sheets_of(form, languages, titles=titles))
    examined(workbook)
    write_new(path, workbook, option="--output")
    say(f"Wrote {printable(str(path))}")
    for line in _told(form, registry.language(chosen(), translations), languages):
        say(line)
    return 0


def _told(form: FieldForm, t: Language, languages: list[Language]) -> Iterator[str]:
    """What the form holds, and what to know before it is deployed."""
    from lens.cli.summary import wrapped

    yield from wrapped(t.many("plan.questions", len(form.asks)))
    if form.later:
        yield from wrapped(t.many("plan.later", len(form.later)))
    if form.waiting:
        yield from wrapped(t.many("xlsform.waiting", form.waiting))
    for one in languages:
        if one.missing:
            yield from wrapped(f"{one.name}: {t.many('provenance.untranslated', len(one.missing))}")
    if len(form.asks) > _LONG:
        yield from wrapped(t.text("xlsform.long"))
    yield from wrapped(t.text("xlsform.deploy"))
