"""Material from inside: papers, mark schemes, learners' work, internal messages, screens of internal systems.

What it finds: Assessments shown before they are sat; mark schemes handed round, and winks at what a paper holds by
those who have seen it; a learner's written work, quoted or pictured; internal e-mails, minutes, plans, forms and
draft policies; screenshots of systems that hold people's data; seating plans and lists with names. The text is read
first; the pictures' words and file names where it shows nothing.
Why it matters: A paper seen early is malpractice (JCQ, Suspected Malpractice: Policies and Procedures); a
learner owns the copyright in their work; screens and lists show other people's data.
Not flagged: Past and practice papers; what is published; templates and advice; art and models on display;
what a learner says aloud.
"""

import re
from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.lexicon import Match, load
from checkpost.model import Confidence, Hit, PartKind, ProseSpan
from checkpost.patterns import late
from checkpost.rules import Case, Inference, phrase_hits
from checkpost.text.document import Document
from checkpost.text.passages import PassageKind, passages

CONCERN = "confidential/material"
_LEXICON = "internal-material"
_HEADER = late(r"^[ \t]{0,8}(?:FW|FWD|Fw|Fwd|From|To|Subject)[ \t]?:[ \t]?[^\r\n]{0,120}", re.MULTILINE)
_BODY = late(  # more headers, then the first paragraph
    r"(?:\s{1,4}(?:From|To|Cc|CC|Bcc|Sent|Date|Subject|Re|RE)[ \t]?:[ \t]?[^\r\n]{0,160}){0,6}\s{1,6}\S[^\r\n]{0,600}"
)
_TO_STAFF = late(r"\b(?:staff|slt|governors?|trustees?|hr|team|colleagues|teachers|tutors|assessors)\b", re.IGNORECASE)
_ANSWERED = late(r"\b(?:back|repl(?:y|ied)|answer came)\b", re.IGNORECASE)  # somebody else's words
_REACH = 220  # characters from the words that announce a learner's work to the work: two lines
_LEAST_WORDS = 6  # a shorter quotation is a remark, not work
_PICTURES = (PartKind.ALT, PartKind.CAPTION, PartKind.FILE)


def infer(case: Case) -> Iterator[Hit]:
    """Yield a hit for everything from inside that the text shows, else for what the pictures' words show."""
    doc, knowledge = case.text, case.knowledge
    shown = [*_found(doc, knowledge), *_headers(doc), *_quoted(doc, knowledge), *_hinted(doc, knowledge)]
    yield from shown
    if not shown:
        for doc in case.documents:
            if doc.part.kind in _PICTURES:
                yield from _found(doc, case.knowledge)
                yield from _pictured(doc, case.knowledge)


def _found(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    taken: list[ProseSpan] = []
    for hit in phrase_hits(doc, knowledge, _LEXICON):
        if hit.span and not any(hit.span.overlaps(other) for other in taken):
            taken.append(hit.span)
            yield hit


def _headers(doc: Document) -> Iterator[Hit]:
    """The first header line of an e-mail to staff, and the message under it."""
    for match in _HEADER.finditer(doc.prose):
        if _TO_STAFF.search(match[0]):
            message = "An internal message, shown outside."
            body = _BODY.match(doc.prose, match.end())
            span = ProseSpan(match.start(), body.end() if body else match.end())
            yield _hit(doc, span, message, "the header of an e-mail to staff")
            return


def _quoted(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Passages that follow words such as "one of my Year 8s wrote"."""
    found = [passage for passage in passages(doc) if passage.words >= _LEAST_WORDS]
    if not found:
        return
    announced = list(load(_LEXICON).find(doc, knowledge.slots(doc), "work-quoted"))
    for passage in found:
        for match in announced:
            gap = passage.span.start - match.span.end
            beside = 0 <= gap <= _REACH and (
                passage.kind is not PassageKind.MARKS or _runs_on(doc, match, passage.span)
            )
            after = 0 <= match.span.start - passage.span.end <= _REACH // 4
            if beside or after:
                yield _of(doc, passage.span, match)
                break


def _hinted(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Winks at what is coming up, by somebody who has seen the paper or the scheme."""
    terms, slots, words = load(_LEXICON), knowledge.slots(doc), doc.phrase_words
    hints = list(terms.find(doc, slots, "hint"))
    if not hints or not terms.has(doc, slots, "assessed"):
        return
    seen = {words[match.first].sentence for match in terms.find(doc, slots, "inside-view")}
    for match in hints:
        here = words[match.first].sentence
        if not seen.isdisjoint(range(here - 2, here + 2)):
            yield _of(doc, doc.sentence_at(match.span.start), match)


def _runs_on(doc: Document, match: Match, passage: ProseSpan) -> bool:
    """Whether the announcement leads into a passage in marks: same or next sentence, or a colon before it."""
    between = doc.prose[match.span.end : passage.start].rstrip("\"' ")
    if _ANSWERED.search(between):
        return False
    return between.endswith(":") or len(re.findall(r"[.!?](?:\s|$)", between)) <= 1


def _pictured(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    for match in load(_LEXICON).find(doc, knowledge.slots(doc), "work-shown"):
        yield _of(doc, match.span, match)


def _of(doc: Document, span: ProseSpan, match: Match) -> Hit:
    return _hit(doc, span, match.group.message or match.group.note, f"{_LEXICON}: {match.group.name}")


def _hit(doc: Document, span: ProseSpan, message: str, evidence: str) -> Hit:
    return Hit(CONCERN, message, doc.part.name, span, Confidence.MEDIUM, (evidence,))


INFERENCE = Inference("internal-material", (CONCERN,), infer)
