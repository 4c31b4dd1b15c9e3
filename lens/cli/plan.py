"""`lens plan`: what a review will ask, before anyone starts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, get_args

import click

from lens.cli.options import language_options, plugin_options
from lens.words import COMPONENTS, Depth, Stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from lens.hooks.registry import Registry
    from lens.languages.language import Language
    from lens.reviews.plan import Plan, PlannedQuestion

_NEXT_LINE = "      "


@click.command(
    epilog="""\b
Examples
  lens plan my-program/
  lens plan my-program/ --list
  lens plan program.yaml context.yaml --stage design --format json"""
)
@click.argument("case", nargs=-1, required=True, type=click.Path(path_type=str))
@click.option("--activity", metavar="ID", help="One activity of a published IATI file, by its identifier.")
@click.option("--stage", type=click.Choice(get_args(Stage)), help="The program's stage, if not in its file.")
@click.option(
    "--depth", type=click.Choice(get_args(Depth)), default="full", show_default=True, help="15 questions, or all."
)
@click.option("--list", "listed", is_flag=True, help="Print every question under the role that can best answer it.")
@click.option(
    "--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True, help="For whom."
)
@language_options
@click.option("--as-of", metavar="DATE", help="The day the plan speaks of; today if left out.")
@plugin_options
def plan(
    case: tuple[str, ...],
    activity: str | None,
    stage: Stage | None,
    depth: Depth,
    listed: bool,
    form: str,
    lang: str,
    translations: Path | None,
    as_of: str | None,
    policy: str | None,
    registry: Registry,
) -> int:
    """Say what a review will ask, of whom, and what to gather.

    CASE is what `lens review` takes. What the case does not say counts as: it may apply, so it is asked. The more of
    the program, its partners and its context is written down, the fewer questions are left.
    """
    from lens import api
    from lens.cli import say
    from lens.reports.saved import plain

    made = api.plan(*case, activity=activity, stage=stage, depth=depth, as_of=as_of, policy=policy, registry=registry)
    if form == "json":
        totals = {"answers": made.answers, "minutes": made.minutes, "uncertain": made.uncertain}
        say(json.dumps({**plain(made), **totals}, ensure_ascii=False, indent=1))
        return 0
    for line in lines(made, registry.language(lang, translations), listed=listed):
        say(line)
    return 0


def lines(made: Plan, t: Language, *, listed: bool = False) -> Iterator[str]:
    """The plan as people read it, a line at a time."""
    from lens.cli.summary import heading, wrapped

    yield heading(t.many("plan.questions", len(made.questions)))
    yield from wrapped(_scope(made, t))
    yield from wrapped(t.text("plan.answers", count=made.answers, time=told_time(made.minutes, t)))
    for component in COMPONENTS:
        own = [one for one in made.questions if one.component == component]
        first = sum(one.first_look for one in own)
        name = t.word("component", component)
        yield from wrapped(t.text("plan.component", component=name, count=len(own), first=first))
    if made.uncertain:
        yield from wrapped(t.many("plan.uncertain", made.uncertain))
    if made.later:
        yield from wrapped(t.many("plan.later", len(made.later)))
    yield from wrapped(t.many("plan.left-out", made.left_out))
    if sectors := made.sectors_not_asked:
        yield from wrapped(t.many("panel.not-known.packs", len(sectors), names=t.listed(sectors)))
    yield heading(t.text("plan.roles"))
    for share in made.roles:
        role = t.opening(t.word("role", share.role))
        yield from wrapped(t.many("plan.role", share.questions, role=role, time=told_time(share.minutes, t)))
        if listed:
            yield from _asked((one for one in made.questions if one.who[0] == share.role), t)
    yield heading(t.text("plan.documents"))
    for use in made.documents:
        name = t.opening(t.word("document", use.document))
        yield from wrapped(t.many("plan.document", use.questions, document=name))
    if listed and made.later:
        yield heading(t.text("plan.later.title"))
        yield from _asked(made.later, t)
    yield from wrapped(t.text("plan.rough"), indent="", hang=0)


def _asked(questions: Iterable[PlannedQuestion], t: Language) -> Iterator[str]:
    from lens.cli.summary import wrapped

    for one in questions:
        marks = []
        if one.times > 1:
            marks.append(t.text("plan.times", count=one.times))
        if one.answered:
            marks.append(t.text("plan.given", count=one.answered, total=one.times))
        if not one.certain and not one.after:
            marks.append(t.text("plan.may"))
        if one.after:
            marks.append(t.text("plan.after", checks=", ".join(one.after)))
        end = f" ({'; '.join(marks)})" if marks else ""
        ask = t.of("checks", one.check, "question.ask", one.ask)
        yield from wrapped(f"{ask} [{one.check}]{end}", indent=_NEXT_LINE)


def _scope(made: Plan, t: Language) -> str:
    stage = t.text("head.stage", stage=t.word("stage", made.stage)) if made.stage else t.text("head.stage-unknown")
    return " · ".join((t.text("head.day", day=made.as_of), t.word("depth", made.depth), stage))


def told_time(minutes: int, t: Language) -> str:
    """Minutes below an hour and a half, else hours to the half: more would look like measurement."""
    if minutes < 90:
        return t.text("plan.minutes", count=minutes)
    halves = round(minutes / 30)
    return t.text("plan.hours", count=f"{halves // 2}½" if halves % 2 else str(halves // 2))
