"""Reading many files at once in other processes, so that no file can take the build down with it."""

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from dataclasses import dataclass
from functools import partial

from etl import archive, spawning
from etl.readers import sniffing
from etl.readers.scan import MAX_PAGES
from etl.reading import Packed, read_file

# What any filing may take on a slow machine, and each of its scanned pages beyond; no scanned page of print is smaller.
_SECONDS, _SECONDS_A_PAGE = 60, 10
_PAGE_BYTES = 10_000
_MEMORY = 3 << 30
_AHEAD = 64

MakeExecutor = Callable[[], Executor]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file: its readings, or the sentence that says why it is refused.

    `lasting` is False where the file could not be had, and the next build may be luckier.
    """

    address: str
    packed: tuple[Packed, ...]
    refusal: str = ""
    lasting: bool = True


class _Stuck(Exception):
    """No file was finished within the time that the slowest may take."""


def processes() -> Executor:
    """A pool of as many processes as there are processors, each with bounded memory."""
    return ProcessPoolExecutor(mp_context=spawning.CONTEXT, initializer=_bound_memory)


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:
        # Windows has no such limit; the size of files is capped by the readers there as well.
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def read_all(paths: list[str], make: MakeExecutor = processes) -> Iterator[Outcome]:
    """What became of every file, as they are finished, each once.

    When a process dies or hangs, the files under way are read again one at a time, and the one at fault is refused.
    A file that cannot be opened, because it is gone or being written, is worth another try.
    """
    waiting = list(paths)
    while waiting:
        done: set[str] = set()
        executor = make()
        try:
            for outcome in _through(executor, waiting):
                done.add(outcome.address)
                yield outcome
            executor.shutdown()
            return
        except (BrokenExecutor, _Stuck):
            _end(executor)
        suspects = [path for path in waiting if path not in done]
        yield from (_alone(path, make) for path in suspects[:_AHEAD])
        waiting = suspects[_AHEAD:]


def _through(executor: Executor, paths: list[str]) -> Iterator[Outcome]:
    """Keep a bounded number of files under way, in order, so that what a death takes along is known."""
    pending: dict[Future[tuple[Packed, ...]], str] = {}
    upcoming = iter(paths)
    for path in upcoming:
        pending[executor.submit(read_file, path)] = path
        if len(pending) >= _AHEAD:
            yield from _finished(pending)
    while pending:
        yield from _finished(pending)


def _finished(pending: dict[Future[tuple[Packed, ...]], str]) -> Iterator[Outcome]:
    finished, _ = wait(pending, _SECONDS, FIRST_COMPLETED)
    if not finished:
        finished, _ = wait(pending, max(map(_further_seconds, _under_way(pending))), FIRST_COMPLETED)
    if not finished:
        raise _Stuck
    for future in finished:
        path = pending.pop(future)
        yield _outcome(path, future.result)


def _under_way(pending: dict[Future[tuple[Packed, ...]], str]) -> list[str]:
    """The files that are being read, all where the executor does not tell."""
    return [path for future, path in pending.items() if future.running()] or list(pending.values())


def _further_seconds(address: str) -> float:
    """How much longer than others a file may take: as long as the scanned pages that it has room for."""
    try:
        data = archive.content(address)
    except OSError:
        return 0
    return _SECONDS_A_PAGE * min(sniffing.pictures(data), len(data) // _PAGE_BYTES, MAX_PAGES)


def _outcome(path: str, result: Callable[[], tuple[Packed, ...]]) -> Outcome:
    try:
        return Outcome(path, result())
    except OSError:
        return Outcome(path, (), lasting=False)


def _alone(path: str, make: MakeExecutor) -> Outcome:
    executor = make()
    try:
        outcome = next(_through(executor, [path]))
        executor.shutdown()
    except (BrokenExecutor, _Stuck):
        _end(executor)
        message = "读取这个文件时超时或内存不足，已跳过；请另存为 .docx 或文字版 .pdf 后重新提交"
        outcome = Outcome(path, (), message)
    return outcome


def _end(executor: Executor) -> None:
    executor.shutdown(wait=False, cancel_futures=True)
    for process in multiprocessing.active_children():
        process.terminate()


def in_process(paths: list[str]) -> Iterator[Outcome]:
    """The same for a few files, without the cost of starting processes."""
    for path in paths:
        yield _outcome(path, partial(read_file, path))
