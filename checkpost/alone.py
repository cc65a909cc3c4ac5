"""Names alone: the words of a post that stand where one name by itself can stand, and whom the post names already."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from checkpost.cues import Cues
from checkpost.listed import FirstNames
from checkpost.mentions.reading import SHORT_WORDS
from checkpost.names import TITLES, is_plain_given, is_surname, is_word, name_key
from checkpost.pictured import named_in_text
from checkpost.roster import Found
from checkpost.rules import Case
from checkpost.text.words import WordKind

CONCERNS = {"learner": "people/learner", "staff": "people/staff"}
_QUOTED = ("rights/long-quotation", "rights/unattributed")
_FIRMS = frozenset(
    "kitchen cafe bakery bar diner deli grill takeaway salon barbers garage chippy shop stores law syndrome pizza "
    "kebab nursery farm florist flowers cakes gym".split()
)
_LONG = 5  # letters of a family name that no other word is taken for
_DAYS = frozenset("mon tue wed thu fri sat sun".split())  # Thu is a name, too


@dataclass(frozen=True)
class Alone:
    """The words of one post's own text that may be a name alone, by index into `Document.phrase_words`."""

    case: Case
    names: FirstNames

    @property
    def cues(self) -> Cues:
        """The cues of the text."""
        return self.names.cues

    @cached_property
    def known(self) -> dict[int, str]:
        """The words that name somebody already, with the concern."""
        doc = self.case.text
        named = {at: CONCERNS[m.entry.kind] for m in self.case.knowledge.mentions(doc) for at in m.indexes}
        for hit in self.case.found("people/"):
            if hit.span and hit.part == doc.part.name:
                named.update((at, hit.concern) for at in self.cues.indexes(hit.span))
        for first, (after, role) in named_in_text(self.case).items():
            named.update((at, CONCERNS.get(role, role)) for at in range(first, after) if at not in named)
        return named

    @cached_property
    def _other(self) -> frozenset[int]:
        """Words that belong to something or somebody else, or to a passage out of a book."""
        slots = self.case.knowledge.slots(self.case.text)
        spans = [pair for slot in ("organisation", "partner") for pair in slots[slot].items()]
        hits = [hit.span for hit in self.case.found(*_QUOTED) if hit.span and hit.part == self.case.text.part.name]
        quoted = frozenset(at for span in hits for at in self.cues.indexes(span))
        return frozenset(at for pair in spans for at in range(*pair)) | self.cues.figures | quoted

    @cached_property
    def _parts(self) -> frozenset[int]:
        """Words that are parts in a play or book, unless they are called so on the roster."""
        found = (match.first for match in self.case.matches("bare-name", "parts"))
        calls = self.case.knowledge.roster.by_call
        return frozenset(at for at in found if name_key(self.cues.words[at].keys[-1]) not in calls)

    @cached_property
    def _public(self) -> frozenset[int]:
        """Indexes of words right beside what makes a name a public one."""
        found = self.case.matches("bare-name", "grown-up")
        return frozenset(at for match in found for at in (match.first - 1, match.after))

    def places(self) -> Iterator[int]:
        """Indexes of the words that stand where a name alone can stand."""
        cues = self.cues
        lower = (at for at in cues.of_lower_sentences if self._is_lower_name(at))
        return filter(self._may_be, sorted({*cues.capitals, *self.names.listed, *lower}))

    def _may_be(self, at: int) -> bool:
        """Whether a word that is written as names are may be one alone."""
        words, cues = self.cues.words, self.cues
        word, listed = words[at], at in self.names.listed
        own = {at, at - 1} & cues.after_own or self._is_of_a_firm(at)
        taken = at in self.known or at in self._other or at in self._parts
        initialled = at and len(words[at - 1].text) == 1 and words[at - 1].is_capitalised and cues.gap(at) == ". "
        if word.kind is not WordKind.PLAIN or taken or own or initialled or word.key in SHORT_WORDS:
            return False  # initialled: "P. B. Shelley"
        if listed or not word.is_capitalised:
            return not (listed and at in self._public)
        if (
            (word.text.isupper() and not self._is_shouted_name(at))
            or at in cues.classes
            or at in self._public
            or word.key in _DAYS
        ):
            return False
        if (
            at + 1 < len(words)
            and not word.text.isupper()
            and words[at + 1].is_capitalised
            and "'" not in word.text
            and cues.gap(at + 1) in " -"
        ):
            return words[at + 1].text == "I" or at + 1 in cues.classes
        return word.text.isupper() or not (cues.follows_capital(at) or (at and words[at - 1].key in TITLES))

    def _is_of_a_firm(self, at: int) -> bool:
        """Whether a name begins that of a shop: `Megan's Kitchen`."""
        words = self.cues.words
        following = words[at + 1] if "'" in words[at].text and at + 1 < len(words) else None
        return following is not None and following.is_capitalised and following.key in _FIRMS

    def _is_lower_name(self, at: int) -> bool:
        """Whether a word without a capital is a first name or a family name of the roster, and nothing else."""
        word = self.cues.words[at]
        key = name_key(word.keys[-1])
        family = is_surname(key) and not is_word(key) and len(key) >= _LONG and key in self._families
        return family or (is_plain_given(key) and len(word.key) > 2)

    @property
    def _families(self) -> Mapping[str, Found]:
        return self.case.knowledge.roster.by_family

    def _is_shouted_name(self, at: int) -> bool:
        """Whether a word in a sentence of capitals is a first name of the roster, and nothing else."""
        key = name_key(self.cues.words[at].keys[-1])
        return self.cues.is_shouted(at) and is_plain_given(key) and key in self.case.knowledge.roster.by_call
