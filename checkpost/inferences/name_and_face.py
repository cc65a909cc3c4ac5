"""A name in the picture's file and the same name in the post.

What it finds: Somebody whom the file names as being in the picture (PersonInImage, a face with a name) and whom the
post, the alt text or the caption name too, if only by the first name.
Why it matters: Each alone may be let pass; together they tell everybody which face is whose. Guidance for UK schools
(Hwb, for Wales) puts it as "names with no images, or images with no names".
Not flagged: A name that only one of them has; the author's own.
"""

from collections.abc import Iterator

from checkpost.model import Confidence, Hit, PartKind, ProseSpan
from checkpost.names import name_key, name_words
from checkpost.pictured import names_in_file
from checkpost.rules import Case, Inference
from checkpost.text.document import Document

CONCERN = "image/person-named"
_SHORTEST = 3  # letters of a first name that is looked for


def infer(case: Case) -> Iterator[Hit]:
    """Yield a hit for every field of a file whose name the post has too."""
    for index in range(len(case.post.images)):
        words = [doc for doc in case.of_image(index) if doc.part.kind in (PartKind.ALT, PartKind.CAPTION)]
        for doc in names_in_file(case, index):
            name = name_words(doc.prose)
            if name and name != case.author and any(_names(told, name[0]) for told in (case.text, *words)):
                yield Hit(
                    concern=CONCERN,
                    message="The picture's file names somebody whom the post names too: that ties a face to a name.",
                    part=doc.part.name,
                    span=ProseSpan(0, len(doc.prose)),
                    confidence=Confidence.HIGH,
                    evidence=("the post has the same name",),
                )


def _names(doc: Document, first: str) -> bool:
    return len(first) >= _SHORTEST and any(
        word.is_capitalised and first in map(name_key, word.keys) for word in doc.words
    )


INFERENCE = Inference("name-and-face", (CONCERN,), infer)
