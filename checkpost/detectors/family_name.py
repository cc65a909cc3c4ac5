"""Parents, carers and other relatives of learners.

What it finds: A relative's name beside a learner's ("Toby's mum Lisa", "Mrs Wojcicka, Zofia's aunt"), a
family called by a learner's family name ("the Rowntree family"), a title before one, a parent named as such,
and an account that is spoken to or of as a parent's. With low confidence, a relative without a name whom a
learner's name, a number or an address leads to ("Toby Bell's mum", "ring his mum on …").
Why it matters: A relative's name is personal data (UK GDPR, Article 4(1)), and it gives the child away as
well.
Not flagged: Families as a group, relatives of nobody who is named, and the author's own mum, partner or children.
"""

import re
from collections.abc import Iterator, Sequence

from checkpost.cues import Cues
from checkpost.knowledge import Knowledge
from checkpost.lexicon import load
from checkpost.model import Confidence, Hit, PartKind
from checkpost.names import TITLES, is_given, is_surname, is_word, name_key
from checkpost.phrases import NO_SLOTS
from checkpost.roster import NOBODY, Entry
from checkpost.rules import Detector
from checkpost.standins import Person, stand_in
from checkpost.text.document import Document
from checkpost.text.words import Word, WordKind

CONCERN = "people/family"

_UNNAMED = "a relative of a learner who is named"
_NUMBER = re.compile(r"\d(?:[ -]?\d){5}|@")
_NEAR = 30  # characters
_COLLECTIVE = frozenset("family household clan lot boys girls twins sisters brothers siblings".split())
_BEFORE_FAMILIES = frozenset({"the", "to", "for", "from", "with"})
_PARENTS_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx"})
_NANS = frozenset("nan nana nanna nanny gran granny grandma grandad granddad grandpa gramps".split())
_KIN_IN_HANDLE = ("mum", "mummy", "mam", "dad", "daddy", "nan", "nana", "mama")


def find(doc: Document, knowledge: Knowledge) -> Iterator[Hit]:
    """Yield a hit for every relative named."""
    finder = _Finder(doc, knowledge)
    found: set[int] = set()
    relatives = (
        *finder.beside_learners(),
        *finder.families(),
        *finder.titled(),
        *finder.called_kin(),
        *finder.parents(),
        *finder.accounts(),
        *finder.unnamed(),
    )
    for first, after, evidence in relatives or finder.of_learners():
        if not found.intersection(range(first, after)):
            found.update(range(first, after))
            span = finder.cues.span(first, after)
            named = evidence != _UNNAMED
            yield Hit(
                concern=CONCERN,
                message="A learner's relative is named." if named else "A learner's relative can be picked out.",
                part=doc.part.name,
                span=span,
                confidence=Confidence.MEDIUM if named else Confidence.LOW,
                evidence=(evidence,),
                replacement=stand_in(finder.cues, span, Person("relative")) if named else None,
                is_safe=False,  # "the Adebayos" are several
            )


class _Finder:
    def __init__(self, doc: Document, knowledge: Knowledge) -> None:
        self.doc = doc
        self.roster = knowledge.roster
        self.cues = doc.derived(Cues)
        self.words = self.cues.words
        self.mentions = [mention for mention in knowledge.mentions(doc) if mention.entry.kind == "learner"]
        self.own = knowledge.slots(doc)["organisation"]
        self.named = {at for mention in knowledge.mentions(doc) for at in mention.indexes if mention.how != "title"}
        terms = load("family")
        groups = ("kin", "school-talk", "their-child", "whose", "called-a-parent", "reached")
        self.found = terms.find_each(doc, knowledge.slots(doc), *groups)
        self.talk_sentences = {self.words[match.first].sentence for match in self.found["school-talk"]}
        self.kin_sentences = {self.words[match.first].sentence for match in self.found["kin"]}
        at_work = load("private-person").find(doc, NO_SLOTS, "staff-talk")
        self.work_sentences = {self.words[match.first].sentence for match in at_work}
        self.kin = {match.first: match.after for match in self.found["kin"]}

    def beside_learners(self) -> Iterator[tuple[int, int, str]]:
        """`Toby's mum Lisa`, `Mrs Wojcicka, Zofia's aunt`, `Lisa (Toby's mum)`."""
        owners = {mention.after: mention.first for mention in self.mentions}
        for at in self.cues.capitals:
            word = self.words[at]
            if "'s" in word.key and is_given(name_key(word.keys[-1])):
                owners.setdefault(at + 1, at)
        for at, first in owners.items():
            kin = self.kin.get(at)
            if kin is None or first in self.cues.after_own or "'" not in self.words[at - 1].text:
                continue
            yield from self._name(kin, "a relative of a learner", surely=True)
            start = first - 1
            while start >= 0 and self.words[start].is_capitalised and first - start <= 3 and start not in self.named:
                start -= 1
            start += 1
            if (
                start < first
                and self.cues.gap(first).strip() in (",", "(", "-", "–")
                and self._is_name(self.words[start:first])
            ):
                yield start, first, "a relative of a learner"

    def unnamed(self) -> Iterator[tuple[int, int, str]]:
        """In a post that names a learner, `ring his mum on 07700 900417`."""
        for match in self.found["reached"] if self.mentions else ():
            if _NUMBER.search(self.doc.prose, match.span.end, match.span.end + _NEAR):
                yield match.after - 2, match.after, _UNNAMED

    def of_learners(self) -> Iterator[tuple[int, int, str]]:
        """`Toby Bell's mum`, where nothing else names her."""
        for mention in self.mentions:
            owner = self.words[mention.after - 1]
            if mention.after in self.kin and "'s" in owner.key and mention.first not in self.cues.after_own:
                yield mention.first, self.kin[mention.after], _UNNAMED

    def families(self) -> Iterator[tuple[int, int, str]]:
        """`the Rowntree family`, `the Rowntrees`, `Mr and Mrs Rowntree`."""
        for before in self.cues.places(_BEFORE_FAMILIES):
            at = before + 1
            if at == len(self.words) or self.words[before].key not in _BEFORE_FAMILIES:
                continue
            word = self.words[at]
            key = name_key(word.keys[-1] if "'" in word.text else word.key)
            if at in self.named or at in self.own or not (word.is_capitalised or not is_word(key)):
                continue
            following = self.words[at + 1].key if at + 1 < len(self.words) else ""
            if self._is_learners(key) and following in _COLLECTIVE and (word.is_capitalised or following == "family"):
                first = at - 1 if self.words[at - 1].key == "the" else at
                yield first, at + 2, "a family on the roster"
            elif (
                word.is_capitalised
                and key.endswith("s")
                and self._is_learners(key[:-1])
                and self.words[at - 1].key == "the"
            ):
                yield at - 1, at + 1, "a family on the roster"

    def titled(self) -> Iterator[tuple[int, int, str]]:
        """`Mrs Rowntree`, `Mrs Lisa Rowntree`, where nobody of the name is on the staff and it is about school."""
        for at in self.cues.places(_PARENTS_TITLES):
            word, following = self.words[at], self.words[at + 1] if at + 1 < len(self.words) else None
            if word.key not in _PARENTS_TITLES or following is None or not following.is_capitalised:
                continue
            last = at + 1  # "Mrs Lisa Rowntree"
            if last + 1 < len(self.words) and self.words[last + 1].is_capitalised and self.cues.gap(last + 1) == " ":
                last += is_given(name_key(following.key))
            key = name_key(self.words[last].keys[-1])
            ampersand = at > 0 and self.words[at - 1].key in TITLES and self.cues.gap(at).strip() in ("&", "+", "/")
            both = ampersand or (at > 1 and self.words[at - 1].key == "and" and self.words[at - 2].key in TITLES)
            talk, kin = word.sentence in self.talk_sentences, word.sentence in self.kin_sentences
            if (
                self._has_parents_at_school(key)
                and not self._is_staff(key)
                and (both or kin or (not is_word(key) and (talk or word.sentence not in self.work_sentences)))
            ):
                yield (
                    (at - (1 if ampersand else 2) if both else at),
                    last + 1,
                    "a title before a family name on the roster",
                )

    def called_kin(self) -> Iterator[tuple[int, int, str]]:
        """`Nana Jean`, `Grandad Ron`, in talk of school, and nobody's own."""
        if not (self.cues.school or self.found["school-talk"] or self.mentions):
            return
        for at in self.cues.places(_NANS):
            word, mine = self.words[at], at > 0 and self.words[at - 1].key in ("my", "our")
            if word.is_capitalised and word.key in _NANS and not mine and self.cues.gap(at + 1) == " ":
                following = self.words[at + 1]
                if following.is_capitalised and is_given(name_key(following.keys[-1])) and at not in self.named:
                    yield at, at + 2, "a relative called by the first name"

    def parents(self) -> Iterator[tuple[int, int, str]]:
        """`one of our mums, Dawn Bell`, `his dad Piotr`, `Lisa Bell, mum of …`."""
        at_school = self.found["whose"] if self.cues.school or self.mentions else ()
        for match in (*at_school, *self.found["called-a-parent"]):
            if match.first not in self.cues.after_own:
                yield from self._name(match.after, "somebody called a parent or relative")
        for match in self.found["their-child"]:
            if self.words[match.first].key not in (
                "mum",
                "dad",
                "mother",
                "father",
                "mam",
                "parent",
                "parents",
                "nan",
                "gran",
                "pta",
                "ptfa",
                "ptsa",
            ):
                continue
            start = match.first
            while start > 0 and self.words[start - 1].is_capitalised and match.first - start < 3:
                start -= 1
            if match.first - start > 1 and self._is_name(self.words[start : match.first]) and not {start} & self.named:
                yield start, match.first, "somebody called a parent"

    def accounts(self) -> Iterator[tuple[int, int, str]]:
        """An account that is spoken to as a parent's, or calls itself one's."""
        spoken_to = any(self.words[match.first].key in ("your", "ur") for match in self.found["their-child"])
        for tag, inside in self.cues.tagged:
            passed_on = inside[0] > 0 and self.words[inside[0] - 1].key == "rt"
            if tag.kind is not WordKind.HANDLE or passed_on or inside[0] in self.own or self.named.intersection(inside):
                continue
            kin = any(
                key.rstrip("0123456789").endswith(_KIN_IN_HANDLE) or key.startswith(("mumof", "dadof", "mamof"))
                for at in inside
                for key in self.words[at].keys
            )
            called = inside[0] in self.kin.values() and inside[0] not in self.cues.after_own
            if spoken_to or called or (kin and (self.cues.school or self.found["school-talk"])):
                yield inside[0], inside[-1] + 1, "an account spoken to or of as a parent's"

    def _name(self, at: int, evidence: str, *, surely: bool = False) -> Iterator[tuple[int, int, str]]:
        """The name that begins at a word, if one does."""
        end = at
        while (
            end < len(self.words)
            and end - at < 3
            and self.words[end].is_capitalised
            and (end == at or self.cues.joins(end))
        ):
            end += 1
        gap = self.cues.gap(at)
        if (
            end > at
            and at not in self.named
            and gap.strip(" ,(-–") == ""
            and self._is_name(self.words[at:end], surely=surely)
        ):
            yield at, end, evidence

    def _is_name(self, words: Sequence[Word], *, surely: bool = False) -> bool:
        keys = [name_key(word.keys[-1]) for word in words]
        if keys[0] in TITLES:
            return len(keys) > 1
        if any(word.kind is not WordKind.PLAIN for word in words) or self._is_staff(keys[-1]):
            return False
        return is_given(keys[0]) and (surely or not is_word(keys[0]) or (len(keys) > 1 and is_surname(keys[-1])))

    def _is_learners(self, family: str) -> bool:
        return any("learner" in self.roster.by_family.get(form, NOBODY).kinds for form in _genders(family))

    def _has_parents_at_school(self, family: str) -> bool:
        """Whether a learner of the name is of an age at which a post would speak of their parents."""
        return any(entry.kind == "learner" and not entry.is_grown_up for entry in self._of_family(family))

    def _of_family(self, family: str) -> Iterator[Entry]:
        for form in _genders(family):
            yield from self.roster.by_family.get(form, ())

    def _is_staff(self, family: str) -> bool:
        return "staff" in self.roster.by_family.get(family, NOBODY).kinds


def _genders(family: str) -> Iterator[str]:
    """A family name and its form for the other gender: Kowalska and Kowalski, Petrova and Petrov."""
    yield family
    for ending, other in (
        ("ska", "ski"),
        ("cka", "cki"),
        ("dzka", "dzki"),
        ("ova", "ov"),
        ("eva", "ev"),
        ("ina", "in"),
    ):
        if family.endswith(ending):
            yield family.removesuffix(ending) + other


DETECTOR = Detector("family-name", (CONCERN,), find, reads=frozenset({PartKind.TEXT}))
