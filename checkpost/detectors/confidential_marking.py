"""Words that say something isn't public.

What it finds: Embargoes; marks of internal documents ("internal only", "do not circulate"); words that news
isn't out yet ("not public till Thursday", "before staff are told"); whispers ("between us", "don't tell
anyone", "can't say who…"); a sign for silence (🤐) beside such news; the header of a forwarded message to all
staff, where nothing plainer marks it.
Why it matters: Whoever writes such words knows that the matter is confidential. Employees owe their employer
a duty of confidence, which policies repeat; news that leaks early hurts those who should have heard it
first.
Not flagged: An embargo that has been lifted; confidential helplines and applications; winners and casts
announced later; secrets of games and stories; whispers in which authors own up to something of their own
("don't tell anyone, but I ate it").
"""

import re
from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.lexicon import load, term_keys
from checkpost.model import Confidence, Hit, PartKind, ProseSpan
from checkpost.patterns import late
from checkpost.rules import EVERYWHERE, Detector, phrase_hits
from checkpost.text.document import Document

CONCERN = "confidential/marked"
_LEXICON = "confidential-marking"
_FORWARDED = late(r"^[ \t]{0,8}(?:FW|FWD|Fw|Fwd)[ \t]?:[ \t]?[^\r\n]{0,120}", re.MULTILINE)
_TO_STAFF = late(r"\b(?:staff|slt|governors?|trustees?|hr|confidential|internal|team)\b", re.IGNORECASE)
_BETWEEN_US = late(r"\bbetween (?:us|you and (?:me|i))\b[ ,:;.…–—-]{0,4}(?P<next>[\w']{0,20})", re.IGNORECASE)
_SHARED = frozenset({"we", "we've", "weve", "they", "they've", "you", "and", "both", "all", "is", "was", "are"})
_OPENERS = frozenset(
    {"ok", "okay", "right", "so", "psst", "and", "but", "well", "also", "ps", "just", "honestly", "oh"}
)
_ONLY = late(
    r"^[ \t*]{0,4}(?:governors?|trustees?|slt|staff|managers?|board) only\b(?=[\s*]*[-–—:,.!\r\n])",
    re.IGNORECASE | re.MULTILINE,
)
_QUIET = late(
    "[\N{ZIPPER-MOUTH FACE}\N{FACE WITH FINGER COVERING CLOSED LIPS}\N{SPEAK-NO-EVIL MONKEY}]"
    r"|\b[Ss]s?h{2,4}\b"
)
_STAMPS = frozenset({"CONFIDENTIAL", "RESTRICTED", "EMBARGO"})


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every mark; for a forwarded header only where no word marks the text."""
    taken: list[ProseSpan] = []
    for hit in (
        *phrase_hits(doc, knowledge, _LEXICON),
        *_whispers(doc, knowledge),
        *_stamps(doc),
        *_sealed(doc, knowledge),
    ):
        if hit.span and not any(hit.span.overlaps(other) for other in taken):
            taken.append(hit.span)
            yield hit
    if not taken and doc.part.kind is PartKind.TEXT:
        yield from _headers(doc)


def _whispers(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Whispers, less the jokes and confessions that their own sentence or its neighbours give away."""
    terms, slots, words = load(_LEXICON), knowledge.slots(doc), doc.phrase_words
    spans = [*_asides(doc), *(match.span for match in terms.find(doc, slots, "whispers"))]
    if not spans:
        return
    near = {
        group: {words[match.first].sentence for match in terms.find(doc, slots, group)}
        for group in ("game", "confession", "news", "secret-advice")
    }
    for span in spans:
        here = next(doc.words_in(span)).sentence
        around = {here - 1, here, here + 1}
        if near["secret-advice"] & {here}:
            continue  # "if they ask you to keep it secret, tell somebody"
        if near["news"] & around or not (near["game"] & around or near["confession"] & {here, here + 1}):
            yield _hit(doc, span, terms.groups["whispers"].message or "", "words of confiding")


def _asides(doc: Document) -> Iterator[ProseSpan]:
    """The words "between us" as an opening, not as what people share."""
    for match in _BETWEEN_US.finditer(doc.prose) if "between " in doc.lower else ():
        before = re.findall(r"[\w']+", doc.prose[doc.sentence_at(match.start()).start : match.start()].casefold())
        if _OPENERS.issuperset(before) and match["next"].casefold() not in _SHARED:
            yield ProseSpan(match.start(), match.start("next"))


def _stamps(doc: Document) -> Iterator[Hit]:
    """A stamp in capitals at the head of a line or sentence."""
    for match in _ONLY.finditer(doc.prose) if " only" in doc.lower else ():
        yield _hit(doc, ProseSpan(*match.span()), "The draft is marked for insiders only.", "a heading")
    for word in () if doc.keys.isdisjoint(map(str.lower, _STAMPS)) else doc.words:
        if word.text in _STAMPS:
            before = doc.prose[doc.sentence_at(word.span.start).start : word.span.start]
            if not before.strip(" [(*-–|"):
                yield _hit(doc, word.span, "The draft carries a stamp for insiders only.", "a stamp in capitals")


def _sealed(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """A face or a "shh" that asks for silence, in a sentence with a confidential term or an organisation's news."""
    faces = list(_QUIET.finditer(doc.prose)) if "hh" in doc.lower or not doc.prose.isascii() else []
    if not faces:
        return
    news = [match.span for match in load(_LEXICON).find(doc, knowledge.slots(doc), "news")]
    secret = [frozenset(term_keys(term)) for term in knowledge.confidential]
    for face in faces:
        sentence = doc.sentence_at(face.start())
        if not doc.prose[sentence.start : face.start()].strip():
            sentence = doc.sentence_at(max(sentence.start - 1, 0))  # the face stands after the full stop
        keys = {key for word in doc.words_in(sentence) for key in word.keys}
        if any(span.overlaps(sentence) for span in news) or any(term <= keys for term in secret):
            span = ProseSpan(sentence.start, max(sentence.end, face.end()))
            yield _hit(doc, span, "This says that the news is to be kept quiet.", "a sign for silence")


def _headers(doc: Document) -> Iterator[Hit]:
    for match in _FORWARDED.finditer(doc.prose) if ":" in doc.prose else ():
        if _TO_STAFF.search(match[0]):
            span = ProseSpan(*match.span())
            yield _hit(doc, span, "This is a message to staff, passed on.", "a forwarded e-mail's header")


def _hit(doc: Document, span: ProseSpan, message: str, evidence: str) -> Hit:
    return Hit(
        concern=CONCERN,
        message=message,
        part=doc.part.name,
        span=span,
        confidence=Confidence.MEDIUM,
        evidence=(evidence,),
    )


DETECTOR = Detector("confidential-marking", (CONCERN,), find, reads=EVERYWHERE)
