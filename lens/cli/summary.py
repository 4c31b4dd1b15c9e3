"""The few lines that a command prints about a review: the outcome, what is not known, what is worrying, who must act.

Everything here is in the report as well, in more words.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from lens.reports.translated import review_in
from lens.words import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lens.languages.language import Language
    from lens.reviews.model import Finding, Reason, Review

_WIDEST = 100
_ACTIONS = 3
_NAMED = 3

_COLORS = {"escalate": "red", "revise": "red", "find_out": "yellow", "decide": "yellow", "recorded": "blue"}
"""No outcome is green: there is no pass."""


def lines(review: Review, language: Language) -> Iterator[str]:
    """The summary of a review, a line at a time, no wider than the terminal."""
    review = review_in(review, language)
    yield from _outcome(review, language)
    yield from _not_known(review, language)
    yield from _worrying(review, language)
    yield from _who_must_act(review, language)
    yield from _next(review, language)
    yield from _not_checked(review, language)
    yield from _readers(review, language)
    yield from _notes(review, language)


def _outcome(review: Review, t: Language) -> Iterator[str]:
    from lens.cli import paint

    marks = [t.text("banner.draft.title")] if review.draft else []
    marks += [t.text("banner.incomplete.title")] if review.incomplete else []
    name = t.text(f"outcome.{review.outcome}.name")
    head = f"{name} ({', '.join(marks)})" if marks else name
    yield f"{paint(head.upper(), _COLORS[review.outcome])}  {_scope(review, t)}"
    yield from wrapped(t.text(f"outcome.{review.outcome}.text"), hang=0)


def _scope(review: Review, t: Language) -> str:
    stage = t.text("head.stage", stage=t.word("stage", review.stage)) if review.stage else t.text("head.stage-unknown")
    day = t.text("head.day", day=review.as_of.isoformat())
    return " · ".join((day, t.word("depth", review.depth), stage))


def _not_known(review: Review, t: Language) -> Iterator[str]:
    yield heading(t.text("panel.not-known.title"))
    if not review.has_context and review.program.subject != "institution":
        yield from wrapped(t.text("panel.not-known.no-context"))
    for row in review.coverage:
        name, count = t.word("component", row.component), sum(row.open.values())
        text = t.text("panel.not-known.component", component=name, count=count, total=row.asked)
        yield from wrapped(t.text("panel.not-known.failed", text=text, count=row.error) if row.error else text)
    if not review.coverage:  # an audience that is not shown the coverage is told of the findings that it is shown
        count = sum(one.count for one in review.findings if one.state == "open")
        total = sum(one.count for one in review.findings)
        yield from wrapped(t.text("counts.open", count=count, total=total))
    if sectors := review.sectors_not_asked:
        yield from wrapped(t.many("panel.not-known.packs", len(sectors), names=t.listed(sectors)))
    who = Counter[str]()
    for one in review.findings:
        if one.state == "open" and one.who:
            who[one.who[0]] += one.count
    if who:
        told = [t.text("who.counted", role=t.word("role", role), count=n) for role, n in who.most_common(_NAMED)]
        yield from wrapped(t.text("panel.not-known.who", roles=t.listed(told)))


def _worrying(review: Review, t: Language) -> Iterator[str]:
    from lens.cli import paint
    from lens.reviews.gate import decided

    yield heading(t.text("panel.worrying.title"))
    concerns = [one for one in review.findings if one.state == "concern"]
    escalating = [one for one in concerns if one.escalates]
    for name, wanted in (("escalating", False), ("escalated", True)):
        found = [one for one in escalating if bool(one.escalation and one.escalation.valid) is wanted]
        if found:
            first, *rest = wrapped(t.text(f"panel.worrying.{name}", titles=_titles(found)))
            yield paint(first, "red")
            yield from (paint(line, "red") for line in rest)
    levels = Counter[str]()
    for one in concerns:
        levels[one.level or ""] += one.count
    if levels:
        told = t.listed(f"{levels[level]} {t.word('level', level)}" for level in LEVELS if levels[level])
        yield from wrapped(f"{t.text('bucket.concern', count=levels.total())}: {told}")
    else:
        yield from wrapped(t.text("panel.worrying.nothing"))
    if held := sum(one.count for one in concerns if decided(one)):
        yield from wrapped(t.many("panel.worrying.decided", held))
    if review.decisions:
        yield from wrapped(f"{t.text('section.decisions')}: {len(review.decisions)}")


def _titles(findings: Iterable[Finding]) -> str:
    """Titles of checks, each once, with the number of findings where there are several."""
    counts = Counter[str]()
    for one in findings:
        counts[one.title] += one.count
    return "; ".join(title if count == 1 else f"{title} ({count})" for title, count in counts.items())


def _who_must_act(review: Review, t: Language) -> Iterator[str]:
    yield heading(t.text("panel.act.title"))
    if review.outcome == "escalate":
        route = review.program.escalation_route
        text = t.text("panel.act.route", role=route) if route else t.text("panel.act.route-unnamed")
        yield from wrapped(t.opening(text))
    for number, one in enumerate(review.actions[:_ACTIONS], 1):
        who, effort = t.word("role", one.who), t.word("effort", one.effort)
        yield from wrapped(t.text("fact.option", do=f"{number}. {one.do}", who=who, effort=effort), hang=3)
    if not review.actions and review.outcome != "escalate":
        yield from wrapped(t.text("panel.act.nobody"))


def _next(review: Review, t: Language) -> Iterator[str]:
    if review.next is None:
        return
    step = review.next
    yield heading(t.text("section.next"))
    name = t.text(f"step.{step.step}.name", day=step.by.isoformat() if step.by else "")
    yield from wrapped(f"{name}.")
    for one in step.reasons[:_NAMED]:
        yield from wrapped(f"- {_reason(one, t)}")


def _reason(one: Reason, t: Language) -> str:
    name = f"reason.{one.text}"
    if t.has(name):
        return t.text(name)
    return t.many(name, one.count) if t.has(f"{name}.many") else t.text("reason.other", reason=one.text)


def _not_checked(review: Review, t: Language) -> Iterator[str]:
    from lens.cli import paint

    if not review.not_checked:
        return
    yield paint(t.text("section.not-checked"), "red")
    for one in review.not_checked[:_NAMED]:
        yield from wrapped(t.text("not-checked.line", owner=one.owner, where=one.where, what=one.what))
    if (more := len(review.not_checked) - _NAMED) > 0:
        yield from wrapped(f"… {more}")


def _readers(review: Review, t: Language) -> Iterator[str]:
    marking = t.text(f"marking.{review.audience}")
    if review.audience == "public":
        marking += f" {t.text('marking.own-work')}"
    yield from wrapped(marking, indent="", hang=0)


def _notes(review: Review, t: Language) -> Iterator[str]:
    for note in dict.fromkeys(review.notes):
        text = t.text(f"note.{note}") if t.has(f"note.{note}") else t.text("note.other", note=note)
        yield from wrapped(text, indent="")
    # What a shorter look did not ask for is answered already; that is no mistake of anybody's.
    later = {one.check for one in review.not_asked}
    if unused := [name for name in review.unused_answers if name not in later]:
        yield from wrapped(f"{t.text('section.unused')}: {', '.join(unused)}", indent="")


def heading(text: str) -> str:
    """A line that heads others."""
    from lens.cli import paint

    return paint(text, "cyan")


def wrapped(text: str, *, indent: str = "  ", hang: int = 2) -> list[str]:
    """A text in lines that fit the terminal, without any sign that could steer it."""
    import shutil

    from lens.cli import printable
    from lens.cli.wrap import folded

    width = max(40, min(shutil.get_terminal_size().columns, _WIDEST))
    return folded(printable(text), width, first=indent, then=indent + " " * hang)
