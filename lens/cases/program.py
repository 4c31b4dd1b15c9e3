"""A program as a check reads it: places, sectors, money, partners, people served, activities and their effects.

It works on references and kinds. Names, contacts and exact places live apart, in the annex (see `annex`).
"""

from __future__ import annotations

from lens.cases.fields import (
    ActivityRef,
    Amount,
    Count,
    Country,
    Currency,
    Day,
    FactorId,
    GroupRef,
    HarmId,
    InhibitorId,
    OnId,
    PartnerRef,
    PlaceRef,
    SectorCode,
    Share,
    internal,
    public,
    record,
    shared,
)
from lens.cases.published import Published
from lens.words import (
    Approach,
    BudgetKind,
    EffectKind,
    EventKind,
    Flag,
    PartnerKind,
    PartnerRole,
    Persons,
    Provided,
    Stage,
    Subject,
    YesNo,
)


@record
class Place:
    """Where the program works. A name or a point belongs in the annex under the same reference."""

    id: PlaceRef = internal(help="The reference used elsewhere: place:1, place:2 …")
    country: Country | None = public(default=None, help="ISO 3166 code of two letters; leave empty where not known.")
    below_country: YesNo = internal(
        default="not_known", help="Whether this is a place inside the country: region, district, town, camp."
    )
    share: Share | None = internal(default=None, help="Share of the budget spent here, in percent.")


@record
class Sector:
    """A DAC sector of the program or an activity."""

    code: SectorCode = public(help="DAC purpose code of five digits, or its category of three.")
    share: Share | None = public(default=None, help="Share of the budget, in percent.")


@record
class Budget:
    """A sum of money. Never added up across currencies or kinds."""

    amount: Amount = public(band="money", help="In units of the currency; negative for money taken back.")
    currency: Currency | None = public(default=None, help="ISO 4217 code of three letters; empty where not stated.")
    kind: BudgetKind = public(default="planned", help="Planned, committed, disbursed or spent.")
    start: Day | None = public(default=None, band="day", help="First day of the period.")
    end: Day | None = public(default=None, band="day", help="Last day of the period.")


@record
class Partner:
    """An organization or body with a part in the program, by kind. Its name belongs in the annex."""

    id: PartnerRef = internal(help="The reference used elsewhere: partner:1, partner:2 …")
    kind: PartnerKind = public(default="not_known", help="What kind of body it is.")
    role: PartnerRole = public(default="other", help="Its part in the program.")
    local: YesNo = public(default="not_known", help="Whether it is of this place and answers to people here.")
    women_led: YesNo = public(default="not_known", help="Whether it is led by women.")
    direct_funding: Budget | None = internal(default=None, help="Money that reaches it directly from this program.")


@record
class Served:
    """People the program serves."""

    who: Persons = public(help="Women, men, displaced people …")
    group: GroupRef | None = internal(default=None, help="A group label, never a name.")
    number: Count | None = internal(default=None, help="How many people.")


@record
class Milestone:
    """Something the program will do or fund on a day, that may meet an event of the place's calendar."""

    kind: EventKind = public(help="What kind of event.")
    on: Day = public(band="day", help="The day.")
    activity: ActivityRef | None = internal(default=None, help="The activity it belongs to.")
    note: str = internal(default="", help="What it is.")


@record
class Safeguard:
    """What is done so that a harm does not happen, by whom, by when, and what risk remains."""

    what: str = internal(help="The measure.")
    owner: str = internal(default="", help="The role that answers for it; no names.")
    by: Day | None = internal(default=None, help="The day it is in place.")
    residual_risk: str = internal(default="", help="What can still go wrong.")


@record
class Effect:
    """What an activity is meant to do, or could do, to a risk factor or an inhibitor."""

    on: OnId = public(help="A risk factor, an indicator or an inhibitor.")
    kind: EffectKind = public(help="Meant to reduce or support; could worsen or erode.")
    mechanism: str = internal(default="", help="How: because of what does it come about.")
    by: Day | None = internal(default=None, help="When it should show.")
    sign_of_failure: str = internal(default="", help="What would show that it does not work.")
    budget: Budget | None = internal(default=None, help="The money for it.")
    safeguard: Safeguard | None = internal(default=None, help="For effects that could do harm.")
    observed: str = internal(default="", help="What has been seen so far, kept apart from what was meant.")


@record
class HarmLook:
    """One look at one or more harm paths for an activity: could it happen here, and why is that believed."""

    paths: tuple[HarmId, ...] = public(help="Harm paths looked at together: AH-1 to AH-12.")
    could: YesNo = public(help="Whether it could happen through this activity.")
    reason: str = internal(default="", help="Why that is believed.")
    by: str = internal(default="", help="The role that looked; no names.")
    on: Day | None = internal(default=None, help="The day of the look.")
    safeguard: Safeguard | None = internal(default=None, help="What is done about it.")


@record
class Provision:
    """What an activity provides, to whom and through whom."""

    what: Provided = public(help="Cash, training, vehicles, data …")
    to: PartnerRef | None = internal(default=None, help="The body that receives it; empty for people directly.")
    through: tuple[PartnerRef, ...] = internal(default=(), help="Bodies it passes through, in order.")
    value: Budget | None = internal(default=None, help="Its value.")


@record
class NoEffect:
    """One reasoned statement that an activity does nothing, either way, to these factors or inhibitors."""

    on: tuple[OnId, ...] = public(help="The factors and inhibitors meant.")
    reason: str = internal(help="Why that is believed.")


@record
class Activity:
    """One activity of the program."""

    id: ActivityRef = internal(help="The reference used elsewhere: activity:1, activity:2 …")
    title: str = shared(default="", help="What the activity is called.")
    description: str = internal(default="", help="What is done.")
    sectors: tuple[Sector, ...] = public(default=(), help="Sectors of this activity, where they differ.")
    places: tuple[PlaceRef, ...] = internal(default=(), help="Where, by reference.")
    partners: tuple[PartnerRef, ...] = internal(default=(), help="Bodies with a part in it, by reference.")
    provides: tuple[Provision, ...] = public(default=(), help="What it provides, to whom, through whom.")
    budgets: tuple[Budget, ...] = public(default=(), help="Its money.")
    start: Day | None = public(default=None, band="day", help="First day.")
    end: Day | None = public(default=None, band="day", help="Last day.")
    effects: tuple[Effect, ...] = internal(default=(), help="What it is meant to do or could do.")
    no_effect: tuple[NoEffect, ...] = internal(default=(), help="What it does not touch, with a reason.")
    harm_paths: tuple[HarmLook, ...] = internal(default=(), help="How each harm path was looked at.")


@record
class FactorPlan:
    """Why no activity answers a risk factor that is in play."""

    on: FactorId = public(help="The factor.")
    reason: str = internal(help="Why this program does nothing about it.")
    who_else: str = internal(default="", help="Who does, by role.")


@record
class InhibitorPlan:
    """What the program has decided to do about one inhibitor at work here."""

    on: InhibitorId = public(help="INH1 to INH15, or local:1 as named in the context.")
    approach: Approach = public(help="Support it, leave it alone on purpose, or not decided.")
    reason: str = internal(default="", help="Why; needed where it is left alone.")
    asked: YesNo = public(default="not_known", help="Whether those who carry it were asked what they want.")
    gets_what_it_asked: YesNo = public(default="not_known", help="Whether they get what they asked for.")
    budget: Budget | None = internal(default=None, help="Money for it, where not under an activity's effect.")


@record
class Program:
    """One aid or development program, as handed in by its officer or as published."""

    id: str = internal(default="", help="The agency's own number, or the published identifier.")
    title: str = shared(default="", help="What it is called.")
    description: str = internal(default="", help="What it is for.")
    subject: Subject = public(default="program", help="What is reviewed: a program, a policy or an institution.")
    stage: Stage | None = public(default=None, help="Where it stands.")
    flags: tuple[Flag, ...] = public(default=(), help="Plain marks such as humanitarian.")
    reviewer: str = internal(default="", help="The role that answers for this review; no names.")
    escalation_route: str = internal(default="", help="The role that an escalating sign goes to; no names.")
    second_route: str = internal(default="", help="The role it goes to if the first is implicated.")
    start: Day | None = public(default=None, band="day", help="First day.")
    end: Day | None = public(default=None, band="day", help="Last day.")
    places: tuple[Place, ...] = public(default=(), help="Where it works.")
    sectors: tuple[Sector, ...] = public(default=(), help="DAC sectors with shares.")
    budgets: tuple[Budget, ...] = public(default=(), help="Its money.")
    partners: tuple[Partner, ...] = public(default=(), help="Bodies with a part in it.")
    serves: tuple[Served, ...] = public(default=(), help="People it serves.")
    milestones: tuple[Milestone, ...] = internal(default=(), help="What happens on which day.")
    activities: tuple[Activity, ...] = public(default=(), help="What it does.")
    unanswered_factors: tuple[FactorPlan, ...] = internal(default=(), help="Factors it leaves to others, and why.")
    inhibitors: tuple[InhibitorPlan, ...] = internal(default=(), help="Decisions on inhibitors at work here.")
    exit_plan: str = internal(default="", help="What happens to protection, witness and income when it ends.")
    published: Published | None = internal(default=None, help="What only published data has; never typed by hand.")
