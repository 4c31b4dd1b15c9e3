"""Findings as a report tells them: what one check says in one state once, with everything it is about."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lens.reports.texts import finding_text, id_text, ref_text
from lens.reports.variables import Bucket, Fact, FindingShown, Mark, Section, Told
from lens.words import COMPONENTS, LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lens.checks.model import Check
    from lens.hooks.specs import ReportInput
    from lens.languages.language import Language
    from lens.reviews.model import AnswerView, Coverage, DecisionView, EvidenceView, Finding
    from lens.words import Component, State, Verdict

SYMBOLS = {
    "concern": "▲",
    "open": "?",
    "error": "✕",
    "addressed": "■",
    "nothing_seen": "○",
    "not_applicable": "–",
    "severe": "◆",
    "high": "▲",
    "moderate": "●",
    "minor": "▪",
    "escalates": "⚑",
}
"""A shape for each state and level, so that nothing is told by color alone. No tick: nothing here is a pass mark."""

STATES: tuple[State, ...] = ("concern", "error", "open", "addressed", "nothing_seen", "not_applicable")
_FOLDED = frozenset({"addressed", "nothing_seen", "not_applicable"})
_VERDICTS: tuple[Verdict, ...] = ("risk", "resilience")


@dataclass(frozen=True, slots=True)
class Names:
    """What references may be called at this audience."""

    partners_and_places: Mapping[str, str]
    """For sentences."""
    subjects: Mapping[str, str]
    """For the list of what a finding is about: activities by their titles, too."""


def anchor(check: str) -> str:
    """The anchor of a check's findings: nothing but letters, digits and dashes."""
    return "check-" + re.sub(r"[^a-z0-9]+", "-", check.lower())


def names_of(given: ReportInput) -> Names:
    """What references may be called: names where the audience may see them, kinds of partners, titles."""
    program = given.review.program
    known = {one.ref: one.name or given.language.word("partner", one.kind) for one in program.partners if one.ref}
    known |= {one.ref: one.name for one in program.places if one.ref and one.name}
    titles = {one.ref: one.title for one in program.activities if one.ref and one.title}
    return Names(known, {**known, **titles})


def sections_of(given: ReportInput) -> tuple[Section, ...]:
    """The components of the lens, always all three, due diligence with its two verdicts apart."""
    teller = Teller(given)
    return tuple(teller.section(component) for component in COMPONENTS)


class Teller:
    """Tells findings in one language, for one review."""

    def __init__(self, given: ReportInput) -> None:
        self.given = given
        self.language: Language = given.language
        self.names = names_of(given)
        self._first: dict[str, str] = {}
        self._anchors = 0

    def section(self, component: Component) -> Section:
        """One component with its findings by state."""
        t = self.language
        findings = [one for one in self.given.review.findings if one.component == component]
        coverage = next((one for one in self.given.review.coverage if one.component == component), None)
        parts: tuple[Section, ...] = ()
        if component == "harm":
            parts = tuple(self._verdict(verdict, findings) for verdict in _VERDICTS)
        return Section(
            id=component,
            title=t.word("component", component),
            text=t.text(f"component.{component}"),
            counts=self._counts(findings, coverage),
            buckets=() if parts else self._buckets(findings),
            parts=parts,
        )

    def _verdict(self, verdict: Verdict, findings: list[Finding]) -> Section:
        # What serves both verdicts, or does not say which, counts and is told under each.
        t = self.language
        mine = [one for one in findings if one.verdict in (verdict, "both", None)]
        return Section(
            id=f"harm-{verdict}",
            title=t.text(f"verdict.{verdict}.title"),
            text=t.text(f"verdict.{verdict}.text"),
            counts=self._counts(mine, None),
            buckets=self._buckets(mine),
        )

    def _counts(self, findings: list[Finding], coverage: Coverage | None) -> tuple[str, ...]:
        """Counts, what is not known first; from the coverage where the audience has it, else from what is shown."""
        t = self.language
        states: dict[str, int] = {}
        because: dict[str, int] = {}
        if coverage is not None:
            states = {name: getattr(coverage, name) for name in STATES if name != "open"}
            because = {str(why): n for why, n in coverage.open.items()}
        else:
            for one in findings:
                states[one.state] = states.get(one.state, 0) + one.count
                if one.state == "open" and one.because:
                    because[one.because] = because.get(one.because, 0) + one.count
        open_ = states.pop("open", 0) or sum(because.values())
        total = coverage.asked if coverage else open_ + sum(states.values())
        lines = [t.text("counts.open", count=open_, total=total)]
        if open_:
            lines += [
                t.text("counts.because", count=n, because=t.word("because", why)) for why, n in sorted(because.items())
            ]
        if states.get("error"):
            lines.append(t.text("counts.error", count=states["error"]))
        lines.append(t.many("counts.concern", states.get("concern", 0)))
        lines += [
            t.text(f"counts.{name}", count=states[name]) for name in STATES if name in _FOLDED and states.get(name)
        ]
        if coverage is not None and coverage.not_selected:
            lines.append(t.text("counts.not-selected", count=coverage.not_selected))
        return tuple(lines)

    def _buckets(self, findings: list[Finding]) -> tuple[Bucket, ...]:
        made = []
        for state in STATES:
            found = [one for one in findings if one.state == state]
            if not found:
                continue
            groups: dict[object, list[Finding]] = {}
            for one in sorted(found, key=_gravity):
                groups.setdefault((one.check, one.because, one.level, one.escalates), []).append(one)
            count = sum(one.count for one in found)
            made.append(
                Bucket(
                    title=self.language.text(f"bucket.{state}", count=count),
                    text=self.language.text(f"bucket.{state}.text"),
                    collapsed=state in _FOLDED,
                    findings=tuple(self._group(group) for group in groups.values()),
                )
            )
        return tuple(made)

    def _group(self, group: list[Finding]) -> FindingShown:
        """One check in one state. What can be done, and why, is told where the check is first met."""
        t = self.language
        first = group[0]
        check = self.given.checks.get(first.check)
        name = anchor(first.check)
        above: tuple[Mark, ...] = ()
        if first.check in self._first:
            above = (Mark(t.text("finding.above"), "↑", "", self._first[first.check]),)
            self._anchors += 1
            name = f"{name}-{self._anchors + 1}"
        else:
            self._first[first.check] = name
        same_factor = len({one.on for one in group}) == 1
        told: dict[tuple[str, tuple[Fact, ...]], list[Finding]] = {}
        for one in group:
            sentence = finding_text(one, check, t, self.names.partners_and_places)
            facts = () if same_factor else self._factor(one, sentence)
            facts += self._facts(one, check, with_grade=len({other.grade for other in group}) > 1)
            told.setdefault((sentence, facts), []).append(one)
        return FindingShown(
            anchor=name,
            check=first.check,
            title=first.title,
            state=first.state,
            marks=self._marks(group, check),
            told=tuple(Told(sentence, self._subjects(ones), facts) for (sentence, facts), ones in told.items()),
            facts=(
                *(self._factor(first, " ".join(sentence for sentence, _ in told)) if same_factor else ()),
                *self._remedies(first, check, told_above=bool(above)),
            ),
            more=() if above else self._why(first, check),
            above=above,
        )

    def _factor(self, one: Finding, sentence: str) -> tuple[Fact, ...]:
        """What it touches, where the sentence does not say so itself."""
        if not one.on or one.on in sentence:
            return ()
        return (Fact(self.language.text("fact.factor"), (id_text(one.on, self.language),)),)

    def _marks(self, group: list[Finding], check: Check | None) -> tuple[Mark, ...]:
        one, t = group[0], self.language
        word = t.word("state", one.state)
        if one.state == "open" and one.because:
            word = t.text("mark.open", because=t.word("because", one.because))
        marks = [Mark(t.opening(word), SYMBOLS[one.state], f"state-{one.state}")]
        if one.level:
            text = "mark.at-stake" if one.state == "open" else "mark.level"
            level = t.text(text, level=t.word("level", one.level))
            marks.append(Mark(level, SYMBOLS[one.level], f"level-{one.level}"))
        if one.escalates:
            marks.append(Mark(t.text("mark.escalates"), SYMBOLS["escalates"], "escalates"))
        if any(other.opens_full for other in group):
            marks.append(Mark(t.text("mark.opens-full")))
        grades = {other.grade for other in group}
        if len(grades) == 1:
            # A computed check without evidence rests on what the case itself says.
            is_read = one.grade == "none" and check is not None and check.question is None
            text = t.text("mark.computed") if is_read else t.text("mark.grade", grade=t.word("grade", one.grade))
            marks.append(Mark(text, "", "grade"))
        return tuple(marks)

    def _subjects(self, ones: list[Finding]) -> tuple[str, ...]:
        t = self.language
        found = []
        for one in ones:
            if one.about or one.fingerprint:
                ref = ref_text(one.about, t, self.names.subjects) if one.about else t.text("ref.program")
                found.append(
                    t.text("ref.printed", ref=t.opening(ref), fingerprint=one.fingerprint)
                    if one.fingerprint
                    else t.opening(ref)
                )
        count = sum(one.count for one in ones)
        if count > max(len(found), 1):
            found.insert(0, t.many("subject.told-once", count))
        return tuple(found)

    def _facts(self, one: Finding, check: Check | None, *, with_grade: bool) -> tuple[Fact, ...]:
        """What differs from subject to subject: the answer, its evidence, decisions."""
        t = self.language
        facts: list[Fact] = []
        for answer in (*((one.answer,) if one.answer else ()), *one.answers):
            facts += self._answered(answer, check)
        if with_grade and not one.evidence:
            facts.append(Fact(t.text("fact.evidence"), (t.opening(t.word("grade", one.grade)),)))
        if one.evidence:
            lines = Counter(self._evidence(piece) for piece in one.evidence)
            told = tuple(line if n == 1 else t.text("program.kind", kind=line, count=n) for line, n in lines.items())
            facts.append(Fact(t.text("fact.evidence"), told))
        if one.disposition is not None:
            facts.append(Fact(t.text("fact.decided"), decision_lines(one.disposition, t)))
        if one.escalation is not None:
            facts.append(Fact(t.text("fact.escalation"), decision_lines(one.escalation, t)))
        return tuple(facts)

    def _answered(self, answer: AnswerView, check: Check | None) -> Iterable[Fact]:
        t = self.language
        parts = [t.text("fact.answer.word", answer=t.word("answer", answer.answer))]
        if answer.by:
            parts.append(t.text("fact.answer.by", role=answer.by))
        if answer.on:
            parts.append(t.text("fact.answer.on", day=answer.on.isoformat()))
        elif answer.year:
            parts.append(t.text("fact.answer.year", day=answer.year))
        lines = [t.opening(t.listed(parts))]
        asks = {one.id: one.ask.strip() for one in check.question.follow_ups} if check and check.question else {}
        for name, word in answer.follow_ups.items():
            ask = asks.get(name, f"{name}:")
            lines.append(t.text("fact.answer.follow-up", ask=ask, answer=t.word("answer", word)))
        if answer.reason:
            lines.append(t.text("fact.answer.reason", reason=answer.reason))
        yield Fact(t.text("fact.answered"), tuple(lines))
        affected = [
            t.text(f"fact.affected.{name}", **{key: value})
            for name, key, value in (
                ("asked", "answer", t.word("answer", answer.affected_asked)),
                ("who", "who", answer.affected_who),
                ("said", "said", answer.affected_said),
            )
            if value
        ]
        if affected:
            yield Fact(t.text("fact.affected"), tuple(affected))
        if answer.has_dissent or answer.dissent:
            yield Fact(t.text("fact.dissent"), (answer.dissent or t.text("fact.dissent.exists"),))

    def _evidence(self, piece: EvidenceView) -> str:
        t = self.language
        parts = [t.text("fact.evidence.line", grade=t.word("grade", piece.grade), kind=t.word("kind", piece.kind))]
        if day := piece.on.isoformat() if piece.on else piece.year:
            parts.append(day)
        if piece.ref:
            parts.append(t.text("fact.evidence.ref", ref=piece.ref))
        if piece.held_elsewhere:
            parts.append(t.text("fact.evidence.held", role=piece.held_elsewhere))
        if piece.checked_by:
            parts.append(t.text("fact.evidence.checked", role=piece.checked_by))
        if piece.note:
            parts.append(piece.note)
        return t.opening(t.listed(parts))

    def _remedies(self, one: Finding, check: Check | None, *, told_above: bool) -> tuple[Fact, ...]:
        t = self.language
        facts = []
        if one.state == "open" and one.who:
            facts.append(Fact(t.text("fact.who"), (t.opening(t.words("role", one.who)),)))
        if check is not None and one.state not in _FOLDED and not told_above:
            options = tuple(
                t.text("fact.option", do=x.do.strip(), who=t.word("role", x.who), effort=t.word("effort", x.effort))
                for x in check.options
            )
            facts.append(Fact(t.text("fact.options"), options))
            if check.others:
                facts.append(Fact(t.text("fact.others"), (t.opening(t.listed(check.others)),)))
        return tuple(facts)

    def _why(self, one: Finding, check: Check | None) -> tuple[Fact, ...]:
        t = self.language
        if check is None:
            return (self._check(one.check),)
        asked = check.question
        told = (
            ("why", check.why),
            ("case", check.case.text if check.case else ""),
            ("limits", check.limits),
            ("change", check.change_our_mind),
            ("settles", asked.settles if asked else ""),
            ("hold", asked.hold_safely if asked else ""),
        )
        facts = [Fact(t.text(f"fact.{name}"), (text.strip(),)) for name, text in told if text.strip()]
        cited = dict.fromkeys((*check.sources, *((check.case.source,) if check.case else ())))
        facts.append(Fact(t.text("fact.sources"), ("; ".join(_source(item, self.given) for item in cited),)))
        both = t.text("verdict.both") if one.verdict == "both" else ""
        facts.append(self._check(one.check, *((both,) if both else ())))
        return tuple(facts)

    def _check(self, check: str, *more: str) -> Fact:
        """The check's id, with where it is explained."""
        pages = self.given.review.provenance.pages.rstrip("/")
        link = f"{pages}/reference/generated/checks/{check}.html" if pages else ""
        return Fact(self.language.text("fact.check"), (self.language.text("fact.check.line", check=check), *more), link)


def _gravity(one: Finding) -> tuple[bool, int]:
    return not one.escalates, LEVELS.index(one.level) if one.level else len(LEVELS)


def _source(item: str, given: ReportInput) -> str:
    from lens import catalog

    found = catalog.items("source").get(item) or given.catalog.get(item)
    return given.language.text("fact.source", title=found.name, id=item) if found else item


def decision_lines(one: DecisionView, language: Language) -> tuple[str, ...]:
    """How a disposition or an escalation record stands, a line each."""
    t = language
    parts = [t.word("decision", one.decision)]
    if day := one.until.isoformat() if one.until else one.year:
        parts.append(t.text("fact.decision.until", day=day))
    if one.owner:
        parts.append(t.text("fact.decision.owner", role=one.owner))
    lines = [t.opening(t.listed(parts))]
    if not one.valid:
        why = [
            t.text(f"invalid.{why}") if t.has(f"invalid.{why}") else t.text("invalid.other", reason=why)
            for why in one.why_invalid
        ]
        lines.append(t.text("fact.decision.invalid", reasons="; ".join(why)))
    if one.reason:
        lines.append(t.text("fact.answer.reason", reason=one.reason))
    if one.loses_protection:
        lines.append(t.text("fact.decision.loses", who=one.loses_protection))
    return tuple(lines)
