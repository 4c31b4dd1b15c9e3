"""What three lines of Python can do: read a case, review it, write the report. The command line calls these."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from lens.errors import LensError, near
from lens.writing import path_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from lens.cases import Case
    from lens.cases.policy import Policy
    from lens.hooks.registry import Registry
    from lens.readers.case_files import Read
    from lens.reviews.model import Review
    from lens.reviews.plan import Plan
    from lens.words import Audience, Depth, Stage

PathLike = str | os.PathLike[str]


def read_case(
    *paths: PathLike,
    activity: str | None = None,
    policy: PathLike | None = None,
    with_annex: bool = False,
    registry: Registry | None = None,
) -> Read:
    """Read a case: files, folders, or one activity of a published file.

    Raises InputError, whose `problems` name file, line, field, reason and remedy of everything that is wrong.
    """
    from lens.hooks.registry import Registry
    from lens.readers.case_files import read_case as read

    return read(
        [path_of(path) for path in paths],
        registry or Registry(),
        with_annex=with_annex,
        policy=_optional(policy),
        activity=activity,
    )


def review(
    *paths: PathLike,
    activity: str | None = None,
    stage: Stage | None = None,
    depth: Depth = "full",
    audience: Audience = "public",
    partner: str = "",
    as_of: date | str | None = None,
    policy: PathLike | None = None,
    registry: Registry | None = None,
) -> Review:
    """Read a case and review it through all three components of the lens.

    `as_of` is the day the review speaks of, today if left out; the same inputs, versions and day give the same review.
    The review is redacted to `audience`; for `partner`, name which one (`partner:2`).
    Raises InputError for what is wrong with the files and LensError for what is wrong with the request.
    """
    from lens.hooks.registry import Registry

    registry = registry or Registry()
    read = read_case(*paths, activity=activity, policy=policy, with_annex=audience == "restricted", registry=registry)
    return review_case(
        read.case,
        registry=registry,
        policy=read.policy,
        stage=stage,
        depth=depth,
        audience=audience,
        partner=partner,
        as_of=as_of,
        files=read.files,
        notes=read.notes,
        faults=read.faults,
    )


def review_case(
    case: Case,
    *,
    registry: Registry | None = None,
    policy: Policy | None = None,
    stage: Stage | None = None,
    depth: Depth = "full",
    audience: Audience = "public",
    partner: str = "",
    as_of: date | str | None = None,
    files: Sequence[tuple[str, str]] = (),
    notes: Sequence[str] = (),
    faults: Sequence[str] = (),
) -> Review:
    """Review a case that is already in memory; see review."""
    from lens.cases.policy import Policy
    from lens.hooks.registry import Registry
    from lens.reviews.model import NotChecked
    from lens.reviews.redact import redact
    from lens.reviews.run import Inputs, run

    if partner and audience != "partner":
        raise LensError(
            f"A partner was named, and the audience is {audience}. Partners are named with --audience partner."
        )
    if audience == "partner":
        _known_partner(partner, [one.id for one in case.program.partners])
    registry = registry or Registry()
    full = run(
        case,
        registry,
        as_of=day(as_of),
        policy=policy or Policy(),
        depth=depth,
        stage=stage,
        inputs=Inputs(tuple(files), tuple(notes), tuple(faults)),
    )
    narrowed = redact(full, audience, partner=partner, own=_own(case, partner))
    failed = registry.finished(narrowed)
    if not failed:
        return narrowed
    rows = (NotChecked(owner=one.owner, where=one.where, what=one.what) for one in failed)
    return replace(narrowed, not_checked=(*narrowed.not_checked, *rows), incomplete=True)


def plan(
    *paths: PathLike,
    activity: str | None = None,
    stage: Stage | None = None,
    depth: Depth = "full",
    as_of: date | str | None = None,
    policy: PathLike | None = None,
    registry: Registry | None = None,
) -> Plan:
    """Read a case and say what a review of it will ask: how many questions, of whom, with which documents.

    The times are rough minutes, our judgement. Raises what review raises.
    """
    from lens.hooks.registry import Registry
    from lens.reviews.plan import plan_of

    registry = registry or Registry()
    read = read_case(*paths, activity=activity, policy=policy, registry=registry)
    return plan_of(read.case, registry, as_of=day(as_of), policy=read.policy, depth=depth, stage=stage)


def write(
    review: Review,
    folder: PathLike,
    formats: Iterable[str] = ("html", "json"),
    *,
    language: str = "en",
    translations: PathLike | None = None,
    templates: PathLike | None = None,
    registry: Registry | None = None,
) -> tuple[Path, ...]:
    """Write a review into a folder, one file a format; each is written whole or not at all.

    `language` is a code such as `fr`; `translations` a folder of your own translations, which come before the core's.
    What has not been translated is told in English. `templates` is a folder whose Jinja templates override or extend
    the core's. Returns the files. Raises LensError for an unknown format or language, or a folder that cannot be
    written to.
    """
    from lens.hooks.registry import Registry
    from lens.reports import write as write_reports

    registry = registry or Registry()
    return write_reports(
        review,
        path_of(folder),
        tuple(formats),
        registry.language(language, _optional(translations)),
        registry,
        _optional(templates),
    )


def render(
    review: Review,
    format: str = "html",  # noqa: A002 - as the command line calls it
    *,
    language: str = "en",
    translations: PathLike | None = None,
    templates: PathLike | None = None,
    registry: Registry | None = None,
) -> str | bytes:
    """A review in one format, for programs that keep or send it themselves: text, or bytes such as of a document.

    See write.
    """
    from lens.hooks.registry import Registry
    from lens.reports import render as render_report

    registry = registry or Registry()
    return render_report(
        review,
        format,
        registry.language(language, _optional(translations)),
        registry,
        _optional(templates),
    )


def day(given: date | str | None) -> date:
    """The day a review speaks of: as given, or today."""
    if given is None:
        return date.today()  # noqa: DTZ011 - the officer's own day, where she is
    from lens.cases.fields import DAY

    if isinstance(given, datetime):
        return given.date()
    try:
        # The same rule as for every day in a file.
        made: date = DAY.value(given.isoformat() if isinstance(given, date) else given)
    except ValueError as reason:
        raise LensError(f'"{str(given)[:40]}" is not a day to review as of. {reason}') from None
    return made


def _optional(given: PathLike | None) -> Path | None:
    return None if given is None else path_of(given)


def _known_partner(partner: str, known: list[str]) -> None:
    if not partner:
        raise LensError("The audience partner needs to know which one, such as partner:2.")
    if partner not in known:
        raise LensError(f"There is no {partner[:40]} in this program. {near(partner, known)}".rstrip())


def _own(case: Case, partner: str) -> tuple[str, ...]:
    """Activities that a partner has a part in."""
    return tuple(
        one.id
        for one in case.program.activities
        if partner in one.partners or any(partner in (*gift.through, gift.to) for gift in one.provides)
    )
