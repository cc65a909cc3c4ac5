"""Mends one draft: puts fixes in, checks the result, and goes on until nothing more can be mended.

What fixes don't touch stays byte for byte as it is. A draft that cannot be read, or changed without loss, comes out as
it went in, and the report says why.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from checkpost.drafts import folder, formats
from checkpost.drafts.ignored import Choice
from checkpost.engine import Engine
from checkpost.errors import InputError
from checkpost.fix.edits import Edit, apply, choose, without_year
from checkpost.fix.source import KINDS, Slot, Source, suffix_of
from checkpost.model import PUBLISHED, Post, PostReport, Report

_IDENTIFIABLE = "people/learner-identifiable"
_MOST_PASSES = 8  # the second pass is nearly always the last: a replacement can uncover what overlapped it

Read = Callable[[bytes], Iterable[Post]]


@dataclass(frozen=True, slots=True)
class Fixed:
    """A draft before and after, the edits that were made, and the report of what came out.

    `fault` says why the draft could not be changed, if it could not.
    """

    before: bytes
    after: bytes
    report: Report
    edits: tuple[Edit, ...] = ()
    fault: str | None = None


def fix_stdin(data: bytes, filename: str | None, engine: Engine, *, unsafe: bool = False) -> Fixed:
    """Mend what came on standard input; `filename` gives its format and the name to show."""
    return _fix(data, lambda given: formats.read_stdin(given, filename), suffix_of(filename), engine, unsafe=unsafe)


def fix_file(path: Path, engine: Engine, *, unsafe: bool = False) -> Fixed:
    """Mend a file's draft, without writing it."""
    if path.suffix.casefold() not in KINDS:
        why = f"a draft of this kind cannot be changed here ({', '.join(KINDS)} can)."
        return Fixed(b"", b"", engine.check([formats.unreadable(str(path), why)]))
    try:
        data = path.read_bytes()
    except OSError:
        return Fixed(b"", b"", engine.check(formats.read_file(path)))
    return _fix(
        data,
        lambda given: formats.read_stdin(given, str(path)),
        path.suffix,
        engine,
        unsafe=unsafe,
    )


def _fix(data: bytes, read: Read, suffix: str, engine: Engine, *, unsafe: bool) -> Fixed:
    posts = list(read(data))
    report, after, made = engine.check(posts), data, []
    try:
        for _ in range(_MOST_PASSES):
            chosen = [_chosen(each, engine, unsafe=unsafe) for each in report.posts]
            if not any(chosen):
                break
            written, edits = _written(after, posts, chosen, read, suffix)
            if not edits:
                break
            result = engine.check(read(written))
            guarded = [*map(_guarded, chosen, report.posts, result.posts)]
            if guarded != chosen:
                chosen = guarded
                written, edits = _written(after, posts, chosen, read, suffix)
                result = engine.check(read(written))
            made.extend(edits)
            after, report = written, result
            posts = [each.post for each in report.posts]
    except InputError as error:
        return Fixed(data, after, report, tuple(made), str(error))
    return Fixed(data, after, report, tuple(made))


def drafts_of(places: Iterable[Path], passed_over: frozenset[Path] = frozenset()) -> Iterator[Path]:
    """The files named, and those of the folders named that can be changed, but for the files passed over.

    Raises:
        InputError: A folder cannot be listed.
    """
    for place in places:
        if not place.is_dir():
            yield place
            continue
        found = folder.find(place, Choice(passed_over=passed_over))
        for fault in found.faults:
            raise InputError(f"{fault.source}: {fault.not_checked[0].why}")
        yield from (path for path in found.drafts if path.suffix.casefold() in KINDS)


_Chosen = dict[str, tuple[Edit, ...]]


def _guarded(chosen: _Chosen, before: PostReport, after: PostReport) -> _Chosen:
    """The edits without learners' years, where these would be one detail too many and point to one child."""
    was, is_now = (sum(f.concern == _IDENTIFIABLE for f in report.findings) for report in (before, after))
    return {name: tuple(map(without_year, edits)) for name, edits in chosen.items()} if is_now > was else chosen


def _chosen(report: PostReport, engine: Engine, *, unsafe: bool) -> _Chosen:
    """The edits of a post, by part; parts without any left out."""
    found = {
        part.name: choose(part, report.findings, unsafe=unsafe, is_own=engine.knowledge.owns_domain)
        for part in report.post.parts
        if part.kind in PUBLISHED
    }
    return {name: edits for name, edits in found.items() if edits}


def _written(
    data: bytes, posts: Sequence[Post], chosen: Sequence[_Chosen], read: Read, suffix: str
) -> tuple[bytes, list[Edit]]:
    """The file with the edits in it, and those edits: all of them, or those of the posts' own texts alone.

    Raises:
        InputError: The file cannot be changed without loss.
    """
    source = Source.of(data, posts, suffix)
    for only_text in (False, True):
        wanted = [{n: e for n, e in edits.items() if n == "text" or not only_text} for edits in chosen]
        changes, edits = _changes(source, posts, wanted)
        written = source.written(changes)
        if _texts(read(written)) == [*_expected(posts, source, wanted)]:
            return written, edits
    raise InputError("it is written in a way that cannot be changed without loss: change what is found by hand.")


def _changes(
    source: Source, posts: Sequence[Post], wanted: Sequence[_Chosen]
) -> tuple[list[tuple[Slot, str]], list[Edit]]:
    changes: list[tuple[Slot, str]] = []
    made: list[Edit] = []
    for post, edits, slots in zip(posts, wanted, source.slots, strict=True):
        for part in post.parts:
            if part.name in edits and part.name in slots:
                changes.append((slots[part.name], apply(part.source, edits[part.name])))
                made.extend(edits[part.name])
    return changes, made


def _expected(
    posts: Sequence[Post], source: Source, wanted: Sequence[_Chosen]
) -> Iterator[tuple[tuple[str, str], ...]]:
    """The texts that must be read from what is written: the edited ones, and all others as they were."""
    for post, edits, slots in zip(posts, wanted, source.slots, strict=True):
        yield tuple(
            (part.name, apply(part.source, edits.get(part.name, ()) if part.name in slots else ()))
            for part in post.parts
        )


def _texts(posts: Iterable[Post]) -> list[tuple[tuple[str, str], ...]]:
    return [tuple((part.name, part.source) for part in post.parts) for post in posts]
