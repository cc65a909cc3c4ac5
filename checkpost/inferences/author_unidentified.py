"""A post for work in which somebody speaks as "I", and nobody can tell who.

What it finds: On the organisation's account, with no author declared, a first person singular that is no
quotation, and no signature with a name and a job in the text. On any account, a post about work whose
author declares to stay nameless ("posted by Admin2", "a colleague who prefers not to be named").
Why it matters: Readers trust a person whom they can place, and know whom to ask. DMM (5.1) asks for name
and job title in every professional post, and its advice for official accounts says to make clear who is
posting.
Not flagged: Posts in "we" or in the third person, as most of an organisation's are; quotations; "I" in a
title or a number (Henry IV Part I), or a question that readers ask ("How do I apply?"); a post that is
signed, or that says who writes.
"""

import re
from collections.abc import Iterator

from checkpost.lexicon import load
from checkpost.model import Hit
from checkpost.rules import Case, Inference
from checkpost.text.document import Document
from checkpost.text.words import Word, WordKind

CONCERN = "identity/author-unidentified"

_SPEAKS = frozenset({"i", "i'm", "im", "i've", "ive", "i'd", "i'll", "me", "my"})
_NUMBERED = frozenset({
    "part", "act", "war", "volume", "vol", "elizabeth", "charles", "james", "richard", "george", "henry",
    "edward", "william", "class", "type", "grade", "level", "unit", "phase", "stage",
    "section", "appendix", "article", "a",
})  # fmt: skip
_ASKED = re.compile(
    r"(?:how|what|when|where|which|who|why|can|do|should|will|am|may|must)\b[^?]{1,200}\?", re.IGNORECASE
)
_RIDDLE = re.compile(r"\b(?:who|what) am i\b", re.IGNORECASE)
_QUOTED = re.compile(r"\"[^\"\n]{1,600}\"|(?<![\w'])'[^\n]{1,300}?'(?![\w'])")


def infer(case: Case) -> Iterator[Hit]:
    """Yield one hit where an unnamed individual speaks on the organisation's account."""
    context = case.post.context
    if context.author.name:
        return
    doc = case.text
    if load("signature").has(doc, case.knowledge.slots(doc), "nameless") and case.is_for_work:
        yield Hit(
            concern=CONCERN,
            message="The draft says that whoever writes it will not be named.",
            evidence=("signature: nameless", "no author declared"),
        )
        return
    if context.account != "organisation":
        return
    if _RIDDLE.search(doc.prose):
        return
    if not _SPEAKS.isdisjoint(doc.keys) and any(_speaks(doc)) and not _is_signed(case, doc):
        yield Hit(
            concern=CONCERN,
            message='Somebody speaks as "I" here, and nothing says who, or in what job.',
            evidence=("first person singular", "no author declared, and no signature"),
        )


def _speaks(doc: Document) -> Iterator[Word]:
    """Words in the first person that are the author's own."""
    words = doc.phrase_words
    quoted = [match.span() for match in _QUOTED.finditer(doc.prose)]
    quoted += [(quote.start, quote.end) for quote in doc.quotes]
    quoted += [(asked.start, asked.end) for asked in doc.sentences if _ASKED.match(doc.text(asked))]
    for at, word in enumerate(words):
        if word.key not in _SPEAKS or word.kind is not WordKind.PLAIN:
            continue
        in_number = word.key == "i" and at and words[at - 1].key in _NUMBERED
        ends = at + 1 == len(words) or words[at + 1].sentence != word.sentence
        if not in_number and not ends and not any(a <= word.span.start < b for a, b in quoted):
            yield word


def _is_signed(case: Case, doc: Document) -> bool:
    """Whether a name and a job stand together in the text."""
    slots = case.knowledge.slots(doc)
    return load("signature").has(doc, slots, "signed")


INFERENCE = Inference("author-unidentified", (CONCERN,), infer)
