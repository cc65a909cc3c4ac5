"""Findings that somebody allowed: by `[[allow]]` in checkpost.toml, or by a comment in a Markdown draft.

    <!-- checkpost: allow people/learner "consent 2026-114" by "A. Rao" until 2027-07-31 -->

An `[[allow]]` covers one term for one concern. A comment covers the next finding of its concern, and no more: nobody
can switch a safeguarding concern off in bulk. A reason is always asked for, and what is unused or out of date is said.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from checkpost.concerns import vocabulary
from checkpost.config import Allow, Config
from checkpost.errors import DataError, nearest
from checkpost.model import Finding, Markup, Part, Suppressed
from checkpost.text.offsets import LineIndex
from checkpost.text.words import fold

_COMMENT = re.compile(r"<!--\s{0,20}checkpost:(.{0,500}?)-->", re.DOTALL)
_ALLOW = re.compile(
    r'\s{0,9}allow\s+(?P<concern>[a-z-]+/[a-z-]+)\s+"(?P<reason>[^"]+)"'
    r'(?:\s+by\s+"(?P<by>[^"]+)")?(?:\s+until\s+(?P<until>\d{4}-\d\d-\d\d))?\s*'
)


@dataclass(frozen=True, slots=True)
class Directive:
    """A comment that allows the next finding of a concern."""

    part: str
    offset: int
    line: int
    concern: str
    reason: str
    by: str | None = None
    until: date | None = None


def check_allows(config: Config) -> None:
    """See that every `[[allow]]` names a concern.

    Raises:
        DataError: One does not; the message names the nearest.
    """
    for allow in config.allow:
        if allow.concern not in vocabulary():
            hint = nearest(allow.concern, vocabulary())
            raise DataError(config.path or "", f'[[allow]] names an unknown concern "{allow.concern}".{hint}')


def directives(parts: Iterable[Part]) -> tuple[tuple[Directive, ...], tuple[str, ...]]:
    """The comments of a post's Markdown parts, and what is wrong with those that cannot be followed."""
    found: list[Directive] = []
    faults: list[str] = []
    for part in parts:
        if part.markup is not Markup.MARKDOWN or "checkpost:" not in part.source:
            continue
        lines = LineIndex(part.source, part.first_line)
        for comment in _COMMENT.finditer(part.source):
            line, _ = lines.line_column(comment.start())
            parsed = _directive(comment[1], part.name, comment.end(), line)
            if isinstance(parsed, Directive):
                found.append(parsed)
            else:
                faults.append(f"Line {line}: {parsed}")
    return tuple(found), tuple(faults)


def _directive(text: str, part: str, offset: int, line: int) -> Directive | str:
    match = _ALLOW.fullmatch(text)
    if not match:
        return 'a checkpost comment must read: checkpost: allow CONCERN "REASON" by "NAME" until YYYY-MM-DD.'
    concern = match["concern"]
    if concern not in vocabulary():
        return f'no concern is called "{concern}".{nearest(concern, vocabulary())}'
    try:
        until = date.fromisoformat(match["until"]) if match["until"] else None
    except ValueError:
        return f"{match['until']} is not a date."
    return Directive(part, offset, line, concern, match["reason"], match["by"], until)


def suppress(
    findings: Sequence[Finding], parts: Sequence[Part], allows: Sequence[Allow], today: date
) -> tuple[tuple[Finding, ...], tuple[Suppressed, ...], tuple[str, ...]]:
    """Part the findings of a post from those that are allowed.

    Args:
        findings: All findings, in reading order.
        parts: The post's parts, whose comments are followed.
        allows: The configuration's, those of the past included.
        today: What "until" is held against.

    Returns:
        The findings that stand, those that were allowed, and notes on comments that are faulty, expired or unused.
    """
    pending, notes = directives(parts)
    remarks = list(notes)
    live = [d for d in pending if d.until is None or d.until >= today]
    remarks.extend(f"Line {d.line}: this allow ran out on {d.until}." for d in pending if d not in live)
    standing: list[Finding] = []
    allowed: list[Suppressed] = []
    for finding in findings:
        directive = next((d for d in live if _covers(d, finding)), None)
        allow = next((a for a in allows if _allows(a, finding, today)), None)
        if directive:
            live.remove(directive)
            allowed.append(Suppressed(finding, directive.reason, directive.by, directive.until))
        elif allow:
            allowed.append(Suppressed(finding, allow.reason, allow.by, allow.until))
        else:
            standing.append(finding)
    remarks.extend(f"Line {d.line}: this allow allowed nothing: take it out." for d in live)
    return tuple(standing), tuple(allowed), tuple(remarks)


def _covers(directive: Directive, finding: Finding) -> bool:
    return (
        finding.concern == directive.concern
        and finding.part == directive.part
        and (finding.place is None or finding.place.span.start >= directive.offset)
    )


def _allows(allow: Allow, finding: Finding, today: date) -> bool:
    return (
        allow.concern == finding.concern
        and finding.match is not None
        and fold(finding.match) == fold(allow.term)
        and (allow.until is None or allow.until >= today)
    )


def notes_on(allows: Sequence[Allow], used: Iterable[Suppressed], today: date) -> Iterator[str]:
    """Notes on the configuration's allows that are out of date, or allowed nothing in a run."""
    reasons = {(item.finding.concern, item.reason, item.by) for item in used}
    for allow in allows:
        if allow.until and allow.until < today:
            yield f"An [[allow]] for {allow.concern} ran out on {allow.until}: renew it or take it out."
        elif (allow.concern, allow.reason, allow.by) not in reasons:
            yield f"An [[allow]] for {allow.concern} ({allow.reason}) allowed nothing in this run."
