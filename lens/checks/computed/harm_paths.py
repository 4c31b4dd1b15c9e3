"""Harm: whether each way in which aid has a part in atrocity crimes was looked at, and what is done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lens import catalog
from lens.checks.marks import check
from lens.checks.reading import found, gravest, plain, unasked, weighed, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lens.cases import Activity, Case, HarmLook
    from lens.checks.model import Found, Run
    from lens.checks.setting import Setting

COPIED = 6
"""So many harm paths with one and the same reason, each in a look of its own, were filled in, not looked at."""

EVERY_PROGRAM = "AH-10"
"""Silence concerns every program, whatever it provides."""

_LOOKS = ("unguarded", "overdue", "not-known", "no-reason", "stale", "guarded", "not-possible")
"""What a look can come to, the gravest first."""


def named_paths(activity: Activity, case: Case) -> tuple[str, ...]:
    """The harm paths to look at first, by what the activity provides and by its sectors.

    What it provides may be anything as long as nobody says, so then it is all of them.
    """
    every = tuple(catalog.items("AH"))
    if not activity.provides:
        return every
    named = {EVERY_PROGRAM}
    for provision in activity.provides:
        named.update(catalog.paths_for(provision.what))
    for sector in activity.sectors or case.program.sectors:
        row = catalog.sector(sector.code)
        named.update(row.harm_paths if row is not None else ())
    return tuple(path for path in every if path in named)


@check("harm.paths-looked-at")
def paths_looked_at(case: Case, setting: Setting) -> Iterator[Found]:
    """Every activity looked at by harm path, and by what it provides."""
    activities = case.program.activities
    if not activities:
        yield unasked(case)
    yield from (_coverage(one, case) for one in activities)
    if copied := _copied(activities):
        yield found("copied", count=copied)


def _coverage(activity: Activity, case: Case) -> Found:
    looked = frozenset(path for look in activity.harm_paths for path in look.paths)
    left = [path for path in catalog.items("AH") if path not in looked]
    first = [path for path in named_paths(activity, case) if path not in looked]
    count, every = len(left), len(catalog.items("AH"))
    if not left:
        return found("looked", about=activity.id, all=every)
    if case.is_published and not looked:
        return found("not-published", about=activity.id)
    if first:
        return found("not-looked", about=activity.id, count=count, all=every, paths=words(first))
    return found("few-left", about=activity.id, count=count, all=every, paths=words(left))


def _copied(activities: tuple[Activity, ...]) -> int:
    """How many cells carry one reason that was copied over looks of their own; one look at many paths is fine."""
    looks: dict[str, list[int]] = {}
    for activity in activities:
        for look in activity.harm_paths:
            if reason := plain(look.reason):
                looks.setdefault(reason, []).append(len(frozenset(look.paths)))
    return sum(sum(sizes) for sizes in looks.values() if len(sizes) > 1 and sum(sizes) >= COPIED)


def run_for(path: str) -> Run:
    """The check of one harm path: for every activity, what the look at it came to."""

    def run(case: Case, setting: Setting) -> Iterator[Found]:
        if not case.program.activities:
            yield unasked(case, on=path)
        for activity in case.program.activities:
            looks = [look for look in activity.harm_paths if path in look.paths]
            if looks:
                yield from gravest((_look(path, activity, look, setting) for look in looks), order=_LOOKS)
            else:
                yield _unlooked(path, activity, case)

    run.__doc__ = f"What the looks at {path} came to."
    return run


def _unlooked(path: str, activity: Activity, case: Case) -> Found:
    if case.is_published and not activity.harm_paths:
        return found("not-published", about=activity.id, on=path)
    first = path in named_paths(activity, case)
    return found("not-looked" if first else "not-looked-other", about=activity.id, on=path)


def _look(path: str, activity: Activity, look: HarmLook, setting: Setting) -> Found:
    outcome, missing = weighed(look, setting)
    if missing:
        return found(outcome, about=activity.id, on=path, missing=missing)
    return found(outcome, about=activity.id, on=path)
