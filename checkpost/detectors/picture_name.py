"""Names of people in a picture's file name, caption, alt text and metadata.

What it finds: Anybody of the rosters, in every form that people write, and other full names: in the fields
that are there to name people (PersonInImage, face regions, the camera's owner), in keywords, titles, captions
and alt texts, and in file names. A text that is nothing but two or three capitalised words, or begins with them
and a dash or comma, is read as a name with less to go on: a family name, or letters that English has not.
Why it matters: A name that travels with a file ties a face to a person wherever the file goes. The Department
for Education and the ICO advise schools not to give names with pictures of children.
Not flagged: Makers and models of cameras, programs, the organisation's own name, credits of photographers and
agencies, people in the public eye, and pictures named after an event or a thing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from checkpost.cues import Cues
from checkpost.knowledge import Knowledge
from checkpost.lexicon import load
from checkpost.model import PUBLISHED, Confidence, Hit, PartKind, ProseSpan
from checkpost.names import TITLES, is_given, is_surname, is_word, name_key
from checkpost.patterns import late
from checkpost.rules import PICTURES, Detector
from checkpost.standins import Person, learner_noun, stand_in
from checkpost.text.document import Document
from checkpost.text.words import Word, WordKind

CONCERN = "image/person-named"

_NAMES_PEOPLE = frozenset(
    "PersonInImage PersonInImageName PersonInImageWDetails RegionName RegionPersonDisplayName RegionInfo "
    "Regions PeopleInImage PersonName NameOfPerson Model-released-people CameraOwnerName OwnerName Owner "
    "HostComputerOwner PersonShown LastKeywordXMP BabyName RecognizedFace1Name RecognizedFace2Name "
    "RecognizedFace3Name PersonDisplayName".split()
)
_NAMES_PEOPLE_AT = (".RegionList.Name", ".Regions.PersonDisplayName", "PersonInImageWDetails.PersonName")
_DESCRIBES = frozenset(
    "Keywords Subject Title Description ImageDescription Caption Caption-Abstract Headline ObjectName "
    "XPTitle XPComment XPSubject XPKeywords UserComment Comment HierarchicalSubject TagsList Label "
    "ExtDescrAccessibility AltTextAccessibility Event Instructions SpecialInstructions DocumentName "
    "PageName LastKeywordIPTC CatalogSets Album TrackName DamagedXMP alt caption file".split()
)
_PLACES = frozenset(
    "road street lane park house hall centre church library cup award awards prize day week show festival "
    "class room building wing trophy foundation museum gallery year team "
    "towers sisters brothers nevis".split()
)
_NOBODY = frozenset(
    "unknown none owner user admin camera photographer photography photos photo images media studio "
    "studios agency school academy trust college primary learning training university council ltd canon "
    "nikon sony apple samsung google iphone ipad pixel galaxy fujifilm panasonic olympus leica huawei "
    "xiaomi oneplus".split()
)
_ROLES = frozenset(
    "tutor teacher headteacher pupil student learner apprentice trainee assessor lecturer caretaker governor".split()
)
_LONGEST = 3  # words of a name that a text is taken for
_ENDS = late(r"\s{0,4}(?:$|[–—|/,;:(\n]|-\s)")
_FAMILY_ENDS = late(r"(?:[sc]k[aiy]|wicz|vi[cć]|ova|enko|escu|oglu|shvili|yan)$")


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every name."""
    field = doc.part.field
    found: list[ProseSpan] = []
    cues = doc.derived(Cues)
    for mention in knowledge.mentions(doc):
        found.append(mention.span)
        hit = _hit(doc, mention.span, mention.confidence, "a name on a roster")
        if doc.part.kind in PUBLISHED and mention.entry.kind == "learner":
            hit = replace(hit, replacement=stand_in(cues, mention.span, Person(learner_noun(mention.entry.group))))
        yield hit
    if (field in _NAMES_PEOPLE or field.endswith(_NAMES_PEOPLE_AT)) and not found:
        words = doc.words
        if (
            words
            and not {name_key(key) for word in words for key in word.keys} & _NOBODY
            and not _is_own(doc, knowledge)
        ):
            yield _hit(
                doc,
                ProseSpan(words[0].span.start, words[-1].span.end),
                Confidence.HIGH,
                "a field that names people",
            )
    elif field in _DESCRIBES:
        named = [span for span in _full_names(doc, knowledge) if not any(span.overlaps(other) for other in found)]
        for span in named:
            yield _hit(doc, span, Confidence.MEDIUM, "a first name and a family name")
        if not (found or named) and doc.part.kind is not PartKind.FILE:
            yield from _label(doc, knowledge)


def _is_own(doc: Document, knowledge: Knowledge) -> bool:
    return bool(knowledge.slots(doc)["organisation"])


def _theirs(doc: Document, knowledge: Knowledge) -> frozenset[int]:
    """Indexes of words that name the organisation or a partner."""
    slots = knowledge.slots(doc)
    return frozenset(
        at for slot in ("organisation", "partner") for first, after in slots[slot].items() for at in range(first, after)
    )


def _label(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """The person whose name a text is, or opens with."""
    cues = doc.derived(Cues)
    words = cues.words
    after = next((at for at in range(1, len(words)) if not (words[at].is_capitalised and cues.joins(at))), len(words))
    if not 2 <= after <= _LONGEST or not _capital(words[:after]):
        return
    span = ProseSpan(words[0].span.start, words[after - 1].span.end)
    is_all = doc.prose[: span.start].strip() == "" and bool(_ENDS.match(doc.prose, span.end))
    is_taken = not (_theirs(doc, knowledge) | cues.figures).isdisjoint(range(after))
    if not is_all or is_taken or not all(map(_is_spelt_as_name, words[:after])):
        return
    keys = [name_key(word.keys[-1]) for word in words[:after]]
    if not set(keys) & (_NOBODY | _PLACES | _no_names()):
        if is_surname(keys[-1]) and not is_word(keys[-1]):
            yield _hit(doc, span, Confidence.MEDIUM, "a text that is a family name and what stands before one")
        elif _is_foreign(words[0]) and (_is_foreign(words[after - 1]) or _FAMILY_ENDS.search(keys[-1])):
            yield _hit(doc, span, Confidence.LOW, "a text that reads as a name in another language")


def _is_spelt_as_name(word: Word) -> bool:
    letters = word.text.replace("'", "").replace("’", "")
    return word.kind is WordKind.PLAIN and len(letters) > 1 and letters.isalpha() and not letters.isupper()


def _is_foreign(word: Word) -> bool:
    """Whether a word has letters that English lacks."""
    return not word.text.replace("’", "'").isascii()


@cache
def _no_names() -> frozenset[str]:
    """Words that no name of a person holds: places, things, what ends the name of a firm or an event."""
    groups = [*load("picture_name").groups.values(), load("private-person").groups["not-people"]]
    return frozenset(word for group in groups for term in group.terms for word in term.split("|"))


def _full_names(doc: Document, knowledge: Knowledge) -> Iterator[ProseSpan]:
    cues = doc.derived(Cues)
    words = cues.words
    theirs = _theirs(doc, knowledge)
    is_file = doc.part.kind is PartKind.FILE
    at = 0
    while at + 1 < len(words):
        after = _name_end(cues, at, is_file=is_file)
        if after and not (theirs | cues.figures).intersection(range(at, after)) and not {at, at - 1} & cues.after_own:
            yield ProseSpan(words[at].span.start, words[after - 1].span.end)
        at = after or at + 1


def _name_end(cues: Cues, at: int, *, is_file: bool) -> int | None:
    words = cues.words
    end = at + 1
    while end < len(words) and end - at < 3 and _goes_on(cues, end, is_file=is_file):
        end += 1
    keys = [name_key(word.keys[-1]) for word in words[at:end]]
    if end - at < 2 or any(word.kind is not WordKind.PLAIN for word in words[at:end]):
        return None
    if is_file:
        return (
            at + 2
            if all(is_known(key) for is_known, key in zip((is_given, is_surname), keys[:2], strict=True))
            and not (any(map(is_word, keys[:2])))
            else None
        )
    if not _capital(words[at:end]) or set(keys) & _NOBODY or set(keys[1:]) & _PLACES:
        return None
    titled = keys[0] in TITLES or (at > 0 and cues.joins(at) and words[at - 1].key in _ROLES)
    known = (
        is_given(keys[0])
        and (is_surname(keys[-1]) or not is_word(keys[0]))
        and not (is_word(keys[0]) and is_word(keys[-1]))
    )
    return end if titled or known else None


def _goes_on(cues: Cues, at: int, *, is_file: bool) -> bool:
    return is_file or (cues.words[at].is_capitalised and cues.joins(at) and "'s" not in cues.words[at - 1].key)


def _capital(words: Sequence[Word]) -> bool:
    return all(word.is_capitalised for word in words)


def _hit(doc: Document, span: ProseSpan, confidence: Confidence, evidence: str) -> Hit:
    return Hit(
        concern=CONCERN,
        message="A person's name travels with the picture.",
        part=doc.part.name,
        span=span,
        confidence=confidence,
        evidence=(evidence,),
    )


DETECTOR = Detector("picture-name", (CONCERN,), find, reads=PICTURES)
