"""SARIF 2.1.0, for code scanning: concerns are rules, policies are taxonomies, and clauses are their taxa.

Sources: the OASIS standard, and GitHub's list of the properties that it reads. No text of a draft is in it: no snippet,
and fingerprints of where a finding stands, not of its words, since a hash of a child's name can be guessed.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from checkpost import __version__
from checkpost.concerns import Concern, vocabulary
from checkpost.model import ClauseRef, Finding, PolicyInForce, PostReport, Report, Suppressed
from checkpost.report.diagnostic import Diagnostic, Region, file_and_line, of_finding, set_aside_because
from checkpost.report.look import Look, visible
from checkpost.suppress import directives

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def render(report: Report, _look: Look) -> str:
    """A SARIF log of one run."""
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_run(report)]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _run(report: Report) -> dict[str, Any]:
    index = _Index.of(report)
    return {
        "tool": {"driver": index.driver()},
        "taxonomies": [index.taxonomy(policy) for policy in report.policies],
        "invocations": [_invocation(report)],
        "columnKind": "unicodeCodePoints",
        "results": [result for post in report.posts for result in _results(post, index)],
    }


@dataclass(frozen=True)
class _Index:
    """Where in the log each rule, policy and clause stands, for results to point at."""

    concerns: Sequence[Concern]
    policies: Sequence[PolicyInForce]
    clauses: Mapping[str, Mapping[str, ClauseRef]]  # by policy, then by clause

    @cached_property
    def rules(self) -> Mapping[str, int]:
        return {concern.id: at for at, concern in enumerate(self.concerns)}

    @cached_property
    def taxa(self) -> Mapping[tuple[str, str], dict[str, Any]]:
        """How a result points at each clause."""
        return {
            (policy.id, clause): {
                "id": clause,
                "index": at,
                "toolComponent": {"name": policy.id, "index": number},
            }
            for number, policy in enumerate(self.policies)
            for at, clause in enumerate(self.clauses[policy.id])
        }

    @classmethod
    def of(cls, report: Report) -> "_Index":
        found = [
            *report.findings,
            *(item.finding for post in report.posts for item in post.suppressed),
        ]
        seen = {finding.concern for finding in found}
        clauses: dict[str, dict[str, ClauseRef]] = {policy.id: {} for policy in report.policies}
        for finding in found:
            for ref in finding.clauses:
                clauses[ref.policy].setdefault(ref.clause, ref)
        return cls([c for c in vocabulary().values() if c.id in seen], report.policies, clauses)

    def driver(self) -> dict[str, Any]:
        return {
            "name": "checkpost",
            "semanticVersion": __version__,
            "rules": [_rule(concern) for concern in self.concerns],
            "supportedTaxonomies": [{"name": policy.id, "index": at} for at, policy in enumerate(self.policies)],
        }

    def taxonomy(self, policy: PolicyInForce) -> dict[str, Any]:
        return {
            "name": policy.id,
            "fullName": policy.title,
            "organization": policy.issuer,
            "isComprehensive": False,
            "shortDescription": {"text": f"{policy.title}, {policy.issuer}"},
            "taxa": [
                {
                    "id": ref.clause,
                    "shortDescription": {"text": ref.heading or ref.summary},
                    "fullDescription": {"text": ref.summary},
                }
                for ref in self.clauses[policy.id].values()
            ],
        }


def _rule(concern: Concern) -> dict[str, Any]:
    return {
        "id": concern.id,
        "name": "".join(word.capitalize() for word in concern.id.replace("/", "-").split("-")),
        "shortDescription": {"text": _sentence(concern.title)},
        "fullDescription": {"text": _sentence(concern.meaning)},
        "help": {
            "text": f"{concern.why} {concern.advice}",
            "markdown": f"{concern.why}\n\n**What to do:** {concern.advice}",
        },
        "properties": {"tags": [concern.family]},
    }


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def _results(post: PostReport, index: _Index) -> Iterator[dict[str, Any]]:
    seen: dict[tuple[str, str], int] = {}
    told: list[tuple[Finding, Suppressed | None]] = [(finding, None) for finding in post.findings]
    told += [(item.finding, item) for item in post.suppressed]
    for finding, allowed in told:
        kind = finding.concern, finding.part
        seen[kind] = seen.get(kind, 0) + 1
        diagnostic = of_finding(post, finding)
        result: dict[str, Any] = {
            "ruleId": finding.concern,
            "ruleIndex": index.rules[finding.concern],
            "level": _LEVELS[diagnostic.level],
            "message": {"text": visible(diagnostic.message)},
            "locations": [_location(diagnostic, finding.part)],
            "partialFingerprints": {"primaryLocationLineHash": _fingerprint(post, finding, seen[kind])},
            "taxa": [index.taxa[ref.policy, ref.clause] for ref in finding.clauses],
            "suppressions": [_suppression(post, allowed)] if allowed else [],
            "properties": {
                "severity": finding.severity.value,
                "confidence": finding.confidence.value,
                "detector": finding.detector,
            },
        }
        if finding.fix and diagnostic.exact and not finding.fix.splits_markup:
            result["fixes"] = [_fix(diagnostic, finding.fix.replacement)]
        yield result


def _fingerprint(post: PostReport, finding: Finding, occurrence: int) -> str:
    """The same from run to run while the draft keeps its name and its findings their order, wherever the lines move."""
    key = f"{post.post.name}\0{finding.part}\0{finding.concern}"
    return f"{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}:{occurrence}"


def _location(diagnostic: Diagnostic, part: str) -> dict[str, Any]:
    return {
        "physicalLocation": {**_artifact(diagnostic.path), "region": _region(diagnostic.region)},
        "logicalLocations": [{"fullyQualifiedName": part, "kind": "member"}],
    }


def _artifact(path: str) -> dict[str, Any]:
    pure = PurePath(path)
    uri = pure.as_uri() if pure.is_absolute() else quote(path.encode("utf-8", "surrogatepass"))
    return {"artifactLocation": {"uri": uri}}


def _region(region: Region) -> dict[str, int]:
    return {
        "startLine": region.line,
        "startColumn": region.column,
        "endLine": region.end_line,
        "endColumn": region.end_column,
    }


def _fix(diagnostic: Diagnostic, replacement: str) -> dict[str, Any]:
    change = {"deletedRegion": _region(diagnostic.region), "insertedContent": {"text": replacement}}
    return {
        "description": {"text": "Write this instead."},
        "artifactChanges": [{**_artifact(diagnostic.path), "replacements": [change]}],
    }


def _suppression(post: PostReport, item: Suppressed) -> dict[str, Any]:
    comments, _ = directives(post.post.parts)
    key = item.finding.concern, item.reason, item.by, item.until
    in_source = any((c.concern, c.reason, c.by, c.until) == key for c in comments)
    return {
        "kind": "inSource" if in_source else "external",
        "status": "accepted",
        "justification": visible(set_aside_because(item)),
    }


def _invocation(report: Report) -> dict[str, Any]:
    return {
        "executionSuccessful": report.complete,
        "toolExecutionNotifications": [
            {
                "level": "error",
                "message": {"text": visible(f"Not checked: {item.what}: {item.why}")},
                "locations": [{"physicalLocation": _artifact(file_and_line(post)[0])}],
            }
            for post in report.posts
            for item in post.not_checked
        ],
        "toolConfigurationNotifications": [
            {"level": "note", "message": {"text": visible(note)}} for note in report.notes
        ],
    }
