"""What a check knows besides the draft: the organisation, its people and terms, what the policies prescribe.

Detectors and inferences get one `Knowledge` and never a configuration, a file or a pack.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from weakref import WeakKeyDictionary

from checkpost import lexicon, roster
from checkpost.config import Config, Organisation
from checkpost.data import read_toml, root
from checkpost.errors import DataError
from checkpost.phrases import Slots
from checkpost.roster import Roster, name_key
from checkpost.text.document import Document
from checkpost.text.words import Word, WordKind, fold

_VERBS_OF_PEOPLE = frozenset("has had got gets needs turns turned lives walks waits goes starts was".split())


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
class Knowledge:
    """One configuration, loaded. Immutable, shared by all posts of a run."""

    organisation: Organisation = field(default_factory=Organisation)
    roster: Roster = field(default_factory=Roster)
    confidential: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    working_hours: tuple[time, time] = (time(8, 30), time(16, 0))
    standards: tuple[Standard, ...] = ()
    name_model: str | None = None
    today: date = field(default_factory=date.today)
    _slots: WeakKeyDictionary[Document, Slots] = field(default_factory=WeakKeyDictionary, repr=False, compare=False)

    @classmethod
    def of(cls, config: Config, standards: tuple[Standard, ...] = ()) -> "Knowledge":
        """Load what a configuration names.

        Raises:
            DataError: A roster or term list has a fault.
        """
        return cls(
            organisation=config.organisation,
            roster=roster.load(config.learners, config.staff),
            confidential=_terms(config.confidential),
            partners=_terms(config.partners),
            platforms=config.platforms,
            working_hours=config.working_hours,
            standards=standards,
            name_model=config.name_model,
        )

    def slots(self, doc: Document) -> Slots:
        """Where the classes of words that only this organisation knows stand in a document (see `phrases.SLOTS`)."""
        if doc not in self._slots:
            self._slots[doc] = self._find_slots(doc)
        return self._slots[doc]

    def _find_slots(self, doc: Document) -> Slots:
        words = doc.phrase_words
        found = {
            "organisation": _longest(words, self._organisation_words),
            "partner": _longest(words, self._partner_words),
        }
        for kind in ("learner", "staff"):
            found[kind] = _longest(words, self._people_words[kind])
        found["given"] = {at: at + 1 for at in range(len(words)) if self._is_given_name(words, at)}
        self._add_tags(doc, words, found["organisation"])
        return MappingProxyType(found)

    def owns_domain(self, host: str) -> bool:
        """Whether a host name is the organisation's own."""
        host = host.casefold().removeprefix("www.")
        return any(host == own or host.endswith("." + own) for own in map(str.casefold, self.organisation.domains))

    def owns_contact(self, contact: str) -> bool:
        """Whether a phone number or e-mail address is one that the organisation publishes."""
        return _contact_key(contact) in self._contact_keys

    @cached_property
    def _contact_keys(self) -> frozenset[str]:
        return frozenset(_contact_key(contact) for contact in self.organisation.contacts)

    @cached_property
    def _organisation_words(self) -> frozenset[tuple[str, ...]]:
        return frozenset(_term_words(name) for name in self.organisation.names)

    @cached_property
    def _partner_words(self) -> frozenset[tuple[str, ...]]:
        return frozenset(_term_words(name) for name in self.partners)

    @cached_property
    def _people_words(self) -> Mapping[str, frozenset[tuple[str, ...]]]:
        forms: dict[str, set[tuple[str, ...]]] = {"learner": set(), "staff": set()}
        for entry in self.roster.entries:
            forms[entry.kind].add(entry.words)
            if len(entry.words) > 1:
                forms[entry.kind].add((entry.words[0], entry.words[-1]))
            if entry.known_as:
                forms[entry.kind].add(entry.known_as)
        return {kind: frozenset(found) for kind, found in forms.items()}

    @cached_property
    def _roster_given(self) -> frozenset[str]:
        return frozenset(name for entry in self.roster.entries for name in entry.given)

    def _is_given_name(self, words: tuple[Word, ...], at: int) -> bool:
        """Whether a word is a first name: one that is no other word, or one of the roster in a name's place."""
        word = words[at]
        if any(key in _given_names() for key in word.keys):
            return word.is_capitalised or len(word.key) > 3
        if not word.is_capitalised or not any(name_key(key) in self._roster_given for key in word.keys):
            return False
        if at and words[at - 1].sentence == word.sentence:
            return True
        # "Will has asthma", not "Will you help?"
        return word.key.endswith("'s") or (at + 1 < len(words) and words[at + 1].key in _VERBS_OF_PEOPLE)

    def _add_tags(self, doc: Document, words: tuple[Word, ...], found: dict[int, int]) -> None:
        own = {fold(tag.lstrip("@#")) for tag in (*self.organisation.handles, *self.organisation.hashtags)}
        for tag in doc.tags:
            if fold(tag.text) in own or (
                tag.kind is WordKind.HASHTAG and (fold(tag.text),) in self._organisation_words
            ):
                inside = [i for i, word in enumerate(words) if word.span.overlaps(tag.span)]
                if inside:
                    found[inside[0]] = inside[-1] + 1


@cache
def _given_names() -> frozenset[str]:
    """First names met in British schools that are no ordinary words too."""
    groups = read_toml(root() / "names" / "given.toml")["group"]
    doubtful, names = (
        frozenset(form for group in groups if (group["name"] == "word-names") is wanted for term in group["terms"]
                  for form in (fold(term), name_key(term)))
        for wanted in (True, False)
    )  # fmt: skip
    return names - doubtful


def _contact_key(contact: str) -> str:
    if "@" in contact:
        return contact.strip().casefold()
    digits = re.sub(r"\D", "", contact)
    return "0" + digits[2:] if digits.startswith("44") else digits


def _term_words(term: str) -> tuple[str, ...]:
    return tuple(word.replace("'", "") for word in lexicon.term_keys(term))


def _longest(words: tuple[Word, ...], terms: frozenset[tuple[str, ...]]) -> dict[int, int]:
    """Where any of some terms stands: index of first word → index after the last, the longest at each place."""
    if not terms:
        return {}
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for term in terms:
        if term:
            by_first.setdefault(term[0], []).append(term)
    forms = [{form.replace("'", "") for form in word.keys} for word in words]
    found = {}
    for start, firsts in enumerate(forms):
        ends = [
            start + len(term)
            for first in firsts
            for term in by_first.get(first, ())
            if start + len(term) <= len(forms) and all(part in forms[start + at] for at, part in enumerate(term))
        ]
        if ends:
            found[start] = max(ends)
    return found


def _terms(path: Path | None) -> tuple[str, ...]:
    """A term list: a term a line with `#` comments, or TOML with `terms = [...]` or `[[term]]` tables with notes."""
    if path is None:
        return ()
    if path.suffix == ".toml":
        data = read_toml(path)
        terms = [*data.get("terms", []), *(table.get("term") for table in data.get("term", []))]
        if not terms or not all(isinstance(term, str) for term in terms):
            raise DataError(path, 'has no terms: write terms = ["…"], or [[term]] tables with term = "…".')
        return tuple(terms)
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise DataError(path, "is not UTF-8 text. Save it as UTF-8 and try again.") from error
    return tuple(term for line in lines if (term := line.partition("#")[0].strip()))
