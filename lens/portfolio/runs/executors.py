"""Who does the work of a run: this process, several on this machine, or a Dask cluster. The work is the same."""

from __future__ import annotations

import logging
import os
import signal
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING, Any

from lens.errors import LensError, MissingExtraError
from lens.portfolio.runs.work import Done, bench, ready, work

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future, ProcessPoolExecutor

    from lens.portfolio.inputs.pieces import Piece
    from lens.portfolio.runs.work import Job

AHEAD = 2
"""Pieces in hand for each worker beside the one it works on: none waits, and memory stays flat."""


@dataclass(frozen=True, slots=True)
class Task:
    """One unit to do."""

    input: int
    format: str
    piece: Piece
    name: str


ANSWER = 15
"""Seconds that a scheduler has to answer."""
PATIENCE = 30
"""Seconds that a scheduler has to show a worker."""

Doing = tuple[Task, Done]


def in_turn(job: Job, tasks: Iterator[Task]) -> Iterator[Doing]:
    """In this process, one after the other."""
    for task in tasks:
        yield task, work(job, task.format, task.piece, task.name)


def side_by_side(job: Job, tasks: Iterator[Task], workers: int) -> Iterator[Doing]:
    """In several processes of this machine, in the order in which they are done.

    Where a process is lost, what all had in hand is done again, one unit at a time, so that only the unit that takes
    a process down is lost.
    """
    from concurrent.futures import FIRST_COMPLETED, wait
    from concurrent.futures.process import BrokenProcessPool

    job = replace(job, seal=bench(job).seal)
    is_over = False
    while not is_over:
        running: dict[Future[Done], Task] = {}
        pool = _pool(workers)
        for _ in range(workers):
            pool.submit(ready, job)  # so that every process is ready by the time that the first unit is cut
        try:
            while not is_over or running:
                while not is_over and len(running) < workers * (1 + AHEAD):
                    if (task := next(tasks, None)) is None:
                        is_over = True
                    else:
                        running[_submit(pool, job, task)] = task
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    done = future.result()
                    yield running.pop(future), done
        except BrokenProcessPool:
            for task in running.values():
                yield task, _alone(job, task)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _pool(workers: int) -> ProcessPoolExecutor:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # spawn, on every system: a forked copy of a process that has threads may hang.
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_begin)


def _begin() -> None:
    """Have a process of ours end with the one that began it, however that ends, and leave Ctrl-C to it."""
    from multiprocessing import parent_process
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if (parent := parent_process()) is not None:
        Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)  # from a thread nothing gentler ends a process


def _submit(pool: ProcessPoolExecutor, job: Job, task: Task) -> Future[Done]:
    return pool.submit(work, job, task.format, task.piece, task.name)


def _alone(job: Job, task: Task) -> Done:
    """A unit in a process of its own, which may be lost with it."""
    from concurrent.futures.process import BrokenProcessPool

    with _pool(1) as pool:
        try:
            return _submit(pool, job, task).result()
        except BrokenProcessPool:
            return _lost(task)


def _lost(task: Task) -> Done:
    first, last = task.piece.first, task.piece.first + task.piece.count - 1
    what = f"The process that read records {first} to {last} ended without a word, each time it was begun."
    fix = "Look at the memory of the machine; once that is mended, run the same command again with --again."
    return Done(faults=[(first, task.piece.line, what, fix)])


def on_cluster(job: Job, tasks: Iterator[Task], address: str) -> Iterator[Doing]:
    """On the workers of a Dask scheduler, in the order in which they are done.

    What a lost worker had in hand, the scheduler gives to another. LensError where the scheduler cannot be reached;
    OtherLensError where a worker has another lens or other packs.
    """
    try:
        from distributed import Client
    except ImportError:
        raise MissingExtraError("Running on a cluster", "cluster") from None
    job = replace(job, seal=bench(job).seal)
    with _silent():
        client = _connected(Client, address)
        try:
            yield from _on(client, job, tasks)
        finally:
            client.close()


@contextmanager
def _silent() -> Iterator[None]:
    """Keep Dask from telling the terminal that a worker was lost: what it had in hand is done by another."""
    logger = logging.getLogger("distributed.client")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)


def _connected(client: Any, address: str) -> Any:
    try:
        made = client(address, timeout=ANSWER, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as reason:
        raise LensError(
            f"There is no Dask scheduler at {address[:100]} that answers ({type(reason).__name__}). "
            "Begin one with `dask scheduler`, and workers with `dask worker ADDRESS`."
        ) from None
    try:
        made.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        made.close()
        raise LensError(
            f"The scheduler at {address[:100]} has no workers. Begin some with `dask worker {address[:100]}`."
        ) from None
    return made


def _on(client: Any, job: Job, tasks: Iterator[Task]) -> Iterator[Doing]:
    import distributed

    as_completed: Any = distributed.as_completed

    running: dict[str, Task] = {}
    numbers = count()

    def submit() -> Any:
        task = next(tasks, None)
        if task is None:
            return None
        key = f"lens-{task.input}-{task.piece.first}-{next(numbers)}"
        running[key] = task
        return client.submit(work, job, task.format, task.piece, task.name, key=key, pure=False)

    workers = max(1, len(client.scheduler_info(n_workers=-1)["workers"]))
    try:
        first = [future for _ in range(workers * (1 + AHEAD)) if (future := submit()) is not None]
        found = as_completed(first, loop=client.loop)
        for future in found:
            done = _done(running[future.key], future)
            yield running.pop(future.key), done
            future.release()
            if (more := submit()) is not None:
                found.add(more)
    except (OSError, TimeoutError, distributed.CancelledError) as reason:
        raise LensError(
            f"The connection to the cluster was lost ({type(reason).__name__}). What was done until then is kept: "
            "run the same command again."
        ) from None


def _done(task: Task, future: Any) -> Done:
    from distributed import KilledWorker

    try:
        result: Done = future.result()
    except KilledWorker:
        return _lost(task)
    return result
