"""`checkpost approve` and `checkpost baseline`: what somebody answered for, and what was there before."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from checkpost.cli.options import ConfigOption
from checkpost.cli.streams import Exit, say, say_not_checked, stop

if TYPE_CHECKING:
    from checkpost.model import PostReport


def approve(
    draft: Annotated[Path, typer.Argument(help="The draft to approve.", show_default=False)],
    *,
    by: Annotated[str, typer.Option(help="Who approves it.", show_default=False)],
    note: Annotated[str, typer.Option(help="Why, or what was agreed.")] = "",
    post: Annotated[
        str | None, typer.Option(help="The post to approve, by its id, if the file holds several.", show_default=False)
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Record that somebody approved a draft as it stands. The record lapses when anything changes.

    Exit code 0: recorded; 1: the draft has what no approval covers; 2: it could not be checked.
    """
    from checkpost import api
    from checkpost.config import find, load
    from checkpost.errors import CheckpostError

    if not by.strip():
        stop("say who approves: --by NAME.")
    try:
        settings = load(config or find(draft))
        signed = api.approve(draft, settings, by=by.strip(), note=note.strip(), post=post)
    except CheckpostError as error:
        stop(str(error))
    except OSError as error:
        stop(f"the record cannot be written beside {draft} ({error.strerror}).")
    for report in signed.unfit:
        say(f"{report.post.name}: not approved: {_why_not(report)}")
    for report in signed.approved:
        count = len(report.findings)
        typer.echo(f"{report.post.name}: approved by {by.strip()}, with {count} finding{'s' * (count != 1)}.")
    if signed.record:
        typer.echo(f"Kept in {signed.record}. It lapses when the text, a picture or a policy changes.")
    if signed.unfit:
        unchecked = any(report.not_checked for report in signed.unfit)
        raise typer.Exit(Exit.NOT_CHECKED if unchecked else Exit.FOUND)


def _why_not(report: "PostReport") -> str:
    if report.not_checked:
        return f"{report.not_checked[0].what} was not checked ({report.not_checked[0].why})"
    forbidden = sorted({finding.concern for finding in report.findings if finding.severity.value == "block"})
    return f"a policy forbids what it holds ({', '.join(forbidden)}). Mend that first."


def baseline(
    paths: Annotated[list[Path], typer.Argument(help="The folders or files whose findings are old.")],
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="Where to write it.  [default: checkpost-baseline.json]", show_default=False
        ),
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Set aside the findings of posts that are already out, so that checks report what is new.

    Only digests are kept, never the words. Findings about staff and learners' contact are never set aside.
    """
    from checkpost import api
    from checkpost.baseline import FILE_NAME
    from checkpost.config import find, load
    from checkpost.errors import CheckpostError

    place = output or Path(FILE_NAME)
    try:
        made, report = api.make_baseline(paths, load(config or find(paths[0])), place)
    except CheckpostError as error:
        stop(str(error))
    except OSError as error:
        stop(f"{place} cannot be written ({error.strerror}).")
    typer.echo(f"{made.size} findings of {len(made.posts)} posts are set aside in {place}.")
    typer.echo(
        f'To use it: checkpost check --baseline {place}, or baseline = "{place}" under [check] in checkpost.toml.'
    )
    for post in report.posts:
        say_not_checked(post)
    if not report.complete:
        raise typer.Exit(Exit.NOT_CHECKED)
