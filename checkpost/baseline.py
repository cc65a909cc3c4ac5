"""Old findings, set aside: a folder of published posts can be checked for what is new.

`checkpost baseline` writes, for each post, a keyed digest (HMAC-SHA-256) of each of its findings: of the concern and of
the line that it stands on. The words themselves are in no digest alone, so that a name can't be tried out against the
file. A finding that a baseline knows is suppressed, and shown as such; a finding on a line that has changed since, or
in another file, is new.

What endangers a child is never set aside in bulk: findings of the family `boundaries/` are left out.
"""

import hashlib
import hmac
import json
import os
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from checkpost.errors import DataError
from checkpost.model import Finding, Part, Post, PostReport, Suppressed
from checkpost.text.offsets import LineIndex

FILE_NAME = "checkpost-baseline.json"
SCHEMA = "checkpost/baseline@1"
_NEVER = "boundaries/"


@dataclass(frozen=True, slots=True)
class Baseline:
    """The findings of one day. `posts` maps a post's digest to the digests of its findings, all hexadecimal."""

    folder: Path
    on: date
    key: bytes
    posts: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, reports: Iterable[PostReport], folder: Path, on: date) -> "Baseline":
        """A baseline of all findings of some posts, but for those that are never set aside."""
        empty = cls(folder.resolve(), on, secrets.token_bytes(32), {})
        posts = {}
        for report in reports:
            old = [finding for finding in report.findings if not finding.concern.startswith(_NEVER)]
            if old:
                posts[empty._post(report.post)] = tuple(empty._finding(report.post, finding) for finding in old)
        return replace(empty, posts=posts)

    @property
    def size(self) -> int:
        """How many findings it holds."""
        return sum(map(len, self.posts.values()))

    def apply(
        self, post: Post, findings: Sequence[Finding]
    ) -> tuple[tuple[Finding, ...], tuple[Suppressed, ...], tuple[str, ...]]:
        """Part the new findings of a post from those that the baseline knows.

        Returns:
            The new ones, the known ones, and a note if some that it knows are gone.
        """
        left = Counter(self.posts.get(self._post(post), ()))
        new: list[Finding] = []
        known: list[Suppressed] = []
        for finding in findings:
            digest = self._finding(post, finding)
            if left[digest] and not finding.concern.startswith(_NEVER):
                left[digest] -= 1
                known.append(Suppressed(finding, f"in the baseline of {self.on}", None, None))
            else:
                new.append(finding)
        gone = left.total()
        notes = (f"{gone} of the baseline's findings are gone from here: make it anew.",) if gone else ()
        return tuple(new), tuple(known), notes

    def _post(self, post: Post) -> str:
        where = Path(os.path.relpath(post.path, self.folder)).as_posix() if post.path else ""
        return self._digest(where, post.key)

    def _finding(self, post: Post, finding: Finding) -> str:
        part = next((part for part in post.parts if part.name == finding.part), None)
        line = part.source if part else ""
        if part and finding.place:
            _, line = _lines(part).line_text(finding.place.line)
        return self._digest(finding.concern, finding.part, " ".join(line.split()))

    def _digest(self, *texts: str) -> str:
        return hmac.new(self.key, json.dumps(texts).encode(), hashlib.sha256).hexdigest()


@lru_cache(maxsize=8)
def _lines(part: Part) -> LineIndex:
    return LineIndex(part.source, part.first_line)


def write(baseline: Baseline, path: Path) -> None:
    """Write a baseline to a file.

    Raises:
        OSError: It cannot be written.
    """
    data = {"schema": SCHEMA, "on": baseline.on.isoformat(), "key": baseline.key.hex(), "posts": dict(baseline.posts)}
    path.write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")


def read(path: Path) -> Baseline:
    """Read a baseline.

    Raises:
        DataError: There is no such file, or it is no baseline.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["schema"] != SCHEMA:
            raise DataError(path, "was written by another version of checkpost. Make the baseline anew.")
        posts = {post: tuple(digests) for post, digests in data["posts"].items()}
        return Baseline(path.resolve().parent, date.fromisoformat(data["on"]), bytes.fromhex(data["key"]), posts)
    except FileNotFoundError as error:
        raise DataError(path, 'is not there. Make it with "checkpost baseline".') from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(path, "cannot be read as a baseline. Make it anew.") from error
