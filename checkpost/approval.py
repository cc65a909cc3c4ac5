"""Sign-offs: that somebody approved a draft as it stood, kept beside it until anything changes.

`draft.md.approved` holds a record for each post of `draft.md`: by whom, when, with what note, and salted digests of the
text, the pictures, what the draft declares and the policies in force. None of them can be read back. A record whose
digests no longer agree is withdrawn, and the report says what has changed.

An approval covers the findings that its giver saw, and only those that a policy sends to an approver (severity review
and less): what a policy forbids (block), and what is found for the first time later on, stands.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from checkpost.errors import InputError
from checkpost.model import Finding, Post, PostReport, Severity, Suppressed
from checkpost.policy.pack import Pack

SCHEMA = "checkpost/approval@1"
SUFFIX = ".approved"


@dataclass(frozen=True, slots=True)
class Approval:
    """One sign-off. `salt`, `digests` (by what they are of) and `seen` (one for each finding) are hexadecimal."""

    post: str
    by: str
    on: date
    note: str
    salt: str
    digests: Mapping[str, str]
    seen: Sequence[str]

    def covers(self, finding: Finding) -> bool:
        """Whether the approver saw a finding, and may allow it."""
        seen = _digest(bytes.fromhex(self.salt), _identity(finding)) in self.seen
        return seen and finding.severity is not Severity.BLOCK

    def changed(self, post: Post, packs: Sequence[Pack]) -> tuple[str, ...]:
        """What is no longer as it was approved, in words; nothing if the approval holds."""
        now = _digests(post, packs, bytes.fromhex(self.salt))
        return tuple(words for words, digest in now.items() if self.digests.get(words) != digest)


def approve(report: PostReport, packs: Sequence[Pack], by: str, note: str, on: date) -> Approval:
    """Sign off a post as it stands, with what was found in it."""
    salt = secrets.token_bytes(16)
    digests = _digests(report.post, packs, salt)
    seen = tuple(_digest(salt, _identity(finding)) for finding in report.findings)
    return Approval(report.post.key, by, on, note, salt.hex(), digests, seen)


def beside(draft: Path) -> Path:
    """Where the approvals of a draft are kept."""
    return draft.with_name(draft.name + SUFFIX)


def read(draft: Path) -> tuple[Approval, ...]:
    """The approvals kept beside a draft; none if there is no such file.

    Raises:
        InputError: The file cannot be read, or is not what `write` writes.
    """
    path = beside(draft)
    try:
        about = path.stat()
    except OSError:
        return ()
    return _read(path, about.st_mtime_ns, about.st_size)


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int, _size: int) -> tuple[Approval, ...]:
    """The approvals of one file: a draft of many posts asks for each of them, and for as long as it stays the same."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["schema"] != SCHEMA:
            raise InputError(f"{path.name} was written by another version of checkpost. Approve the draft again.")
        return tuple(
            Approval(**{**record, "on": date.fromisoformat(record["on"]), "digests": dict(record["digests"])})
            for record in data["approvals"]
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path.name} cannot be read as an approval. Approve the draft again.") from error


def write(draft: Path, approvals: Iterable[Approval]) -> Path:
    """Keep approvals beside a draft, in place of earlier ones of the same posts.

    Raises:
        OSError: The file cannot be written.
    """
    kept = {approval.post: approval for approval in (*read(draft), *approvals)}
    records = [{**asdict(approval), "on": approval.on.isoformat()} for approval in kept.values()]
    path = beside(draft)
    path.write_text(json.dumps({"schema": SCHEMA, "approvals": records}, indent=2) + "\n", encoding="utf-8")
    return path


def apply(
    post: Post, findings: Sequence[Finding], packs: Sequence[Pack]
) -> tuple[tuple[Finding, ...], tuple[Suppressed, ...], tuple[str, ...]]:
    """Part the findings of a post from those that its approval covers.

    Returns:
        The findings that stand, those that are covered, and a note on the approval.

    Raises:
        InputError: There is a record, and it cannot be read.
    """
    approval = next((a for a in read(post.path) if a.post == post.key), None) if post.path else None
    if approval is None:
        return tuple(findings), (), ()
    if changed := approval.changed(post, packs):
        told = f"No longer approved by {approval.by}: {' and '.join(changed)} changed since {approval.on}. Ask again."
        return tuple(findings), (), (told,)
    reason = f"approved on {approval.on}" + (f": {approval.note}" if approval.note else "")
    return (
        tuple(f for f in findings if not approval.covers(f)),
        tuple(Suppressed(f, reason, approval.by, None) for f in findings if approval.covers(f)),
        (f"Approved by {approval.by} on {approval.on}" + (f": {approval.note}" if approval.note else "."),),
    )


def _digests(post: Post, packs: Sequence[Pack], salt: bytes) -> dict[str, str]:
    parts = [[part.name, part.source] for part in post.parts]
    declared = [repr(post.context), *(repr((image.file, image.people)) for image in post.images)]
    policies = [
        [pack.id, pack.version, [[clause.id, clause.applies_to, sorted(clause.concerns.items())]]]
        for pack in packs
        for clause in pack.clauses
    ]
    return {
        "the text": _digest(salt, parts),
        "a picture": _digest(salt, [_picture(image.path) for image in post.images if image.file]),
        "what the draft declares": _digest(salt, declared),
        "a policy": _digest(salt, policies),
    }


def _identity(finding: Finding) -> list[object]:
    start = finding.place.span.start if finding.place else None
    return [finding.concern, finding.severity.value, finding.part, start]


def _digest(salt: bytes, content: object) -> str:
    return hashlib.sha256(salt + json.dumps(content, default=str).encode()).hexdigest()


def _picture(path: Path | None) -> str:
    """The digest of a picture's file, or a word for one that is not there."""
    if path is None:
        return "not there"
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return "not there"
