"""Other people's words: without their author, or more of them than a short excerpt.

What it finds: A block quotation, a passage in quotation marks or lines of verse with nobody credited beside
it; more than an excerpt of somebody's work, credited or not, in marks or below a line that announces it; lines
sung between musical notes; words that admit that the source is unknown, or
that a work is pasted in full.
Why it matters: The Copyright, Designs and Patents Act 1988 allows quotation with sufficient acknowledgement
and no more than the purpose needs (section 30(1ZA)), and gives authors the right to be named (section 77).
Not flagged: A short passage with its author; what somebody says (a class, a colleague, a parent); titles,
slogans and words held at arm's length; an author's own verse; statements of the organisation's people and
findings of inspectors.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from checkpost.knowledge import Knowledge
from checkpost.lexicon import Lexicon, load
from checkpost.model import PUBLISHED, Confidence, Hit, ProseSpan
from checkpost.patterns import late
from checkpost.phrases import Slots
from checkpost.rules import Detector, phrase_hits
from checkpost.rules import passages as passages_of_hits
from checkpost.text.document import Document
from checkpost.text.passages import Passage, PassageKind, passages

UNATTRIBUTED = "rights/unattributed"
LONG = "rights/long-quotation"
_LEXICON = "quotation"

# The law names no number. British publishers long took 400 words of prose, or a quarter of a poem, as the
# most that is fair in criticism; a post is far shorter than a review, so a paragraph and a stanza are its
# measure.
EXCERPT_WORDS = 50
EXCERPT_LINES = 4
_LEAST_WORDS = 6  # fewer are titles, slogans, catchphrases and words held at arm's length
_LEAST_IN_BLOCK = 4  # a block quotation is set apart on purpose
_REACH = 120  # characters around a passage in which its speaker or author is named: about a line

_NAME = r"(?:[A-Z][\w'’.-]{0,40}|@\w{1,40})"
_SAID = (
    r"said|says|wrote|writes|put it|puts it|told|tells|asks|asked|reminds us|reminded us|taught us|sang"
    r"|argues|argued|puts|put"
    r"|explains|adds|words"
)
_CREDIT_AFTER = late(
    r"[\"'\s.,!?…)*_]{0,8}(?:"
    r"(?:[-–—~|]{1,3}|\(|©|[Bb]y\b|[Ff]rom\b|[Ff]ound in\b|[Ss]aid\b|[Ww]rote\b|[Ss]ource:|📖|✍️?)"
    rf"[\s*_\"']{{0,4}}(?:the |a |an )?[\"']?{_NAME}"
    rf"|\r?\n\s{{0,9}}[*_]{{0,2}}{_NAME} (?:(?:de|la|von|van|of) )?{_NAME}[^\r\n]{{0,60}}(?:\r?\n|$)"
    rf"|{_NAME} {_NAME}(?: {_NAME})?(?=[.,;!?]|\s{{0,9}}(?:\r|\n|$))"
    rf"|[ ]?{_NAME} (?:clearly|obviously|must|knew|was|is|got|understood|never|had)\b"
    rf"|\s{{0,3}}(?:anon|trad)\b|{_NAME}(?: {_NAME}){{0,2}} (?:{_SAID})\b)",
)
_CREDIT_BEFORE = late(
    rf"(?:{_NAME}(?: {_NAME})?(?:'s)?(?: (?:once|famously|always|also))?[ ,:]{{0,2}}(?:{_SAID})?"
    r"[ ,:]{0,2}[\s(*_\"'–—-]{0,5}"
    r"|\b(?:[Bb]y|[Ff]rom|of|[Ii]n|to|quoting|quotes|quote|[Rr]eading) (?:the |a |an )?"
    rf"[*_\"']?{_NAME}(?P<title>[^!?\r\n]{{0,100}})[\s(*_\"'–—-]{{0,5}})$"
)
_NO_AUTHOR = late(
    r"\b(?:Facebook|Twitter|X|Instagram|Insta|TikTok|Pinterest|LinkedIn|Google|WhatsApp|Monday|Tuesday|Wednesday|Thursday"
    r"|Friday|Saturday|Sunday|Day|Week|Month|Happy|Good|GCSE|English|I|I'm|Quote|Poem|Thought|Word|Words|Year|Lent|Easter|Christmas)\b"
)
_NOTES = frozenset("🎶🎵♪")
_SUNG = late(
    r":\s*[\"']?(?P<after>[^:\r\n\"'🎶🎵♪]?[^:\r\n\"🎶🎵♪]{24,240}?)[\"']?\s*[🎶🎵♪]|[🎶🎵♪]\s*(?P<between>[^\r\n🎶🎵♪]{16,240}?)\s*[🎶🎵♪]"
)
_SINGING = late(
    r"\b(?:s[iau]ng|singing|songs?|humm(?:ing|ed)|earworm|in my head|lyrics?|listening|playlist|choir)\b",
    re.IGNORECASE,
)
_PARAGRAPH = late(r"[^\r\n]+")
_FIRST_PERSON = frozenset({"i", "i'm", "i've", "i'd", "i'll", "my", "me", "yeah", "lol"})
_TO_A_TEACHER = frozenset({"miss", "sir"})
_RHYME = late(r"[aeiouy]{1,3}[a-z]{0,3}(?=\W*$)", re.IGNORECASE)


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield hits for passages, and for admissions that stand by themselves."""
    admitted = list(phrase_hits(doc, knowledge, _LEXICON))
    found = list(_passages(doc, knowledge, admitted))
    found += (
        hit
        for hit in (*_sung(doc), *_announced(doc, knowledge))
        if not any(hit.span and other.span and hit.span.overlaps(other.span) for other in found)
    )
    yield from found
    told = {hit.concern for hit in found}
    yield from passages_of_hits(doc, (hit for hit in admitted if hit.concern not in told))


def _passages(doc: Document, knowledge: Knowledge, admitted: list[Hit]) -> Iterator[Hit]:
    quoted = [passage for passage in passages(doc) if passage.words >= _LEAST_IN_BLOCK]
    if not quoted:
        return
    uncredited = any(hit.concern == UNATTRIBUTED for hit in admitted)
    context = _Context(doc, load(_LEXICON), knowledge.slots(doc), uncredited=uncredited)
    for passage in quoted:
        if not context.is_work(passage, quoted):
            continue
        if uncredited or not _credited(doc, passage.span):
            yield _hit(
                doc,
                passage.span,
                UNATTRIBUTED,
                "These words have no author beside them.",
                "no name beside it",
            )
        if passage.is_verse and passage.lines > EXCERPT_LINES:
            yield _hit(doc, passage.span, LONG, "More verse than a short excerpt.", f"{passage.lines} lines")
        elif passage.words > EXCERPT_WORDS:
            yield _hit(doc, passage.span, LONG, "More than a short excerpt.", f"{passage.words} words")


def _sung(doc: Document) -> Iterator[Hit]:
    """Lines of a song between or before the notes that stand for singing, with nobody credited."""
    if _NOTES.isdisjoint(doc.prose):
        return
    for match in _SUNG.finditer(doc.prose):
        if match["after"] and not _SINGING.search(doc.prose, max(0, match.start() - _REACH), match.start()):
            continue
        span = ProseSpan(*match.span("after" if match["after"] else "between"))
        if sum(1 for _ in doc.words_in(span)) >= _LEAST_WORDS and not _credited(doc, span):
            yield _hit(
                doc, span, UNATTRIBUTED, "These words have no author beside them.", "sung, with no name beside it"
            )


def _announced(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Paragraphs longer than an excerpt, below a line that announces somebody's words at length and ends in a colon."""
    paragraphs = [ProseSpan(*match.span()) for match in _PARAGRAPH.finditer(doc.prose) if match[0].strip()]
    if len(paragraphs) < 2:
        return
    announcing = [match.span for match in load(_LEXICON).find(doc, knowledge.slots(doc), "in-full")]
    own = [match.span for match in load(_LEXICON).find(doc, knowledge.slots(doc), "own-words")]
    for before, span in pairwise(paragraphs):
        if not doc.text(before).rstrip(" 👇⬇").endswith((":", "👇", "⬇", "—", "-")):
            continue
        if not any(before.overlaps(other) for other in announcing) or any(before.overlaps(other) for other in own):
            continue
        words = sum(1 for _ in doc.words_in(span))
        if words > EXCERPT_WORDS:
            yield _hit(doc, span, LONG, "More than a short excerpt.", f"{words} words")


class _Context:
    """What the words around a passage say of it."""

    def __init__(self, doc: Document, terms: Lexicon, slots: Slots, *, uncredited: bool) -> None:
        self._doc = doc
        self._groups = {
            name: [match.span for match in terms.find(doc, slots, name)]
            for name in (
                "quoting",
                "anonymous",
                "verse-word",
                "own-words",
                "learner-words",
                "recited",
                "house",
                "publication",
                "speech",
            )
        }
        self._uncredited = uncredited

    def is_work(self, passage: Passage, among: list[Passage]) -> bool:
        """Whether a passage is taken from somebody's work, so far as its form and surroundings show."""
        if self._near("own-words", passage.span) or self._is_learners(passage.span):
            return False
        if passage.kind is PassageKind.VERSE:
            named = bool(self._groups["verse-word"]) or _credited(self._doc, passage.span)
            return self._sounds_like_verse(passage) and (named or passage.lines >= 2 * EXCERPT_LINES)
        published = passage.words > EXCERPT_WORDS and self._near("publication", passage.span)
        if self._near("house", passage.span) and not (published or self._uncredited):
            return False
        if passage.kind is PassageKind.BLOCK or self._uncredited:
            return True
        return passage.words >= _LEAST_WORDS and self._is_quoted(passage, among)

    def _is_quoted(self, passage: Passage, among: list[Passage]) -> bool:
        """Whether a passage in quotation marks is quoted from a work, not said by somebody."""
        said = {key for word in self._doc.words_in(passage.span) for key in word.keys}
        introduced = self._near("quoting", passage.span)
        if self._doc.prose[passage.span.start] == "@":
            return False  # a retweet by hand, which is credited
        if self._near("anonymous", passage.span):
            return True
        if passage.words > EXCERPT_WORDS or (passage.is_verse and passage.lines > EXCERPT_LINES):
            return True
        if self._near("speech", passage.span) and not introduced:
            return False
        if said & _TO_A_TEACHER:
            return False
        asks = self._doc.text(passage.span).rstrip().endswith("?")
        dialogue = sum(other.kind is PassageKind.MARKS for other in among) > 2
        remark = bool(said & _FIRST_PERSON) or asks or dialogue
        return self._stands_alone(passage.span) and (introduced or not remark)

    def _is_learners(self, span: ProseSpan) -> bool:
        """Whether a learner is said to have written a passage, not to have read it out."""
        recited = self._groups["recited"]
        return any(not any(other.overlaps(read) for read in recited) for other in self._around("learner-words", span))

    def _near(self, group: str, span: ProseSpan) -> bool:
        """Whether a word of a group stands outside a passage, but close to it."""
        return any(True for _ in self._around(group, span))

    def _around(self, group: str, span: ProseSpan) -> Iterator[ProseSpan]:
        reach = ProseSpan(max(0, span.start - _REACH), span.end + _REACH // 2)
        return (other for other in self._groups[group] if other.overlaps(reach) and not other.overlaps(span))

    def _stands_alone(self, span: ProseSpan) -> bool:
        """Whether a passage begins a line or follows a colon or a dash, and no sentence runs on around it."""
        before = self._doc.prose[max(0, span.start - _REACH) : span.start].rstrip("\"'“ *_(")
        after = self._doc.prose[span.end : span.end + _REACH].lstrip("\"'”*_)")
        opens = not before or before[-1] in "\n\r:–—-!?.👇…" or not (before[-1].isalnum() or before[-1] == ",")
        return opens and not re.match(r" ?[a-z]", after)

    def _sounds_like_verse(self, passage: Passage) -> bool:
        """Whether a third of the lines rhyme with a later one, or end at a comma; or half of them do either."""
        lines = [line.rstrip() for line in re.split(r"[\r\n]+", self._doc.text(passage.span)) if line.strip()]
        ends = [_RHYME.search(line) for line in lines]
        sounds = [end[0].casefold() if end else "" for end in ends]
        pairs = [
            (at, later)
            for at, sound in enumerate(sounds)
            for later in range(at + 1, min(at + 4, len(sounds)))
            if sound and sound == sounds[later]
        ]
        running = {at for at, line in enumerate(lines) if line[-1] in ",;:—"}
        rhymed = {at for pair in pairs for at in pair}
        first = {at for at, _ in pairs}
        return max(len(first), len(running)) * 3 >= len(lines) or len(rhymed | running) * 2 >= len(lines)


def _credited(doc: Document, span: ProseSpan) -> bool:
    after = _CREDIT_AFTER.match(doc.prose[span.end : span.end + _REACH])
    if after and not _NO_AUTHOR.search(after[0]):
        return True
    before = _CREDIT_BEFORE.search(doc.prose[max(0, span.start - _REACH) : span.start])
    if before is None:
        return False
    name = before[0][: before.start("title") - before.start()] if before["title"] else before[0]
    return not _NO_AUTHOR.search(name)


def _hit(doc: Document, span: ProseSpan, concern: str, message: str, evidence: str) -> Hit:
    return Hit(
        concern=concern,
        message=message,
        part=doc.part.name,
        span=span,
        confidence=Confidence.MEDIUM,
        evidence=(evidence,),
    )


DETECTOR = Detector("quotation", (UNATTRIBUTED, LONG), find, reads=PUBLISHED)
