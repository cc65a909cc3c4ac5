"""People tagged in a picture.

What it finds: Words that tag people ("tagging @… and @…", "tagged in this photo: …"), that ask readers to tag
themselves or each other, and metadata fields that hold tagged people.
Why it matters: A tag names the person, links to their page and shows the picture to everybody they know.
Not flagged: The organisation's own accounts and those of its partners; "tag us in your photos"; price tags,
name tags, tag rugby, tagging along.
"""

from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.lexicon import term_keys
from checkpost.model import Confidence, Hit, PartKind
from checkpost.rules import EVERYWHERE, Detector, phrase_hits
from checkpost.text.document import Document
from checkpost.text.words import Tag, WordKind

CONCERN = "image/tagging"
_FIELDS = frozenset(
    {
        "TaggedPeople",
        "PeopleTags",
        "PersonTags",
        "UserTags",
        "TaggedUsers",
        "FaceTags",
        "Tagged",
        "PeopleTagged",
    }
)
_CUES = frozenset({"tag", "tags", "tagged", "tagging", "taggin", "pictured", "photo", "pic", "picture", "l", "left"})


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every place that tags people."""
    if doc.part.kind is PartKind.METADATA:
        if doc.part.field.rpartition(".")[2] in _FIELDS or doc.part.source.startswith(("People/", "People|")):
            yield Hit(
                CONCERN,
                "People are tagged in this picture's hidden details.",
                doc.part.name,
                None,
                Confidence.HIGH,
            )
        return
    if _CUES.isdisjoint(doc.keys):
        return
    for hit in phrase_hits(doc, knowledge, "tagging"):
        tagged = [tag for tag in doc.tags if tag.kind is WordKind.HANDLE and hit.span and tag.span.overlaps(hit.span)]
        if not tagged or not all(_is_an_organisation(tag, knowledge) for tag in tagged):
            yield hit


def _is_an_organisation(tag: Tag, knowledge: Knowledge) -> bool:
    known = {"".join(term_keys(term)) for term in (*knowledge.organisation.names, *knowledge.partners)}
    return knowledge.owns_handle(tag.text) or tag.letters in known


DETECTOR = Detector("tagging", (CONCERN,), find, reads=EVERYWHERE)
