"""Sensitive facts about a particular person.

What it finds: Health, special needs or an EHCP, safeguarding and care status, free school meals or pupil
premium, faith, origin, sexuality, gender identity, politics, union membership, criminal record or asylum
status, said of somebody: a name, "he has", "her", "the only girl", "my one apprentice", a relative; in the
same sentence or the one before.
Why it matters: UK GDPR, Articles 9 and 10, protect these facts most, and the Department for Education asks
schools to treat safeguarding, SEND and pupil premium alike ("Data protection in schools"). A kind post
discloses them as much as an unkind one.
Not flagged: The topics themselves (an awareness week, a course on dyslexia, "families of children with an
EHCP"); what authors say of themselves; history and fiction; negations; idioms ("sick of", "blind faith").
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from checkpost.knowledge import Knowledge
from checkpost.lexicon import Match, load
from checkpost.model import Confidence, Hit
from checkpost.patterns import late
from checkpost.phrases import NO_SLOTS, Slots
from checkpost.rules import EVERYWHERE, Detector
from checkpost.text.document import Document

CONCERN = "personal-data/special-category"

_INITIAL = late(  # "J. Okoro", "Toby A", "S. in 7C", "O.A.", but not "Plan B", "Year R" or "P.E."
    r"\b(?!(?:U\. ?[KSN]|P\. ?[ESM]|R\. ?[EI]|I\. ?[TE]|A\. ?M|E\. ?G|D\. ?T|T\. ?V|B\. ?[AC]|A\. ?D)\.)"
    r"[A-Z]\. ?[A-Z]\.|"
    r"\b[A-Z]\. ?(?:[A-Z][a-z]{2,}|in \d{1,2}[A-Z]\b|back\b|is\b|has\b)"
    r"|\b(?!(?:Year|Plan|Grade|Level|Group|Type|Hepatitis|Class|Set|Block|Room|Unit|Team|Band|Section|Part|Option|Paper"
    r"|Building|Vitamin|Hall|Side|Act|Am|And|But|When|So|Can|Should|Did|Have|Do|If|As|What|How|Why)\b)"
    r"[A-Z][a-z]{2,} [A-Z]\b(?!['’.]?[a-z])"
)
_PAST = late(r"\b1[0-9]\d\d\b")
_ACRONYMS = frozenset({"send", "sen", "add", "odd", "pda", "ms", "pp"})  # in lower case, ordinary words


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every sensitive fact that the text ties to somebody."""
    facts: dict[int, Match] = {}
    for fact in load("special-category").find(doc, NO_SLOTS):
        text = doc.text(fact.span)
        onward = fact.term.startswith("came|") and _ONWARD.match(doc.prose, fact.span.end)  # "came out of assembly"
        if not onward and (text.isupper() or text.lower() not in _ACRONYMS):
            facts[fact.first] = max(fact, facts.get(fact.first, fact), key=lambda match: match.after)
    if not facts:
        return
    scene = _Scene(doc, {**knowledge.telling_slots(doc), "fact": {first: fact.after for first, fact in facts.items()}})
    seen = -1
    for first in sorted(facts):
        evidence = scene.evidence(facts[first]) if first > seen else ()
        if evidence:
            seen = facts[first].after
            yield Hit(
                concern=CONCERN,
                message=facts[first].group.message or "",
                part=doc.part.name,
                span=facts[first].span,
                confidence=Confidence.HIGH if len(evidence) > 1 else Confidence.MEDIUM,
                evidence=evidence,
            )


_ORIGIN = "ethnicity-said-of"
_COLON_FOLLOWS = late(r"[^.!?]{0,40}:")
_OF_A_PERSON = late(  # "she is black", "the only Polish girl", but not "her black dress", "Black Flamingo"
    r"\s*(?:$|[^\w\s-]|(?:and|or|but|like|too|as|so|who|which|in|from|on|at|girl|boy|lad|lass|kid|child|pupil|student"
    r"|learner"
    r"|apprentice|teacher|colleague|trainee|woman|man|person|mum|dad|family|parents?|member|head|governor)\b)",
    re.IGNORECASE,
)
_ONWARD = late(r" of\b", re.IGNORECASE)
_LIKE_HIS = late(r" (?:just |exactly |much |the same )?(?:like|as) (?:his|hers|her|him)\b", re.IGNORECASE)
_NOT_OF_ORIGIN = frozenset({"his", "her", "their", "in", "wore", "wears", "wearing", "jet", "into"})
_A_BABY = late(
    r"\s*(?:$|[^\w\s]|(?:a (?:baby|little|boy|girl|child)|twins|triplets|again|in|any|her|their|his|and|so|but)\b)",
    re.IGNORECASE,
)


class _Scene:
    """What a document says about whom: the matches of each group of words, by sentence."""

    def __init__(self, doc: Document, slots: Slots) -> None:
        self._doc = doc
        self._words = doc.phrase_words
        self._found: dict[str, dict[int, list[Match]]] = {}
        for name in ("named", "single", "linked", "shared-credit", "it-was", "topic", "group", "story"):
            by_sentence = self._found[name] = defaultdict(list)
            for found in load("special-category").find(doc, slots, name):
                by_sentence[self._words[found.first].sentence].append(found)
        self._is_story = bool(self._found["story"]) or bool(_PAST.search(doc.prose))

    def evidence(self, fact: Match) -> tuple[str, ...]:
        """What ties a fact to somebody; nothing if it is a topic, or nobody's in particular."""
        sentence = self._words[fact.first].sentence
        if not self._is_said_so(fact):
            return ()
        owned = self._is_owned(fact) and fact.group.name != _ORIGIN
        linked = owned or self._covers("linked", fact)
        if (
            self._is_topic(fact, owned=owned)
            or (self._is_of_many(fact) and not self._heads_a_list(fact))
            or (self._is_story and not (linked and self._is_on_roll(sentence)))
        ):
            return ()
        said = ("said of somebody",) if linked else ()
        person = self._person(sentence)
        if self._heads_a_list(fact) and _COLON_FOLLOWS.match(self._doc.prose, fact.span.end):
            return (*said, "names in a list below it")
        if fact.group.name.endswith("-said-of") and not linked:
            person = person and (self._covers("shared-credit", fact) or bool(self._found["single"].get(sentence)))
        if not said and not person and (self._covers("it-was", fact) or self._opens(fact)):
            return ("somebody picked out just before",) if self._person(sentence - 1) else ()
        return (*said, "somebody picked out beside it") if person else said

    def _is_said_so(self, fact: Match) -> bool:
        """Whether what follows leaves a word its sensitive sense: "expecting", but not "expecting thirty parents"."""
        if fact.group.name == _ORIGIN:
            before = self._words[fact.first - 1].key if fact.first else ""
            after = _OF_A_PERSON.match(self._doc.prose, fact.span.end)
            return bool(after) and before not in _NOT_OF_ORIGIN and not before.endswith("'s")
        return self._doc.text(fact.span).casefold() != "expecting" or bool(
            _A_BABY.match(self._doc.prose, fact.span.end)
        )

    def _beside(self, name: str, fact: Match) -> list[Match]:
        return self._found[name].get(self._words[fact.first].sentence, [])

    def _covers(self, name: str, fact: Match) -> bool:
        return any(found.first <= fact.first and fact.after <= found.after for found in self._beside(name, fact))

    def _is_topic(self, fact: Match, *, owned: bool) -> bool:
        """Whether it is a subject or a cause: "her Cancer Research run", but not "about her dyslexia"."""
        return any(
            found.first < fact.after and fact.first < found.after and (found.first >= fact.first or not owned)
            for found in self._beside("topic", fact)
        )

    def _is_owned(self, fact: Match) -> bool:
        """Whether `her`, `his` or somebody's name in the possessive stands right before it."""
        if self._opens(fact):
            return False
        before = self._words[fact.first - 1]
        return before.key in ("his", "her") or (before.key.endswith("'s") and before.is_capitalised)

    def _opens(self, fact: Match) -> bool:
        """Whether the sentence begins with the fact: "New boy in 8C. Autistic, loves trains"."""
        return fact.first == 0 or self._words[fact.first - 1].sentence < self._words[fact.first].sentence

    def _person(self, sentence: int) -> bool:
        if self._found["named"].get(sentence) or self._found["single"].get(sentence):
            return True
        return sentence >= 0 and bool(_INITIAL.search(self._doc.text(self._doc.sentences[sentence])))

    def _is_of_many(self, fact: Match) -> bool:
        """Whether many people have the fact, and nobody is said to share it: "autism just like his"."""
        return not _LIKE_HIS.match(self._doc.prose, fact.span.end) and any(
            fact.first - 4 <= found.first < fact.first >= found.after or fact.after == found.first
            for found in self._beside("group", fact)
            if not any(one.first < found.first < one.after for one in self._beside("single", fact))
        )

    def _heads_a_list(self, fact: Match) -> bool:
        """Whether names follow: "Pupil premium families: guides are ready for …"."""
        rest = self._doc.prose[fact.span.end : self._doc.sentence_at(fact.span.start).end]
        named = any(found.first >= fact.after for found in self._beside("named", fact))
        return bool(re.search(r":|\b(?:are|is|for)\b", rest)) and (named or bool(_INITIAL.search(rest)))

    def _is_on_roll(self, sentence: int) -> bool:
        return any(found.term in ("{learner}", "{staff}") for found in self._found["named"].get(sentence, ()))


DETECTOR = Detector("special-category", (CONCERN,), find, reads=EVERYWHERE)
