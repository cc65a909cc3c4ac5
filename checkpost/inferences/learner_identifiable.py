"""Learners who can be picked out though nobody names them in full.

What it finds: A description that fits one learner of a group ("the only boy on my course", "our goalkeeper in
Year 9"), a learner of a class told of with a fact, an initial or a first name with a class, a learner's past
life, and a child told of to the parent who is spoken to.
Why it matters: Classmates and families fill the gap at once; somebody who can be picked out by combining
details is identifiable under the UK GDPR (Article 4(1); ICO guidance on indirect identification) just as if
named.
Not flagged: Whole classes and groups, "one of them" with nothing to tell them by, children and learners in
general, and places where a learner's name was found already.
"""

import re
from collections.abc import Iterator

from checkpost.cues import Cues, virtues
from checkpost.described import NOUNS, Described, class_end, happened
from checkpost.lexicon import load
from checkpost.model import Confidence, Hit
from checkpost.names import TITLES, is_given, is_word, name_key, public_figures
from checkpost.rules import Case, Inference
from checkpost.text.words import WordKind

CONCERN = "people/learner-identifiable"

_Found = tuple[int, int, str]  # first word, after the last, evidence

_FAINT = "one learner of a group, told of with what they did"
_LABELS = frozenset(  # what a letter before a class names, other than somebody
    "mr mrs ms miss dr mx year room block grade set paper plan level hall vitamin section house unit "
    "question team part group site gate wing option band stream class form type stage point category".split()
)
_ABBREVIATED = frozenset("ta pe re it dt us uk la qa pa ks".split())
_GIRLS = frozenset("grace faith hope joy dawn mercy patience".split())  # virtues, unless a class stands beside them
_SEASONS = frozenset("summer autumn winter spring april may june august art will mark bill".split())
_OF_SUBJECTS = frozenset("is was isn't wasn't gets keeps needs turned".split())
_IN_PLACES = frozenset({"in", "near", "around", "visit", "visiting"})
_PARTS = frozenset({"romeo", "juliet", "hamlet", "macbeth", "othello", "iago", "prospero", "lear"})
_AGE_FOLLOWS = re.compile(r",? \(?(?:aged? )?(?:[3-9]|1\d)(?:\)|,| years old)")
_CLASS_FOLLOWS = re.compile(r"\s{0,3}\(\s{0,3}|,\s{1,3}|\s{1,3}[–-]\s{1,3}")


def infer(case: Case) -> Iterator[Hit]:
    """Yield a hit for every description that points to one learner."""
    cues = case.text.derived(Cues)
    named = {cues.words[at].sentence for span in case.spans_of("people/learner") for at in cues.indexes(span)}
    taken: set[int] = set()
    for first, after, evidence in (
        *_phrases(case),
        *_initials(cues),
        *_first_names(case, cues),
        *_of_ours(case, cues),
        *Described(case, cues).find(),
    ):
        if cues.words[first].sentence in named or taken.intersection(range(first, after)):
            continue
        taken.update(range(first, after))
        yield Hit(
            concern=CONCERN,
            message="The details together point to one learner.",
            span=cues.span(first, after),
            confidence=Confidence.LOW if evidence == _FAINT else Confidence.MEDIUM,
            evidence=(evidence,),
        )


def _phrases(case: Case) -> Iterator[_Found]:
    terms, slots, doc = load("learner-identifiable"), case.knowledge.slots(case.text), case.text
    cues = doc.derived(Cues)
    for match in terms.find(doc, slots, "picked-out", "role-in-class", "with-a-fact"):
        if not _is_whole_class(cues, match.first + 1):
            yield match.first, match.after, "one learner of a group, and what sets them apart"
    if cues.school or cues.care or case.signs:
        for match in terms.find(doc, slots, "marked"):
            yield match.first, match.after, "one learner of some, and what tells them from the others"
    if terms.has(doc, slots, "learners-told-of") and terms.has(doc, slots, "teaching"):
        for match in terms.find(doc, slots, "past-life"):
            yield match.first, match.after, "a learner's past life"
    spoken_to = any(tag.kind is WordKind.HANDLE for tag in doc.tags) or any(case.found("people/family"))
    if case.post.context.in_reply_to or spoken_to:
        for match in terms.find(doc, slots, "your-child"):
            yield match.first, match.after, "a child told of to a parent"


def _is_whole_class(cues: Cues, at: int) -> bool:
    """Whether a class in the plural stands at a word: `the Year 4s who …`."""
    after = class_end(cues, at) if at in cues.classes else None
    return after is not None and cues.words[after - 1].text.endswith("s") and "'" not in cues.words[after - 1].text


def _of_ours(case: Case, cues: Cues) -> Iterator[_Found]:
    """Brothers or sisters with their class, and one learner of a group with what they did."""
    terms, slots, doc = load("learner-identifiable"), case.knowledge.slots(case.text), case.text
    mine = {cues.words[match.first].sentence for match in terms.find(doc, slots, "in-mine")}
    for match in terms.find(doc, slots, "siblings"):
        if {cues.words[match.first].sentence, cues.words[match.first].sentence + 1} & mine:
            yield match.first, match.after, "brothers or sisters, and their class"
    for match in terms.find(doc, slots, "one-of-ours"):
        yield match.first, match.after, _FAINT


def _initials(cues: Cues) -> Iterator[_Found]:
    """`S. back in 7C`, `J (Year 9)`: a letter for a name, with a class."""
    words = cues.words
    for at, word in enumerate(words):
        if len(word.text) != 1 or not word.text.isupper():
            continue
        dotted = cues.next_mark(at) == "."
        if (word.text in "AI" and not dotted) or at in cues.classes:
            continue
        following = words[at + 1].text if at + 1 < len(words) and cues.gap(at + 1) in (".", ". ") else ""
        if (word.text + following).casefold() in _ABBREVIATED:
            continue
        if not cues.starts_sentence(at):
            before = words[at - 1]
            joined = cues.gap(at) in ("", "-", "&", ".", "/", " & ") or before.text[0].isdigit()
            if before.key in _LABELS or joined or cues.follows_capital(at):
                continue
        for end in range(at + 1, min(at + 5, len(words))):
            after = class_end(cues, end)
            if after and words[end].sentence == word.sentence and (dotted or end - at <= 2):
                yield at, after, "an initial and a class"
                break


def _first_names(case: Case, cues: Cues) -> Iterator[_Found]:
    """A first name that is not on the roster, with a class or a word that makes it a learner's."""
    words, terms, slots = cues.words, load("learner-identifiable"), case.knowledge.slots(case.text)
    read = case.knowledge.read_names(case.text)
    known = {at for mention in case.knowledge.mentions(case.text) for at in mention.indexes} | cues.figures
    groups = {match.first: match.after for match in terms.find(case.text, slots, "of-a-group")}
    awarded = {match.after for match in terms.find(case.text, slots, "award")}
    called = {match.after: match.first for match in terms.find(case.text, slots, "called")}
    official = case.post.context.account == "organisation"
    teaches = terms.has(case.text, slots, "in-class")
    staged = {words[match.first].sentence for match in terms.find(case.text, slots, "on-stage")}
    for at, word in enumerate(words):
        if not word.is_capitalised:
            continue
        is_called = teaches and at in called and word.kind is WordKind.PLAIN
        if at in known or {at, at - 1} & cues.after_own or not (is_called or _is_first_name(cues, at, read)):
            continue
        end = at + 1
        while end < len(words) and end - at < 3 and _goes_on(cues, end):
            end += 1
        ordinary = is_word(name_key(word.keys[-1]))
        alone = ordinary and at + 1 == end and cues.starts_sentence(at)
        after = _class_after(cues, end) or (groups.get(end) if cues.gap(end) in (" ", ", ", " (") else None)
        told = after and after < len(words) and words[after].key not in _OF_SUBJECTS and happened(cues, after)
        alone = alone and (name_key(word.keys[-1]) in _SEASONS or not told)
        if after and not alone and not (end == at + 1 and word.sentence in staged):
            yield at, after, "a first name and a class"
        elif not ordinary and official and _AGE_FOLLOWS.match(case.text.prose, words[end - 1].span.end):
            yield at, end, "a first name and an age"
        elif teaches and at in called and not ordinary:
            yield called[at], end, "somebody of a class, and a first name"
        elif at in awarded and not ordinary:
            yield at, end, "a first name and an award"
        elif at and name_key(word.keys[-1]) not in virtues() and cues.gap(at) == " " and _is_learners(cues, at - 1):
            yield at - 1, end, "a first name called a learner's"


def _is_learners(cues: Cues, before: int) -> bool:
    """Whether the word before a first name makes it a learner's: `apprentice …`, `Year 8's …`."""
    word = cues.words[before]
    return word.key in NOUNS or (before in cues.classes and "'s" in word.key)


def _goes_on(cues: Cues, at: int) -> bool:
    return cues.words[at].is_capitalised and cues.joins(at) and at not in cues.classes


def _is_first_name(cues: Cues, at: int, read: frozenset[int]) -> bool:
    """Whether a capitalised word is a first name: one of the list, or one that the trained model reads as such."""
    word = cues.words[at]
    key = name_key(word.keys[-1])
    titled = at > 0 and cues.words[at - 1].key in TITLES
    if at and cues.words[at - 1].key in _IN_PLACES and is_word(key):
        return False  # "the Eiffel Tower is in Paris, Year 3"
    if word.kind is not WordKind.PLAIN or len(word.text) < 3 or titled:
        return False
    if at in read and (is_given(key) or key not in public_figures()):  # "Darwin in Year 6" is a topic
        return key not in _PARTS
    return (
        is_given(key)
        and key not in _PARTS | (virtues() - _GIRLS)
        and (not cues.follows_capital(at) or _is_learners(cues, at - 1))
    )


def _class_after(cues: Cues, end: int) -> int | None:
    """The index after a class that follows a name: `in Year 8`, `(8B)`, `, Year 8`."""
    if end < len(cues.words) and cues.words[end].key in ("in", "from", "of"):
        end += 1
        if end < len(cues.words) and cues.words[end].key in ("my", "our", "the"):
            end += 1
    elif not _CLASS_FOLLOWS.fullmatch(cues.gap(end)):
        return None
    return class_end(cues, end)


INFERENCE = Inference("learner-identifiable", (CONCERN,), infer)
