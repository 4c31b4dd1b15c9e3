"""One unit of work: the records of a piece, read and checked. The same here, in another process, on a cluster."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from importlib import resources
from typing import TYPE_CHECKING, Any

from lens.errors import LensError
from lens.hooks.contain import kind_of

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from lens.cases.context import Context
    from lens.cases.policy import Policy
    from lens.hooks.installed import Rules
    from lens.hooks.registry import Registry
    from lens.portfolio.inputs.pieces import Broken, Format, Piece
    from lens.portfolio.runs.record_money import Row
    from lens.portfolio.runs.screen import Screen
    from lens.readers.tables.layout import Layout


@dataclass(frozen=True, slots=True)
class Job:
    """What every unit of a run has in common. It can be sent to another process."""

    key: str
    """What tells one job from another."""
    as_of: date
    policy: Policy
    rules: Rules
    pack_folders: tuple[Path, ...] = ()
    contexts: tuple[Context, ...] = ()
    mappings: tuple[Layout, ...] = ()
    seal: str = ""
    """What the process that began the run has installed; whoever has something else takes no part in it."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of one unit."""

    records: list[Row] = field(default_factory=list)
    children: dict[str, list[Row]] = field(default_factory=dict)
    outcomes: list[Row] = field(default_factory=list)
    faults: list[tuple[int, int, str, str]] = field(default_factory=list)
    """Record (0 where it is not known which), line, what, fix."""


class OtherLensError(LensError):
    """A worker has another lens, or other packs, than the process that began the run."""


@dataclass(slots=True)
class _Bench:
    """What a process needs for a job, made once."""

    registry: Registry
    screen: Screen
    formats: dict[str, Format]
    seal: str


_BENCHES: dict[str, _Bench] = {}
"""That of the one job that this process works for, by the job's key."""


def bench(job: Job) -> _Bench:
    """What this process needs for a job; OtherLensError where it has another lens or other packs."""
    if job.key not in _BENCHES:
        _BENCHES.clear()
        _BENCHES[job.key] = _set_up(job)
    found = _BENCHES[job.key]
    if job.seal and found.seal != job.seal:
        raise OtherLensError(
            "A worker has another lens, or other packs or plugins, than this machine. "
            "Install the same on every worker, restart them, and run the same command again."
        )
    return found


def ready(job: Job) -> None:
    """Set this process up for a job, before there is anything to do."""
    bench(job)


def _set_up(job: Job) -> _Bench:
    from lens.hooks.registry import Registry
    from lens.portfolio.inputs.formats import formats
    from lens.portfolio.runs.contexts import Contexts
    from lens.portfolio.runs.screen import Screen

    registry = Registry(job.rules, packs=job.pack_folders)
    screen = Screen(registry, as_of=job.as_of, policy=job.policy, contexts=Contexts(job.contexts))
    return _Bench(registry, screen, {one.name: one for one in formats(job.mappings)}, seal_of(registry))


def seal_of(registry: Registry) -> str:
    """A digest of the lens that runs here and of every pack and plugin it has loaded."""
    from lens.cases.policy import Policy
    from lens.reviews.provenance import provenance

    made = provenance(registry, Policy(), {}, ())
    return sha256(f"{_own_digest()} {made.lens_version} {made.used} {made.blocked}".encode()).hexdigest()


@lru_cache(maxsize=1)
def _own_digest() -> str:
    """A digest of the core's own files: two that call themselves by one version can differ."""
    seal = sha256()
    stack: list[tuple[str, Any]] = [("lens", resources.files("lens"))]
    while stack:
        name, place = stack.pop()
        if place.is_dir():
            inner = sorted(place.iterdir(), key=lambda one: str(one.name))
            stack += [(f"{name}/{one.name}", one) for one in inner if one.name != "__pycache__"]
        elif name.endswith((".py", ".yaml", ".json")):
            seal.update(f"{name}\0".encode() + place.read_bytes())
    return seal.hexdigest()


def work(job: Job, format_name: str, piece: Piece, name: str) -> Done:
    """Read and check the records of one piece.

    What cannot be read is a row of `faults`, as is a fault of ours; only a worker that does not belong raises
    OtherLensError.
    """
    from lens.portfolio.inputs.pieces import Broken
    from lens.portfolio.runs.rows import UnitRows

    here = bench(job)
    rows = UnitRows()
    faults: list[tuple[int, int, str, str]] = []
    number = piece.first - 1
    try:
        for one in here.formats[format_name].read(piece, name):
            if isinstance(one, Broken):
                number = one.number or number + 1
                faults.append(fault_of(one))
                continue
            number += 1
            rows.add(number, one, here.screen.of(one))
    except Exception as reason:  # noqa: BLE001 - a fault of ours takes down one unit, and is told
        what = f"A fault in lens ({kind_of(reason)}) ended the reading of {piece.count} records after {number}."
        faults.append((number + 1, piece.line, what, "Please report it."))
    return Done(rows.records, rows.children, list(rows.outcomes), faults)


def fault_of(one: Broken) -> tuple[int, int, str, str]:
    """What could not be read, as a row."""
    return one.number, one.problem.line, one.problem.what, one.problem.fix
