from __future__ import annotations

import dataclasses
from datetime import date
from decimal import Decimal
from typing import Any, get_args

import pytest

from lens.checks.model import Check, DocumentedCase, FollowUp, Option, Outcome, Question
from lens.hooks.specs import ReportInput
from lens.languages.language import language
from lens.reviews import model
from lens.reviews.model import (
    Action,
    ActivityView,
    AnswerView,
    Cell,
    Column,
    ContextNote,
    Coverage,
    DecisionView,
    EvidenceView,
    Finding,
    Matrix,
    MoneyView,
    Next,
    NotAsked,
    NotChecked,
    PackUsed,
    PartnerView,
    PlaceView,
    ProgramView,
    Provenance,
    Reason,
    Review,
    Row,
    SectorView,
    Value,
)
from lens.reviews.redact import redact

TODAY = date(2026, 5, 14)


def make_checks() -> dict[str, Check]:
    options = (
        Option(
            id="trace",
            do="Trace everything the program provides to whoever ends up with it.",
            effort="days",
            who="procurement",
        ),
        Option(
            id="ask",
            do="Ask the people concerned what would protect them now.",
            effort="hours",
            who="community_liaison",
        ),
    )
    common: dict[str, Any] = {
        "touches": ("RF7",),
        "why": "Capacity to attack civilians can come from outside: a radio, fuel, a vehicle, a list.",
        "limits": "It sees as far down the chain as somebody has looked.",
        "who": ("local_partner", "protection_adviser"),
        "options": options,
        "others": ("other donors", "local authorities"),
        "change_our_mind": "A traced chain shows that nothing reaches such a body.",
        "sources": ("un-framework-2014", "hrddp", "a-pack-source"),
    }

    def question(name: str, ask: str, title: str, component: Any, **more: Any) -> Check:
        asked = Question(
            ask=ask,
            good="no",
            if_bad="severe",
            escalates=True,
            if_not_known="high",
            follow_ups=(
                FollowUp(id="both-ways", ask="Was the danger of giving and of withholding judged in writing?"),
            ),
            settles="Contracts and delivery notes followed to the last body.",
            hold_safely="Units stand in the annex only.",
        )
        return Check(id=name, title=title, component=component, question=asked, **{**common, **more})

    checks = [
        question(
            "risk.attacked",
            "In the last 90 days, have people here been attacked, expelled or marked because of who they are?",
            "Attacked for who they are",
            "risk",
        ),
        question(
            "inhibitors.held-back",
            "Do those who held violence back get what they asked for, or are they left alone?",
            "Those who hold violence back",
            "inhibitors",
        ),
        question(
            "harm.reaches-force",
            "Does anything the program provides reach a security force, also through others?",
            "What reaches those who use force",
            "harm",
            verdict="risk",
            case=DocumentedCase(text="A register was used to find people.", source="hrddp"),
        ),
        question(
            "harm.weakens",
            "Could the program weaken what keeps violence away?",
            "Weakening restraint",
            "harm",
            verdict="resilience",
        ),
        question("harm.exit", "If we stopped, who would lose protection?", "A sudden end", "harm", verdict="both"),
        Check(
            id="risk.context-dated",
            title="A context in date",
            component="risk",
            outcomes={
                "stale": Outcome(
                    state="open",
                    because="stale",
                    level="moderate",
                    says="{judged} was judged on {day}, {days} days ago, by a {kind}; {ref} is meant.",
                ),
                "fresh": Outcome(state="nothing_seen", says="Every judgement is younger than {days} days."),
                "none": Outcome(state="concern", level="high", says="There is no context."),
            },
            **common,
        ),
        Check(
            id="inhibitors.funded",
            title="Named and unfunded",
            component="inhibitors",
            outcomes={
                "unfunded": Outcome(state="concern", level="moderate", says="{inhibitor} is named and gets {money}."),
                "funded": Outcome(state="addressed", says="{inhibitor} is funded."),
            },
            **common,
        ),
    ]
    return {one.id: one for one in checks}


EVIDENCE = (
    EvidenceView(
        kind="human_rights_monitoring",
        grade="documented",
        year="2026",
        on=date(2026, 3, 2),
        ref="monitoring note 12",
        held_elsewhere="protection adviser",
        checked_by="senior reviewer",
        note="three places, two sources",
    ),
    EvidenceView(kind="un", grade="stated", year="2025"),
)


def _finding(check: str, state: Any, **more: Any) -> Finding:
    known = make_checks()[check]
    about = more.get("about", "")
    filled = {
        "component": known.component,
        "verdict": known.verdict,
        "title": known.title,
        "outcome": "bad",
        "who": known.who,
        "fingerprint": f"{check}/{about or 'program'}/RF7",
        "activities": (about,) if about.startswith("activity:") else (),
    }
    return Finding(check=check, state=state, **{**filled, **more})


def make_findings() -> tuple[Finding, ...]:
    answer = AnswerView(
        answer="yes",
        follow_ups={"both-ways": "no"},
        year="2026",
        on=date(2026, 4, 1),
        by="program manager",
        reason="fuel passes through the district office",
        affected_asked="partly",
        affected_who="women of the market committee",
        affected_said="the convoy frightens people",
        has_dissent=True,
        dissent="logistics: the fuel is for clinics only",
    )
    decided = DecisionView(
        decision="mitigate",
        valid=True,
        year="2026",
        until=date(2026, 9, 1),
        owner="program manager",
        reason="tanks are sealed",
    )
    late = DecisionView(
        decision="accept",
        valid=False,
        why_invalid=("expired", "no-other-approver"),
        year="2026",
        until=date(2026, 1, 1),
        owner="program manager",
        reason="too late",
        loses_protection="clinic patients",
        finding="harm.weakens/program/AH-7",
    )
    sent = DecisionView(
        decision="sent", valid=True, year="2026", until=date(2026, 8, 1), owner="head of mission", reason="by phone"
    )
    days = (
        Value(name="judged", kind="id", exact="RF7", coarse="RF7"),
        Value(name="day", kind="day", exact="2025-01-09", coarse="2025"),
        Value(name="days", kind="count", exact="490", coarse="490"),
        Value(name="kind", kind="word", exact="context_owner", coarse="context_owner"),
        Value(name="ref", kind="ref", exact="place:1", coarse="place"),
    )
    return (
        _finding(
            "risk.attacked",
            "concern",
            level="severe",
            escalates=True,
            grade="documented",
            answer=answer,
            evidence=EVIDENCE,
            on="RF7",
        ),
        _finding(
            "risk.context-dated", "open", because="stale", level="moderate", outcome="stale", values=days, on="RF7.10"
        ),
        _finding("risk.context-dated", "nothing_seen", outcome="fresh", values=days[2:3], grade="documented"),
        _finding(
            "inhibitors.held-back", "open", because="not_known", level="high", outcome="not_known", opens_full=True
        ),
        _finding(
            "inhibitors.funded",
            "concern",
            level="moderate",
            outcome="unfunded",
            on="INH5",
            values=(
                Value(name="inhibitor", kind="id", exact="INH5", coarse="INH5"),
                Value(name="money", kind="money", exact="USD 0", coarse="under 100 thousand"),
            ),
            disposition=decided,
        ),
        _finding(
            "inhibitors.funded",
            "addressed",
            outcome="funded",
            grade="checked",
            on="local:1",
            values=(Value(name="inhibitor", kind="id", exact="local:1", coarse="local:1"),),
        ),
        *(
            _finding(
                "harm.reaches-force",
                "open",
                because="not_asked",
                level="high",
                outcome="not_asked",
                about=f"activity:{n}",
            )
            for n in (1, 2)
        ),
        _finding(
            "harm.reaches-force",
            "concern",
            level="severe",
            escalates=True,
            about="activity:3",
            grade="stated",
            answer=answer,
            escalation=sent,
        ),
        _finding(
            "harm.weakens",
            "concern",
            level="high",
            outcome="partly",
            answer=AnswerView(answer="partly"),
            grade="stated",
            disposition=late,
        ),
        _finding(
            "harm.weakens",
            "open",
            because="withheld_for_safety",
            level="moderate",
            outcome="withheld_for_safety",
            about="place:1",
        ),
        _finding(
            "harm.exit",
            "not_applicable",
            outcome="not_applicable",
            answer=AnswerView(answer="not_applicable", reason="it has ended"),
        ),
        _finding("harm.exit", "error", outcome="error"),
    )


def make_review(**changes: Any) -> Review:
    columns = ("RF7", "RF9", "INH5", "local:1")
    names = (
        "Enabling circumstances or preparatory action",
        "Tension between groups",
        "Free media",
        "A local inhibitor",
    )

    def row(number: int, title: str, *effects: tuple[str, ...]) -> Row:
        cells = tuple(
            Cell(
                on=on,
                effects=tuple(e for e in kinds if e not in ("!", "-")),
                safeguarded="!" in kinds,
                nothing="-" in kinds,
            )  # type: ignore[misc]
            for on, kinds in zip(columns, effects, strict=True)
        )
        return Row(number=number, activity=f"activity:{number}", title=title, cells=cells)

    rows = (
        row(1, "Training of the border service", ("intended_to_reduce", "could_worsen"), (), ("could_erode", "!"), ()),
        row(2, "Market gardens", (), ("could_worsen", "!"), ("-",), ("intended_to_support",)),
        row(3, "Radio in two languages", ("-",), ("intended_to_reduce",), ("intended_to_support", "could_erode"), ()),
    )
    matrix = Matrix(
        columns=tuple(
            Column(
                id=on,
                name=name,
                state=state,
                indicators=("RF7.10",) if on == "RF7" else (),
                meant=1,
                could_harm=2,
                not_known=1,
            )
            for on, name, state in zip(columns, names, ("seen", "early_signs", "strained", ""), strict=True)
        ),
        rows=rows,
        not_assessed=("RF1", "RF2", "RF14"),
        not_known_cells=4,
        cells=12,
    )
    program = ProgramView(
        countries=("XA",),
        country_names=("Xanadia",),
        regions=("289",),
        sectors=(
            SectorView(
                code="15210", name="Security system management and reform", scrutiny="high", share=Decimal("40.5")
            ),
            SectorView(code="31120", name="Agricultural development", scrutiny="medium"),
            SectorView(code="43010", name="Multisector aid", scrutiny="triage"),
        ),
        flags=("humanitarian",),
        years="2025 to 2028",
        money=(
            MoneyView(kind="planned", currency="USD", band="1 to 10 million", amount=Decimal("4200000.50")),
            MoneyView(kind="disbursement", band="under 100 thousand", amount=Decimal(12)),
        ),
        partner_kinds={"ranger_border_or_prison_service": 1, "women_led_organization": 1},
        activity_count=3,
        places_below_country=1,
        published_as="IATI 2.03",
        not_published=("conditions", "results"),
        reading_notes=("iati:description-shared:3", "iati:required-missing:1"),
        text_length=812,
        id="XA-1",
        title="Resilient borders and markets",
        description="A program.",
        start=date(2025, 1, 1),
        end=date(2028, 1, 1),
        activities=tuple(
            ActivityView(
                number=n,
                provides=("training", "fuel") if n == 1 else (),
                ref=f"activity:{n}",
                title=one.title,
                description="d",
            )
            for n, one in enumerate(rows, 1)
        ),
        partners=(
            PartnerView(
                kind="ranger_border_or_prison_service",
                role="recipient",
                ref="partner:1",
                name="Northern Border Service",
            ),
            PartnerView(kind="women_led_organization", role="implementing", ref="partner:2"),
        ),
        places=(PlaceView(ref="place:1", country="XA", name="Ferry Crossing"),),
        reviewer="head of appraisal",
        escalation_route="head of mission",
        second_route="ombuds office",
    )
    made = Review(
        audience="restricted",
        as_of=TODAY,
        stage="design",
        depth="first-look",
        outcome="escalate",
        reasons=(
            Reason(text="escalating-unrecorded", count=1, checks=("risk.attacked",), who=("context_owner",)),
            Reason(text="grave-undecided", count=2, checks=("risk.attacked", "harm.weakens")),
            Reason(
                text="grave-open",
                count=3,
                checks=("harm.reaches-force", "inhibitors.held-back"),
                who=("local_partner",),
            ),
            Reason(text="could-not-be-checked", count=1, checks=("harm.exit",)),
        ),
        next=Next(step="escalate", reasons=(Reason(text="next-escalate"), Reason(text="next-force"))),
        incomplete=True,
        draft=False,
        program=program,
        findings=make_findings(),
        actions=(
            Action(
                option="ask",
                do="Ask the people concerned what would protect them now.",
                who="community_liaison",
                effort="hours",
                by=date(2026, 5, 14),
                level="severe",
                escalates=True,
                checks=("risk.attacked", "harm.reaches-force"),
                findings=4,
                fingerprints=("risk.attacked/program/RF7",),
            ),
            Action(
                option="trace",
                do="Trace everything the program provides to whoever ends up with it.",
                who="procurement",
                effort="days",
                by=date(2026, 5, 28),
                level="severe",
                checks=("harm.reaches-force",),
                findings=3,
            ),
            Action(
                option="plan",
                do="Write down what happens at the end.",
                who="program_manager",
                effort="weeks",
                checks=("harm.exit",),
                findings=1,
            ),
        ),
        matrix=matrix,
        coverage=(
            Coverage(component="risk", asked=3, concern=1, nothing_seen=1, open={"stale": 1}, not_selected=2),
            Coverage(component="inhibitors", asked=3, concern=1, addressed=1, open={"not_known": 1}),
            Coverage(
                component="harm",
                asked=7,
                concern=2,
                not_applicable=1,
                error=1,
                open={"not_asked": 2, "withheld_for_safety": 1},
            ),
        ),
        context=(
            ContextNote(
                about="RF7.10",
                name="Forcible transfer",
                state="seen",
                trend="worsening",
                confidence="medium",
                age_days=490,
                stale=True,
                kinds=("un", "media"),
                women_and_men=True,
                source="context",
                place="place:1",
                by="context owner",
            ),
            ContextNote(about="INH5", name="Free media", state="strained", age_days=1),
            ContextNote(about="RF9", name="Tension between groups", state="looked_for_not_seen"),
        ),
        has_context=True,
        decisions=(make_findings()[9].disposition,) if make_findings()[9].disposition else (),  # type: ignore[arg-type]
        not_asked=(
            NotAsked(check="harm.shutdown", title="Shutting down networks", why="applies"),
            NotAsked(check="risk.calendar", title="Events ahead", why="depth"),
            NotAsked(check="risk.sent", title="Escalations answered", why="stage"),
        ),
        not_checked=(NotChecked(owner="lens-broken", where="harm.broken", what="TypeError"),),
        unused_answers=("ict.shutdown",),
        notes=("annex-open-to-others", "annex-not-read", "second-policy"),
        provenance=Provenance(
            lens_version="0.1.0",
            used=(
                PackUsed(name="lens", kind="core", version="0.1.0", digest="0123456789abcdef"),
                PackUsed(name="ict", kind="pack"),
            ),
            blocked=("noisy",),
            input_kinds=("program", "context"),
            input_digests=("ab" * 32,),
            policy_changes=("risk.attacked",),
        ),
    )
    return dataclasses.replace(made, **changes)


def filled_everywhere(text: str) -> Review:
    """A review in which every field of free text holds `text`, whatever the field is for."""

    def fill(value: Any, hint: str = "") -> Any:
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            changed = {one.name: fill(getattr(value, one.name), str(one.type)) for one in dataclasses.fields(value)}
            return dataclasses.replace(value, **changed)
        if isinstance(value, tuple):
            return tuple(fill(one, hint) for one in value)
        if isinstance(value, str) and "str" in hint:
            return text
        if isinstance(value, dict) and "dict[str, " in hint:
            return {text: fill(next(iter(value.values())), hint)} if value else {}
        return value

    made: Review = fill(make_review())
    return made


def given_for(review: Review, **more: Any) -> ReportInput:
    return ReportInput(review, make_checks(), language(), **more)


@pytest.fixture
def checks() -> dict[str, Check]:
    return make_checks()


@pytest.fixture
def review() -> Review:
    return make_review()


@pytest.fixture(params=get_args(model.Audience))
def any_audience(request: pytest.FixtureRequest) -> Review:
    return redact(make_review(), request.param, own=("activity:1",))
