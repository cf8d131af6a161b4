"""Floor 4: a function over many items, in order and streaming, in one process or several."""

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from functools import lru_cache
from time import sleep
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

SMALLEST, BATCH = 8, 32
"""Items handed to a process at once: few at first, so that all processes soon have work and results soon come, then so many that handing
over costs little."""

HEAVIEST = 1 << 18
"""Weight from which a batch is handed over whatever the number of its items: large documents stream too."""

AHEAD = 3
"""Batches read ahead for each process: one in work, one that waits for it, and one while results are taken in order."""

_ITS_THREAD = "ExecutorManagerThread"
"""The name that joblib gives the thread which hands items to the processes."""


def _weightless(_: Any) -> int:
    return 0


def mapped(
    function: Callable[[Item], Result], items: Iterable[Item], jobs: int, weigh: Callable[[Item], int] = _weightless
) -> Iterator[Result]:
    """`function` of every item in their order; never more than `AHEAD` batches a process are read before their results are taken.

    `weigh` tells how large an item is, in characters. What `function` or `items` raise comes where its result would have come. Raises
    `ValueError` for fewer than one job.
    """
    if jobs < 1:
        raise ValueError(f"jobs is the number of processes, at least 1; {jobs} is not.")
    if jobs == 1:
        return map(function, items)
    return _in_processes(function, _batches(items, jobs, weigh), jobs)


def _in_processes(function: Callable[[Item], Result], batches: Iterable[list[Item] | Exception], jobs: int) -> Iterator[Result]:
    """By joblib's processes, which are kept for the next call. `joblib.Parallel` itself reads on while nobody takes its results."""
    from joblib.executor import get_memmapping_executor  # the one that `joblib.Parallel` shares
    from joblib.externals.loky.backend.reduction import dumps  # takes functions of a script or a notebook too

    pickled = bytes(dumps(function))
    pending: deque[Any] = deque()
    executor = None
    try:
        for batch in batches:
            with nullcontext() if pending else _uninterrupted():  # the first one starts the processes
                executor = get_memmapping_executor(jobs, initializer=_begin, initargs=(os.getpid(),))
                pending.append(executor.submit(_batch, pickled, batch) if isinstance(batch, list) else batch)
            if len(pending) == AHEAD * jobs:
                yield from _taken(pending.popleft())
        while pending:
            yield from _taken(pending.popleft())
    except KeyboardInterrupt:
        if executor is not None:
            with _unheard():
                executor.shutdown(kill_workers=True)
        raise
    finally:
        for future in pending:
            if not isinstance(future, Exception):
                future.cancel()


def _batches(items: Iterable[Item], jobs: int, weigh: Callable[[Item], int]) -> Iterator[list[Item] | Exception]:
    """The items in lists, and last the error that ended them, if one did."""
    batch: list[Item] = []
    size, weight, handed = SMALLEST, 0, 0
    try:
        for item in items:
            batch.append(item)
            weight += weigh(item)
            if len(batch) == size or weight >= HEAVIEST:
                yield batch
                batch, weight, handed = [], 0, handed + 1
                if handed % jobs == 0:
                    size = min(2 * size, BATCH)
    except Exception as error:
        yield batch
        yield error
    else:
        if batch:
            yield batch


def _batch(pickled: bytes, batch: list[Any]) -> tuple[list[bytes], Exception | None]:
    """The results of a batch, and the error that ended it, if one did.

    Each result is pickled as soon as it is there: the next one is then made in the same memory, which is still in the processor's caches.
    """
    from multiprocessing.reduction import ForkingPickler

    function, results = _unpickled(pickled), list[bytes]()
    try:
        for item in batch:
            results.append(bytes(ForkingPickler.dumps(function(item))))
    except Exception as error:
        return results, error
    return results, None


def _taken(future: Any) -> Iterator[Any]:
    from multiprocessing.reduction import ForkingPickler

    if isinstance(future, Exception):
        raise future
    results, error = future.result()
    yield from map(ForkingPickler.loads, results)
    if error is not None:
        raise error


@lru_cache(maxsize=2)
def _unpickled(pickled: bytes) -> Callable[[Any], Any]:
    """The function of a call, made once in each process: a scorer's lexicon takes long to build."""
    from joblib.externals.loky.backend.reduction import loads

    made: Callable[[Any], Any] = loads(pickled)
    return made


def _begin(parent: int) -> None:
    """A process begins: Ctrl-C, which reaches every process of a terminal, is left to the parent; killed, it takes this one along."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if os.name == "posix":  # elsewhere nobody inherits an orphan, so that nothing would be noticed
        threading.Thread(target=_follow, args=(parent,), daemon=True).start()


def _follow(parent: int) -> None:
    while os.getppid() == parent:
        sleep(1.0)
    os._exit(1)


@contextmanager
def _unheard() -> Iterator[None]:
    """What joblib's own thread says meanwhile is not printed: it now and then trips over the processes that are killed under it."""
    before = threading.excepthook

    def heard(error: threading.ExceptHookArgs) -> None:
        if error.thread is None or error.thread.name != _ITS_THREAD:
            before(error)

    threading.excepthook = heard
    try:
        yield
    finally:
        threading.excepthook = before


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Processes that start meanwhile ignore Ctrl-C from their first moment on."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
