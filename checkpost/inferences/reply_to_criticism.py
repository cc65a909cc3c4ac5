"""Answers to adverse criticism, or to the press.

What it finds: Sentences that answer a complaint, a bad review or a newspaper ("sorry you feel that way",
"we don't recognise them", "in response to the article", "what they left out is"); and defensive words about
school or college in a post that replies to somebody: one that is declared as a reply, or that begins with a
handle; an accusation in marks, denied in such a reply; and however friendly its words, a reply to a declared
complaint, accusation or request for comment, or to an account whose handle is a paper's or a reporter's.
Why it matters: A quick answer feeds the story and can let out private facts. DMM (5.1) forbids an answer
without the senior management's express approval; an academy trust (8.2) sends every enquiry to the
Principal or CEO.
Not flagged: Thanks, answers to plain questions, quarrels that have nothing to do with education.
"""

import re
from collections.abc import Iterator

from checkpost.lexicon import Match, load
from checkpost.model import Confidence, Hit, Part, ProseSpan
from checkpost.phrases import NO_SLOTS
from checkpost.rules import Case, Inference
from checkpost.text.document import Document
from checkpost.text.words import WordKind

CONCERN = "context/reply-to-criticism"
_DENIED = re.compile(  # an accusation in marks, and that it is not so
    r"\b(?:not|never|hardly|no|(?:nobody|no one)(?: was| is)?|(?:was|is|were|are|did|do|does)n't) (?:an? |the )?"
    r'"[^"\n]{2,60}"',
    re.IGNORECASE,
)


def infer(case: Case) -> Iterator[Hit]:
    """Yield a hit for the sentences that answer criticism."""
    doc = case.text
    terms, slots = load("criticism"), case.knowledge.slots(doc)
    matches = list(terms.find(doc, slots))
    at_work = case.post.context.account == "organisation" or terms.has(doc, slots, "work")
    ours = at_work or terms.has(doc, slots, "ours")
    if ours:
        matches += terms.find(doc, slots, "rebuttal")
    if at_work:
        matches += terms.find(doc, slots, "complained")
    if at_work and _is_reply(case, doc):
        matches += terms.find(doc, slots, "defence")
    if matches:
        yield _hit(doc, matches, _is_reply(case, doc))
    elif answered := _answered(case, doc, at_work=at_work, ours=ours):
        yield Hit(
            concern=CONCERN,
            message="This answers criticism of school or college, or the press.",
            part=doc.part.name,
            span=ProseSpan(doc.sentences[0].start, doc.sentences[-1].end),
            evidence=(answered,),
        )


def _answered(case: Case, doc: Document, *, at_work: bool, ours: bool) -> str | None:
    """What a post answers, where it is an attack, the press, or an accusation that it quotes."""
    if at_work and _answers_an_attack(case):
        return "criticism: attack, in what the draft replies to"
    if ours and _answers_the_press(case, doc):
        return "a reply to an account of the press"
    return "an accusation in marks, denied" if _denies_a_quotation(case, doc) else None


def _denies_a_quotation(case: Case, doc: Document) -> bool:
    """Whether a reply, or a post about what was published, says that the one thing it quotes is not so."""
    if doc.prose.count('"') != 2 or not _DENIED.search(doc.prose):
        return False
    terms, slots = load("criticism"), case.knowledge.slots(doc)
    return (_is_reply(case, doc) or terms.has(doc, slots, "published")) and not terms.has(
        doc, slots, "thanks", "lesson"
    )


def _answers_the_press(case: Case, doc: Document) -> bool:
    """Whether a post begins with the handle of a paper or a reporter, and is no thanks, invitation or lesson."""
    if not doc.prose.lstrip(" .\n").startswith("@"):
        return False
    handle = next((tag for tag in doc.tags if tag.kind is WordKind.HANDLE), None)
    if handle is None or case.knowledge.owns_handle(handle.text):
        return False
    called = Document.of(Part("handle", re.sub(r"(?<=[a-z])(?=[A-Z])|[\d_]+", " ", handle.text)))
    slots = case.knowledge.slots(doc)
    friendly = load("criticism").has(doc, slots, "thanks", "lesson", "offers")
    return not friendly and load("criticism").has(called, NO_SLOTS, "press-handle")


def _answers_an_attack(case: Case) -> bool:
    """Whether the post that the draft declares to reply to complains, accuses or asks for comment."""
    answered = case.post.context.in_reply_to
    if not answered:
        return False
    doc = Document.of(Part("in_reply_to", answered))
    return load("criticism").has(doc, case.knowledge.slots(doc), "attack")


def _is_reply(case: Case, doc: Document) -> bool:
    return bool(case.post.context.in_reply_to) or doc.prose.lstrip(" .\n").startswith("@")


def _hit(doc: Document, matches: list[Match], whole: bool) -> Hit:
    """One hit for the whole answer: all of a reply, or else from the first that answers to its paragraph's end."""
    spans = [doc.sentence_at(match.span.start) for match in matches]
    start = doc.sentences[0].start if whole else min(span.start for span in spans)
    last = max(span.end for span in spans)
    broken = doc.prose.find("\n\n", last)
    end = max(span.end for span in doc.sentences if broken < 0 or span.end <= max(last, broken))
    surest = max(matches, key=lambda match: match.group.concern is not None)
    outright = surest.group.concern is not None
    return Hit(
        concern=CONCERN,
        message=surest.group.message or "This answers criticism of school or college.",
        part=doc.part.name,
        span=ProseSpan(start, end),
        confidence=surest.group.confidence if outright else Confidence.MEDIUM,
        evidence=tuple(dict.fromkeys(f"criticism: {match.group.name}" for match in matches)),
    )


INFERENCE = Inference("reply-to-criticism", (CONCERN,), infer)
