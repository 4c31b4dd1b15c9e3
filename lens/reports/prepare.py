"""From a finished review to what a template lays out. What is not known comes first, everywhere."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from lens.reports.brief import brief_of, paragraphs_of
from lens.reports.findings import STATES, SYMBOLS, anchor, decision_lines, sections_of
from lens.reports.tables import actions_of, context_of, legend_of, matrix_of
from lens.reports.variables import Banner, Fact, Mark, OutcomeShown, Panel, ReportVariables
from lens.words import AUDIENCES, LEVELS

if TYPE_CHECKING:
    from lens.hooks.specs import ReportInput
    from lens.languages.language import Language
    from lens.reviews.model import Finding, Reason, Review

_SHOWN_TITLES = 3
_SHOWN_ROLES = 3
_SCRUTINY = frozenset({"high", "medium", "triage"})
_INSIDE = frozenset({"internal", "restricted"})
_LIMITS = ("not-asked", "law", "likelihood", "aid", "stop", "windows", "texts")


def prepare(given: ReportInput, style: str = "") -> ReportVariables:
    """Everything a template of the report can use."""
    review, t = given.review, given.language
    matrix, matrix_notes = matrix_of(given)
    context, context_notes = context_of(given)
    return ReportVariables(
        t=t.text,
        language=t,
        review=review,
        style=style,
        title=title_of(review, t),
        subtitle=_subtitle(review, t),
        marking=t.text(f"marking.{review.audience}"),
        banners=_banners(review, t),
        outcome=OutcomeShown(
            kind=review.outcome,
            name=t.text(f"outcome.{review.outcome}.name"),
            text=t.text(f"outcome.{review.outcome}.text"),
            reasons=tuple(_reason(one, given) for one in review.reasons),
        ),
        panels=(_not_known(given), _worrying(given), _who_must_act(given)),
        next_step=_next(given),
        actions=actions_of(given),
        actions_note=t.text("actions.due", **{level: getattr(review.due, level) for level in LEVELS}),
        matrix=matrix,
        matrix_notes=matrix_notes,
        legend=legend_of(review, t),
        sections=sections_of(given),
        program=_program(review, t),
        context=context,
        context_notes=context_notes,
        not_checked=tuple(
            t.text("not-checked.line", owner=one.owner, where=one.where, what=one.what) for one in review.not_checked
        ),
        packs_missing=_packs_missing(review, t),
        not_asked=_not_asked(review, t),
        decisions=tuple(
            Fact(
                t.text("fact.decision.finding", fingerprint=one.finding)
                if one.finding
                else t.text("fact.decision.unnamed", decision=t.word("decision", one.decision)),
                decision_lines(one, t),
            )
            for one in review.decisions
        ),
        unused_answers=review.unused_answers,
        notes=tuple(_note(one, t) for one in dict.fromkeys((*review.notes, *review.program.reading_notes))),
        provenance=_provenance(review, t),
        limits=tuple(t.text(f"limits.{name}") for name in _LIMITS),
        brief=brief_of(given),
        paragraphs=paragraphs_of(given),
    )


def title_of(review: Review, language: Language) -> str:
    """The program's title where it may be shown, else what it is by kind."""
    program = review.program
    if program.title.strip():
        return program.title
    if not program.countries:
        return language.text("title.unknown")
    return language.many("title.countries", len(program.countries), names=language.listed(program.country_names))


def _subtitle(review: Review, t: Language) -> tuple[str, ...]:
    return (
        t.text("head.day", day=review.as_of.isoformat()),
        t.text("head.stage", stage=t.word("stage", review.stage)) if review.stage else t.text("head.stage-unknown"),
        t.text("head.depth", depth=t.word("depth", review.depth)),
    )


def _banners(review: Review, t: Language) -> tuple[Banner, ...]:
    made = []
    if review.draft:
        which = "text"
        if review.audience in _INSIDE:
            named = (bool(review.program.reviewer), bool(review.program.escalation_route))
            which = {(False, False): "both", (False, True): "reviewer", (True, False): "route"}.get(named, "text")
        made.append(Banner("draft", "✎", t.text("banner.draft.title"), t.text(f"banner.draft.{which}")))
    if review.incomplete:
        symbol = SYMBOLS["error"]
        made.append(Banner("incomplete", symbol, t.text("banner.incomplete.title"), t.text("banner.incomplete.text")))
    if review.audience == AUDIENCES[0]:
        made.append(Banner("recognized", "◐", t.text("banner.recognized.title"), t.text("banner.recognized.text")))
    if not t.is_signed:
        made.append(Banner("unofficial", "✎", t.text("banner.unofficial.title"), t.text("banner.unofficial.text")))
    return tuple(made)


def _titles(checks: tuple[str, ...], given: ReportInput) -> str:
    """Titles of checks, a few of them, and how many more."""
    t = given.language
    by_finding = {one.check: one.title for one in given.review.findings}
    titles = list(dict.fromkeys(by_finding.get(one) or _title(one, given) for one in checks))
    text = "; ".join(titles[:_SHOWN_TITLES])
    more = len(titles) - _SHOWN_TITLES
    return t.many("reason.more", more, titles=text) if more > 0 else text


def _title(check: str, given: ReportInput) -> str:
    known = given.checks.get(check)
    return known.title if known else check


def _reason(one: Reason, given: ReportInput) -> str:
    t = given.language
    name = f"reason.{one.text}"
    if t.has(name):
        text = t.text(name)
    elif t.has(f"{name}.many"):
        text = t.many(name, one.count)
    else:
        text = t.text("reason.other", reason=one.text)
    titles = _titles(one.checks, given)
    text = t.text("reason.about", reason=text, titles=titles) if titles else t.text("reason.plain", reason=text)
    return t.text("reason.who", reason=text, roles=t.words("role", one.who[:_SHOWN_ROLES])) if one.who else text


def _next(given: ReportInput) -> OutcomeShown | None:
    step, t = given.review.next, given.language
    if step is None:
        return None
    return OutcomeShown(
        kind=step.step,
        name=t.text(f"step.{step.step}.name", day=step.by.isoformat() if step.by else ""),
        text=t.text(f"step.{step.step}.text"),
        reasons=tuple(_reason(one, given) for one in step.reasons),
    )


def _not_known(given: ReportInput) -> Panel:
    """What is not known: first how much of what was asked, then what nobody looked at, then who can find out."""
    review, t = given.review, given.language
    marks = []
    rows = _asked(review)
    for component, (asked, open_, failed) in rows.items():
        text = t.text("panel.not-known.component", component=t.word("component", component), count=open_, total=asked)
        symbol = SYMBOLS["open"] if open_ else SYMBOLS["nothing_seen"]
        if failed:
            text, symbol = t.text("panel.not-known.failed", text=text, count=failed), SYMBOLS["error"]
        marks.append(Mark(text, symbol, "", component))
    lines = []
    if not review.has_context and review.program.subject != "institution":
        lines.append(t.text("panel.not-known.no-context"))
    elif review.matrix.not_assessed:
        lines.append(t.text("panel.not-known.factors", count=len(review.matrix.not_assessed)))
    if review.matrix.not_known_cells:
        lines.append(t.text("panel.not-known.matrix", count=review.matrix.not_known_cells, total=review.matrix.cells))
    if sectors := review.sectors_not_asked:
        lines.append(t.many("panel.not-known.packs", len(sectors), names=t.listed(sectors)))
    if review.not_asked:
        lines.append(t.many("panel.not-known.not-asked", len(review.not_asked)))
    who: Counter[str] = Counter()
    for one in review.findings:
        if one.state == "open" and one.who:
            who[one.who[0]] += one.count
    if who:
        told = [t.text("who.counted", role=t.word("role", role), count=n) for role, n in who.most_common(_SHOWN_ROLES)]
        lines.append(t.text("panel.not-known.who", roles=t.listed(told)))
    elif not any(open_ or failed for _, open_, failed in rows.values()):
        lines.append(t.text("panel.not-known.nothing"))
    return Panel("not-known", t.text("panel.not-known.title"), tuple(marks), tuple(lines))


def _asked(review: Review) -> dict[str, tuple[int, int, int]]:
    """For each component: how much was asked, is open, could not be checked."""
    if review.coverage:
        return {row.component: (row.asked, sum(row.open.values()), row.error) for row in review.coverage}
    # An audience that has no coverage is told of what it is shown.
    rows: dict[str, tuple[int, int, int]] = {}
    for one in review.findings:
        asked, open_, failed = rows.get(one.component, (0, 0, 0))
        open_ += one.count if one.state == "open" else 0
        failed += one.count if one.state == "error" else 0
        rows[one.component] = (asked + one.count, open_, failed)
    return rows


def _holds(one: Finding) -> bool:
    """Whether a decision other than a dispute holds; a dispute leaves the concern to be decided."""
    return one.disposition is not None and one.disposition.valid and one.disposition.decision != "dispute"


def _worrying(given: ReportInput) -> Panel:
    t = given.language
    concerns = [one for one in given.review.findings if one.state == STATES[0]]
    marks = []
    for level in LEVELS:
        found = [one for one in concerns if one.level == level]
        if found:
            count = sum(one.count for one in found)
            text = t.many("panel.worrying.level", count, level=t.word("level", level))
            marks.append(Mark(text, SYMBOLS[level], f"level-{level}", anchor(found[0].check)))
    lines = []
    escalating = [one for one in concerns if one.escalates]
    for name, wanted in (("escalating", False), ("escalated", True)):
        checks = tuple(
            dict.fromkeys(one.check for one in escalating if bool(one.escalation and one.escalation.valid) is wanted)
        )
        if checks:
            lines.append(t.text(f"panel.worrying.{name}", titles=_titles(checks, given)))
    if decided := sum(one.count for one in concerns if _holds(one)):
        lines.append(t.many("panel.worrying.decided", decided))
    if not concerns:
        lines.append(t.text("panel.worrying.nothing"))
    return Panel("worrying", t.text("panel.worrying.title"), tuple(marks), tuple(lines))


def _who_must_act(given: ReportInput) -> Panel:
    review, t = given.review, given.language
    marks, lines = [], []
    if review.outcome == "escalate":
        route = review.program.escalation_route
        text = t.text("panel.act.route", role=route) if route else t.text("panel.act.route-unnamed")
        marks.append(Mark(t.opening(text), SYMBOLS["escalates"], "escalates"))
        if review.program.second_route:
            lines.append(t.text("panel.act.second", role=review.program.second_route))
    roles = list(Counter(one.who for one in review.actions).items())
    for role, count in roles[:_SHOWN_ROLES]:
        marks.append(Mark(t.opening(t.many("panel.act.role", count, role=t.word("role", role))), "→", "", "actions"))
    if rest := [role for role, _ in roles[_SHOWN_ROLES:]]:
        lines.append(t.text("panel.act.others", roles=t.words("role", tuple(rest))))
    if review.actions:
        lines.insert(0, t.text("panel.act.first", do=review.actions[0].do))
    if review.program.reviewer:
        lines.append(t.opening(t.text("panel.act.reviewer", role=review.program.reviewer)))
    if not marks:
        lines.append(t.text("panel.act.nobody"))
    return Panel("act", t.text("panel.act.title"), tuple(marks), tuple(lines))


def _program(review: Review, t: Language) -> tuple[Fact, ...]:
    """The program, what nobody said of it first."""
    program = review.program
    unknown = t.text("program.countries.unknown")
    facts: list[tuple[str, list[str]]] = [
        ("not-published", [t.listed(t.word("field", one) for one in program.not_published)]),
        ("countries", [t.listed(program.country_names) or unknown]),
        ("regions", [t.listed(program.regions)]),
        (
            "places",
            [str(program.places_below_country) if program.places_below_country else t.text("program.places.none")],
        ),
        ("years", [program.years or unknown]),
        ("sectors", _sectors(review, t) or [t.text("program.sectors.unknown")]),
        ("activities", _activities(review, t)),
        (
            "money",
            [
                t.text(
                    "program.money.line",
                    kind=t.word("budget", one.kind),
                    amount=f"{one.amount:f}" if one.amount is not None else one.band,
                    currency=one.currency or t.text("program.money.currency-unknown"),
                )
                for one in program.money
            ],
        ),
        ("partners", _partners(review, t)),
        ("flags", [t.words("flag", program.flags)]),
        ("published-as", [program.published_as]),
        ("text", [t.text("program.text.length", count=program.text_length)] if program.text_length is not None else []),
        ("reviewer", [program.reviewer]),
        ("route", [program.escalation_route]),
        ("second", [program.second_route]),
    ]
    return tuple(
        Fact(t.text(f"program.{name}"), tuple(line for line in lines if line)) for name, lines in facts if any(lines)
    )


def _sectors(review: Review, t: Language) -> list[str]:
    return [
        t.text(
            "program.sector" if one.share is None else "program.sector.share",
            code=one.code,
            name=one.name,
            share=f"{one.share:f}" if one.share is not None else "",
            scrutiny=t.text(f"scrutiny.{one.scrutiny if one.scrutiny in _SCRUTINY else 'medium'}"),
        )
        for one in review.program.sectors
    ]


def _activities(review: Review, t: Language) -> list[str]:
    lines = []
    for one in review.program.activities:
        ref = t.text("ref.activity", number=one.number)
        name = t.text("program.activity", ref=ref, title=one.title) if one.title else ref
        provided = t.words("provided", one.provides) or t.text("program.activity.nothing")
        lines.append(t.text("program.activity.provides", activity=name, provided=provided))
    return lines or [str(review.program.activity_count)]


def _partners(review: Review, t: Language) -> list[str]:
    program = review.program
    if program.partners:
        return [
            t.text(
                "program.partner",
                ref=one.name or t.text("ref.partner", number=one.ref.partition(":")[2]),
                kind=t.word("partner", one.kind),
                role=t.word("partner-role", one.role),
            )
            for one in program.partners
        ]
    return [t.text("program.kind", kind=t.word("partner", kind), count=n) for kind, n in program.partner_kinds.items()]


def _not_asked(review: Review, t: Language) -> tuple[Fact, ...]:
    groups: dict[str, list[str]] = {}
    for one in review.not_asked:
        groups.setdefault(one.why, []).append(t.text("not-asked.line", title=one.title, check=one.check))
    return tuple(
        Fact(
            t.text(f"not-asked.{why}", count=len(lines))
            if t.has(f"not-asked.{why}")
            else t.text("not-asked.other", reason=why, count=len(lines)),
            tuple(lines),
        )
        for why, lines in groups.items()
    )


def _packs_missing(review: Review, t: Language) -> tuple[Fact, ...]:
    return tuple(
        Fact(
            one.name,
            (
                t.text(f"packs-missing.{'called' if one.surely else 'perhaps'}", title=one.title, asks=one.asks),
                t.text("packs-missing.install", distribution=one.distribution),
            ),
        )
        for one in review.packs_missing
    )


def _note(note: str, t: Language) -> str:
    """A note by its id; what was met in a published file comes as `iati:<code>:<count>`."""
    if t.has(f"note.{note}"):
        return t.text(f"note.{note}")
    source, _, rest = note.partition(":")
    if source == "iati" and rest:
        from lens.readers.iati.notes import MEANINGS

        code, _, count = rest.partition(":")
        number = int(count) if count.isdecimal() else 1
        return t.many("note.iati", number, what=MEANINGS.get(code, code.replace("-", " ")), code=code)
    return t.text("note.other", note=note)


def _provenance(review: Review, t: Language) -> tuple[Fact, ...]:
    made = review.provenance
    used = []
    for one in made.used:
        line = t.text("provenance.used.line", name=one.name, version=one.version, kind=one.kind)
        used.append(t.text("provenance.used.digest", line=line, digest=one.digest) if one.digest else line)
    language = [t.text("provenance.language.line", name=t.name, code=t.code)]
    if t.untranslated:
        language.append(t.many("provenance.untranslated", t.untranslated))
    language += [t.text("provenance.translation-fault", problem=str(one)) for one in t.faults]
    facts: list[tuple[str, tuple[str, ...]]] = [
        ("version", (t.text("provenance.version.line", version=made.lens_version, schema=made.schema),)),
        ("used", tuple(used)),
        ("blocked", made.blocked),
        ("inputs", made.input_kinds),
        ("digests", made.input_digests),
        ("policy", made.policy_changes),
        ("off", made.policy_off),
        ("refused", made.policy_refused),
        ("language", tuple(language)),
    ]
    return tuple(Fact(t.text(f"provenance.{name}"), lines) for name, lines in facts if lines)
