"""A pack as a questionnaire: in the terminal, and as a page that can be printed or sent round to be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lens.checks.when import when
from lens.words import spoken

if TYPE_CHECKING:
    from lens.checks.model import Check
    from lens.packs.load import Pack

ANSWERS = ("yes", "partly", "no", "not known", "known, not safe to record", "not applicable, because …")


@dataclass(frozen=True, slots=True)
class Asked:
    """One check as it is shown."""

    number: int
    id: str
    title: str
    ask: str
    """The question; for a computed check what it looks at."""
    is_question: bool
    meant: str
    who: tuple[str, ...]
    follow_ups: tuple[str, ...]
    settles: str
    hold: str
    facts: tuple[tuple[str, str], ...]
    """What officers are not asked, and reviewers of a pack want to see: name and text."""


def shown(pack: Pack) -> tuple[Asked, ...]:
    """The checks of a pack in the order in which they are asked."""
    from lens.words import COMPONENTS

    ordered = sorted(pack.checks, key=lambda one: (COMPONENTS.index(one.component), one.order, one.id))
    return tuple(_asked(number, one) for number, one in enumerate(ordered, 1))


def _asked(number: int, check: Check) -> Asked:
    question = check.question
    return Asked(
        number=number,
        id=check.id,
        title=check.title,
        ask=" ".join((question.ask if question else check.title).split()),
        is_question=question is not None,
        meant=question.help if question else check.how,
        who=tuple(spoken(one) for one in check.who),
        follow_ups=tuple(one.ask for one in question.follow_ups) if question else (),
        settles=question.settles if question else "",
        hold=question.hold_safely if question else "",
        facts=tuple((name, text) for name, text in _facts(check) if text.strip()),
    )


def _facts(check: Check) -> list[tuple[str, str]]:
    question = check.question
    found = [("when", _when(check)), ("stages", ", ".join(check.stages) or "all"), ("why", check.why)]
    if question is not None:
        at_once = "; goes to the escalation route" if question.escalates else ""
        found += [
            ("good answer", question.good),
            ("if answered otherwise", f"{question.if_bad}{at_once}"),
            ("if not known", f"open, with {question.if_not_known} at stake"),
        ]
    else:
        found += [(name, f"{one.says} ({spoken(one.state)})") for name, one in check.outcomes.items()]
    found += [("what can be done", " ".join(one.do for one in check.options))]
    found += [("who else must act", ", ".join(check.others)), ("limits", check.limits)]
    if check.case is not None:
        found.append(("documented case", f"{check.case.text} ({check.case.source})"))
    return [*found, ("touches", ", ".join(check.touches)), ("sources", ", ".join(check.sources))]


def _when(check: Check) -> str:
    parts = [f"{lead}: {'; '.join(conditions)}" for lead, conditions in when(check.applies)]
    return ". ".join(parts) or "always, where the pack applies"


def heads(pack: Pack) -> tuple[tuple[str, str], ...]:
    """What is told of the pack itself: name and text."""
    applies = ". ".join(f"{lead}: {'; '.join(conditions)}" for lead, conditions in when(pack.applies))
    return (
        ("owner", pack.owner),
        ("version", f"{pack.version}, digest {pack.digest}"),
        ("license", pack.license),
        ("when any of it is asked", applies or "always"),
    )


def page(pack: Pack) -> str:
    """The questionnaire as one HTML file that needs nothing from outside. What the pack says stays text."""
    from lens.reports.files import template_text
    from lens.reports.pages import STYLE, environment

    return (
        environment(None, "questionnaire.html")
        .get_template("questionnaire.html")
        .render(pack=pack, heads=heads(pack), asked=shown(pack), answers=ANSWERS, style=template_text("report", STYLE))
    )
