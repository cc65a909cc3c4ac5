"""What a check knows besides the draft: the organisation, its people and terms, what the policies prescribe.

Detectors and inferences get one `Knowledge` and never a configuration, a file or a pack.
"""

import re
from dataclasses import dataclass, field
from datetime import date, time
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from checkpost import mentions, roster
from checkpost.config import Config, Organisation, Site
from checkpost.cues import Cues, class_spans
from checkpost.derived import Deriving
from checkpost.encoder.reading import Reading
from checkpost.errors import InputError
from checkpost.mentions import Mention
from checkpost.names import TITLES, is_plain_given, name_key
from checkpost.phrases import Slots
from checkpost.roster import NOBODY, Roster
from checkpost.termlists import TermIndex, by_first, firm_forms, longest, read_terms, term_words
from checkpost.text.document import Document
from checkpost.text.words import Word, WordKind, fold

if TYPE_CHECKING:
    from checkpost.encoder.runtime import Encoder

_SURE_NAME = 0.9
_TAG_LENGTH = 7  # letters of a partner's name that a tag may hold among others
_VERBS_OF_PEOPLE = frozenset(
    "has had got gets needs turns turned lives walks waits goes starts was who whose who's wants came went did said "
    "asked told".split()
)
_SAID_OF = frozenset(  # "Faith is …": a person beside a fact, a virtue elsewhere
    "is was will only just still who whose has had wears takes uses needs can't cannot doesn't isn't came got goes "
    "sees lives lost sings swims trains plays performs walks waits camps races runs dances catches meets hits turned "
    "turns".split()
)


@dataclass(frozen=True, slots=True)
class Standard:
    """What one policy in force prescribes that a draft can be measured against.

    `disclaimer_exact` means that only the prescribed wording will do; `disclaimer_in_profile` that the author's profile
    may carry it.
    """

    policy: str
    disclaimers: tuple[str, ...] = ()
    disclaimer_exact: bool = False
    disclaimer_in_profile: bool = False
    approved_platforms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Knowledge(Deriving):
    """One configuration, loaded. Immutable, shared by all posts of a run, with what others make of it (`derived`)."""

    organisation: Organisation = field(default_factory=Organisation)
    roster: Roster = field(default_factory=Roster)
    confidential: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    working_hours: tuple[time, time] = (time(8, 30), time(16, 0))
    standards: tuple[Standard, ...] = ()
    name_model: str | None = None
    sites: tuple[Site, ...] = ()
    today: date = field(default_factory=date.today)

    @classmethod
    def of(cls, config: Config, standards: tuple[Standard, ...] = ()) -> "Knowledge":
        """Load what a configuration names.

        Raises:
            DataError: A roster or term list has a fault.
        """
        return cls(
            organisation=config.organisation,
            roster=roster.load(config.learners, config.staff, keep=config.cache),
            confidential=read_terms(config.confidential),
            partners=read_terms(config.partners),
            platforms=config.platforms,
            working_hours=config.working_hours,
            standards=standards,
            name_model=config.name_model,
            sites=config.sites,
        )

    @cached_property
    def _encoder(self) -> "Encoder | str":
        """The trained model, or why there is none."""
        try:
            from checkpost.encoder.runtime import load  # noqa: PLC0415  (dear to import)

            return load()
        except InputError as error:
            return str(error)
        except ImportError as error:
            return f"the model that reads names and tone needs {error.name}, which is missing. Install checkpost again."

    @property
    def unread(self) -> str | None:
        """Why the trained model reads nothing, if it does not."""
        return self._encoder if isinstance(self._encoder, str) else None

    @property
    def model(self) -> str | None:
        """The models that take part, by name and version."""
        own = None if isinstance(self._encoder, str) else self._encoder.settings.name
        return " + ".join(filter(None, (own, self.name_model))) or None

    def reading(self, doc: Document) -> Reading:
        """What the trained model reads in a document: nothing if it is missing."""
        return doc.derived(self._read)

    def _read(self, doc: Document) -> Reading:
        encoder = self._encoder
        return Reading() if isinstance(encoder, str) else encoder.read_one(doc.prose, doc.sentences)

    def read_names(self, doc: Document) -> frozenset[int]:
        """Indexes, among the phrase words, of the first word of every name of a person that the model is sure of.

        A name after a title is left out: what stands there is no first name.
        """
        names = [n for n in self.reading(doc).names if n.kind == "PERSON" and n.probability >= _SURE_NAME]
        if not names:
            return frozenset()
        words = doc.phrase_words
        starts = {word.span.start: at for at, word in enumerate(words)}
        firsts = {starts[name.start] for name in names if name.start in starts}
        return frozenset(at for at in firsts if not at or words[at - 1].key not in TITLES)

    def mentions(self, doc: Document) -> tuple[Mention, ...]:
        """Where people of the roster are named in a document."""
        return doc.derived(self._find_mentions)

    def _find_mentions(self, doc: Document) -> tuple[Mention, ...]:
        return mentions.find(doc, self.roster)

    def slots(self, doc: Document) -> Slots:
        """Where the classes of words that only this organisation knows stand in a document (see `phrases.SLOTS`)."""
        return doc.derived(self._find_slots)

    def _find_slots(self, doc: Document) -> Slots:
        words = doc.phrase_words
        cues = doc.derived(Cues)
        found = {
            "organisation": longest(words, self._organisation_terms),
            "partner": longest(words, self._partner_terms),
            "class": class_spans(words, cues.classes),
        }
        for kind in ("learner", "staff"):
            found[kind] = {m.first: m.after for m in self.mentions(doc) if m.entry.kind == kind and m.how != "tag"}
        found["given"] = {at: at + 1 for at in range(len(words)) if self._is_given_name(words, at)}
        found["given"].update((at, at + 1) for at in self.read_names(doc))
        self._add_tags(cues, found["organisation"])
        self._add_partner_tags(cues, found["partner"])
        return MappingProxyType(found)

    def telling_slots(self, doc: Document) -> Slots:
        """The classes of words for a rule that looks for telling facts: beside one, a first name of the roster will do.

        Elsewhere a first name alone counts only where other words make it somebody's (see `mentions`).
        """
        return doc.derived(self._find_telling_slots)

    def _find_telling_slots(self, doc: Document) -> Slots:
        slots, more = self.slots(doc), dict[str, dict[int, int]]()
        words, own = doc.phrase_words, doc.derived(Cues).after_own
        said_of = (at for at in range(len(words) - 1) if words[at + 1].key in _SAID_OF and words[at].is_capitalised)
        for at in {*slots["given"], *said_of}:
            longer = at + 1 < len(words) and words[at + 1].is_capitalised and "'" not in words[at].text
            longer = longer and words[at + 1].sentence == words[at].sentence
            longer = longer and doc.prose[words[at].span.end : words[at + 1].span.start] in (" ", "-")
            if {at, at - 1} & own or not _is_written_as_name(words[at]) or (longer and len(words[at + 1].text) > 1):
                continue
            called = [self.roster.by_call.get(name_key(key), NOBODY) for key in words[at].keys]
            for kind in ("learner", "staff"):
                if any(kind in each.kinds for each in called):
                    more.setdefault(kind, {})[at] = at + 1
                    break
        if not more:
            return slots
        return MappingProxyType({**slots, **{kind: {**found, **slots[kind]} for kind, found in more.items()}})

    def owns_domain(self, host: str) -> bool:
        """Whether a host name is the organisation's own."""
        host = host.casefold().removeprefix("www.")
        return any(host == own or host.endswith("." + own) for own in map(str.casefold, self.organisation.domains))

    def owns_contact(self, contact: str) -> bool:
        """Whether a phone number or e-mail address is one that the organisation publishes."""
        return _contact_key(contact) in self._contact_keys

    def owns_handle(self, name: str) -> bool:
        """Whether an account, named without its `@`, is the organisation's own."""
        return fold(name) in self._handle_keys

    @cached_property
    def _handle_keys(self) -> frozenset[str]:
        return frozenset(fold(handle.lstrip("@")) for handle in self.organisation.handles)

    def owns_hashtag(self, name: str) -> bool:
        """Whether a hashtag, named without its `#`, is the organisation's own."""
        return fold(name) in self._hashtag_keys

    @cached_property
    def _hashtag_keys(self) -> frozenset[str]:
        return frozenset(fold(tag.lstrip("#")) for tag in self.organisation.hashtags)

    @cached_property
    def _contact_keys(self) -> frozenset[str]:
        return frozenset(_contact_key(contact) for contact in self.organisation.contacts)

    @cached_property
    def _organisation_words(self) -> frozenset[tuple[str, ...]]:
        return frozenset(term_words(name) for name in self.organisation.names)

    @cached_property
    def _organisation_terms(self) -> TermIndex:
        return by_first(self._organisation_words)

    @cached_property
    def _partner_terms(self) -> TermIndex:
        return by_first(self._partner_words)

    @cached_property
    def _partner_words(self) -> frozenset[tuple[str, ...]]:
        return frozenset(form for name in self.partners for form in firm_forms(name))

    def _is_given_name(self, words: tuple[Word, ...], at: int) -> bool:
        """Whether a word is a first name: one that is no other word, or one of the roster in a name's place."""
        word = words[at]
        if any(is_plain_given(key) for key in word.keys):
            return word.is_capitalised or len(word.key) > 3
        if not word.is_capitalised or not any(name_key(key) in self.roster.by_call for key in word.keys):
            return False
        if at and words[at - 1].sentence == word.sentence:
            return True
        # "Will has asthma", not "Will you help?"
        return word.key.endswith("'s") or (at + 1 < len(words) and words[at + 1].key in _VERBS_OF_PEOPLE)

    def _add_tags(self, cues: Cues, found: dict[int, int]) -> None:
        for tag, inside in cues.tagged:
            named = tag.kind is WordKind.HASHTAG and (fold(tag.text),) in self._organisation_words
            if named or self.owns_handle(tag.text) or self.owns_hashtag(tag.text):
                found[inside.start] = inside.stop

    def _add_partner_tags(self, cues: Cues, found: dict[int, int]) -> None:
        """Partners run together in a tag: `#dalecatering`."""
        for tag, inside in cues.tagged:
            letters = tag.letters
            if any(name in letters for name in self._partner_letters):
                found[inside.start] = inside.stop

    @cached_property
    def _partner_letters(self) -> frozenset[str]:
        """Names of partners run together, those of several words that are too long to stand in a tag by chance."""
        joined = ("".join(form) for form in self._partner_words if len(form) > 1)
        return frozenset(name for name in joined if len(name) >= _TAG_LENGTH)


def _is_written_as_name(word: Word) -> bool:
    return word.is_capitalised and not word.text.isupper()


def _contact_key(contact: str) -> str:
    if "@" in contact:
        return contact.strip().casefold()
    digits = re.sub(r"\D", "", contact)
    return "0" + digits[2:] if digits.startswith("44") else digits
