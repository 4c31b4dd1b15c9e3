"""What a decision maker reads, on one page, and paragraphs to paste into a design document. Nothing is decided here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens.reports.findings import names_of
from lens.reports.tables import day_of
from lens.reports.texts import finding_text
from lens.reports.variables import Brief, Paragraph
from lens.reviews.gate import decided
from lens.reviews.summary import ESCALATE
from lens.words import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lens.hooks.specs import ReportInput
    from lens.languages.language import Language
    from lens.reviews.model import AnswerView, Finding, Review

_MOST = 5
_COST_OF_WITHHOLDING = ("harm.stop-or-go-on", "harm.withholding-cost")
"""The questions that ask what people would lose."""


def brief_of(given: ReportInput) -> Brief:
    """The page for whoever decides: decision sought, what is not known, dissent, options, cost of each way."""
    review, t = given.review, given.language
    roles = t.words("role", tuple(dict.fromkeys(one.who for one in review.actions))[:_MOST])
    return Brief(
        sought=t.text(f"brief.sought.{review.outcome}", roles=roles or t.text("brief.nobody")),
        not_known=_lines(given, (one for one in review.findings if one.state == "open"), "brief.nothing-open"),
        worrying=_lines(given, (one for one in review.findings if one.state == "concern"), "brief.nothing-worrying"),
        dissent=_dissent(given),
        options=tuple(
            t.text("brief.option", do=one.do, who=t.word("role", one.who), day=day_of(one, t))
            for one in review.actions[:_MOST]
        ),
        going_on=_going_on(given),
        withholding=_withholding(given),
    )


def _lines(given: ReportInput, findings: Iterable[Finding], nothing: str) -> tuple[str, ...]:
    """The gravest findings, each check once, and how many more."""
    t = given.language
    kept: dict[str, Finding] = {}
    for one in sorted(findings, key=_gravity):
        kept.setdefault(one.check, one)
    shown = [
        t.text("brief.line", level=t.word("level", one.level), title=one.title) if one.level else one.title
        for one in list(kept.values())[:_MOST]
    ]
    if more := len(kept) - len(shown):
        shown.append(t.many("brief.more", more))
    return tuple(shown) or (t.text(nothing),)


def _gravity(one: Finding) -> tuple[bool, int]:
    return not one.escalates, LEVELS.index(one.level) if one.level else len(LEVELS)


def _dissent(given: ReportInput) -> tuple[str, ...]:
    t = given.language
    found = [one for one in given.review.findings if one.answer and (one.answer.has_dissent or one.answer.dissent)]
    apart = [one for one in given.review.findings if one.answers]
    lines = [
        t.text("brief.dissent", title=one.title, text=t.listed(_voice(each, t) for each in one.answers))
        for one in apart[:_MOST]
    ]
    lines += [
        t.text(
            "brief.dissent",
            title=one.title,
            text=(one.answer.dissent if one.answer else "") or t.text("fact.dissent.exists"),
        )
        for one in found[:_MOST]
    ]
    return tuple(lines) or (t.text("brief.no-dissent"),)


def _voice(answer: AnswerView, t: Language) -> str:
    """What one of several answered, and by role who that was, where it may be told."""
    word = t.word("answer", answer.answer)
    return f"{word} ({answer.by})" if answer.by else word


def _going_on(given: ReportInput) -> tuple[str, ...]:
    """What stands if nothing is changed: concerns nobody decided on, and open points with much at stake."""
    t = given.language
    grave = [one for one in given.review.findings if one.level in LEVELS[:2]]
    concerns = sum(one.count for one in grave if one.state == "concern" and not decided(one))
    open_ = sum(one.count for one in grave if one.state == "open")
    return t.many("brief.going-on.concerns", concerns), t.many("brief.going-on.open", open_)


def _withholding(given: ReportInput) -> tuple[str, ...]:
    """What people would lose if support were withheld, as far as anybody asked."""
    t = given.language
    labels = names_of(given).partners_and_places
    asked = [one for one in given.review.findings if one.check in _COST_OF_WITHHOLDING]
    lines = [finding_text(one, given.checks.get(one.check), t, labels) for one in asked]
    loses = [
        one.disposition.loses_protection
        for one in given.review.findings
        if one.disposition and one.disposition.loses_protection
    ]
    lines += [t.text("fact.decision.loses", who=who) for who in dict.fromkeys(loses)]
    return tuple(lines) or (t.text("brief.withholding-not-asked"),)


def _by(found: list[Finding], review: Review) -> str:
    """The day proposed for the gravest of some findings."""
    level = min((one.level for one in found if one.level), key=LEVELS.index, default=None)
    return review.due.by(level, review.as_of, escalates=any(one.escalates for one in found)).isoformat()


def paragraphs_of(given: ReportInput) -> tuple[Paragraph, ...]:
    """A paragraph for each check with a concern or an open point, the gravest first, what is open told as open."""
    t = given.language
    labels = names_of(given).partners_and_places
    kept: dict[tuple[str, str], list[Finding]] = {}
    for one in sorted(given.review.findings, key=lambda one: (one.state != "concern", _gravity(one))):
        if one.state in ("concern", "open"):
            kept.setdefault((one.check, one.state), []).append(one)
    made = []
    for (name, state), found in kept.items():
        check = given.checks.get(name)
        sentences = dict.fromkeys(finding_text(one, check, t, labels) for one in found)
        level = t.word("level", found[0].level) if found[0].level else t.text("brief.level-not-known")
        options = [one for one in check.options if one.id != ESCALATE] if check else []
        made.append(
            Paragraph(
                title=t.text(f"paragraph.{state}", title=found[0].title, level=level),
                text=" ".join((*sentences, check.why.strip() if check else "")).strip(),
                measures=tuple(
                    t.text("fact.option", do=one.do, who=t.word("role", one.who), effort=t.word("effort", one.effort))
                    for one in options
                ),
                by=_by(found, given.review),
                others=t.text("paragraph.others", who=t.listed(check.others)) if check and check.others else "",
                sources=f"[{name}]",
            )
        )
    return tuple(made)
