"""Who is in a picture: as the draft declares, the file's own fields name, alt text and caption show.

Several inferences ask this: whether learners or colleagues are seen, whether they agreed, on whose account
and on whose phone. Words show somebody only where they mean a person who is seen: not the books of Year 4, a
pupil planner, a poster about apprentices, or a classroom before Year 8 arrive. The words are in
lexicons/terms/pictured.toml.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from checkpost.cues import Cues
from checkpost.knowledge import Knowledge
from checkpost.lexicon import Match, load
from checkpost.model import PartKind, Person, ProseSpan
from checkpost.names import is_given, is_word, name_key, name_words, short_forms
from checkpost.phrases import NO_SLOTS, Slots
from checkpost.roster import Entry
from checkpost.rules import Case
from checkpost.text.document import Document
from checkpost.text.words import Word, WordKind

_PEOPLE_FIELDS = ("PersonInImage", "PersonDisplayName", "PersonName", "RegionName", "RegionList.Name",
                  "RecognizedFace1Name", "RecognizedFace2Name", "RecognizedFace3Name")  # fmt: skip
_TAKEN = (
    *("DateTimeOriginal", "SubSecDateTimeOriginal", "CreationDate", "ContentCreateDate", "CreateDate"),
    *("DateTimeDigitized", "DateCreated", "DateTime"),
)
_MOMENT = re.compile(r"(\d{4})[:\-/](\d\d)[:\-/](\d\d)[T ](\d\d):(\d\d)")
_MAX_NOUNS = 50  # of one text: more would tell no more
_TOLD = 4  # letters of a family name in an account's
_REACH = 4  # how many words before a noun may say that it is not seen
_NOT_DOING = frozenset(
    {"housing", "funding", "meeting", "training", "tracking", "parking", "seating", "voting", "planning"}
)


@dataclass(frozen=True, slots=True)
class Shown:
    """Somebody in a picture: a `person` whom the draft declares, or a `span` of words that show them."""

    role: str | None
    part: str
    person: Person | None = None
    span: ProseSpan | None = None
    recognisable: bool = True

    @property
    def is_declared(self) -> bool:
        """Whether the draft, or the file itself, says who it is."""
        return self.span is None


def people_in(case: Case, index: int) -> tuple[Shown, ...]:
    """Everybody in one picture but the author. Those whom the draft declares come first."""
    return (*_declared(case, index), *_named_in_file(case, index), *_in_words(case, index))


def learners_in(case: Case, index: int) -> tuple[Shown, ...]:
    """The learners in one picture, those whom the draft declares first."""
    return tuple(shown for shown in people_in(case, index) if shown.role == "learner")


def names_in_file(case: Case, index: int) -> Iterator[Document]:
    """The fields of a picture's file that name who is in it."""
    for doc in case.of_image(index):
        if doc.part.kind is PartKind.METADATA and doc.part.field.endswith(_PEOPLE_FIELDS):
            yield doc


def roster_entry(knowledge: Knowledge, name: str | None) -> Entry | None:
    """The one person of the rosters that a name means: in full, first and last, or as known."""
    words = name_words(name or "")
    if not words:
        return None
    found = [
        entry
        for entry in knowledge.roster.with_words(words[:1], words[-1:])
        if words in (entry.words, (entry.words[0], entry.words[-1]), entry.known_as)
    ]
    return found[0] if len(found) == 1 else None


def named_in_text(case: Case) -> Mapping[int, tuple[int, str]]:
    """Where the post's own text names somebody whom the draft declares in a picture, if only by the first name.

    Returns:
        Index of the first word → index after the last, and the person's role ("other" if none is declared).
    """
    found: dict[int, tuple[int, str]] = {}
    for image in case.post.images:
        for person in image.people:
            name = name_words(person.name or "")
            strange = person.role == "other" and case.post.context.account != "organisation"  # the author's own friends
            if name and name != case.author and not strange and (len(name) > 1 or is_given(name[0])):
                entry = roster_entry(case.knowledge, person.name)
                role = person.role or (entry.kind if entry else "other")
                found.update((first, (after, role)) for first, after in _places(case.text, name))
    return found


def _places(doc: Document, name: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where somebody is named, in full or by the first name, or has a tag with both names in it."""
    cues, calls = doc.derived(Cues), {name[0], *short_forms(name[0])}
    for at, word in enumerate(cues.words):
        keys = {name_key(key) for key in word.keys}
        if word.kind is not WordKind.PLAIN or not word.is_capitalised or not keys & calls:
            continue
        after = at + 1
        if len(name) > 1 and after < len(cues.words) and name[-1] in map(name_key, cues.words[after].keys):
            after += 1
        longer = after < len(cues.words) and cues.words[after].is_capitalised and cues.gap(after) == " "
        ordinary = is_word(name[0]) and cues.starts_sentence(at) and "'s" not in word.key
        if after > at + 1 or not (longer or ordinary or {at, at - 1} & cues.after_own):
            yield at, after
    for tag, inside in cues.tagged:
        letters = "".join(name_words(re.sub(r"[\W\d_]+", "", tag.text)))
        if len(name) > 1 and any(call in letters for call in calls) and name[-1][:_TOLD] in letters:
            yield inside.start, inside.stop


def taken_at(case: Case, index: int) -> datetime | None:
    """When a picture was taken, on the clock of the place, as the surest field that gives an hour says."""
    fields = {doc.part.field: doc.prose for doc in case.of_image(index) if doc.part.kind is PartKind.METADATA}
    return next((found for name in _TAKEN if name in fields and (found := _moment(fields[name]))), None)


def _moment(text: str) -> datetime | None:
    match = _MOMENT.match(text)
    try:
        return datetime.fromisoformat("{}-{}-{}T{}:{}".format(*match.groups())) if match else None
    except ValueError:
        return None


def _declared(case: Case, index: int) -> Iterator[Shown]:
    people = case.post.images[index].people
    for person in people:
        if case.author and name_words(person.name or "") == case.author:
            continue
        if not case.author and len(people) == 1 and person.role == "staff" and _is_selfie(case, index):
            continue
        entry = roster_entry(case.knowledge, person.name) if person.role is None else None
        yield Shown(person.role or (entry.kind if entry else None), f"images[{index}]", person)


def _is_selfie(case: Case, index: int) -> bool:
    terms = load("pictured")
    return any(
        terms.has(doc, NO_SLOTS, "self") for doc in case.of_image(index) if doc.part.kind is not PartKind.METADATA
    )


def _named_in_file(case: Case, index: int) -> Iterator[Shown]:
    for doc in names_in_file(case, index):
        words = name_words(doc.prose)
        entry = roster_entry(case.knowledge, doc.prose)
        is_author = case.author and case.author in (words, entry.words if entry else ())
        if words and not is_author:
            yield Shown(entry.kind if entry else None, doc.part.name)


def _in_words(case: Case, index: int) -> Iterator[Shown]:
    at_school = case.post.context.account == "organisation" or is_about_school(case, index)
    for doc in case.of_image(index):
        if doc.part.kind in (PartKind.ALT, PartKind.CAPTION):
            yield from _seen(doc, case.knowledge.slots(doc), at_school=at_school)
    yield from _said(case, index)


def is_about_school(case: Case, index: int) -> bool:
    """Whether a picture's words, or the post's own, speak of school, college or training."""
    terms = load("pictured")
    return any(
        doc.part.kind is not PartKind.METADATA and terms.has(doc, case.knowledge.slots(doc), "school")
        for doc in (case.text, *case.of_image(index))
    )


def _said(case: Case, index: int) -> Iterator[Shown]:
    """Whom the post's own text shows: "a photo of two of my apprentices"."""
    match = next(load("pictured").find(case.text, NO_SLOTS, "photo-of"), None)
    if match and _follows(_Text(case.text, {}), match):
        yield Shown("learner", f"images[{index}]")


class _Text:
    """A document with the words and the marks that decide who is seen in it."""

    def __init__(self, doc: Document, slots: Slots) -> None:
        self.doc = doc
        self.slots = slots
        self.words = doc.phrase_words
        self._found: dict[str, tuple[Match, ...]] = {}

    def matches(self, group: str) -> tuple[Match, ...]:
        if group not in self._found:
            self._found[group] = tuple(load("pictured").find(self.doc, self.slots, group))
        return self._found[group]

    def begins(self, index: int, *groups: str) -> bool:
        """Whether a term of some groups begins at a word."""
        return any(match.first == index for group in groups for match in self.matches(group))

    def is_at_end(self, match: Match) -> bool:
        """Whether a match is the last of its sentence, or of a stretch of it that punctuation ends."""
        if match.after == len(self.words):
            return True
        next_word = self.words[match.after]
        between = self.doc.prose[match.span.end : next_word.span.start]
        return next_word.sentence != self.words[match.first].sentence or any(mark in between for mark in ",;:()–—-/|")


def _seen(doc: Document, slots: Slots, *, at_school: bool) -> Iterator[Shown]:
    text = _Text(doc, slots)
    if text.matches("long-ago"):
        return
    recognisable = not text.matches("unrecognisable")
    for match in _nouns(text, at_school=at_school):
        if _precedes(text, match.first, match.span) and _follows(text, match):
            role = "staff" if match.group.name == "staff" else "learner"
            yield Shown(role, doc.part.name, span=match.span, recognisable=recognisable)
    for role in ("learner", "staff"):
        for first, after in tuple(slots[role].items())[:_MAX_NOUNS]:
            span = ProseSpan(text.words[first].span.start, text.words[after - 1].span.end)
            if _precedes(text, first, span) and not _is_possessive(doc, span):
                yield Shown(role, doc.part.name, span=span, recognisable=recognisable)


def _nouns(text: _Text, *, at_school: bool) -> list[Match]:
    """The words for people, the longest where they overlap: a tutor group is no tutor."""
    groups = ["staff", "learners", "year-groups"]
    if at_school and not text.matches("family"):
        groups.append("children")
    found = sorted((match for group in groups for match in text.matches(group)), key=lambda match: match.first)
    kept: list[Match] = []
    for match in found:
        if not kept or match.first >= kept[-1].after:
            kept.append(match)
        elif match.after - match.first > kept[-1].after - kept[-1].first:
            kept[-1] = match
    return kept[:_MAX_NOUNS]


def _precedes(text: _Text, first: int, span: ProseSpan) -> bool:
    """Whether nothing before a noun says that it is not in view."""
    sentence = text.words[first].sentence
    for group in ("drawn", "empty", "nobody", "thing-of-them"):
        for match in text.matches(group):
            if text.words[match.first].sentence == sentence and (match.span.start < span.start or group == "nobody"):
                return False
    for at in range(first - 1, max(first - 1 - _REACH, -1), -1):
        if text.words[at].sentence != sentence:
            break
        if text.begins(at, "not-seen"):
            return False
        if text.begins(at, "is-seen"):
            break
    return True


def _follows(text: _Text, match: Match) -> bool:
    """Whether what stands after a noun goes on about the person, not about a thing of theirs."""
    is_year = match.group.name == "year-groups"
    if _is_possessive(text.doc, match.span):
        return text.begins(match.after, "look")
    if text.doc.prose[match.span.end : match.span.end + 1] == "-":
        return False  # student-made
    if text.is_at_end(match):
        return not is_year or (match.first > 0 and text.begins(match.first - 1, "whose"))
    if text.begins(match.after, "thing-of"):
        return False
    if not is_year and (_is_plural(text.words[match.after - 1]) or text.begins(match.after, "goes-on-and")):
        return True
    following = text.words[match.after].key
    return text.begins(match.after, "goes-on") or (following.endswith("ing") and following not in _NOT_DOING)


def _is_plural(word: Word) -> bool:
    return word.key in ("children", "people") or (word.key.endswith("s") and not word.key.endswith("ss"))


def _is_possessive(doc: Document, span: ProseSpan) -> bool:
    return doc.text(span).casefold().endswith("'s") or doc.prose[span.end : span.end + 1] == "'"
