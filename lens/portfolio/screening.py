"""What a few lines of Python can do with a portfolio: screen it, sum it up, write the report."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from lens.errors import InputError, LensError, Problem
from lens.writing import path_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from lens.api import PathLike
    from lens.cases.context import Context, FactorJudgement, InhibitorJudgement
    from lens.cases.policy import Policy
    from lens.hooks.registry import Registry
    from lens.portfolio.analysis.analyze import Analysis
    from lens.portfolio.analysis.finished import By
    from lens.portfolio.runs.run import Watcher
    from lens.portfolio.runs.work import Job
    from lens.readers.tables.layout import Layout
    from lens.reviews.model import Review
    from lens.words import Audience


def screen(
    *paths: PathLike,
    output: PathLike,
    contexts: Iterable[PathLike] = (),
    mappings: Iterable[PathLike] = (),
    policy: PathLike | None = None,
    as_of: date | str | None = None,
    jobs: int = 1,
    scheduler: str = "",
    again: bool = False,
    registry: Registry | None = None,
    watcher: Watcher | None = None,
) -> Path:
    """Screen published data into a run file in the folder `output`, and give its path.

    `paths` are files, folders and zip files of IATI activities, of tables that lens knows or that `mappings` describe,
    or of contribution registers: told apart by what is in them. `contexts` are context files, each with its country and
    day. What a run that was cut short had done is kept and gone on with; `again` begins anew. `jobs` is how many
    processes share the work (with more than one, a script must guard its entry: `if __name__ == "__main__":`), or
    `scheduler` the address of a Dask scheduler. Without `as_of`, a run that goes on keeps its day.

    Raises InputError for what is wrong with what was named (a record or file that cannot be read is a row of the
    result), LensError for a full disk, a folder of another run, or a cluster that cannot be used.
    """
    from lens.hooks.registry import Registry
    from lens.portfolio.inputs.context_files import read_contexts
    from lens.portfolio.runs.run import Where, quiet, run
    from lens.portfolio.runs.store import NAME
    from lens.portfolio.runs.work import Job

    if not paths:
        raise LensError("Name at least one file or folder of published data.")
    if not 1 <= jobs <= MOST_JOBS:
        raise LensError(f"--jobs is a number from 1 to {MOST_JOBS}.")
    registry = registry or Registry()
    folder = path_of(output)
    problems: list[Problem] = []
    agency = _policy(policy, registry, problems)
    given = read_contexts([path_of(one) for one in contexts])
    layouts = _layouts(mappings)
    day = _day(as_of, None if again else folder / NAME)
    identity = {
        **_who(registry),
        "as_of": day.isoformat(),
        "policy": sha256(repr(agency).encode()).hexdigest(),
        "contexts_digest": sha256(repr(given).encode()).hexdigest(),
        "mappings": sha256(repr(layouts).encode()).hexdigest(),
    }
    job = Job(
        key=json.dumps(identity),
        as_of=day,
        policy=agency,
        rules=registry.rules,
        pack_folders=registry.pack_folders,
        contexts=given,
        mappings=layouts,
    )
    return run(
        [path_of(one) for one in paths],
        folder,
        job,
        identity,
        _facts(job),
        where=Where(jobs, scheduler),
        watcher=watcher or quiet(),
        again=again,
    )


def run_in(folder: PathLike) -> Path:
    """The run file of a folder that `screen` wrote to. InputError where there is none."""
    from lens.portfolio.runs.store import NAME

    path = path_of(folder)
    found = path / NAME if path.is_dir() else path
    if path.is_file() and path.name != NAME:
        what = "This is no folder that `lens screen` wrote to."
        raise InputError(Problem(str(path), what=what, fix="Name the folder, such as lens-screening."))
    if not found.is_file():
        what = "There is no finished screening here."
        raise InputError(Problem(str(path), what=what, fix="Make one with `lens screen FILES --output FOLDER`."))
    return found


def analyze(
    run: PathLike,
    *,
    audience: Audience = "public",
    by: By = "donor",
    rates: PathLike | None = None,
    reviews: Iterable[PathLike] = (),
    self_check: bool = False,
) -> Analysis:
    """Sum up a finished run, as tables for an audience: `public`, or `internal` with titles.

    `run` is what `screen` gave, or its folder. `by` says whose money stands side by side: `donor` or `publisher`.
    `rates` is a file of exchange rates; `reviews` are saved reviews, or folders of them; `self_check` lists what
    publishers expose of places and people. Raises InputError for what is wrong with any of these files.
    """
    from lens.portfolio.analysis.analyze import analyze as sum_up
    from lens.portfolio.analysis.rates import read_rates

    return sum_up(
        run_in(run),
        audience=audience,
        by=by,
        rates=None if rates is None else read_rates(path_of(rates)),
        reviews=_reviews([path_of(one) for one in reviews]),
        self_check=self_check,
    )


def examine(formats: Iterable[str] = (), *, rates: PathLike | None = None, reviews: Iterable[PathLike] = ()) -> None:
    """See that a report can be made with these, before a run that takes hours. Raises what `analyze` would."""
    from lens.portfolio.analysis.rates import read_rates
    from lens.portfolio.report.write import installed

    installed(formats)
    if rates is not None:
        read_rates(path_of(rates))
    _reviews([path_of(one) for one in reviews])


def _reviews(paths: Iterable[Path]) -> list[Review]:
    from lens.reports.saved import read_review

    files: list[Path] = []
    problems: list[Problem] = []
    for path in paths:
        inside = sorted(path.rglob("*.json")) if path.is_dir() else [path]
        if not inside:
            what, fix = "There is no saved review in this folder.", "Name one that holds review.json of `lens review`."
            problems.append(Problem(str(path), what=what, fix=fix))
        files += inside
    found = []
    for file in files:
        try:
            found.append(read_review(file))
        except InputError as reason:
            problems += reason.problems
    if problems:
        raise InputError(problems)
    return found


def write_portfolio(analysis: Analysis, folder: PathLike, formats: Iterable[str] = ("html",)) -> tuple[Path, ...]:
    """Write the report of an analysis: `html`, `md`, `csv`, `json`, `xlsx`, `parquet`, `duckdb`; gives the files.

    Each is written whole or not at all. LensError for an unknown format or a folder that cannot be written to.
    """
    from lens.portfolio.report import write

    return write(analysis, path_of(folder), formats)


MOST_JOBS = 256


def _policy(policy: PathLike | None, registry: Registry, problems: list[Problem]) -> Policy:
    from lens.cases.policy import Policy
    from lens.readers.case_files import agency_policy

    if policy is None:
        return Policy()
    found = agency_policy(path_of(policy), registry, problems)
    if found is None or problems:
        raise InputError(problems)
    return found


def _layouts(mappings: Iterable[PathLike]) -> tuple[Layout, ...]:
    paths = [path_of(one) for one in mappings]
    if not paths:
        return ()
    from lens.readers.tables.layout import read_mapping

    return tuple(read_mapping(path) for path in paths)


def _day(as_of: date | str | None, before: Path | None) -> date:
    """The day asked for; else that of the run that is gone on with; else today."""
    from lens.api import day

    if as_of is None and before is not None and before.is_file():
        try:
            with closing(sqlite3.connect(before)) as db:
                row = db.execute("select value from meta where key = 'as_of'").fetchone()
        except sqlite3.DatabaseError:
            row = None  # whoever opens it to go on says what is wrong with it
        return day(row[0] if row else None)
    return day(as_of)


def _facts(job: Job) -> dict[str, Any]:
    """What reports need to know of a run beside its rows: what was asked, and what is known of the places."""
    from lens.portfolio.runs.work import bench

    screen = bench(job).screen
    return {
        "text_checks": [check.id for check in screen.checks if "text" in check.needs],
        "checks": [check.id for check in screen.checks],
        "titles": {one.id: one.title for one in screen.checks} | {one.check: one.title for one in screen.not_asked},
        "not_asked": sorted([one.check, one.why] for one in screen.not_asked),
        "contexts": [
            {
                "country": one.country,
                "on": one.on.isoformat() if one.on else "",
                "factors": [_judgment(each, one) for each in one.factors],
                "inhibitors": [_judgment(each, one) for each in one.inhibitors],
            }
            for one in job.contexts
        ],
    }


def _judgment(one: FactorJudgement | InhibitorJudgement, context: Context) -> dict[str, str]:
    """What a context judges of one thing. Its role and day are for the agency; what it rests on stays in the file."""
    on = one.on or context.on
    return {"id": one.id, "state": one.state, "on": on.isoformat() if on else "", "by": one.by or context.owner}


def _who(registry: Registry) -> dict[str, str]:
    """Versions, and packs with their digests: what a run is made with."""
    from lens import __version__
    from lens.cases.policy import Policy
    from lens.reviews.provenance import provenance

    used = provenance(registry, Policy(), {}, ()).used
    return {"lens": __version__, "packs": json.dumps([[one.name, one.version, one.digest] for one in used])}
