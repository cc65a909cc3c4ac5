"""A name in the picture's file and the same name in the post.

What it finds: Somebody whom the file names as being in the picture (PersonInImage, a face with a name) and whom the
post, the alt text or the caption name too, if only by the first name; and a file that is called by the first name of
somebody whom the draft declares in the picture (`leila_high_jump.jpg`).
Why it matters: Each alone may be let pass; together they tell everybody which face is whose. Guidance for UK schools
(Hwb, for Wales) puts it as "names with no images, or images with no names".
Not flagged: A name that only one of them has; the author's own.
"""

from collections.abc import Iterator

from checkpost.model import Confidence, Hit, PartKind, Person, ProseSpan
from checkpost.names import is_word, name_key, name_words
from checkpost.pictured import names_in_file
from checkpost.rules import Case, Inference
from checkpost.text.document import Document

CONCERN = "image/person-named"
_SHORTEST = 3  # letters of a first name that is looked for


def infer(case: Case) -> Iterator[Hit]:
    """Yield a hit for every field of a file whose name the post has too."""
    for index in range(len(case.post.images)):
        yield from _called_after(case, index)
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


def _called_after(case: Case, index: int) -> Iterator[Hit]:
    """A hit where a file is called by the first name of somebody declared in the picture."""
    for doc in case.of_image(index):
        if doc.part.kind is not PartKind.FILE or any(hit.part == doc.part.name for hit in case.found(CONCERN)):
            continue
        called = [name_key(word.keys[-1]) for word in doc.words]
        for person in case.post.images[index].people:
            first = _telling_first(person, case)
            if first and any(called[at : at + len(first)] == first for at in range(len(called))):
                yield Hit(
                    concern=CONCERN,
                    message="The picture's file is called after somebody in it: that ties a face to a name.",
                    part=doc.part.name,
                    span=ProseSpan(0, len(doc.prose)),
                    confidence=Confidence.MEDIUM,
                    evidence=("somebody whom the draft declares in the picture",),
                )
                return


def _telling_first(person: Person, case: Case) -> list[str]:
    """The first names of a learner or colleague; none where they are an ordinary word, the author's or a friend's."""
    name = name_words(person.name or "")
    friend = person.role in (None, "other") and case.post.context.account != "organisation"
    first = list(name[: max(1, len(name) - 1)])
    word = len("".join(first)) < _SHORTEST or (len(first) == 1 and is_word(first[0]))
    return [] if name == case.author or friend or word else first


def _names(doc: Document, first: str) -> bool:
    return len(first) >= _SHORTEST and any(
        word.is_capitalised and first in map(name_key, word.keys) for word in doc.words
    )


INFERENCE = Inference("name-and-face", (CONCERN,), infer)
