"""From a post to its report: detectors, then inferences, then places, judgement and verdict.

A rule that fails is reported as not checked, and a post with anything not checked is never clear.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from time import monotonic

from checkpost import approval, baseline
from checkpost.baseline import Baseline
from checkpost.concerns import vocabulary
from checkpost.config import Config
from checkpost.errors import CheckpostError
from checkpost.knowledge import Knowledge
from checkpost.merge import in_passages, merge, without_known_people
from checkpost.model import (
    Finding,
    Fix,
    Hit,
    NotChecked,
    Place,
    Post,
    PostReport,
    Report,
    Severity,
    Suppressed,
    Verdict,
)
from checkpost.policy.judge import judge
from checkpost.policy.load import load_all
from checkpost.policy.pack import Pack
from checkpost.policy.remind import reminders
from checkpost.rules import Case, Detector, Inference, detectors, inferences
from checkpost.suppress import check_allows, notes_on, suppress
from checkpost.text.document import Document
from checkpost.witness import is_unheard

# In code, words are not the author's voice: tone and identity are not read there. Personal data still is.
_NOT_IN_CODE = frozenset({"conduct", "identity", "rights", "boundaries", "context"})

# Seconds that one rule may have spent on a post before it is asked to read another part. No pattern can be stopped
# midway, in a thread or on Windows, so each takes linear time (tests/test_patterns.py): a part ends, and here it stops.
_PATIENCE = 10.0
_Parted = tuple[tuple[Finding, ...], tuple[Suppressed, ...], tuple[str, ...]]  # standing, set aside, notes on it


@dataclass(frozen=True)
class Engine:
    """One configuration, loaded: checks any number of posts."""

    config: Config
    packs: tuple[Pack, ...]
    knowledge: Knowledge
    baseline: Baseline | None = None

    @classmethod
    def of(cls, config: Config) -> "Engine":
        """Load the packs, rosters and term lists that a configuration names.

        Raises:
            DataError: One of them has a fault.
        """
        packs = load_all(config.policies, config.path)
        check_allows(config)
        knowledge = Knowledge.of(config, tuple(pack.standard for pack in packs))
        return cls(config, packs, knowledge, baseline.read(config.baseline) if config.baseline else None)

    def check(self, posts: Iterable[Post]) -> Report:
        """Check posts, in order."""
        return self.report(tuple(self.check_post(post) for post in posts))

    def report(self, reports: Sequence[PostReport]) -> Report:
        """The report on a run whose posts were checked, here or in other processes."""
        today = self.knowledge.today
        return Report(
            posts=tuple(reports),
            policies=tuple(pack.in_force(today) for pack in self.packs),
            model=self.knowledge.model,
            notes=tuple(notes_on(self.config.allow, [s for report in reports for s in report.suppressed], today)),
        )

    def check_post(self, post: Post, *, approvals: bool = True) -> PostReport:
        """Check one post; without `approvals`, as if nobody had signed it off."""
        failed: list[NotChecked] = list(post.not_checked)
        if self.knowledge.unread:
            failed.append(NotChecked("model", self.knowledge.unread))
        documents = tuple(Document.of(part) for part in post.parts)
        hits = merge(_detect(documents, self.knowledge, failed))
        if documents:
            case = Case(post, documents, tuple(hit for _, hit in hits), self.knowledge)
            hits = in_passages(without_known_people(merge([*hits, *_infer(case, failed)])), documents)
        by_part = {doc.part.name: doc for doc in documents}
        judged = [self._finding(rule, hit, by_part.get(hit.part), post.context.account) for rule, hit in hits]
        order = [doc.part.name for doc in documents]
        placed = sorted(filter(None, judged), key=lambda f: _reading_order(f, order))
        findings, allowed, notes = self._set_aside(post, placed)
        if approvals:
            findings, allowed, notes = self._approved(post, (findings, allowed, notes), failed)
        verdict = _verdict(findings, failed)
        return PostReport(
            post=post,
            verdict=verdict,
            ask=self._ask(verdict, findings),
            findings=tuple(f for f in findings if self._is_shown(f)),
            suppressed=allowed,
            not_checked=tuple(failed),
            assumed=tuple(_assumptions(post)) if documents else (),
            notes=notes,
            reminders=reminders(self.packs, {f.concern for f in findings}, post.context.account),
        )

    def _set_aside(self, post: Post, findings: Sequence[Finding]) -> _Parted:
        """Part the findings that stand from those that were allowed, and those that are old."""
        standing, allowed, notes = suppress(findings, post.parts, self.config.allow, self.knowledge.today)
        if self.baseline:
            standing, old, remarks = self.baseline.apply(post, standing)
            return standing, (*allowed, *old), (*notes, *remarks)
        return standing, allowed, notes

    def _approved(self, post: Post, parted: _Parted, failed: list[NotChecked]) -> _Parted:
        """Set aside, too, what an approver answers for."""
        findings, allowed, notes = parted
        try:
            standing, approved, remarks = approval.apply(post, findings, self.packs)
        except CheckpostError as error:
            failed.append(NotChecked("approval", str(error)))
            return parted
        return standing, (*allowed, *approved), (*notes, *remarks)

    def _finding(self, rule: str, hit: Hit, doc: Document | None, account: str | None) -> Finding | None:
        clauses = judge(hit, self.packs, account)
        if hit.policies is not None and not clauses:
            return None  # it measures a policy's own wording, and that policy asks nothing of this account
        place: Place | None = None
        match: str | None = None
        fix: Fix | None = None
        if doc and hit.span:
            place, match = doc.place(hit.span), doc.source(hit.span)
            if hit.replacement is not None:
                splits = doc.splits_markup(hit.span, hit.replacement)
                fix = Fix(hit.replacement, safe=hit.is_safe and not splits, splits_markup=splits)
        elif doc and not vocabulary()[hit.concern].absence:
            match = doc.part.source
        elif hit.replacement is not None:
            fix = Fix(hit.replacement, safe=hit.is_safe)
        return Finding(
            detector=rule,
            concern=hit.concern,
            severity=clauses[0].severity if clauses else Severity.ADVISE,
            confidence=hit.confidence,
            part=hit.part,
            place=place,
            match=match,
            message=hit.message,
            advice=vocabulary()[hit.concern].advice,
            clauses=clauses,
            fix=fix,
            evidence=hit.evidence,
        )

    def _is_shown(self, finding: Finding) -> bool:
        return (
            finding.severity.rank >= self.config.min_severity.rank
            and finding.confidence.rank >= self.config.min_confidence.rank
        )

    def _ask(self, verdict: Verdict, findings: Sequence[Finding]) -> str | None:
        """Who approves: the approvers of the packs whose clauses made the verdict, with those packs if they differ."""
        if verdict is Verdict.CLEAR:
            return None
        asking = {ref.policy for f in findings for ref in f.clauses if ref.severity is not Severity.ADVISE}
        packs_of: dict[str, list[str]] = {}
        for pack in self.packs:
            name = pack.approver or pack.reporting_contact
            if pack.id in asking and name:
                packs_of.setdefault(name, []).append(pack.id)
        if len(packs_of) == 1:
            return next(iter(packs_of))
        return ", ".join(f"{name} ({', '.join(ids)})" for name, ids in packs_of.items()) or None


def _detect(documents: Sequence[Document], knowledge: Knowledge, failed: list[NotChecked]) -> list[tuple[str, Hit]]:
    found: list[tuple[str, Hit]] = []
    for rule in detectors().values():
        started = monotonic()
        try:
            for doc in documents:
                if doc.part.kind not in rule.reads:
                    continue
                if monotonic() - started > _PATIENCE:
                    failed.append(NotChecked(rule.id, f"this check took too long, and did not read {doc.part.name}."))
                    break
                for hit in rule.find(doc, knowledge):
                    if not (_is_code(doc, hit) or is_unheard(hit, doc, knowledge)):
                        found.append((rule.id, hit))  # noqa: PERF401  (what was found before a rule failed stands)
        except CheckpostError as error:
            failed.append(NotChecked(rule.id, str(error)))
        except Exception as error:  # noqa: BLE001  (one broken rule must not hide what the others found)
            failed.append(_failure(rule, error))
    return found


def _infer(case: Case, failed: list[NotChecked]) -> list[tuple[str, Hit]]:
    found: list[tuple[str, Hit]] = []
    for rule in sorted(inferences().values(), key=lambda rule: rule.is_last):
        seen = replace(case, hits=(*case.hits, *(hit for _, hit in found))) if rule.is_last and found else case
        try:
            found.extend([(rule.id, hit) for hit in rule.infer(seen)])
        except CheckpostError as error:
            failed.append(NotChecked(rule.id, str(error)))
        except Exception as error:  # noqa: BLE001  (as above)
            failed.append(_failure(rule, error))
    return found


def _failure(rule: Detector | Inference, error: Exception) -> NotChecked:
    # The error's own text may quote the draft: its type is enough to report a defect by.
    return NotChecked(rule.id, f"this check failed ({type(error).__name__}). Please report it as a defect.")


def _is_code(doc: Document, hit: Hit) -> bool:
    span = hit.span
    if span is None or hit.concern.partition("/")[0] not in _NOT_IN_CODE:
        return False
    return any(code.start <= span.start and span.end <= code.end for code in doc.code)


def _reading_order(finding: Finding, parts: Sequence[str]) -> tuple[int, int, int, str]:
    """Findings with a place in reading order, then facts about pictures, then absences; the graver first."""
    part = parts.index(finding.part) if finding.part in parts else len(parts)
    if finding.place is None:
        return part + len(parts) * (finding.match is None), 0, -finding.severity.rank, finding.concern
    return part, finding.place.span.start, -finding.severity.rank, finding.concern


def _verdict(findings: Sequence[Finding], failed: Sequence[NotChecked]) -> Verdict:
    worst = max((finding.severity.rank for finding in findings), default=0)
    if worst == Severity.BLOCK.rank:
        return Verdict.BLOCK
    if worst == Severity.REVIEW.rank or failed:
        return Verdict.REVIEW
    return Verdict.CLEAR


def _assumptions(post: Post) -> Iterator[str]:
    context = post.context
    if context.account is None:
        yield "The draft does not say which account it is for: the rules for every kind of account were applied."
    if context.account != "organisation" and context.profile_disclaimer is None:
        yield "The draft does not say whether the profile has a disclaimer: none was assumed."
    if context.platform is None:
        yield "The draft names no platform: whether it is an approved one was not asked."
