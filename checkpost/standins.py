"""Words that stand for a name, so that what is left is a sentence that can be published.

Megan Rowntree of Year 9 becomes "a Year 9 learner", a second of that year "another Year 9 learner", and whoever is
named again "the learner". The words before a name decide whether an article fits, and whether "to" must go before it
("Well done to a Year 9 learner").
"""

import re
from dataclasses import dataclass

from checkpost.cues import Cues
from checkpost.model import ProseSpan
from checkpost.text.document import Document

MASK = "[name removed]"
_LEARNER = "learner"
_ARTICLE_STANDS = frozenset(  # before a noun without an article of its own
    "our my your their his her its the a an this that every each another one's little young dear lovely brilliant "
    "talented amazing wonderful fantastic superb poor sweet sensational star clever incredible own year's".split()
)
_SHORT_IS = frozenset("it's that's here's there's he's she's who's what's where's this's how's let's".split())
_SAME_PERSON = frozenset(  # a name that follows says who is meant: no noun fits behind a noun
    "pupil student learner apprentice child girl boy captain prefect winner champion finalist president "
    "ambassador daughter son sister brother niece nephew named called hi hello hey dear".split()
)
_PRAISE = re.compile(
    r"(?:\b(?:well done|congratulations|congrats|thank you|thanks|happy birthday|good luck|best of luck|shout ?out"
    r"|cheers|bravo|hats off|farewell|goodbye|welcome))[,:]? $",
    re.IGNORECASE,
)
_LAST_WORD = re.compile(r"(?<![\w'’-])([\w'’-]{1,60}) $")
_POSSESSIVE = re.compile(r"['’](?:s|S)$|(?<=[sS])['’]$")


@dataclass(frozen=True, slots=True)
class Person:
    """Who is named, as may be said in public: a noun ("Year 9 learner"), and how often it was used before."""

    noun: str
    is_named_again: bool = False
    is_another: bool = False

    @property
    def article(self) -> str:
        """The article of the noun."""
        if self.is_named_again:
            return "the"
        if self.is_another:
            return "another"
        return "an" if self.noun[0] in "aeiou" else "a"

    @property
    def bare(self) -> str:
        """The noun without its article; who is named again needs no year a second time."""
        return self.noun.rpartition(" ")[2] if self.is_named_again else self.noun


def learner_noun(group: str | None) -> str:
    """What a learner of a group of the roster may be called.

    >>> [learner_noun(group) for group in ("Year 9", "10B", "Apprentice", "Adult learner", "Drama club", None)]
    ['Year 9 learner', 'Year 10 learner', 'apprentice', 'adult learner', 'learner', 'learner']
    """
    folded = (group or "").strip().casefold()
    year = re.fullmatch(r"(?:year|yr|y)? ?(\d{1,2})(?: ?[a-z/]{0,4}\d?)?", folded)
    if year and 0 < int(year[1]) <= 13:
        return f"Year {int(year[1])} learner"
    if folded.startswith("apprentice"):
        return "apprentice"
    return "adult learner" if folded.startswith("adult") else _LEARNER


def stand_in(cues: Cues, span: ProseSpan, person: Person) -> str:
    """The words to put in a name's place.

    Args:
        cues: What stands around it.
        span: The name; with its possessive ending, if it has one.
        person: What may be said of whoever is named.
    """
    doc = cues.doc
    written = doc.text(span)
    if written.startswith("#"):
        return f"#{person.bare.rpartition(' ')[2]}"
    before = doc.prose[doc.sentence_at(span.start).start : span.start]
    ending = _ending(doc, span)
    word = _LAST_WORD.search(before)
    key = word[1].casefold().replace("’", "'") if word else ""
    inside = cues.indexes(span)
    if key in _SAME_PERSON or (word and inside and inside.start - 1 in cues.classes):
        return MASK + ending
    if inside and not person.is_named_again and cues.class_near(inside.start, inside.stop):
        person = Person(person.noun.rpartition(" ")[2], is_another=person.is_another)  # its year stands there already
    phrase = f"{person.article} {person.bare}"
    if key in _ARTICLE_STANDS or (key.endswith(("'s", "s'")) and key not in _SHORT_IS):
        phrase = person.bare
    elif _PRAISE.search(before):
        phrase = f"to {phrase}"
    if not any(c.isalnum() for c in before):
        phrase = phrase[0].upper() + phrase[1:]
    return phrase + ending


def _ending(doc: Document, span: ProseSpan) -> str:
    """The possessive ending of a name, with the apostrophe that its author writes."""
    found = _POSSESSIVE.search(doc.source(span))
    return f"{found[0][0]}s" if found else ""
