"""Party politics and contested causes.

What it finds: A party, a politician or the government with blame or praise, calls to vote somebody in or out,
slogans, and contested topics with an opinion.
Why it matters: The Education Act 1996, sections 406 and 407, forbids partisan views in teaching and asks for
balance; learners and families of every opinion read what staff and schools post.
Not flagged: School elections, voting in general, teaching and history, thanks to a minister who visits, cheap
labour, a bowling strike, a trump card.
"""

from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.model import Hit
from checkpost.rules import Detector, in_sentences, passages, phrase_hits
from checkpost.text.document import Document


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every partisan remark."""
    hits = phrase_hits(doc, knowledge, "party_politics")
    partisan = (hit for hit in hits if hit.span and not _is_common_word(doc.text(hit.span)))
    yield from passages(doc, in_sentences(doc, partisan), reach=2)


def _is_common_word(text: str) -> bool:
    """Whether a party's name stands in lower case, as the common word that it also is: "green is best"."""
    first = text.split(maxsplit=1)[0]
    return first in {"labour", "reform", "green", "greens", "conservative", "momentum", "liberal"}


DETECTOR = Detector("party-politics", ("conduct/politics",), find)
