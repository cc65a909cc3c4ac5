"""`checkpost fix`: drafts in, mended drafts out; with `--images`, pictures in, clean copies out."""

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checkpost.cli.options import ConfigOption, StdinFilenameOption
from checkpost.cli.streams import Exit, say, say_not_checked, stop
from checkpost.report.look import visible

if TYPE_CHECKING:
    from checkpost.config import Config
    from checkpost.engine import Engine
    from checkpost.fix.draft import Fixed
    from checkpost.fix.pictures import Cleaned
    from checkpost.model import Report


def fix(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Drafts (.md, .txt, .json, .jsonl) or folders of them; - is standard input. With --images: pictures,"
            " clips, drafts that name them, or folders.",
            show_default=False,
        ),
    ] = None,
    *,
    diff: Annotated[bool, typer.Option("--diff", help="Show what would change, and change nothing.")] = False,
    in_place: Annotated[bool, typer.Option("--in-place", help="Write the changes into the files.")] = False,
    images: Annotated[
        bool,
        typer.Option(
            "--images", help="Write copies of pictures without location, names, owner, serial numbers and previews."
        ),
    ] = False,
    output_dir: Annotated[
        Path | None, typer.Option(help="Folder for the copies of pictures.", show_default=False)
    ] = None,
    rename: Annotated[
        bool, typer.Option("--rename", help="Give a neutral name to copies of pictures whose name names somebody.")
    ] = False,
    unsafe_fixes: Annotated[
        bool, typer.Option("--unsafe-fixes", help="Put in the fixes that you should look at, too.")
    ] = False,
    stdin_filename: StdinFilenameOption = None,
    config: ConfigOption = None,
) -> None:
    """Mend drafts: mask identifiers, replace learners' names, add a disclaimer, take tracking out of links.

    A single draft goes to standard output; several need --diff or --in-place. With --images, write clean copies of
    pictures (photo-clean.jpg) and leave the originals alone.

    Exit code 0: nothing is left that matters; 1: something is left; 2: something could not be read or changed.
    """
    places = paths or []
    if diff and in_place:
        stop("choose --diff, which changes nothing, or --in-place.")
    if images:
        if diff or (in_place and (output_dir or rename)):
            stop("--images writes copies, into --output-dir if you name one, or cleans --in-place: choose one.")
        raise typer.Exit(_pictures(places, config, output_dir, in_place=in_place, rename=rename))
    if output_dir or rename:
        stop("--output-dir and --rename are for pictures: add --images.")
    if (not places and not sys.stdin.isatty()) or places == [Path("-")]:
        if in_place:
            stop("standard input has no place to write to: leave out --in-place, or name the file.")
        raise typer.Exit(_filter(stdin_filename, config, diff=diff, unsafe=unsafe_fixes))
    if not places:
        stop('name a draft, such as "checkpost fix --diff draft.md", or pipe one in: "checkpost fix -".')
    if Path("-") in places:
        stop('"-" (standard input) goes alone: mend the files in another run.')
    raise typer.Exit(_files(places, config, diff=diff, in_place=in_place, unsafe=unsafe_fixes))


def _filter(filename: str | None, config: Path | None, *, diff: bool, unsafe: bool) -> int:
    """Mend standard input. Whatever goes wrong, what came in goes out: an editor puts it in the text's place."""
    from checkpost.fix.draft import fix_stdin

    data = sys.stdin.buffer.read()
    try:
        settings, engine = _engine(config, Path(filename) if filename else None)
        fixed = fix_stdin(data, filename, engine, unsafe=unsafe)
    except Exception as error:  # noqa: BLE001  (nothing may be lost, whatever failed)
        if not diff:
            _put(data)
        say(f"nothing was changed: {_reason(error)}")
        return Exit.NOT_CHECKED
    if diff:
        _show_diff(fixed, filename or "<stdin>")
    else:
        _put(fixed.after)
    return _tell([fixed], settings)


def _reason(error: Exception) -> str:
    from checkpost.errors import CheckpostError

    if isinstance(error, CheckpostError):
        return str(error)
    return f"this failed ({type(error).__name__}). Please report it as a defect."  # its words may quote the draft


def _files(places: list[Path], config: Path | None, *, diff: bool, in_place: bool, unsafe: bool) -> int:
    from checkpost.errors import CheckpostError
    from checkpost.fix import files
    from checkpost.fix.draft import drafts_of, fix_file

    try:
        settings, engine = _engine(config, places[0])
        drafts = list(drafts_of(places, frozenset(settings.files)))
    except CheckpostError as error:
        stop(str(error))
    if len(drafts) != 1 and not (diff or in_place):
        stop("several drafts need --diff, to see the changes, or --in-place, to make them.")
    done, failed = [], False
    for path in drafts:
        fixed = fix_file(path, engine, unsafe=unsafe)
        done.append(fixed)
        if diff:
            _show_diff(fixed, str(path))
        elif not in_place:
            _put(fixed.after)
        elif fixed.after != fixed.before:
            try:
                files.write(path, fixed.after)
            except CheckpostError as error:
                say(str(error))
                failed = True
    code = _tell(done, settings)
    return Exit.NOT_CHECKED if failed or not drafts else code


def _pictures(places: list[Path], config: Path | None, output_dir: Path | None, *, in_place: bool, rename: bool) -> int:
    from functools import partial

    from checkpost.errors import CheckpostError
    from checkpost.fix import pictures

    if not places or Path("-") in places:
        stop('name a picture, such as "checkpost fix --images photo.jpg", or a draft or folder that has some.')
    if output_dir and not output_dir.is_dir():
        stop(f"there is no folder {output_dir}: make it first.")
    try:
        _, engine = _engine(config, places[0])
        found = list(pictures.pictures_of(places))
    except CheckpostError as error:
        stop(str(error))
    if not found:
        stop("no picture was found there.")
    choices = pictures.Choices(output_dir, in_place=in_place, rename=rename)
    code = Exit.CLEAR
    for path in found:
        cleaned = pictures.clean(path, choices, partial(pictures.names_somebody, engine))
        _tell_picture(cleaned)
        if cleaned.fault:
            code = Exit.NOT_CHECKED
        elif cleaned.names_somebody and code is Exit.CLEAR:
            code = Exit.FOUND
    return code


def _tell_picture(cleaned: "Cleaned") -> None:
    """A line for each picture on standard output; what needs a person, on standard error."""
    if cleaned.fault:
        say(f"{cleaned.source}: not cleaned: {cleaned.fault}")
        return
    to = f" -> {cleaned.copy}" if cleaned.copy not in (None, cleaned.source) else ""
    done = f"took out {', '.join(cleaned.removed)}" if cleaned.removed else "nothing to take out"
    kept = f"; kept {', '.join(cleaned.kept)}" if cleaned.kept else ""
    _put((visible(f"{cleaned.source}{to}: {done}{kept}.") + "\n").encode(sys.stdout.encoding, "backslashreplace"))
    if cleaned.names_somebody:
        say(f"{cleaned.copy}: the file's name seems to name somebody: --rename gives the copy a neutral one.")


def _engine(config: Path | None, start: Path | None) -> "tuple[Config, Engine]":
    from checkpost.config import find, load
    from checkpost.engine import Engine

    settings = load(config or find(start))
    return settings, Engine.of(settings)


def _put(data: bytes) -> None:
    sys.stdout.buffer.write(data)
    sys.stdout.flush()


def _show_diff(fixed: "Fixed", name: str) -> None:
    from checkpost.fix.diff import unified

    _put(unified(fixed.before, fixed.after, name).encode("utf-8", "backslashreplace"))


def _tell(done: "list[Fixed]", settings: "Config") -> int:
    """Say on standard error what was changed and what is left; the exit code."""
    from checkpost.fix.edits import TRACKING

    code = Exit.CLEAR
    for fixed in done:
        source = fixed.report.posts[0].post.source if fixed.report.posts else ""
        places = Counter(
            (f":{edit.line}" if edit.part == "text" else f": {edit.part}", edit.concern) for edit in fixed.edits
        )
        for (place, concern), count in places.items():
            times = f" in {count} places" if count > 1 else ""
            say(f"{source}{place}: {'took out' if concern == TRACKING else 'mended'} {concern}{times}.")
        if fixed.fault:
            say(f"{source}: {fixed.fault}")
        _tell_rest(fixed.report)
        if fixed.fault or not fixed.report.complete:
            code = Exit.NOT_CHECKED
        elif fixed.report.reaches(settings.fail_on) and code is Exit.CLEAR:
            code = Exit.FOUND
    changed = sum(len(fixed.edits) for fixed in done)
    left = sum(len(fixed.report.findings) for fixed in done)
    say(f"changes made: {changed}; findings left: {left}.")
    return code


def _tell_rest(report: "Report") -> None:
    for post in report.posts:
        for finding in post.findings:
            place = f":{finding.place.line}:{finding.place.column}" if finding.place and finding.part == "text" else ""
            part = "" if finding.part == "text" else f" {finding.part}:"
            why = " Markup stands there: change it by hand." if finding.fix and finding.fix.splits_markup else ""
            say(f"{post.post.source}{place}:{part} left: {finding.severity}[{finding.concern}] {finding.message}{why}")
        say_not_checked(post)
