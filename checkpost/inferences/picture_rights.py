"""Pictures that belong to somebody else.

What it finds: A creator, by-line, credit, source or copyright field that names neither the organisation, nor
the author, nor a colleague on the list of staff: above all agencies, studios and the press. Also the mark that
Facebook leaves in pictures saved from it, and screenshots (a weak hint). Where the draft says
neither whose account it is for nor who writes it, a photographer's name is a weak hint.
Why it matters: Using a picture without a licence can infringe copyright (Copyright, Designs and Patents Act
1988), and owners send bills. Fields: IPTC Photo Metadata Standard, EXIF 2.3.
Not flagged: The organisation's own notice; the author or a colleague as photographer; what cameras and
programs write of themselves; CC0 and the public domain; an owner whom the post names as having given
permission; a screenshot described as a screen of the author's own, such as a score, a table or an error.
"""

import re
from collections.abc import Iterator

from checkpost.lexicon import load
from checkpost.model import Confidence, Hit, PartKind
from checkpost.names import name_words
from checkpost.phrases import NO_SLOTS
from checkpost.rules import Case, Inference
from checkpost.text.document import Document
from checkpost.text.words import fold

CONCERN = "image/rights"
_CREATORS = frozenset({"Artist", "Creator", "By-line", "Byline", "Author", "XPAuthor", "Photographer", "CreatorName"})
_HOLDERS = frozenset(
    {"Copyright", "CopyrightNotice", "Rights", "CopyrightOwnerName", "CopyrightOwner", "LicensorName"}
    | {"ImageCreatorName", "ImageSupplierName", "UsageTerms"}
)
_CREDITS = frozenset({"Credit", "Source", "CreditLine"})
_OWNERS = frozenset({"CameraOwnerName", "OwnerName"})
_FACEBOOK = re.compile(r"FBMD[0-9a-f]{8,}")
_INSTRUCTIONS = frozenset({"SpecialInstructions", "Instructions"})
_SCREENSHOT = re.compile(r"screen[ _-]?(?:shot|grab|capture)(?![a-z])", re.IGNORECASE)
_SAYS_SCREENSHOT = frozenset({"UserComment", "Software", "CreatorTool", "Comment", "Description", "Title"})
_MESSAGE = "The file says that this picture is somebody else's."
_FROM_FACEBOOK = "This picture was saved from Facebook: whose is it, and have they agreed?"
_IS_SCREENSHOT = "This picture is a screenshot: whose page, message or app does it show, and may you show it?"


def infer(case: Case) -> Iterator[Hit]:
    """Yield a hit for every field that names another owner, each owner's wording once."""
    for index in range(len(case.post.images)):
        yield from _marks(case, index)
        documents = [doc for doc in case.of_image(index) if doc.part.kind is PartKind.METADATA]
        mine = {fold(doc.prose) for doc in documents if _last(doc) in _OWNERS}
        said: set[str] = set()
        for doc in documents:
            if _last(doc) not in _CREATORS | _HOLDERS | _CREDITS or fold(doc.prose) in said:
                continue
            said.add(fold(doc.prose))
            confidence = _confidence(case, doc, mine)
            if confidence:
                yield Hit(
                    concern=CONCERN,
                    message=_MESSAGE,
                    part=doc.part.name,
                    confidence=confidence,
                    evidence=("the file's creator, credit or copyright",),
                )


def _marks(case: Case, index: int) -> Iterator[Hit]:
    """What shows by itself that a picture was taken from elsewhere."""
    screenshot: Document | None = None
    for doc in case.of_image(index):
        field, value = doc.part.name.rpartition(".")[2], doc.part.source
        if field in _INSTRUCTIONS and _FACEBOOK.search(value):
            yield _mark(doc, _FROM_FACEBOOK, Confidence.MEDIUM, "the mark of Facebook")
        elif (field in _SAYS_SCREENSHOT and _SCREENSHOT.fullmatch(value.strip())) or (
            doc.part.kind is PartKind.FILE and _SCREENSHOT.match(value)
        ):
            screenshot = screenshot or doc
    if screenshot and not _is_of_own_screen(case, index):
        yield _mark(screenshot, _IS_SCREENSHOT, Confidence.LOW, "a screenshot")


def _is_of_own_screen(case: Case, index: int) -> bool:
    """Whether a screenshot is described, and as nothing that others wrote or made."""
    terms = load("picture_rights")
    told = [doc for doc in case.of_image(index) if doc.part.kind in (PartKind.ALT, PartKind.CAPTION)]
    told = told or [case.text]
    said = any(terms.has(doc, NO_SLOTS, "own-screen") for doc in told)
    return said and not any(terms.has(doc, NO_SLOTS, "others-screen") for doc in told)


def _mark(doc: Document, message: str, confidence: Confidence, evidence: str) -> Hit:
    return Hit(CONCERN, message, doc.part.name, confidence=confidence, evidence=(evidence,))


def _confidence(case: Case, doc: Document, mine: set[str]) -> Confidence | None:
    """How sure it is that a field names somebody else; None where it doesn't."""
    terms = load("picture_rights")
    slots = case.knowledge.slots(doc)
    if slots["organisation"] or slots["staff"] or terms.has(doc, NO_SLOTS, "free") or not _named(doc):
        return None
    author = set(case.author)
    names = set(name_words(doc.prose))
    if author and (author <= names or (names & author and len(names) <= 2 and _is_initialled(names, author))):
        return None
    if terms.has(case.text, NO_SLOTS, "permission") and any(name in case.text.keys for name in names if len(name) > 3):
        return None
    if terms.has(doc, NO_SLOTS, "business"):
        return Confidence.HIGH
    return _of_creator(case, fold(doc.prose) in mine) if _last(doc) in _CREATORS else Confidence.MEDIUM


def _of_creator(case: Case, is_owner: bool) -> Confidence | None:
    """How sure it is that a photographer is somebody else than the author."""
    context = case.post.context
    if is_owner:
        return None
    if context.author.name or context.account == "organisation":
        return Confidence.MEDIUM
    # An author who gave no name may well be the photographer; of a picture alone nothing is known.
    return None if context.account else Confidence.LOW


def _is_initialled(names: set[str], author: set[str]) -> bool:
    """Whether a short name is the author's with an initial: `T Dean` for Tariq Dean."""
    return all(len(name) == 1 and any(word.startswith(name) for word in author) for name in names - author)


def _named(doc: Document) -> bool:
    """Whether a field has a word that is more than boilerplate, a year or an address."""
    boilerplate = load("picture_rights").find(doc, NO_SLOTS, "boilerplate")
    plain = {at for match in boilerplate for at in range(match.first, match.after)}
    return any(
        at not in plain and len(word.text) > 1 and not word.text.isdigit() for at, word in enumerate(doc.phrase_words)
    )


def _last(doc: Document) -> str:
    return doc.part.field.rpartition(".")[2]


INFERENCE = Inference("picture-rights", (CONCERN,), infer)
