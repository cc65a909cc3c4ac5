"""Numbers that stand for a person once the right words are near: shape, check and context, weighed together.

A detector of such a number describes it (`Number`) and hands it to `number_hits`. The words are those of the
lexicon `identifiers`: a group for each kind of number, and `other` for what people call numbers of things.
The nearest words win.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from checkpost.knowledge import Knowledge
from checkpost.lexicon import Match, load
from checkpost.model import Confidence, Hit, PartKind, ProseSpan
from checkpost.patterns import late
from checkpost.text.document import Document
from checkpost.text.spoken import spoken
from checkpost.text.words import WordKind

WITHIN = 8  # words between a number and the words that say what it is
_SENTENCE = 3  # words that a sentence's end counts for
_LONGEST = 12  # words of the longest term
_TELLING = 13  # characters of a number that hardly any other row of figures agrees with
_FEWEST = 6  # digits of the shortest, a National Insurance number
_GROUPS = 34  # of one character each, in the longest IBAN
_SHORTEST_NUMBER, _LONGEST_NUMBER = 9, 34
_MARKS = r"(?:[ .\-–—\u2015·]{1,3}|\r?\n)"
_RUN = late(rf"(?<![^\W_])[a-z0-9]{{1,13}}(?:{_MARKS}[a-z0-9]{{1,13}})+(?![^\W_])", re.IGNORECASE | re.ASCII)
_YOURS = late(r"\b(?:yours|his|hers|mine|theirs|\w{2,20}['’]s)(?: (?:is|was|being)|['’]s|:)? ?$", re.IGNORECASE)
# What ties a number to a label further off: "ID for Jayden, since you asked: 4021", "4021 is my lad's staff number".
_LED_UP_TO = late(r"(?:\b(?:is|was|be|being)|['’]s|[:=→])(?: (?:still|now|just))? ?[\"'(#]?$", re.IGNORECASE)
_IS_SAID_TO_BE = late(r"[\"')]?(?:,? (?:is|was|being|as|for)\b| ?=)", re.IGNORECASE)
_JUST_BEFORE = 30  # characters
_ANAPHOR = 25  # words back to what "yours" stands for
_BESIDE = 4  # words between a label and a number that is grouped like none of its kind
_TIED = 9  # words between a label and a number that a verb or a colon ties to it
_DIGITS = late(r"\d.*\d")  # no number with a check has fewer
_GROUP = late(r"[a-z0-9]+", re.IGNORECASE)
_DATA = frozenset({PartKind.FILE, PartKind.METADATA})  # where digits are mostly a camera's


@dataclass(frozen=True, slots=True)
class Number:
    """A kind of number that stands for one person, with so many digits at the least.

    `words` is its group in the lexicon, `also` names weaker groups that will do. `alone` is the confidence of
    a valid number that no word explains and that `stands_alone`; `unchecked` that of one with the right words
    that is not valid. None is no hit. A draft that is nothing but the number needs no other sign, unless it
    `needs_words`.
    """

    concern: str
    message: str
    words: str
    shape: re.Pattern[str]
    is_valid: Callable[[str], bool] = bool
    also: tuple[str, ...] = ()
    stands_alone: Callable[[str], bool] = bool
    alone: Confidence | None = Confidence.MEDIUM
    unchecked: Confidence | None = Confidence.MEDIUM
    within: int = WITHIN
    needs_words: bool = False
    check: str = "its check digit"
    digits: int = 0
    others: str = "other"  # the group that names what is no such number


def number_hits(doc: Document, knowledge: Knowledge, number: Number) -> Iterator[Hit]:
    """A hit for every number of a kind, as sure as its check and the words around it make it."""
    if doc.digits < number.digits and not doc.derived(spoken):
        return
    texts, plain = _texts(doc, knowledge, number)
    spans = sorted(texts, key=lambda span: span.start)
    if not spans:
        return
    may_stand_alone = doc.part.kind not in _DATA
    own = {number.words, *number.also}
    groups = _groups(doc, knowledge, number, spans)
    named = {_bare(texts[span]) for span in spans if groups.get(span) in own}
    for span in spans:
        is_valid = number.is_valid(texts[span])
        confidence: Confidence | None = None
        if _bare(texts[span]) in named:
            confidence = Confidence.HIGH if is_valid else number.unchecked
        elif span not in plain and len(_bare(texts[span])) < _TELLING:
            confidence = None  # ten digits in a disguise may be a row of scores
        elif is_valid and not number.needs_words and _is_all(doc, span):
            confidence = number.alone or Confidence.LOW  # a draft that is nothing but the number
        elif is_valid and may_stand_alone and number.stands_alone(texts[span]):
            # What is sure alone is no number of a thing, whatever stands near it.
            confidence = number.alone if groups.get(span) != number.others or number.alone is Confidence.HIGH else None
        if confidence:
            evidence = (number.check if is_valid else "its shape", "the words near it")
            yield Hit(
                concern=number.concern,
                message=number.message,
                part=doc.part.name,
                span=span,
                confidence=confidence,
                evidence=evidence if _bare(texts[span]) in named else evidence[:1],
                replacement="[number removed]",
            )


def _texts(doc: Document, knowledge: Knowledge, number: Number) -> tuple[dict[ProseSpan, str], frozenset[ProseSpan]]:
    """What may be such a number, without what parts its characters; and which of these are written plainly."""
    texts = {span: doc.text(span) for span in shapes(doc, number.shape)}
    plain = frozenset(texts)
    for span, text in _disguised(doc, number):
        texts.setdefault(span, text)
    for span, text in _grouped(doc, knowledge, number):
        if not any(span.overlaps(other) for other in texts):
            texts[span] = text
    return texts, plain


def _groups(doc: Document, knowledge: Knowledge, number: Number, spans: Sequence[ProseSpan]) -> dict[ProseSpan, str]:
    """What each number is called by the nearest words, by the name of their group."""
    own = {number.words, *number.also}
    labels = matches(doc, knowledge, "identifiers", *number.also)
    if number.others != "other":
        things = load("identifiers").find(doc, knowledge.slots(doc), number.others)
        labels = [*(label for label in labels if label.group.name != "other"), *things]
    labels.sort(key=lambda match: (match.first, match.group.name not in own))
    found = {}
    for span in spans:
        label = nearest(doc, span, labels, number.within)
        if label is None and _YOURS.search(doc.prose, max(span.start - _JUST_BEFORE, 0), span.start):
            label = nearest(doc, span, labels, _ANAPHOR)  # "your candidate number is on the slip (yours is 4417)"
        label = label or _tied(doc, span, labels)
        if label:
            found[span] = label.group.name
    return found


def _tied(doc: Document, span: ProseSpan, labels: Sequence[Match]) -> Match | None:
    """The label to which a verb or a colon beside a number ties it."""
    label = nearest(doc, span, labels, _TIED)
    if label is None:
        return None
    if label.span.start < span.start:
        return label if _LED_UP_TO.search(doc.prose, max(span.start - _JUST_BEFORE, 0), span.start) else None
    return label if _IS_SAID_TO_BE.match(doc.prose, span.end) else None


def shapes(doc: Document, shape: re.Pattern[str]) -> Iterator[ProseSpan]:
    """Where a pattern stands, web and e-mail addresses left out."""
    found = [ProseSpan(*match.span()) for match in shape.finditer(doc.prose)]
    if not found:
        return
    addresses = [word.span for word in doc.words if word.kind in (WordKind.URL, WordKind.EMAIL)]
    for span in found:
        at = bisect_left(addresses, span.start, key=lambda address: address.end - 1)
        if at == len(addresses) or not span.overlaps(addresses[at]):
            yield span


def matches(doc: Document, knowledge: Knowledge, lexicon: str, *more: str) -> list[Match]:
    """Where a lexicon's terms stand, in order: of groups with a concern, of `other`, and of some more."""
    terms = load(lexicon)
    slots = knowledge.slots(doc)
    found = [*terms.find(doc, slots), *terms.find(doc, slots, "other", *more)]
    return sorted(found, key=lambda match: match.first)


def nearest(doc: Document, span: ProseSpan, labels: Sequence[Match], within: int = WITHIN) -> Match | None:
    """Of some terms found, the one with the fewest words between it and a span; None where all are too far.

    `labels` come in the order of the text.
    The end of a sentence counts as three words. Of two as near, the one before the span wins.
    """
    words = doc.phrase_words
    first = bisect_right(words, span.start, key=lambda word: word.span.end)
    after = bisect_left(words, span.end, key=lambda word: word.span.start)
    low = bisect_left(labels, first - within - _LONGEST, key=lambda match: match.first)
    high = bisect_right(labels, after + within, key=lambda match: match.first)

    def distance(match: Match) -> int:
        if match.after <= first:
            between, one, other = first - match.after, match.after - 1, first
        elif match.first >= after:
            between, one, other = match.first - after, after - 1, match.first
        else:
            return 0
        here, there = (words[min(max(at, 0), len(words) - 1)].sentence for at in (one, other))
        return between + _SENTENCE * (there - here)

    close: Iterable[Match] = (match for match in labels[low:high] if distance(match) <= within)
    return min(close, key=distance, default=None)


def _is_all(doc: Document, span: ProseSpan) -> bool:
    """Whether a text is a number and not a word more."""
    return doc.part.kind is PartKind.TEXT and all(word.span.overlaps(span) for word in doc.words)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", text).upper()


def _grouped(doc: Document, knowledge: Knowledge, number: Number) -> Iterator[tuple[ProseSpan, str]]:
    """Numbers right beside their own label, however they are grouped, though their check does not agree."""
    if number.is_valid is bool or not number.unchecked:
        return
    found = [each for each in doc.derived(_joined) if each.is_whole and number.shape.fullmatch(each.text)]
    if not found:
        return
    labels = matches(doc, knowledge, "identifiers", *number.also)
    for each in found:
        label = nearest(doc, each.span, labels, _BESIDE) or _tied(doc, each.span, labels)
        if label and label.group.name == number.words:
            yield each.span, each.text


def _disguised(doc: Document, number: Number) -> Iterator[tuple[ProseSpan, str]]:
    """Numbers whose check agrees once what was put between their characters is left out, or said in words.

    `9 4 3 4 7 6 5 9 1 9`, `943.476.5919`, `943—476—5919`, a number broken by a line's end, "nine four three…".
    """
    if number.is_valid is bool:
        return  # without a check, anything would do
    for span, digits in doc.derived(spoken):
        if number.shape.fullmatch(digits) and number.is_valid(digits):
            yield span, digits
    after = 0
    for joined in doc.derived(_joined):
        if joined.span.start >= after and number.shape.fullmatch(joined.text) and number.is_valid(joined.text):
            after = joined.span.end
            yield joined.span, joined.text


@dataclass(frozen=True, slots=True)
class _Joined:
    """Groups of letters and digits that marks part, and what they come to without the marks."""

    span: ProseSpan
    text: str
    is_whole: bool  # no more groups of digits on either side


def _joined(doc: Document) -> Sequence[_Joined]:
    """What may be a number in groups, by where it begins, the shorter first."""
    if doc.digits < _FEWEST:
        return ()
    found: list[_Joined] = []
    for run in _RUN.finditer(doc.prose):
        groups = list(_GROUP.finditer(doc.prose, *run.span()))
        for at in range(len(groups)):
            found.extend(_joined_from(groups, at))
    return found


def _joined_from(groups: Sequence[re.Match[str]], at: int) -> Iterator[_Joined]:
    """What may be a number from a group on; groups of one character are read together only with their like."""
    text = groups[at][0]
    for end in range(at + 1, min(at + _GROUPS, len(groups))):
        text += groups[end][0]
        if len(text) > _LONGEST_NUMBER:
            return
        goes_on = end + 1 < len(groups) and len(groups[end + 1][0]) == 1 and groups[end + 1][0].isdigit()
        if len(text) >= _SHORTEST_NUMBER and not goes_on and _DIGITS.search(text):
            around = (*groups[max(at - 1, 0) : at], *groups[end + 1 : end + 2])
            is_whole = not any(group[0].isdigit() for group in around)
            yield _Joined(ProseSpan(groups[at].start(), groups[end].end()), text, is_whole)
