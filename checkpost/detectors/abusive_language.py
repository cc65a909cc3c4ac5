"""Swearing, and insults aimed at somebody.

What it finds: Swear words of the two upper ranks of strength, masked ones included (asterisks, digits or
signs for letters, letters drawn out, the raised finger), milder ones where they are aimed at a person, and
insults: an insulting noun or adjective that a person is addressed or described by.
Why it matters: Codes of conduct for staff forbid obscene and abusive posts, and the Teachers' Standards
(England, part 2) ask for dignity and mutual respect. The strengths are those of Ofcom's research on offensive
language (2021).
Not flagged: Mild words said at nobody, laughing at oneself, rough words of affection, dishes, birds, tools
and places that share a word, and talk about a word as a word.
"""

import re
from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.model import Confidence, Hit, ProseSpan
from checkpost.patterns import late
from checkpost.rules import Detector, passages, phrase_hits
from checkpost.text.document import Document

CONCERN = "conduct/abuse"

# Signs in place of letters that the words of a document are split at: "sh!t", "f#ck", "f--k".
_MASKED = late(
    r"(?<![\w#@/])(?:f[!#%&_+-]{1,3}c?k(?:s|ed|er|ers|ing|in)?|sh[!#%&_+-]t(?:s|ty|e|ing|show)?|c[!#%&_+-]{1,2}nts?"
    r"|b[!#%&_+-]tch(?:es|y|ing)?|tw[!#%&_+-]ts?|w[!#%&_+-]nkers?|f[!#%&]{3}|[!#%&$@]{4,8}ing)(?![\w#@/])",
    re.IGNORECASE,
)
_MAY_BE_MASKED = late(r"[fhcbw][!#%&_+-]|[!#%&$@]{4}")  # a letter before a sign, or nothing but signs
_FINGER = "\N{REVERSED HAND WITH MIDDLE FINGER EXTENDED}"


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every swear word, insult, masked word and raised finger."""
    yield from passages(doc, _signs(doc, knowledge), reach=0)


def _signs(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    yield from phrase_hits(doc, knowledge, "abusive_language")
    for match in _MASKED.finditer(doc.prose) if _MAY_BE_MASKED.search(doc.lower) else ():
        yield _hit(doc, ProseSpan(*match.span()), "This is swearing with signs in place of letters.", "a masked word")
    at = doc.prose.find(_FINGER)
    if at >= 0:
        yield _hit(doc, ProseSpan(at, at + 1), "This emoji is an obscene gesture.", "the raised middle finger")


def _hit(doc: Document, span: ProseSpan, message: str, evidence: str) -> Hit:
    return Hit(
        concern=CONCERN,
        message=message,
        part=doc.part.name,
        span=span,
        confidence=Confidence.HIGH,
        evidence=(evidence,),
    )


DETECTOR = Detector("abusive-language", (CONCERN,), find)
