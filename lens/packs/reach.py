"""Whether a check can apply at all, and whether it spares anybody: tried on made-up cases built from its conditions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import islice, product
from typing import TYPE_CHECKING, Any, get_args

from lens.checks.applies import applies
from lens.checks.conditions import every
from lens.checks.setting import Setting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens.cases import Case
    from lens.checks.conditions import Condition
    from lens.checks.model import Check
    from lens.packs.load import Pack

_MOST = 20_000
"""So many made-up cases are tried at most."""
_TODAY = date(2026, 6, 1)


def reach(check: Check, pack: Pack) -> Iterator[tuple[str, str, bool]]:
    """What is wrong with when a check applies: what, what to do, and whether it is an error."""
    forms = [one for one in (pack.applies, check.applies) if one is not None]
    conditions = [one for form in forms for one in (*form.all, *form.any, *form.none)]
    yield from _unknown(conditions, check, pack)
    if not conditions:
        if check.depth == "full":
            fix = "Say under applies for which sectors, partners, provisions or factors it is meant."
            yield "It is asked of every program.", fix, False
        return
    can, need_not = False, False
    tried = _cases(conditions)
    for case, setting in islice(tried, _MOST):
        holds = every(applies(form, case, setting) for form in forms)
        can, need_not = can or holds is True, need_not or holds is False
        if can and need_not:
            return
    if next(tried, None) is not None:
        fix = "Look by hand whether it can apply, and whether it can not; or ask for less at once."
        yield f"Its conditions can be met in more ways than the {_MOST:,} that were tried.", fix, False
        return
    if not can:
        yield "No case was found in which it surely applies.", "Look for conditions that exclude each other.", True
    if not need_not:
        yield "No case was found in which it does not apply.", "Conditions that always hold can be left out.", False


def _unknown(conditions: list[Condition], check: Check, pack: Pack) -> Iterator[tuple[str, str, bool]]:
    """Conditions on what there is not."""
    from lens.catalog import dac_codes, find
    from lens.checks.raw import raw_checks

    for one in conditions:
        for code in one.sectors:
            if code not in dac_codes():
                yield f"There is no sector {code}.", "Use a DAC code of five or three digits.", True
        for item in (one.factor, one.inhibitor, *one.meant_for):
            if item and not item.startswith("local:") and find(item) is None:
                yield f"There is no {item} in the catalog.", "`lens explain` lists the ids.", True
        if one.answer_to == check.id:
            yield "It waits for its own answer.", "Name another question.", True
        elif one.answer_to and one.answer_to not in raw_checks() and one.answer_to not in pack.lines:
            yield f"It waits for {one.answer_to}, and there is no such question.", "Correct the id.", True


@dataclass(frozen=True, slots=True)
class _Made:
    """What a made-up case has: for each thing that conditions speak of, what is chosen of it."""

    sectors: tuple[str, ...]
    kinds: tuple[str, ...]
    provides: tuple[str, ...]
    meant: tuple[str, ...]
    stage: tuple[str, ...]
    subject: tuple[str, ...]
    flags: tuple[str, ...]
    published: str


def _cases(conditions: list[Condition]) -> Iterator[tuple[Case, Setting]]:
    """Made-up cases: each thing that the conditions speak of is there, alone and with all others, or another is."""
    from lens.words import FORCE_KINDS, Flag, PartnerKind, Provided, Stage, Subject

    def of(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for one in conditions for value in getattr(one, name)))

    def one_of(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for one in conditions if (value := getattr(one, name))))

    forces = ("security_force",) if (*one_of("reaches_force"), *one_of("any_reaches_force")) else ()
    sectors = (*of("sectors"), *(("15210",) if one_of("high_scrutiny") else ()))
    factors, inhibitors, answers = one_of("factor"), one_of("inhibitor"), one_of("answer_to")
    choices = (
        _choices(sectors, _other_sector(sectors)),
        _choices((*of("partner_kinds"), *forces), _other(PartnerKind, (*of("partner_kinds"), *FORCE_KINDS))),
        _choices(of("provides"), _other(Provided, of("provides"))),
        _choices(of("meant_for"), ""),
        _choices(of("stages"), _other(Stage, of("stages")), together=False),
        _choices(of("subjects"), _other(Subject, of("subjects")), together=False),
        _choices(of("flags"), _other(Flag, of("flags"))),
        ("", *(("IATI",) if one_of("published") or of("standards") else ()), *of("standards")),
    )
    judged = (
        *([_states(conditions, "factor_states", "seen", "early_signs", "looked_for_not_seen")] * len(factors)),
        *([_states(conditions, "inhibitor_states", "working", "strained", "hollow", "missing")] * len(inhibitors)),
        *([_states(conditions, "answers", "yes", "no", "partly")] * len(answers)),
    )
    every_choice: tuple[tuple[Any, ...], ...] = (*choices, *judged)
    for chosen in product(*every_choice):
        rest = list(chosen[len(choices) :])
        yield _case(
            _Made(*chosen[: len(choices)]),
            {name: rest.pop(0) for name in factors},
            {name: rest.pop(0) for name in inhibitors},
            {name: rest.pop(0) for name in answers},
        )


def _choices(wanted: tuple[str, ...], other: str, *, together: bool = True) -> tuple[tuple[str, ...], ...]:
    """Each alone, all at once, and another in their place; nothing but the other where nothing is spoken of."""
    each: list[tuple[str, ...]] = [(one,) for one in wanted]
    if together and len(wanted) > 1:
        each.insert(0, wanted)
    return (*each, (other,) if other else ())


def _states(conditions: list[Condition], name: str, *usual: str) -> tuple[str, ...]:
    """The usual states, and those that the conditions speak of beside them."""
    return tuple(dict.fromkeys((*usual, *(one for each in conditions for one in getattr(each, name)))))


def _other(kind: Any, wanted: tuple[str, ...]) -> str:
    return next((one for one in get_args(kind) if one not in wanted and one != "not_known"), "")


def _other_sector(wanted: tuple[str, ...]) -> str:
    """A code that none of those wanted stands for, and that stands for none of them."""
    from lens.catalog import dac_codes

    known = (one for one in sorted(dac_codes()) if len(one) == 5 and not one.startswith("998"))
    return next((one for one in ("11230", *known) if not any(one.startswith(want) for want in wanted)), "")


def _case(
    made: _Made, factors: dict[str, str], inhibitors: dict[str, str], answers: dict[str, str]
) -> tuple[Case, Setting]:
    from lens import cases
    from lens.cases.policy import Policy

    proof = (cases.Evidence(kind="staff", on=_TODAY),)
    context: Any = cases.Context(
        factors=tuple(
            cases.FactorJudgement(id=name, state=_any(state), on=_TODAY, by="analyst", how="asked", evidence=proof)
            for name, state in factors.items()
        ),
        inhibitors=tuple(cases.InhibitorJudgement(id=name, state=_any(state)) for name, state in inhibitors.items()),
    )
    kinds = {f"partner:{number}": kind for number, kind in enumerate(made.kinds, 1)}
    meant = tuple(cases.Effect(on=one, kind="intended_to_reduce") for one in made.meant)
    activity = cases.Activity(
        id="activity:1",
        provides=tuple(
            cases.Provision(what=_any(what), to=partner) for what in made.provides for partner in kinds or ("",)
        ),
        partners=tuple(kinds),
        effects=meant or (cases.Effect(on="RF1", kind="could_worsen"),),
    )
    program = cases.Program(
        subject=_any(made.subject[0]),
        sectors=tuple(cases.Sector(code=one) for one in made.sectors),
        partners=tuple(cases.Partner(id=partner, kind=_any(kind)) for partner, kind in kinds.items()),
        activities=(activity,),
        flags=_any(made.flags),
        published=cases.Published(standard=made.published) if made.published else None,
    )
    given = tuple(
        cases.Answer(question=name, answer=_any(word), by="officer", on=_TODAY) for name, word in answers.items()
    )
    case = cases.Case(program=program, context=context, answers=cases.Answers(answers=given))
    stage = made.stage[0] if made.stage else None
    return case, Setting(as_of=_TODAY, stage=_any(stage), depth="full", policy=Policy())


def _any(value: Any) -> Any:
    """A word of a closed list, which the type checker cannot see is one."""
    return value
