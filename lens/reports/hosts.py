"""What the formats for code hosts share. Many can read what a host keeps, so they are made for the public only.

A host shows three kinds of things: what fails, what is skipped, and what is green. Nothing here becomes green: a point
that is not known is told as one, and "nothing seen" is not a proof.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens.errors import LensError
from lens.reports.inert import clean
from lens.reports.texts import finding_text
from lens.reviews.gate import decided, escalated

if TYPE_CHECKING:
    from lens.checks.model import Check
    from lens.hooks.specs import ReportInput
    from lens.languages.language import Language
    from lens.reviews.model import Finding, NotChecked, Reason, Review

LOOK_UP = "lens explain {item}"


def for_the_public(review: Review, form: str) -> None:
    """LensError where a review is for any other audience: logs and alerts of a code host are read by many."""
    if review.audience != "public":
        raise LensError(
            f"The format {form} is for code hosts, whose logs and alerts many can read. It is made for the audience "
            f"public only, and this review is for the audience {review.audience}. Leave --audience out, or narrow a "
            f"saved review: lens report review.json --audience public --format {form}"
        )


def is_held(one: Finding) -> bool:
    """Whether a decision holds that takes a finding off the list. None does that for an escalating sign."""
    return one.state == "concern" and not one.escalates and decided(one)


def told(one: Finding, given: ReportInput) -> tuple[str, ...]:
    """A finding in sentences: what was found, how grave it is, what was decided."""
    t = given.language
    lines = [finding_text(one, given.checks.get(one.check), t), *marks(one, t)]
    if one.count > 1:
        lines.append(_sentence(t.many("subject.told-once", one.count)))
    if one.disposition is not None:
        lines.append(_decided(one, t))
    if one.escalates and one.state == "concern" and escalated(one) and one.escalation is not None:
        lines.append(_sentence(f"{t.text('fact.escalation')}: {t.word('decision', one.escalation.decision)}"))
    return tuple(clean(line) for line in lines)


def marks(one: Finding, t: Language) -> tuple[str, ...]:
    """How grave a finding is, in the words of the report."""
    found = []
    if one.state == "open" and one.because:
        found.append(_sentence(t.text("mark.open", because=t.word("because", one.because))))
    if one.level:
        name = "mark.at-stake" if one.state == "open" else "mark.level"
        found.append(_sentence(t.text(name, level=t.word("level", one.level))))
    if one.escalates and one.state == "concern":
        found.append(_sentence(t.text("mark.escalates")))
    return tuple(found)


def _decided(one: Finding, t: Language) -> str:
    """A decision by its word and year alone: who took it, and why, is not for everyone."""
    view = one.disposition
    if view is None:
        return ""
    word = t.word("decision", view.decision)
    if not view.valid:
        return _sentence(f"{t.text('fact.decided')}: {t.text('fact.decision.unnamed', decision=word)}")
    until = t.text("fact.decision.until", day=view.year) if view.year else ""
    return _sentence(f"{t.text('fact.decided')}: {t.listed(part for part in (word, until) if part)}")


def help_of(check: str, given: ReportInput) -> tuple[str, ...]:
    """What helps with the findings of a check: why it matters, what settles it, what can be done; a paragraph each."""
    t = given.language
    known = given.checks.get(check)
    lines = list(_explained(known, given)) if known else []
    lines.append(t.text("fact.check.line", check=check))
    return tuple(clean(line) for line in lines)


def _explained(check: Check, given: ReportInput) -> list[str]:
    t, asked = given.language, check.question
    facts = [
        ("", asked.help if asked else ""),
        ("why", check.why),
        ("limits", check.limits),
        ("settles", asked.settles if asked else ""),
        ("hold", asked.hold_safely if asked else ""),
        ("change", check.change_our_mind),
        ("who", t.opening(t.words("role", check.who))),
    ]
    lines = [f"{t.text(f'fact.{name}')}: {text.strip()}" if name else text.strip() for name, text in facts if text]
    options = [
        t.text("fact.option", do=one.do.strip(), who=t.word("role", one.who), effort=t.word("effort", one.effort))
        for one in check.options
    ]
    lines += [f"{t.text('fact.options')}: {one}" for one in options]
    if check.sources:
        lines.append(f"{t.text('fact.sources')}: {t.listed(_source(one, given) for one in check.sources)}")
    return lines


def _source(item: str, given: ReportInput) -> str:
    from lens import catalog

    found = catalog.items("source").get(item) or given.catalog.get(item)
    return given.language.text("fact.source", title=found.name, id=item) if found else item


def outcome_told(given: ReportInput) -> tuple[str, ...]:
    """What the review comes to, with what is not known and not checked: nobody may see the list without them."""
    review, t = given.review, given.language
    lines = [f"{t.text(f'outcome.{review.outcome}.name')}. {t.text(f'outcome.{review.outcome}.text')}"]
    if not review.has_context and review.program.subject != "institution":
        lines.append(_sentence(t.text("panel.not-known.no-context")))
    for row in review.coverage:
        name, count = t.word("component", row.component), sum(row.open.values())
        text = t.text("panel.not-known.component", component=name, count=count, total=row.asked)
        lines.append(_sentence(t.text("panel.not-known.failed", text=text, count=row.error) if row.error else text))
    if review.not_asked:
        lines.append(_sentence(t.many("panel.not-known.not-asked", len(review.not_asked))))
    lines += [_sentence(_reason(one, t)) for one in review.reasons]
    if review.next is not None:
        day = review.next.by.isoformat() if review.next.by else ""
        lines.append(_sentence(f"{t.text('section.next')}: {t.text(f'step.{review.next.step}.name', day=day)}"))
    if review.decisions:
        lines.append(_sentence(f"{t.text('section.decisions')}: {len(review.decisions)}"))
    if review.incomplete:
        lines.append(f"{t.text('banner.incomplete.title')}. {t.text('banner.incomplete.text')}")
    if review.draft:
        lines.append(f"{t.text('banner.draft.title')}. {t.text('banner.draft.text')}")
    return tuple(clean(line) for line in lines)


def _reason(one: Reason, t: Language) -> str:
    name = f"reason.{one.text}"
    if t.has(name):
        return t.text(name)
    return t.many(name, one.count) if t.has(f"{name}.many") else t.text("reason.other", reason=one.text)


def not_checked_told(one: NotChecked, t: Language) -> str:
    """What failed, without any value of the case."""
    text = t.text("not-checked.line", owner=one.owner or "lens", where=one.where, what=one.what)
    return clean(f"{t.text('section.not-checked')}: {text}")


def packs_told(given: ReportInput) -> tuple[tuple[str, bool, str], ...]:
    """Sector packs that are called for and not here: name, whether surely, and what it would have asked."""
    t = given.language
    return tuple(
        (
            one.name,
            one.surely,
            clean(
                t.text(f"packs-missing.{'called' if one.surely else 'perhaps'}", title=one.title, asks=one.asks)
                + " "
                + t.text("packs-missing.install", distribution=one.distribution)
            ),
        )
        for one in given.review.packs_missing
    )


def identities(findings: tuple[Finding, ...]) -> tuple[str, ...]:
    """A name for each finding that is the same from run to run while nothing about it changes.

    It is made of ids and words that everyone may see. Level, number and decision are part of it on purpose: whoever
    closed an alert at a host closed that one, and not a graver one in its place.
    """
    seen: dict[str, int] = {}
    made = []
    for one in findings:
        decision = "" if one.disposition is None else "decided" if one.disposition.valid else "no-longer-decided"
        values = (f"{v.name}={v.coarse}" for v in one.values if v.kind in ("ref", "id", "word") and v.coarse)
        parts = (
            one.check,
            one.on or "program",
            one.state,
            one.because or one.outcome,
            one.level or "",
            "escalates" if one.escalates else "",
            f"x{one.count}" if one.count > 1 else "",
            decision,
            *values,
        )
        name = "/".join(part for part in parts if part)
        seen[name] = seen.get(name, 0) + 1
        made.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return tuple(made)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "。", "؟", "?")) else f"{text}."
