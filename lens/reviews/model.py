"""What a review finds and says. Findings hold ids and typed values, never sentences; words are made after redaction.

Like the model of a case, every field says who may see it; `redact` takes away what an audience may not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from lens.cases.fields import Amount, Currency, Day, WebAddress, internal, public, record, restricted, shared
from lens.cases.policy import Due
from lens.words import (
    Age,
    Approach,
    Audience,
    BudgetKind,
    Component,
    Depth,
    EffectKind,
    EffortWord,
    EvidenceKind,
    Flag,
    Grade,
    Level,
    NextStep,
    OpenBecause,
    PartnerKind,
    PartnerRole,
    Provided,
    Role,
    Stage,
    State,
    Subject,
    Verdict,
)
from lens.words import Outcome as OutcomeWord

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

SCHEMA_VERSION = "1"


@record
class Value:
    """One value of a finding's sentence. `exact` is for those who may see the case; `coarse` for all."""

    name: str = public(help="Its name in the sentence.")
    kind: Literal["ref", "id", "day", "count", "word", "money"] = public(help="What it is.")
    exact: str = internal(default="", help="The value itself.")
    coarse: str = public(default="", help="A kind, a year, a band.")


@record
class EvidenceView:
    """One piece of evidence, as far as it may be shown."""

    kind: EvidenceKind = public(help="What kind of source.")
    grade: Grade = public(help="How well it supports.")
    year: str = public(default="", help="The year of the evidence.")
    on: Day | None = internal(default=None, help="Its day.")
    ref: str = internal(default="", help="Where it can be found.")
    held_elsewhere: str = internal(default="", help="The role that vouches for it.")
    checked_by: str = internal(default="", help="The role that checked it.")
    note: str = internal(default="", help="What it shows.")


@record
class AnswerView:
    """What was answered, behind a finding from a question."""

    answer: str = public(help="The answer, one word of the list.")
    follow_ups: dict[str, str] = public(factory=dict, help="Answers to the follow-ups.")
    year: str = public(default="", help="The year of the answer.")
    on: Day | None = internal(default=None, help="Its day.")
    by: str = internal(default="", help="The respondent's role.")
    reason: str = internal(default="", help="Why.")
    affected_asked: str = public(default="", help="Whether people affected were asked.")
    affected_who: str = internal(default="", help="Who was asked, by kind.")
    affected_said: str = internal(default="", help="What they said.")
    has_dissent: bool = public(default=False, help="Whether somebody sees it differently.")
    dissent: str = internal(default="", help="Who, and why.")


@record
class DecisionView:
    """A disposition or an escalation record as it stands on the day of the review."""

    decision: str = public(help="The decision, or sent, acknowledged, decided.")
    valid: bool = public(help="Whether it holds on the day of the review.")
    why_invalid: tuple[str, ...] = public(default=(), help="Ids of the reasons why it does not hold.")
    year: str = public(default="", help="The year until which it holds.")
    until: Day | None = internal(default=None, help="The last day it holds.")
    owner: str = internal(default="", help="The role that answers for it.")
    reason: str = internal(default="", help="Why it was decided.")
    loses_protection: str = internal(default="", help="Who loses protection, witness or income by it.")
    finding: str = internal(default="", help="The fingerprint it names.")


@record
class Finding:
    """What one check says about one thing."""

    check: str = public(help="The check's id.")
    title: str = public(help="The check's title.")
    component: Component = public(help="The component of the lens.")
    verdict: Verdict | None = public(default=None, help="For harm: which verdict it serves.")
    state: State = public(help="concern, open, addressed, nothing_seen, not_applicable or error.")
    because: OpenBecause | None = public(default=None, help="Why it is open.")
    level: Level | None = public(default=None, help="How worrying; the level at stake where open.")
    escalates: bool = public(default=False, help="Whether it goes to the escalation route.")
    opens_full: bool = public(default=False, help="Whether it asks for the full review.")
    outcome: str = public(help="Which of the check's outcomes this is.")
    about: str = internal(default="", help="activity:1, place:1, partner:1; empty for the program.")
    on: str = public(default="", help="The factor, inhibitor or harm path.")
    activities: tuple[str, ...] = restricted(default=(), help="Activities it concerns; used to narrow for a partner.")
    count: int = public(default=1, help="How many findings stand behind this one, where they are told as one.")
    values: tuple[Value, ...] = public(default=(), help="Values of its sentence.")
    grade: Grade = public(default="none", help="How well supported.")
    evidence: tuple[EvidenceView, ...] = public(default=(), help="What it rests on.")
    answer: AnswerView | None = public(default=None, help="What was answered.")
    answers: tuple[AnswerView, ...] = public(default=(), help="What each answered, where answers differ.")
    who: tuple[Role, ...] = public(default=(), help="Who can find out or answer.")
    disposition: DecisionView | None = public(default=None, help="What was decided about it.")
    escalation: DecisionView | None = public(default=None, help="Its escalation record.")
    fingerprint: str = internal(default="", help="check/subject/factor: what dispositions name.")


@record
class Action:
    """Something to do, for every finding that it answers."""

    option: str = public(help="The option's id.")
    do: str = public(help="What to do.")
    who: Role = public(help="Who does it.")
    effort: EffortWord = public(help="Rough effort.")
    by: Day | None = public(default=None, help="The day by which, as the agency's policy has it for the level.")
    level: Level | None = public(default=None, help="The gravest level among what it answers.")
    escalates: bool = public(default=False, help="Whether an escalating finding is among them.")
    checks: tuple[str, ...] = public(help="The checks whose findings it answers.")
    findings: int = public(help="How many findings it answers.")
    fingerprints: tuple[str, ...] = internal(default=(), help="Which.")


@record
class Cell:
    """What an activity is said to do to one factor or inhibitor."""

    on: str = public(help="The factor or inhibitor.")
    effects: tuple[EffectKind, ...] = public(default=(), help="What is meant or could happen.")
    safeguarded: bool = public(
        default=False, help="Whether every harm has a safeguard with owner, date and residual risk."
    )
    nothing: bool = public(default=False, help="Whether somebody said, with a reason, that it does nothing here.")

    @property
    def is_known(self) -> bool:
        """Whether anything is said at all."""
        return self.nothing or bool(self.effects)


@record
class Row:
    """One activity of the matrix."""

    number: int = public(help="Its place in the program, from 1.")
    activity: str = internal(help="Its reference.")
    title: str = shared(default="", help="Its title.")
    cells: tuple[Cell, ...] = internal(default=(), help="One for each column, in order.")


@record
class Column:
    """A factor or inhibitor in play."""

    id: str = public(help="RF7, INH5, local:1.")
    name: str = public(help="Its name in the catalog; local inhibitors are called so.")
    state: str = public(default="", help="The worst state in the context; empty where not assessed.")
    indicators: tuple[str, ...] = public(default=(), help="The indicators it is in play through.")
    meant: int = public(default=0, help="How many activities are meant to reduce or support it.")
    could_harm: int = public(default=0, help="How many could worsen or erode it.")
    not_known: int = public(default=0, help="Of how many activities nothing is said.")


@record
class Matrix:
    """Activities against the factors and inhibitors in play."""

    columns: tuple[Column, ...] = public(default=(), help="Factors and inhibitors in play.")
    rows: tuple[Row, ...] = internal(default=(), help="Activities.")
    not_assessed: tuple[str, ...] = public(default=(), help="Factors that the context says nothing about.")
    not_known_cells: int = public(default=0, help="Cells of which nothing is said.")
    cells: int = public(default=0, help="All cells.")


@record
class Coverage:
    """For one component: how much was asked, answered, and is not known. Counts, never shares of a whole."""

    component: Component = public(help="The component.")
    asked: int = public(help="Findings of checks that were asked.")
    concern: int = public(default=0, help="Concerns.")
    addressed: int = public(default=0, help="Addressed, on evidence.")
    nothing_seen: int = public(default=0, help="Nothing seen, where it could have been.")
    not_applicable: int = public(default=0, help="Do not fit here.")
    error: int = public(default=0, help="Could not be checked.")
    open: dict[OpenBecause, int] = public(factory=dict, help="Open, by reason.")
    not_selected: int = public(default=0, help="Checks not asked, each with a reason.")


@record
class NotAsked:
    """A check that was not asked, and why."""

    check: str = public(help="The check.")
    title: str = public(help="Its title.")
    why: str = public(
        help="stage, depth, applies, waits (for the answer to another question), preview, deprecated, policy, code."
    )


@record
class NotChecked:
    """Something that failed: it counts as not checked, never as fine."""

    owner: str = public(help="The pack or plugin.")
    where: str = public(help="Which check, file or hook.")
    what: str = public(help="What happened, without any value of the case.")


@record
class PackMissing:
    """A sector pack that what is reviewed calls for, or may call for, and that is not here."""

    name: str = public(help="The pack.")
    distribution: str = public(help="What would have to be installed.")
    title: str = public(help="What it is about.")
    asks: str = public(help="What it would ask.")
    surely: bool = public(help="Whether the case calls for it; else it may, as far as is known.")


@record
class ContextNote:
    """One thing known of the places, with its age on the day of the review."""

    about: str = public(help="The factor, indicator or inhibitor.")
    name: str = public(help="Its name in the catalog.")
    state: str = public(help="Its state.")
    trend: str = public(default="not_known", help="Its direction.")
    confidence: str = public(default="", help="How sure.")
    age: Age = public(default="undated", help="How old it is: a band, so that the day cannot be worked out.")
    age_days: int | None = internal(default=None, help="Days since the judgement; None where undated.")
    stale: bool = public(default=False, help="Whether it is older than the policy allows.")
    kinds: tuple[str, ...] = public(default=(), help="Kinds of evidence.")
    women_and_men: bool = public(default=False, help="Whether it says how it shows for women and men.")
    source: str = public(default="", help="Which evidence source gave it.")
    place: str = internal(default="", help="Where.")
    by: str = internal(default="", help="The role that judged.")


@record
class MoneyView:
    """A sum, exact for those inside, a band for all."""

    kind: BudgetKind = public(help="Planned, committed, disbursed, spent.")
    currency: Currency | None = public(default=None, help="Its currency.")
    band: str = public(help="A band.")
    amount: Amount | None = internal(default=None, help="The exact sum.")


@record
class SectorView:
    """A sector with what the map says of it."""

    code: str = public(help="DAC code.")
    name: str = public(help="Its short name.")
    scrutiny: str = public(default="", help="high, medium or triage: the sector's power to do harm, not the country's.")
    share: Amount | None = public(default=None, help="Share in percent.")


@record
class PartnerView:
    """A partner, by kind."""

    kind: PartnerKind = public(help="Its kind.")
    role: PartnerRole = public(help="Its role.")
    ref: str = internal(default="", help="Its reference.")
    name: str = restricted(default="", help="Its name.")


@record
class PlaceView:
    """A place below the country, for those who may know."""

    ref: str = internal(default="", help="Its reference.")
    country: str = public(default="", help="The country's code.")
    name: str = restricted(default="", help="Its name.")


@record
class ActivityView:
    """An activity, as far as it may be shown."""

    number: int = public(help="Its place in the program, from 1.")
    provides: tuple[Provided, ...] = public(default=(), help="Kinds of things it provides.")
    ref: str = internal(default="", help="Its reference.")
    title: str = shared(default="", help="Its title.")
    description: str = internal(default="", help="What is done.")


@record
class InhibitorDecision:
    """What the program decided about an inhibitor."""

    on: str = public(help="The inhibitor.")
    approach: Approach = public(help="What was decided.")
    reason: str = internal(default="", help="Why.")


@record
class ProgramView:
    """What the report says of the program."""

    subject: Subject = public(default="program", help="What is reviewed: a program, a policy or an institution.")
    countries: tuple[str, ...] = public(default=(), help="Country codes.")
    country_names: tuple[str, ...] = public(default=(), help="Their names.")
    regions: tuple[str, ...] = public(default=(), help="Region codes of published data.")
    sectors: tuple[SectorView, ...] = public(default=(), help="Its sectors.")
    flags: tuple[Flag, ...] = public(default=(), help="Plain marks.")
    years: str = public(default="", help="From year to year.")
    money: tuple[MoneyView, ...] = public(default=(), help="Its money, by kind and currency.")
    partner_kinds: dict[str, int] = public(factory=dict, help="How many partners of each kind.")
    activity_count: int = public(default=0, help="How many activities.")
    places_below_country: int = public(default=0, help="How many places below the country.")
    published_as: str = public(default="", help="The standard, where read from published data.")
    not_published: tuple[str, ...] = public(default=(), help="What the publisher left out.")
    reading_notes: tuple[str, ...] = public(default=(), help="Quirks met on reading, as ids with counts.")
    text_length: int | None = public(default=None, help="Characters of usable description, for published data.")
    id: str = internal(default="", help="Its identifier.")
    title: str = shared(default="", help="Its title.")
    description: str = internal(default="", help="What it is for.")
    start: Day | None = internal(default=None, help="First day.")
    end: Day | None = internal(default=None, help="Last day.")
    activities: tuple[ActivityView, ...] = public(default=(), help="Its activities.")
    partners: tuple[PartnerView, ...] = internal(default=(), help="Its partners.")
    places: tuple[PlaceView, ...] = internal(default=(), help="Its places.")
    reviewer: str = internal(default="", help="The role that answers for the review.")
    escalation_route: str = internal(default="", help="The role an escalating sign goes to.")
    second_route: str = internal(default="", help="The role it goes to if the first is implicated.")


@record
class PackUsed:
    """A pack or plugin that took part, so that a review can be repeated."""

    name: str = public(help="Its name.")
    kind: str = public(help="core, pack or plugin.")
    version: str = public(default="", help="Its version.")
    digest: str = public(default="", help="Digest of a pack's texts, or of a plugin's files.")


@record
class Provenance:
    """What made this review: versions, packs, inputs, policy."""

    lens_version: str = public(help="Version of lens.")
    schema: str = public(default=SCHEMA_VERSION, help="Version of this form.")
    used: tuple[PackUsed, ...] = public(default=(), help="Packs and plugins, with versions and digests.")
    blocked: tuple[str, ...] = public(default=(), help="Packs and plugins that were here and left out by a rule.")
    input_kinds: tuple[str, ...] = public(default=(), help="Kinds of files read.")
    input_digests: tuple[str, ...] = internal(default=(), help="sha256 of each; the annex has none.")
    policy_changes: tuple[str, ...] = public(default=(), help="Checks whose level an agency policy moved.")
    policy_off: tuple[str, ...] = public(default=(), help="Checks that an agency policy switched off.")
    policy_refused: tuple[str, ...] = public(
        default=(), help="Checks that a policy would have lowered or switched off, which the floor forbids."
    )
    pages: WebAddress = internal(default="", help="Where the agency keeps the reference pages.")


@record
class Reason:
    """Why the outcome or the next step is what it is, as a text id and a count."""

    text: str = public(help="Id of the sentence.")
    count: int = public(default=0, help="How many findings stand behind it.")
    checks: tuple[str, ...] = public(default=(), help="Which checks.")
    who: tuple[Role, ...] = public(default=(), help="Who can find out or decide.")


@record
class Next:
    """How a first look ends."""

    step: NextStep = public(help="escalate, full_review_now or full_review_by.")
    by: Day | None = public(default=None, help="The day, for full_review_by.")
    reasons: tuple[Reason, ...] = public(default=(), help="Why.")


@record
class Review:
    """A finished review at one audience."""

    audience: Audience = public(help="Whom it is for.")
    partner: str = restricted(default="", help="For the audience partner: which one.")
    as_of: Day = public(help="The day it speaks of.")
    stage: Stage | None = public(default=None, help="The stage of the program.")
    depth: Depth = public(help="first-look or full.")
    outcome: OutcomeWord = public(help="escalate, revise, find_out, decide or recorded.")
    reasons: tuple[Reason, ...] = public(default=(), help="Why that outcome.")
    next: Next | None = public(default=None, help="For a first look: what comes next.")
    incomplete: bool = public(default=False, help="Whether anything could not be checked.")
    draft: bool = public(default=True, help="Whether reviewer or escalation route are not named.")
    program: ProgramView = public(help="The program.")
    findings: tuple[Finding, ...] = public(default=(), help="In a fixed order.")
    actions: tuple[Action, ...] = public(default=(), help="What to do, most pressing first.")
    due: Due = public(factory=Due, help="Days within which things are to be done, by level.")
    matrix: Matrix = public(help="Activities against factors and inhibitors.")
    coverage: tuple[Coverage, ...] = public(default=(), help="By component.")
    context: tuple[ContextNote, ...] = public(default=(), help="What is known of the places, with age.")
    has_context: bool = public(default=False, help="Whether a context was handed in.")
    decisions: tuple[DecisionView, ...] = public(default=(), help="Decisions that no longer hold, or fit nothing.")
    not_asked: tuple[NotAsked, ...] = public(default=(), help="Checks not asked, with the reason.")
    not_checked: tuple[NotChecked, ...] = public(default=(), help="What failed.")
    packs_missing: tuple[PackMissing, ...] = public(default=(), help="Sector packs called for that are not here.")
    unused_answers: tuple[str, ...] = internal(
        default=(), help="Questions and follow-ups answered that no check asked."
    )
    unused_answer_count: int = public(default=0, help="How many those are.")
    notes: tuple[str, ...] = public(default=(), help="Ids of further things to be told.")
    provenance: Provenance = public(help="What made it.")

    @property
    def sectors_not_asked(self) -> tuple[str, ...]:
        """What the sector packs are about that are surely called for and not here."""
        return tuple(one.title for one in self.packs_missing if one.surely)


def in_order(finding: Finding) -> tuple[int, int, str, str]:
    """How findings are ordered where the gravest come first; ties by id, never by chance."""
    from lens.words import LEVELS

    states = ("error", "concern", "open", "addressed", "nothing_seen", "not_applicable")
    level = LEVELS.index(finding.level) if finding.level else len(LEVELS)
    return (
        0 if finding.escalates and finding.state == "concern" else 1 + level,
        states.index(finding.state),
        finding.check,
        finding.about,
    )


def year(day: date | None) -> str:
    """The year of a day, as everyone may see it."""
    return str(day.year) if day else ""


_AGES: tuple[tuple[int, Age], ...] = ((90, "under-3-months"), (180, "3-to-6-months"), (365, "6-to-12-months"))


def age_band(days: int | None) -> Age:
    """An age as everyone may see it: with the day of the review beside it, days would give the very day."""
    if days is None:
        return "undated"
    return next((words for limit, words in _AGES if days < limit), "over-a-year")


_BANDS = (
    (100_000, "under 100 thousand"),
    (1_000_000, "100 thousand to 1 million"),
    (10_000_000, "1 to 10 million"),
    (100_000_000, "10 to 100 million"),
)


def band(amount: Decimal) -> str:
    """A sum of money as everyone may see it, whatever its currency; negative sums say so."""
    size = abs(amount)
    found = next((words for limit, words in _BANDS if size < limit), "over 100 million")
    return f"minus {found}" if amount < 0 else found
