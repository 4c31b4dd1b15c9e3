"""Whether a check can apply at all, and whether it spares anybody: tried on made-up cases built from its conditions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import islice, product
from typing import TYPE_CHECKING, Any

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
    for case, setting in islice(_cases(conditions), _MOST):
        holds = every(applies(form, case, setting) for form in forms)
        can, need_not = can or holds is True, need_not or holds is False
        if can and need_not:
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


@dataclass(slots=True)
class _Wanted:
    """Everything that the conditions of a check speak of."""

    sectors: tuple[str, ...]
    kinds: tuple[str, ...]
    provides: tuple[str, ...]
    factors: tuple[str, ...]
    inhibitors: tuple[str, ...]
    meant: tuple[str, ...]
    stages: tuple[str, ...]
    subjects: tuple[str, ...]
    flags: tuple[str, ...]
    answers: tuple[str, ...]
    published: bool


def _wanted(conditions: list[Condition]) -> _Wanted:
    def of(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for one in conditions for value in getattr(one, name)))

    def one_of(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for one in conditions if (value := getattr(one, name))))

    scrutiny = ("15210",) if one_of("high_scrutiny") else ()
    force = ("security_force",) if one_of("reaches_force") else ()
    return _Wanted(
        sectors=(*of("sectors"), *scrutiny),
        kinds=(*of("partner_kinds"), *force),
        provides=of("provides"),
        factors=one_of("factor"),
        inhibitors=one_of("inhibitor"),
        meant=of("meant_for"),
        stages=of("stages"),
        subjects=of("subjects"),
        flags=of("flags"),
        answers=one_of("answer_to"),
        published=bool(one_of("published")),
    )


def _cases(conditions: list[Condition]) -> Iterator[tuple[Case, Setting]]:
    """Made-up cases: each thing that the conditions speak of is there, or another in its place."""
    from lens.words import RiskState

    wanted = _wanted(conditions)
    judged = _words(RiskState)
    choices: list[tuple[Any, ...]] = [
        (*wanted.sectors, "11230"),
        (*wanted.kinds, "media"),
        (*wanted.provides, _other_provided(wanted.provides)),
        (*wanted.meant, "") if wanted.meant else ("",),
        (*wanted.stages, "context") if wanted.stages else (None,),
        (*wanted.subjects, "program") if wanted.subjects else ("program",),
        (*((one,) for one in wanted.flags), ()),
        (False, True) if wanted.published else (False,),
        *(judged for _ in wanted.factors),
        *(("working", "strained", "hollow", "missing") for _ in wanted.inhibitors),
        *(("yes", "no", "partly") for _ in wanted.answers),
    ]
    for chosen in product(*choices):
        yield _case(wanted, chosen)


def _words(kind: Any) -> tuple[str, ...]:
    from typing import get_args

    return tuple(one for one in get_args(kind) if one != "not_known")


def _other_provided(wanted: tuple[str, ...]) -> str:
    from lens.words import Provided

    return next(one for one in _words(Provided) if one not in wanted)


def _case(wanted: _Wanted, chosen: tuple[Any, ...]) -> tuple[Case, Setting]:
    from lens import cases
    from lens.cases.policy import Policy

    sector, kind, what, meant, stage, subject, flags, published = chosen[:8]
    rest = list(chosen[8:])
    states = [rest.pop(0) for _ in wanted.factors]
    work = [rest.pop(0) for _ in wanted.inhibitors]
    proof = (cases.Evidence(kind="staff", on=_TODAY),)
    context = cases.Context(
        factors=tuple(
            cases.FactorJudgement(id=name, state=state, on=_TODAY, by="analyst", how="asked", evidence=proof)
            for name, state in zip(wanted.factors, states, strict=True)
        ),
        inhibitors=tuple(
            cases.InhibitorJudgement(id=name, state=state) for name, state in zip(wanted.inhibitors, work, strict=True)
        ),
    )
    effect = cases.Effect(on=meant or "RF1", kind="intended_to_reduce" if meant else "could_worsen")
    activity = cases.Activity(
        id="activity:1",
        provides=(cases.Provision(what=what, to="partner:1"),),
        partners=("partner:1",),
        effects=(effect,),
    )
    program = cases.Program(
        subject=subject,
        sectors=(cases.Sector(code=sector),),
        partners=(cases.Partner(id="partner:1", kind=kind),),
        activities=(activity,),
        flags=flags,
        published=cases.Published(standard="IATI") if published else None,
    )
    answers = cases.Answers(
        answers=tuple(
            cases.Answer(question=name, answer=word, by="officer", on=_TODAY)
            for name, word in zip(wanted.answers, rest, strict=True)
        )
    )
    made = cases.Case(program=program, context=context, answers=answers)
    return made, Setting(as_of=_TODAY, stage=stage, depth="full", policy=Policy())
