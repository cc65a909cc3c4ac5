"""Rumours, gossip and allegations without a source.

What it finds: Words that say by themselves that the writer can't vouch for something ("no idea if it's
true"), and marks of hearsay beside what rumours are made of: somebody sacked, an affair, a school that
closes.
Why it matters: A rumour hurts people who can't answer it, may be defamatory (Defamation Act 2013), and a
school that passes one on lends it weight.
Not flagged: What has been announced or published, rumours that are being corrected, stories, and jokes about
the biscuit tin.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from checkpost.knowledge import Knowledge
from checkpost.model import Hit, ProseSpan
from checkpost.rules import Detector, in_sentences, passages, phrase_hits
from checkpost.text.document import Document

_BARE = 12  # words: a longer sentence has a claim of its own


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every piece of hearsay: the sentence, or with a short one the claim that it goes with."""
    hits = (_with_claim(doc, hit) for hit in in_sentences(doc, phrase_hits(doc, knowledge, "rumour")))
    yield from passages(doc, hits, reach=2)


def _with_claim(doc: Document, hit: Hit) -> Hit:
    """Where the sentence says no more than where it comes from ("Heard it from two people."), the claim is beside it.

    It follows what opens a post, and stands before what is added to one ("No idea if it's true").
    """
    if hit.span is None or len(doc.text(hit.span).split()) > _BARE:
        return hit
    at = bisect_right(doc.sentences, hit.span.start, key=lambda sentence: sentence.start) - 1
    beside = at + 1 if at == 0 else at - 1
    if not 0 <= beside < len(doc.sentences):
        return hit
    other = doc.sentences[beside]
    span = ProseSpan(min(other.start, hit.span.start), max(other.end, hit.span.end))
    return replace(hit, span=span)


DETECTOR = Detector("rumour", ("conduct/rumour",), find)
