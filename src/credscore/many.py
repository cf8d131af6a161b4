"""Floor 4: a function over many items, in order and streaming, in one process or several."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

BATCH = 64
"""Items handed to a process at once: large enough that handing over costs little, small enough to stream."""


def mapped(function: Callable[[Item], Result], items: Iterable[Item], jobs: int) -> Iterator[Result]:
    """`function` of every item in their order; never more than a few batches are read ahead.

    `function` must survive pickling if `jobs` is more than 1. Raises `ValueError` for fewer than one job.
    """
    if jobs < 1:
        raise ValueError(f"jobs is the number of processes, at least 1; {jobs} is not.")
    if jobs == 1:
        return map(function, items)
    return _in_processes(function, items, jobs)


def _in_processes(function: Callable[[Item], Result], items: Iterable[Item], jobs: int) -> Iterator[Result]:
    from joblib import Parallel, delayed

    parallel = Parallel(n_jobs=jobs, return_as="generator", pre_dispatch="2*n_jobs", batch_size=1)
    for results in parallel(delayed(_batch)(function, batch) for batch in _batches(items)):
        yield from results


def _batch(function: Callable[[Item], Result], batch: list[Item]) -> list[Result]:
    return [function(item) for item in batch]


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    source = iter(items)
    while batch := list(islice(source, BATCH)):
        yield batch
