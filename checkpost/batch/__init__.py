"""Checks many posts: in this process or, where there are enough of them, in several at once.

Posts are read as the check goes on. Nothing stops the rest: a post on which it fails is reported as not checked, and
Ctrl-C ends the run with a report on what was checked until then.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice

from checkpost.batch.chunks import CHUNK, check_here, chunks
from checkpost.engine import Engine
from checkpost.model import NotChecked, Post, PostReport, Report

__all__ = ["CHUNK", "ENOUGH", "Progress", "check"]

ENOUGH = 200  # posts for which starting workers pays
_MOST_JOBS = 8  # each holds the configuration and the models
Progress = Callable[[int], None]


def check(posts: Iterable[Post], engine: Engine, jobs: int | None = 1, progress: Progress | None = None) -> Report:
    """Check posts, in order.

    Args:
        posts: The posts; they are read as the check goes on.
        engine: What checks them, loaded.
        jobs: How many processes check; None is as many as there are cores, if there are posts enough.
        progress: Called with the number of posts checked so far.

    Returns:
        The report; `interrupted` if Ctrl-C ended the check early.
    """
    reports: list[PostReport] = []
    interrupted = False
    try:
        for checked in _checked(iter(posts), engine, jobs):
            reports.extend(checked)
            if progress:
                progress(len(reports))
    except KeyboardInterrupt:
        interrupted = True
        reports.append(engine.check_post(_rest(len(reports))))
    return replace(engine.report(reports), interrupted=interrupted)


def _checked(posts: Iterator[Post], engine: Engine, jobs: int | None) -> Iterator[Sequence[PostReport]]:
    if jobs is None:
        first = list(islice(posts, ENOUGH))
        posts = chain(first, posts)
        jobs = min(_cores(), _MOST_JOBS) if len(first) == ENOUGH else 1
    if jobs < 2:
        for chunk in chunks(posts):
            yield check_here(engine, chunk)
        return
    from checkpost.batch.workers import Workers  # noqa: PLC0415  (most runs are of a few posts)

    workers = Workers(engine, jobs)
    try:
        yield from workers.check(posts)
    finally:
        workers.end()


def _cores() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _rest(checked: int) -> Post:
    why = f"the check was interrupted after {checked:,} posts. What comes after them was not checked."
    return Post("the rest", "the rest", parts=(), not_checked=(NotChecked("the rest", why),))
