"""Screening one published record: the engine of a review, with the checks that published data can answer.

What is asked, what it means and how bad it is under an agency's policy is decided by the same code as in a review.
Here it only has to be fast: what does not change from record to record is worked out once.
"""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, NamedTuple

from lens.cases.case import Case
from lens.checks.model import Found
from lens.checks.setting import Setting
from lens.hooks.registry import CORE
from lens.portfolio.runs.contexts import Contexts
from lens.reviews.findings import findings_of
from lens.reviews.judge import judge
from lens.reviews.model import NotAsked
from lens.reviews.select import set_aside, why_not
from lens.reviews.sound import why_not as why_not_sound

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from lens.cases.policy import Policy
    from lens.checks.model import Check
    from lens.hooks.registry import Registered, Registry
    from lens.readers.published import PublishedActivity
    from lens.reviews.model import Finding
    from lens.words import Stage

WITHIN_REACH = frozenset({"program", "published", "text", "context"})
"""What a check may need to be screened with, beside `published`, which it must."""


MOST_KEPT = 10_000
"""So many results are kept to be used again; then they are begun anew."""


class Result(NamedTuple):
    """One way in which a check came out for a record."""

    check: str
    outcome: str
    """One of those that the check declares; where it failed, what happened."""
    state: str
    because: str
    """Why it is open; else empty."""
    level: str
    """How worrying, or the level at stake where it is open; else empty."""
    escalates: bool
    on: str
    """The factor, inhibitor or harm path it is about; may be empty."""
    values: str
    """A JSON object of what its sentence says, keys in order; empty where there is none."""


class _Kind(NamedTuple):
    """Checks that are asked of the same records."""

    first: Registered
    members: tuple[int, ...]


class Screen:
    """The checks that published data can answer, ready to be asked of one record after another."""

    def __init__(self, registry: Registry, as_of: date, policy: Policy, contexts: Contexts | None = None) -> None:
        self._as_of, self._policy = as_of, policy
        self._contexts = contexts or Contexts()
        self._settings: dict[Stage | None, Setting] = {}
        asked: list[Registered] = []
        left: list[NotAsked] = []
        for one in registry.checks.values():
            if why := _left_out(one.check, registry, policy):
                left.append(NotAsked(check=one.check.id, title=one.check.title, why=why))
            else:
                asked.append(one)
        left += [NotAsked(check=one.id, title=one.title, why="code") for one in registry.without_code]
        self.checks: tuple[Check, ...] = tuple(one.check for one in asked)
        """What is asked, in its order."""
        self.not_asked: tuple[NotAsked, ...] = tuple(left)
        """What is not asked of any record: `people` (a question), `needs` (what no published data has), `code`,
        `preview`, `deprecated`, `policy`."""
        self._asked = tuple(asked)
        self._kinds = _kinds(asked)
        self._declared = dict(_declared(self._asked, self._setting(None)))
        self._said: dict[tuple[object, ...], Result] = {}

    def of(self, record: PublishedActivity) -> tuple[Result, ...]:
        """What every check says of a record, the core's first. One that fails is a result in state `error`."""
        program = record.program
        case = Case(program=program, context=self._contexts.of(program, self._as_of, self._policy))
        setting = self._setting(program.stage)
        asked = self._asked_of(case, setting)
        ours = [one for one in asked if one.owner == CORE]
        try:
            made = [result for one in ours for result in self._of_core(one, case, setting)]
        except Exception:  # noqa: BLE001 - which of them it was, and what it did, is looked into one by one
            made = [result for one in ours for result in self._held(one, case, setting)]
        if len(ours) < len(asked):
            # Plugins get copies, as in a review.
            lent = copy.deepcopy((case, setting))
            others = (one for one in asked if one.owner != CORE)
            made += [_result(finding) for one in others for finding in findings_of(one, *lent)]
        return tuple(dict.fromkeys(made))

    def _setting(self, stage: Stage | None) -> Setting:
        if stage not in self._settings:
            self._settings[stage] = Setting(
                as_of=self._as_of, stage=stage, depth="full", policy=self._policy, screening=True
            )
        return self._settings[stage]

    def _asked_of(self, case: Case, setting: Setting) -> list[Registered]:
        numbers = [number for kind in self._kinds if not why_not(kind.first, case, setting) for number in kind.members]
        return [self._asked[number] for number in sorted(numbers)]

    def _of_core(self, one: Registered, case: Case, setting: Setting) -> Iterator[Result]:
        """What a check of the core says. Raises whatever is wrong with it."""
        assert one.run is not None  # noqa: S101 - questions are left out
        check, said = one.check.id, False
        for found in one.run(case, setting):
            said = True
            yield self._declared[check, found.outcome] if not (found.on or found.values) else self._told(check, found)
        if not said:
            raise ValueError("said nothing")

    def _told(self, check: str, found: Found) -> Result:
        """A result with what its sentence says; the same is said of many records."""
        key = (check, found.outcome, found.on, *found.values.items())
        told = self._said.get(key)
        if told is None:
            if wrong := why_not_sound(found):
                raise ValueError(wrong)
            values = _written(dict(found.values)) if found.values else ""
            told = self._declared[check, found.outcome]._replace(on=found.on, values=values)
            if len(self._said) >= MOST_KEPT:
                self._said.clear()
            self._said[key] = told
        return told

    def _held(self, one: Registered, case: Case, setting: Setting) -> list[Result]:
        """The same for one check that may fail: held in, and told as a review tells it."""
        try:
            return list(self._of_core(one, case, setting))
        except Exception:  # noqa: BLE001 - it is run once more, contained
            return [_result(finding) for finding in findings_of(one, case, setting)]


def _left_out(check: Check, registry: Registry, policy: Policy) -> str:
    """Why a check is asked of no record; empty where it is."""
    if check.question is not None:
        return "people"
    if "published" not in check.needs or not WITHIN_REACH.issuperset(check.needs):
        return "needs"
    return set_aside(check, registry, policy)


def _kinds(asked: list[Registered]) -> tuple[_Kind, ...]:
    """Checks by all that decides whether they are asked of a record, so that each such question is put once."""
    found: dict[object, list[int]] = {}
    for number, one in enumerate(asked):
        found.setdefault((one.of_pack, one.check.applies, one.check.stages), []).append(number)
    return tuple(_Kind(asked[numbers[0]], tuple(numbers)) for numbers in found.values())


def _declared(asked: tuple[Registered, ...], setting: Setting) -> Iterator[tuple[tuple[str, str], Result]]:
    """Each way in which each check of the core can come out, as it is judged under the policy."""
    for one in asked:
        if one.owner == CORE:
            for outcome in one.check.outcomes:
                yield (one.check.id, outcome), _result(judge(one.check, Found(outcome=outcome), setting))


def _result(finding: Finding) -> Result:
    values: dict[str, object] = {
        one.name: int(one.exact) if one.kind == "count" else one.exact for one in finding.values
    }
    return Result(
        finding.check,
        finding.outcome,
        finding.state,
        finding.because or "",
        finding.level or "",
        finding.escalates,
        finding.on,
        _written(values) if values else "",
    )


def _written(values: dict[str, object]) -> str:
    return json.dumps(values, default=str, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
