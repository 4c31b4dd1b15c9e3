"""The computed checks of the pack: who can watch or list people, channels, warnings, cut lines, the end."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from lens import Found, check
from lens.words import FORCE_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from lens import Case, Context, Setting
    from lens.cases import Activity, Answer, Event, HarmLook, Partner, Provision, Safeguard
    from lens.words import RiskState, Tendency

WATCHING = ("communications", "surveillance", "data_or_lists")
"""What can watch people or list them, whatever it was given for."""

PARTS = {"AH-1": ("data_or_lists",), "AH-3": ("communications", "surveillance")}
"""The two kinds of it, by the harm path that each points to."""

LISTING = ("data_or_lists", "surveillance")
"""What records people one by one."""

CHANNELS = ("communications", "media_content")
"""What many people hear at once."""

GATHERING = frozenset(
    {"communications", "surveillance", "data_or_lists", "research", "equipment", "training", "advice"}
)
"""What gathers or carries news, and answers nothing by itself."""

STATE_KINDS = frozenset({"ministry", "local_authority", "justice_institution"})
"""State bodies that are no force themselves, and can be ordered to hand on what they hold."""

SIGNS: dict[str, Tendency] = {"RF7.12": "dynamic", "RF9.1": "structural", "RF10": "dynamic", "RF12.2": "dynamic"}
"""Signs that people are marked or treated worse by group, and how fast a judgment of each goes stale."""

CUT = "RF7.6"
"""Channels of communication that are controlled or cut."""

MEDIA = frozenset({"15153", "15163"})
"""Media and free flow of information, and the withdrawn code that stood for it."""

TENSE = frozenset(
    {
        "census",
        "commemoration",
        "election",
        "land_or_relocation",
        "peace_deadline",
        "registration_or_id",
        "religious_event",
        "resource_project",
        "trial_or_verdict",
        "troop_or_mission_change",
    }
)
"""Kinds of expected events on which a word can set off violence."""

AHEAD = timedelta(days=365)
NEAR_THE_END = timedelta(days=180)
ANSWERED = "inhibitors.warning-answered"


def words(items: Iterable[str]) -> str:
    """Words or ids as one value, each once, in the order given."""
    return ", ".join(dict.fromkeys(items))


def said(text: str) -> bool:
    """Whether a text field says anything."""
    return bool(text.strip())


def unasked(case: Case) -> str:
    """How to say that nobody was asked; of a published program, that publishers do not say."""
    return "not-published" if case.is_published else "not-asked"


def unknown(case: Case) -> str:
    """How to say that an activity does not tell what it provides."""
    return "not-published" if case.is_published else "not-known"


def is_covered(activity: Activity, path: str, setting: Setting) -> bool:
    """Whether every look at a harm path is in date, with a reason against it or a whole safeguard, and there is one."""
    looks = [look for look in activity.harm_paths if path in look.paths]
    return bool(looks) and all(_holds(look, setting) for look in looks)


def _holds(look: HarmLook, setting: Setting) -> bool:
    if setting.policy.is_stale(look.on, "mixed", setting.as_of):
        return False
    if look.could == "no":
        return said(look.reason)
    return look.could == "yes" and _is_whole(look.safeguard, look.on, setting.as_of)


def _is_whole(guard: Safeguard | None, looked: date | None, as_of: date) -> bool:
    """Whether a safeguard has measure, owner, day and remaining risk, and somebody has looked since its day."""
    if guard is None or guard.by is None or not all(map(said, (guard.what, guard.owner, guard.residual_risk))):
        return False
    return guard.by >= as_of or (looked is not None and guard.by <= looked <= as_of)


def uncovered(activity: Activity, paths: Iterable[str], setting: Setting) -> str:
    """The harm paths that no current look covers, as one value; empty where all are covered."""
    return words(path for path in paths if not is_covered(activity, path, setting))


def not_told(activity: Activity, case: Case) -> bool:
    """Whether an activity was read from published data, which holds no looks at harm paths."""
    return case.is_published and not activity.harm_paths


# --- who gets what can watch or list people -------------------------------------------------------------------------


@check("ict.authority-can-watch")
def authority_can_watch(case: Case, setting: Setting) -> Iterator[Found]:
    """Who receives or handles what can watch or list people, followed along the bodies named."""
    if not case.program.activities:
        yield Found(outcome=unasked(case), on="AH-1")
    for activity in case.program.activities:
        parts = {on: [one for one in activity.provides if one.what in kinds] for on, kinds in PARTS.items()}
        if not activity.provides:
            yield Found(outcome=unknown(case), about=activity.id, on="AH-1")
        elif not any(parts.values()):
            yield Found(outcome="none-provided", about=activity.id, on="AH-1")
        for on, given in parts.items():
            if given:
                outcome, values = _watched(activity, given, on, case, setting)
                yield Found(outcome=outcome, about=activity.id, on=on, values=dict(values))


def _watched(
    activity: Activity, given: list[Provision], on: str, case: Case, setting: Setting
) -> tuple[str, dict[str, str]]:
    """The gravest of what can be said of one part of what an activity provides."""
    bodies = [body for one in given for body in case.chain(one)]
    force, state = kinds_of(bodies, FORCE_KINDS), kinds_of(bodies, STATE_KINDS)
    what = words(one.what for one in given)
    paths = uncovered(activity, ("AH-1", "AH-9") if on == "AH-1" else (on,), setting)
    if force and on == "AH-1":
        return (
            ("data-to-force", {"kind": force, "paths": paths}) if paths else ("data-to-force-looked", {"kind": force})
        )
    if state and paths:
        unlooked = {"what": what, "kind": state, "paths": paths}
        return ("not-published", {}) if not_told(activity, case) else ("authority-unlooked", unlooked)
    if gap := _gap(activity, given, case):
        return gap
    if force:
        return "told-by-core", {"kind": force}
    return ("authority-looked", {"what": what, "kind": state}) if state else ("none-reached", {"what": what})


def _gap(activity: Activity, given: list[Provision], case: Case) -> tuple[str, dict[str, str]] | None:
    """What the chain does not tell: who receives it, or of what kind some body is."""
    partners = [case.partner(ref) for ref in activity.partners]
    untold = [one for one in given if one.to is None and not one.through]
    refs = [ref for one in given for ref in (*one.through, *((one.to,) if one.to else ()))]
    named = [*(case.partner(ref) for ref in refs), *(partners if untold else ())]
    there = [body for body in partners if body is not None]
    if untold and (kind := kinds_of(there, FORCE_KINDS | STATE_KINDS)):
        return "no-recipient", {"what": words(one.what for one in untold), "kind": kind}
    if any(body is None or body.kind == "not_known" for body in named):
        return "chain-not-known", {"what": words(one.what for one in given)}
    if untold and not partners:
        return "not-named", {"what": words(one.what for one in untold)}
    return None


def kinds_of(bodies: Iterable[Partner], wanted: frozenset[str]) -> str:
    """The kinds of bodies that are among those wanted, as one value."""
    return words(body.kind for body in bodies if body.kind in wanted)


# --- what the context says of a sign --------------------------------------------------------------------------------


def state_of(sign: str, context: Context, places: tuple[str, ...], tendency: Tendency, setting: Setting) -> RiskState:
    """The state of an indicator or factor at some places; not_known wherever somebody would have to look again.

    A judgment of the whole factor that sees it does not settle which of its indicators is there. Not seen needs a
    named role, a way of looking and evidence in date, at every place.
    """
    factor = sign.partition(".")[0]
    here = [one for one in context.factors if one.place is None or not places or one.place in places]
    own = [one for one in here if one.id == sign or one.id.startswith(f"{sign}.")]
    if any(one.state in ("seen", "early_signs") for one in own):
        return "seen" if any(one.state == "seen" for one in own) else "early_signs"
    spoken = [*own, *(one for one in here if one.id == factor and factor != sign)]
    looked = {
        one.place
        for one in spoken
        if one.state == "looked_for_not_seen"
        and said(one.by)
        and said(one.how)
        and one.evidence
        and one.id in (sign, factor)
        and not setting.policy.is_stale(one.on, tendency, setting.as_of)
    }
    everywhere = None in looked or (bool(places) and set(places) <= looked)
    settled = everywhere and all(one.state == "looked_for_not_seen" for one in spoken)
    return "looked_for_not_seen" if settled else "not_known"


def _places(activity: Activity, case: Case) -> tuple[str, ...]:
    return activity.places or tuple(place.id for place in case.program.places)


# --- lists where people are marked ----------------------------------------------------------------------------------


@check("ict.lists-where-marked")
def lists_where_marked(case: Case, setting: Setting) -> Iterator[Found]:
    """What records people one by one, beside the signs that they are marked or treated worse by group."""
    if not case.program.activities:
        yield Found(outcome=unasked(case), on="AH-1")
    for activity in case.program.activities:
        what = words(one.what for one in activity.provides if one.what in LISTING)
        if not activity.provides:
            yield Found(outcome=unknown(case), about=activity.id, on="AH-1")
        elif not what:
            yield Found(outcome="none-provided", about=activity.id, on="AH-1")
        elif case.context is None:
            yield Found(outcome=unasked(case), about=activity.id, on="AH-1")
        else:
            outcome, values = _marked(activity, case, case.context, setting)
            held = {} if outcome == "not-published" else {"what": what, **values}
            yield Found(outcome=outcome, about=activity.id, on="AH-1", values=dict(held))


def _marked(activity: Activity, case: Case, context: Context, setting: Setting) -> tuple[str, dict[str, str]]:
    places = _places(activity, case)
    states = {sign: state_of(sign, context, places, tendency, setting) for sign, tendency in SIGNS.items()}
    seen = words(sign for sign, state in states.items() if state in ("seen", "early_signs"))
    paths = uncovered(activity, ("AH-1", "AH-9"), setting)
    if seen and paths and not_told(activity, case):
        return "not-published", {}
    if seen and paths:
        return "marked-unguarded", {"signs": seen, "paths": paths}
    if seen:
        return "marked-guarded", {"signs": seen}
    if left := words(sign for sign, state in states.items() if state == "not_known"):
        return "signs-not-judged", {"signs": left}
    return "signs-not-seen", {}


# --- channels that are open on a tense day --------------------------------------------------------------------------


@check("ict.live-on-the-day")
def live_on_the_day(case: Case, setting: Setting) -> Iterator[Found]:
    """Channels that many hear, set beside the expected events of the next twelve months."""
    if not case.program.activities:
        yield Found(outcome=unasked(case), on="AH-8")
    for activity in case.program.activities:
        what = words(one.what for one in activity.provides if one.what in CHANNELS)
        if not activity.provides:
            yield Found(outcome=unknown(case), about=activity.id, on="AH-8")
        elif not what:
            yield Found(outcome="none-provided", about=activity.id, on="AH-8")
        else:
            yield _on_the_day(activity, what, case, setting)


def _on_the_day(activity: Activity, what: str, case: Case, setting: Setting) -> Found:
    events = [one for one in _events(case, setting) if _meets(one.place, activity)]
    start, end = activity.start or case.program.start, activity.end or case.program.end
    running = [
        one for one in events if (end is None or one.on <= end) and (start is None or (one.until or one.on) >= start)
    ]
    if start is None and end is None:
        return Found(outcome="no-dates", about=activity.id, on="AH-8", values={"what": what})
    if not events:
        return Found(outcome="no-calendar", about=activity.id, on="AH-8", values={"what": what})
    if not running:
        return Found(outcome="apart", about=activity.id, on="AH-8", values={"what": what, "count": len(events)})
    covered = is_covered(activity, "AH-8", setting)
    if not covered and not_told(activity, case):
        return Found(outcome="not-published", about=activity.id, on="AH-8")
    return Found(
        outcome="open-guarded" if covered else "open-unguarded",
        about=activity.id,
        on="AH-8",
        values={"what": what, "event": running[0].kind, "day": running[0].on, "count": len(running)},
    )


def _events(case: Case, setting: Setting) -> list[Event]:
    """Expected events of the next twelve months that can raise tension, the nearest first."""
    ahead = [
        one
        for one in (case.context.calendar if case.context is not None else ())
        if one.kind in TENSE and (one.until or one.on) >= setting.as_of and one.on <= setting.as_of + AHEAD
    ]
    return sorted(ahead, key=lambda one: (one.on, one.kind))


def _meets(place: str | None, activity: Activity) -> bool:
    return place is None or not activity.places or place in activity.places


# --- warnings with somebody to answer them --------------------------------------------------------------------------


@check("ict.warning-responder")
def warning_responder(case: Case, setting: Setting) -> Iterator[Found]:
    """Whether activities that are meant for warning provide more than gathering, or an answer is shown."""
    meant = [one for one in case.program.activities if _is_for_warning(one)]
    if not case.program.activities:
        yield Found(outcome=unasked(case), on="INH4")
    elif not meant:
        yield Found(outcome=_no_purpose(case), on="INH4")
    else:
        outcome, what = _responder(meant, case, setting)
        yield Found(outcome=outcome, on="INH4", values={"count": len(meant), **({"what": what} if what else {})})


def _is_for_warning(activity: Activity) -> bool:
    return any(
        (one.on, one.kind) in (("INH4", "intended_to_support"), ("RF6.11", "intended_to_reduce"))
        for one in activity.effects
    )


def _no_purpose(case: Case) -> str:
    if all(one.effects or one.no_effect for one in case.program.activities):
        return "none-meant"
    return "not-published" if case.is_published else "purpose-not-said"


def _responder(meant: list[Activity], case: Case, setting: Setting) -> tuple[str, str]:
    answer = case.answers_to(ANSWERED)
    if answer is not None and answer.answer in ("no", "partly"):
        return "not-answered", ""
    if answer is not None and answer.answer == "yes" and _is_shown(answer, setting):
        return "answer-shown", ""
    if any(not one.provides for one in meant):
        return "not-known", ""
    given = [one.what for activity in meant for one in activity.provides]
    if beyond := words(what for what in given if what not in GATHERING):
        return "response-provided", beyond
    return "only-gathering", words(given)


def _is_shown(answer: Answer, setting: Setting) -> bool:
    """Whether an answer rests on more than a word, and is not stale."""
    day = max((piece.on for piece in answer.evidence if piece.on), default=answer.on)
    documented = any(piece.ref or piece.held_elsewhere for piece in answer.evidence)
    return documented and not setting.policy.is_stale(day, "dynamic", setting.as_of)


# --- cut or controlled lines ----------------------------------------------------------------------------------------


@check("ict.cut-lines-answered")
def cut_lines_answered(case: Case, setting: Setting) -> Iterator[Found]:
    """Whether a program on networks or media answers lines that are controlled or cut where it works."""
    outcome = _cut(case, setting)
    answering = _answering(case)
    yield Found(outcome=outcome, on=CUT, values={"count": answering} if outcome == "answered" else {})


def _cut(case: Case, setting: Setting) -> str:
    on_networks = _is_on_networks(case)
    if on_networks is False:
        return "elsewhere"
    if case.context is None:
        return unasked(case)
    places = tuple(place.id for place in case.program.places)
    state = state_of(CUT, case.context, places, "dynamic", setting)
    if state == "looked_for_not_seen":
        return "not-seen"
    if state == "not_known":
        return "not-judged"
    if on_networks is None:
        return "sector-not-known"
    if _answering(case):
        return "answered"
    plans = [one for one in case.program.unanswered_factors if one.on in (CUT, "RF7")]
    return "left-to-others" if any(said(one.reason) and said(one.who_else) for one in plans) else "unanswered"


def _is_on_networks(case: Case) -> bool | None:
    """Whether the program works on networks or media; None where neither sectors nor what is provided can tell."""
    activities = case.program.activities
    sectors = [*case.program.sectors, *(one for activity in activities for one in activity.sectors)]
    codes = {one.code for one in sectors}
    provided = {one.what for activity in activities for one in activity.provides}
    if codes & MEDIA or any(code.startswith("220") for code in codes) or "communications" in provided:
        return True
    told = bool(codes) and not any(code == "151" or code.startswith("998") for code in codes)
    return False if told and activities and all(one.provides for one in activities) else None


def _answering(case: Case) -> int:
    """How many activities say how they lessen the cutting or control of lines."""
    return sum(
        any(
            one.on in (CUT, "RF7") and one.kind == "intended_to_reduce" and said(one.mechanism)
            for one in activity.effects
        )
        for activity in case.program.activities
    )


# --- systems near the end of the money ------------------------------------------------------------------------------


@check("ict.system-outlives")
def system_outlives(case: Case, setting: Setting) -> Iterator[Found]:
    """What becomes of systems and data whose money ends soon, or has ended."""
    if not case.program.activities:
        yield Found(outcome=unasked(case), on="AH-11")
    for activity in case.program.activities:
        what = words(one.what for one in activity.provides if one.what in WATCHING)
        if not activity.provides:
            yield Found(outcome=unknown(case), about=activity.id, on="AH-11")
        elif not what:
            yield Found(outcome="none-provided", about=activity.id, on="AH-11")
        else:
            yield _end(activity, what, case, setting)


def _end(activity: Activity, what: str, case: Case, setting: Setting) -> Found:
    end = activity.end or case.program.end
    if end is None:
        return Found(outcome="no-end", about=activity.id, on="AH-11", values={"what": what})
    if abs(end - setting.as_of) > NEAR_THE_END:
        outcome = "not-near"
    elif is_covered(activity, "AH-11", setting):
        outcome = "settled"
    elif not_told(activity, case):
        return Found(outcome="not-published", about=activity.id, on="AH-11")
    else:
        outcome = "ended-unsettled" if end < setting.as_of else "ending-unsettled"
    return Found(outcome=outcome, about=activity.id, on="AH-11", values={"what": what, "day": end})
