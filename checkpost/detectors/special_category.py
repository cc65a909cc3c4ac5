"""Sensitive facts about a particular person.

What it finds: Health, special needs or an EHCP, safeguarding and care status, free school meals or pupil premium, faith,
origin, sexuality, gender identity, politics, union membership, criminal record or asylum status, said of somebody: a name,
"he has", "her", "the only girl", "my one apprentice", a relative; in the same sentence or the one before.
Why it matters: UK GDPR, Articles 9 and 10, protect these facts most, and the Department for Education asks schools to treat
safeguarding, SEND and pupil premium alike ("Data protection in schools"). A kind post discloses them as much as an unkind one.
Not flagged: The topics themselves (an awareness week, a course on dyslexia, "families of children with an EHCP"); what
authors say of themselves; history and fiction; negations; idioms ("sick of", "blind faith").
"""

import re
from collections.abc import Iterator
from functools import partial

from checkpost.knowledge import Knowledge
from checkpost.lexicon import Match, Slots, load, phrase_words
from checkpost.model import Confidence, Hit
from checkpost.rules import EVERYWHERE, Detector
from checkpost.text.document import Document
from checkpost.text.words import Word

CONCERN = "personal-data/special-category"

_INITIAL = re.compile(r"\b[A-Z]\.? ?(?:[A-Z][a-z]{2,}|in \d{1,2}[A-Z]\b)|\b[A-Z][a-z]{2,} [A-Z]\b(?!\.?[a-z])|\bto have [A-Z]\. back")
_PAST = re.compile(r"\b1[0-9]\d\d\b")
_ACRONYMS = frozenset({"send", "sen", "add", "odd", "pda"})  # in lower case, ordinary words


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every sensitive fact that the text ties to somebody."""
    terms = load("special-category")
    facts = list(terms.find(doc, {}))
    if not facts:
        return
    scene = _Scene(doc, knowledge.slots(doc))
    seen = -1
    for fact in sorted(facts, key=lambda match: (match.first, -match.after)):
        if fact.first <= seen or (doc.text(fact.span).lower() in _ACRONYMS and not doc.text(fact.span).isupper()):
            continue
        evidence = scene.evidence(fact)
        if evidence:
            seen = fact.after
            yield Hit(
                concern=CONCERN,
                message=fact.group.message or "",
                part=doc.part.name,
                span=fact.span,
                confidence=Confidence.HIGH if len(evidence) > 1 else Confidence.MEDIUM,
                evidence=evidence,
            )


class _Scene:
    """What a document says about whom. Each question to the lexicon is asked once."""

    def __init__(self, doc: Document, slots: Slots) -> None:
        self._words: tuple[Word, ...] = phrase_words(doc)
        self._prose = doc.prose
        self._doc = doc
        ask = partial(load("special-category").find, doc, slots)
        self._found = {
            name: list(ask(name))
            for name in ("named", "single", "linked", "shared-credit", "it-was", "topic", "group", "story")
        }

    def evidence(self, fact: Match) -> tuple[str, ...]:
        """What ties a fact to somebody; nothing if it is a topic, or nobody's in particular."""
        sentence = self._words[fact.first].sentence
        owned = self._is_owned(fact)
        if self._is_topic(fact, owned=owned):
            return ()
        person = self._person(sentence, fact)
        linked = self._covers("linked", fact) or owned
        if self._is_of_many(fact) and not self._heads_a_list(fact, person):
            return ()
        if self._is_story() and not (linked and self._is_on_roll(sentence)):
            return ()
        if linked:
            return ("said of somebody", "a person picked out beside it") if person else ("said of somebody",)
        if fact.group.name.endswith("-said-of"):
            credit = person and (self._covers("shared-credit", fact) or self._in_sentence("single", sentence))
            before = (self._covers("it-was", fact) or self._opens(fact)) and self._person(sentence - 1, fact)
            return ("a person picked out beside it",) if credit or before else ()
        if person:
            return ("a person picked out beside it",)
        if (self._covers("it-was", fact) or self._opens(fact)) and self._person(sentence - 1, fact):
            return ("a person picked out just before",)
        return ()

    def _covers(self, name: str, fact: Match) -> bool:
        return any(found.first <= fact.first and fact.after <= found.after for found in self._found[name])

    def _is_topic(self, fact: Match, *, owned: bool) -> bool:
        """Whether the fact is a subject or a cause. "About her dyslexia" tells of somebody, "her Cancer Research" doesn't."""
        return any(
            found.first < fact.after and fact.first < found.after and (found.first >= fact.first or not owned)
            for found in self._found["topic"]
        )

    def _in_sentence(self, name: str, sentence: int) -> bool:
        return any(self._words[found.first].sentence == sentence for found in self._found[name])

    def _is_owned(self, fact: Match) -> bool:
        """Whether `her`, `his` or somebody's name in the possessive stands right before it."""
        if not fact.first:
            return False
        before = self._words[fact.first - 1]
        joined = before.sentence == self._words[fact.first].sentence
        return joined and (before.key in ("his", "her") or (before.key.endswith("'s") and before.is_capitalised))

    def _person(self, sentence: int, fact: Match) -> bool:
        if sentence < 0:
            return False
        if self._in_sentence("named", sentence) or self._in_sentence("single", sentence):
            return True
        words = [word for word in self._words if word.sentence == sentence]
        text = self._prose[words[0].span.start : words[-1].span.end + 1] if words else ""
        return bool(_INITIAL.search(text)) and not _INITIAL.search(self._doc.text(fact.span))

    def _is_of_many(self, fact: Match) -> bool:
        """Whether a group of people stands right before or after the fact."""
        sentence = self._words[fact.first].sentence
        return any(
            self._words[found.first].sentence == sentence
            and (fact.first - 4 <= found.first < fact.first or fact.after == found.first)
            and not (found.first <= fact.first < found.after)
            for found in self._found["group"]
        )

    def _heads_a_list(self, fact: Match, person: bool) -> bool:
        """Whether names follow: "Pupil premium families: guides are ready for …"."""
        start = fact.span.end
        rest = self._prose[start : self._doc.sentence_at(start - 1).end]
        return person and bool(re.search(r":|\b(?:are|is|for)\b", rest)) and bool(
            _INITIAL.search(rest) or any(found.span.start >= start for found in self._found["named"])
        )

    def _opens(self, fact: Match) -> bool:
        """Whether the sentence begins with the fact: "New boy in 8C. Autistic, loves trains"."""
        return fact.first == 0 or self._words[fact.first - 1].sentence < self._words[fact.first].sentence

    def _is_story(self) -> bool:
        return bool(self._found["story"]) or bool(_PAST.search(self._prose))

    def _is_on_roll(self, sentence: int) -> bool:
        return any(
            found.term in ("{learner}", "{staff}") and self._words[found.first].sentence == sentence for found in self._found["named"]
        )


DETECTOR = Detector("special-category", (CONCERN,), find, reads=EVERYWHERE)
