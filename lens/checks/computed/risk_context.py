"""Risk: whether there is a context, how old it is, how near to the place, and on what it rests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens import catalog
from lens.cases.case import IN_PLAY, factor_of
from lens.checks.marks import check
from lens.checks.reading import found, none_in_play, said, unasked, with_context, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens.cases import Case, Context, FactorJudgement, InhibitorJudgement
    from lens.checks.model import Found
    from lens.checks.setting import Setting

    Judgement = FactorJudgement | InhibitorJudgement

GROUP_FACTORS = frozenset({"RF9", "RF10", "RF12"})
"""Factors that are always about a group."""

GROUP_INDICATORS = frozenset(
    {
        *("RF1.9", "RF1.11", "RF4.4", "RF4.5", "RF4.7", "RF7.2", "RF7.8", "RF7.10", "RF7.11", "RF7.12"),
        *("RF7.14", "RF8.4", "RF8.7", "RF11.1", "RF13.4", "RF13.5"),
    }
)
"""Indicators of other factors that are about a group."""

ENOUGH_KINDS = 2
"""A reading that rests on one kind of source has that source's blind spots."""


@check("risk.context-exists")
def context_exists(case: Case, setting: Setting) -> Iterator[Found]:
    """A context, dated, with a named owner role."""
    context = case.context
    if context is None:
        yield unasked(case)
        return
    if not (context.factors or context.inhibitors):
        yield found("empty")
        return
    missing = []
    if context.on is None:
        missing.append("date")
    elif context.on > setting.as_of:
        missing.append("date not after this review")
    if not said(context.owner):
        missing.append("owner")
    if missing or context.on is None:
        yield found("incomplete", missing=words(missing))
    else:
        yield found("named", day=context.on)


@check("risk.context-dated")
@with_context
def context_dated(case: Case, context: Context, setting: Setting) -> Iterator[Found]:
    """Each judgement in date, by the tendency of what it judges."""
    every: tuple[Judgement, ...] = (*context.factors, *context.inhibitors)
    judged = [one for one in every if one.state != "not_known"]
    if not judged:
        yield found("none-judged")
        return
    stale = [one for one in judged if _is_stale(one, context, setting)]
    yield from (_stale(one, context, setting) for one in _oldest(stale, context))
    if not stale:
        days = [day for one in judged if (day := one.on or context.on) is not None]
        yield found("in-date", count=len(judged), oldest=min(days))


def _is_stale(one: Judgement, context: Context, setting: Setting) -> bool:
    # A judgement without a day of its own is as old as the context.
    return setting.policy.is_stale(one.on or context.on, catalog.tendency_of(one.id), setting.as_of)


def _oldest(stale: list[Judgement], context: Context) -> list[Judgement]:
    """For each factor and place the judgement without a day, else the oldest."""
    kept: dict[tuple[str, str], Judgement] = {}
    for one in stale:
        other = kept.setdefault((one.id, one.place or ""), one)
        day, known = one.on or context.on, other.on or context.on
        if known is not None and (day is None or day < known):
            kept[one.id, one.place or ""] = one
    return list(kept.values())


def _stale(one: Judgement, context: Context, setting: Setting) -> Found:
    about, day = one.place or "", one.on or context.on
    tendency = catalog.tendency_of(one.id)
    if day is None:
        return found("undated", about=about, on=one.id, item=one.id)
    limit = setting.policy.days(tendency)
    return found(
        "stale-fast" if tendency == "dynamic" else "stale",
        about=about,
        on=one.id,
        item=one.id,
        day=day,
        limit=limit,
    )


@check("risk.context-local")
@with_context
def context_local(case: Case, context: Context, setting: Setting) -> Iterator[Found]:
    """Places below the country, and groups by label where a factor is about groups."""
    named = list(dict.fromkeys([*context.places, *(one.place for one in context.factors if one.place)]))
    below = {place.id: place.below_country for place in case.program.places}
    inside = [ref for ref in named if below.get(ref) == "yes"]
    nameless = dict.fromkeys((one.place or "", one.id) for one in context.factors if _needs_group(one))
    if not inside:
        unclear = any(below.get(ref, "not_known") == "not_known" for ref in named)
        yield found("place-not-known" if unclear else "country-only")
    for about, item in nameless:
        yield found("no-group", about=about, on=item, item=item)
    if inside and not nameless:
        groups = {ref for one in context.factors for ref in one.groups}
        yield found("local", places=len(inside), groups=len(groups))


def _needs_group(one: FactorJudgement) -> bool:
    about_group = factor_of(one.id) in GROUP_FACTORS or one.id in GROUP_INDICATORS
    return about_group and one.state in IN_PLAY and not one.groups


@check("risk.context-sources")
@with_context
def context_sources(case: Case, context: Context, setting: Setting) -> Iterator[Found]:
    """More than one kind of source behind each factor in play."""
    played = case.factors_in_play()
    thin = False
    for factor, judged in played.items():
        evidence = tuple(piece for one in judged for piece in one.evidence)
        kinds = list(dict.fromkeys(piece.kind for piece in evidence))
        if len(kinds) >= ENOUGH_KINDS:
            continue
        thin = True
        if kinds:
            yield found("one-kind", on=factor, item=factor, kind=kinds[0], evidence=evidence)
        else:
            yield found("no-source", on=factor, item=factor)
    if not played:
        yield none_in_play(context)
    elif not thin:
        yield found("several", count=len(played))


@check("risk.context-counter")
@with_context
def context_counter(case: Case, context: Context, setting: Setting) -> Iterator[Found]:
    """What speaks against the reading of each factor in play."""
    played = case.factors_in_play()
    unlooked = [factor for factor, judged in played.items() if not any(said(one.counter_evidence) for one in judged)]
    for factor in unlooked:
        yield found("not-looked", on=factor, item=factor)
    if not played:
        yield none_in_play(context)
    elif not unlooked:
        yield found("looked", count=len(played))


@check("risk.context-gender")
@with_context
def context_gender(case: Case, context: Context, setting: Setting) -> Iterator[Found]:
    """How each factor and inhibitor shows for women, men, girls and boys."""
    readings: dict[str, bool] = {}
    judged: tuple[Judgement, ...] = (*context.factors, *context.inhibitors)
    for one in judged:
        if one.state != "not_known":
            item = factor_of(one.id)
            readings[item] = readings.get(item, False) or said(one.women_and_men)
    unread = [item for item, is_read in readings.items() if not is_read]
    if not readings:
        yield found("none-judged")
    elif len(unread) == len(readings):
        yield found("none", count=len(unread))
    elif unread:
        yield from (found("missing", on=item, item=item) for item in unread)
    else:
        yield found("read", count=len(readings))


@check("risk.context-coverage")
@with_context
def context_coverage(case: Case, context: Context, setting: Setting) -> Iterator[Found]:
    """Which risk factors nobody has assessed, and which are not known."""
    states: dict[str, list[str]] = {}
    for one in context.factors:
        states.setdefault(factor_of(one.id), []).append(one.state)
    left = False
    for factor in catalog.items("RF"):
        if any(state != "not_known" for state in states.get(factor, ())):
            continue
        left = True
        outcome = "not-known" if factor in states else "not-assessed"
        # A factor that can hold an escalating sign is worth more of a search than one that cannot.
        grave = catalog.escalation_class(factor) != "none"
        yield found(f"{outcome}-grave" if grave else outcome, on=factor, item=factor)
    if not left:
        yield found("all-assessed", count=len(states))
