"""Previews in a picture's file that show more than the picture.

What it finds: An embedded preview (EXIF, Photoshop, XMP, Content Credentials) that is not a smaller version of the
picture, as when it was cropped or painted over afterwards; and a PNG with the rest of a longer file behind its
end, from which what was cut off can be restored.
Why it matters: A face or a name that was cropped out on purpose still travels with the file, and anybody can take
it out again. Fields: EXIF 2.3 (CIPA DC-008), section 4.5.5; PNG 3, section 5.6.
Not flagged: A preview that matches, with black bars or turned; one of a picture that was only made brighter.
"""

from collections.abc import Iterator

from checkpost.image.fields import PREVIEW, REST
from checkpost.knowledge import Knowledge
from checkpost.model import Confidence, Hit, PartKind
from checkpost.rules import Detector
from checkpost.text.document import Document

CONCERN = "image/thumbnail"
_FIELDS = {
    PREVIEW: (
        "The preview hidden in this picture shows something else than the picture: what was cut off, perhaps.",
        "the preview, compared with the picture",
    ),
    REST: (
        "Behind this picture's end, its file goes on with the rest of another: what was cut off can be restored.",
        "data behind the picture",
    ),
}


def find(doc: Document, _knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for the fields that reading a file adds where it saw such a thing."""
    if doc.part.field in _FIELDS:
        message, evidence = _FIELDS[doc.part.field]
        yield Hit(CONCERN, message, doc.part.name, confidence=Confidence.HIGH, evidence=(evidence,))


DETECTOR = Detector("picture-preview", (CONCERN,), find, reads=frozenset({PartKind.METADATA}))
