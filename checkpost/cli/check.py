"""`checkpost check`: drafts in, report and exit code out."""

import shutil
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checkpost.cli.options import ConfigOption
from checkpost.cli.streams import Colour, Exit, can_print, progress, say, stop, wants_colour, write

if TYPE_CHECKING:
    from checkpost.config import Config
    from checkpost.model import Report


class Format(StrEnum):
    """Formats of the report."""

    TERMINAL = "terminal"
    JSON = "json"


class Level(StrEnum):
    """Severities, gravest first."""

    BLOCK = "block"
    REVIEW = "review"
    ADVISE = "advise"


class Sureness(StrEnum):
    """Confidences, surest first."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Drafts (.md, .txt, .docx, .html, .eml, .csv, .xlsx, .json, .jsonl), pictures, or folders of them; "
            "- is standard input.",
            show_default=False,
        ),
    ] = None,
    *,
    output_format: Annotated[Format, typer.Option("--format", help="How to show the report.")] = Format.TERMINAL,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write the report to this file.", show_default=False)
    ] = None,
    config: ConfigOption = None,
    fail_on: Annotated[
        Level | None, typer.Option(help="Exit with 1 from this severity on.  [default: review]", show_default=False)
    ] = None,
    min_severity: Annotated[
        Level | None, typer.Option(help="Leave lesser findings out of the report.", show_default=False)
    ] = None,
    min_confidence: Annotated[
        Sureness | None, typer.Option(help="Leave less certain findings out of the report.", show_default=False)
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option(help='Leave out what "checkpost baseline" set aside.', show_default=False)
    ] = None,
    include: Annotated[
        list[str] | None,
        typer.Option(help="Of a folder, check only files like this (*.csv); may be repeated.", show_default=False),
    ] = None,
    exclude: Annotated[
        list[str] | None,
        typer.Option(help="Of a folder, leave out files or folders like this; may be repeated.", show_default=False),
    ] = None,
    csv_map: Annotated[
        list[str] | None,
        typer.Option(help="Which columns of a table hold what: text=Caption,alt=Alt.", show_default=False),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(min=1, help="Processes to use.  [default: one per core, for large folders]", show_default=False),
    ] = None,
    show_matches: Annotated[
        bool, typer.Option("--show-matches", help="Show the words found in full where they would be masked.")
    ] = False,
    stdin_filename: Annotated[
        str | None,
        typer.Option(
            help="Name of the draft on standard input: gives its format and its settings.", show_default=False
        ),
    ] = None,
    color: Annotated[Colour, typer.Option("--color", help="Use colour.")] = Colour.AUTO,
) -> None:
    """Check drafts, and say: post it, get approval first, or do not post.

    Exit code 0: all was checked and nothing found; 1: something was found; 2: something could not be checked.
    """
    from dataclasses import replace

    from checkpost import api
    from checkpost.errors import CheckpostError

    places = paths or []
    if not places and sys.stdin.isatty():
        stop('name a draft, such as "checkpost check draft.md", or pipe one in: "checkpost check -".')
    stdin = not places or Path("-") in places
    if stdin and len(places) > 1:
        stop('"-" (standard input) goes alone: check the files in another run.')
    start = Path(stdin_filename) if stdin and stdin_filename else None if stdin else places[0]
    try:
        settings = _settings(config, start, fail_on, min_severity, min_confidence)
        if baseline:
            settings = replace(settings, baseline=baseline.resolve())
        settings = _chosen_drafts(settings, include or (), exclude or (), csv_map or ())
        if stdin:
            report = api.check_stdin(sys.stdin.buffer.read(), stdin_filename, settings)
        else:
            with progress() as told:
                report = api.check(places, settings, jobs, told)
    except CheckpostError as error:
        stop(str(error))
    write(_render(report, output_format, output, color, show_matches=show_matches), output)
    _tell(report, settings, output_format)
    if report.interrupted:
        raise typer.Exit(Exit.INTERRUPTED)
    if not report.complete:
        raise typer.Exit(Exit.NOT_CHECKED)
    if report.reaches(settings.fail_on):
        raise typer.Exit(Exit.FOUND)


def _settings(
    config: Path | None, start: Path | None, fail_on: Level | None, severity: Level | None, sureness: Sureness | None
) -> "Config":
    from dataclasses import replace

    from checkpost.config import find, load
    from checkpost.model import Confidence, Severity

    settings = load(config or find(start))
    return replace(
        settings,
        fail_on=Severity(fail_on) if fail_on else settings.fail_on,
        min_severity=Severity(severity) if severity else settings.min_severity,
        min_confidence=Confidence(sureness) if sureness else settings.min_confidence,
    )


def _chosen_drafts(
    settings: "Config", include: Sequence[str], exclude: Sequence[str], csv_map: Sequence[str]
) -> "Config":
    """The settings with what the options say of which drafts to read, and how."""
    if not (include or exclude or csv_map):
        return settings
    from dataclasses import replace

    from checkpost.drafts.columns import parse_map

    return replace(settings, include=tuple(include), exclude=tuple(exclude), columns=parse_map(csv_map))


def _render(report: "Report", output_format: Format, output: Path | None, color: Colour, *, show_matches: bool) -> str:
    to_terminal = output is None and sys.stdout.isatty()
    if output_format is Format.JSON:
        from checkpost.report import json_v1

        return json_v1.render(report, show_matches=show_matches)
    from checkpost.report import terminal
    from checkpost.report.look import Look

    look = Look(
        colour=wants_colour(color, to_terminal=to_terminal),
        ascii=output is None and not can_print("│✖▲●•…·×", sys.stdout.encoding),
        show_matches=show_matches or to_terminal,
        width=min(shutil.get_terminal_size((100, 24)).columns, 120) if to_terminal else 100,
    )
    return terminal.render(report, look)


def _tell(report: "Report", settings: "Config", output_format: Format) -> None:
    """Notes for the person, on standard error."""
    if not report.posts:
        from checkpost.drafts.formats import kinds

        say(f"no draft was found there. Drafts end in {kinds()}; pictures are checked too.")
    if output_format is not Format.TERMINAL:
        for post in report.posts:
            for item in post.not_checked:
                say(f"{post.post.name}: not checked: {item.what}: {item.why}")
    if settings.path is None:
        say(
            "no checkpost.toml was found, so the five policies that ship are in force, and your organisation's people "
            'and names are not known. Run "checkpost init" to set up your own.'
        )
