"""Posts in chunks, each checked in one process."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from checkpost.engine import Engine
from checkpost.model import NotChecked, Post, PostReport

CHUNK = 32  # posts
Chunk = Sequence[Post]


def chunks(posts: Iterator[Post]) -> Iterator[Chunk]:
    """Posts, so many at a time."""
    while chunk := tuple(islice(posts, CHUNK)):
        yield chunk


def check_here(engine: Engine, chunk: Chunk) -> Sequence[PostReport]:
    """Check a chunk; a post on which that fails is reported as not checked."""
    try:
        return engine.check(chunk).posts
    except Exception as error:  # noqa: BLE001  (one post must not stop the rest)
        if len(chunk) > 1:
            return tuple(report for post in chunk for report in check_here(engine, (post,)))
        return (engine.check_post(failed(chunk[0], f"checking it failed ({type(error).__name__})")),)


def failed(post: Post, why: str) -> Post:
    """What stands in the report for a post that could not be checked."""
    fault = NotChecked("the draft", f"{why}. Please report it as a defect.")
    return replace(post, parts=(), images=(), not_checked=(*post.not_checked, fault))
