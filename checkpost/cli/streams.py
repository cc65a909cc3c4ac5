"""What the program writes: the report to standard output, words to the person to standard error, and exit codes."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from checkpost.model import PostReport

_SECONDS_BETWEEN = 0.2  # updates of the progress


class Exit(IntEnum):
    """Exit codes. 2 beats 1: what was not checked may be worse than what was found."""

    CLEAR = 0
    FOUND = 1
    NOT_CHECKED = 2
    INTERRUPTED = 130


class Colour(StrEnum):
    """When to use colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


def wants_colour(choice: Colour, *, to_terminal: bool) -> bool:
    """`--color` over NO_COLOR over FORCE_COLOR over TERM=dumb over whether a terminal reads it."""
    if choice is not Colour.AUTO:
        return choice is Colour.ALWAYS
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return to_terminal and os.environ.get("TERM") != "dumb"


def can_print(signs: str, encoding: str | None) -> bool:
    """Whether an encoding has all of some signs."""
    try:
        signs.encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def write(text: str, output: Path | None) -> None:
    """Write a report to a file, or to standard output."""
    if output is not None:
        try:
            output.write_text(text, encoding="utf-8", errors="backslashreplace")
        except OSError as error:
            stop(f"{output} cannot be written ({error.strerror}).")
        return
    # A legacy code page must not end the run half-way: what it has no sign for is escaped.
    sys.stdout.buffer.write(text.encode(sys.stdout.encoding or "utf-8", "backslashreplace"))
    sys.stdout.flush()


@contextmanager
def progress() -> Iterator[Callable[[int], None] | None]:
    """Something to call with the number of posts checked, which a terminal shows; None where nobody looks."""
    if not sys.stderr.isatty():
        yield None
        return
    shown_at = time.monotonic()
    wrote = False

    def told(posts: int) -> None:
        nonlocal shown_at, wrote
        now = time.monotonic()
        if now - shown_at > _SECONDS_BETWEEN:
            shown_at, wrote = now, True
            sys.stderr.write(
                f"\r{posts:,} posts checked …" if can_print("…", sys.stderr.encoding) else f"\r{posts} ..."
            )
            sys.stderr.flush()

    try:
        yield told
    finally:
        if wrote:
            sys.stderr.write("\r" + " " * 40 + "\r")
            sys.stderr.flush()


def say(message: str) -> None:
    """Say something to the person, on standard error, with control characters shown and not sent."""
    from checkpost.report.look import visible

    typer.echo(f"checkpost: {visible(message)}", err=True)


def say_not_checked(post: "PostReport") -> None:
    """Say of a post what could not be checked: that is never a pass."""
    for item in post.not_checked:
        say(f"{post.post.name}: not checked: {item.what}: {item.why}")


def stop(message: str) -> NoReturn:
    """Say what is wrong, and end: nothing was checked."""
    say(message)
    raise typer.Exit(Exit.NOT_CHECKED)
