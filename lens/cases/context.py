"""The dated, sourced judgement of a place by a named role: factors, inhibitors, actors, groups, calendar."""

from __future__ import annotations

from lens.cases.fields import (
    ActorRef,
    Country,
    Day,
    FactorId,
    GroupRef,
    InhibitorId,
    PlaceRef,
    internal,
    public,
    record,
    restricted,
)
from lens.words import (
    ActorKind,
    Confidence,
    EventKind,
    EvidenceKind,
    InhibitorState,
    Provided,
    RiskState,
    Trend,
    YesNo,
)

SOMEWHERE = 9000
"""From this number on, a reference to a place stands for one somewhere in a country, and not said to be the program's
own: `place:9001` lies in the first of the program's countries, `place:9002` in the second."""


@record
class Evidence:
    """One thing a judgement or an answer rests on. No names, no incidents that point to a person."""

    kind: EvidenceKind = public(help="What kind of source.")
    on: Day | None = public(default=None, band="day", help="The day of the evidence.")
    ref: str = internal(default="", help="Where it can be found: a document's name or number.")
    held_elsewhere: str = internal(
        default="", help="The role that vouches for it, where the source is not stored. Worth full weight."
    )
    checked_by: str = internal(default="", help="The role, other than the respondent, that checked it.")
    place: PlaceRef | None = internal(default=None, help="Where it comes from, if that is not dangerous to say.")
    note: str = internal(default="", help="What it shows.")
    protect: str = restricted(default="", help="Why and how the source must be protected.")


@record
class FactorJudgement:
    """The state of one risk factor or indicator, at one place, on one day."""

    id: FactorId = public(help="RF7, or better an indicator such as RF7.10.")
    state: RiskState = public(help="seen, early_signs, looked_for_not_seen or not_known.")
    place: PlaceRef | None = internal(default=None, help="Where; empty for the whole of the context's place.")
    on: Day | None = public(default=None, band="day", help="The day of the judgement.")
    by: str = internal(default="", help="The role that judges; no names.")
    how: str = internal(default="", help="How it was looked for; needed for looked_for_not_seen.")
    trend: Trend = public(default="not_known", help="Where it is going.")
    confidence: Confidence | None = public(default=None, help="How sure.")
    women_and_men: str = internal(default="", help="How it shows for women, men, girls, boys.")
    groups: tuple[GroupRef, ...] = internal(default=(), help="Group labels concerned; never names.")
    counter_evidence: str = internal(default="", help="What speaks against this reading, and who was asked for it.")
    evidence: tuple[Evidence, ...] = internal(default=(), help="What it rests on.")


@record
class InhibitorJudgement:
    """The state of one inhibitor at work here, or meant to be."""

    id: InhibitorId = public(help="INH1 to INH15, or local:1 for one the catalog does not have.")
    state: InhibitorState = public(help="working, strained, hollow, missing or not_known.")
    what: str = internal(default="", help="What it is here, by kind and role: the women's market committee; no names.")
    place: PlaceRef | None = internal(default=None, help="Where.")
    on: Day | None = public(default=None, band="day", help="The day of the judgement.")
    by: str = internal(default="", help="The role that judges; no names.")
    women_led: YesNo = public(default="not_known", help="Whether women lead it.")
    wants: str = internal(default="", help="What those who carry it asked for, or that they want to be left alone.")
    women_and_men: str = internal(default="", help="What part women and men have in it.")
    trend: Trend = public(default="not_known", help="Where it is going.")
    confidence: Confidence | None = public(default=None, help="How sure.")
    evidence: tuple[Evidence, ...] = internal(default=(), help="What it rests on.")


@record
class Actor:
    """Someone who could do harm or hold others back, by role. Never a private person."""

    id: ActorRef = internal(help="The reference used elsewhere: actor:1 …")
    kind: ActorKind = public(help="State, non-State, external, commercial or protective.")
    what: str = internal(default="", help="The role: provincial guard, trader network; no names.")
    motive: str = internal(default="", help="Why it could.")
    means: str = internal(default="", help="With what.")
    restraint: str = internal(default="", help="What holds it back.")
    armed: YesNo = internal(default="not_known", help="Whether it bears arms.")
    could_reach: tuple[Provided, ...] = internal(default=(), help="What the program provides that could reach it.")


@record
class Group:
    """A group, by label only. Who it is stands in the annex, if anywhere."""

    id: GroupRef = internal(help="group:a, group:b …")
    note: str = internal(default="", help="What matters about it here, without naming it.")


@record
class Event:
    """Something expected on a day that can raise tension."""

    kind: EventKind = public(help="What kind of event.")
    on: Day = public(band="day", help="The day, or the first of several.")
    until: Day | None = public(default=None, band="day", help="The last day.")
    place: PlaceRef | None = internal(default=None, help="Where.")
    note: str = internal(default="", help="What it is.")


@record
class Context:
    """What a named role judged about the places of a program, on a day, and on what it rests."""

    country: Country | None = public(default=None, help="ISO 3166 code of two letters.")
    on: Day | None = public(default=None, band="day", help="The day this was written or last gone through.")
    owner: str = internal(default="", help="The role that answers for it; no names.")
    places: tuple[PlaceRef, ...] = internal(default=(), help="Places of the program it speaks of.")
    factors: tuple[FactorJudgement, ...] = public(default=(), help="Risk factors and indicators.")
    inhibitors: tuple[InhibitorJudgement, ...] = public(default=(), help="Inhibitors.")
    actors: tuple[Actor, ...] = internal(default=(), help="Actors, by role.")
    groups: tuple[Group, ...] = internal(default=(), help="Groups, by label.")
    calendar: tuple[Event, ...] = public(default=(), help="Expected events.")
    sources_note: str = internal(default="", help="Whose view is missing here.")
