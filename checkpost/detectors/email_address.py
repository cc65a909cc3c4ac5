"""E-mail addresses of people.

What it finds: An address written plainly, spelled out ("ffion dot rees at postbox dot example") or with brackets around
its "at" and "dot".
Why it matters: An address lets strangers reach a child, a family or a colleague. UK GDPR, Article 4(1), names such
identifiers as personal data.
Not flagged: The addresses that the organisation publishes (`contacts` in checkpost.toml), and mailboxes of a role at
its own domain, such as office@ or admissions@.
"""

import re
from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.model import Confidence, Hit, ProseSpan
from checkpost.patterns import late
from checkpost.rules import EVERYWHERE, Detector
from checkpost.text.document import Document
from checkpost.text.words import WordKind

CONCERN = "personal-data/contact-details"

_ROLES = frozenset(
    "admin admissions apprenticeships attendance careers comms communications contact courses dpo dsl enquiries events "
    "bookings booking lettings tickets events catering safeguarding send attendance "
    "exams finance hello help helpdesk hr info jobs library mail marketing media news office parents press reception "
    "recruitment safeguarding sales school support team training".split()
)
_AT = r"\s{0,3}(?:\(at\)|\[at\]|\{at\}|\sat\s)\s{0,3}"
_DOT = r"\s{0,3}(?:\(dot\)|\[dot\]|\{dot\}|\sdot\s|\.)\s{0,3}"
_SPACED = late(  # "jordan.fell @ mail.example"; a box of one plain word may be "lunch @ hall.example"
    r"(?<![\w@.])[a-z][a-z0-9-]{0,40}[._0-9][a-z0-9._-]{0,40} {0,3}@ {0,3}[a-z0-9-]{1,40}(?:\.[a-z0-9-]{1,40}){1,4}"
    r"(?![\w@])",
    re.IGNORECASE,
)
_WORD = r"[a-z0-9][a-z0-9_-]{0,40}"
_ENDS = (
    r"(?:uk|com|org|net|edu|gov|info|me|co|eu|ie|example|test|invalid)"  # what addresses that people spell out end in
)
_SPELLED = late(
    rf"(?<![\w@.]){_WORD}(?:{_DOT}{_WORD}){{0,4}}{_AT}{_WORD}(?:{_DOT}{_WORD}){{0,3}}{_DOT}{_ENDS}(?![\w@])",
    re.IGNORECASE,
)
_LETTERS_APART = late(
    r"(?<![\w@.])[a-z0-9](?: [a-z0-9._-]){2,40} @(?: [a-z0-9-]){2,40}(?: \.(?: [a-z0-9-]){2,20}){1,4}(?!\w)",
    re.IGNORECASE,
)
_MARKS = late(r"\s(?:at|dot)\s|[(\[{](?:at|dot)[)\]}]", re.IGNORECASE)


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every address that is not the organisation's own to publish."""
    for word in doc.words:
        if word.kind is WordKind.EMAIL and not _is_public(word.text, knowledge):
            yield _hit(doc, word.span, Confidence.HIGH, "an e-mail address")
    spaced = (_SPACED, _LETTERS_APART) if " @" in doc.prose or "@ " in doc.prose else ()
    for match in (match for pattern in spaced for match in pattern.finditer(doc.prose)):
        if " " in match[0] and not _is_public(match[0].replace(" ", ""), knowledge):
            yield _hit(doc, ProseSpan(*match.span()), Confidence.HIGH, "an e-mail address, spaced out")
    lowered = doc.prose.casefold()
    if "at" in lowered and ("dot" in lowered or "at)" in lowered or "at]" in lowered or "at}" in lowered):
        for match in _SPELLED.finditer(doc.prose):
            marks = [mark.strip(" ()[]{}").casefold() for mark in _MARKS.findall(match[0])]
            is_marked = "dot" in marks or re.search(r"[(\[{]at[)\]}]", match[0], re.IGNORECASE)
            if "at" in marks and is_marked and not _is_public(_plain(match[0]), knowledge):
                yield _hit(doc, ProseSpan(*match.span()), Confidence.HIGH, "an e-mail address, spelled out")


def _is_public(address: str, knowledge: Knowledge) -> bool:
    box, _, host = address.partition("@")
    return knowledge.owns_contact(address) or (knowledge.owns_domain(host) and box.casefold() in _ROLES)


def _plain(spelled: str) -> str:
    joined = re.sub(_AT, "@", spelled, flags=re.IGNORECASE)
    return re.sub(_DOT, ".", joined, flags=re.IGNORECASE)


def _hit(doc: Document, span: ProseSpan, confidence: Confidence, evidence: str) -> Hit:
    return Hit(
        concern=CONCERN,
        message="This e-mail address belongs to a person.",
        part=doc.part.name,
        span=span,
        confidence=confidence,
        evidence=(evidence,),
        replacement="[e-mail address removed]",
    )


DETECTOR = Detector("email-address", (CONCERN,), find, reads=EVERYWHERE)
