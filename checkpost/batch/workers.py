"""Processes that check posts side by side.

Posts stream to the workers in chunks and come back in order. A chunk whose worker crashed is tried again alone, then
post by post, and the post that crashes it is reported as not checked.

Workers are started afresh ("spawn"), as Windows and macOS do it, and each loads the configuration once: a program that
calls this with more than one job needs the usual `if __name__ == "__main__":`.
"""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import replace

from checkpost.batch.chunks import Chunk, check_here, chunks, failed
from checkpost.config import Config
from checkpost.engine import Engine
from checkpost.garbage import collect_seldom
from checkpost.model import Post, PostReport

_AHEAD = 3  # chunks in hand for each worker
_LEFT_OUT = Post("", "", ())


class Workers:
    """The processes that check. They are started anew where one of them crashed."""

    def __init__(self, engine: Engine, jobs: int) -> None:
        self._engine = engine
        self._jobs = jobs
        self._pool = _pool(engine.config, jobs)
        self._alone: ProcessPoolExecutor | None = None

    def check(self, posts: Iterator[Post]) -> Iterator[Sequence[PostReport]]:
        """Check posts, in order; only so many of them are in hand at a time."""
        can_start = self._can_start()
        waiting: deque[tuple[Chunk, Future[Sequence[PostReport]] | None]] = deque()
        for chunk in chunks(posts):
            waiting.append((chunk, self._submit(chunk) if can_start else None))
            if len(waiting) >= self._jobs * _AHEAD or not can_start:
                yield self._result(*waiting.popleft())
        while waiting:
            yield self._result(*waiting.popleft())

    def end(self) -> None:
        """Let the workers go, once they have finished what they are at."""
        for pool in filter(None, (self._pool, self._alone)):
            pool.shutdown(wait=True, cancel_futures=True)

    def _can_start(self) -> bool:
        """Whether workers start at all here; where they do not, everything is checked in this process."""
        try:
            with _no_interruption():
                started = self._pool.submit(_is_there)
            return started.result()
        except (BrokenProcessPool, OSError):
            return False

    def _submit(self, chunk: Chunk) -> Future[Sequence[PostReport]]:
        with _no_interruption():
            try:
                return self._pool.submit(_in_worker, chunk)
            except BrokenProcessPool:
                self._pool = _pool(self._engine.config, self._jobs)
                return self._pool.submit(_in_worker, chunk)

    def _result(self, chunk: Chunk, future: Future[Sequence[PostReport]] | None) -> Sequence[PostReport]:
        try:
            return _whole(chunk, future.result()) if future else check_here(self._engine, chunk)
        except BrokenProcessPool:
            return self._retry(chunk)
        except Exception:  # noqa: BLE001  (it could not be passed to or from the worker)
            return check_here(self._engine, chunk)

    def _retry(self, chunk: Chunk) -> Sequence[PostReport]:
        """Check a chunk whose worker crashed, maybe over another chunk: alone, then each of its posts alone."""
        with _no_interruption():
            self._alone = self._alone or _pool(self._engine.config, 1)
            future = self._alone.submit(_in_worker, chunk)
        try:
            return _whole(chunk, future.result())
        except BrokenProcessPool:
            self._alone = None
        if len(chunk) > 1:
            return tuple(report for post in chunk for report in self._retry((post,)))
        return (self._engine.check_post(failed(chunk[0], "the process that checked it crashed")),)


def _pool(config: Config, jobs: int) -> ProcessPoolExecutor:
    spawn = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, mp_context=spawn, initializer=_start, initargs=(config,))
    # All of them now: a worker that starts while the crash of another is cleared up would be waited for in vain.
    with _no_interruption():
        for _ in range(jobs):
            pool.submit(_is_there)
    return pool


@contextmanager
def _no_interruption() -> Iterator[None]:
    """Hold Ctrl-C back while workers start: they take over that it is held back, and leave it to this process."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_engines: list[Engine] = []  # a worker's one engine


def _start(config: Config) -> None:
    """Make a worker ready: Ctrl-C is for the process that started it, and it ends when that one is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    collect_seldom()
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _engines.append(Engine.of(config))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _is_there() -> bool:
    return bool(_engines)


def _in_worker(chunk: Chunk) -> Sequence[PostReport]:
    """Reports without the posts, which whoever asked has: passing them back takes its time."""
    reports = check_here(_engines[0], chunk)
    return tuple(replace(report, post=_LEFT_OUT) for report in reports)


def _whole(chunk: Chunk, reports: Sequence[PostReport]) -> Sequence[PostReport]:
    return tuple(replace(report, post=post) for report, post in zip(reports, chunk, strict=True))
